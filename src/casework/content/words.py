"""The words of the interface, by key; the words of a case stand in its own files.

Keys name the place where the words appear, not what they say. ``{names}`` in braces are filled in by the page.
Other languages stand in ``locale/``, as gettext catalogues; ``make words`` brings them up to date.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENGLISH", "languages", "words"]

_ENGLISH = {
    # the saved line
    "saved.empty": "What you do here is saved as you go. {who}",
    "saved.yes": "Saved. {who}",
    "saved.going": "Saving…",
    "saved.late": "Not saved yet. Your words are kept on this device, and this page keeps trying.",
    "saved.late_here": "Not saved yet. Your words are only on this page: keep it open while it tries again.",
    "saved.lost": "This page has lost touch with its notebook. Your words are kept on this device.",
    "saved.lost_here": (
        "This page has lost touch with its notebook. Your words are only on this page: copy them before you reload."
    ),
    "saved.lost_all": "This page has lost touch with its notebook. Everything up to now is saved.",
    "saved.reload": "Reload",
    "saved.memory": "This browser keeps nothing for later. Until they are saved, your words are only on this page.",
    # any activity
    "page.broken": "Something on this page went wrong. What you wrote is kept. Reload the page to go on.",
    # writing
    "write.before": "What you wrote before",
    "write.written": "What you wrote here",
    "write.empty": "Nothing from this view yet: {names}. You can leave it so.",
    "write.left": "There is room for {left} more characters here.",
    "write.over": "Characters too many to be saved: {over}. Shorten it a little, or go on in another field.",
    "write.leftover": "This device also kept older words of yours that were never saved:",
    "write.leftover_use": "Use these words",
    "write.leftover_drop": "Let them go",
    # walk
    "walk.minutes": "A case to walk through, about {minutes} minutes",
    "walk.people": "Who you will meet",
    "walk.note": "Before you begin",
    "walk.note_step_out": "Stepping out is a way of taking part. You can come back whenever you like.",
    "walk.care": (
        "Write no name or detail that would identify a real family. Nobody monitors what is written here; "
        "it is no clinical record and replaces no duty to report."
    ),
    "walk.begin": "Begin",
    "walk.step_out": "Step out",
    "walk.come_back": "Come back",
    "walk.progress": "Scene {at}, about {of} in all",
    "walk.scene": "Scene {at}",
    "walk.new_information": "Something you did not know",
    "walk.go_on": "Continue",
    "walk.pause": "A moment to stop",
    "walk.pause_care": "Write as much or as little as you like. You can go on without writing.",
    "walk.breathe": "A while to breathe",
    "walk.discuss": "To talk about",
    "walk.observe": "To observe",
    "walk.observe_where": "{title}: it has a place of its own on this page.",
    "walk.transcript": "Read it instead",
    "walk.turn": "What do you do?",
    "walk.tried": "You went this way before",
    "walk.chosen": "What you chose",
    "walk.opens": "What it opens",
    "walk.closes": "What it closes",
    "walk.way": "Your way so far",
    "walk.go_back": "Go back here",
    "walk.try_another": "Go back and try another",
    "walk.end": "The way you took",
    "walk.end_care": "Other ways were open. You can go back to any turn; what you wrote stays.",
    "walk.again": "Read it again from the start",
    "walk.out": "You have stepped out",
    "walk.out_care": "Take the time you need. Nothing is expected of you here.",
    "walk.out_kept": "What you wrote is kept, and your place in the story is, too.",
    "walk.support": "If you would like to talk to someone",
    # observe
    "observe.begin": "Begin",
    "observe.moment": "Moment {at} of {of}",
    "observe.before": "What came before",
    "observe.next": "Next moment",
    "observe.back": "Back",
    "observe.how": "Mark what you see in this moment, as often as you see it.",
    "observe.count": "Marks: {count} in all, {here} in this moment.",
    "observe.marked": "Marked: {item}. {count} in all.",
    "observe.meaning": "What this means",
    "observe.example": "For example:",
    "observe.non_example": "Not this:",
    "observe.here": "In this moment",
    "observe.none_here": "Nothing marked yet.",
    "observe.remove": "Remove",
    "observe.remove_one": "Remove: {item}",
    "observe.removed": "Removed: {item}.",
    "observe.undo": "Undo the last mark",
    "observe.finish": "Finish",
    "observe.finished": "What you saw",
    "observe.finished_care": "Another pair of eyes would have seen other things. Both are worth talking about.",
    "observe.caption": "Your marks in “{title}”, moment by moment",
    "observe.item": "What you looked for",
    "observe.all": "In all",
    "observe.reopen": "Look again",
    # report
    "report.introduction": "Your own words, laid side by side: what you wrote first, and what you wrote later.",
    "report.draw": "Show how my seeing changed",
    "report.draw_again": "Show it again",
    "report.take": "Take my pages along",
    "report.waiting": "This takes a moment…",
    "report.late": "That took too long. Try again in a minute.",
    "report.at": "As of {time}",
    "report.title": "How your seeing changed",
    "report.unknown": "This page asked for something that the report does not know. Reload the page.",
    # who will see what is written
    "who.private": "Only you can see this.",
    "who.device": "This stays on this device.",
    # what the rules do not allow
    "refused.unknown": "This page sent something that the workbook does not know. Reload it; your words are kept.",
    "refused.long": "This text is longer than {limit} characters. Shorten it to keep it.",
    "refused.gone": "This question is no longer part of the case. Copy your words if you want to keep them.",
    "refused.perspective": "This question is not asked from that view. Reload the page.",
    "refused.elsewhere": "This question is not asked here. Reload the page.",
    "refused.item": "This checklist has no such item. Reload the page.",
    "refused.beat": "This moment has no such beat. Reload the page.",
    # reflect, before the walk has come to it
    "reflect.closed": "This opens when you have come to its place in the case.",
    # how one's seeing changed
    "change.nothing": "Nothing is written yet in a question that the case asks twice.",
    "change.none": "nothing",
    "change.perspective": "Seen from",
    "change.before": "What you wrote first",
    "change.after": "What you wrote later",
    "change.counts": "First you wrote from {before} of {of} views, later from {after}.",
    "change.appeared": "New later: {names}.",
    # one's own pages
    "pages.title": "My pages",
    "pages.written": "What I wrote: {title}",
    "pages.turns": "The turns I took",
    "pages.observed": "What I saw: {moment}",
    "pages.beat": "Moment {n}",
    "pages.empty": "Nothing is written here yet.",
    "pages.footer": (
        "These pages are yours. They are no clinical record, and nobody else was given them. "
        "Whoever can open this file can read it."
    ),
    # on paper, and on the map of the scenes
    "print.handout": "Handout",
    "print.guide": "Trainer's guide",
    "print.minutes": "about {minutes} minutes",
    "print.min": "{minutes} min",
    "print.how": "How to read these pages",
    "print.how_text": (
        "Begin at A. Where the story divides, choose one way and go to the letter it names; leave the others "
        "unread for now. Later you can come back and try another."
    ),
    "print.how_straight": "Begin at A, and stop where the story stops.",
    "print.care": (
        "What you write on these pages is yours, and you decide who reads it. Write no name or detail that would "
        "identify a real family. This is no clinical record and replaces no duty to report."
    ),
    "print.objectives": "What this is for",
    "print.go_to": "Go to {letter}",
    "print.end": "The story ends here. Other ways were open: you can go back to any turn.",
    "print.stop": "The story ends here.",
    "print.again": "You were asked about this in {letter}. Read first what you wrote there.",
    "print.if_chose": "Only if you chose this before: {text}",
    "print.if_visited": "Only if you have read {letter}.",
    "print.turns": "What each turn opens and closes",
    "print.turns_care": (
        "Come here after you have chosen. What stands here is true of every way, the ones you took and the others."
    ),
    "print.observe": "Observe: {title}",
    "print.observe_how": (
        "Read the moment slowly, one numbered stretch after another. On the sheet, mark the number under what you "
        "see, as often as you see it."
    ),
    "print.sheet": "Sheet: {title}",
    "print.look_for": "What to look for",
    "print.stretch": "Stretch of the moment",
    "print.else": "What else you saw, and what it stirred in you",
    "print.sources": "What this rests on",
    "print.rights": "Rights",
    "print.trainer_notes": "For the trainer",
    "print.time": "The time it takes",
    "print.time_scene": "Scene",
    "print.time_read": "Reading",
    "print.time_pause": "Pause",
    "print.map": "The map",
    "print.map_of": "Map of the scenes: {title}",
    "print.map_list": "The same in words",
    "print.way": "One way leads through the story.",
    "print.ways": "{count} ways lead through the story.",
    "print.ways_many": "More than {count} ways lead through the story.",
    "print.ways_none": "No way leads to an end yet.",
    "print.ways_minutes": "The shortest takes {shortest} minutes, the longest {longest}.",
    "print.way_minutes": "It takes {minutes} minutes.",
    "print.ways_same": "Each takes {minutes} minutes.",
    "print.ways_round": "Some ways lead back to an earlier scene; going round again is not counted.",
    "print.leads": "leads to {name}",
    "print.leads_back": "leads back to {name}",
    "print.then": "Then {name}",
    "print.then_back": "Then back to {name}",
    "print.mark_pause": "a pause",
    "print.mark_new": "something new is learned",
    "print.mark_end": "an end",
    "print.mark_from": "looked at from: {names}",
    "print.mark_back": "back to an earlier scene",
    "print.unreached": "No way leads here yet.",
    # where no widget can run
    "fallback.walk": "This is where the walk through the case begins: {scenes} scenes, with turns to take.",
    "fallback.reflect": "This is where one writes, from each view, once the walk has come to it.",
    "fallback.observe": "This is where the moment is told, beat by beat, and marked with this checklist.",
    "fallback.report": "This is where one's own words stand side by side, before and after.",
    # the pages of the server
    "site.skip": "Skip to the content",
    "site.site": "Workbooks",
    "site.gallery_title": "Workbooks",
    "site.gallery_lead": (
        "Stories from everyday work with babies, toddlers and their families, to read slowly and think about."
    ),
    "site.minutes": "About {minutes} minutes",
    "site.open": "Read in English",
    "site.cannot_open": (
        "The file of this workbook cannot be opened. "
        "Whoever looks after these pages finds the reason in the server's window."
    ),
    "site.empty_title": "No workbooks here yet",
    "site.empty": "Put a notebook into the folder {folder}, and it appears here as soon as this page is loaded again.",
    "site.footer": (
        "What you write is kept on the computer that serves these pages: no page shows it to anyone else, "
        "though whoever runs that computer could open its file."
    ),
    "site.opening": "Opening the workbook…",
    "site.opening_long": "Still opening. This can take a little longer when many people arrive at once.",
    "site.opening_lost": "The workbook did not open. Load the page again; what you wrote before is kept.",
    "site.no_script": "This page needs JavaScript. Turn it on for this site and load the page again.",
    "site.cell_error": (
        "This part of the page could not be opened. What you wrote before is kept. "
        "Load the page again; if this stays, tell the person who gave you the link."
    ),
    "site.welcome_title": "Welcome back",
    "site.welcome": (
        "Somebody has written in these workbooks on this device before. "
        "If that was you, your words are waiting where you left them."
    ),
    "site.continue": "Continue",
    "site.someone_else": "I am someone else",
    "site.welcome_note": "Someone else begins with empty pages, and sees nothing of what was written before.",
    "site.missing_title": "There is no page here",
    "site.missing": "The address may have a slip in it, or the workbook has moved.",
    "site.broken_title": "This workbook cannot be opened",
    "site.broken": "Its file is damaged. Whoever looks after these pages finds the reason in the server's window.",
    "site.store_title": "The workbook stays closed for now",
    "site.store": (
        "The place where words are kept does not answer, so nothing you write could be saved. Try again in a minute."
    ),
    "site.trouble_title": "This page could not be shown",
    "site.trouble": "Go back and try again. What you wrote before is kept.",
    "site.to_gallery": "All workbooks",
}

ENGLISH: Mapping[str, str] = MappingProxyType(_ENGLISH)
"""The words in English, from which every other language is translated."""

_CATALOGUES = Path(__file__).parent / "locale"


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that the interface speaks, English first."""
    return ("en", *sorted(path.parts[-3] for path in _CATALOGUES.glob("*/LC_MESSAGES/casework.mo")))


def words(language: str) -> Mapping[str, str]:
    """Find the interface's words in one language.

    Parameters
    ----------
    language : str
        A language code, such as ``"en"``.

    Returns
    -------
    Mapping of str to str
        Sentences by key; it cannot be changed.

    Raises
    ------
    ContentError
        There are no words in this language.

    Examples
    --------
    >>> words("en")["saved.yes"]
    'Saved. {who}'
    >>> words("es")["saved.yes"]
    'Guardado. {who}'
    """
    if language == "en":
        return ENGLISH
    if language in languages():
        return _translated(language)
    known = ", ".join(languages())
    raise ContentError(
        f"The interface has no words in the language {language!r}; it speaks: {known}. Use one of these."
    )


@cache
def _translated(language: str) -> Mapping[str, str]:
    catalogue = gettext.translation("casework", _CATALOGUES, [language])
    return MappingProxyType({key: catalogue.pgettext(key, english) for key, english in ENGLISH.items()})
