"""Who may read what others gave: by example, and, over random histories, exactly what a naive reading allows."""

from __future__ import annotations

import itertools
import json
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.activity.events import Event
from casework.errors import StoreError
from casework.store import Visit, open_store


def texts(shared):
    return sorted(event.body["text"] for event in shared)


@pytest.fixture
def full(store, people):
    """Return a group of six, five of whom shared something unnamed."""
    run, trainer = people.group(store)
    learners = [people.joins(store, run, f"Name {number}") for number in range(6)]
    for number, learner in enumerate(learners[:5]):
        people.shares(store, learner, run, "group_unnamed", people.writes(store, learner, run, f"Words {number}"))
    return run, trainer, learners


def test_nobody_sees_what_was_not_shared(store, people):
    run, trainer = people.group(store)
    author, other = people.joins(store, run), people.joins(store, run)
    people.writes(store, author, run)

    assert store.shared(trainer, run) == store.shared(other, run) == []


def test_the_group_sees_nothing_before_it_is_revealed(store, people, full):
    run, trainer, [*_, other] = full

    assert store.shared(other, run) == []
    people.reveals(store, trainer, run)
    assert texts(store.shared(other, run)) == [f"Words {number}" for number in range(5)]


def test_the_trainer_sees_unnamed_words_without_an_author_before_they_are_revealed(store, people, full):
    run, trainer, _ = full

    before = store.shared(trainer, run)
    people.reveals(store, trainer, run)
    after = store.shared(trainer, run)

    assert {event.author for event in before} == {None}
    assert len({event.author for event in after}) == 5
    assert texts(before) == texts(after)


def test_below_the_floor_there_are_only_counts(store, people, full):
    run, trainer, learners = full
    people.shares(store, learners[0], run, "private")
    people.reveals(store, trainer, run)

    assert store.shared(trainer, run) == store.shared(learners[1], run) == []
    told = [(tally.cell, tally.audience, tally.people) for tally in store.tallies(trainer, run)]
    assert told == [("", "private", 1), ("notice/child", "group_unnamed", 4)]
    assert store.tallies(learners[1], run) == []


def test_one_person_who_shares_much_does_not_fill_the_floor(store, people):
    run, trainer = people.group(store, floor=3)
    learners = [people.joins(store, run) for _ in range(2)]
    for learner in learners:
        written = [people.writes(store, learner, run, f"Words {number}") for number in range(3)]
        people.shares(store, learner, run, "group_unnamed", *written)

    assert store.shared(trainer, run) == []


def test_what_is_written_after_sharing_is_not_shared(store, people):
    run, trainer = people.group(store)
    author = people.joins(store, run)
    people.shares(store, author, run, "trainer", people.writes(store, author, run, "Then."))
    people.writes(store, author, run, "Now.")

    assert texts(store.shared(trainer, run)) == ["Then."]


def test_the_latest_share_governs_what_was_shared_before(store, people):
    run, trainer = people.group(store)
    author = people.joins(store, run)
    first, later = people.writes(store, author, run, "First."), people.writes(store, author, run, "Later.")
    people.shares(store, author, run, "trainer", first)
    people.shares(store, author, run, "trainer", later)

    assert texts(store.shared(trainer, run)) == ["Later."]
    people.shares(store, author, run, "private")
    assert store.shared(trainer, run) == []


def test_a_name_is_seen_only_with_what_was_shared_with_it(store, people):
    run, trainer = people.group(store)
    author = people.joins(store, run, "  Luz\x00 \n Mar\u202e ")
    written = people.writes(store, author, run)
    people.shares(store, author, run, "trainer", written)
    before = store.shared(trainer, run)
    people.shares(store, author, run, "group_named", written)
    after = store.shared(trainer, run)

    assert [event.name for event in before] == [None]
    assert [event.name for event in after] == ["Luz Mar"]
    assert before[0].author != after[0].author
    assert before[0].id != after[0].id


def test_a_pseudonym_holds_for_one_form_alone(store, people):
    run, trainer = people.group(store, floor=3)
    for _ in range(3):
        learner = people.joins(store, run)
        for form in ("notice", "body"):
            people.shares(
                store, learner, run, "group_unnamed", people.writes(store, learner, run, prompt=form), form=form
            )
    for form in ("notice", "body"):
        people.reveals(store, trainer, run, form)

    authors = [event.author for event in store.shared(trainer, run)]

    assert len(set(authors)) == 6


def test_a_cell_is_revealed_alone_or_with_its_form(store, people):
    run, trainer = people.group(store, floor=3)
    reader = people.joins(store, run)
    for _ in range(3):
        learner = people.joins(store, run)
        both = [people.writes(store, learner, run, who, perspective=who) for who in ("child", "parent")]
        people.shares(store, learner, run, "group_unnamed", *both)

    people.reveals(store, trainer, run, cell="notice/parent")
    assert texts(store.shared(reader, run)) == ["parent"] * 3
    people.reveals(store, trainer, run)
    assert texts(store.shared(reader, run)) == ["child"] * 3 + ["parent"] * 3


