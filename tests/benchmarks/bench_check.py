"""How long checking a thousand cases takes, beside reading and validating them alone.

Run it with ``python tests/benchmarks/bench_check.py``. The peer, in the same run and on the same files, is what
any program would need at least: ``yaml.CSafeLoader``, and the same pydantic models.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from casework.content import Case, Folder, check

CASES = 1000
ROUNDS = 5
WORKBOOKS = Path(__file__).parents[2] / "workbooks"


def write_cases(folder: Path) -> list[Path]:
    """Write a thousand cases that differ in their words, as those of many authors would."""
    for kind in ("cases", "checklists", "perspectives"):
        shutil.copytree(WORKBOOKS / kind, folder / kind, ignore=shutil.ignore_patterns("*.es.yaml"))
    original = folder / "cases" / "first-goodbye.yaml"
    text = original.read_text("utf-8")
    words = sorted(set(re.findall(r"\b[a-z]{5,}\b", text)))
    for number in range(CASES):
        swapped = re.sub(r"(?<= )knocks(?= )", words[number % len(words)], text)
        told = swapped.replace("id: first-goodbye\n", f"id: case-{number}\n", 1)
        (folder / "cases" / f"case-{number}.yaml").write_text(told, "utf-8")
    original.unlink()
    return sorted((folder / "cases").glob("case-*.yaml"))


def read_alone(paths: list[Path], perspectives: Any) -> None:
    """Do what the peer does: YAML to values, values to models."""
    for path in paths:
        value = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        Case.model_validate(value, context={"perspectives": perspectives})


def timed(work: Any, *arguments: Any) -> float:
    """Return the seconds that some work takes."""
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def main() -> None:
    """Print both times and their ratio, the fastest of some rounds each."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "workbooks"
        paths = write_cases(folder)
        perspectives = Folder(folder).perspectives("en")
        rounds = [(timed(read_alone, paths, perspectives), timed(check, folder / "cases")) for _ in range(ROUNDS)]
    alone, checked = (min(times) for times in zip(*rounds, strict=True))
    print(f"{CASES} cases of {WORKBOOKS.name}/cases/first-goodbye.yaml")
    print(f"yaml.CSafeLoader and pydantic alone: {alone:.2f} s")
    print(f"casework check:                      {checked:.2f} s")
    print(f"ratio: {checked / alone:.2f} (at most 2 is wanted)")


if __name__ == "__main__":
    main()
