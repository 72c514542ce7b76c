"""A store, a folder and a port for the doctor to look at."""

from __future__ import annotations

import shutil
import socket

import pytest

from casework.content import shipped_folder
from casework.store import open_store


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Return the file of an empty store, which is the one that commands use."""
    file = tmp_path / "kept" / "casework.sqlite"
    monkeypatch.setenv("CASEWORK_STORE", f"sqlite:///{file}")
    open_store().close()
    return file


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one case and its two pages."""
    shipped = shipped_folder()
    for name in ("en/the-first-goodbye.ipynb", "es/the-first-goodbye.ipynb", "cases/first-goodbye.yaml"):
        (tmp_path / "workbooks" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped / name, tmp_path / "workbooks" / name)
    return tmp_path / "workbooks"
