"""The way through the scenes of a case: whether each can be reached, and whether each leads to an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.content.nearest import nearest, suggest
from casework.content.problem import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casework.content.case import Case
    from casework.content.scene import Scene, When

_MANY = 6
_MOST_GUESSES = 20
_MOST_STATES = 5000

Facts = frozenset[tuple[str, str]]
"""What happened on a way and a condition asks for: ``("chose", id)`` and ``("visited", id)``."""


class Ways:
    """Which scene can follow which; conditions are taken as if they held, and misspelt targets as meant.

    Attributes
    ----------
    names : list of str
        The ids of the scenes, in the order of the file.
    """

    def __init__(self, case: Case) -> None:
        self.names = [scene.id for scene in case.scenes]
        self._after: dict[str, set[str]] = {name: set() for name in self.names}
        targets = dict.fromkeys(target for scene in case.scenes for target in scene.targets())
        unknown = [target for target in targets if target not in self._after]
        meant = {target: nearest(target, self.names) for target in unknown[:_MOST_GUESSES]}
        for scene in case.scenes:
            for target in scene.targets():
                if found := meant.get(target, target if target in self._after else None):
                    self._after[scene.id].add(found)

    def reachable(self) -> set[str]:
        """Return the scenes that can be read, from the first on."""
        return _spread([self.names[0]], self._after)

    def beyond(self, scene_id: str) -> set[str]:
        """Return the scenes that can follow one; itself only if the story can come back to it."""
        return _spread(self._after.get(scene_id, ()), self._after)

    def before(self, scene_ids: Iterable[str]) -> set[str]:
        """Return the scenes from which at least one of some can be reached, and these."""
        sources: dict[str, set[str]] = {name: set() for name in self.names}
        for name, targets in self._after.items():
            for target in targets:
                sources[target].add(name)
        return _spread(scene_ids, sources)


def find_way_faults(case: Case) -> Iterator[Finding]:
    """Yield what keeps a learner from going through the scenes of a case."""
    ways = Ways(case)
    for index, scene in enumerate(case.scenes):
        yield from _check_exit(("scenes", index), scene)
        yield from _check_targets(("scenes", index), scene, ways)
        yield from _check_conditions(("scenes", index), scene, case, ways)
    yield from _find_unreachable(case, ways)
    yield from _find_endless(case, ways)


def _check_exit(place: Place, scene: Scene) -> Iterator[Finding]:
    """See that there is exactly one way on."""
    given = [
        key
        for key, value in (("choices", scene.choices), ("next", scene.next), ("end", scene.end))
        if value not in (None, False)
    ]
    if not given:
        yield Finding(place, "there is no way on", "add 'choices', or 'next', or 'end: true'")
    elif len(given) > 1:
        message = f"there are several ways on ({' and '.join(given)})"
        yield Finding((*place, given[-1]), message, "keep one of them")
    if scene.choices and all(choice.when for choice in scene.choices):
        message, remedy = (
            "every choice has a condition, so that there may be none",
            "leave one without 'when'",
        )
        yield Finding((*place, "choices"), message, remedy)


def _check_targets(place: Place, scene: Scene, ways: Ways) -> Iterator[Finding]:
    targets: list[tuple[Place, str]] = [
        ((*place, "choices", index, "to"), choice.to) for index, choice in enumerate(scene.choices or ())
    ]
    if scene.next:
        targets.append(((*place, "next"), scene.next))
    for here, target in targets:
        if target not in ways.names:
            yield Finding(here, f"it leads to '{target}', and no scene has this id", suggest(target, ways.names))


def _check_conditions(place: Place, scene: Scene, case: Case, ways: Ways) -> Iterator[Finding]:
    for index, choice in enumerate(scene.choices or ()):
        if choice.when is not None:
            yield from _check_when((*place, "choices", index, "when"), choice.when, case, ways)


def _check_when(place: Place, when: When, case: Case, ways: Ways) -> Iterator[Finding]:
    """See that a condition names one thing, and that there is such a thing."""
    if (when.chose is None) == (when.visited is None):
        yield Finding(place, "'when' needs one of 'chose' and 'visited'", "write one of them")
        return
    if when.chose is not None:
        key, wanted = "chose", when.chose
        kind, known = "choice", [choice.id for scene in case.scenes for choice in scene.choices or ()]
    else:
        key, wanted = "visited", str(when.visited)
        kind, known = "scene", ways.names
    if wanted not in known:
        yield Finding((*place, key), f"no {kind} has the id '{wanted}'", suggest(wanted, known))


def _find_unreachable(case: Case, ways: Ways) -> Iterator[Finding]:
    reachable = ways.reachable()
    for index, scene in enumerate(case.scenes):
        if scene.id not in reachable:
            remedy = "let a choice or a 'next' lead here, or take the scene out"
            yield Finding(("scenes", index), f"no way leads to this scene{_with_prompts(scene)}", remedy)


def _with_prompts(scene: Scene) -> str:
    prompts = scene.pause.reflect if scene.pause else ()
    names = ", ".join(f"'{prompt.id}'" for prompt in prompts[:_MANY])
    return f", and so to its prompt{'s' * (len(prompts) > 1)} {names}" if prompts else ""


def find_conditions_never_met(case: Case) -> Iterator[Finding]:
    """Yield a finding for each choice that is offered on no way, and each scene that none comes to for that reason.

    Every way from the first scene on is followed with what happened on it, as far as a condition asks for that.
    """
    asked = {fact for scene in case.scenes for choice in scene.choices or () for fact in _facts(choice.when)}
    met = _follow(case, frozenset(asked)) if asked else None
    if met is None:
        return
    for index, scene in enumerate(case.scenes):
        held = set().union(*met[scene.id])
        for position, choice in enumerate(scene.choices or ()):
            for kind, name in _facts(choice.when):
                if met[scene.id] and (kind, name) not in held:
                    message = f"'{name}' cannot come before this scene, so that the choice is never offered"
                    place = ("scenes", index, "choices", position, "when", kind)
                    yield Finding(place, message, "name something that is met earlier on the way", "warning")
        if not met[scene.id]:
            message = f"no way comes to this scene{_with_prompts(scene)}, for the choice before it is never offered"
            yield Finding(("scenes", index), message, "look at the 'when' of the choices that lead here", "warning")


def _facts(when: When | None) -> Iterator[tuple[str, str]]:
    """Yield what a condition asks for."""
    if when is not None and when.chose is not None:
        yield "chose", when.chose
    if when is not None and when.visited is not None:
        yield "visited", when.visited


def _follow(case: Case, asked: Facts) -> dict[str, set[Facts]] | None:
    """Return what can have happened when one is in a scene; None if there is too much to follow."""
    scenes = {scene.id: scene for scene in case.scenes}
    met: dict[str, set[Facts]] = {name: set() for name in scenes}
    waiting: list[tuple[str, Facts]] = [(case.scenes[0].id, frozenset())]
    for name, facts in waiting:
        here = facts | (asked & {("visited", name)})
        if here in met[name]:
            continue
        met[name].add(here)
        if len(waiting) > _MOST_STATES:
            return None
        if scenes[name].next:
            waiting.append((str(scenes[name].next), here))
        offered = [choice for choice in scenes[name].choices or () if here.issuperset(_facts(choice.when))]
        waiting.extend((choice.to, here | (asked & {("chose", choice.id)})) for choice in offered)
    return met


def _find_endless(case: Case, ways: Ways) -> Iterator[Finding]:
    """Yield a finding for the scenes that go round without an end, if each of them has a way on at all."""
    known = frozenset(ways.names)
    exits = [scene.id for scene in case.scenes if scene.end or not known.issuperset(scene.targets() or ("",))]
    caught = ways.reachable() - ways.before(exits)
    names = [name for name in dict.fromkeys(ways.names) if name in caught]
    if names:
        shown = ", ".join(f"'{name}'" for name in names[:_MANY]) + (", …" if len(names) > _MANY else "")
        message = f"from here the story never ends (it stays in {shown})"
        yield Finding(("scenes", ways.names.index(names[0])), message, "let one of these scenes lead to an end")


def _spread(starts: Iterable[str], after: Mapping[str, Iterable[str]]) -> set[str]:
    """Return all that can be reached from some names, and these names."""
    seen = set(starts)
    waiting = list(seen)
    while waiting:
        fresh = [name for name in after[waiting.pop()] if name not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return seen