def test_the_order_tells_nothing_of_who_came_when(store, people):
    run, trainer = people.group(store, floor=3)
    written = []
    for number in range(12):
        learner = people.joins(store, run)
        written.append(people.writes(store, learner, run, f"Words {number:02}"))
        people.shares(store, learner, run, "group_unnamed", written[-1])

    shown = [event.body["text"] for event in store.shared(trainer, run)]

    assert shown != [event.body["text"] for event in written]
    assert shown == [event.body["text"] for event in store.shared(trainer, run)]


def test_the_trainer_of_another_run_sees_nothing(store, people, full):
    run, trainer, learners = full
    _, stranger = people.group(store)
    people.reveals(store, trainer, run)

    for reader in (stranger, people.alone(store), store.local_visit("ana"), Visit("", learners[0].learner_id)):
        assert store.shared(reader, run) == store.tallies(reader, run) == store.led(reader, run) == []
        assert store.participants(reader, run) == []
        assert store.revealed(reader, run) == frozenset()


def test_only_the_trainer_of_a_run_reveals(store, people, full):
    run, _, [learner, *_] = full
    _, stranger = people.group(store)

    for visit in (learner, stranger, store.record_visit(learner.learner_id, "screen", run.id)):
        with pytest.raises(StoreError, match="nothing was stored"):
            people.reveals(store, visit, run)


def test_everyone_in_a_group_knows_how_it_is_led(store, people, full):
    run, trainer, [learner, *_] = full
    people.reveals(store, trainer, run)
    store.append(trainer, run, people.event(kind="lead", about="room", do="pace"))

    assert [event.kind for _, event in store.led(learner, run)] == ["reveal", "lead"]
    assert store.revealed(learner, run) == {("small", "notice")}


def test_a_group_has_a_floor_of_at_least_three(store):
    with pytest.raises(StoreError, match="fewer than 3"):
        store.open_group_run("the-first-goodbye", convener="Ana", floor=2)


def test_only_those_who_take_part_write_in_a_groups_run(store, people, full):
    run, _, _ = full

    with pytest.raises(StoreError, match="takes no part"):
        people.writes(store, people.alone(store), run)


def test_a_join_code_and_a_trainers_key_open_their_run(store, people):
    run, _ = people.group(store)
    code, key = store.join_code(run), store.make_trainer_key(run)

    assert store.find_door(code) == (run, "learner")
    assert store.find_door(f" {code[:3].lower()}-{code[3:].lower()} ") == (run, "learner")
    assert store.find_door(key) == (run, "trainer")
    assert store.find_door(key.upper()) is None


def test_nobody_joins_a_run_that_is_closed(store, people):
    run, trainer = people.group(store)
    code = store.join_code(run)

    with pytest.raises(StoreError, match="Only the trainer"):
        store.close_run(people.joins(store, run), run)
    store.close_run(trainer, run)

    assert store.find_door(code) is None
    with pytest.raises(StoreError, match="nobody can join"):
        store.join_code(run)


def test_who_joins_again_is_the_same_and_keeps_their_name(store, people):
    run, trainer = people.group(store)
    visit = people.joins(store, run, "Luz")
    store.join_run(run, visit.learner_id)

    [found] = store.participants(trainer, run)

    assert (found.learner_id, found.name) == (visit.learner_id, "Luz")


def test_who_takes_part_in_a_group_still_has_papers_of_their_own(store, people):
    run, _ = people.group(store)
    visit = people.joins(store, run)

    own = store.open_own_run(visit, "own-papers")

    assert store.open_run(visit, "anything") == run
    assert own.learner_id == visit.learner_id
    assert people.writes(store, visit, own)


def test_nobody_joins_what_belongs_to_one_person(store, people):
    run = store.open_run(people.alone(store), "the-first-goodbye")

    with pytest.raises(StoreError, match="own session"):
        people.joins(store, run)


# -- random histories, and a naive reading of them ------------------------------------------------

PEOPLE, FORMS, SIGHTS = range(5), ("notice", "body"), ("child", "parent")
AUDIENCES = ("private", "trainer", "group_unnamed", "group_named")
WRITE = st.tuples(st.just("write"), st.sampled_from(PEOPLE), st.sampled_from(FORMS), st.sampled_from(SIGHTS))
SHARE = st.tuples(
    st.just("share"),
    st.sampled_from(PEOPLE),
    st.sampled_from(FORMS),
    st.sampled_from(AUDIENCES),
    st.sampled_from(["latest", "first", "all", "others", "missing"]),
)
REVEAL = st.tuples(st.just("reveal"), st.sampled_from(FORMS), st.sampled_from([None, *SIGHTS]))
OTHER = st.tuples(st.sampled_from(["step_out", "decline", "take"]), st.sampled_from(PEOPLE), st.sampled_from(FORMS))
HISTORIES = st.lists(st.one_of(WRITE, SHARE, SHARE, REVEAL, OTHER), max_size=60)
NUMBERS = itertools.count(1)


