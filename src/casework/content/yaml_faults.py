"""What libyaml says about a file that is no YAML, in words for the person who wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casework.errors import ContentError

if TYPE_CHECKING:
    import yaml


class UnreadableError(ContentError):
    """A file that cannot be read as YAML, or uses a part of YAML that is refused.

    Attributes
    ----------
    line : int
        Where, counted from one.
    message, remedy : str
        What is wrong, and what to do.
    """

    def __init__(self, line: int, message: str, remedy: str) -> None:
        super().__init__(f"line {line}: {message}; {remedy}")
        self.line = line
        self.message = message
        self.remedy = remedy


_BLOCK = "put the text in quotes, or below the key after a |"
_INDENT = "begin it under the first letter of the lines it belongs to, with spaces"

_FAULTS = (
    # part of libyaml's context or problem, what is wrong, what to do, whether it is where the context began
    ("scanning a quoted scalar", "a quotation mark is opened and never closed", "close it", True),
    ("scanning an alias", "text that starts with * is not in quotes", _BLOCK, True),
    ("scanning an anchor", "text that starts with & is not in quotes", _BLOCK, True),
    ("unknown escape", "a backslash in double quotes has a meaning of its own", "use single quotes", False),
    (
        "character escape code",
        "a backslash in double quotes has a meaning of its own",
        "use single quotes",
        False,
    ),
    ("tag handle", "text that starts with ! is not in quotes", _BLOCK, False),
    (
        "mapping values are not allowed",
        "there is a second colon, or a line too far to the right",
        _BLOCK,
        False,
    ),
    ("mapping keys are not allowed", "text that starts with ? is not in quotes", _BLOCK, False),
    ("block sequence entries", "a list begins on the line of its key", "begin it on the next line", False),
    (
        "could not find expected ':'",
        "this line is neither a key with its colon nor part of a text",
        _INDENT,
        True,
    ),
    (
        "expected comment or line break",
        "there is text behind | or >",
        "begin the text on the next line",
        False,
    ),
    (
        "parsing a flow sequence",
        "a bracket [ is opened and never closed",
        "close it, or put the text in quotes",
        True,
    ),
    (
        "parsing a flow mapping",
        "a brace { is opened and never closed",
        "close it, or put the text in quotes",
        True,
    ),
    ("expected node content", "a bracket or comma stands where text belongs", _BLOCK, False),
    ("expected '-' indicator", "this line does not belong to the list above it", _INDENT, False),
    ("did not find expected key", "this line does not fit to the lines above it", _INDENT, False),
    ("incompatible YAML document", "the file asks for another version of YAML", "take the line out", False),
    ("expected <document start>", "there is more after the end of the document", "take it out", False),
)


def explain(error: yaml.YAMLError, text: str) -> UnreadableError:
    """Return what is wrong with a file that libyaml refused, and what to do."""
    if fault := _after_quotation(error, text):
        return fault
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    end, start = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    for part, message, remedy, at_start in _FAULTS:
        if part in said:
            return UnreadableError(_line(start if at_start else end, text), message, remedy)
    if "cannot start any token" in said:
        return _unexpected_start(_line(end, text), text)
    return UnreadableError(_line(end, text), "this is no YAML that can be read", "check the indentation and quotes")


def _unexpected_start(line: int, text: str) -> UnreadableError:
    if "\t" in _lines(text)[line - 1]:
        return UnreadableError(line, "there is a tab where the line is indented", "use spaces")
    return UnreadableError(line, "text that starts with @, % or ` is not in quotes", _BLOCK)


def _after_quotation(error: yaml.YAMLError, text: str) -> UnreadableError | None:
    mark = getattr(error, "problem_mark", None)
    if mark is None or getattr(error, "problem", None) != "did not find expected key":
        return None
    line = _line(mark, text)
    if _lines(text)[line - 1][: mark.column].rstrip()[-1:] not in {"'", '"'}:
        return None
    return UnreadableError(
        line, "there is text behind a closing quotation mark", "put it inside, or below the key after a |"
    )


def _line(mark: yaml.Mark | None, text: str) -> int:
    """Return the line of a mark; one past the end of the file counts as its last line."""
    return min(mark.line + 1, len(_lines(text))) if mark else 1


def _lines(text: str) -> list[str]:
    """Divide a text where YAML 1.1, and so libyaml, sees a line end."""
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text.rstrip("\r\n"))
