"""What the owner's pages know of the server that they stand on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import jinja2

from casework.serve.gallery import find_workbooks
from casework.serve.languages import open_words, site_words
from casework.serve.pages import HERE as SERVE
from casework.serve.pages import static_url

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

HERE = Path(__file__).parent


@dataclass(frozen=True)
class LabSite:
    """What a handler needs to know; to the parts of `casework.serve` it is their `Site`, without a store."""

    root: Path
    """The folder that JupyterLab shows."""
    jupyter_url: str
    """Where Jupyter stands; begins and ends with a slash."""
    templates: jinja2.Environment
    rooms: None = None
    trainers_only: bool = False

    @property
    def folder(self) -> Path:
        """The folder of workbooks: ``workbooks`` in what JupyterLab shows, if there are any, or all of that."""
        below = self.root / "workbooks"
        return below if below.is_dir() or not find_workbooks(self.root) else self.root

    @property
    def inside(self) -> str:
        """Where that folder is, as Jupyter names it: empty, or with a slash at its end."""
        return "" if self.folder == self.root else f"{self.folder.name}/"

    @property
    def base_url(self) -> str:
        """Begins and ends with a slash."""
        return f"{self.jupyter_url}casework/"

    def url(self, path: str = "") -> str:
        """Return the address of one of the owner's pages."""
        return f"{self.base_url}{path}"

    def lab_url(self, path: str) -> str:
        """Return the address at which JupyterLab opens a file of the folder of workbooks."""
        return f"{self.jupyter_url}lab/tree/{quote(self.inside + path)}"


def is_binder() -> bool:
    """Return whether nothing is kept here, and nothing private; ``binder/start`` says so."""
    return os.environ.get("CASEWORK_BINDER") == "1"


def make_site(app: ServerApp) -> LabSite:
    """Return the site of a server."""
    root = Path(app.root_dir).expanduser().resolve()
    base = f"{app.base_url}casework/"
    pages = jinja2.FileSystemLoader(SERVE / "templates" / "pages")
    templates = jinja2.Environment(
        # Ours first; a page of ours can still extend the one of the same name that it stands before.
        loader=jinja2.ChoiceLoader(
            [jinja2.FileSystemLoader(HERE / "templates"), pages, jinja2.PrefixLoader({"serve": pages})]
        ),
        autoescape=True,
        trim_blocks=True,
    )
    site = LabSite(root, app.base_url, templates)
    templates.globals.update(
        site=site,
        base=base,
        binder=is_binder(),
        static=lambda name: static_url(base, name),
        open_words=open_words,
        language_name=lambda code: site_words(code)["language_name"],
        language="en",
        words=site_words("en"),
    )
    return site
