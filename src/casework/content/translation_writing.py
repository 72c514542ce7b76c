"""Writing into the file of a translation, so that its author's comments and layout stay as they are."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from casework.content.translation import Translation
from casework.content.yaml_faults import UnreadableError
from casework.content.yaml_tree import parse_tree
from casework.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ruamel.yaml import YAML

    from casework.content.translation_files import Base
    from casework.content.translation_table import Change

_LONGEST_LINE = 80
_PLAIN = re.compile(r"[^\W\d_][\w ,.;()¿¡?!áéíóúñü—-]*")
_NEW = """\
# {language} of {name}. Each string notes in "of" which wording it translates; "casework translate" keeps it so.

schema: 1
translates: {id}
language: {language}
translated_by: []
reviewed_by: []

strings: {{}}
"""


def write_strings(  # noqa: PLR0913, PLR0917  a file, and all that an import does to it
    path: Path,
    base: Base,
    language: str,
    changes: Mapping[str, Change],
    translators: Iterable[str] = (),
    gone: Iterable[str] = (),
) -> None:
    """Put strings into a translation; what they do not touch stays as it is, comments too.

    Parameters
    ----------
    path : pathlib.Path
        The translation; it is made if it is not there.
    base : Base
        The file that it translates.
    language : str
        The language that it is in.
    changes : mapping of str to Change
        What to write, by key.
    translators : iterable of str
        Who translated; names that the file does not hold yet are added.
    gone : iterable of str
        Keys to drop.

    Raises
    ------
    ContentError
        If the file cannot hold the strings as they are; it stays as it was.
    """
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415  not needed until something is written

    fresh = _NEW.format(language=language, id=base.id, name=f"{base.id}.yaml")
    text = path.read_text("utf-8-sig") if path.exists() else fresh
    buffer = io.StringIO()
    try:
        yaml = _writer(text)
        content = yaml.load(text)
        for key in gone:
            _drop_string(content["strings"], key)
        _put_strings(content, list(base.strings), changes)
        _add_names(content, translators)
        yaml.dump(content, buffer)
        written = Translation.model_validate(parse_tree(buffer.getvalue().encode()).value)
        kept = {key: written.strings[key].text for key in changes} == {key: each.text for key, each in changes.items()}
    except (YAMLError, UnreadableError, ValidationError, KeyError, UnicodeError) as error:
        raise ContentError(f"'{path.name}' cannot be written into; run casework check, and mend it first.") from error
    if not kept:
        raise ContentError(f"'{path.name}' cannot hold these strings as they are; import them a few at a time.")
    _replace(path, buffer.getvalue())


def _writer(text: str) -> YAML:
    """Return a writer that indents as a text does."""
    from ruamel.yaml import YAML  # noqa: PLC0415  not needed until something is written

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    step = re.search(r"^strings:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*( +)\S", text, re.MULTILINE)
    mapping = len(step[1]) if step else 2
    offset = re.search(r"^\w+:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*( *)- ", text, re.MULTILINE)
    dash = len(offset[1]) if offset else 2
    yaml.indent(mapping=mapping, sequence=dash + 2, offset=dash)
    return yaml


def _put_strings(content: Any, order: list[str], changes: Mapping[str, Change]) -> None:  # noqa: ANN401  ruamel's own
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415  not needed until something is written

    strings = content.get("strings")
    if not strings:
        content["strings"] = strings = CommentedMap()
    for key in sorted(changes, key=order.index):
        found = strings.get(key)
        if isinstance(found, CommentedMap):
            found["of"] = _as_mark(changes[key].of)
            _put(found, "text", _as_text(changes[key].text, found.get("text")))
        elif key in strings:
            behind = _take_comment(strings, key)
            strings[key] = pair = _as_pair(changes[key], found)
            _give_comment(pair, "text", behind)
        else:
            strings.insert(_place(strings, order, key), key, _as_pair(changes[key]))


def _drop_string(strings: Any, key: str) -> None:  # noqa: ANN401  ruamel's own
    """Take a string away; what stands below it belongs to the next one, and stays."""
    names = list(strings)
    at = names.index(key)
    holder, last = _last_of(strings, key)
    _, below = _take_comment(holder, last)
    del strings[key]
    if not below.strip():
        return
    if at:
        holder, last = _last_of(strings, names[at - 1])
        line, before = _take_comment(holder, last)
        _give_comment(holder, last, (line, before + below))
    elif strings:
        said = "\n".join(line.strip().removeprefix("#").strip() for line in below.strip().splitlines())
        strings.yaml_set_comment_before_after_key(names[1], before=said, indent=strings.lc.col)


def _last_of(strings: Any, key: str) -> tuple[Any, str]:  # noqa: ANN401  ruamel's own
    """Return where what follows a string in the file is kept: with its last part."""
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415  not needed until something is written

    found = strings[key]
    return (found, list(found)[-1]) if isinstance(found, CommentedMap) and found else (strings, key)


def _put(pair: Any, key: str, text: Any) -> None:  # noqa: ANN401  ruamel's own
    """Replace a text, and leave the comment behind it where it is."""
    if text is not pair.get(key):
        behind = _take_comment(pair, key)
        pair[key] = text
        _give_comment(pair, key, behind)


def _take_comment(mapping: Any, key: str) -> tuple[str, str]:  # noqa: ANN401  ruamel's own
    """Take away what follows a value: the rest of its line, and the blank lines and comments below."""
    from ruamel.yaml.scalarstring import LiteralScalarString  # noqa: PLC0415  not needed until something is written

    tokens = mapping.ca.items.pop(key, None)
    if tokens is None or tokens[2] is None:
        return "", ""
    if isinstance(mapping.get(key), LiteralScalarString):  # a block ends its own line
        return "", tokens[2].value
    line, _, below = tokens[2].value.partition("\n")
    return line, below


def _give_comment(mapping: Any, key: str, behind: tuple[str, str]) -> None:  # noqa: ANN401  ruamel's own
    from ruamel.yaml.error import CommentMark  # noqa: PLC0415  not needed until something is written
    from ruamel.yaml.scalarstring import LiteralScalarString  # noqa: PLC0415  as above
    from ruamel.yaml.tokens import CommentToken  # noqa: PLC0415  as above

    line, below = behind
    if isinstance(mapping[key], LiteralScalarString):
        comment = f"  {line}\n{below}" if line else below
    else:
        comment = f"{line}\n{below}"
    if comment.strip("\n") or below:
        mapping.ca.items[key] = [None, None, CommentToken(comment, CommentMark(0), None), None]


def _place(strings: Any, order: list[str], key: str) -> int:  # noqa: ANN401  ruamel's own
    """Return where a new string stands: behind the nearest one that comes before it in the base file."""
    keys = list(strings)
    before = set(order[: order.index(key)])
    return max((index + 1 for index, other in enumerate(keys) if other in before), default=0)


def _as_pair(change: Change, before: Any = None) -> Any:  # noqa: ANN401  ruamel's own
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415  not needed until something is written

    pair = CommentedMap()
    if change.of:
        pair["of"] = _as_mark(change.of)
    pair["text"] = _as_text(change.text, before)
    return pair


def _as_mark(mark: str | None) -> Any:  # noqa: ANN401  ruamel's own
    from ruamel.yaml.scalarstring import SingleQuotedScalarString  # noqa: PLC0415  as above

    return SingleQuotedScalarString(mark or "")


def _as_text(text: str, before: Any = None) -> Any:  # noqa: ANN401  ruamel's own
    """Return a text as it is best read in a file: a block if it is long, else a line, in quotes where needed."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString  # noqa: PLC0415  as above

    if isinstance(before, str) and before.strip() == text:
        return before
    if re.search(r"[\r\x85\u2028\u2029]|^[^\S\n]|[ \t]$|\t", text, re.MULTILINE):
        return DoubleQuotedScalarString(text)
    if "\n" in text or len(text) > _LONGEST_LINE:
        return LiteralScalarString(text + "\n")
    return text if _PLAIN.fullmatch(text) and ": " not in text else DoubleQuotedScalarString(text)


def _add_names(content: Any, names: Iterable[str]) -> None:  # noqa: ANN401  ruamel's own
    for name in names:
        known = content.get("translated_by")
        if known is None:
            content["translated_by"] = known = []
        if name not in known:
            known.append(name)


def _replace(path: Path, text: str) -> None:
    """Write a file in one step, so that it is never half there."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
