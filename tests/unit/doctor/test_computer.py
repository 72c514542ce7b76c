"""What `casework doctor` finds on a computer, each time with one thing made wrong."""

from __future__ import annotations

import os
import socket
import time

import psutil
import pytest

from casework.cli import _doctor_machine as machine
from casework.live.invitation import Interface


def test_it_says_who_holds_the_port_and_which_one_is_free(monkeypatch):
    monkeypatch.setattr(machine, "_command", lambda _process: ["/usr/bin/other-program", "--serve"])
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        found = machine.look_at_port(port)

    assert found.level == "mend"
    assert found.says.startswith(f"{port} is in use by other-program (process {os.getpid()}). End that, or choose")


def test_it_is_no_fault_that_casework_itself_is_serving(monkeypatch):
    monkeypatch.setattr(machine, "_command", lambda _process: ["python", "/bin/casework", "serve"])
    with socket.create_server(("127.0.0.1", 0)) as held:
        found = machine.look_at_port(held.getsockname()[1])

    assert (found.level, "casework itself is there already" in found.says) == ("note", True)


def test_it_says_that_the_holder_is_somebody_elses_when_it_may_not_know(monkeypatch):
    def refuse(**_options):
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "net_connections", refuse)
    with socket.create_server(("127.0.0.1", 0)) as held:
        found = machine.look_at_port(held.getsockname()[1])

    assert "by a program of another account" in found.says


def test_it_says_which_ports_everybody_may_use(monkeypatch):
    monkeypatch.setattr(machine, "_try_port", lambda _port: PermissionError())

    assert machine.look_at_port(80).says == "80 may not be used by this account. Choose one above 1023, such as 8866."


@pytest.mark.parametrize(
    ("addresses", "level", "said"),
    [
        ([], "note", "No address that phones could reach"),
        ([("lo", "127.0.0.1"), ("wlan0", "192.168.1.20")], "good", "at 192.168.1.20, if that network"),
        ([("wlan0", "192.168.1.20"), ("eth0", "10.0.0.2")], "note", "--address 192.168.1.20"),
    ],
)
def test_it_says_where_phones_reach_this_computer(addresses, level, said, monkeypatch):
    monkeypatch.setattr(
        "casework.serve.rooms.hosts.own_interfaces", lambda: [Interface(name, each) for name, each in addresses]
    )

    found = machine.look_at_addresses()

    assert found.level == level
    assert said in found.says


def test_it_says_that_kernels_cannot_be_forked(monkeypatch):
    def refuse(_number):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(machine.os, "pidfd_open", refuse)
    refused = machine.look_at_forks()
    monkeypatch.setattr(machine.sys, "platform", "darwin")
    elsewhere = machine.look_at_forks()

    assert (refused.level, elsewhere.level) == ("note", "note")
    assert "Operation not permitted" in refused.says
    assert "only Linux" in elsewhere.says


@pytest.mark.parametrize(("most", "level"), [(256, "mend"), (65_536, "good"), (-1, "good")])
def test_it_says_how_many_pages_the_limit_of_open_files_allows(most, level, monkeypatch):
    monkeypatch.setattr("resource.getrlimit", lambda _kind: (most, most))
    monkeypatch.setattr("resource.RLIM_INFINITY", -1)

    assert machine.look_at_files().level == level


def test_it_notices_a_clock_that_is_behind_what_was_written(tmp_path):
    file = tmp_path / "store"
    file.touch()
    right = machine.look_at_clock(file, None, tmp_path / "not-there")
    os.utime(file, (time.time() + 86_400,) * 2)
    wrong = machine.look_at_clock(file)

    assert (right.level, wrong.level) == ("good", "mend")
