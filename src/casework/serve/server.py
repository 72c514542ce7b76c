"""The process: it listens, it serves, and it ends every kernel when it stops."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import logging
import shutil
import socket
import sys
import webbrowser
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import tornado.web
from voila.app import Voila  # type: ignore[import-untyped]
from voila.utils import get_voila_labextensions_path  # type: ignore[import-untyped]

from casework.errors import ContentError, ServeError, StoreError
from casework.live.invitation import join_address
from casework.serve import health, interface, kernel_doors, logs, mine, pages, previews, rendering, settings, visits
from casework.serve.bundles import Bundles
from casework.serve.ending import Ending, end_at_once
from casework.serve.entrance import Server, read_proxies, secure
from casework.serve.gallery import find_workbooks
from casework.serve.guards import Guards
from casework.serve.hub import ways
from casework.serve.hub.signing import Hub
from casework.serve.keeping import erase_daily
from casework.serve.places import Limits, Places, free_memory, pages_for
from casework.serve.rooms import leading
from casework.serve.rooms.keys import server_key
from casework.serve.rooms.registry import Registry
from casework.store import open_store

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from casework.content import Problem
    from casework.serve.forks import Forks
    from casework.serve.hub.place import HubPlace
    from casework.store import Store

log = logging.getLogger("casework")

SWITCH_SECONDS = 0.001
"""How long a thread that is at work keeps one waiting that has stored something, or has somebody to answer."""


class CaseworkServer(Voila):  # type: ignore[misc]
    """Standalone Voilà with our pages before its own.

    Parameters
    ----------
    folder : Path
        The folder of workbooks.
    store : Store
        Where visits are recorded.
    base_url : str
        Begins and ends with a slash.
    group : bool, optional
        Whether groups are served, too.
    hosts : sequence of str, optional
        The addresses of this computer that phones reach, the likeliest first.
    trainers_only : bool, optional
        Whether only trainers may open workbooks.
    guards : Guards, optional
        What guards it against more than it can bear.
    hub : HubPlace, optional
        Where people sign in by a JupyterHub: this server's place there.
    """

    def __init__(  # noqa: PLR0913  what is settled when it starts
        self,
        folder: Path,
        store: Store,
        base_url: str = "/",
        *,
        group: bool = False,
        hosts: Sequence[str] = (),
        trainers_only: bool = False,
        guards: Guards = Guards(),  # noqa: B008  it is frozen
        hub: HubPlace | None = None,
    ) -> None:
        secret = settings.cookie_secret(store.url)
        super().__init__(
            config=settings.voila_config(store.url),
            config_file_paths=[],  # whatever this machine is set up for, these pages stay as they are
            root_dir=str(folder),
            base_url=base_url,
            cookie_secret=secret,
            identity_provider_class=settings.OpenDoor,
            log_level=logging.ERROR,  # warnings here tell how Jupyter works, not what is wrong
        )
        self.forks: Forks | None = None
        self.guards = guards
        self.ssl, self.proxies = secure(guards.certificate, guards.key), read_proxies(guards.proxies)
        self.secret = secret
        rooms = Registry(folder, store, hosts) if group else None
        signing = Hub(hub, store, settings.kept_secret(store.url, "hub-secret")) if hub else None
        self.site = pages.Site(folder, store, base_url, pages.make_templates(base_url), rooms, trainers_only, signing)
        rendering.install()
        self.initialize([])
        self.voila_configuration.prelaunch_hook = rendering.prepare
        extensions = get_voila_labextensions_path(self.voila_configuration.extra_labextensions_path)
        self.bundles = Bundles(base_url, self.static_paths, extensions)
        self.voila_configuration.page_config_hook = self.bundles.page_config

    def setup_template_dirs(self) -> None:
        """Look for templates in the package first, then where Voilà finds its own."""
        super().setup_template_dirs()
        self.template_paths.insert(0, str(rendering.TEMPLATE_FOLDER))

    def init_settings(self) -> dict[str, Any]:
        """Return Tornado's settings."""
        found: dict[str, Any] = super().init_settings()
        found.update(
            casework=self.site,
            cookie_secret=self.secret,
            login_url=f"{self.base_url}login",
            voila_jinja2_env=self.site.templates,
            jinja2_env=self.site.templates,
            xsrf_cookies=True,
            xsrf_cookie_kwargs={"path": self.base_url, "samesite": "Lax", "secure": bool(self.ssl)},
            log_function=logs.log_request,
            ws_ping_timeout=30_000,  # as long as the interval, which is the most that Tornado allows
            headers=settings.PAGE_HEADERS,
            websocket_compression_options=settings.SOCKET_COMPRESSION,
        )
        return found

    def init_handlers(self) -> list[Any]:
        """Return our handlers, then Voilà's, then the page for everything else."""
        voila_arguments = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        files = {
            "allowlist": self.voila_configuration.file_allowlist,
            "denylist": self.voila_configuration.file_denylist,
            "path": self.root_dir,
        }
        ours: list[Any] = [
            (self.base_url, pages.Gallery),
            (f"{self.base_url}health", health.Health),
            (f"(?:{self.base_url}|/)robots\\.txt", previews.Robots),
            (f"{self.base_url}welcome-back", visits.WelcomeBack),
            *((f"{self.base_url}{path}", handler) for path, handler in mine.HANDLERS),
            *((f"{self.base_url}{path}", handler) for path, handler in ways.HANDLERS if self.site.hub),
            *((f"{self.base_url}{path}", handler) for path, handler in leading.HANDLERS if self.site.rooms),
            *((f"{self.base_url}{path}", handler) for path, handler in kernel_doors.HANDLERS),
            (f"{self.base_url}casework/theme\\.css", pages.ThemeSheet),
            (f"{self.base_url}casework/words/([a-z]{{2,3}})\\.json", interface.Interface),
            (f"{self.base_url}casework/static/(.*)", pages.StaticFiles, {"path": str(pages.STATIC_FOLDERS[0])}),
            *self.bundles.handlers(),
            (f"{self.base_url}voila/render/(.*)", visits.WorkbookPage, voila_arguments),
            (f"{self.base_url}voila/files/(.*)", pages.FolderFiles, files),
            (f"{self.base_url}voila/tree.*", pages.Missing),
            (rf"{self.base_url}voila/templates/(?!\w+/static/).*", pages.Missing),
            (f"{self.base_url}voila/api/contents.*", pages.Missing),
        ]
        if self.site.rooms and not self.site.hub:  # where Jupyter sends whoever may not see a workbook
            login = {"url": f"{self.base_url}join", "permanent": False}
            ours.append((f"{self.base_url}login", tornado.web.RedirectHandler, login))
        return [*ours, *super().init_handlers(), (".*", pages.Missing)]

    async def serve(self, sockets: list[socket.socket], *, browser: bool = False) -> None:
        """Serve until SIGINT or SIGTERM, then end every kernel."""
        self.connection_dir = settings.make_kernel_folder()
        ending = Ending()
        ending.listen()
        self.app = tornado.web.Application(**self.init_settings())
        self.kernel_manager.forks = self.forks
        self.kernel_manager.places = Places(self._limits())
        self.app.add_handlers(".*$", self.init_handlers())
        server = Server(self.app, self.proxies, ssl_options=self.ssl, max_body_size=settings.LONGEST_BODY)
        server.add_sockets(sockets)
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.collect()
        gc.freeze()  # or else each search for what is left over goes through all of it, while everyone waits
        keeping = [
            asyncio.create_task(each)
            for each in (
                erase_daily(self.site.store, self.site.rooms),
                self.kernel_manager.look_after_pages(),
                asyncio.to_thread(rendering.read_ahead, self.template_paths),
                asyncio.to_thread(self.bundles.read_ahead),
            )
        ]
        try:
            self._announce(sockets[0].getsockname()[1], browser=browser)
            await ending.told.wait()
        finally:
            for each in keeping:
                each.cancel()
            await self._end(ending, server)

    async def _end(self, ending: Ending, server: Server) -> None:
        """Let pages finish what they are at, while others are told that this ends; then rooms, then nobody any more."""
        seconds = self.guards.seconds_to_end
        self.kernel_manager.places.closing = True
        calm = await ending.calmly(self.kernel_manager.finish(), 0.8 * seconds)
        if not calm:
            await self.kernel_manager.kill()
        server.stop()
        if self.site.rooms:  # whose pages come back by themselves, as soon as there is somebody to come back to
            await ending.calmly(self.site.rooms.finish(), 0.2 * seconds)
        shutil.rmtree(self.connection_dir, ignore_errors=True)
        if not calm:
            end_at_once()

    def _limits(self) -> Limits:
        """Return how many pages there is room for; with groups, a few places are kept for trainers."""
        pages = self.guards.most_pages or pages_for(free_memory(), _open_files(), forked=bool(self.forks))
        return Limits(pages, trainers=min(2, pages // 4) if self.site.rooms else 0, newcomers=self.guards.newcomers)

    def _announce(self, port: int, *, browser: bool) -> None:
        here = {"", "0.0.0.0", "::", "127.0.0.1", "::1"}  # noqa: S104  compared, not bound
        host = "localhost" if self.ip in here else self.ip
        scheme = "https" if self.ssl else "http"
        address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}{self.base_url}"
        sys.stdout.write(f"casework is at {address.rstrip('/')}\n")
        if self.site.rooms:
            self.site.rooms.port = port
        if self.site.rooms and not self.site.hub:
            address = f"{address}lead/{server_key(self.secret)}"
            sys.stdout.write(f"To lead a group, open {address}\n")
            for each in self.site.rooms.hosts:
                place = join_address(each, port, "", base_url=self.base_url, scheme=scheme)
                sys.stdout.write(f"Others join at {place.rstrip('/')}\n")
        sys.stdout.flush()
        if browser:
            asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)


