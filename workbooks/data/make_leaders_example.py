"""Make the invented example of people who lead: what they might write, tell and rate, and how two might read it.

Nobody wrote, said or rated any of this. The words stand in ``invented-leader-words.yaml``, written to practice on. The
ratings are dice: every item of every person is drawn on its own, from the one distribution that `WEIGHTS` states, and
the dice know nothing of the words. Whatever seems to go together in these tables does so by chance.

Run ``python workbooks/data/make_leaders_example.py`` after a change of the words, of the codebook
(``what-leaders-need.yaml``) or of the survey (``leading-in-iecmh.yaml``). It writes, beside itself, and the same bytes
each time:

============================================  ==========================================================================
invented-leader-answers.csv, .es.csv          64 answers to the question ``one-thing``
invented-leader-interviews.csv, .es.csv       ten excerpts of interviews
invented-leader-coding.csv, .es.csv           what an invented reader gave to the answers, as ``to_frame()`` has it
invented-leader-ratings.csv                   the dice: one row for each person and rated item
invented-reader-noor.json, .es.json           one reader's coding of the interviews, to be compared with another
invented-reader-wade.json, .es.json           the other's
============================================  ==========================================================================

The tables say in their column ``origin`` that they are invented, and each person is called ``invented-…``.
"""  # noqa: INP001  a script among data is no package

from __future__ import annotations

import csv
import io
import json
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from casework.content.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

HERE = Path(__file__).parent
WORDS = HERE / "invented-leader-words.yaml"
CODEBOOK, SURVEY = "what-leaders-need", "leading-in-iecmh"

ORIGIN = {"en": "invented for practice", "es": "inventado para practicar"}
READERS = {
    "noor": {"en": "Noor, invented", "es": "Noor, inventada"},
    "wade": {"en": "Wade, invented", "es": "Wade, inventado"},
}
CODER = {"en": "invented", "es": "inventado"}

SEED = 64
WEIGHTS = {1: 10, 2: 20, 3: 30, 4: 25, 5: 15}
"""Of 100 ratings, how many are expected to be which number: the same for every item and every person."""
SKIPPED = 0.06
"""How likely a rating is to be left out, as people leave some."""

_MARKED = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")

Row = dict[str, object]


@dataclass(frozen=True)
class Passage:
    """Words of a text, and a code that they were given."""

    start: int
    end: int
    code: str
    reader: str = ""


@dataclass(frozen=True)
class Text:
    """An answer or an excerpt, without its marks, and what stood in them."""

    id: str
    words: str
    passages: tuple[Passage, ...]


def unmark(name: str, marked: str) -> Text:
    """Take the marks out of a text, and keep where they stood.

    Parameters
    ----------
    name : str
        The id that the text will have.
    marked : str
        Its words, in which ``[some](code, reader code)`` marks a passage. Line breaks are spaces.

    Examples
    --------
    >>> unmark("invented-01", "Time. [An hour](kept-time).")
    Text(id='invented-01', words='Time. An hour.', passages=(Passage(start=6, end=13, code='kept-time', reader=''),))
    """
    line, words, passages = " ".join(marked.split()), "", []
    begin = 0
    for found in _MARKED.finditer(line):
        words += line[begin : found.start()]
        start = len(words)
        words += found[1]
        for given in found[2].split(","):
            *reader, code = given.split()
            passages.append(Passage(start, len(words), code, "".join(reader)))
        begin = found.end()
    return Text(name, words + line[begin:], tuple(passages))


def read_words(part: str, language: str) -> list[Text]:
    """Return the texts of one part of the file of words, numbered from 01."""
    told = yaml.safe_load(WORDS.read_text(encoding="utf-8"))[part]
    stem = "invented" if part == "answers" else "invented-interview"
    return [unmark(f"{stem}-{number:02}", one[language]) for number, one in enumerate(told, 1)]


