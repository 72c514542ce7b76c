"""What a widget shows, as frames; pandas is imported by whoever asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

WORDS = ["prompt", "perspective", "round", "text", "at"]
WAY = ["stop", "scene", "title", "choice", "text", "opens", "closes"]


def words_frame(prompts: Iterable[Mapping[str, Any]], responses: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Return what was written, one row for each field of some prompts.

    Parameters
    ----------
    prompts : iterable of Mapping
        The prompts, as a page is given them.
    responses : Mapping
        What was written, as a page is shown it.
    """
    import pandas as pd  # noqa: PLC0415  only for those who ask for a frame

    rounds: dict[str, int] = {}
    rows = []
    for prompt in prompts:
        rounds[prompt["id"]] = rounds.get(prompt["again"] or "", 0) + 1
        for view in prompt["perspectives"] or [""]:
            said = responses.get(f"{prompt['id']}/{view}", {})
            rows.append((prompt["id"], view, rounds[prompt["id"]], said.get("text", ""), said.get("at")))
    frame = pd.DataFrame(rows, columns=WORDS)
    return frame.assign(round=frame["round"].astype(int), at=pd.to_datetime(frame["at"], utc=True))


def way_frame(content: Mapping[str, Any], way: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a way through a case, one row for each scene on it.

    Parameters
    ----------
    content : Mapping
        What the page of the walk is given.
    way : iterable of Mapping
        The stops, as the page is shown them.
    """
    import pandas as pd  # noqa: PLC0415  as above

    rows = []
    for number, stop in enumerate(way, 1):
        scene = content["scenes"][stop["scene"]]
        choice: Mapping[str, str] = next((one for one in scene["choices"] if one["id"] == stop["choice"]), {})
        told = (choice.get(key, "") for key in ("id", "text", "opens", "closes"))
        rows.append((number, scene["id"], scene["title"] or "", *told))
    return pd.DataFrame(rows, columns=WAY)
