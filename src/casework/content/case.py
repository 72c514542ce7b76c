"""A case: people, a story in scenes, moments to observe."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Protocol, Self, TypeVar

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from casework.content.document import Document, Id, Minutes, Name, Part, Source, Text, Words
from casework.content.moment import Moment
from casework.content.nearest import suggest
from casework.content.people import Person, Tie
from casework.content.perspective import Perspective
from casework.content.problem import Finding
from casework.content.remarks import find_remarks
from casework.content.rules import find_case_faults
from casework.content.scene import Prompt, Scene
from casework.errors import ContentError


class Support(Part):
    """Somebody a learner can turn to when the case comes close."""

    name: Words
    """A person or a service."""
    contact: Name
    """How to reach them."""


def _look_up(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401  whatever stands in the file
    """Put the perspective in the place of its id; the loader brings those it knows as context."""
    if not isinstance(value, str):
        return value
    known: Mapping[str, Perspective] = (info.context or {}).get("perspectives", {})
    if value in known:
        return known[value]
    raise PydanticCustomError("unknown_perspective", "unknown perspective", {"known": list(known)})


def _bequeath(scene: Scene, heirs: Mapping[int, tuple[str, ...]]) -> Scene:
    if scene.pause is None or not any(id(prompt) in heirs for prompt in scene.pause.reflect):
        return scene
    reflect = tuple(
        prompt.model_copy(update={"perspectives": heirs[id(prompt)]}) if id(prompt) in heirs else prompt
        for prompt in scene.pause.reflect
    )
    return scene.model_copy(update={"pause": scene.pause.model_copy(update={"reflect": reflect})})


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


class Case(Document):
    """One authored case study."""

    kind: ClassVar[str] = "case"
    folder: ClassVar[str] = "cases"

    summary: Words
    """What it is about (Markdown, one paragraph)."""
    setting: Text
    """Where the work takes place, such as ``home-visiting``."""
    minutes: Minutes
    """How long the whole takes."""
    content_note: Words
    """What may come close (Markdown); shown before the start."""
    objectives: tuple[Words, ...] = ()
    """What a learner may take away."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """What the case rests on."""
    people: tuple[Person, ...] = ()
    """Who is in it."""
    ties: tuple[Tie, ...] = ()
    """What is between them, for a relationship map."""
    perspectives: tuple[
        Annotated[Perspective, BeforeValidator(_look_up, json_schema_input_type=Id | Perspective)], ...
    ] = ()
    """Those that the prompts may ask for; in the file, ids of shared ones or perspectives of its own."""
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1, max_length=500)]
    """The story; it begins with the first."""
    moments: tuple[Moment, ...] = ()
    """What can be observed."""
    support: tuple[Support, ...] = ()
    """Whom to turn to."""
    trainer_notes: Words | None = None
    """For whoever leads (Markdown); never on a learner's page."""

    @model_validator(mode="after")
    def _inherit_perspectives(self) -> Self:
        """Give a prompt that asks again the perspectives of the first, unless it names its own."""
        first = {prompt.id: prompt.perspectives for _, prompt in self.prompts() if prompt.again is None}
        heirs = {
            id(prompt): first[prompt.again]
            for _, prompt in self.prompts()
            if prompt.again in first and "perspectives" not in prompt.model_fields_set
        }
        if heirs:
            # A frozen model is still being made here; nobody has seen it yet.
            object.__setattr__(self, "scenes", tuple(_bequeath(scene, heirs) for scene in self.scenes))
        return self

    def find_faults(self) -> Iterator[Finding]:
        """Yield what is wrong with the way through the scenes, and with what names something else."""
        return find_case_faults(self)

    def find_remarks(self, *, sound: bool) -> Iterator[Finding]:
        """Yield what was hardly meant, and how many ways there are."""
        return find_remarks(self, sound=sound)

    def prompts(self) -> Iterator[tuple[Scene, Prompt]]:
        """Yield each prompt with its scene, in the order of the file."""
        for scene in self.scenes:
            for prompt in scene.pause.reflect if scene.pause else ():
                yield scene, prompt

    def find_scene(self, scene_id: str) -> Scene:
        """Return the scene of an id, or raise `ContentError`."""
        return self._find("scene", scene_id, self.scenes)

    def find_moment(self, moment_id: str) -> Moment:
        """Return the moment of an id, or raise `ContentError`."""
        return self._find("moment", moment_id, self.moments)

    def find_prompt(self, prompt_id: str) -> Prompt:
        """Return the prompt of an id, or raise `ContentError`."""
        return self._find("prompt", prompt_id, [prompt for _, prompt in self.prompts()])

    def find_perspective(self, perspective_id: str) -> Perspective:
        """Return the perspective of an id, or raise `ContentError`."""
        return self._find("perspective", perspective_id, self.perspectives)

    def _find(self, kind: str, wanted: str, among: Sequence[_N]) -> _N:
        for found in among:
            if found.id == wanted:
                return found
        remedy = suggest(wanted, [each.id for each in among])
        raise ContentError(f"The case '{self.id}' has no {kind} '{wanted}'; {remedy}.")
