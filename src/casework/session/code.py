"""Thematic coding in a session."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casework.activity.code import Thematic
from casework.activity.code_table import COLUMNS, coded_rows, handed_on
from casework.activity.code_view import code_page
from casework.activity.log_table import FORMULA
from casework.errors import SessionError
from casework.session.code_answers import find_told, read_answers
from casework.session.desk import Given
from casework.widgets import CodeWidget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casework.activity.code_state import CodeState
    from casework.report.coders import CodersBeside
    from casework.session.desk import Desk
    from casework.session.session import Session

_LONGEST_CODER = 60


def seat_code(session: Session, codebook_id: str, given: object, coder: str, item: str | None) -> CodeWidget:
    """Return the coding of some answers, joined to what was coded before.

    Parameters
    ----------
    session : Session
        Whose run.
    codebook_id : str
        The codebook's id.
    given : object
        The answers, in any way that `read_answers` knows.
    coder : str
        Whose coding it is; empty where only one person codes.
    item : str or None
        Of a survey or a case, the item or prompt that is meant.
    """
    rules = find_rules(session, codebook_id, given, coder, item)
    asks = {"json": _as_json, "csv": _as_csv}
    key = "/".join(filter(None, (rules.about, item)))
    widget: CodeWidget = session.seat(
        CodeWidget, rules, code_page(rules), key, asks={name: partial(make, rules) for name, make in asks.items()}
    )
    widget.answers = rules.answers
    _keep_together(session.desk(rules), rules)
    return widget


def _keep_together(desk: Desk, rules: Thematic) -> None:
    """Let the desk know the answers of every cell with this coding, so that one's own pages tell of all of them."""
    here = desk.rules.answers if isinstance(desk.rules, Thematic) else rules.answers
    desk.rules = Thematic(rules.codebook, here.joined(rules.answers), rules.coder)


def find_rules(session: Session, codebook_id: str, given: object, coder: str, item: str | None) -> Thematic:
    """Return the rules of coding some answers; raise `SessionError` if a name or an answer cannot be so."""
    if not isinstance(coder, str) or len(coder) > _LONGEST_CODER or coder != coder.strip() or "/" in coder:
        raise SessionError(f"code() cannot keep a coding for coder={coder!r}; write a short name without a slash.")
    codebook = session.folder.find_codebook(codebook_id, session.language)
    return Thematic(codebook, read_answers(session, given, item), coder)


def _as_json(rules: Thematic, state: CodeState, _message: Mapping[str, Any]) -> Given:
    told = handed_on(rules.view(state), rules.codebook.id, rules.coder)
    data = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return Given(f"{_name(rules)}.json", "application/json", data)


def _as_csv(rules: Thematic, state: CodeState, _message: Mapping[str, Any]) -> Given:
    """Return the coding as a table that opens in a spreadsheet, where nothing is taken for a formula."""
    import csv  # noqa: PLC0415  only when someone takes it along
    import io  # noqa: PLC0415

    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row in coded_rows(rules.view(state), rules.answers, rules.coder):
        writer.writerow({key: _harmless(value) for key, value in row.items()})
    return Given(f"{_name(rules)}.csv", "text/csv", out.getvalue().encode("utf-8-sig"))


def _name(rules: Thematic) -> str:
    return rules.words["code.file"].format(codebook=rules.codebook.id)


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


# -- several coders ---------------------------------------------------------------------------------


def lay_beside(  # noqa: PLR0913, PLR0917  whose codings of what, and how they are compared
    session: Session, codebook_id: str, given: object, coders: Sequence[object], unit: str, item: str | None
) -> CodersBeside:
    """Return several people's codings side by side.

    Parameters
    ----------
    session : Session
        Whose run.
    codebook_id : str
        The codebook's id.
    given : object
        The answers, in any way that `read_answers` knows.
    coders : sequence
        Names of those who coded in this session (an empty one for whoever has none), names of files in the folder, or
        codings as a widget gives them.
    unit : str
        ``"answer"`` or ``"sentence"``.
    item : str or None
        Of a survey or a case, the item or prompt that is meant.
    """
    from casework.report.coders import compare_codings  # noqa: PLC0415  brings pandas, for those who compare

    codings: dict[str, Mapping[str, Any]] = {}
    rules = find_rules(session, codebook_id, given, "", item)
    for number, one in enumerate(coders, 1):
        told = _coding(session, rules, one)
        name = str(told.get("coder") or session.words["code.own"])
        codings[name if name not in codings else f"{name} {number}"] = told
    texts = {answer.id: answer.text for answer in rules.answers.all}
    return compare_codings(codings, texts, unit, session.language)  # type: ignore[arg-type]


def _coding(session: Session, rules: Thematic, one: object) -> Mapping[str, Any]:
    if isinstance(one, dict):
        return one
    if not isinstance(one, str):
        raise SessionError(f"compare_coders() cannot lay {one!r} beside others; write a coder's name or a file's.")
    if one.endswith(".json"):
        return _from_file(session, one)
    theirs = Thematic(rules.codebook, rules.answers, one)
    return handed_on(theirs.view(session.desk(theirs).state), rules.codebook.id, one)


def _from_file(session: Session, name: str) -> Mapping[str, Any]:
    path = find_told(session.folder.path, name, session.language, ".json")
    if path is None:
        raise SessionError(f"There is no file {name!r} in {session.folder.path} or its data/; put it there.")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SessionError(f"{name} cannot be read; take the coding along anew from its page.") from error
    if not isinstance(told, dict) or told.get("casework") != "coding":
        raise SessionError(f"{name} is no coding; take one along from its page, and name that file.")
    return {**told, "coder": told.get("coder") or Path(name).stem}
