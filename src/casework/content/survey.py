"""Questions to answer: a needs survey, a self-assessment, a before and after, a planner."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casework.content.document import Document, Id, Label, Minutes, Part, Share, Source, Word, Words
from casework.content.nearest import offer, suggest
from casework.content.needs import Needs, find_unmet_needs
from casework.content.problem import Finding, Place
from casework.content.scale import Scale, find_scale_faults

_NEEDS: Needs = {
    "rated": (("scale",), ("reverse",)),
    "single": (("options",), ()),
    "multiple": (("options",), ()),
    "open": ((), ()),
    "date": ((), ()),
    "person": ((), ()),
    "sort": (("options",), ("piles",)),
    "plan": (("columns",), ()),
}


class Option(Part):
    """Something to choose, a card to sort, a pile to sort into, or a column of a plan."""

    id: Id
    """Names it in what is stored."""
    text: Label
    """The words that are shown."""


Options = Annotated[tuple[Option, ...], Field(min_length=2, max_length=60)]
"""Two options or more."""


class Relevant(Part):
    """When an item is asked: after one answer to an earlier item."""

    item: Id
    """The earlier item."""
    is_: Annotated[Word, Field(alias="is")]
    """The id of the option that was chosen, or the number that was given."""


class SurveyItem(Part):
    """One question."""

    id: Id
    """Names the item in what is stored."""
    text: Words
    """The question (Markdown, one paragraph)."""
    kind: Literal["rated", "single", "multiple", "open", "date", "person", "sort", "plan"]
    """How it is answered."""
    hint: Words | None = None
    """What helps to answer it."""
    private: Annotated[bool, Field(strict=True)] = False
    """Whether it stays with whoever answers it, even where the form is shared."""
    spread_only: Annotated[bool, Field(strict=True)] = False
    """Whether reports only ever say how many answered what, as for strain and burnout: never what one person did."""
    relevant: Relevant | None = None
    """Asked only then; always, if not given."""
    scale: Id | None = None
    """The scale that it is rated on, one of those under 'scales'."""
    reverse: Annotated[bool, Field(strict=True)] = False
    """Whether a high number means little of what the subscale is about."""
    options: Options | None = None
    """What there is to choose or to sort."""
    piles: Options | None = None
    """What to sort into; without them the options are put in an order."""
    columns: Annotated[tuple[Option, ...], Field(min_length=1, max_length=8)] | None = None
    """What each step of the plan says, such as what, with whom, by when."""


class Subscale(Part):
    """Rated items that are looked at together."""

    id: Id
    """Names the subscale in reports."""
    name: Words
    """What people call it."""
    items: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The rated items that belong to it."""
    method: Literal["mean", "sum"] = "mean"
    """How their numbers become one."""


class Page(Part):
    """Items that are shown together."""

    id: Id
    """Names the page within the file."""
    title: Words | None = None
    """A heading, if it needs one."""
    introduction: Words | None = None
    """What stands before the items (Markdown)."""
    begins: Id
    """The first item on the page; those that follow it are on the page, too."""


class Survey(Document):
    """A file of items to answer."""

    kind: ClassVar[str] = "survey"
    folder: ClassVar[str] = "surveys"

    summary: Words
    """What the survey is for, and who will see the answers."""
    minutes: Minutes | None = None
    """How long it takes."""
    share: Share = "private"
    """The widest audience that is offered for the whole form."""
    spread_only: Annotated[bool, Field(strict=True)] = False
    """Whether every rated item is 'spread_only', as for what a team says of its program."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """What it rests on."""
    scales: tuple[Scale, ...] = ()
    """What rated items are rated on."""
    items: Annotated[tuple[SurveyItem, ...], Field(min_length=1, max_length=300)]
    """In the order in which they are asked."""
    pages: tuple[Page, ...] = ()
    """How the items are divided; all on one page, if not given."""
    subscales: tuple[Subscale, ...] = ()
    """What the rated items add up to."""
    trainer_notes: Words | None = None
    """For whoever leads (Markdown); never on a learner's page."""

    def find_faults(self) -> Iterator[Finding]:
        """Yield what is wrong with the items, and with what names them."""
        yield from find_unmet_needs(self.items, _NEEDS)
        yield from find_scale_faults(self.scales, self.items)
        earlier: dict[str, SurveyItem] = {}
        for index, item in enumerate(self.items):
            if item.relevant is not None:
                yield from self._check_relevant(("items", index, "relevant"), item.relevant, earlier)
            earlier[item.id] = item
        yield from self._check_pages()
        yield from self._check_subscales()

    def _check_relevant(self, place: Place, relevant: Relevant, earlier: dict[str, SurveyItem]) -> Iterator[Finding]:
        """See that the earlier item is there, and that it can have this answer."""
        item = earlier.get(relevant.item)
        if item is None:
            remedy = suggest(relevant.item, earlier, otherwise="put it behind the item that decides")
            yield Finding((*place, "item"), f"no earlier item has the id '{relevant.item}'", remedy)
            return
        answers = self._answers(item)
        if item.kind not in {"rated", "single", "multiple"}:
            message = f"an item of the kind '{item.kind}' cannot decide what is asked"
            yield Finding((*place, "item"), message, "name an item of the kind rated, single or multiple")
        elif answers and relevant.is_ not in answers:
            message = f"'{relevant.is_}' is no answer to '{item.id}', so that this item is never asked"
            yield Finding((*place, "is"), message, offer(answers))

    def _answers(self, item: SurveyItem) -> list[str]:
        if item.kind == "rated":
            scale = next((scale for scale in self.scales if scale.id == item.scale), None)
            return [str(mark) for mark in range(scale.lowest, scale.highest + 1)] if scale else []
        return list(dict.fromkeys(option.id for option in item.options or ()))

    def _check_pages(self) -> Iterator[Finding]:
        order = {item.id: index for index, item in enumerate(self.items)}
        for index, page in enumerate(self.pages):
            if page.begins not in order:
                message = f"no item has the id '{page.begins}'"
                yield Finding(("pages", index, "begins"), message, suggest(page.begins, order))
        first = self.items[0].id
        if self.pages and self.pages[0].begins != first and self.pages[0].begins in order:
            message = "the items before it are on no page"
            yield Finding(("pages", 0, "begins"), message, f"let the first page begin with '{first}'")
        starts = [(index, order[page.begins]) for index, page in enumerate(self.pages) if page.begins in order]
        for (_, before), (index, start) in pairwise(starts):
            if start <= before:
                yield Finding(
                    ("pages", index, "begins"), "it begins before the page above it", "put the pages in order"
                )

    def _check_subscales(self) -> Iterator[Finding]:
        kinds = {item.id: item.kind for item in self.items}
        rated = [name for name, kind in kinds.items() if kind == "rated"]
        for index, subscale in enumerate(self.subscales):
            for position, name in enumerate(subscale.items):
                place = ("subscales", index, "items", position)
                if name not in kinds:
                    yield Finding(place, f"no item has the id '{name}'", suggest(name, rated))
                elif kinds[name] != "rated":
                    yield Finding(place, f"the item '{name}' is not rated", suggest(name, rated))
                elif name in subscale.items[:position]:
                    yield Finding(place, f"the item '{name}' is named twice", "take one out")
