"""What one marked, answered, rated and noted in an observation, for one's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.activity.observe_ground import place_of_note
from casework.content.markdown import to_plain
from casework.report.chapter import Chapter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.observe import Observe
    from casework.activity.observe_state import Observation, ObserveState
    from casework.content import ChecklistItem


def observe_chapters(rules: Observe, state: ObserveState, words: Mapping[str, str]) -> list[Chapter]:
    """Return what one left behind in an observation: item by item, then the notes."""
    entries = [(item.text, told) for item in rules.checklist.items if (told := _told(rules, state, item, words))]
    entries += [
        (_place(rules, *place_of_note(name.rstrip("/")), words), note.text)
        for name, note in state.notes.items()
        if note.text.strip()
    ]
    title = words["pages.observed"].format(moment=rules.ground.title)
    return [Chapter(title, tuple(entries))] if entries else []


def _told(rules: Observe, state: ObserveState, item: ChecklistItem, words: Mapping[str, str]) -> str:
    """Return what was seen of one item, a line for each place."""
    if item.kind == "rating":
        return _rated(rules, state, item)
    if item.kind == "interval":
        answers = sorted(state.answers.get(item.id, {}).items())
        said = {number: words["pages.yes" if told.value else "pages.no"] for number, told in answers}
        return "\n".join(f"{_interval(rules, item, number, words)}: {one}" for number, one in said.items())
    marks = [mark for mark in state.marks if mark.item == item.id]
    lines = [_line(rules, mark, words) for mark in marks]
    return "\n".join(dict.fromkeys(lines) if rules.ground.starts else lines)


def _rated(rules: Observe, state: ObserveState, item: ChecklistItem) -> str:
    told = state.ratings.get(item.id)
    if told is None:
        return ""
    labels = {
        label.at: label.text for scale in rules.checklist.scales if scale.id == item.scale for label in scale.labels
    }
    return f"{told.value} ({labels[told.value]})" if told.value in labels else str(told.value)


def _line(rules: Observe, mark: Observation, words: Mapping[str, str]) -> str:
    start = _place(rules, mark.beat, mark.seconds, words)
    beats = rules.ground.moment.beats if rules.ground.moment else ()
    if mark.until is not None or mark.until_beat is not None:
        return words["pages.until"].format_map({"from": start, "to": _place(rules, mark.until_beat, mark.until, words)})
    return f"{start}: {to_plain(beats[mark.beat].text)}" if mark.beat is not None and beats else start


def _interval(rules: Observe, item: ChecklistItem, number: int, words: Mapping[str, str]) -> str:
    if rules.ground.starts:
        return _place(rules, number, None, words)
    start = rules.ground.interval_at(item, number)
    return words["pages.until"].format_map({"from": clock(start), "to": clock(start + (item.seconds or 1))})


def _place(rules: Observe, beat: int | None, seconds: float | None, words: Mapping[str, str]) -> str:
    return clock(seconds or 0) if beat is None or not rules.ground.starts else words["pages.beat"].format(n=beat + 1)


def clock(seconds: float) -> str:
    """Return seconds as a clock shows them, such as ``1:05``."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
