"""The words of the RSC log."""

LOG = {
    "fallback.log": "This is where one keeps a log of reflective supervision.",
}
