"""casework.content."""
