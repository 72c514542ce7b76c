"""A reader for the part of YAML that a facilitator needs, which remembers every line.

The characters are read by libyaml, event by event and without recursion; what the events mean is decided
here. Unquoted words follow the core rules of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema), so
that ``No``, ``on``, ``2026-11-21`` and ``1:30`` stay the text they look like. Anchors, aliases, tags, merge
keys and doubled keys are refused: each makes a file say something else than what one reads in it.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from casework.content.yaml_faults import UnreadableError, explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

LARGEST_FILE = 1_000_000
"""Bytes; a hundred times the size of a long case."""
MOST_EVENTS = 50_000
"""Keys, texts, beginnings and ends of lists; a long case has a thousand."""
DEEPEST = 20
"""Levels of lists and keys inside one another; a case has seven."""

_CONSTANTS = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS = frozenset("+-.0123456789")
_LONGEST_NUMBER = 300
_INTEGER = re.compile(r"[-+]?[0-9]+")
_PREFIXED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]",
)
"""Finds the characters that no file may hold."""

Lines = dict[int, "dict[str, int] | list[int]"]


class Tree:
    """What a YAML file says, and on which line it says it."""

    def __init__(self, value: dict[str, Any], lines: Lines) -> None:
        self.value = value
        self._lines = lines

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of the last part of a path that the file has, counted from one."""
        here: Any = self.value
        line = 1
        for part in path:
            marks: Any = self._lines.get(id(here))
            try:
                line = marks[part]
                here = here[part]
            except (KeyError, IndexError, TypeError):
                break
        return line


def read_tree(path: Path) -> Tree:
    """Read a YAML file.

    Raises
    ------
    UnreadableError
        If the file cannot be opened, is too large, is no YAML, or uses what is refused.
    """
    if path.exists() and not path.is_file():
        raise UnreadableError(1, "this is no file", "name a file")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableError(
            1, f"the file cannot be opened ({error.strerror})", "see that it is there and may be read"
        ) from error
    return parse_tree(raw)


def parse_tree(raw: bytes) -> Tree:
    """Read the bytes of a YAML file; raises as `read_tree` does."""
    import yaml  # noqa: PLC0415  not needed until a file is read

    text = _decode(raw)
    try:
        return _build(yaml.parse(text, Loader=yaml.CLoader), yaml)
    except yaml.YAMLError as error:
        raise explain(error, text) from error


def _decode(raw: bytes) -> str:
    if len(raw) > LARGEST_FILE:
        raise UnreadableError(
            1, f"the file is larger than {LARGEST_FILE // 1_000_000} MB", "divide it into several cases"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(line, "the file is not in UTF-8", "save it with the encoding UTF-8") from error
    if found := UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _unprintable(line, found.group())
    return text


def _build(events: Iterable[Any], yaml: Any) -> Tree:  # noqa: ANN401  the module is imported late
    """Build values from events; `container` is the open list or dictionary, `above` those around it."""
    scalar, mapping_end, sequence_end = yaml.ScalarEvent, yaml.MappingEndEvent, yaml.SequenceEndEvent
    openings: dict[type, Callable[[], Any]] = {yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}
    lines: Lines = {}
    above: list[tuple[Any, Any, str | None]] = []
    top: list[Any] = []
    container: Any = top
    marks: Any = []
    key: str | None = None
    for event in islice(events, MOST_EVENTS):
        kind = type(event)
        if kind is mapping_end or kind is sequence_end:
            container, marks, key = above.pop()
            continue
        if kind is scalar:
            line = event.start_mark.line + 1
            if event.tag is not None or event.anchor is not None:
                raise _decorated(event, line)
            text = event.value
            if event.style == '"' and (found := UNPRINTABLE.search(text)):
                raise _unprintable(line, found.group())
            if key is None and type(container) is dict:
                key = _new_key(event, container, line)
                marks[key] = line
                continue
            value = text if event.style else _resolve(text)
        elif kind in openings:
            value = _open(event, openings[kind], depth=len(above), awaits_key=key is None and type(container) is dict)
        else:
            _refuse_more(event, yaml, top)
            continue
        if type(container) is dict:
            container[key] = value
            key = None
        else:
            container.append(value)
            marks.append(event.start_mark.line + 1)
        if kind is not scalar:
            above.append((container, marks, key))
            container, marks, key = value, {} if isinstance(value, dict) else [], None
            lines[id(value)] = marks
    return Tree(_mapping(top, cut_short=bool(above)), lines)


def _open(event: Any, kind: Callable[[], Any], *, depth: int, awaits_key: bool) -> Any:  # noqa: ANN401  yaml's events
    line = event.start_mark.line + 1
    if event.tag is not None or event.anchor is not None:
        raise _decorated(event, line)
    if awaits_key:
        raise UnreadableError(line, "a list or a group of keys stands where a key belongs", "write the key as one word")
    if depth >= DEEPEST:
        raise UnreadableError(
            line,
            f"there are more than {DEEPEST} levels inside one another",
            "check the indentation, and the brackets",
        )
    return kind()


def _new_key(event: Any, container: dict[str, Any], line: int) -> str:  # noqa: ANN401  yaml's events
    key: str = event.value
    if key == "<<" and not event.style:
        raise UnreadableError(line, "merge keys (<<) are not used here", "write the keys out")
    if key in container:
        raise UnreadableError(line, f"the key '{key[:40]}' stands here a second time", "keep one of the two")
    return key


def _decorated(event: Any, line: int) -> UnreadableError:  # noqa: ANN401  yaml's events
    if event.tag is not None:
        found = event.tag.replace("tag:yaml.org,2002:", "!!")[:40]
        return UnreadableError(
            line,
            f"a tag ({found}) is not used here",
            "take it out, or put text that starts with ! in quotes",
        )
    return UnreadableError(
        line,
        f"an anchor (&{event.anchor[:40]}) is not used here",
        "take it out, or put text that starts with & in quotes",
    )


def _refuse_more(event: Any, yaml: Any, top: list[Any]) -> None:  # noqa: ANN401  yaml's events
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent):
        raise UnreadableError(
            line,
            f"an alias (*{event.anchor[:40]}) is not used here",
            "write the text out, or put text that starts with * in quotes",
        )
    if isinstance(event, yaml.DocumentStartEvent) and top:
        raise UnreadableError(line, "a second document begins here (---)", "put each into a file of its own")


def _mapping(top: list[Any], *, cut_short: bool) -> dict[str, Any]:
    if cut_short:
        raise UnreadableError(1, "the file holds far more entries than one can read", "divide it into several")
    if not top or top[0] is None:
        raise UnreadableError(1, "the file is empty", "begin with the line schema: 1")
    if not isinstance(top[0], dict):
        found = "a list" if isinstance(top[0], list) else "text"
        raise UnreadableError(1, f"the file holds {found} and no keys at its top", "begin with the line schema: 1")
    return top[0]


def _unprintable(line: int, character: str) -> UnreadableError:
    return UnreadableError(line, f"there is a character that cannot be printed (U+{ord(character):04X})", "take it out")


def _resolve(text: str) -> str | float | bool | None:
    """Read an unquoted word by the core rules of YAML 1.2; numbers of absurd length stay text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBER_STARTS or len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _PREFIXED.fullmatch(text):
        return int(text, 0)
    return float(text.replace(".", "")) if _NOT_A_NUMBER.fullmatch(text) else text
