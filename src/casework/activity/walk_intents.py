"""What the page of a walk may ask for."""

from typing import Literal

from casework.activity.dealing import Decline, Take
from casework.activity.intents import Intent, Name, Write
from casework.activity.sharing import Share


class Start(Intent):
    """Leave the content note for the first scene."""

    do: Literal["start"]


class GoOn(Intent):
    """Leave a step of a scene for the next."""

    do: Literal["go_on"]
    scene: Name
    step: Literal["read", "pause", "turn"]


class Choose(Intent):
    """Take a choice."""

    do: Literal["choose"]
    scene: Name
    choice: Name


class GoBack(Intent):
    """Go back to a scene on the way, to look again or to try another turn."""

    do: Literal["go_back"]
    scene: Name


class StepOut(Intent):
    """Leave the case for a while, or for good: a way of taking part."""

    do: Literal["step_out"]


class ComeBack(Intent):
    """Come back after stepping out."""

    do: Literal["come_back"]


class Again(Intent):
    """Read the case again from its first scene."""

    do: Literal["again"]


WalkIntent = Start | GoOn | Choose | GoBack | StepOut | ComeBack | Again | Write | Share | Take | Decline
ReflectIntent = Write | Share | Take | Decline
