from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
import voila.handler
from voila.exporter import VoilaMarkdownRenderer
from voila.paths import collect_template_paths

from casework.serve import rendering

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


def test_what_comes_without_a_wait_is_sent_together_and_before_the_wait() -> None:
    answered = asyncio.Event()

    async def page() -> AsyncIterator[tuple[str, Any]]:
        for piece in ("head", " and", " body"):
            yield piece, {}
        await answered.wait()
        for piece in ("cell", " end"):
            yield piece, {}

    async def drawn() -> list[str]:
        pieces = rendering._joined(page())
        first = (await anext(pieces))[0]  # or else this would wait for ever
        answered.set()
        return [first, *[piece async for piece, _ in pieces]]

    assert asyncio.run(drawn()) == ["head and body", "cell end"]


def test_others_are_served_between_the_pieces_of_a_page() -> None:
    order: list[str] = []

    async def page() -> AsyncIterator[tuple[str, Any]]:
        for number in range(3):
            order.append(f"piece {number}")
            yield "x", {}

    async def somebody() -> None:
        for number in range(3):
            order.append(f"answer {number}")
            await asyncio.sleep(0)

    async def both() -> None:
        other = asyncio.create_task(somebody())
        assert [piece async for piece, _ in rendering._joined(page())] == ["xxx"]
        await other

    asyncio.run(both())
    assert order.index("answer 1") < order.index("piece 2")


def test_a_page_that_fails_midway_shows_what_it_had() -> None:
    async def page() -> AsyncIterator[tuple[str, Any]]:
        yield "head", {}
        raise ValueError("no kernel")

    shown: list[str] = []

    async def drawn() -> None:
        async for piece, _ in rendering._joined(page()):
            shown.append(piece)

    with pytest.raises(ValueError, match="no kernel"):
        asyncio.run(drawn())
    assert shown == ["head"]


class Counted(VoilaMarkdownRenderer):
    made = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        type(self).made += 1
        super().__init__(*args, **kwargs)


def test_words_are_made_html_once_and_pictures_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "VoilaMarkdownRenderer", Counted)
    exporter = rendering.CaseworkExporter()
    exporter.contents_manager = _Folder()
    cell = nbformat.v4.new_markdown_cell()

    def shown(source: str) -> str:
        return exporter.markdown2html({"cell": cell}, source)

    made = Counted.made
    words = "A *coat* that nobody wrote of elsewhere."
    assert [shown(words), shown(words)] == ["<p>A <em>coat</em> that nobody wrote of elsewhere.</p>\n"] * 2
    assert Counted.made == made + 1
    assert "one" in shown("![A coat](coat.png)")
    assert "two" in shown("![A coat](coat.png)")


class _Folder:
    """Has a picture that is another each time."""

    def __init__(self) -> None:
        self._pictures = iter(("one", "two"))

    def file_exists(self, path: str) -> bool:
        return path == "coat.png"

    def get(self, _path: str, **_about: object) -> dict[str, str]:
        return {"content": next(self._pictures)}


def test_what_a_page_loads_is_looked_for_once_for_each_server(tmp_path: Path) -> None:
    asked: list[dict[str, Any]] = []

    def read(**about: Any) -> dict[str, Any]:
        asked.append(about)
        return {"baseUrl": about["base_url"]}

    page_config, ours, theirs = rendering._read_once(read), object(), object()
    first = page_config(base_url="/a/", voila_configuration=ours)
    first["ahead"] = [tmp_path]
    assert page_config(base_url="/a/", voila_configuration=ours) == {"baseUrl": "/a/"}
    assert page_config(base_url="/b/", voila_configuration=theirs) == {"baseUrl": "/b/"}
    assert len(asked) == 2


def test_it_is_put_in_place_once() -> None:
    rendering.install()
    inside = voila.handler.get_page_config
    rendering.install()
    assert voila.handler.get_page_config is inside


def test_the_first_page_finds_its_templates_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [str(rendering.TEMPLATE_FOLDER), *collect_template_paths(["voila", "nbconvert"], "lab")]
    compiled: list[str] = []
    fresh = rendering._CompiledOnce()
    keep = fresh.dump_bytecode
    monkeypatch.setattr(fresh, "dump_bytecode", lambda bucket: [compiled.append(bucket.key), keep(bucket)])
    monkeypatch.setattr(rendering, "_compiled", fresh)
    rendering.read_ahead(folders)
    assert len(compiled) >= 5
    compiled.clear()
    assert "A *coat*" not in asyncio.run(_page(folders))
    assert compiled == []


async def _page(folders: list[str]) -> str:
    """Return a page of one cell of words."""
    cell = nbformat.v4.new_markdown_cell("A *coat*.")
    page = {"title": "A title", "language": "en", "words": {}, "base": "/", "scripts": {}, "activities": []}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"casework": page})

    async def begin(*_about: object) -> str:
        return "kernel"

    async def cells(*_about: object) -> AsyncIterator[nbformat.NotebookNode]:
        yield cell

    exporter = rendering.CaseworkExporter(template_paths=folders, template_name="lab")
    pieces = exporter.generate_from_notebook_node(
        notebook,
        resources={"base_url": "/", "theme": "auto", "metadata": {"name": "a"}},
        extra_context={"main_js": "voila.js", "kernel_start": begin, "cell_generator": cells},
        page_config={"fullStaticUrl": "/static", "ahead": []},
    )
    drawn = "".join([piece async for piece, _ in pieces])
    assert "<em>coat</em>" in drawn, drawn
    return drawn
