"""casework.report."""
