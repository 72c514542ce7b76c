"""Who may see which words of a room: a naive answer, which reads nothing but the list of what was accepted."""

from __future__ import annotations

import re

FLOOR, BATCH = 3, 3
MARKER = re.compile(r"MARK\d+END")


class Oracle:
    """Says who may see a marker, from nothing but what was accepted, in its order."""

    def __init__(self, entries, approved, hidden):
        self.written, self.shares, self.merged, self.acts = {}, {}, set(), []
        self.approved, self.hidden = approved, hidden
        for entry in entries:
            self.take(entry.who, entry.event)

    def take(self, who, event):
        body = event.body
        if event.kind == "write":
            for marker in MARKER.findall(body["text"]):
                self.written[marker] = (who, body["prompt"], body["perspective"], event.id)
        elif event.kind == "share":
            self.shares[who, body["form"]] = (body["audience"], set(body["events"]))
        elif event.kind == "lead" and body["do"] == "undo":
            self.acts = [act for act in self.acts if act.id != body["act"]]
        elif event.kind == "lead" and body["do"] == "arrange":
            self.merged -= {body["form"]}
            self.merged |= {body["form"]} if body["merged"] else set()
        elif event.kind in {"lead", "reveal"}:
            self.acts.append(event)

    def revealed(self, form):
        return any(act.kind == "reveal" and act.body["form"] == form for act in self.acts)

    def held(self, form):
        holds = [act.body["on"] for act in self.acts if act.body.get("do") == "hold" and act.body["form"] == form]
        return bool(holds) and holds[-1]

    def audience(self, marker):
        """Return to whom the marker's author gave it, as they said last."""
        who, form, _, event = self.written[marker]
        audience, events = self.shares.get((who, form), ("private", set()))
        return audience if event in events else "private"

    def crowd(self, marker):
        """Count the different people whose unnamed words stand in the same cell."""
        _, form, perspective, _ = self.written[marker]
        return len(
            {
                who
                for other, (who, its_form, its_perspective, _) in self.written.items()
                if its_form == form
                and (form in self.merged or its_perspective == perspective)
                and self.audience(other) == "group_unnamed"
            }
        )

    def trainer_may(self, marker):
        audience = self.audience(marker)
        return audience in {"trainer", "group_named"} or (audience == "group_unnamed" and self.crowd(marker) >= FLOOR)

    def group_may(self, marker):
        who, form, perspective, _ = self.written[marker]
        if self.audience(marker) == "trainer" or not self.revealed(form) or not self.trainer_may(marker):
            return False
        if self.held(form) and not any(
            act.body.get("card") == self.approved.get(marker) for act in self.did("approve")
        ):
            return False
        hides = [act for act in self.did("hide") if self.hidden[act.id] == (who, form, perspective)]
        return not hides or not hides[-1].body["hidden"]

    def did(self, do):
        return [act for act in self.acts if act.body.get("do") == do]
