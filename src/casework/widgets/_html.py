"""The fallbacks' few pieces of HTML, for places where no widget can run."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def section(title: str, *parts: str) -> str:
    """Return a titled section."""
    return f"<section><h3>{escape(title)}</h3>{''.join(parts)}</section>"


def note(text: str) -> str:
    """Return a sentence set apart."""
    return f"<p><em>{escape(text)}</em></p>"


def listing(items: Iterable[str]) -> str:
    """Return a list of HTML items."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def questions(prompt: Mapping[str, Any], perspectives: Mapping[str, Any]) -> str:
    """Return a prompt, with the guiding question of each perspective."""
    asked = (perspectives[name] for name in prompt["perspectives"])
    named = [f"<strong>{escape(one['name'])}</strong>: {escape(one['question'])}" for one in asked]
    return f"<p>{prompt['html']}</p>" + (listing(named) if named else "")
