"""The fallbacks' few pieces of HTML, for places where no widget can run."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def section(title: str, *parts: str, lang: str = "") -> str:
    """Return a titled section; `lang` is the title's language, where that is not the page's."""
    marked = f' lang="{lang}"' if lang else ""
    return f"<section><h3{marked}>{escape(title)}</h3>{''.join(parts)}</section>"


def lang(page: Mapping[str, Any], key: str) -> str:
    """Return the language of a string that is still in another than the page's; nothing for any other."""
    return str(page["base"]) if key in page.get("borrowed", ()) else ""


def said(page: Mapping[str, Any], key: str, text: str) -> str:
    """Return a string of the content, marked with its language where that is not the page's."""
    other = lang(page, key)
    return f'<span lang="{other}">{escape(text)}</span>' if other else escape(text)


def note(text: str) -> str:
    """Return a sentence set apart."""
    return f"<p><em>{escape(text)}</em></p>"


def listing(items: Iterable[str]) -> str:
    """Return a list of HTML items."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def questions(prompt: Mapping[str, Any], page: Mapping[str, Any]) -> str:
    """Return a prompt, with the guiding question of each perspective."""
    asked = [(f"perspectives/{name}", page["perspectives"][name]) for name in prompt["perspectives"]]
    named = [
        f"<strong>{said(page, f'{key}/name', one['name'])}</strong>: {said(page, f'{key}/question', one['question'])}"
        for key, one in asked
    ]
    return f"<p>{prompt['html']}</p>" + (listing(named) if named else "")
