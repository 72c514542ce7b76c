"""How someone's seeing changed: the same question before and after, by perspective."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from casework.activity.rules import cell
from casework.content.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from casework.activity.rules import Response
    from casework.content import Case


@dataclass(frozen=True, slots=True)
class Pair:
    """One question from one perspective, before new information and after it."""

    prompt: str
    question: str
    perspective: str
    """The perspective's name; empty where the question is asked from none."""
    before: str
    after: str

    @property
    def appeared(self) -> bool:
        """Whether one wrote from this perspective only afterwards."""
        return bool(self.after) and not self.before


def pairs(case: Case, responses: Mapping[str, Response]) -> list[Pair]:
    """Return each question that a case asks twice, with what was written, in the order of the case.

    Parameters
    ----------
    case : Case
        The case that asks.
    responses : Mapping[str, Response]
        What one person last wrote in each field.
    """
    found = []
    for _, again in case.prompts():
        if again.again is None:
            continue
        first = case.find_prompt(again.again)
        found += [
            Pair(
                prompt=first.id,
                question=to_plain(first.prompt),
                perspective=case.find_perspective(name).name if name else "",
                before=_text(responses, first.id, name),
                after=_text(responses, again.id, name),
            )
            for name in again.perspectives or ("",)
        ]
    return found


def change_frame(found: Iterable[Pair]) -> pd.DataFrame:
    """Return pairs as a frame.

    Returns
    -------
    pandas.DataFrame
        One row for each question and perspective, with the columns `prompt`, `question`, `perspective`,
        `before` and `after` (what was written; empty where nothing was) and `appeared` (bool: written
        from this perspective only afterwards).
    """
    import pandas as pd  # noqa: PLC0415  the heaviest import of all, and most pages never draw

    rows = [(pair.prompt, pair.question, pair.perspective, pair.before, pair.after, pair.appeared) for pair in found]
    columns = ["prompt", "question", "perspective", "before", "after", "appeared"]
    return pd.DataFrame(rows, columns=columns).astype({"appeared": bool})


def change_html(case: Case, responses: Mapping[str, Response], words: Mapping[str, str]) -> str:
    """Return one table for each question asked twice, and a plain sentence about it.

    Parameters
    ----------
    case : Case
        The case that asks.
    responses : Mapping[str, Response]
        What one person last wrote in each field.
    words : Mapping[str, str]
        The interface's words in the page's language.
    """
    frame = change_frame(pairs(case, responses))
    written = frame[(frame["before"] != "") | (frame["after"] != "")]
    if written.empty:
        return f"<p>{escape(words['change.nothing'])}</p>"
    parts = []
    for _, rows in frame.groupby("prompt", sort=False):
        parts.append(f"<h4>{escape(rows['question'].iloc[0])}</h4>")
        parts.append(f"<p>{escape(_sentence(rows, words))}</p>")
        parts.append(_table(rows, words))
    return "".join(parts)


def _sentence(rows: pd.DataFrame, words: Mapping[str, str]) -> str:
    before, after = int((rows["before"] != "").sum()), int((rows["after"] != "").sum())
    said = words["change.counts"].format(before=before, after=after, of=len(rows))
    appeared = list(rows.loc[rows["appeared"], "perspective"])
    if not appeared or not any(appeared):
        return said
    return f"{said} {words['change.appeared'].format(names=', '.join(appeared))}"


def _table(rows: pd.DataFrame, words: Mapping[str, str]) -> str:
    import pandas as pd  # noqa: PLC0415

    none = words["change.none"]
    shown = rows[["perspective", "before", "after"]].replace({"before": {"": none}, "after": {"": none}})
    shown.columns = pd.Index([words["change.perspective"], words["change.before"], words["change.after"]])
    if not rows["perspective"].any():  # a question asked from no perspective
        shown = shown.iloc[:, 1:]
    with pd.option_context("display.max_colwidth", None):
        return str(shown.to_html(index=False, border=0, justify="left", classes="cw-change"))


def _text(responses: Mapping[str, Response], prompt: str, perspective: str) -> str:
    response = responses.get(cell(prompt, perspective))
    return response.text.strip() if response else ""
