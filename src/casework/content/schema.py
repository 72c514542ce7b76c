"""JSON Schemas of the file kinds, from which editors complete and explain what one types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from casework.content.kinds import KINDS, find_kind
from casework.content.nearest import suggest
from casework.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

NAMES = tuple(kind.kind for kind in KINDS.values())
"""What the kinds of files are called."""


def json_schema(name: str) -> str:
    """Return the JSON Schema of a kind of file, as JSON.

    Parameters
    ----------
    name : str
        The kind, such as ``"case"``.

    Raises
    ------
    ContentError
        If there is no such kind.
    """
    kind = find_kind(name)
    if kind is None:
        raise ContentError(f"There is no kind of file called '{name}'; {suggest(name, NAMES)}.")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **kind.model_json_schema()}
    return json.dumps(_without_titles(schema), indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write the schema of each kind into a folder, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name}.json" for name in NAMES]
    for file in files:
        file.write_text(json_schema(file.stem), "utf-8")
    return files


def _without_titles(schema: Any) -> Any:  # noqa: ANN401  any JSON
    """Leave out the titles that pydantic makes up from the names of the keys."""
    if isinstance(schema, list):
        return [_without_titles(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _without_titles(each) for key, each in schema.items() if key != "title" or not isinstance(each, str)}
