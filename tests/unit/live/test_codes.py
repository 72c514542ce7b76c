"""Codes that people read from a screen, and the way by which a phone finds the room."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.live.codes import ALPHABET, LENGTH, UNLUCKY, is_lucky, new_code, plain_code, spoken_code
from casework.live.invitation import Interface, join_address, qr_svg, reachable, written_address


def test_no_letter_is_taken_for_another():
    for alike in ("0OQD"[:3], "1IL", "2Z", "5S", "6G", "8B", "UV"):
        assert not set(alike) & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


@given(st.randoms(use_true_random=False))
def test_a_code_is_six_lucky_letters(chance):
    code = new_code(chance.choice)

    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    assert is_lucky(code)


@pytest.mark.parametrize("code", ["XKKKTP", "C4C4XY", "RAPEXX", "TWA7XY", "NE9RAX"])
def test_a_code_that_spells_something_is_not_given_out(code):
    assert not is_lucky(code)


def test_an_unlucky_draw_is_drawn_again():
    draws = iter("XKKKTP" + "XK4TPM")

    assert new_code(lambda _letters: next(draws)) == "XK4TPM"


def test_nearly_every_code_can_be_given_out():
    chance = random.Random(7)
    codes = ["".join(chance.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(2_000)]

    assert sum(map(is_lucky, codes)) > 1_900
    assert all(word == word.upper() for word in UNLUCKY)


@pytest.mark.parametrize("typed", ["xk4tpm", " XK4 TPM ", "xk4-tpm"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert plain_code(typed) == "XK4TPM"
    assert spoken_code("XK4TPM") == "XK4 TPM"


def test_addresses_that_only_this_computer_reaches_are_left_out():
    found = reachable(
        [
            Interface("lo", "127.0.0.1"),
            Interface("docker0", "172.17.0.1"),
            Interface("eth0", "169.254.7.7"),
            Interface("eth0", "fe80::1"),
            Interface("wg0", "10.8.0.2"),
            Interface("eth1", "2001:db8::7"),
            Interface("wlan0", "192.168.1.20"),
            Interface("wlan0", "192.168.1.20"),
            Interface("odd", "not an address"),
        ]
    )

    assert found == ["192.168.1.20", "2001:db8::7", "10.8.0.2"]


@pytest.mark.parametrize(
    ("host", "port", "base", "address"),
    [
        ("192.168.1.20", 8866, "/", "http://192.168.1.20:8866/join/XK4TPM"),
        ("192.168.1.20", 80, "/care/", "http://192.168.1.20/care/join/XK4TPM"),
        ("2001:db8::7", 8866, "/", "http://[2001:db8::7]:8866/join/XK4TPM"),
    ],
)
def test_an_address_leads_to_the_join_page(host, port, base, address):
    assert join_address(host, port, "XK4TPM", base_url=base) == address


def test_a_qr_code_says_in_words_where_it_leads():
    address = join_address("192.168.1.20", 8866, "XK4TPM")
    drawn = ET.fromstring(qr_svg(address, 'Join <b> & "go"'))  # noqa: S314  our own

    assert drawn.attrib["role"] == "img"
    assert drawn.attrib["aria-label"] == f'Join <b> & "go": {written_address(address)}'
    assert [child.text for child in drawn][:2] == ['Join <b> & "go"', address]
    assert len(drawn.findall("path")) == 2