def code_names(language: str) -> dict[str, str]:
    """Return what each code is called, by its id."""
    return {one.id: one.name for one in Folder(HERE.parent).find_codebook(CODEBOOK, language).codes}


def text_rows(texts: Iterable[Text], prompt: str, language: str) -> Iterator[Row]:
    """Yield each text as the activity `code` reads it."""
    for one in texts:
        yield {"id": one.id, "person": one.id, "origin": ORIGIN[language], "prompt": prompt, "text": one.words}


def coding_rows(texts: Iterable[Text], language: str) -> Iterator[Row]:
    """Yield the passages of some texts as the `to_frame()` of a coding has them."""
    names = code_names(language)
    for number, one in enumerate(texts, 1):
        for place, passage in enumerate(one.passages, 1):
            yield {
                "answer": one.id,
                "number": number,
                "person": one.id,
                "code": passage.code,
                "name": names[passage.code],
                "text": one.words[passage.start : passage.end],
                "start": passage.start,
                "end": passage.end,
                "memo": "",
                "coder": CODER[language],
                "excerpt": f"{one.id}-{place}",
                "origin": ORIGIN[language],
            }


def rated_items() -> list[str]:
    """Return the rated items of the survey; not those of which only a spread is ever told."""
    survey = Folder(HERE.parent).find_survey(SURVEY)
    return [one.id for one in survey.items if one.kind == "rated" and not one.spread_only]


def draw(dice: random.Random) -> int:
    """Return a number of the scale, by the weights; of `dice` only `random()` is used, which stays as it is."""
    left = dice.random() * sum(WEIGHTS.values())
    for value, weight in WEIGHTS.items():
        left -= weight
        if left < 0:
            return value
    return max(WEIGHTS)


def rating_rows(people: Sequence[str]) -> Iterator[Row]:
    """Yield a number for each person and item, each drawn on its own; some are left out."""
    dice = random.Random(SEED)  # noqa: S311  dice, and no secret
    items = rated_items()
    for person in people:
        for item in items:
            left_out, value = dice.random() < SKIPPED, draw(dice)
            if not left_out:
                yield {"author": person, "item": item, "value": value, "origin": " / ".join(ORIGIN.values())}


def reading(texts: Sequence[Text], reader: str, language: str) -> dict[str, Any]:
    """Return one reader's coding of some texts, as it is handed on from a page."""
    names = code_names(language)
    return {
        "casework": "coding",
        "codebook": CODEBOOK,
        "coder": READERS[reader][language],
        "origin": ORIGIN[language],
        "codes": [{"id": code, "name": name} for code, name in names.items()],
        "read": [one.id for one in texts],
        "excerpts": [
            {"start": passage.start, "end": passage.end, "codes": [passage.code], "answer": one.id, "memo": ""}
            for one in texts
            for passage in one.passages
            if passage.reader == reader
        ],
    }


def as_csv(rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as a table; its columns are those of the first row."""
    listed, out = list(rows), io.StringIO()
    writer = csv.DictWriter(out, listed[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue()


def make() -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file."""
    for language, ending in (("en", ""), ("es", ".es")):
        answers, interviews = read_words("answers", language), read_words("interviews", language)
        yield f"invented-leader-answers{ending}.csv", as_csv(text_rows(answers, "one-thing", language))
        yield f"invented-leader-interviews{ending}.csv", as_csv(text_rows(interviews, "interview", language))
        yield f"invented-leader-coding{ending}.csv", as_csv(coding_rows(answers, language))
        for reader in READERS:
            told = json.dumps(reading(interviews, reader, language), ensure_ascii=False, indent=1)
            yield f"invented-reader-{reader}{ending}.json", told + "\n"
    people = [one.id for one in read_words("answers", "en")]
    yield "invented-leader-ratings.csv", as_csv(rating_rows(people))


def main(folder: Path = HERE) -> None:
    """Write all files into a folder; beside this script, if none is named."""
    for name, content in make():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
