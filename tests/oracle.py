"""Who may see which words of a room: a naive answer, which reads nothing but the list of what was accepted."""

from __future__ import annotations

import re

FLOOR, BATCH = 3, 3
MARKER = re.compile(r"MARK\d+END")
WHOLE = {"survey": "survey", "map": "map", "observe": "coding"}
"""The activities that are shared as one, each with its form; of the others each prompt is one."""


def form_of(place, prompt):
    """Return the form that words belong to."""
    return WHOLE.get(place.partition(":")[0], prompt)


class Oracle:
    """Says who may see a marker, from nothing but what was accepted, in its order.

    Parameters
    ----------
    entries : iterable of Entry
        What was accepted.
    approved, hidden : dict
        Which cards the trainer approved, by marker, and which words an act hid, by its id.
    places : dict, optional
        By what events concern: where it stands in the agenda.
    """

    def __init__(self, entries, approved, hidden, places=None):
        self.written, self.shares, self.merged, self.acts = {}, {}, set(), []
        self.approved, self.hidden, self.places = approved, hidden, places or {}
        for entry in entries:
            self.take(entry.who, entry.event)

    def take(self, who, event):
        body, about = event.body, event.about
        if event.kind == "write":
            for marker in MARKER.findall(body["text"]):
                form = form_of(self.places.get(about, ""), body["prompt"])
                cell = f"{body['prompt']}/{body['perspective']}"
                self.written[marker] = (who, (about, form), cell, event.id)
        elif event.kind == "share":
            self.shares[who, about, body["form"]] = (body["audience"], set(body["events"]))
        elif event.kind == "lead" and body["do"] == "undo":
            self.acts = [act for act in self.acts if act.id != body["act"]]
        elif event.kind == "lead" and body["do"] == "arrange":
            self.merged -= {(about, body["form"])}
            self.merged |= {(about, body["form"])} if body["merged"] else set()
        elif event.kind in {"lead", "reveal"}:
            self.acts.append(event)

    def revealed(self, form):
        return any(act.kind == "reveal" and (act.about, act.body["form"]) == form for act in self.acts)

    def held(self, form):
        holds = [act for act in self.did("hold") if (act.about, act.body["form"]) == form]
        return bool(holds) and holds[-1].body["on"]

    def audience(self, marker):
        """Return to whom the marker's author gave it, as they said last."""
        who, form, _, event = self.written[marker]
        audience, events = self.shares.get((who, *form), ("private", set()))
        return audience if event in events else "private"

    def cell(self, marker):
        """Return what a crowd of people has to stand in together."""
        _, form, cell, _ = self.written[marker]
        return form, "" if form in self.merged else cell

    def crowd(self, marker):
        """Count the different people whose unnamed words stand in the same cell."""
        same = [other for other in self.written if self.cell(other) == self.cell(marker)]
        return len({self.written[other][0] for other in same if self.audience(other) == "group_unnamed"})

    def trainer_may(self, marker):
        audience = self.audience(marker)
        return audience in {"trainer", "group_named"} or (audience == "group_unnamed" and self.crowd(marker) >= FLOOR)

    def group_may(self, marker):
        who, form, cell, _ = self.written[marker]
        if self.audience(marker) == "trainer" or not self.revealed(form) or not self.trainer_may(marker):
            return False
        if self.held(form) and not any(
            act.body.get("card") == self.approved.get(marker) for act in self.did("approve")
        ):
            return False
        hides = [act for act in self.did("hide") if self.hidden[act.id] == (who, form, cell)]
        return not hides or not hides[-1].body["hidden"]

    def did(self, do):
        return [act for act in self.acts if act.body.get("do") == do]
