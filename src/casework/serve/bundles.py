"""The scripts and styles that Voilà and JupyterLab bring: five megabytes that a browser fetches once, packed."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import zlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tornado.web import HTTPError, RequestHandler

from casework.serve.pages import HERE, NOT_FOUND, PackedFiles
from casework.serve.settings import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tornado.httputil import HTTPServerRequest

OK = 200

_PAGES_LOAD = tuple(f"{name}/" for name in EXTENSIONS)

A_YEAR = "public, max-age=31536000, immutable"

MAIN = "voila.js"
"""The script that draws a page."""

JOINED = "whole.js"
"""Stands beside it: the same, with what it fetches piece by piece."""

PIECES = HERE / "pieces.txt"
"""Names what every page fetches piece by piece; `make pieces` writes it. One that is not there is not missed."""

GZIP = 31
"""What zlib calls this format."""

MOST_AHEAD = 150
"""How many scripts a page asks for ahead, at the most."""


class Bundles:
    """Where those files are, under an address of their own for each version of them.

    Parameters
    ----------
    base_url : str
        Begins and ends with a slash.
    static : sequence of str
        The folders of Voilà's own files, the first that has a file first.
    extensions : sequence of str
        The folders of extensions.
    """

    def __init__(self, base_url: str, static: Sequence[str], extensions: Sequence[str]) -> None:
        self._folders = {"static": list(map(Path, static)), "labextensions": list(map(Path, extensions))}
        self._pieces = PIECES.read_text("utf-8").split()
        self.version = _version([*self._folders["static"], *_ours(self._folders["labextensions"])], self._pieces)
        self._base = f"{base_url}voila/"
        self._asked: dict[str, dict[str, str]] = {}

    @cached_property
    def joined(self) -> bytes:
        """The script that draws a page, after what it would else fetch in eighty requests, packed.

        Each piece puts itself into a list, in which its own kind of script looks before it fetches one.
        """
        packer = zlib.compressobj(wbits=GZIP)
        packed = [packer.compress(b"(()=>{" + text + b"\n})();\n") for text in map(self._read, self._pieces) if text]
        return b"".join([*packed, packer.compress(self._read(f"static/{MAIN}")), packer.flush()])

    def read_ahead(self) -> None:
        """Join and pack before anyone comes."""
        _ = self.joined

    def _read(self, name: str) -> bytes:
        kind, _, path = name.partition("/")
        found = (folder / path for folder in self._folders[kind])
        return next((each.read_bytes() for each in found if each.is_file()), b"")

    def handlers(self) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
        """Return what serves them; also under an earlier version, to pages that were open before."""
        files = [
            (f"{self._base}v[0-9a-f]+/{kind}/(.*)", BundleFiles, {"folders": folders, "bundles": self})
            for kind, folders in self._folders.items()
        ]
        return [(f"{self._base}v{self.version}/static/{JOINED}", JoinedFile, {"bundles": self}), *files]

    def page_config(self, config: dict[str, Any], notebook_path: str = "", **_about: object) -> dict[str, Any]:
        """Tell a page where its scripts are, and which of them to fetch ahead; Voilà calls this for each page."""
        here = f"{self._base}v{self.version}"
        ahead = list(self._asked.setdefault(notebook_path, {}).values())
        return config | {
            "fullStaticUrl": f"{here}/static",
            "fullLabextensionsUrl": f"{here}/labextensions",
            "ahead": ahead,
            "whole": f"{here}/static/{JOINED}",
        }

    def note(self, asked: HTTPServerRequest) -> None:
        """Note which script a page asked for, so that the next one fetches it before its scripts know of it.

        They find out in five rounds, one after the other, and over a slow line each takes its time. A file is named
        once, as it was asked for last: nobody can have others fetch it again and again.
        """
        page = unquote(urlsplit(asked.headers.get("Referer", "")).path).removeprefix(f"{self._base}render/")
        known = self._asked.get(page)
        if known is not None and asked.uri and (asked.path in known or len(known) < MOST_AHEAD):
            known[asked.path] = asked.uri


class BundleFiles(PackedFiles):
    """Voilà's files and those of the few extensions that pages load, to be kept by browsers."""

    def initialize(self, folders: list[Path], bundles: Bundles) -> None:  # type: ignore[override]
        """Take the folders, the first that has a file first."""
        super().initialize(path=str(folders[0]))
        self._folders, self._bundles = folders, bundles

    def on_finish(self) -> None:
        """Remember scripts that pages ask for."""
        if self.get_status() == OK and self._is_now() and self.request.path.endswith(".js"):
            self._bundles.note(self.request)

    def get_absolute_path(self, root: str, path: str) -> str:  # type: ignore[override]  # as Voilà's does
        """Return a file's place in the first folder that has it."""
        asked = Path(path)
        if ".." in asked.parts or (self._is_extension() and not asked.as_posix().startswith(_PAGES_LOAD)):
            raise HTTPError(NOT_FOUND)
        find: Callable[[str, str], str] = super().get_absolute_path
        self.root = next((str(each) for each in self._folders if Path(find(str(each), path)).is_file()), root)
        return find(self.root, path)

    def set_extra_headers(self, path: str) -> None:
        """Let a browser keep it, if it asked for the version that there is."""
        super().set_extra_headers(path)
        self.set_header("Cache-Control", A_YEAR if self._is_now() else "no-cache")

    def _is_now(self) -> bool:
        return f"/v{self._bundles.version}/" in self.request.path

    def _is_extension(self) -> bool:
        return "/labextensions/" in self.request.path


class JoinedFile(RequestHandler):
    """What a page runs on, in one piece."""

    def initialize(self, bundles: Bundles) -> None:
        """Take what knows it."""
        self._bundles = bundles

    async def get(self) -> None:
        """Answer with the script."""
        data = await asyncio.to_thread(lambda: self._bundles.joined)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", A_YEAR)
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
        else:
            data = gzip.decompress(data)
        self.finish(data)


def _ours(folders: Iterable[Path]) -> list[Path]:
    return [folder / name for folder in folders for name in EXTENSIONS]


def _version(folders: Iterable[Path], pieces: Sequence[str]) -> str:
    """Return what differs as soon as one of the files does, or what is joined of them."""
    told = hashlib.sha256(" ".join(pieces).encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            status = path.stat()
            told.update(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return told.hexdigest()[:12]
