"""casework.activity."""
