"""What a page is given of the content: rendered, sanitised, and never the trainer's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.content.markdown import to_html, to_inline_html, to_plain
from casework.content.media import file_address
from casework.content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.content import (
        Case,
        Checklist,
        ChecklistItem,
        Choice,
        Document,
        Moment,
        Pause,
        Perspective,
        Prompt,
        Recording,
        Scene,
    )

PROTOCOL = 1
"""The version of the messages between a page and its kernel or room."""


def walk_page(case: Case) -> dict[str, Any]:
    """Return what the page of a walk is given, as JSON."""
    return {
        "title": case.title,
        "summary": to_html(case.summary),
        "minutes": case.minutes,
        "contentNote": to_html(case.content_note),
        "people": [{"id": person.id, "name": person.name, "role": person.role} for person in case.people],
        "support": [{"name": place.name, "contact": place.contact} for place in case.support],
        "perspectives": _perspectives(case),
        "prompts": {prompt.id: _prompt(prompt, case.language) for _, prompt in case.prompts()},
        "scenes": {scene.id: _scene(case, scene) for scene in case.scenes},
        "first": case.scenes[0].id,
    }


def reflect_page(case: Case, prompts: Iterable[str]) -> dict[str, Any]:
    """Return what the page of a reflection over some prompts is given, as JSON."""
    return {
        "title": case.title,
        "perspectives": _perspectives(case),
        "prompts": [_prompt(case.find_prompt(prompt), case.language) for prompt in prompts],
        "closed": words(case.language)["reflect.closed"],
    }


def observe_page(moment: Moment, checklist: Checklist) -> dict[str, Any]:
    """Return what the page of an observation is given, as JSON."""
    return {
        "title": moment.title,
        "moment": {
            "id": moment.id,
            "title": moment.title,
            "introduction": to_html(moment.introduction or ""),
            "beats": [{"at": beat.at, "html": to_html(beat.text)} for beat in moment.beats],
        },
        "checklist": {
            "id": checklist.id,
            "title": checklist.title,
            "summary": to_plain(checklist.summary),
            "items": [_item(item) for item in checklist.items],
        },
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


def _prompt(prompt: Prompt, language: str) -> dict[str, Any]:
    return {
        "id": prompt.id,
        "html": to_inline_html(prompt.prompt),
        "perspectives": list(prompt.perspectives),
        "again": prompt.again,
        "share": prompt.share,
        "who": words(language)["who.device" if prompt.share == "device" else "who.private"],
    }


def _scene(case: Case, scene: Scene) -> dict[str, Any]:
    return {
        "id": scene.id,
        "title": scene.title,
        "html": to_html(scene.text),
        "newInformation": to_html(scene.new_information) if scene.new_information else None,
        "image": {"src": file_address(case, image.file), "alt": image.alt} if (image := scene.image) else None,
        "audio": _recording(case, scene.audio) if scene.audio else None,
        "pause": _pause(scene.pause) if scene.pause else None,
        "choices": [_choice(choice) for choice in scene.choices or ()],
        "next": scene.next is not None,
        "end": scene.end,
    }


def _pause(pause: Pause) -> dict[str, Any]:
    look = pause.observe
    return {
        "steps": list(pause.steps),
        "reflect": [prompt.id for prompt in pause.reflect],
        "observe": {"moment": look.moment, "checklist": look.checklist} if look else None,
        "discuss": to_html(pause.discuss.text) if pause.discuss else None,
        "breathe": to_html(pause.breathe.text) if pause.breathe else None,
    }


def _recording(content: Document, recording: Recording) -> dict[str, Any]:
    return {
        "src": file_address(content, recording.file),
        "alt": recording.alt,
        "transcript": to_html(recording.transcript),
    }


def _choice(choice: Choice) -> dict[str, str]:
    told = {"text": choice.text, "opens": choice.opens, "closes": choice.closes}
    return {"id": choice.id, **{name: to_plain(text) for name, text in told.items()}}


def _item(item: ChecklistItem) -> dict[str, str | None]:
    return {
        "id": item.id,
        "text": item.text,
        "definition": item.definition,
        "example": item.example,
        "nonExample": item.non_example,
        "key": item.key,
    }
