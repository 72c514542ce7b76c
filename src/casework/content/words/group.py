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
    "group.rehearse": "Rehearse it on this computer",
    "group.not_trainer": "Only a trainer can do this. Open the trainer link again, in this browser.",
    "group.may_not_open": "This link leads one session and opens no others. Use the link that the server printed.",
    "group.convener_missing": "Say who convenes the session: those who join are told.",
    "group.floor_wrong": "Say a whole number from 3 to 50: how many people it takes until something unnamed is shown.",
    "group.days_wrong": "Say a whole number of days, or leave it empty.",
    "group.not_there": "This workbook or session is not there any more. Load the page again.",
    "fallback.group": "This is where a trainer leads a group through these activities; others see nothing here.",
}