@dataclass
class History:
    """What was done, as plainly as it can be kept: a list."""

    done: list = field(default_factory=list)

    def written(self, person, form):
        return [
            step for step in self.done if step["kind"] == "write" and step["who"] == person and step["form"] == form
        ]


def play(store, run, trainer, learners, steps):
    """Do everything in the store, and keep a plain list of it."""
    history = History()
    for kind, *how in steps:
        step = {"kind": kind, "id": f"{next(NUMBERS):032x}"}
        if kind == "reveal":
            form, sight = how
            cell = {} if sight is None else {"cell": f"{form}/{sight}"}
            store.append(trainer, run, event(step["id"], kind, form=form, **cell))
            history.done.append(step | {"form": form, "sight": sight})
            continue
        who, form = how[:2]
        step |= {"who": who, "form": form}
        if kind == "write":
            step |= {"sight": how[2], "text": f"Private words {step['id']}"}
            body = {"prompt": form, "perspective": how[2], "text": step["text"]}
        elif kind == "share":
            step |= {"audience": how[2], "events": chosen(history, who, form, how[3])}
            body = {"form": form, "audience": how[2], "events": step["events"]}
        else:
            body = {"prompt": form, "perspective": "child"}
        store.append(learners[who], run, event(step["id"], kind, **body))
        history.done.append(step)
    return history


def event(event_id, kind, **body):
    return Event(event_id, kind, "small", datetime.now(UTC), body, body.get("audience", "private"))


def chosen(history, who, form, which):
    own = [step["id"] for step in history.written(who, form)]
    if which == "others":  # a hostile page names what another wrote
        return [step["id"] for step in history.done if step["kind"] == "write" and step["who"] != who]
    if which == "missing":
        return ["f" * 32, *[step["id"] for step in history.done if step["kind"] in {"take", "step_out", "decline"}]]
    return {"latest": own[-1:], "first": own[:1], "all": own}[which]


def allowed(history, *, trainer, floor):
    """Say naively what may be seen: for each author and form, the last share, and what it names."""
    lasting = {}
    for step in history.done:
        if step["kind"] == "share":
            lasting[step["who"], step["form"]] = step
    items = [
        (who, form, share["audience"], step)
        for (who, form), share in lasting.items()
        for step in history.written(who, "notice") + history.written(who, "body")
        if step["id"] in share["events"]
    ]
    seen = Counter()
    for who, form, audience, step in items:
        shown = any(
            each["kind"] == "reveal"
            and each["form"] == form
            and (each["sight"] is None or (each["form"] == step["form"] and each["sight"] == step["sight"]))
            for each in history.done
        )
        fellows = {
            other
            for other, their_form, theirs, their_step in items
            if theirs == "group_unnamed"
            and their_form == form
            and (their_step["form"], their_step["sight"]) == (step["form"], step["sight"])
        }
        if audience == "private" or (audience == "trainer" and not trainer):
            continue
        if not trainer and not shown:
            continue
        if audience == "group_unnamed" and len(fellows) < floor:
            continue
        known = "named" if audience == "group_named" else "veiled"
        if audience == "group_unnamed" and not shown:
            known = "unknown"
        seen[form, step["text"], known, f"Name {who}" if audience == "group_named" else None, audience] += 1
    return seen


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


@given(steps=HISTORIES, floor=st.sampled_from([3, 4, 5]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_each_reader_sees_exactly_what_may_be_seen(steps, floor):
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

    history = play(store, run, trainer, learners, steps)

    for person, learner in enumerate(learners):
        own = [event.id for _, event in store.events(learner, run)]
        assert own == [step["id"] for step in history.done if step.get("who") == person]
        assert told(store.shared(learner, run)) == allowed(history, trainer=False, floor=floor)
    assert told(store.shared(screen, run)) == allowed(history, trainer=False, floor=floor)
    assert told(store.shared(trainer, run)) == allowed(history, trainer=True, floor=floor)
    assert store.shared(stranger, run) == store.shared(trainer, other_run) == []
    assert_unlinked(store.shared(trainer, run), learners)
    assert "Private words" not in "\n".join(heard)
    logging.getLogger().removeHandler(catcher)
    store.close()


def assert_unlinked(shared, learners):
    """Assert that no pseudonym or id is met in two forms or under two audiences, and none is a learner's own."""
    places = {}
    for each in shared:
        for name in filter(None, (each.author, each.id)):
            assert places.setdefault(name, (each.form, each.audience)) == (each.form, each.audience)
    names = json.dumps([[each.author, each.id] for each in shared])
    assert not any(learner.learner_id in names for learner in learners)
