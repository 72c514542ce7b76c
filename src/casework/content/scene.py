"""A scene, and what one does in it."""

from typing import Annotated, Any, Self

from pydantic import Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from casework.content.document import Id, Label, Minutes, Part, Share, Translatable, Words
from casework.content.media import Image, Recording


class Prompt(Part):
    """What asks for words."""

    id: Id
    """Names the prompt in what is stored; no other prompt of the case has it."""
    prompt: Words
    """The question (Markdown, one paragraph)."""
    perspectives: tuple[Id, ...] = ()
    """One field for each; none means a single field without a perspective."""
    share: Share = "private"
    """The widest audience that is offered."""
    again: Id | None = None
    """The earlier prompt that this one asks again, now that more is known."""


class Look(Part):
    """A moment to observe, and what to look for."""

    moment: Id
    """A moment of this case."""
    checklist: Id
    """The checklist."""


class Held(Part):
    """Something that the trainer holds: a conversation, or a while to breathe."""

    text: Label
    """What the learners are told (Markdown)."""
    minutes: Minutes
    """How long it takes."""


STEPS = "breathe", "observe", "reflect", "discuss"


class Pause(Part):
    """A place to stop in a scene; it may hold several steps, which are taken in the order of the file."""

    minutes: Minutes | None = None
    """How long a group stays here, with all that the pause holds."""
    breathe: Held | None = None
    """A while in which nothing is asked."""
    observe: Look | None = None
    """What to look at with a checklist."""
    reflect: Annotated[tuple[Prompt, ...], Field(min_length=1, max_length=60), Translatable(at="/prompts")] = ()
    """What to write about."""
    discuss: Held | None = None
    """What to talk about."""
    trainer_notes: Annotated[Words | None, Translatable(at="./pause/trainer_notes")] = None
    """For whoever leads (Markdown); never on a learner's page."""

    _steps: tuple[str, ...] = PrivateAttr(default=STEPS)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_order(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401  as pydantic has it
        pause = handler(value)
        if isinstance(value, dict):
            pause._steps = tuple(key for key in value if key in STEPS)  # noqa: SLF001  keys have their order only here
        return pause

    @property
    def steps(self) -> tuple[str, ...]:
        """What the pause holds, in order: ``breathe``, ``observe``, ``reflect``, ``discuss``."""
        return tuple(step for step in self._steps if getattr(self, step))

    @property
    def length(self) -> int:
        """How many minutes it takes, as far as the file says so."""
        held = (step.minutes for step in (self.breathe, self.discuss) if step)
        return sum(held) if self.minutes is None else self.minutes


class When(Part):
    """When a choice is offered: one thing that happened before."""

    chose: Id | None = None
    """A choice that was made on the way here."""
    visited: Id | None = None
    """A scene that was read on the way here."""


class Choice(Part):
    """One thing that a practitioner might do now."""

    id: Id
    """Names the choice in what is stored; no other choice of the case has it."""
    text: Words
    """What is done or said (Markdown, one paragraph)."""
    to: Id
    """The scene that follows."""
    opens: Words
    """What becomes possible in the relationship."""
    closes: Words
    """What goes by."""
    when: When | None = None
    """Offered only then; always, if not given."""


class Scene(Part):
    """One moment of the story, with exactly one way on: `choices`, `next`, or `end`."""

    id: Id
    """How choices name the scene."""
    title: Words | None = None
    """A heading, if it needs one."""
    minutes: Minutes | None = None
    """How long it takes to read."""
    image: Image | None = None
    """A picture beside the text."""
    audio: Recording | None = None
    """Something to listen to."""
    text: Words
    """The story (Markdown)."""
    new_information: Words | None = None
    """What was not known before (Markdown), in a panel of its own."""
    pause: Annotated[Pause | None, Translatable(at=".")] = None
    """Where to stop, after the text and before going on."""
    choices: Annotated[Annotated[tuple[Choice, ...], Field(min_length=2)] | None, Translatable(at="/choices")] = None
    """The ways on, two or more."""
    next: Id | None = None
    """The one scene that follows."""
    end: Annotated[bool, Field(strict=True)] = False
    """Whether the case ends here."""
    trainer_notes: Words | None = None
    """For whoever leads (Markdown); never on a learner's page."""

    @property
    def length(self) -> int:
        """How many minutes it takes with its pause, as far as the file says so."""
        return (self.minutes or 0) + (self.pause.length if self.pause else 0)

    def targets(self) -> tuple[str, ...]:
        """Return the ids of the scenes that can follow."""
        targets = tuple(choice.to for choice in self.choices or ())
        return (*targets, self.next) if self.next else targets
