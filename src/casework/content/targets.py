"""What an RSC log counts towards: hours of reflective supervision or consultation that somebody asks for."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from casework.content.document import Document, Id, Part, Source, Words
from casework.content.nearest import suggest
from casework.content.problem import Finding

_PROMISE = re.compile(r"\b(?:in)?el[ei]gi\w+", re.IGNORECASE)


def _read_date(value: Any) -> Any:  # noqa: ANN401  whatever stands in the file
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise PydanticCustomError("no_date", "no date") from None


Date = Annotated[dt.date, BeforeValidator(_read_date)]
"""A day, written 2026-11-21."""


class Target(Part):
    """A number of hours, as its source asks for it."""

    id: Id
    """Names the target in what is stored."""
    text: Words
    """What is asked for, in the words of the source."""
    hours: Annotated[float, Field(strict=True, gt=0, le=10_000)]
    """How many hours."""
    within_months: Annotated[int, Field(strict=True, ge=1, le=240)]
    """In how many months."""
    kind: Literal["individual", "group", "any"] = "any"
    """Which meetings count."""
    provider: Words | None = None
    """Who has to provide them, if the source says so."""
    source: Id
    """Where this is written, one of those under 'sources'."""
    checked: Date
    """The day on which somebody last looked there, such as 2026-11-21."""


class Targets(Document):
    """A file of targets."""

    kind: ClassVar[str] = "targets"
    folder: ClassVar[str] = "targets"

    summary: Words
    """Whose requirements these are, and for whom."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Where the requirements are written."""
    targets: Annotated[tuple[Target, ...], Field(min_length=1, max_length=100)]
    """What is asked for."""

    def find_faults(self) -> Iterator[Finding]:
        """Yield a finding for each source that is not there, and for each promise that a log cannot keep."""
        known = [source.id for source in self.sources]
        for index, target in enumerate(self.targets):
            if target.source not in known:
                message = f"no source has the id '{target.source}'"
                yield Finding(("targets", index, "source"), message, suggest(target.source, known))
            for key in ("text", "provider"):
                if found := _PROMISE.search(getattr(target, key) or ""):
                    message = f"'{found.group()}' promises what only the source can say"
                    yield Finding(("targets", index, key), message, "say what is asked for, and how many hours")
