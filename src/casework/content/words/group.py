"""What a trainer's bar in a notebook says, and what each activity is called on an agenda."""

from casework.content.words.desk import DESK
from casework.content.words.together import TOGETHER

GROUP = {
    **TOGETHER,
    **DESK,
    "group.title": "Lead a group",
    "group.walk": "Walk through the case",
    "group.reflect": "Reflect",
    "group.observe": "Observe",
    "group.survey": "Survey",
    "group.map": "Relationship map",
    "group.own_notebook": (
        "Groups are led from a page of the server. Start it with: casework serve --group. "
        "Here is what a group would do, in this order."
    ),
    "fallback.group": "This is where a trainer leads a group through these activities; others see nothing here.",
}
