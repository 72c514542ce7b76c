"""How a notebook becomes a page."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import jinja2
import voila.notebook_renderer  # type: ignore[import-untyped]
from voila.exporter import VoilaExporter  # type: ignore[import-untyped]

from casework.serve.gallery import read_edition
from casework.serve.languages import site_words
from casework.serve.pages import HERE, static_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import CodeType

    from jinja2.bccache import Bucket
    from nbformat import NotebookNode
    from tornado.web import RequestHandler

log = logging.getLogger("casework")

TEMPLATE_FOLDER = HERE / "templates" / "casework"
"""Comes before Voilà's template ``lab``, whose parts it replaces."""


class _CompiledOnce(jinja2.BytecodeCache):
    """Keeps compiled templates in memory.

    Voilà makes a new Jinja environment for each page. Compiling its templates again took 100 to 160 ms,
    in which the event loop served nobody else.
    """

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key] = (bucket.checksum, bucket.code)


_compiled = _CompiledOnce()


class CaseworkExporter(VoilaExporter):  # type: ignore[misc]
    """Voilà's exporter, with templates compiled once and an end to every page."""

    @property
    def environment(self) -> jinja2.Environment:
        """The environment in which a notebook's page is drawn."""
        environment: jinja2.Environment = super().environment
        environment.bytecode_cache = _compiled
        return environment

    def _validate_preprocessor(self, *_: object) -> None:
        """Trust a notebook that Jupyter has read: it is validated then, and was a dozen times more for each page."""

    async def generate_from_notebook_node(
        self,
        nb: NotebookNode,
        *args: Any,  # noqa: ANN401  Voilà's signature
        **kwargs: Any,  # noqa: ANN401
    ) -> AsyncIterator[tuple[str, Any]]:
        """Yield the page in pieces.

        Voilà waits for ever for a page whose kernel could not start. Ours ends, and says so.
        """
        try:
            async for piece in super().generate_from_notebook_node(nb, *args, **kwargs):
                yield piece
        except Exception:  # whatever it was, the page must end
            log.exception("A page could not be finished")
            yield "<script>window.casework.lost()</script></body></html>", None


def install() -> None:
    """Have Voilà draw pages with our exporter; it offers no setting for it."""
    voila.notebook_renderer.VoilaExporter = CaseworkExporter


def prepare(handler: RequestHandler, notebook: NotebookNode, cwd: str) -> None:  # noqa: ARG001  Voilà's hook
    """Tell the template about the page it draws; called by Voilà before it starts the kernel."""
    site = handler.settings["casework"]
    path = handler.path_args[0]
    edition = read_edition(site.folder, site.folder / path)
    notebook.metadata["casework"] = {
        "title": edition.title,
        "language": edition.language,
        "base": site.base_url,
        "words": dict(site_words(edition.language)),
        "css": static_url(site.base_url, "workbook.css"),
        "page_css": static_url(site.base_url, "page.css"),
        "theme_css": site.url("casework/theme.css"),
        "js": static_url(site.base_url, "workbook.js"),
    }
