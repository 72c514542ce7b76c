"""A session of twelve learners with a trainer, filled through the rules, as their pages would do it.

Everybody has a name, and private words that no report may hold. One shares with the trainer alone, one keeps all words,
one leaves after the first half, and three do not answer a second time.
"""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casework.activity.events import Event
from casework.activity.group import Group
from casework.activity.observe import Observe
from casework.activity.observe_ground import Ground
from casework.activity.survey import Answering
from casework.activity.walk import Walk
from casework.content import Folder

if TYPE_CHECKING:
    from casework.store import Run, Store, Visit

WORKBOOKS = Path(__file__).parents[1] / "workbooks"
NAMES = (
    *("Rosalind Quist", "Ifeoma Adeyemi", "Bao Nguyen", "Maren Solheim", "Lupita Arriaga", "Tomasz Wrona"),
    *("Ada Okonjo", "Zeynep Kaya", "Hollis Grant", "Priya Raman", "Noor Haddad", "Wilhelmina Strand"),
)
CONVENER = "Genevieve Thibodeaux"
PRIVATE = "Only I may read this"
FOR_TRAINER = "For the trainer alone"

FIRST = {
    "en": {
        "child": (
            "Somebody is about to be gone again. The boots say so before anyone does.",
            "I have hold of the laces, and as long as I have them nothing is over.",
            "It is loud, and the loud is me.",
        ),
        "parent": (
            "The clock on the stove. I am late, and everyone can hear how late I am.",
            "She does this with her. With me she is already tired.",
        ),
        "practitioner": (
            "I want it to stop, and I want to be the one who can make it stop.",
            "My lace is wet and I am thinking of the next family. I am not proud of it.",
            "I count. I have counted on every one of these stairs.",
        ),
        "relationship": ("Two goodbyes at once, and only one of them has a song.",),
    },
    "es": {
        "child": (
            "Otra vez alguien está por irse. Las botas lo dicen antes que nadie.",
            "Tengo los cordones, y mientras los tenga no se acaba nada.",
            "Hay mucho ruido, y el ruido soy yo.",
        ),
        "parent": (
            "El reloj de la estufa. Voy tarde, y todo el mundo oye qué tan tarde.",
            "Con ella hace eso. Conmigo ya está cansada.",
        ),
        "practitioner": (
            "Quiero que pare, y quiero ser yo quien logre que pare.",
            "El cordón está mojado y yo pienso en la próxima familia. No me enorgullece.",
            "Cuento. He contado en cada uno de estos escalones.",
        ),
        "relationship": ("Dos despedidas a la vez, y solo una tiene canción.",),
    },
}
LATER = {
    "en": {
        "child": (
            "A word that nobody hears right. I say it and say it, and they hand me a boot.",
            "Perhaps she is calling someone who is not in the room.",
        ),
        "parent": (
            "She let us be wrong for six weeks. What did it cost her to tell us?",
            "Three notes at twenty to four, and she does not pick up. She is saying goodbye too.",
            "Every week a woman leaves and she stays with the crying. Then she leaves, and another stays.",
        ),
        "practitioner": (
            "I taught a child a word for my shoe, and it was somebody's name.",
            "I was so sure of what I heard.",
        ),
        "relationship": (
            "The crying is not at the door. It is between all of them, and it goes back to a telephone.",
            "What I cannot bear about leaving, she cannot bear either. We could say so.",
        ),
    },
    "es": {
        "child": (
            "Una palabra que nadie oye bien. La digo y la digo, y me dan una bota.",
            "Quizá llama a alguien que no está en el cuarto.",
        ),
        "parent": (
            "Nos dejó equivocarnos seis semanas. ¿Qué le costó decírnoslo?",
            "Tres notas a las cuatro menos veinte, y no contesta. Ella también se despide.",
            "Cada semana una mujer se va y ella se queda con el llanto. Después se va ella, y se queda otra.",
        ),
        "practitioner": (
            "Le enseñé a una niña una palabra para mi zapato, y era el nombre de alguien.",
            "Estaba tan segura de lo que oía.",
        ),
        "relationship": (
            "El llanto no está en la puerta. Está entre todas, y viene desde un teléfono.",
            "Lo que yo no soporto de irme, ella tampoco lo soporta. Podríamos decirlo.",
        ),
    },
}
NOTICED = {
    "en": (
        "My shoulders are up.",
        "The pink slippers, toes to the wall.",
        "How wet everything is.",
        "I held my breath.",
    ),
    "es": (
        "Tengo los hombros arriba.",
        "Las pantuflas rosadas, contra la pared.",
        "Qué mojado está todo.",
        "No respiré.",
    ),
}


