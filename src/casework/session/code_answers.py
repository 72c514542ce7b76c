"""The answers that are coded, from wherever they come: a list, a frame, a file, or what the reader may see here."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casework.activity.code_texts import (
    LONGEST_ANSWER,
    MOST_ANSWERS,
    MOST_LETTERS,
    Answer,
    Answers,
    Openness,
    clean,
    content_ids,
)
from casework.activity.seeing import FLOOR
from casework.activity.sharing import GROUP
from casework.errors import SessionError
from casework.session.case import SessionCase
from casework.session.survey import SessionSurvey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casework.session.session import Session

    Rows = Sequence[Mapping[str, Any]]

_ID = re.compile(r"[a-z0-9-]{1,100}")
_LARGEST_FILE = 20_000_000
_WHAT = "a list of texts, a pandas Series or DataFrame with a column 'text', the name of a CSV file, a survey or a case"


def read_answers(session: Session, given: object, item: str | None = None) -> Answers:
    """Return answers to code.

    Parameters
    ----------
    session : Session
        Whose page it is; what is shared is read as its visitor may read it.
    given : object
        Texts, a pandas Series or DataFrame, the name of a CSV file in the folder, or the session's survey or case.
    item : str, optional
        Of a survey or a case, the item or prompt whose answers are meant; by default all that are written.

    Raises
    ------
    SessionError
        If there is nothing to code in it, or too much.
    """
    if isinstance(given, SessionSurvey | SessionCase):
        content = given.survey if isinstance(given, SessionSurvey) else given.case
        _check_item(content.id, item, _items(given))
        rows, floor = session.readable_words()
        found = [row for row in rows if row["about"] == content.id and item in (None, row["prompt"])]
        return _answers(found, floor or FLOOR, one_form=isinstance(given, SessionSurvey))
    if item is not None:
        raise SessionError(f"code() can only pick the item {item!r} out of a survey or a case; leave 'item' out.")
    listed = _rows(session, given)
    return _answers(listed, FLOOR, one_form="person" in (listed[0] if listed else ()))


def _items(given: SessionSurvey | SessionCase) -> list[str]:
    if isinstance(given, SessionSurvey):
        return [one.id for one in given.survey.items if one.kind == "open"]
    return [prompt.id for _, prompt in given.case.prompts()]


def _check_item(name: str, item: str | None, known: list[str]) -> None:
    if item is not None and item not in known:
        raise SessionError(f"{name!r} asks nothing called {item!r} that is written; it asks: {', '.join(known)}.")


# -- rows -------------------------------------------------------------------------------------------


def _rows(session: Session, given: object) -> Rows:
    if isinstance(given, str | Path):
        return _file_rows(session.folder.path, given, session.language)
    if type(given).__module__.partition(".")[0] == "pandas":
        return _frame_rows(given)
    if isinstance(given, list | tuple):
        return _listed(given)
    raise SessionError(f"code() cannot take answers from {type(given).__name__}; give it {_WHAT}.")


def _listed(given: Iterable[object]) -> Rows:
    rows = []
    for number, text in enumerate(given, 1):
        if not isinstance(text, str):
            raise SessionError(f"code() was given {text!r} as answer {number}; write each answer as a text.")
        rows.append({"text": text})
    return rows


def _frame_rows(given: Any) -> Rows:  # noqa: ANN401  pandas is not imported for this
    if not hasattr(given, "columns"):
        return [{"text": text} for text in given.tolist()]
    names = [str(name) for name in given.columns]
    _check_columns(names, "The frame")
    return [dict(zip(names, row, strict=True)) for row in given.itertuples(index=False, name=None)]


def _check_columns(names: Sequence[str], what: str) -> None:
    if "text" not in names:
        raise SessionError(
            f"{what} has no column 'text'; it has: {', '.join(names) or 'none'}. Name the column of the answers 'text'."
        )


def _file_rows(folder: Path, given: str | Path, language: str) -> Rows:
    path = find_told(folder, given, language, ".csv")
    if path is None:
        raise SessionError(f"There is no CSV file {str(given)!r} in {folder}; put it there, or give code() {_WHAT}.")
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise SessionError(f"{path.name} is too large to be coded here; keep it under 20 MB.")
        told = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SessionError(f"{path.name} cannot be read; save it as CSV in UTF-8.") from error
    first = told.partition("\n")[0]
    reader = csv.DictReader(
        told.splitlines(keepends=True), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    _check_columns(list(reader.fieldnames or ()), path.name)
    return list(reader)


def find_told(folder: Path, given: str | Path, language: str, ending: str) -> Path | None:
    """Return a file of the folder or its ``data/``; where one in the page's language lies beside it, that one.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of workbooks; nothing outside it is found.
    given : str or pathlib.Path
        Its name.
    language : str
        The language of the page; ``told.es.csv`` comes before ``told.csv``.
    ending : str
        How its name must end, such as ``".csv"``.
    """
    root = folder.resolve()
    told = Path(given).with_suffix(f".{language}{ending}") if Path(given).suffix == ending else given
    paths = ((root / place / name).resolve() for name in (told, given) for place in (".", "data"))
    return next((one for one in paths if one.is_relative_to(root) and one.suffix == ending and one.is_file()), None)


# -- answers ----------------------------------------------------------------------------------------


def _answers(rows: Rows, floor: int, *, one_form: bool) -> Answers:
    """Return the answers of some rows; without words there is none.

    A pseudonym holds within one form. Over several of them people cannot be told apart, and are not counted.
    """
    written = [(row, text) for row in rows if (text := _text(row))]
    _check_room([text for _, text in written])
    forms = {tuple(str(row.get(key, "")) for key in ("session", "about", "prompt", "round")) for row, _ in written}
    known = len({form[0::3] for form in forms} if one_form else forms) <= 1
    made = content_ids([text for row, text in written if not _given(row, "id")])
    found = [
        Answer(
            _id(given) if (given := _given(row, "id")) else next(made),
            text,
            _person(row) if known else "",
            _openness(row),
        )
        for row, text in written
    ]
    return Answers(tuple(_once(found)), floor)


def _given(row: Mapping[str, Any], key: str) -> str:
    """Return what stands in a cell as text; nothing where it is empty or missing."""
    value = row.get(key)
    missing = value is None or value != value or str(value) == "<NA>"  # noqa: PLR0124  NaN is not itself
    return "" if missing else str(value).strip()


def _text(row: Mapping[str, Any]) -> str:
    return clean(_given(row, "text"))


def _person(row: Mapping[str, Any]) -> str:
    return _given(row, "person") or _given(row, "author")


def _openness(row: Mapping[str, Any]) -> Openness:
    audience = _given(row, "audience")
    if audience in GROUP:
        return "group" if _given(row, "revealed") in {"True", "true", "1"} else "trainer"
    return "trainer" if audience == "trainer" else "own"


def _id(given: str) -> str:
    return given if _ID.fullmatch(given) else "i-" + hashlib.sha256(given.encode()).hexdigest()[:20]


def _once(answers: Iterable[Answer]) -> list[Answer]:
    met: dict[str, Answer] = {}
    for one in answers:
        if one.id in met:
            raise SessionError(f"Two answers have the same id; give each its own: {one.text[:40]!r}.")
        met[one.id] = one
    return list(met.values())


def _check_room(texts: Sequence[str]) -> None:
    if len(texts) > MOST_ANSWERS:
        raise SessionError(f"code() was given {len(texts):,} answers and has room for {MOST_ANSWERS:,}; give it fewer.")
    for number, text in enumerate(texts, 1):
        if len(text) > LONGEST_ANSWER:
            raise SessionError(
                f"Answer {number} has {len(text):,} characters and {LONGEST_ANSWER:,} can be coded as one; divide it."
            )
    if (letters := sum(map(len, texts))) > MOST_LETTERS:
        raise SessionError(f"All answers together have {letters:,} characters; give code() at most {MOST_LETTERS:,}.")
