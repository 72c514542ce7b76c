"""Quiet logs: what went wrong, in one line, and nobody's words or addresses."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from nbclient.exceptions import CellExecutionError

from casework.serve.kernels import opening

if TYPE_CHECKING:
    from tornado.web import RequestHandler

log = logging.getLogger("casework")

SERVER_ERROR = 500

_QUERY = re.compile(r"\?[^\s'\")]*")

_HARMLESS = {
    "ContentError",
    "FileNotFoundError",
    "ImportError",
    "ModuleNotFoundError",
    "NameError",
    "SessionError",
    "StoreError",
    "SyntaxError",
}
"""Errors whose message speaks of files and code, never of what somebody wrote."""


def set_up() -> None:
    """Send our warnings to the terminal, in plain lines, and keep Tornado's and Voilà's short."""
    terminal = logging.StreamHandler()
    terminal.setFormatter(logging.Formatter("%(message)s"))
    terminal.addFilter(shorten)
    for name in ("casework", "tornado.access", "tornado.application", "tornado.general", "traitlets"):
        logger = logging.getLogger(name)
        logger.handlers = [terminal]
        logger.setLevel(logging.WARNING)
        logger.propagate = False


def log_request(handler: RequestHandler) -> None:
    """Log only what failed, by its path alone: an address may hold what is nobody's business."""
    if handler.get_status() >= SERVER_ERROR:
        log.error("%s %s answered %s", handler.request.method, handler.request.path, handler.get_status())


def shorten(record: logging.LogRecord) -> bool:
    """Take queries, requests and cells out of a line before it is written."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, CellExecutionError):
        page = opening.get()
        why = f"{error.ename}: {error.evalue}" if error.ename in _HARMLESS else error.ename
        record.msg = f"{page.workbook if page else 'A workbook'}: a cell could not be run: {why}"
        record.exc_info = None
    else:
        record.msg = _QUERY.sub("", record.getMessage().split("\nHTTPServerRequest")[0])
    record.args = ()
    return True
