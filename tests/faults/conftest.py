"""How many faults a run makes: a sample, or all of them with ``CASEWORK_FAULTS=all``, as ``make faults`` has it."""

from __future__ import annotations

import os

import pytest


@pytest.fixture
def times():
    """Choose between the number of faults of a sample and that of a whole run."""

    def choose(sample: int, whole: int) -> int:
        return whole if os.environ.get("CASEWORK_FAULTS") == "all" else sample

    return choose
