"""What can go wrong, in one tree.

::

    CaseworkError
    ├── ContentError    a case, checklist or other file cannot be used as it stands
    ├── Refused         an intent that the rules of an activity do not allow
    ├── StoreError      what people wrote could not be stored or read
    │   └── TooManyCodes    too many wrong codes came from one address
    ├── ReportError     figures that a report cannot compare or draw as they were given
    ├── SessionError    a notebook asked for something that is not there
    └── ServeError      the server could not start

Every message is one sentence for a person: what is wrong, where, what was found, what to do.
"""

from __future__ import annotations


class CaseworkError(Exception):
    """The root of every error that casework raises on purpose."""

    def _render_traceback_(self) -> list[str]:
        """Show a notebook's reader the sentence alone: IPython asks for this before it prints a traceback."""
        return [str(self)]


class ContentError(CaseworkError):
    """A file that a facilitator wrote cannot be used as it stands."""


class Refused(CaseworkError):  # noqa: N818  "Refused" is the word the page uses for it
    """An intent that the rules of an activity do not allow; its message is for the learner."""


class StoreError(CaseworkError):
    """What people wrote could not be stored or read."""


class TooManyCodes(StoreError):  # noqa: N818  what happened
    """Too many wrong codes came from one address; `seconds` is how long it must wait."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class ReportError(CaseworkError, ValueError):
    """Figures that a report cannot compare or draw as they were given."""


class SessionError(CaseworkError):
    """A notebook asked for something that is not there."""


class ServeError(CaseworkError):
    """The server could not start."""
