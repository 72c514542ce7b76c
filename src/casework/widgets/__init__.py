"""casework.widgets."""
