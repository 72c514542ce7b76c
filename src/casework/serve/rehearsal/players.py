"""What rehearsing people do in each activity: they see what a page shows, and do what a hand would."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework.serve.languages import site_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from casework.serve.rehearsal.guest import Guest
    from casework.serve.rehearsal.paths import Turn

WORDS = {
    "en": "What {name} sees from here ({place}).",
    "es": "Lo que {name} ve desde aquí ({place}).",
}

STEPS = 400
"""After so many steps a walk that has come to no end is given up."""


@dataclass
class Done:
    """What came of a rehearsal."""

    said: Mapping[str, str] = field(default_factory=lambda: site_words("en"))
    """In whose words it is told."""
    scenes: set[str] = field(default_factory=set)
    choices: set[Turn] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    stored: int = 0
    lost: list[str] = field(default_factory=list)
    """What was refused, or came to be somewhere else than it should, in a sentence each."""

    def take(self, who: str, what: str, answer: Mapping[str, Any]) -> bool:
        """Note an answer; return whether what was asked for is stored."""
        if "ack" in answer:
            self.stored += 1
            return True
        if answer.get("why"):
            self.lost.append(f"{who}: {what}: {answer['why']}")
        return False


@dataclass
class Player:
    """One person."""

    guest: Guest
    name: str
    done: Done

    async def act(self, place: str, do: str, **body: Any) -> str | None:  # noqa: ANN401  as the activity has it
        """Do something, and return its id, or None if it was refused."""
        answer = await self.guest.acts(place, do, **body)
        return answer["id"] if self.done.take(self.name, f"{do}, {place}", answer) else None

    async def play(self, place: str, activity: str) -> None:
        """Do in an activity what one does there, but for walking."""
        play = _PLAYS.get(activity)
        if play is None:
            return
        with contextlib.suppress(TimeoutError):  # a busy room shows it a little later than it answers
            await self.guest.until(lambda: {("content", place), ("state", place)} <= set(self.guest.shown))
        if ("state", place) in self.guest.shown:
            await play(self, place, self.guest.shown["content", place]["content"])
        else:
            self.done.lost.append(self.done.said["lab_told_unshown"].format(who=self.name, place=place))

    def says(self, place: str) -> str:
        """Return what they write."""
        return WORDS.get(self.guest.language, WORDS["en"]).format(name=self.name, place=place)

    # -- prompts ----------------------------------------------------------------------------------

    async def write(self, place: str, prompts: Iterable[Mapping[str, Any]]) -> None:
        """Write into every field of some prompts, and share what may be shared."""
        for prompt in prompts:
            if prompt["share"] == "device":
                continue
            said = self.guest.state(place)["responses"]
            cells = [(one, f"{prompt['id']}/{one}") for one in prompt["perspectives"] or [""]]
            events = [said[cell]["id"] for _, cell in cells if cell in said]
            for perspective, cell in cells:
                if cell not in said:
                    text = self.says(cell)
                    wrote = await self.act(place, "write", prompt=prompt["id"], perspective=perspective, text=text)
                    events += [wrote] if wrote else []
            await self.share(place, prompt["id"], events)

    async def share(self, place: str, form: str, events: list[str]) -> None:
        """Share a form as widely as it is offered, once."""
        sharing = self.guest.state(place).get("sharing") or {"forms": {}}
        told = sharing["forms"].get(form)
        if told and told["widest"] and told["audience"] is None and events:
            await self.act(place, "share", form=form, audience=told["widest"], events=events)

    async def at_pause(self, place: str) -> None:
        """Write where the walk pauses, if it does."""
        state, content = self.guest.state(place), self.guest.shown["content", place]["content"]
        if state["step"] == "pause" and state["scene"]:
            pause = content["scenes"][state["scene"]]["pause"]
            await self.write(place, [content["prompts"][name] for name in pause["reflect"]])

    # -- walking on one's own ---------------------------------------------------------------------

    async def walk(self, place: str, path: tuple[Turn, ...]) -> None:
        """Walk along a path, writing at every pause, until the end."""
        turns = dict(path)
        self.done.choices.update(path)
        await self.act(place, "again" if self.guest.state(place)["scene"] else "start")
        for _ in range(STEPS):
            state = self.guest.state(place)
            scene, step = state["scene"], state["step"]
            self.done.scenes.add(scene)
            if state["end"] is not None:
                self.done.ends.add(scene)
                return
            await self.at_pause(place)
            if step == "turn" and state["choices"]:
                if turns.get(scene) not in state["choices"]:
                    break
                await self.act(place, "choose", scene=scene, choice=turns[scene])
            else:
                await self.act(place, "go_on", scene=scene, step=step)
        told = self.done.said["lab_told_no_end"]
        self.done.lost.append(told.format(who=self.name, place=place, choices=" → ".join(turns.values()) or "-"))


async def _reflect(player: Player, place: str, content: Mapping[str, Any]) -> None:
    opened = player.guest.state(place)["prompts"]
    await player.write(place, [prompt for prompt in content["prompts"] if prompt["id"] in opened])


async def _observe(player: Player, place: str, content: Mapping[str, Any]) -> None:
    beats = content["moment"]["beats"]
    if player.guest.state(place)["finished"]:
        return
    await player.act(place, "begin", when=1_000_000)
    for number in range(len(beats)):
        await player.act(place, "at_beat", beat=number)
        for item in content["checklist"]["items"]:
            if item["kind"] == "point":
                await player.act(place, "mark", item=item["id"], beat=number, clock=float(number))
    await player.act(place, "finish", **({} if beats else {"seconds": 10.0}))
    await _share_all(player, place)


async def _survey(player: Player, place: str, content: Mapping[str, Any]) -> None:
    if player.guest.state(place)["finished"]:
        return
    for item in content["items"]:
        if item["kind"] == "rated":
            await player.act(place, "answer", item=item["id"], value=content["scales"][item["scale"]]["lowest"])
        elif item["kind"] == "single":
            await player.act(place, "answer", item=item["id"], value=item["options"][0]["id"])
        elif item["kind"] == "open":
            await player.act(place, "write", prompt=item["id"], perspective="", text=player.says(item["id"]))
    await player.act(place, "finish")
    await _share_all(player, place)


async def _map(player: Player, place: str, _content: Mapping[str, Any]) -> None:
    people = [one["id"] for one in player.guest.state(place)["people"]]
    if len(people) > 1:
        await player.act(place, "tie", one=people[0], other=people[1], quality="close")
    await player.act(place, "finish")
    await _share_all(player, place)


async def _share_all(player: Player, place: str) -> None:
    state = player.guest.state(place)
    for form in (state.get("sharing") or {"forms": {}})["forms"]:
        await player.share(place, form, list(state.get("events", ())))


_PLAYS: Mapping[str, Callable[[Player, str, Mapping[str, Any]], Any]] = {
    "reflect": _reflect,
    "observe": _observe,
    "survey": _survey,
    "map": _map,
}
