"""The graph of scenes: which follows which, in layers, and the ways that lead through.

Everything that draws or prints a case asks here, so that a scene has the same letter on the map, in the
handout and in the guide.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.content.case import Case
    from casework.content.scene import Choice, Scene, When

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_STATES = 2000

Facts = frozenset[tuple[str, str]]
"""What happened on a way and a condition asks about: ``("chose", id)`` and ``("visited", id)``."""


@dataclass(frozen=True)
class Step:
    """One way on from a scene."""

    start: str
    """The scene that it leaves."""
    target: str
    """The scene that it leads to."""
    choice: Choice | None
    """The choice that takes it; none where the story simply goes on."""
    back: bool
    """Whether it leads back to a scene that may have been read already."""


@dataclass(frozen=True)
class Ways:
    """How many ways lead from the first scene to an end, and how long they take."""

    count: int
    """Ways that differ in a turn; going round again is not counted."""
    shortest: int
    """Minutes of the shortest, reading and pauses; 0 if the scenes tell none."""
    longest: int
    """Minutes of the longest."""
    rounds: bool
    """Whether some step leads back."""


class SceneGraph:
    """The scenes of a case and the steps between them.

    Parameters
    ----------
    case : Case
        The case, as it was loaded.

    Attributes
    ----------
    letters : dict of str to str
        A letter for each scene, in the order of the file: A to Z, then AA.
    steps : list of Step
        All ways on, in the order of the file.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.scenes = {scene.id: scene for scene in case.scenes}
        self.letters = {name: letter(index) for index, name in enumerate(self.scenes)}
        ways = {name: [w for w in _ways_on(scene) if w[0] in self.scenes] for name, scene in self.scenes.items()}
        back = _find_back({name: [target for target, _ in found] for name, found in ways.items()})
        self.steps = [
            Step(name, target, choice, (name, target) in back)
            for name, found in ways.items()
            for target, choice in found
        ]

    def after(self, scene_id: str) -> list[Step]:
        """Return the ways on from a scene."""
        return self._after[scene_id]

    @cached_property
    def depths(self) -> Mapping[str, int]:
        """How many steps a scene lies from the start at most, steps that lead back left aside."""
        depths = dict.fromkeys(self.scenes, 0)
        for name in self._in_order:
            for step in self._forward(name):
                depths[step.target] = max(depths[step.target], depths[name] + 1)
        return depths

    def minutes(self, scene_id: str) -> int:
        """Return how long a scene takes with its pause; what the file does not tell counts as nothing."""
        return self.scenes[scene_id].length

    def ways(self) -> Ways:
        """Count the ways through the story, each condition kept.

        A case with so many conditions that keeping them would take too long is counted as if they held.
        """
        asked = {fact for step in self.steps if step.choice for fact in _facts_of(step.choice.when)}
        found = self._walk_all(frozenset(asked))
        if found is None:
            found = self._walk_all(frozenset())
        count, shortest, longest = found or (0, 0, 0)
        return Ways(count, shortest, longest, any(step.back for step in self.steps))

    def name(self, scene_id: str) -> str:
        """Return a scene's letter and title, as a reader would call it."""
        title = self.scenes[scene_id].title
        return f"{self.letters[scene_id]}, {title}" if title else self.letters[scene_id]

    def _walk_all(self, asked: Facts) -> tuple[int, int, int] | None:
        """Return count, shortest and longest of all ways; nothing if there would be too much to remember."""
        first = self.case.scenes[0].id
        here: dict[str, dict[Facts, tuple[int, int, int]]] = {name: {} for name in self.scenes}
        here[first][frozenset()] = (1, 0, 0)
        ended: tuple[int, int, int] | None = None
        for name in self._in_order:
            if len(here[name]) > _MOST_STATES:
                return None
            minutes = self.minutes(name)
            for facts, (count, low, high) in here.pop(name).items():
                ways = (count, low + minutes, high + minutes)
                known = facts | (asked & {("visited", name)})
                if self.scenes[name].end:
                    ended = _join(ended, ways)
                for step in self._open(name, known, asked):
                    then = known | (asked & {("chose", step.choice.id)} if step.choice else frozenset())
                    here[step.target][then] = _join(here[step.target].get(then), ways)
        return ended or (0, 0, 0)

    def _open(self, name: str, facts: Facts, asked: Facts) -> Iterator[Step]:
        for step in self._forward(name):
            wanted = frozenset(_facts_of(step.choice.when if step.choice else None)) & asked
            if wanted <= facts:
                yield step

    def _forward(self, name: str) -> Iterator[Step]:
        return (step for step in self._after[name] if not step.back)

    @cached_property
    def _after(self) -> Mapping[str, list[Step]]:
        after: dict[str, list[Step]] = {name: [] for name in self.scenes}
        for step in self.steps:
            after[step.start].append(step)
        return after

    @cached_property
    def _in_order(self) -> list[str]:
        """The scenes so that each comes after all that lead to it, steps that lead back left aside."""
        waiting = dict.fromkeys(self.scenes, 0)
        for step in self.steps:
            waiting[step.target] += not step.back
        ready = [name for name, count in waiting.items() if not count]
        for name in ready:
            for step in self._forward(name):
                waiting[step.target] -= 1
                if not waiting[step.target]:
                    ready.append(step.target)
        return ready


def letter(index: int) -> str:
    """Return the letter of a scene: A to Z, then AA.

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    rest, last = divmod(index, len(_ALPHABET))
    return (letter(rest - 1) if rest else "") + _ALPHABET[last]


def _ways_on(scene: Scene) -> Iterator[tuple[str, Choice | None]]:
    for choice in scene.choices or ():
        yield choice.to, choice
    if scene.next:
        yield scene.next, None


def _facts_of(when: When | None) -> Iterator[tuple[str, str]]:
    if when is not None and when.chose is not None:
        yield "chose", when.chose
    if when is not None and when.visited is not None:
        yield "visited", when.visited


def _join(one: tuple[int, int, int] | None, other: tuple[int, int, int]) -> tuple[int, int, int]:
    if one is None:
        return other
    return one[0] + other[0], min(one[1], other[1]), max(one[2], other[2])


def _find_back(after: Mapping[str, list[str]]) -> set[tuple[str, str]]:
    """Return the steps that lead to a scene on the way to where they start: going deep first, from the first scene."""
    back: set[tuple[str, str]] = set()
    done: set[str] = set()
    for root in after:
        on_the_way: dict[str, Iterator[str]] = {} if root in done else {root: iter(after[root])}
        while on_the_way:
            name, targets = next(reversed(on_the_way.items()))
            target = next(targets, None)
            if target is None:
                done.add(name)
                del on_the_way[name]
            elif target in on_the_way:
                back.add((name, target))
            elif target not in done:
                on_the_way[target] = iter(after[target])
    return back
