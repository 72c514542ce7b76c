"""Our own pages: plain HTML, no script, no kernel, nothing from elsewhere."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import jinja2
from tornado.web import HTTPError, RequestHandler, StaticFileHandler
from voila.static_file_handler import AllowListFileHandler  # type: ignore[import-untyped]

from casework.content import Folder
from casework.serve.cookies import SecureCookies
from casework.serve.gallery import find_workbooks
from casework.serve.hub.signing import must_sign_in
from casework.serve.languages import choose_language, open_words, site_words
from casework.serve.packing import pack
from casework.serve.rooms.keys import find_trainer
from casework.serve.settings import FILE_POLICY, PAGE_HEADERS, PAGE_POLICY

if TYPE_CHECKING:
    from datetime import datetime

    from casework.serve.hub.signing import Hub
    from casework.serve.rooms.registry import Registry
    from casework.store import Store

HERE = Path(__file__).parent
NOT_FOUND = 404


@dataclass(frozen=True)
class Site:
    """What every handler needs to know."""

    folder: Path
    store: Store
    base_url: str
    """Begins and ends with a slash."""
    templates: jinja2.Environment
    rooms: Registry | None = None
    """The rooms of groups; None where groups are not served."""
    trainers_only: bool = False
    """Whether only trainers may open workbooks; others who come to the gallery are asked for a code."""
    hub: Hub | None = None
    """The JupyterHub that says who somebody is; None where nobody signs in."""
    since: float = field(default_factory=time.monotonic)
    """When it was started."""

    def url(self, path: str = "") -> str:
        """Return the address of a page under the base URL."""
        return f"{self.base_url}{path}"


def make_templates(base_url: str) -> jinja2.Environment:
    """Return the environment in which our own pages are drawn."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates" / "pages"), autoescape=True, trim_blocks=True
    )
    templates.globals.update(
        base=base_url,
        static=lambda name: static_url(base_url, name),
        open_words=open_words,
        language_name=lambda code: site_words(code)["language_name"],
        language="en",
        words=site_words("en"),
    )
    return templates


def draw(handler: RequestHandler, template: str, language: str, **values: object) -> None:
    """Write one of our pages as the answer to a request; packed, unless it has a form."""
    site: Site = handler.settings["casework"]
    if "xsrf" not in values:
        pack(handler)
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.set_header("Content-Security-Policy", PAGE_POLICY)
    handler.set_header("Cache-Control", "no-store")
    page = site.templates.get_template(template)
    handler.write(page.render(language=language, words=site_words(language), **values))


def draw_message(handler: RequestHandler, status: int, about: str, language: str | None = None) -> None:
    """Answer with a calm page that says what happened; ``about`` names its words."""
    handler.set_status(status)
    language = language or preferred_language(handler)
    said = site_words(language)
    draw(handler, "message.html", language, title=said[f"{about}_title"], text=said[about])


def preferred_language(handler: RequestHandler) -> str:
    """Return the language that the visitor's browser asks for."""
    return choose_language(handler.request.headers.get("Accept-Language", ""))


class Page(SecureCookies, RequestHandler):
    """One of our own pages."""

    def set_default_headers(self) -> None:
        """Set what protects every page."""
        for name, value in PAGE_HEADERS.items():
            self.set_header(name, value)
        self.set_header("Content-Security-Policy", PAGE_POLICY)

    @property
    def site(self) -> Site:
        """What every handler needs to know."""
        site: Site = self.settings["casework"]
        return site

    def write_error(self, status_code: int, **_kwargs: Any) -> None:  # noqa: ANN401  Tornado's signature
        """Say calmly that there is nothing to show."""
        draw_message(self, status_code, "missing" if status_code == NOT_FOUND else "trouble")
        self.finish()


class Gallery(Page):
    """The first page: all workbooks, in the languages there are."""

    async def get(self) -> None:
        """Show the workbooks."""
        if await must_sign_in(self):
            return
        if self.site.trainers_only and await find_trainer(self) is None:
            self.redirect(self.site.url("join"))
            return
        language = preferred_language(self)
        self.set_header("Vary", "Accept-Language")
        draw(
            self,
            "gallery.html",
            language,
            workbooks=find_workbooks(self.site.folder),
            folder=self.site.folder.name,
        )

    head = get


class Missing(Page):
    """Every address that nobody answers, and the pages of Voilà that we do not offer."""

    def prepare(self) -> None:
        """Answer that there is no such page, whatever was asked."""
        raise HTTPError(NOT_FOUND)


STATIC_FOLDERS = (HERE / "static", HERE.parent / "static")
"""Where our styles and fonts are: the server's own, and the built front end."""


