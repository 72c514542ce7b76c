"""A session of twelve learners, filled once for all tests that only read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casework.store import open_store
from twelve import Twelve

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twelve]:
    """Return a session of twelve in English."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('twelve') / 'casework.sqlite'}") as store:
        yield Twelve(store).fill()


@pytest.fixture(scope="session")
def doce(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twelve]:
    """Return a session of twelve in Spanish."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('doce') / 'casework.sqlite'}") as store:
        yield Twelve(store, "es", seed=2).fill()
