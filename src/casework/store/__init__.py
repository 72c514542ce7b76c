"""casework.store."""
