"""Which numbers a board may show: a naive answer, which reads nothing but the list of what was accepted."""

from __future__ import annotations

from collections import Counter, defaultdict

from oracle import FLOOR

EVENT = 32
"""Characters of an event's id: whom somebody put on their map is named by one."""


class Numbers:
    """Says who may be counted in a number, from nothing but what was accepted, in its order.

    Parameters
    ----------
    entries : iterable of Entry
        What was accepted.
    about : dict
        By place: what its events concern.
    """

    def __init__(self, entries, about):
        self.about, self.events, self.shares, self.casts = about, {}, {}, {}
        for entry in entries:
            who, event = entry.who, entry.event
            self.events[event.id] = event
            if event.kind == "share":
                self.shares[who, event.about, event.body["form"]] = (event.body["audience"], event.body["events"])
            elif event.kind == "vote":
                self.casts[who, event.body["scene"]] = event.body["choice"]

    def cast(self, who, scene):
        """Return what somebody voted for last, at any time."""
        return self.casts.get((who, scene))

    def given(self, place, form):
        """Yield what is shared of a form, with who gave it to whom."""
        for (who, about, name), (audience, events) in self.shares.items():
            if (about, name) == (self.about[place], form):
                yield from ((who, audience, self.events[each]) for each in events if each in self.events)

    def judge(self, place, form, leads):
        """Assert that a form's numbers are of people who gave it to whoever reads it, and unnamed of enough of them."""
        answers = defaultdict(dict)
        for who, audience, event in self.given(place, form["form"]):
            if event.kind in {"answer", "tie"}:
                two = (event.body["one"], event.body["other"]) if event.kind == "tie" else ()
                own = [
                    f"{who}'s" if len(each) == EVENT else each for each in sorted(two)
                ]  # nobody else can say anything
                item = "/".join(own) if two else event.body["item"]
                answers[item][who] = audience, event.body["quality" if two else "value"]
        for item, spread in form["spreads"].items():
            if item in answers:
                self.judge_spread(answers[item], spread, leads)
            else:
                assert spread["people"] == 1, "of somebody on one's own map"
                assert any(audience != "group_unnamed" for _, audience, _ in self.given(place, form["form"]))
        if form["timeline"]:
            coded = {(who, audience) for who, audience, _ in self.given(place, form["form"])}
            assert form["timeline"]["coders"] <= len(may_count(coded, leads))

    def judge_spread(self, answers, spread, leads):
        """Assert that a number counts nobody who may not be counted, and says nothing that none of them said."""
        counted = may_count({(who, audience) for who, (audience, _) in answers.items()}, leads)
        values = [answers[who][1] for who in counted]
        said = Counter(str(each) for value in values for each in (value if isinstance(value, list) else [value]))
        assert 0 < spread["people"] <= len(counted)
        assert Counter(spread["values"]) <= said


def may_count(given, leads):
    """Return who may be counted, of people with the audience to which they gave something."""
    unnamed = {who for who, audience in given if audience == "group_unnamed"}
    open_to = {"group_named", "trainer"} if leads else {"group_named"}
    return {who for who, audience in given if audience in open_to} | (unnamed if len(unnamed) >= FLOOR else set())