@dataclass
class Twelve:
    """Fills a store with a session of twelve, and remembers who they are."""

    store: Store
    language: str = "en"
    seed: int = 1
    people: int = 12
    floor: int = 5
    after: Twelve | None = None
    """The session that this one goes on from, with the same trainer; all but two come again."""
    run: Run = field(init=False)
    trainer: Visit = field(init=False)
    visits: list[Visit] = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.at = datetime(2026, 3, 5, 14, tzinfo=UTC)
        self.folder = Folder(WORKBOOKS)
        self.case = self.folder.find_case("first-goodbye", self.language)
        before = self.after.run if self.after else None
        self.run = self.store.open_group_run("the-first-goodbye", convener=CONVENER, floor=self.floor, continues=before)
        leads = self.after.trainer.learner_id if self.after else self.store.register_device().learner_id
        self.trainer = self.store.record_visit(leads, "trainer", self.run.id)
        names = [NAMES[number % len(NAMES)] for number in range(self.people)]
        known = [visit.learner_id for visit in self.after.visits[:-2]] if self.after else []
        known += [self.store.register_device().learner_id for _ in range(self.people - len(known))]
        self.visits = [self.store.join_run(self.run, who, name) for who, name in zip(known, names, strict=False)]
        self.group = Group(CONVENER)

    def fill(self) -> Twelve:
        """Let the whole session happen."""
        self.lead()
        for number, visit in enumerate(self.visits):
            self.walk(number, visit)
            self.survey("how-i-work", "before", number, visit)
            if number != 10:
                self.observe(number, visit)
            if number < 9:
                self.survey("how-i-work", "after", number, visit)
            self.survey("our-program", None, number, visit)
        for form in ("notice", "wonder", "wonder-again"):
            self.acts("reveal", self.case.id, form=form)
        self.acts("reveal", "first-goodbye/at-the-door/being-together", form="coding")
        self.acts("reveal", "how-i-work/before", form="survey")
        self.acts("reveal", "how-i-work/after", form="survey")
        self.acts("reveal", "our-program", form="survey")
        return self

    def new_id(self) -> str:
        return uuid.UUID(int=self.random.getrandbits(128)).hex

    def acts(self, kind: str, about: str, **body: Any) -> None:
        self.at += timedelta(seconds=20)
        self.store.append(self.trainer, self.run, Event(self.new_id(), kind, about, self.at, body))

    def does(self, visit: Visit, rules: Any, state: Any, do: str, **body: Any) -> tuple[Any, str]:
        """Let somebody do something, as their page would, and return their state after it."""
        self.at += timedelta(seconds=7)
        event = rules.decide(state, {"id": self.new_id(), "do": do, **body}, self.at, self.group)
        self.store.append(visit, self.run, event)
        return rules.apply(state, event), event.id

    def lead(self) -> None:
        rules, state = Walk(self.case), Walk(self.case).start()
        while not rules.at_end(state):
            deed = self._next(rules, state)
            event = rules.decide(state, {"id": self.new_id(), **deed}, self.at)
            state = rules.apply(state, event)
            self.acts("lead", self.case.id, do="move", place="walk:first-goodbye", deed=deed)

    def _next(self, rules: Walk, state: Any) -> dict[str, Any]:
        if not state.way:
            return {"do": "start"}
        if choices := rules.open_choices(state):
            return {"do": "choose", "scene": state.here, "choice": self.random.choice(choices).id}
        return {"do": "go_on", "scene": state.here, "step": state.step}

    def walk(self, number: int, visit: Visit) -> None:
        rules, state = Walk(self.case), Walk(self.case).start()
        while not rules.at_end(state):
            if state.step == "pause":
                state = self._reflect(number, visit, rules, state)
            deed = self._next(rules, state)
            state, _ = self.does(visit, rules, state, **deed)

    def _reflect(self, number: int, visit: Visit, rules: Walk, state: Any) -> Any:
        scene = next(scene for scene in self.case.scenes if scene.id == state.here)
        for prompt in scene.pause.reflect:
            if number == 9 and prompt.again:
                continue  # left after the first half
            written = []
            for view in prompt.perspectives or ("",):
                if text := self._text(number, prompt, view):
                    state, event = self.does(
                        visit, rules, state, "write", prompt=prompt.id, perspective=view, text=text
                    )
                    written.append(event)
            if written and prompt.share != "private":
                audience = self._audience(number)
                events = [] if audience == "private" else written
                state, _ = self.does(visit, rules, state, "share", form=prompt.id, audience=audience, events=events)
        return state

    def _text(self, number: int, prompt: Any, view: str) -> str:
        if number == 11 or prompt.share == "private":
            return f"{PRIVATE} ({number}, {prompt.id}, {view})"
        if number == 3:
            return f"{FOR_TRAINER} ({prompt.id}, {view})"
        if view:
            words = (LATER if prompt.again else FIRST)[self.language].get(view, ())
            often = {"child": 0.8, "parent": 0.45, "practitioner": 0.9, "relationship": 0.2}
            later = {"child": 0.8, "parent": 0.95, "practitioner": 0.75, "relationship": 0.75}
            likely = (later if prompt.again else often).get(view, 0.5)
            return self.random.choice(words) if words and self.random.random() < likely else ""
        return self.random.choice(NOTICED[self.language])

    def _open(self, number: int, item: Any) -> str:
        if item.private:
            return f"{PRIVATE} ({number}, {item.id})"
        return f"{FOR_TRAINER} ({item.id})" if number == 3 else self.random.choice(NOTICED[self.language])

    def _audience(self, number: int) -> str:
        return {11: "private", 3: "trainer"}.get(number, "group_unnamed")

    def survey(self, name: str, round_id: str | None, number: int, visit: Visit) -> None:
        survey = self.folder.find_survey(name, self.language)
        rules, scales = Answering(survey, round_id), {scale.id: scale for scale in survey.scales}
        state = rules.start()
        person = random.Random(f"{number} {name}")
        for item in survey.items:
            level = person.choice([2, 3, 3, 4]) + (self.random.choice([0, 0, 1]) if round_id == "after" else 0)
            if item.kind == "rated":
                scale = scales[item.scale]
                value = min(scale.highest, max(scale.lowest, level + self.random.choice([-1, 0, 0, 0])))
                state, _ = self.does(visit, rules, state, "answer", item=item.id, value=value)
            elif item.kind == "open":
                text = self._open(number, item)
                state, _ = self.does(visit, rules, state, "write", prompt=item.id, perspective="", text=text)
        state, _ = self.does(visit, rules, state, "finish")
        audience = "trainer" if number == 3 else "group_unnamed"
        events = rules.shareable(state)
        self.does(visit, rules, state, "share", form="survey", audience=audience, events=events)

    def observe(self, number: int, visit: Visit) -> None:
        checklist = self.folder.find_checklist("being-together", self.language)
        moment = self.case.find_moment("at-the-door")
        rules = Observe(Ground("first-goodbye/at-the-door", moment.title, moment), checklist)
        state = rules.start()
        state, _ = self.does(visit, rules, state, "begin")
        seen = random.Random(f"{self.seed} what there is to see")
        for beat in range(len(moment.beats)):
            state, _ = self.does(visit, rules, state, "at_beat", beat=beat)
            for item in checklist.items:
                if item.kind == "point" and seen.random() < 0.12 and self.random.random() < 0.8:
                    clock = beat * 10 + self.random.random()
                    state, _ = self.does(visit, rules, state, "mark", item=item.id, beat=beat, clock=clock)
        state, _ = self.does(visit, rules, state, "finish")
        audience = self._audience(number)
        events = [] if audience == "private" else state.events()
        self.does(visit, rules, state, "share", form="coding", audience=audience, events=events)
