"""casework.serve."""