def static_url(base_url: str, name: str) -> str:
    """Return the address of one of our files, with a version, so that browsers may keep it for years."""
    path = find_static(name)
    version = _version(path, path.stat().st_mtime_ns) if path else ""
    return f"{base_url}casework/static/{name}" + (f"?v={version}" if version else "")


def find_static(name: str) -> Path | None:
    """Return the first of our static files with this name."""
    return next((folder / name for folder in STATIC_FOLDERS if (folder / name).is_file()), None)


_versions: dict[tuple[Path, int], str] = {}


def _version(path: Path, changed: int) -> str:
    if (path, changed) not in _versions:
        _versions[path, changed] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return _versions[path, changed]


@lru_cache(maxsize=512)
def _packed(path: Path, _changed: datetime | None) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


class PackedFiles(StaticFileHandler):
    """Files for browsers: scripts and styles come packed, once for all, since phones come over thin lines."""

    _TYPES: ClassVar = {".woff2": "font/woff2", ".css": "text/css", ".js": "text/javascript"}
    _PACKED: ClassVar = {".css", ".js", ".json", ".svg"}

    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: FBT001, FBT002  Tornado's signature
        """Answer with a file."""
        if "\0" in path:
            raise HTTPError(NOT_FOUND)
        self.path = self.parse_url_path(path)
        place = self.get_absolute_path(self.root, self.path)
        found = self.validate_absolute_path(self.root, place)
        takes = "gzip" in self.request.headers.get("Accept-Encoding", "")
        if found is None or not takes or Path(found).suffix not in self._PACKED:
            await super().get(path, include_body)
            return
        self.absolute_path, self.modified = found, None
        self.modified = self.get_modified_time()
        self.set_headers()
        self.set_header("Content-Encoding", "gzip")
        self.set_header("Vary", "Accept-Encoding")
        if self.should_return_304():
            self.set_status(304)
            return
        data = await asyncio.to_thread(_packed, Path(found), self.modified)
        self.set_header("Content-Length", len(data))
        if include_body:
            self.write(data)

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002  Tornado's signature
        """Set what protects every page."""
        self.set_header("X-Content-Type-Options", "nosniff")

    def get_content_type(self) -> str:
        """Return a type that does not depend on what this machine knows about file endings."""
        return self._TYPES.get(Path(self.absolute_path or "").suffix) or super().get_content_type()

    def write_error(self, status_code: int, **_kwargs: Any) -> None:  # noqa: ANN401  Tornado's signature
        """Answer a program in a few plain words."""
        self.set_header("Content-Type", "text/plain")
        self.finish(f"{status_code}\n")


class StaticFiles(PackedFiles):
    """Our styles, fonts and built front end."""

    def set_extra_headers(self, path: str) -> None:
        """Let browsers keep fonts, whose addresses have no version."""
        super().set_extra_headers(path)
        if path.endswith(".woff2"):
            self.set_header("Cache-Control", "public, max-age=604800")

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        """Return the file's place in the first folder that has it."""
        inside = super().get_absolute_path(root, path)
        others = (super(StaticFiles, cls).get_absolute_path(str(each), path) for each in STATIC_FOLDERS)
        return next((each for each in others if Path(each).is_file()), inside)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Refuse what lies outside our folders."""
        here = Path(absolute_path).resolve()
        root = next((str(each) for each in STATIC_FOLDERS if here.is_relative_to(each.resolve())), root)
        return super().validate_absolute_path(root, absolute_path)


class ThemeSheet(Page):
    """The folder's own colors, read anew when the page asks, so that a facilitator sees a change at once."""

    def get(self) -> None:
        """Answer with a stylesheet; an empty one, if the folder has no theme that can be used."""
        colors = Folder(self.site.folder).own_colors()
        rules = "".join(f"{name}:{value};" for name, value in colors.items())
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.write(f":root{{{rules}}}\n" if rules else "")

    head = get


class FolderFiles(AllowListFileHandler):  # type: ignore[misc]
    """Pictures and sounds of the folder, and nothing else in it."""

    def set_extra_headers(self, _path: str) -> None:
        """Keep a picture a picture."""
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", FILE_POLICY)

    def write_error(self, status_code: int, **_kwargs: Any) -> None:  # noqa: ANN401  Tornado's signature
        """Answer a program in a few plain words."""
        self.set_header("Content-Type", "text/plain")
        self.finish(f"{status_code}\n")

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Refuse a link that leads out of the folder."""
        if not Path(absolute_path).resolve().is_relative_to(Path(root).resolve()):
            raise HTTPError(NOT_FOUND)
        found: str | None = super().validate_absolute_path(root, absolute_path)
        return found
