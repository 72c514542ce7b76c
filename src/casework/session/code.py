"""Thematic coding in a session."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from casework.activity.code import Thematic
from casework.activity.code_table import COLUMNS, coded_rows, handed_on
from casework.activity.code_view import code_page
from casework.activity.log_table import FORMULA
from casework.errors import SessionError
from casework.session.code_answers import read_answers
from casework.session.desk import Given
from casework.widgets import CodeWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.activity.code_state import CodeState
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
    return widget


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
