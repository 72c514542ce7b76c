"""What is configured differently from stock Voilà, and why."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from jupyter_server.auth.identity import IdentityProvider, User
from platformdirs import user_data_path
from traitlets.config import Config

from casework.errors import ServeError
from casework.serve.kernels import OwnKernelSpecs, VisitKernelManager

if TYPE_CHECKING:
    from tornado.web import RequestHandler

SECRET_BYTES = 32

LONGEST_BODY = 1 << 20
"""Bytes of a form; the longest holds a name or a code. Tornado would keep a hundred times as much in memory."""

EXTENSIONS = ["@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget"]
"""The only parts of JupyterLab that a page loads: the widget managers and anywidget."""

PAGE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": with it a browser hides the origin of our own forms, too, and they are refused.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


SOCKET_COMPRESSION = {"compression_level": 4, "mem_level": 6}
"""For the sockets between pages and kernels, which carry each activity's whole front end: a quarter of the bytes, for
little time and about 200 kB of memory for each page."""


def voila_config(store_url: str) -> Config:
    """Return Voilà's configuration."""
    config = Config()
    config.VoilaConfiguration = Config(
        template="lab",  # whose files ours extend; see templates/casework
        allow_template_override="NO",
        allow_theme_override="YES",
        theme="auto",  # follows the visitor's own preference; ?theme=dark and ?theme=light still hold
        show_tracebacks=False,
        strip_sources=True,
        preheat_kernel=False,  # a preheated kernel was started before anyone came: it has no visit
        file_allowlist=[r".*\.(png|jpe?g|gif|svg|webp|avif|mp3|m4a|ogg|wav)"],
        file_denylist=[r".*\.(ipynb|py|ya?ml|sqlite.*)", r"(.*/)?\..*"],
        extension_allowlist=EXTENSIONS,
        language_kernel_mapping={"": "python3", "python": "python3"},  # for notebooks without a kernel's name
        multi_kernel_manager_class=VisitKernelManager,
        kernel_spec_manager_class=OwnKernelSpecs,
    )
    # Stock Voilà never ends a kernel whose page is gone without a word: a lost network, a sleeping phone.
    config.MappingKernelManager = Config(cull_interval=60, cull_idle_timeout=1800, cull_connected=True)
    config.VisitKernelManager = Config(store_url=store_url)
    # Sockets in a folder of this account's own, where other accounts of the computer cannot listen.
    transport = "tcp" if sys.platform == "win32" else "ipc"
    config.KernelManager = Config(shutdown_wait_time=2.0, transport=transport)
    # Reading a notebook would otherwise write a database of signatures into the home folder.
    config.NotebookNotary = Config(db_file=":memory:", secret=secrets.token_bytes(SECRET_BYTES))
    return config


LONGEST_FOLDER = 50
"""Bytes of the path of a folder with sockets: a system takes a hundred and some, and the kernel's name comes after."""


def make_kernel_folder() -> str:
    """Make a folder of this account's own for the sockets of kernels.

    It is where temporary files are, unless that is a long way down, as on macOS and on some shared computers: no kernel
    could listen there.

    Raises
    ------
    ServeError
        If none can be made.
    """
    short = len(os.fsencode(tempfile.gettempdir())) + len("/casework-12345678") <= LONGEST_FOLDER
    try:
        return tempfile.mkdtemp(prefix="casework-", dir=None if short or sys.platform == "win32" else "/tmp")  # noqa: S108  its name is random, and it is private
    except OSError as error:
        msg = f"There is no place for the sockets of kernels: {error}. Set TMPDIR to a folder with a short path."
        raise ServeError(msg) from error


def workbook_policy(host: str) -> str:
    """Return the Content-Security-Policy of Voilà's pages.

    Parameters
    ----------
    host : str
        Host and port that the page was asked from; its kernel's WebSocket is there.
    """
    sockets = f" ws://{host} wss://{host}" if _is_plain_host(host) else ""
    return (
        "default-src 'self'; "
        "script-src 'self' 'unsafe-inline' blob:; "  # anywidget imports its modules from blobs
        "style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self'{sockets}; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of our own pages, which run no script, but for those that take drafts away."""


def room_policy(host: str) -> str:
    """Return the Content-Security-Policy of the pages of a room: scripts and styles of ours, and one socket.

    Parameters
    ----------
    host : str
        Host and port that the page was asked from; its room's WebSocket is there.
    """
    sockets = f" ws://{host} wss://{host}" if _is_plain_host(host) else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self' data:; media-src 'self' data: blob:; "
        f"connect-src 'self'{sockets}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


CLEARING_POLICY = PAGE_POLICY + "; script-src 'self'"
"""For the pages that take away what the browser keeps for this site, by one small script."""

WAITING_POLICY = PAGE_POLICY + "; script-src 'self'; connect-src 'self'"
"""For the page that waits for a place, and asks for it by one small script."""

FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For a facilitator's pictures: a script inside an SVG stays a picture."""


def _is_plain_host(host: str) -> bool:
    return bool(host) and all(character.isalnum() or character in ".-:[]_" for character in host)


class OpenDoor(IdentityProvider):
    """Lets every visitor see pages, and gives no cookie of its own: who someone is, is the visit's to say."""

    auth_enabled = False

    async def get_user(self, handler: RequestHandler) -> User | None:
        """Return one nameless visitor for everyone; for them alone, where only trainers or people of a hub may come."""
        from casework.serve.rooms.keys import find_trainer  # noqa: PLC0415  it needs these settings, too

        site = handler.settings["casework"]
        if site.hub is not None and await site.hub.person(handler) is None:
            return None
        if site.trainers_only and await find_trainer(handler) is None:
            return None
        return User("visitor")

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return no handlers: there is nothing to log in to."""
        return []


def cookie_secret(store_url: str) -> bytes:
    """Return the secret that signs cookies, kept beside the store so that a restart does not void them."""
    return kept_secret(store_url, "cookie-secret")


def kept_secret(store_url: str, name: str) -> bytes:
    """Return a secret of this server, which is made once, and kept in a file of this name beside the store."""
    path = _data_folder(store_url) / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        found = path.read_bytes()
        if len(found) >= SECRET_BYTES:
            return found
        path.unlink()  # cut short by a full disk or a crash
        return kept_secret(store_url, name)
    with os.fdopen(descriptor, "wb") as file:
        secret = secrets.token_bytes(SECRET_BYTES)
        file.write(secret)
    return secret


def _data_folder(store_url: str) -> Path:
    address = sa.make_url(store_url)
    if address.get_backend_name() == "sqlite" and address.database and address.database != ":memory:":
        return Path(address.database).resolve().parent
    return user_data_path("casework")
