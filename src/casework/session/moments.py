"""A file of moments in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.content import MomentSet
    from casework.session.session import Session


class SessionMoments:
    """Moments that belong to no case, in a session; a checklist observes them.

    Parameters
    ----------
    session : Session
        The session it belongs to.
    moments : MomentSet
        The moments as their file tells them.
    """

    def __init__(self, session: Session, moments: MomentSet) -> None:
        self.session = session
        self.moments = moments

    def __repr__(self) -> str:
        return f"SessionMoments({self.moments.id!r})"
