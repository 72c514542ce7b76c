"""What a page is given of the content: rendered, sanitised, and never the trainer's notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from casework.content.markdown import to_html, to_inline_html, to_plain
from casework.content.media import file_address
from casework.content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.content import (
        Case,
        Choice,
        Document,
        Held,
        Pause,
        Perspective,
        Prompt,
        Recording,
        Scene,
    )

PROTOCOL = 1
"""The version of the messages between a page and its kernel or room."""


Layout = Literal["stacked", "side-by-side", "one-by-one"]
"""How the perspectives of a prompt stand: one below the other, beside each other on a wide page, or one at a time."""

_BLOCK = re.compile(r"<(p|ul|ol|blockquote|h[1-6]|pre)\b")


class Tongue:
    """In which language each string of a page is: where a translation has gaps, that of the base.

    Parameters
    ----------
    *contents : Document
        What the page shows; the first says in which language the page is.
    """

    def __init__(self, *contents: Document) -> None:
        self.language = contents[0].language
        self.base = contents[0].base_language
        *others, last = contents
        self.borrowed = last.borrowed.union(
            key for other in others for key in other.borrowed if key.startswith("moments/")
        )

    def told(self) -> dict[str, Any]:
        """Return what the page is told, so that it can mark what it shows as plain text."""
        return {"base": self.base, "borrowed": sorted(self.borrowed)} if self.borrowed else {}

    def html(self, key: str, markdown: str) -> str:
        """Return rendered blocks, each marked with its language if that is not the page's."""
        html = to_html(markdown)
        return _BLOCK.sub(rf'<\1 lang="{self.base}"', html) if key in self.borrowed else html

    def inline(self, key: str, markdown: str) -> str:
        """Return a rendered line, marked with its language if that is not the page's."""
        html = to_inline_html(markdown)
        return f'<span lang="{self.base}">{html}</span>' if key in self.borrowed else html


def walk_page(case: Case, *, map_at_end: bool = True) -> dict[str, Any]:
    """Return what the page of a walk is given, as JSON; `map_at_end` is whether the end draws one's way."""
    tongue = Tongue(case)
    return {
        **tongue.told(),
        "mapAtEnd": map_at_end,
        "title": case.title,
        "summary": tongue.html("summary", case.summary),
        "minutes": case.minutes,
        "contentNote": tongue.html("content_note", case.content_note),
        "people": [{"id": person.id, "name": person.name, "role": person.role} for person in case.people],
        "support": [{"name": place.name, "contact": place.contact} for place in case.support],
        "perspectives": _perspectives(case),
        "prompts": {prompt.id: _prompt(prompt, tongue) for _, prompt in case.prompts()},
        "scenes": {scene.id: _scene(case, scene, tongue) for scene in case.scenes},
        "first": case.scenes[0].id,
    }


def reflect_page(case: Case, prompts: Iterable[str], layout: Layout = "stacked") -> dict[str, Any]:
    """Return what the page of a reflection over some prompts is given, as JSON; `layout` is how perspectives stand."""
    tongue = Tongue(case)
    return {
        **tongue.told(),
        "layout": layout,
        "wide": layout == "side-by-side",
        "title": case.title,
        "perspectives": _perspectives(case),
        "prompts": [_prompt(case.find_prompt(prompt), tongue) for prompt in prompts],
        "closed": words(case.language)["reflect.closed"],
    }


def _perspectives(case: Case) -> dict[str, dict[str, str]]:
    return {one.id: _perspective(one) for one in case.perspectives}


def _perspective(perspective: Perspective) -> dict[str, str]:
    return {
        "id": perspective.id,
        "name": perspective.name,
        "question": perspective.question,
        "sign": perspective.sign,
    }


def _prompt(prompt: Prompt, tongue: Tongue) -> dict[str, Any]:
    return {
        "id": prompt.id,
        "html": tongue.inline(f"prompts/{prompt.id}/prompt", prompt.prompt),
        "perspectives": list(prompt.perspectives),
        "again": prompt.again,
        "share": prompt.share,
        "who": words(tongue.language)["who.device" if prompt.share == "device" else "who.private"],
    }


def _scene(case: Case, scene: Scene, tongue: Tongue) -> dict[str, Any]:
    place, news = f"scenes/{scene.id}", scene.new_information
    return {
        "id": scene.id,
        "title": scene.title,
        "html": tongue.html(f"{place}/text", scene.text),
        "newInformation": tongue.html(f"{place}/new_information", news) if news else None,
        "image": {"src": file_address(case, image.file), "alt": image.alt} if (image := scene.image) else None,
        "audio": recording_page(case, scene.audio, f"{place}/audio", tongue) if scene.audio else None,
        "pause": _pause(case, scene.pause, place, tongue) if scene.pause else None,
        "choices": [_choice(choice) for choice in scene.choices or ()],
        "next": scene.next is not None,
        "end": scene.end,
    }


def _pause(case: Case, pause: Pause, place: str, tongue: Tongue) -> dict[str, Any]:
    look = pause.observe
    observe = look and {**look.model_dump(), "title": case.find_moment(look.moment).title}
    return {
        "steps": list(pause.steps),
        "reflect": [prompt.id for prompt in pause.reflect],
        "observe": observe,
        "discuss": _held(pause.discuss, f"{place}/discuss", tongue) if pause.discuss else None,
        "breathe": _held(pause.breathe, f"{place}/breathe", tongue) if pause.breathe else None,
    }


def _held(held: Held, key: str, tongue: Tongue) -> dict[str, Any]:
    return {"html": tongue.html(key, held.text), "minutes": held.minutes}


def recording_page(content: Document, recording: Recording, place: str, tongue: Tongue) -> dict[str, Any]:
    """Return a recording with its words; `place` leads to it in the keys of a translation."""
    return {
        "src": file_address(content, recording.file),
        "alt": recording.alt,
        "transcript": tongue.html(f"{place}/transcript", recording.transcript),
    }


def _choice(choice: Choice) -> dict[str, str]:
    told = {"text": choice.text, "opens": choice.opens, "closes": choice.closes}
    return {"id": choice.id, **{name: to_plain(text) for name, text in told.items()}}
