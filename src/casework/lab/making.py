"""A form for what `casework new` does, for those who are in JupyterLab already."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tornado.web import authenticated

from casework.content import shipped_folder
from casework.content.new import MAKES, NotMade, make
from casework.errors import ContentError
from casework.lab.pages import OwnPage
from casework.serve.gallery import find_workbooks
from casework.serve.pages import draw, preferred_language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PLACES = {"case": "cases", "checklist": "checklists", "survey": "surveys"}


class NewFile(OwnPage):
    """A new case, workbook, checklist or survey in the folder of workbooks."""

    @authenticated
    def get(self) -> None:
        """Show the form."""
        self._draw()

    @authenticated
    async def post(self) -> None:
        """Make the files, and show them; or say what keeps them from being made."""
        new_id, source, title = (self.get_body_argument(name, "") for name in ("id", "source", "title"))
        asked = self.get_body_argument("kind", "")
        kind = asked if asked in MAKES else MAKES[0]
        try:
            folder = self.site.folder
            made = await asyncio.to_thread(
                make, kind, new_id, source=source or None, folder=folder, title=title or None
            )
        except ContentError as error:
            why = error if isinstance(error, NotMade) else NotMade("lab_no_source", source=source)
            problem = why.said(preferred_language(self))
            self.set_status(400)
            self._draw(problem=problem, kind=kind, id=new_id, source=source, title=title)
            return
        paths = [path.relative_to(self.site.folder).as_posix() for path in made]
        draw(self, "made.html", preferred_language(self), paths=paths)

    def _draw(self, **typed: str) -> None:
        draw(
            self,
            "new.html",
            preferred_language(self),
            xsrf=self.xsrf_token.decode(),
            kinds=MAKES,
            sources={kind: _sources(kind, (self.site.folder, shipped_folder())) for kind in MAKES},
            **({"problem": "", "kind": "case", "id": "", "source": "", "title": ""} | typed),
        )


def _sources(kind: str, folders: Iterable[Path]) -> list[str]:
    """Return the ids of what a new file can be begun from."""
    if kind == "workbook":
        return list(dict.fromkeys(each.id for folder in folders for each in find_workbooks(folder)))
    found = (path for folder in folders for path in sorted((folder / _PLACES[kind]).glob("*.yaml")))
    return list(dict.fromkeys(path.stem for path in found if "." not in path.stem))
