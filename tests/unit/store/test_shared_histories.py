"""Who may read what others gave: over random histories, exactly what a naive reading of them allows."""

from __future__ import annotations

import io
import json
import logging
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.activity.events import Event
from casework.activity.seeing import Given, card_of
from casework.store import open_store
from casework.store.exports import export

PEOPLE, FORMS, SIGHTS = range(7), ("notice", "body"), ("child", "parent")
AUDIENCES = ("private", "trainer", "group_unnamed", "group_named")
WHO, FORM, SIGHT = st.sampled_from(PEOPLE), st.sampled_from(FORMS), st.sampled_from(SIGHTS)
STEPS = st.one_of(
    st.tuples(st.just("write"), WHO, FORM, SIGHT),
    st.tuples(
        st.just("share"),
        WHO,
        FORM,
        st.sampled_from([*AUDIENCES, "group_unnamed"]),
        st.sampled_from(["latest", "latest", "first", "all", "others", "missing", "future"]),
    ),
    st.tuples(st.just("everyone"), FORM, SIGHT, st.integers(2, 7)),
    st.tuples(st.just("reveal"), FORM),
    st.tuples(st.just("undo"), st.sampled_from(["last", "last", "any"])),
    st.tuples(st.just("close")),
    st.tuples(st.just("hold"), FORM, st.booleans()),
    st.tuples(st.just("hide"), WHO, FORM, SIGHT, st.booleans()),
    st.tuples(st.sampled_from(["step_out", "decline", "take"]), WHO, FORM),
)
BEGUN = st.lists(st.tuples(st.just("everyone"), FORM, SIGHT, st.integers(3, 7)), min_size=1, max_size=3)
LED = st.lists(
    st.one_of(
        st.tuples(st.just("reveal"), FORM), st.tuples(st.just("undo"), st.just("last")), st.tuples(st.just("close"))
    ),
    max_size=4,
)
PUBLIC = {"reveal", "close", "hide"}


class History:
    """What is done in the store, and a plain list of it."""

    def __init__(self, store, run, trainer, learners, secret):
        self.store, self.run, self.trainer, self.learners, self.secret = store, run, trainer, learners, secret
        self.done = []

    def play(self, kind, *how):
        match kind:
            case "everyone":
                form, sight, people = how
                for who in PEOPLE[:people]:
                    self.play("write", who, form, sight)
                    self.play("share", who, form, "group_unnamed", "latest")
            case "write":
                text = f"Private words {len(self.done)}"
                self.acts(kind, how[0], prompt=how[1], perspective=how[2], text=text)
            case "share":
                who, form, audience, which = how
                self.acts(kind, who, form=form, audience=audience, events=self.chosen(who, form, which))
            case "undo":
                self.undoes(how[0])
            case "reveal":
                self.leads(kind, "reveal", form=how[0])
            case "close":
                self.leads("lead", kind, place="walk:small")
            case "hold":
                self.leads("lead", kind, form=how[0], on=how[1])
            case "hide":
                self.leads("lead", kind, card=self.card(*how[:3]), hidden=how[3])
            case _:
                self.acts(kind, how[0], prompt=how[1], perspective="child")

    def acts(self, kind, who, /, **body):
        self.add(self.learners[who], kind, body, who=who)

    def leads(self, kind, do, /, **body):
        self.add(self.trainer, kind, body if kind == "reveal" else {"do": do, **body}, do=do)

    def add(self, visit, kind, body, **more):
        event_id = f"{len(self.done):032x}"
        event = Event(event_id, kind, "small", datetime.now(UTC), body, body.get("audience", "private"))
        self.store.append(visit, self.run, event)
        self.done.append({"id": event_id, "kind": kind, "body": body, **more})

    def undoes(self, which):
        acts = [step for step in self.done if step.get("do") in PUBLIC]
        standing = self.standing()
        if acts:
            public = [step for step in standing if step["do"] in PUBLIC]
            act = (public or acts)[-1] if which == "last" else acts[0]
            self.leads("lead", "undo", act=act["id"], kind=act["kind"], undone=act["body"])

    def written(self, who=None):
        return [step for step in self.done if step["kind"] == "write" and who in {None, step["who"]}]

    def chosen(self, who, form, which):
        own = [step["id"] for step in self.written(who) if step["body"]["prompt"] == form]
        match which:
            case "others":  # a hostile page names what another wrote
                return [step["id"] for step in self.written() if step["who"] != who]
            case "missing":
                hidden = [step["id"] for step in self.done if step["kind"] in {"take", "step_out", "decline"}]
                return ["f" * 32, *hidden]
            case "future":  # or what is not written yet
                return [*own, *(f"{len(self.done) + ahead:032x}" for ahead in range(1, 9))]
        return {"latest": own[-1:], "first": own[:1], "all": own}[which]

    def card(self, who, form, sight):
        author, body = self.learners[who].learner_id, {"prompt": form, "perspective": sight}
        return card_of(self.secret, Given(author, "small", form, "", "group_unnamed", "", "write", body=body))

    # -- a naive reading --------------------------------------------------------------------------

    def standing(self):
        """Return what the trainer did and did not take back."""
        acts = []
        for step in self.done:
            if step.get("do") == "undo":
                public = [act for act in acts if act["do"] in PUBLIC]
                if public and public[-1]["id"] == step["body"]["act"]:
                    acts.remove(public[-1])
            elif "do" in step:
                acts.append(step)
        return acts

    def lasting(self, until):
        """Return what everyone gave, as they said last, before a step."""
        shares = {}
        for number, step in enumerate(self.done[:until]):
            if step["kind"] == "share":
                shares[step["who"], step["body"]["form"]] = number, step["body"]
        return [
            (who, form, body["audience"], step)
            for (who, form), (number, body) in shares.items()
            for step in self.done[:number]
            if step["kind"] == "write" and step["who"] == who and step["id"] in body["events"]
        ]

    def ready(self, floor):
        """Return what is unnamed and can be shown: from as many as the floor says, and later in threes."""
        shown = set()
        for until, step in enumerate(self.done, start=1):
            if step["kind"] != "share":
                continue
            now = {
                (form, one["body"]["prompt"], one["body"]["perspective"], who, one["id"])
                for who, form, audience, one in self.lasting(until)
                if audience == "group_unnamed"
            }
            shown &= now
            for cell in {each[:3] for each in now}:
                everyone = {each for each in now if each[:3] == cell}
                fresh, enough = everyone - shown, 3 if everyone & shown else floor
                if len({each[3] for each in everyone}) >= floor and len({each[3] for each in fresh}) >= enough:
                    shown |= fresh
        return shown

    def allowed(self, *, trainer, floor):
        """Say naively what may be seen: for each author and form, the last share, and what it names."""
        seen, ready, acts = Counter(), self.ready(floor), self.standing()
        given = self.lasting(len(self.done))
        for who, form, audience, step in given:
            body = step["body"]
            revealed = any(act["do"] == "reveal" and act["body"]["form"] == form for act in acts)
            cell = form, body["prompt"], body["perspective"]
            crowd = {
                other
                for other, its_form, its_audience, one in given
                if its_audience == "group_unnamed"
                and (its_form, one["body"]["prompt"], one["body"]["perspective"]) == cell
            }
            if audience == "private" or (not trainer and (audience == "trainer" or not revealed)):
                continue
            if audience == "group_unnamed" and (len(crowd) < floor or (*cell, who, step["id"]) not in ready):
                continue
            if not trainer and (self.is_held(acts, form) or self.is_hidden(acts, who, form, step, audience)):
                continue
            known = "named" if audience == "group_named" else "veiled"
            if audience == "group_unnamed" and not revealed:
                known = "unknown"
            seen[form, body["text"], known, f"Name {who}" if known == "named" else None, audience] += 1
        return seen

    def is_held(self, acts, form):
        holds = [act["body"]["on"] for act in acts if act["do"] == "hold" and act["body"]["form"] == form]
        return bool(holds) and holds[-1]

    def is_hidden(self, acts, who, form, step, audience):
        if step["body"]["prompt"] != form or audience != "group_unnamed":
            return False
        card = self.card(who, form, step["body"]["perspective"])
        hides = [act["body"]["hidden"] for act in acts if act["do"] == "hide" and act["body"]["card"] == card]
        return bool(hides) and hides[-1]


