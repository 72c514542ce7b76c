"""The words of surveys and action plans."""

SURVEY = {
    "fallback.survey": "This is where one answers, and finds the answers again later.",
}
