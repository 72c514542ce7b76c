"""The words of the multi-perspective form."""

REFLECT = {
    "reflect.closed": "This opens when you have come to its place in the case.",
}
