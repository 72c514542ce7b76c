"""Codes that people read from a screen, say aloud and type."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.activity.codes import (
    ALPHABET,
    COMING_BACK,
    JOINING,
    UNLUCKY,
    is_lucky,
    new_code,
    plain_code,
    spoken_code,
)


def test_no_letter_is_taken_for_another():
    for alike in ("0OQD"[:3], "1IL", "2Z", "5S", "6G", "8B", "UV"):
        assert not set(alike) & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


@given(st.randoms(use_true_random=False))
def test_a_code_is_six_lucky_letters(chance):
    code = new_code(draw=chance.choice)

    assert len(code) == JOINING
    assert set(code) <= set(ALPHABET)
    assert is_lucky(code)


@pytest.mark.parametrize("code", ["XKKKTP", "C4C4XY", "RAPEXX", "TWA7XY", "NE9RAX"])
def test_a_code_that_spells_something_is_not_given_out(code):
    assert not is_lucky(code)


def test_an_unlucky_draw_is_drawn_again():
    draws = iter("XKKKTP" + "XK4TPM")

    assert new_code(draw=lambda _letters: next(draws)) == "XK4TPM"


def test_nearly_every_code_can_be_given_out():
    chance = random.Random(7)
    codes = ["".join(chance.choice(ALPHABET) for _ in range(JOINING)) for _ in range(2_000)]

    assert sum(map(is_lucky, codes)) > 1_900
    assert all(word == word.upper() for word in UNLUCKY)


@pytest.mark.parametrize("typed", ["xk4tpm", " XK4 TPM ", "xk4-tpm"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert plain_code(typed) == "XK4TPM"
    assert spoken_code("XK4TPM") == "XK4 TPM"


def test_a_code_to_come_back_with_is_longer_and_as_lucky():
    draws = iter("XKRAPETP" + "KXR49TWY")

    assert new_code(COMING_BACK, lambda _letters: next(draws)) == "KXR49TWY"
    assert spoken_code("KXR49TWY") == "KXR4 9TWY"
