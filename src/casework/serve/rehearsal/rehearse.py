"""A whole session of a workbook, played by people made of rules on a real server."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from casework.content import Folder
from casework.errors import ServeError
from casework.serve.languages import site_words
from casework.serve.rehearsal.guest import Guest
from casework.serve.rehearsal.paths import find_paths
from casework.serve.rehearsal.players import Done, Player

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from casework.content import Case
    from casework.serve.rehearsal.paths import Turn

FLOOR = 3


@dataclass(frozen=True, slots=True)
class Play:
    """What is rehearsed."""

    link: str
    """The trainer link of a running server."""
    folder: Path
    """The folder of workbooks, which is the server's own."""
    workbook: str
    agenda: Sequence[dict[str, Any]]
    people: int = 12
    languages: Sequence[str] = ("en", "es")
    told_in: str = "en"
    """The language in which it is told what happens."""


@dataclass
class Company:
    """Those who rehearse."""

    trainer: Guest
    screen: Guest
    players: list[Player]
    done: Done
    tell: Callable[[str], None]

    async def leads(self, do: str, **body: Any) -> bool:  # noqa: ANN401  as the protocol has it
        """Let the trainer do something, and everyone see it."""
        answer = await self.trainer.does({"do": do, **body})
        stored = self.done.take(self.done.said["lab_told_trainer"], do, answer)
        await self.hear()
        return stored

    async def hear(self) -> None:
        """Wait until everyone has seen what there is to see."""
        await asyncio.gather(*(one.guest.hear() for one in self.players), self.trainer.hear(), self.screen.hear())

    async def everyone(self, what: Callable[[Player], Any]) -> None:
        """Let everyone do something at once."""
        await asyncio.gather(*(what(one) for one in self.players))


async def rehearse(play: Play, tell: Callable[[str], None] = lambda _line: None) -> Done:
    """Play a session, and return what came of it.

    Parameters
    ----------
    play : Play
        What is rehearsed.
    tell : callable, optional
        Is told how far it has come, a line at a time.

    Raises
    ------
    ServeError
        If the server cannot be reached, or does not let the trainer in.
    """
    done = Done(site_words(play.told_in))
    company = await _gather(play, done, tell)
    try:
        await company.leads("plan", agenda=list(play.agenda))
        await company.leads("start")
        for item in play.agenda:
            tell(done.said["lab_told_together"].format(place=item["place"]))
            if not await company.leads("open", place=item["place"]):
                continue  # the server said why
            await _together(company, play, item)
            await _reveal(company, item["place"])
        await _apart(company, play)
        await company.leads("end")
        _compare(company)
    finally:
        guests = (company.trainer, company.screen, *(one.guest for one in company.players))
        for guest in guests:
            guest.leave()
        await asyncio.gather(*(guest.gone() for guest in guests))
    return done


async def _gather(play: Play, done: Done, tell: Callable[[str], None]) -> Company:
    """Open a room, and let everyone in."""
    parts = urlsplit(play.link)
    base, found, _ = play.link.partition("/lead/")
    if not found or not parts.scheme:
        raise ServeError("That is no trainer link; use the one that 'casework serve --group' printed.")
    trainer = Guest(base, play.languages[0])
    try:
        room = await _open(trainer, play)
    except OSError as error:
        raise ServeError(f"There is no server at {parts.netloc}; start one with: casework serve --group") from error
    await trainer.enter(room["socket"])
    screen = Guest(base, play.languages[0])
    await screen.enter(f"room/{room['code']}/socket?as=screen")
    players = [Player(_guest(base, play, number), f"Guest {number + 1}", done) for number in range(play.people)]
    await asyncio.gather(*(_let_in(one, room["code"]) for one in players))
    tell(done.said["lab_told_joined"].format(people=len(players), code=room["code"]))
    return Company(trainer, screen, players, done, tell)


def _guest(base: str, play: Play, number: int) -> Guest:
    return Guest(base, play.languages[number % len(play.languages)])


