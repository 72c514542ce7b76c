"""The scripts and styles that Voilà and JupyterLab bring: five megabytes that a browser fetches once, packed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tornado.web import HTTPError

from casework.serve.pages import NOT_FOUND, PackedFiles
from casework.serve.settings import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tornado.httputil import HTTPServerRequest

OK = 200

_PAGES_LOAD = tuple(f"{name}/" for name in EXTENSIONS)

A_YEAR = "public, max-age=31536000, immutable"

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
        self.version = _version([*self._folders["static"], *_ours(self._folders["labextensions"])])
        self._base = f"{base_url}voila/"
        self._asked: dict[str, dict[str, str]] = {}

    def handlers(self) -> list[tuple[str, type[BundleFiles], dict[str, Any]]]:
        """Return what serves them; also under an earlier version, to pages that were open before."""
        return [
            (f"{self._base}v[0-9a-f]+/{kind}/(.*)", BundleFiles, {"folders": folders, "bundles": self})
            for kind, folders in self._folders.items()
        ]

    def page_config(self, config: dict[str, Any], notebook_path: str = "", **_about: object) -> dict[str, Any]:
        """Tell a page where its scripts are, and which of them to fetch ahead; Voilà calls this for each page."""
        here = f"{self._base}v{self.version}"
        ahead = list(self._asked.setdefault(notebook_path, {}).values())
        return config | {
            "fullStaticUrl": f"{here}/static",
            "fullLabextensionsUrl": f"{here}/labextensions",
            "ahead": ahead,
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


def _ours(folders: Iterable[Path]) -> list[Path]:
    return [folder / name for folder in folders for name in EXTENSIONS]


def _version(folders: Iterable[Path]) -> str:
    """Return what differs as soon as one of the files does."""
    told = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            status = path.stat()
            told.update(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return told.hexdigest()[:12]
