"""A short code brings one's work to another device; guessing it is slowed, then locked."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from casework.activity.codes import ALPHABET, is_lucky, plain_code
from casework.errors import StoreError
from casework.store import _codes
from casework.store import _tables as tables
from casework.store._codes import CODE_DAYS, FREE_GUESSES, LOCKING_GUESS

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOME = "203.0.113.5"
SLOW = _codes._ROUNDS


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self):
        self.now = START

    def goes_on(self, **span):
        self.now += timedelta(**span)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Hash quickly: hundreds of codes are tried here, and that each takes long is tested once."""
    monkeypatch.setattr(_codes, "_ROUNDS", 1)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def learner(store):
    return store.register_device().learner_id


def guess_wrong(store, clock, times, address=HOME):
    """Guess so often, waiting each time as long as is asked."""
    for _ in range(times):
        clock.goes_on(hours=1)
        assert store.redeem_code("AAAA-AAAA", address, clock.now) is None


def test_a_code_brings_its_learner_to_another_device(store, learner):
    code = store.make_code(learner)

    device = store.redeem_code(code, HOME)

    assert device.learner_id == learner
    assert store.find_device(device.token) == device


def test_what_is_kept_of_a_code_is_slow_to_guess_from_a_stolen_store(store, learner, monkeypatch):
    monkeypatch.setattr(_codes, "_ROUNDS", SLOW)

    code = plain_code(store.make_code(learner))

    with store._reading() as db:
        kept = db.execute(sa.select(tables.codes.c.code_hash)).scalars().all()
    assert kept == [hashlib.pbkdf2_hmac("sha256", code.encode(), _codes._SALT, 100_000).hex()]


def test_a_code_is_short_and_has_nothing_that_looks_alike(store, learner):
    code = store.make_code(learner)

    assert len(code) == 9
    assert set(code.replace("-", "")) <= set(ALPHABET)
    assert is_lucky(plain_code(code))


def test_a_code_is_understood_however_it_is_typed(store, learner):
    code = store.make_code(learner)

    assert store.redeem_code(f"  {code.lower().replace('-', ' ')} ", HOME).learner_id == learner


def test_a_newer_code_takes_the_place_of_the_older(store, learner):
    older, newer = store.make_code(learner), store.make_code(learner)

    assert store.redeem_code(older, HOME) is None
    assert store.redeem_code(newer, HOME).learner_id == learner


def test_a_code_holds_for_a_year(store, learner, clock):
    code = store.make_code(learner, clock.now)

    clock.goes_on(days=CODE_DAYS - 1)
    assert store.redeem_code(code, HOME, clock.now)
    clock.goes_on(days=2)
    assert store.redeem_code(code, HOME, clock.now) is None


def test_a_code_is_nowhere_in_the_file(sqlite_store, tmp_path):
    code = sqlite_store.make_code(sqlite_store.register_device().learner_id)

    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept


def test_an_address_is_nowhere_in_the_file(sqlite_store, tmp_path):
    sqlite_store.redeem_code("AAAA-AAAA", HOME)

    assert not any(HOME.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_a_few_slips_cost_nothing(store, learner, clock):
    code = store.make_code(learner, clock.now)
    for _ in range(FREE_GUESSES - 1):
        assert store.redeem_code("AAAA-AAAA", HOME, clock.now) is None

    assert store.redeem_code(code, HOME, clock.now)


def test_guessing_is_slowed_more_and_more(store, clock):
    pauses = []
    guess_wrong(store, clock, FREE_GUESSES)
    for _ in range(4):
        with pytest.raises(StoreError, match=r"Try again in \d+ seconds"):
            store.redeem_code("AAAA-AAAA", HOME, clock.now)
        begun = clock.now
        while True:
            clock.goes_on(seconds=1)
            try:
                store.redeem_code("AAAA-AAAA", HOME, clock.now)
            except StoreError:
                continue
            break
        pauses.append((clock.now - begun).total_seconds())

    assert pauses == [2, 4, 8, 16]


def test_even_the_right_code_waits_while_an_address_is_locked(store, learner, clock):
    code = store.make_code(learner, clock.now)
    guess_wrong(store, clock, LOCKING_GUESS)

    with pytest.raises(StoreError, match="60 minutes"):
        store.redeem_code(code, HOME, clock.now)
    assert store.redeem_code(code, "203.0.113.77", clock.now)
    clock.goes_on(hours=1)
    assert store.redeem_code(code, HOME, clock.now).learner_id == learner


def test_a_right_code_does_not_take_wrong_guesses_away(store, learner, clock):
    code = store.make_code(learner, clock.now)
    for _ in range(LOCKING_GUESS):
        guess_wrong(store, clock, 1)
        clock.goes_on(hours=1)
        assert store.redeem_code(code, HOME, clock.now)

    guess_wrong(store, clock, 1)
    with pytest.raises(StoreError, match="60 minutes"):
        store.redeem_code(code, HOME, clock.now)


def test_what_was_guessed_long_ago_is_forgotten(store, clock):
    guess_wrong(store, clock, LOCKING_GUESS)
    clock.goes_on(days=2)

    for _ in range(FREE_GUESSES):
        assert store.redeem_code("AAAA-AAAA", HOME, clock.now) is None


def test_a_learner_who_is_gone_gets_no_code(store):
    with pytest.raises(StoreError, match="not in the store"):
        store.make_code("0" * 32)
