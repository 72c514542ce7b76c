"""The words of the relationship map."""

MAP = {
    "fallback.map": "This is where one draws the relationships around the child.",
}