async def _open(trainer: Guest, play: Play) -> dict[str, Any]:
    await trainer.ask("GET", play.link)
    desk = await trainer.ask("GET", "group/desk")
    told = json.loads(desk.body)
    if "xsrf" not in told:
        raise ServeError(f"The server did not let the trainer in: {told.get('why', desk.code)}")
    form = {"_xsrf": told["xsrf"], "workbook": play.workbook, "convener": "Rehearsal", "floor": str(FLOOR)}
    opened = await trainer.ask("POST", "rooms", form, {"Accept": "application/json"})
    answer = json.loads(opened.body)
    if "room" not in answer:
        raise ServeError(f"The server opened no room: {answer.get('why', opened.code)}")
    room: dict[str, Any] = json.loads((await trainer.ask("GET", f"group/desk?room={answer['room']}")).body)["room"]
    return room


async def _let_in(player: Player, code: str) -> None:
    answer = await player.guest.join(code, player.name)
    if answer.code not in {200, 303}:
        raise ServeError(f"{player.name} could not join: the server answered {answer.code}.")
    await player.guest.enter(f"room/{code}/socket?as=learner")


def _case(play: Play, item: dict[str, Any]) -> Case:
    return Folder(play.folder).find_case(item["content"], item.get("language", "en"))


async def _together(company: Company, play: Play, item: dict[str, Any]) -> None:
    place = item["place"]
    if item["activity"] == "walk":
        await _lead_through(company, place, find_paths(_case(play, item))[0])
    else:
        await company.everyone(lambda one: one.play(place, item["activity"]))


async def _lead_through(company: Company, place: str, path: tuple[Turn, ...]) -> None:
    """Lead the group along one path: everyone writes at each pause, and votes at each turn."""
    turns = dict(path)
    await company.leads("move", place=place, deed={"do": "start"})
    while (state := company.trainer.state(place))["end"] is None:
        scene, step = state["scene"], state["step"]
        await company.everyone(lambda one: one.at_pause(place))
        if step == "turn" and state["choices"]:
            await _vote(company, place, scene)
            deed = {"do": "choose", "scene": scene, "choice": turns[scene]}
        else:
            deed = {"do": "go_on", "scene": scene, "step": step}
        if not await company.leads("move", place=place, deed=deed):
            return


async def _vote(company: Company, place: str, scene: str) -> None:
    await company.leads("vote", place=place)
    calls = [call for call in company.trainer.where["votes"] if call["scene"] == scene]
    for call in calls:
        choices = call["choices"]
        await asyncio.gather(
            *(
                one.guest.does({"do": "cast", "place": place, "scene": scene, "choice": choices[each % len(choices)]})
                for each, one in enumerate(company.players)
            )
        )
    await company.leads("count", place=place, scene=scene)
    await company.leads("reveal", place=place, form=f"vote/{scene}")


async def _reveal(company: Company, place: str) -> None:
    """Reveal every form that somebody shared."""
    told = company.trainer.shown.get(("board", place), {"board": {"forms": []}})
    for form in told["board"]["forms"]:
        if form["counts"]["took_part"] and not form["revealed"]:
            await company.leads("reveal", place=place, form=form["form"])


async def _apart(company: Company, play: Play) -> None:
    """Let everyone go on alone: between them they take every path there is."""
    await company.leads("pace", pace="self", until=None)
    for item in play.agenda:
        if item["activity"] != "walk":
            continue
        paths = find_paths(_case(play, item))
        company.tell(company.done.said["lab_told_alone"].format(place=item["place"], paths=len(paths)))
        mine = [paths[number :: len(company.players)] for number in range(len(company.players))]

        async def walk(number: int, item: dict[str, Any] = item, mine: list[Any] = mine) -> None:
            for path in mine[number]:
                await company.players[number].walk(item["place"], path)

        await asyncio.gather(*(walk(number) for number in range(len(company.players))))
    await company.hear()


def _compare(company: Company) -> None:
    """See that everyone finds the same on the boards, and the screen nothing else."""
    boards = {key: told for key, told in company.screen.shown.items() if key[0] == "board"}
    for one in company.players:
        if {key: told for key, told in one.guest.shown.items() if key[0] == "board"} != boards:
            company.done.lost.append(company.done.said["lab_told_boards"].format(who=one.name))
