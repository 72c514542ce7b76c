"""Markdown to what a page shows: rendered by one library, sanitised by another.

CommonMark without raw HTML and pictures; links lead to the web or to a letter, and open beside the page.
Only what facilitators write is Markdown; what learners write is plain text and never comes here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SCHEMES = frozenset({"http", "https", "mailto"})
_INLINE = frozenset({"a", "br", "code", "em", "strong"})
_BLOCK = _INLINE | {
    *("blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
    *("li", "ol", "p", "pre", "ul"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}


def to_html(markdown: str) -> str:
    """Return sanitised HTML with paragraphs, lists, quotations and headings."""
    rendered: str = _renderer().render(markdown)
    return _sanitise(rendered, _BLOCK).strip()


def to_inline_html(markdown: str) -> str:
    """Return sanitised HTML for a place inside a line: emphasis, links, line breaks."""
    rendered: str = _renderer().renderInline(markdown)
    return _sanitise(rendered, _INLINE).strip()


def to_plain(markdown: str) -> str:
    """Return the words alone; paragraphs are divided by an empty line, entries of a list begin with a dash.

    The result is text, not HTML: whoever puts it on a page escapes it.
    """
    blocks: list[str] = []
    opens_entry = False
    for token in _renderer().parse(markdown):
        if token.type == "list_item_open":
            opens_entry = True
        elif token.type in {"inline", "fence", "code_block"}:
            words = _plain_line(token.children or ()) if token.type == "inline" else token.content.strip("\n")
            blocks.append(f"- {words}" if opens_entry else words)
            opens_entry = False
    return "\n\n".join(blocks)


def _plain_line(tokens: Sequence[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(token.type, token.content) for token in tokens)


def _sanitise(html: str, tags: frozenset[str]) -> str:
    import nh3  # noqa: PLC0415  not needed until something is shown

    return nh3.clean(
        html,
        tags=set(tags),
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        set_tag_attribute_values={"a": {"target": "_blank"}},
        link_rel="noopener noreferrer",
        attribute_filter=lambda _tag, name, value: None if name == "href" and not value else value,
    )


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  not needed until something is shown

    renderer = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes")
    setattr(renderer, "validateLink", _is_safe_link)  # noqa: B010  the library's own way, a method to mypy
    renderer.add_render_rule("image", _show_words)
    return renderer


def _is_safe_link(url: str) -> bool:
    scheme, colon, _ = url.strip().partition(":")
    return bool(colon) and scheme.lower() in _SCHEMES


def _show_words(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:  # noqa: ANN401  the library's
    """Show the words of a picture instead of it; scenes have pictures of their own."""
    from markdown_it.common.utils import escapeHtml  # noqa: PLC0415  not needed until something is shown

    return escapeHtml(tokens[index].content)
