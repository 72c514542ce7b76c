"""A room to play in: messages go in as frames, and what every page would be sent comes out as bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count

import pytest

from casework.content import Folder
from casework.errors import Refused
from casework.live.agenda import FolderResolve
from casework.live.frames import read_message
from casework.live.protocol import Content
from casework.live.room import Room
from casework.live.showing import Showing
from casework.live.state import Company, Terms, Visitor

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
WALK = "walk:small"
OBSERVE = "observe:small/at-the-door/small-list"
AGENDA = [
    {"place": WALK, "activity": "walk", "content": "small"},
    {"place": "reflect:small:notice", "activity": "reflect", "content": "small", "options": {"prompts": ["notice"]}},
    {"place": OBSERVE, "activity": "observe", "content": "small/at-the-door/small-list"},
]
PROMPTS = """\
        - {id: notice, prompt: What do you see?, perspectives: [child, parent], share: group_unnamed}
        - {id: body, prompt: And in you?, share: trainer}
        - {id: named, prompt: Who are you here?, share: group_named}
        - {id: own, prompt: What is only yours?, share: private}
"""

SURVEY = """\
schema: 1
id: brief
language: en
title: A brief survey
summary: Four things.
share: group_named
sources: [{id: own, cite: Written for the tests.}]
rights: Ours.
scales: [{id: weeks, lowest: 1, highest: 5, labels: [{at: 1, text: Never}, {at: 5, text: Always}]}]
items:
  - {id: often, text: How often?, kind: rated, scale: weeks}
  - {id: tired, text: How tired?, kind: rated, scale: weeks, spread_only: true}
  - {id: which, text: Which?, kind: multiple, options: [{id: one, text: One}, {id: two, text: Two}]}
  - {id: words, text: In words?, kind: open}
  - {id: only-mine, text: Only yours?, kind: open, private: true}
"""


class Play:
    """A room with people in it."""

    def __init__(self, resolve, floor=3, widest="group_named"):
        self.room = Room(Terms("Ana Ruiz", "a secret", floor, widest), resolve)
        self.state = self.room.start()
        self.entries, self.numbers, self.names = [], count(1), {}
        self.trainer = Visitor("the-trainer", "trainer")
        self.screen = Visitor("the-screen", "screen")

    def joins(self, who, language="en", name=None):
        if name:
            self.names[who] = name
        entry = self.room.join(self.state, Visitor(who, "learner"), language, AT)
        if entry:
            self.take(entry)
        return Visitor(who, "learner")

    def take(self, entry):
        self.entries.append(entry)
        self.state = self.room.apply(self.state, entry)

    def send(self, visitor, message):
        """Send what a page would send; return the event's id, or None where it was folded before."""
        read = read_message(json.dumps(message), visitor.role)
        intent_id = message.get("intent", message)["id"]
        if self.room.knows(self.state, visitor, intent_id):
            return None
        entry = self.room.decide(self.state, visitor, read, AT)
        self.take(entry)
        return entry.event.id

    def new_id(self):
        return f"{next(self.numbers):032x}"

    def leads(self, do, **body):
        return self.send(self.trainer, {"id": self.new_id(), "do": do, **body})

    def undoes(self):
        """Take back what the trainer's desk says can be taken back."""
        return self.leads("undo", act=self.told(self.trainer, "desk")["desk"]["undo"]["act"])

    def does(self, who, do, place=WALK, **body):
        intent = {"id": self.new_id(), "do": do, **body}
        return self.send(Visitor(who, "learner"), {"place": place, "intent": intent})

    def begins(self, *people):
        """Let people join, and lead them to the first pause of the walk."""
        for who in people:
            self.joins(who)
        self.leads("plan", agenda=AGENDA)
        self.leads("start")
        self.leads("open", place=WALK)
        self.moves("start")
        self.moves("go_on", scene="arrival", step="read")

    def moves(self, do, **body):
        return self.leads("move", place=WALK, deed={"do": do, **body})

    def writes(self, who, text, prompt="notice", perspective="child"):
        return self.does(who, "write", prompt=prompt, perspective=perspective, text=text)

    def shares(self, who, *events, form="notice", audience="group_unnamed"):
        return self.does(who, "share", form=form, audience=audience, events=list(events))

    def gives(self, who, text, prompt="notice", perspective="child", audience="group_unnamed"):
        """Let someone write and share at once."""
        event = self.writes(who, text, prompt, perspective)
        self.shares(who, event, form=prompt, audience=audience)
        return event

    def messages(self, visitor, *, content=True):
        found = Showing(self.room, self.state, Company(self.names)).to(visitor)
        return [one.told() for one in found if content or not isinstance(one, Content)]

    def sent(self, visitor):
        """Return every byte that a page would be sent now, but for what stands in the files."""
        return json.dumps(self.messages(visitor, content=False), ensure_ascii=False)

    def told(self, visitor, key):
        return next(one for one in self.messages(visitor) if key in one)

    def form(self, visitor, form="notice", place=WALK):
        boards = [one["board"] for one in self.messages(visitor) if "board" in one and one["place"] == place]
        return next((one for board in boards for one in board["forms"] if one["form"] == form), None)

    def texts(self, visitor, form="notice"):
        board = self.form(visitor, form)
        return {card["text"] for card in board["cards"]} if board else set()

    def refuses(self, why, visitor, message):
        with pytest.raises(Refused, match=why):
            self.send(visitor, message)


@pytest.fixture(scope="session")
def resolve(tmp_path_factory, small_files):
    folder = tmp_path_factory.mktemp("workbooks")
    for name, text in small_files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "surveys").mkdir()
    (folder / "surveys/brief.yaml").write_text(SURVEY, encoding="utf-8")
    case = folder / "cases/small.yaml"
    text = case.read_text("utf-8")
    first, last = text.index("        - {id: notice,"), text.index("    choices:")
    text = text[:first] + PROMPTS + text[last:]
    again = "{id: notice-again, again: notice, prompt: And now?"
    case.write_text(text.replace(again, f"{again}, share: group_unnamed"), encoding="utf-8")
    return FolderResolve(Folder(folder))


@pytest.fixture(scope="session")
def new_play(resolve):
    """Return what opens a room: by its floor, and the widest audience that it allows."""
    return lambda floor=3, widest="group_named": Play(resolve, floor, widest)


@pytest.fixture
def play(new_play):
    """Return a room with a floor of three, and five people at the first pause of the walk."""
    play = new_play()
    play.begins("ana", "ben", "cam", "dee", "eli")
    return play
