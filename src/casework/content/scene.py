"""A scene, and what one does in it."""

from typing import Annotated, Literal

from pydantic import Field

from casework.content.document import Id, Minutes, Part, Text, Translatable, Words


class Image(Part):
    """A picture beside a scene."""

    file: Text
    """Where it lies, from the folder of the case file."""
    alt: Words
    """What it shows, for those who do not see it."""


class Prompt(Part):
    """What asks for words."""

    id: Id
    """Names the prompt in what is stored; no other prompt of the case has it."""
    prompt: Words
    """The question (Markdown, one paragraph)."""
    perspectives: tuple[Id, ...] = ()
    """One field for each; none means a single field without a perspective."""
    share: Literal["device", "private", "trainer", "group_unnamed", "group_named"] = "private"
    """The widest audience that is offered."""
    again: Id | None = None
    """The earlier prompt that this one asks again, now that more is known."""


class Pause(Part):
    """A place to stop in a scene."""

    minutes: Minutes | None = None
    """How long a group stays here."""
    reflect: Annotated[tuple[Prompt, ...], Field(min_length=1), Translatable(at="/prompts")]
    """What to write about."""


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

    def targets(self) -> tuple[str, ...]:
        """Return the ids of the scenes that can follow."""
        targets = tuple(choice.to for choice in self.choices or ())
        return (*targets, self.next) if self.next else targets
