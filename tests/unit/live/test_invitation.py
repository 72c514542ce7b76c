"""The way by which a phone finds the room."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from casework.live.invitation import Interface, join_address, qr_svg, reachable, written_address


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