def told(shared):
    known = {None: "unknown"}
    return Counter(
        (
            each.form,
            each.body["text"],
            "named" if each.audience == "group_named" else known.get(each.author, "veiled"),
            each.name,
            each.audience,
        )
        for each in shared
    )


@given(begun=BEGUN, steps=st.lists(STEPS, max_size=25), led=LED, floor=st.sampled_from([3, 4, 5]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_each_reader_sees_exactly_what_may_be_seen(begun, steps, led, floor):
    store = open_store("sqlite://")
    heard = []
    catcher = logging.Handler(0)
    catcher.emit = lambda record: heard.append(record.getMessage())
    logging.getLogger().addHandler(catcher)
    run = store.open_group_run("wb", convener="Ana", floor=floor)
    trainer = store.record_visit(store.register_device().learner_id, "trainer", run.id)
    learners = [store.join_run(run, store.register_device().learner_id, f"Name {number}") for number in PEOPLE]
    screen = store.record_visit(trainer.learner_id, "screen", run.id)
    other_run = store.open_group_run("wb", convener="Luz", floor=3)
    stranger = store.record_visit(store.register_device().learner_id, "trainer", other_run.id)
    with store._reading() as db:
        secret = db.execute(sa.text("SELECT secret FROM runs WHERE id = :id"), {"id": run.id}).scalar_one()

    history = History(store, run, trainer, learners, secret)
    for step in [*begun, *steps, *led]:
        history.play(*step)

    for_group, for_trainer = (history.allowed(trainer=leads, floor=floor) for leads in (False, True))
    for person, learner in enumerate(learners):
        own = [event.id for _, event in store.events(learner, run)]
        assert own == [step["id"] for step in history.done if step.get("who") == person]
        assert told(store.shared(learner, run)) == for_group
    assert told(store.shared(screen, run)) == for_group
    assert told(store.shared(trainer, run)) == for_trainer
    assert store.shared(stranger, run) == store.shared(trainer, other_run) == []
    assert_unlinked(store.shared(trainer, run), learners)
    assert_exported(store, trainer, run, for_trainer)
    assert "Private words" not in "\n".join(heard)
    logging.getLogger().removeHandler(catcher)
    store.close()


def assert_exported(store, trainer, run, allowed):
    """Assert that a trainer's files hold what the trainer may see: no more, and no less."""
    texts = {text for _, text, *_ in allowed}
    for form in ("csv", "json", "xlsx"):
        whole = read(export(store, trainer, run, form))
        assert set(re.findall(r"Private words \d+", whole)) == texts


def read(data):
    """Return every byte of a file as text, unpacked if it is packed."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist())


def assert_unlinked(shared, learners):
    """Assert that no pseudonym or id is met in two forms or under two audiences, and none is a learner's own."""
    places = {}
    for each in shared:
        for name in filter(None, (each.author, each.id)):
            assert places.setdefault(name, (each.form, each.audience)) == (each.form, each.audience)
    names = json.dumps([[each.author, each.id] for each in shared])
    assert not any(learner.learner_id in names for learner in learners)
