from __future__ import annotations

import logging
import signal
import socket
from typing import TYPE_CHECKING

import psutil
import pytest
from nbclient.exceptions import CellExecutionError

from casework.errors import ServeError
from casework.serve import logs, run
from casework.serve.kernels import opening
from casework.serve.places import Opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Server


@pytest.fixture(autouse=True)
def _plain_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "set_up", lambda: None)


def test_leaves_no_process_behind_after_ctrl_c(workbooks: Path, tmp_path: Path, start: Callable[..., Server]) -> None:
    server = start(workbooks, tmp_path)
    server.visitor().get("voila/render/en/goodbye.ipynb")
    kernels = server.kernels()
    assert kernels
    assert server.stop(signal.SIGINT) == 0
    _, alive = psutil.wait_procs(kernels, timeout=20)
    assert not alive
    assert "Traceback" not in "".join(server.all_lines())


def test_leaves_no_process_behind_when_it_is_killed(
    workbooks: Path, tmp_path: Path, start: Callable[..., Server], until: Callable[[Callable[[], bool], str], None]
) -> None:
    server = start(workbooks, tmp_path)
    server.visitor().get("voila/render/en/goodbye.ipynb")
    kernels = server.kernels()
    server.stop(signal.SIGKILL)
    until(lambda: not any(each.is_running() for each in kernels), "a kernel outlived its server")


def test_says_that_the_port_is_in_use(workbooks: Path) -> None:
    with socket.create_server(("localhost", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServeError, match=rf"^Port {port} is in use.*--port {port + 1}\.$"):
            run(workbooks, port=port, ip="127.0.0.1", base_url="/", browser=False)


def test_says_that_an_address_is_none_of_this_machine(workbooks: Path) -> None:
    with pytest.raises(ServeError, match=r"^casework cannot listen at 203\.0\.113\.7, port 8866"):
        run(workbooks, port=8866, ip="203.0.113.7", base_url="/", browser=False)


def test_says_that_the_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match=r"^There is no folder .*nowhere\. Name the folder"):
        run(tmp_path / "nowhere", port=0, ip="localhost", base_url="/", browser=False)


def test_says_that_the_store_cannot_be_opened(workbooks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_STORE", "nonsense")
    with pytest.raises(ServeError, match="CASEWORK_STORE is not the address of a database"):
        run(workbooks, port=0, ip="localhost", base_url="/", browser=False)


def test_serves_the_others_when_a_case_is_broken(server: Server) -> None:
    assert server.hear("case.yaml:1:")
    assert server.visitor().get().status == 200


def _record(message: str, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, None) if error else None
    return logging.LogRecord("traitlets", logging.ERROR, "", 0, message, (), info)


def test_logs_no_query() -> None:
    record = _record("404 GET /voila/render/x?words=mine (127.0.0.1)\nHTTPServerRequest(uri='/x?words=mine')")
    assert logs.shorten(record)
    assert record.getMessage() == "404 GET /voila/render/x (127.0.0.1)"


def test_logs_nobody_who_comes_without_https() -> None:
    record = _record("SSL Error on 17 ('192.168.1.7', 50000): [SSL: HTTP_REQUEST] http request")
    record.name = "tornado.general"
    assert not logs.shorten(record)


@pytest.fixture
def page() -> Iterator[Opening]:
    opened = Opening("visit", "en/goodbye.ipynb")
    token = opening.set(opened)
    yield opened
    opening.reset(token)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CellExecutionError("trace", "ContentError", "the case"), "ContentError: the case"),
        (CellExecutionError("trace", "ValueError", "words"), "ValueError"),
        (TypeError("words"), "TypeError"),
    ],
)
@pytest.mark.usefixtures("page")
def test_logs_no_words_of_a_cell_that_failed(error: Exception, said: str) -> None:
    record = _record("Error at server while executing cell: words", error)
    assert logs.shorten(record)
    assert record.getMessage() == f"en/goodbye.ipynb: a cell could not be run: {said}"
    assert record.exc_info is None


def test_logs_nothing_of_a_page_whose_visitor_has_left(page: Opening) -> None:
    page.closed = True
    assert not logs.shorten(_record("Error at server while executing cell: words", RuntimeError("words")))