def serve(  # noqa: PLR0913  what is settled when it starts
    folder: Path,
    *,
    port: int,
    ip: str,
    base_url: str,
    browser: bool,
    forks: Forks | None,
    group: bool = False,
    hosts: Sequence[str] = (),
    trainers_only: bool = False,
    guards: Guards = Guards(),  # noqa: B008  it is frozen
    hub: HubPlace | None = None,
) -> None:
    """Serve a folder; see `casework.serve.run`."""
    logs.set_up()
    _open_more_files()
    _check_folder(folder)
    base_url = f"/{base_url.strip('/')}/" if base_url.strip("/") else "/"
    with ExitStack() as closing:
        sockets = _listen(port, ip)
        for each in sockets:
            closing.callback(each.close)
        try:
            store = open_store()
        except StoreError as error:
            raise ServeError(str(error)) from error
        closing.callback(store.close)
        server = CaseworkServer(
            folder.resolve(),
            store,
            base_url,
            group=group,
            hosts=hosts,
            trainers_only=trainers_only,
            guards=guards,
            hub=hub,
        )
        server.ip = ip
        server.forks = forks
        asyncio.run(server.serve(sockets, browser=browser))


def _open_more_files() -> None:
    """Take as many open files as this computer gives: each page of a workbook needs a dozen, and 1,024 is common."""
    if resource is None:
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _open_files() -> int:
    """Return how many files this process may have open."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0] if resource else -1
    return most if most > 0 else sys.maxsize  # Windows has no such limit, and others may have none


def _check_folder(folder: Path) -> None:
    """Raise if there is nothing to serve from; say what facilitators would want to know."""
    if not folder.is_dir():
        msg = f"There is no folder {folder}. Name the folder that holds your workbooks: casework serve FOLDER."
        raise ServeError(msg)
    if not find_workbooks(folder):
        log.warning("There is no workbook in %s yet: put a notebook into %s.", folder, folder / "en")
    for problem in _problems(folder):
        if problem.severity == "error":
            log.warning("%s", problem)


def _problems(folder: Path) -> list[Problem]:
    """Return what is wrong in the folder's files; one broken case keeps no other from being served."""
    from casework.content import check  # noqa: PLC0415  takes a while to import

    try:
        return check(folder)
    except ContentError:  # it has no content of its own, and uses what the library brings
        return []


def _listen(port: int, ip: str) -> list[socket.socket]:
    """Return listening sockets: for ``localhost`` one for each of its addresses."""
    sockets: list[socket.socket] = []
    try:
        places = socket.getaddrinfo(ip or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, *_, address in dict.fromkeys(places):
            try:
                sockets.append(socket.create_server(address[:2], family=family))
            except OSError as error:
                if error.errno != errno.EADDRNOTAVAIL or len(places) == 1:  # a machine without IPv6
                    raise
    except (OSError, OverflowError) as error:
        for each in sockets:
            each.close()
        raise ServeError(_why_not(error, port, ip)) from error
    for each in sockets:
        each.settimeout(0)
    return sockets


def _why_not(error: Exception, port: int, ip: str) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return (
            f"Port {port} is in use, perhaps by casework in another window. "
            f"Close that one, or choose another port: casework serve --port {port + 1}."
        )
    if number == errno.EACCES:
        return f"Port {port} may not be used by this account. Choose one above 1023: casework serve --port 8866."
    return f"casework cannot listen at {ip}, port {port}: {error}. Choose another with --ip and --port."
