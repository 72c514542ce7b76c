"""What the pages say that stand in a Jupyter server of one's own, and on Binder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LAB: Mapping[str, str] = {
    "site.binder": (
        "You are on Binder, a computer on loan. Nothing here is kept: when it has rested for a while, whatever you "
        "wrote is gone. And nothing here is private: others run it. Write nothing about real people."
    ),
    "site.lab_notebook": "In JupyterLab",
    "site.lab_footer": "This is your own Jupyter server: workbooks show what you wrote yourself, as in a notebook.",
    "site.lab_empty": "Begin with a case of your own, or with a copy of one that comes with casework.",
    "site.lab_new": "New case or workbook",
    "site.lab_new_lead": "A case is one text file, with a page for each language. No file is ever overwritten.",
    "site.lab_kind": "What is it?",
    "site.lab_kind_case": "A case, with its workbook",
    "site.lab_kind_workbook": "A workbook alone",
    "site.lab_kind_checklist": "A checklist to observe with",
    "site.lab_kind_survey": "A survey",
    "site.lab_name": "What will people call it?",
    "site.lab_id": "Its id",
    "site.lab_id_note": "Small letters, digits and hyphens, such as the-red-door. It names the files.",
    "site.lab_source": "Begin from",
    "site.lab_source_none": "A short template",
    "site.lab_source_note": "A copy is yours to change; what it was copied from stays as it is.",
    "site.lab_make": "Make it",
    "site.lab_made": "These files are new. Each opens in JupyterLab:",
    "site.lab_see": "Look at it as a page",
    "site.lab_no_id": (
        "'{id}' cannot be an id; write small letters, digits and hyphens, beginning with a letter, "
        "such as the-red-door, and at most {most} of them."
    ),
    "site.lab_no_source": "There is no '{source}' to begin from; choose another.",
    "site.lab_no_workbook": "There is no workbook '{source}' in '{language}' in {folder}; begin from another.",
    "site.lab_there": "There is a file {file} already; choose another id, or move that file away.",
    "site.lab_unlike": "{file} has no '{key}' of its own; begin from another file.",
    "site.lab_unread": "{file} cannot be read as a notebook; begin from another one.",
    "site.lab_unread_line": "{file} cannot be read at line {line}: casework check says why. Begin from another file.",
    "site.lab_rehearse": "Rehearse a group",
    "site.lab_rehearse_lead": (
        "Try on this computer what happens when a group meets. Nothing of it is kept, and nobody else can join."
    ),
    "site.lab_rehearse_which": "Which workbook?",
    "site.lab_play": "Let twelve people made of rules go through it",
    "site.lab_play_note": (
        "They join, write, share and vote, are led through every activity, and come to every choice and end. It takes "
        "about a minute, and says whether all of it could be done."
    ),
    "site.lab_playing": "They are at it. Stay on this page; what they do appears here.",
    "site.lab_played": "They are done, and nothing got lost.",
    "site.lab_play_trouble": "They are done, and something did not go as it should. The last lines say what.",
    "site.lab_told_joined": "{people} people joined {code}.",
    "site.lab_told_together": "Together: {place}",
    "site.lab_told_alone": "Alone: {place}, by {paths} ways",
    "site.lab_told_done": "They did {things} things, and came to {scenes} scenes, {choices} choices and {ends} ends.",
    "site.lab_told_trainer": "The trainer",
    "site.lab_told_unshown": "{who}: {place} was never shown to them.",
    "site.lab_told_no_end": "{who}: {place} came to no end. They chose: {choices}",
    "site.lab_told_boards": "{who} sees other boards than the screen does.",
    "site.lab_told_cells": "The cells of {notebook} cannot be run: {why}",
    "site.lab_told_nothing": "{notebook} shows no activity that a group could do, such as case.walk().",
    "site.lab_busy": "A rehearsal is going on already. Wait until it is done.",
    "site.lab_lead": "Lead it yourself",
    "site.lab_lead_note": (
        "A server of its own starts for you to lead, with an empty store. Join it in a private window of this browser, "
        "as somebody on a phone would."
    ),
    "site.lab_lead_away": (
        "To lead it yourself, run this on your own computer, where the browser can reach it: casework serve --group"
    ),
    "site.lab_lead_ready": "Your rehearsal is ready. It ends with JupyterLab, or when you end it here.",
    "site.lab_lead_open": "Open the desk",
    "site.lab_lead_end": "End the rehearsal",
    "site.lab_lead_failed": "The server for the rehearsal did not start. In a terminal, casework doctor says why.",
}
