"""What a relationship map shows: its people and ties, where they stand, and the same in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.activity.map_intents import QUALITIES
from casework.activity.map_layout import SHEETS, lay_out
from casework.activity.rules import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casework.activity.map import Map, MapState, Pair

PLACES = ("child", "family", "around", "practitioner", "consultant")
"""Where people stand, from the middle outwards."""


def map_page(rules: Map) -> dict[str, Any]:
    """Return what the page of a map is given, as JSON."""
    told = rules.words
    content = rules.content
    return {
        **({"base": content.base_language, "borrowed": sorted(content.borrowed)} if content.borrowed else {}),
        "title": content.title,
        "heading": heading(rules),
        "round": rules.round,
        "eyebrow": round_name(rules),
        "child": rules.child,
        "names": rules.names,
        "qualities": [{"id": id_, "word": told[f"map.quality_{id_}"]} for id_ in QUALITIES],
    }


def heading(rules: Map) -> str:
    """Return what the map is called."""
    return rules.words["map.title"].format(child=rules.content.people[0].name)


def round_name(rules: Map) -> str:
    """Return what the round is called; nothing if there is only one."""
    if rules.round in {"before", "after"}:
        return rules.words[f"map.round_{rules.round}"]
    return rules.words["map.round_other"].format(round=rules.round.replace("-", " ")) if rules.round else ""


def drawing(rules: Map, state: MapState) -> dict[str, Any]:
    """Return the drawing and what it says, as JSON: people, ties, where they stand on both sheets, and the words."""
    people = rules.people(state)
    ties = list(rules.ties(state))
    shown = {
        "people": [
            {
                "id": one.id,
                "name": one.name,
                "role": one.role,
                "place": "child" if one.id == rules.child else one.place,
                "own": one.own,
                "named": one.own and not one.role,
            }
            for one in people.values()
        ],
        "ties": [_tie(rules, state, two, quality) for two, quality in ties],
        "layouts": {name: _layout(rules, state, name, [two for two, _ in ties]) for name in SHEETS},
        "sheet": next((on for on, _ in reversed(tuple(state.moved))), "wide"),
    }
    return {**shown, "told": tell(shown, rules.words)}


def _tie(rules: Map, state: MapState, two: Pair, quality: str | None) -> dict[str, Any]:
    note = state.responses.get(cell(*two))
    return {
        "one": two[0],
        "other": two[1],
        "quality": quality,
        "given": rules.given.get(two),
        "known": two in rules.given,
        "note": note.text if note and note.text.strip() else "",
    }


def _layout(rules: Map, state: MapState, name: str, ties: Iterable[Pair]) -> dict[str, Any]:
    people = rules.people(state)
    at = tuple((one.id, one.name, one.place) for one in people.values())
    moved = tuple(
        (person, spot.x, spot.y)
        for (on, person), spot in state.moved.items()
        if on == name and person in people and person != rules.child
    )
    return lay_out(name, at, tuple(ties), moved).view()


# -- in words ---------------------------------------------------------------------------------------


def tell(shown: Mapping[str, Any], words: Mapping[str, str]) -> list[str]:
    """Return the drawing in sentences: who stands where, then each tie. Notes are left out."""
    names = names_of(shown)
    at = {place: [one["name"] for one in shown["people"] if one["place"] == place] for place in PLACES}
    said = [
        words["map.told_place"].format(place=words[f"map.place_{place}"], names=", ".join(found))
        for place, found in at.items()
        if found
    ]
    return said + [
        words["map.told_tie"].format(pair=pair_name(tie, names, words), quality=quality_name(tie, words))
        for tie in shown["ties"]
    ]


def names_of(shown: Mapping[str, Any]) -> dict[str, str]:
    """Return the names on a map by id."""
    return {one["id"]: one["name"] for one in shown["people"]}


def pair_name(tie: Mapping[str, Any], names: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Return the two whom a tie joins, as people say it, in the order of the map."""
    one, other = sorted((tie["one"], tie["other"]), key=list(names).index)
    return words["map.pair"].format(one=names[one], other=names[other])


def quality_name(tie: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """Return the word for what was said about a tie."""
    return words[f"map.quality_{tie['quality'] or 'given'}"]


# -- two rounds -------------------------------------------------------------------------------------


def set_beside(rules: Map, state: MapState) -> dict[str, Any] | None:
    """Return the first round's map and what differs, in words; None while nothing was drawn on it."""
    if rules.first is None:
        return None
    first_rules, first_state = rules.first()
    if not first_rules.events(first_state):
        return None
    first, now = drawing(first_rules, first_state), drawing(rules, state)
    rows = compare(first, now, rules.words)
    return {**first, "differs": _differences(first, now, rows, rules.words), "rows": rows}


def compare(first: Mapping[str, Any], now: Mapping[str, Any], words: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return each tie of two maps once, with what was said on the first and on the second.

    Parameters
    ----------
    first, now : Mapping
        What `drawing` returns of both. People whom a learner added to both count as the same if they are
        called the same.
    words : Mapping[str, str]
        The interface's words.

    Returns
    -------
    list of dict
        ``between`` in words, and the ids of the qualities ``before`` and ``after``: None where there is no
        tie, ``"given"`` where nobody has said anything about one.
    """
    told: dict[frozenset[str], str] = {}
    sides: list[dict[frozenset[str], str]] = [{}, {}]
    for side, shown in zip(sides, (first, now), strict=True):
        names, known = names_of(shown), _known(shown)
        for tie in shown["ties"]:
            two = frozenset((known[tie["one"]], known[tie["other"]]))
            side[two] = tie["quality"] or "given"
            told.setdefault(two, pair_name(tie, names, words))
    before, after = sides
    return [{"between": name, "before": before.get(two), "after": after.get(two)} for two, name in told.items()]


def _known(shown: Mapping[str, Any]) -> dict[str, str]:
    """Return by what each person is known on another map: those whom a learner added, by what they are called."""
    return {one["id"]: f"={one['name'].casefold()}" if one["named"] else one["id"] for one in shown["people"]}


def _differences(
    first: Mapping[str, Any], now: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], words: Mapping[str, str]
) -> list[str]:
    said = [
        words[key].format(names=", ".join(names))
        for key, names in (("map.new_people", _only(now, first)), ("map.gone_people", _only(first, now)))
        if names
    ]
    same = []
    for row in rows:
        if row["before"] == row["after"]:
            same.append(row["between"])
            continue
        before, after = (_quality_within(row[side], words) for side in ("before", "after"))
        said.append(words["map.differs_tie"].format(pair=row["between"], before=before, after=after))
    said = said or [words["map.differs_none"]]
    return said + ([words["map.same"].format(names="; ".join(same))] if same else [])


def _only(here: Mapping[str, Any], there: Mapping[str, Any]) -> list[str]:
    known, others = _known(here), set(_known(there).values())
    return [one["name"] for one in here["people"] if known[one["id"]] not in others]


def _quality_within(quality: str | None, words: Mapping[str, str]) -> str:
    """Return a quality as it stands within a sentence."""
    name = words["map.no_line" if quality is None else f"map.quality_{quality}"]
    return name[:1].lower() + name[1:]
