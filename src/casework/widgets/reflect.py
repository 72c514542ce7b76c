"""The multi-perspective form in a notebook."""

from __future__ import annotations

from casework.widgets import _html
from casework.widgets._base import STATIC, ActivityWidget


class ReflectWidget(ActivityWidget):
    """Prompts of a case, each from several perspectives, in the words that the walk keeps."""

    name = "reflect"
    _esm = STATIC / "reflect.js"

    def fallback(self) -> str:
        """Return the prompts and the perspectives they ask from."""
        page = self.content
        asked = (_html.questions(prompt, page["perspectives"]) for prompt in page["prompts"])
        return _html.section(page["title"], *asked, _html.note(page["words"]["fallback.reflect"]))
