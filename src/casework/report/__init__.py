"""What it adds up to: frames, change and documents. pandas is imported at the first drawing."""

from casework.report.change import Pair, change_frame, change_html, pairs
from casework.report.pages import own_pages

__all__ = ["Pair", "change_frame", "change_html", "own_pages", "pairs"]
