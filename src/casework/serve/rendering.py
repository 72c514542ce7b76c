"""How a notebook becomes a page."""

from __future__ import annotations

import asyncio
import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import jinja2
import jinja2.meta
import voila.handler  # type: ignore[import-untyped]
import voila.notebook_renderer  # type: ignore[import-untyped]
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from voila.exporter import VoilaExporter, VoilaMarkdownRenderer  # type: ignore[import-untyped]

from casework.serve.gallery import read_edition
from casework.serve.languages import site_words
from casework.serve.pages import HERE, static_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from types import CodeType

    from jinja2.bccache import Bucket
    from nbformat import NotebookNode
    from tornado.web import RequestHandler

log = logging.getLogger("casework")

TEMPLATE_FOLDER = HERE / "templates" / "casework"
"""Comes before Voilà's template ``lab``, whose parts it replaces."""

ACTIVITIES = ("walk", "reflect", "observe", "code", "log", "map", "survey", "plan", "report", "group")
"""Whose front ends pages fetch, most of them named like what a notebook calls."""

PICTURE = "!["
"""Begins a picture in Markdown; Voilà puts its file into the page."""


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

    def _init_preprocessors(self) -> None:
        """Have none: a dozen are made for each page, and change nothing that it shows."""
        self._preprocessors: list[Any] = []

    def _preprocess(self, notebook: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:  # noqa: ANN401
        """Draw the notebook that was read for this page, and not a copy of it."""
        return notebook, resources

    @jinja2.pass_context
    def markdown2html(self, context: jinja2.runtime.Context, source: str) -> str:
        """Return words of a notebook as HTML; those without a picture, which may change, are remembered."""
        if PICTURE in source or context["cell"].get("attachments"):
            return str(super().markdown2html(context, source))
        return _drawn(source, self.anchor_link_text)

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
            async for piece in _joined(super().generate_from_notebook_node(nb, *args, **kwargs)):
                yield piece
        except Exception:  # whatever it was, the page must end
            log.exception("A page could not be finished")
            yield "<script>window.casework.lost()</script></body></html>", None


@lru_cache(maxsize=1_000)
def _drawn(source: str, anchor: str) -> str:
    renderer = VoilaMarkdownRenderer(contents_manager=None, escape=False, attachments={}, anchor_link_text=anchor)
    return str(MarkdownWithMath(renderer=renderer).render(source))


async def _joined(pieces: AsyncIterator[tuple[str, Any]]) -> AsyncIterator[tuple[str, Any]]:
    """Join what comes without waiting for a kernel.

    Voilà hands over a page in 150 pieces, each of which would be packed and sent by itself. After each piece of its
    work the event loop may serve somebody else.
    """
    joined: list[str] = []
    while True:
        coming = asyncio.ensure_future(anext(pieces, None))
        await asyncio.sleep(0)  # in which it comes, unless it has to wait for something
        if joined and (not coming.done() or coming.exception()):
            yield "".join(joined), None
            joined.clear()
        piece = await coming
        if piece is None:
            break
        joined.append(piece[0])
    yield "".join(joined), None


def _read_once(read: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Return the same function, which reads only once what Voilà looks for in ten folders for each page."""
    known: dict[int, tuple[object, dict[str, Any]]] = {}

    def remembered(*, voila_configuration: object, **about: Any) -> dict[str, Any]:  # noqa: ANN401  Voilà's
        if id(voila_configuration) not in known:
            config = read(voila_configuration=voila_configuration, **about)
            known[id(voila_configuration)] = voila_configuration, config  # which keeps its number
        return dict(known[id(voila_configuration)][1])

    return remembered


def install() -> None:
    """Have Voilà draw pages our way; it offers no setting for it."""
    if voila.notebook_renderer.VoilaExporter is not CaseworkExporter:
        voila.notebook_renderer.VoilaExporter = CaseworkExporter
        voila.handler.get_page_config = _read_once(voila.handler.get_page_config)


def read_ahead(folders: list[str]) -> None:
    """Compile the templates of pages before anyone comes; the first page would do it while everyone waits.

    Parameters
    ----------
    folders : list of str
        Where they are, those that come first first.
    """
    exporter = CaseworkExporter(template_paths=folders, template_name="lab")
    environment, waiting, known = exporter.environment, {exporter.template_file}, set()
    environment.filters |= {"highlight_code": str, "trusted": str}  # which Voilà brings for each page
    while waiting:
        name = waiting.pop()
        known.add(name)
        environment.get_template(name)
        source = environment.loader.get_source(environment, name)[0]  # type: ignore[union-attr]  # it has one
        waiting |= set(jinja2.meta.find_referenced_templates(environment.parse(source))) - {None, *known}


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
        "scripts": {name: static_url(site.base_url, f"{name}.js") for name in ACTIVITIES},
        "activities": _activities_of(notebook),
    }


def _activities_of(notebook: NotebookNode) -> list[str]:
    """Return the activities that a notebook seems to show, by the names of what it calls; a guess costs little."""
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    return [name for name in ACTIVITIES if f".{name}(" in code]
