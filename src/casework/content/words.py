"""The words of the interface, by key; the words of a case stand in its own files.

Keys name the place where the words appear, not what they say. ``{names}`` in braces are filled in by the page.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["words"]

_ENGLISH = {
    # who can see what is written
    "who_private": "Only you can see this.",
    "who_device": "This stays on this device. It is never sent.",
    # the saved line
    "saved_empty": "What you do here is saved as you go. {who}",
    "saved_yes": "Saved. {who}",
    "saved_going": "Saving…",
    "saved_late": "Not saved yet. Your words are kept on this device, and this page keeps trying.",
    "saved_late_here": "Not saved yet. Your words are only on this page: keep it open while it tries again.",
    "saved_lost": "This page has lost touch with its notebook. Your words are kept on this device.",
    "saved_lost_here": (
        "This page has lost touch with its notebook. Your words are only on this page: copy them before you reload."
    ),
    "saved_lost_all": "This page has lost touch with its notebook. Everything up to now is saved.",
    "saved_reload": "Reload",
    "saved_memory": "This browser keeps nothing for later. Until they are saved, your words are only on this page.",
    # any activity
    "unknown_intent": "This page asked for something that the notebook does not know. Reload the page.",
    "page_broken": "Something on this page went wrong. What you wrote is kept. Reload the page to go on.",
    # writing
    "write_before": "What you wrote before",
    "write_written": "What you wrote here",
    "write_empty": "Nothing from this view yet: {names}. You can leave it so.",
    "write_left": "There is room for {left} more characters here.",
    "write_over": "This is {over} characters too long to be saved. Shorten it a little, or go on in another field.",
    "write_leftover": "This device also kept older words of yours that were never saved:",
    "write_leftover_use": "Use these words",
    "write_leftover_drop": "Let them go",
    "reflect_closed": "This opens when your walk through the case has come to it.",
    # walk
    "walk_minutes": "A case to walk through, about {minutes} minutes",
    "walk_people": "Who you will meet",
    "walk_note": "Before you begin",
    "walk_note_step_out": "You can step out at any time, and come back or not. Stepping out is a way of taking part.",
    "walk_care": (
        "Write no name or detail that would identify a real family. Nobody monitors what is written here; "
        "it is no clinical record and replaces no duty to report."
    ),
    "walk_begin": "Begin",
    "walk_step_out": "Step out",
    "walk_come_back": "Come back",
    "walk_progress": "Scene {at}, about {of} in all",
    "walk_scene": "Scene {at}",
    "walk_new_information": "Something you did not know",
    "walk_go_on": "Continue",
    "walk_pause": "A moment to stop",
    "walk_pause_care": "Write as much or as little as you like. You can go on without writing.",
    "walk_turn": "What do you do?",
    "walk_tried": "You went this way before",
    "walk_chosen": "What you chose",
    "walk_way": "Your way so far",
    "walk_go_back": "Go back here",
    "walk_try_another": "Go back and try another",
    "walk_end": "The way you took",
    "walk_end_care": "Other ways were open. You can go back to any turn; what you wrote stays.",
    "walk_again": "Read it again from the start",
    "walk_out": "You have stepped out",
    "walk_out_care": "Take the time you need. Nothing is expected of you here.",
    "walk_out_kept": "What you wrote is kept, and your place in the story is, too.",
    "walk_support": "If you would like to talk to someone",
    # observe
    "observe_begin": "Begin",
    "observe_moment": "Moment {at} of {of}",
    "observe_next": "Next moment",
    "observe_back": "Back",
    "observe_how": "Mark what you see in this moment, as often as you see it.",
    "observe_count": "Marks: {count} in all, {here} in this moment.",
    "observe_marked": "Marked: {item}. {count} in all.",
    "observe_meaning": "What this means",
    "observe_example": "For example:",
    "observe_non_example": "Not this:",
    "observe_here": "In this moment",
    "observe_none_here": "Nothing marked yet.",
    "observe_remove": "Remove",
    "observe_remove_one": "Remove: {item}",
    "observe_removed": "Removed: {item}.",
    "observe_undo": "Undo the last mark",
    "observe_finish": "Finish",
    "observe_finished": "What you saw",
    "observe_finished_care": "Another pair of eyes would have seen other things. Both are worth talking about.",
    "observe_caption": "Your marks in “{title}”, moment by moment",
    "observe_item": "What you looked for",
    "observe_all": "In all",
    "observe_reopen": "Look again",
    # report
    "report_introduction": "Your own words, laid side by side: what you wrote first, and what you wrote later.",
    "report_draw": "Show how my seeing changed",
    "report_draw_again": "Show it again, with what I wrote since",
    "report_take": "Take my pages along",
    "report_waiting": "This takes a moment…",
    "report_late": "That took too long. Try again in a minute.",
    "report_at": "As of {time}",
    "report_title": "How my seeing changed",
    # the comparison that the report draws
    "change_nothing": "There is nothing to compare yet. Write at a pause in the case, and look again here.",
    "change_counts": "You wrote from {before} of {of} perspectives before, and from {after} of {of} after.",
    "change_appeared": "New after you had learned more: {names}.",
    "change_none": "nothing written",
    "change_perspective": "From whose view",
    "change_before": "Before",
    "change_after": "After",
    # the pages one takes along
    "pages_title": "My pages",
    "pages_written": "What I wrote in “{title}”",
    "pages_turns": "The way I took",
    "pages_observed": "What I saw in “{moment}”",
    "pages_empty": "Nothing is written or marked yet.",
    "pages_footer": (
        "These pages are yours, and this file is the only copy outside of the workbook. It is no clinical record."
    ),
    "opens": "What it opens",
    "closes": "What it closes",
    "beat": "Moment {n}",
    # in place of an activity, where no page can run it
    "fallback_walk": "A walk through {scenes} scenes. Open this notebook in JupyterLab or as a page to take part.",
    "fallback_reflect": "Open this notebook in JupyterLab or as a page to write here.",
    "fallback_observe": "Open this notebook in JupyterLab or as a page to mark what you see.",
    "fallback_report": "Open this notebook in JupyterLab or as a page to see here how your words changed.",
    "report_title": "How your seeing changed",
    "report_unknown": "This page asked for something that the report does not know. Reload the page.",
    # who will see what is written
    "who_private": "Only you can see this.",
    "who_device": "This stays on this device.",
    # reflect, before the walk has come to it
    "reflect_closed": "This opens when you have come to its place in the case.",
    # how one's seeing changed
    "change_nothing": "Nothing is written yet in a question that the case asks twice.",
    "change_none": "nothing",
    "change_perspective": "Seen from",
    "change_before": "What you wrote first",
    "change_after": "What you wrote later",
    "change_counts": "First you wrote from {before} of {of} views, later from {after}.",
    "change_appeared": "New later: {names}.",
    # one's own pages
    "pages_title": "My pages",
    "pages_written": "What I wrote: {title}",
    "pages_turns": "The turns I took",
    "pages_observed": "What I saw: {moment}",
    "pages_beat": "Moment {n}",
    "pages_empty": "Nothing is written here yet.",
    "pages_footer": (
        "These pages are yours. They are no clinical record, and nobody else was given them. "
        "Whoever can open this file can read it."
    ),
    # where no widget can run
    "fallback_walk": "This is where the walk through the case begins: {scenes} scenes, with turns to take.",
    "fallback_reflect": "This is where one writes, from each view, once the walk has come to it.",
    "fallback_observe": "This is where the moment is told, beat by beat, and marked with this checklist.",
    "fallback_report": "This is where one's own words stand side by side, before and after.",
}

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": MappingProxyType(_ENGLISH)})


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
    >>> words("en")["saved_yes"]
    'Saved. {who}'
    """
    try:
        return _WORDS[language]
    except KeyError:
        known = ", ".join(sorted(_WORDS))
        raise ContentError(
            f"The interface has no words in the language {language!r}; it speaks: {known}. Use one of these."
        ) from None
