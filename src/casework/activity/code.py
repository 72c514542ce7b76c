"""The rules of thematic coding: excerpts of answers, the codes they carry, and a codebook that grows on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from casework.activity.code_intents import MOST_TOGETHER, CodeIntent
from casework.activity.code_state import Change, Coded, CodeState, Passage, Theme
from casework.activity.code_texts import LONGEST_ANSWER
from casework.activity.code_view import code_view
from casework.activity.intents import read_intent
from casework.activity.rules import MOVED_ON, Response, as_event, cell
from casework.content.words import words
from casework.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from casework.activity.code_texts import Answers
    from casework.activity.events import Event
    from casework.activity.group import Group
    from casework.content import Codebook

MOST_CODES, MOST_PASSAGES = 300, 20_000
"""How many codes a codebook may have, those that went into others among them, and how many excerpts a coding."""


class Thematic:
    """The rules of coding some answers with a codebook.

    The state knows no answers, only their ids: the same coding goes on over another selection of them, in any order.

    Parameters
    ----------
    codebook : Codebook
        What the coding begins with.
    answers : Answers
        What is coded.
    coder : str, optional
        Whose coding it is, where several share a computer; each begins with the codebook of the file.
    """

    def __init__(self, codebook: Codebook, answers: Answers, coder: str = "") -> None:
        self.codebook, self.answers, self.coder = codebook, answers, coder
        # No id of a file holds a colon: a survey may be called as the codebook is.
        self.about = "/".join(filter(None, (f"code:{codebook.id}", coder)))
        self.content_hash = codebook.content_hash
        self.words = words(codebook.language)

    def start(self) -> CodeState:
        """Return the state before anything happened: the codes of the file."""
        return CodeState(Coded({one.id: Theme(one.id, one.name, one.definition) for one in self.codebook.codes}))

    # -- fold -------------------------------------------------------------------------------------

    def apply(self, state: CodeState, event: Event) -> CodeState:
        """Return the state after an event; one that no longer fits the codebook changes nothing."""
        if event.kind == "write":
            return self._write(state, event)
        if event.kind == "step_back":
            last = state.steps[-1] if state.steps else None
            fits = last is not None and last.id == event.body["step"]
            return replace(state, now=last.before, steps=state.steps[:-1]) if last and fits else state
        known = self._appliers.get(event.kind)
        now = state.now if known is None else known(self, state.now, event)
        return state if now is state.now else state.after(now, event.id, event.kind)

    def _write(self, state: CodeState, event: Event) -> CodeState:
        name = cell(event.body["prompt"], event.body["perspective"])
        if event.body["perspective"] or not (name in state.responses or state.now.knows(event.body["prompt"])):
            return state
        memo = Response(event.id, event.body["text"], event.at)
        return replace(state, responses={**state.responses, name: memo})

    def _codes(self, now: Coded, codes: list[str]) -> tuple[str, ...]:
        """Return the codes that stand for some codes now, each once, in the order of the codebook."""
        wanted = {now.standing(code) for code in codes}
        return tuple(code for code in now.codes if code in wanted)

    def _excerpt(self, now: Coded, event: Event) -> Coded:
        body, codes = event.body, self._codes(now, event.body["codes"])
        answer, start, end = body["answer"], body["start"], body["end"]
        if not codes or not 0 <= start < end <= LONGEST_ANSWER or now.find(answer, event.id):
            return now
        here = now.passages.get(answer, ())
        same = next((one for one in here if (one.start, one.end) == (start, end)), None)
        if same is None and now.many >= MOST_PASSAGES:
            return now
        carried = self._codes(now, [*(same.codes if same else ()), *codes])
        if (same and carried == same.codes) or len(carried) > MOST_TOGETHER:
            return now
        return now.put(answer, Passage(same.id if same else event.id, start, end, carried))

    def _recode(self, now: Coded, event: Event) -> Coded:
        answer, codes = event.body["answer"], self._codes(now, event.body["codes"])
        found = now.find(answer, event.body["excerpt"])
        fits = found is not None and codes and codes != found.codes
        return now.put(answer, replace(found, codes=codes)) if found and fits else now

    def _lift(self, now: Coded, event: Event) -> Coded:
        answer, excerpt = event.body["answer"], event.body["excerpt"]
        return now.lift(answer, excerpt) if now.find(answer, excerpt) else now

    def _nothing(self, now: Coded, event: Event) -> Coded:
        answer = event.body["answer"]
        if answer in now.passages or (answer in now.nothing) == event.body["nothing"]:
            return now
        return replace(now, nothing=now.nothing ^ {answer})

    # -- the codebook -----------------------------------------------------------------------------

    def _add_code(self, now: Coded, event: Event) -> Coded:
        theme = Theme(event.id, event.body["name"], event.body["definition"], own=True)
        fits = self._is_free(now, theme) and len(now.codes) < MOST_CODES and event.id not in now.codes
        return self._changed(now, event, theme, "") if fits else now

    def _reword_code(self, now: Coded, event: Event) -> Coded:
        before = now.codes.get(event.body["code"])
        if before is None or before.into:
            return now
        after = replace(before, name=event.body["name"], definition=event.body["definition"])
        return self._changed(now, event, after, before.name) if after != before and self._is_free(now, after) else now

    def _merge_code(self, now: Coded, event: Event) -> Coded:
        code, into = now.codes.get(event.body["code"]), now.codes.get(event.body["into"])
        if code is None or into is None or code is into or code.into or into.into:
            return now
        merged = self._changed(now, event, replace(code, into=into.id), code.name, into.name)
        return replace(merged, passages=merged.recoded(lambda one: self._codes(merged, list(one.codes))))

    def _split_code(self, now: Coded, event: Event) -> Coded:
        before, chosen = now.codes.get(event.body["code"]), frozenset(event.body["excerpts"])
        theme = Theme(event.id, event.body["name"], event.body["definition"], own=True)
        carries = any(one.id in chosen and event.body["code"] in one.codes for _, one in now.every())
        room = len(now.codes) < MOST_CODES and event.id not in now.codes
        if before is None or before.into or not (carries and room and self._is_free(now, theme)):
            return now
        split = self._changed(now, event, theme, before.name)

        def move(one: Passage) -> tuple[str, ...]:
            moved = [theme.id if one.id in chosen and code == before.id else code for code in one.codes]
            return self._codes(split, moved)

        return replace(split, passages=split.recoded(move))

    def _changed(self, now: Coded, event: Event, theme: Theme, before: str, after: str | None = None) -> Coded:
        change = Change(event.id, event.kind, before, after or theme.name, event.at)
        return replace(now, codes={**now.codes, theme.id: theme}, history=(*now.history, change))

    def _is_free(self, now: Coded, theme: Theme) -> bool:
        """Return whether no other code that stands is called so."""
        name = theme.name.casefold()
        return all(one.id == theme.id or one.into or one.name.casefold() != name for one in now.codes.values())

    _appliers: Mapping[str, Callable[[Thematic, Coded, Event], Coded]] = {
        "excerpt": _excerpt,
        "recode": _recode,
        "lift": _lift,
        "nothing": _nothing,
        "add_code": _add_code,
        "reword_code": _reword_code,
        "merge_code": _merge_code,
        "split_code": _split_code,
    }

    # -- decide -----------------------------------------------------------------------------------

    def decide(self, state: CodeState, message: object, at: datetime, _group: Group | None = None) -> Event:
        """Return the event that a page's message asks for.

        Raises
        ------
        Refused
            If it names an answer, a place or a code that is not there, a name that another code has, or there is no
            room; with an empty sentence where the page was merely behind.
        """
        intent = read_intent(CodeIntent, message, self.words)
        event = as_event(self, intent, at)
        self._check_place(event.body)
        if self.apply(state, event) == state:
            raise Refused(self._why_not(state.now, event))
        return event

    def _check_place(self, body: Mapping[str, Any]) -> None:
        """Refuse what is about no answer here, or about no words of it."""
        if "answer" not in body:
            return
        answer = self.answers.by_id.get(body["answer"])
        if answer is None:
            raise Refused(self.words["code.refused_answer"])
        if "start" in body and (body["end"] > len(answer.text) or not answer.text[body["start"] : body["end"]].strip()):
            raise Refused(self.words["code.refused_place"])

    def _why_not(self, now: Coded, event: Event) -> str:
        body = event.body
        if "name" in body:
            others = (one for one in now.codes.values() if not one.into and one.id != body.get("code"))
            if any(one.name.casefold() == body["name"].casefold() for one in others):
                return self.words["code.refused_name"].format(name=body["name"])
            return self.words["code.refused_many"] if len(now.codes) >= MOST_CODES else MOVED_ON
        if "codes" in body and not self._codes(now, body["codes"]):
            return self.words["code.refused_code"]
        full = now.many >= MOST_PASSAGES
        return self.words["code.refused_full"] if event.kind == "excerpt" and full else MOVED_ON

    # -- view -------------------------------------------------------------------------------------

    def view(self, state: CodeState, _group: Group | None = None) -> dict[str, Any]:
        """Return what the page of a coding shows: of the answers that it has, and of no others."""
        return code_view(self, state)
