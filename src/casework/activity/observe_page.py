"""What the page of an observation is given of the content."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

from casework.activity.page import Tongue, recording_page
from casework.content.markdown import to_plain

if TYPE_CHECKING:
    from casework.activity.observe_ground import Ground
    from casework.content import Case, Checklist, ChecklistItem, Coding, Moment, MomentSet, Scale


def observe_page(
    ground: Ground,
    checklist: Checklist,
    holder: Case | MomentSet | None = None,
    *,
    pace: str = "steps",
    reference: Coding | None = None,
) -> dict[str, Any]:
    """Return what the page of an observation is given, as JSON; `holder` is the file that the moment stands in."""
    tongue = Tongue(holder or checklist, checklist)
    return {
        **tongue.told(),
        "title": ground.title,
        "ground": ground.kind,
        "pace": pace,
        "moment": _moment(ground, holder, tongue),
        "checklist": {
            "id": checklist.id,
            "title": checklist.title,
            "summary": to_plain(checklist.summary),
            "items": [_item(item) for item in checklist.items],
            "scales": {scale.id: _scale(scale) for scale in checklist.scales},
        },
        "reference": reference and {"title": reference.title, "summary": to_plain(reference.summary)},
    }


def _moment(ground: Ground, holder: Case | MomentSet | None, tongue: Tongue) -> dict[str, Any]:
    moment = ground.moment
    if moment is None or holder is None:
        nothing: dict[str, Any] = {"introduction": "", "contentNote": "", "beats": [], "ends": 0, "media": None}
        return {"id": "", "title": ground.title, **nothing}
    place = f"moments/{moment.id}"
    return {
        "id": moment.id,
        "title": moment.title,
        "introduction": tongue.html(f"{place}/introduction", moment.introduction or ""),
        "contentNote": _note(holder),
        "beats": [
            {"at": beat.at, "html": tongue.html(f"{place}/beats/{beat.at:g}", beat.text)} for beat in moment.beats
        ],
        "ends": ground.end_of(len(moment.beats) - 1) if moment.beats else 0,
        "media": _media(moment, holder, place, tongue),
    }


def _note(holder: Case | MomentSet) -> str:
    """Return what may come close in a file of moments; a case says it where it is walked."""
    said = holder.content_note if holder.kind == "moments" else None
    return Tongue(holder).html("content_note", said) if said else ""


def _media(moment: Moment, holder: Case | MomentSet, place: str, tongue: Tongue) -> dict[str, Any] | None:
    if moment.media is None:
        return None
    film = (mimetypes.guess_type(moment.media.file)[0] or "").startswith("video/")
    return {**recording_page(holder, moment.media, f"{place}/media", tongue), "film": film}


def _item(item: ChecklistItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "text": item.text,
        "kind": item.kind,
        "definition": item.definition,
        "example": item.example,
        "nonExample": item.non_example,
        "key": item.key,
        "excludes": list(item.excludes),
        "seconds": item.seconds,
        "sampling": item.sampling,
        "scale": item.scale,
    }


def _scale(scale: Scale) -> dict[str, Any]:
    labels = {str(label.at): label.text for label in scale.labels}
    return {"lowest": scale.lowest, "highest": scale.highest, "labels": labels}
