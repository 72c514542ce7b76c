"""The words of the multi-perspective form."""

REFLECT = {
    "reflect.at": "View {at} of {of}",
    "reflect.next": "Next:",
    "reflect.back": "Back:",
    "reflect.views": "Views of this question",
    "reflect.closed": "This opens when you have come to its place in the case.",
}
