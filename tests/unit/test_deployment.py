"""What the pages for whoever runs casework tell them to type can be typed."""

from __future__ import annotations

import re
import shlex
from configparser import RawConfigParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyterhub.services.service import Service

from casework.cli import main
from casework.serve import Guards

ROOT = Path(__file__).parents[2]
CONTAINER = (ROOT / "Containerfile").read_text("utf-8")
DEPLOYMENT = (ROOT / "docs" / "deployment.md").read_text("utf-8")
HUB = (ROOT / "docs" / "jupyterhub.md").read_text("utf-8")


def block(page: str, kind: str) -> str:
    return re.search(rf"```{kind}\n(.*?)```", page, re.DOTALL)[1]


def unit() -> RawConfigParser:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read_string(block(DEPLOYMENT, "ini"))
    return parser


def parsed(words: list[str]) -> dict:
    """Return what the command line makes of the words after the program's name; it refuses what it does not know."""
    name, command, rest = main.resolve_command(main.make_context("casework", ["serve"]), words)
    return command.make_context(name, list(rest)).params


def test_the_unit_starts_a_server_where_the_proxy_looks_for_it():
    told = parsed(shlex.split(unit()["Service"]["ExecStart"])[1:])

    assert (told["ip"], told["group"], told["no_browser"]) == ("127.0.0.1", True, True)
    assert f"proxy_pass http://127.0.0.1:{told['port']};" in block(DEPLOYMENT, "nginx")


def test_the_unit_waits_longer_than_a_server_takes_to_end():
    assert int(unit()["Service"]["TimeoutStopSec"]) > Guards().seconds_to_end


def test_the_proxy_says_who_asks_for_what_and_takes_nobodys_word_for_it():
    site = block(DEPLOYMENT, "nginx")
    for header, value in {
        "Host": "$http_host",
        "X-Forwarded-For": "$remote_addr",
        "X-Real-IP": "$remote_addr",
        "X-Forwarded-Proto": "$scheme",
    }.items():
        assert f"proxy_set_header {header} {value};" in site
    assert site.count("{") == site.count("}")


def test_the_proxy_packs_nothing_and_says_calmly_that_casework_is_away():
    site = block(DEPLOYMENT, "nginx")
    assert re.findall(r"^\s*gzip\w* .*", site, re.MULTILINE) == ["    gzip off;"]
    assert "error_page 502 504 =503 @restarting;" in site
    assert 'http-equiv="refresh"' in site
    assert "'" not in re.search(r"return 503 '(.*?)';", site, re.DOTALL)[1]


def test_the_proxy_lets_a_whole_class_open_a_workbook_at_once():
    site, people, files = block(DEPLOYMENT, "nginx"), 60, 100
    rate, burst = (int(re.search(each, site)[1]) for each in (r"rate=(\d+)r/s", r"burst=(\d+) nodelay"))
    assert burst >= people * files
    assert 60 * rate > burst
    assert "limit_req_status 429;" in site


def test_the_hub_starts_a_command_that_there_is():
    hub = SimpleNamespace()
    exec(block(HUB, "python"), {"c": SimpleNamespace(JupyterHub=hub)})  # noqa: S102  our own page
    [service] = hub.services

    told = parsed(service["command"][1:])

    assert (told["pages"], told["group"]) == ("hub", True)
    assert service.keys() <= Service.class_traits(input=True).keys()
    assert service["timeout"] > Service.timeout.default_value
    assert hub.load_roles[0]["scopes"] == [f"access:services!service={service['name']}"]
    assert set(hub.load_roles[0]["groups"]) == set(hub.load_groups)


@pytest.mark.parametrize("told", re.findall(r"casework (store \w+|erase|doctor|serve|new \w+)\b", DEPLOYMENT + HUB))
def test_every_command_that_is_named_exists(told):
    context = main.make_context("casework", ["serve"])
    name, command, rest = main.resolve_command(context, told.split())
    assert name == told.split()[0]
    assert not hasattr(command, "commands") or rest[0] in command.commands


def test_the_container_starts_a_command_that_there_is_without_rights():
    last = re.search(r"^CMD (\[.*\])$", CONTAINER, re.MULTILINE)[1]

    told = parsed(["serve", *shlex.split(last.strip("[]").replace(",", " "))])

    assert (told["ip"], told["group"]) == ("0.0.0.0", True)  # noqa: S104  inside a container
    assert CONTAINER.index("USER casework") < CONTAINER.index("ENTRYPOINT")
    assert "/health" in CONTAINER
    for line in re.findall(r"^COPY (?!--from)(.*)$", CONTAINER, re.MULTILINE):
        assert all((ROOT / each).exists() for each in line.split()[:-1])
