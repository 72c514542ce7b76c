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
    """Take queries, requests and cells out of a line before it is written; False for what is no news."""
    if record.name == "tornado.general" and record.getMessage().startswith("SSL Error"):
        return False  # a browser asks without HTTPS, or does not know the certificate; the line would say from where
    page = opening.get()
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and page is not None:
        if page.closed:  # its kernel was ended while it ran
            return False
        record.msg = f"{page.workbook}: a cell could not be run: {_why(error)}"
        record.exc_info = None
    else:
        record.msg = _QUERY.sub("", record.getMessage().split("\nHTTPServerRequest")[0])
    record.args = ()
    return True


def _why(error: BaseException) -> str:
    name, message = type(error).__name__, str(error)
    if isinstance(error, CellExecutionError):
        name, message = error.ename, error.evalue
    return f"{name}: {message}" if name in _HARMLESS else name
