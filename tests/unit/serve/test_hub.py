"""A real JupyterHub with its proxy, and casework as its service: who comes in, and whose words they see."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import requests
from tornado.httpclient import HTTPRequest
from tornado.httputil import HTTPHeaders
from tornado.websocket import websocket_connect

from casework.errors import ServeError
from casework.serve.hub.place import read_place
from casework.serve.hub.signing import own_address
from hall import played
from hubs import RealHub, make_workbooks

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def hub(small_files: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    folder = make_workbooks(tmp_path_factory.mktemp("hub-workbooks"), small_files)
    hub = RealHub(folder, tmp_path_factory.mktemp("hub"))
    try:
        yield hub
    finally:
        hub.stop()


def test_each_sees_their_own_words_on_every_device_and_after_a_restart(hub: RealHub) -> None:
    with hub.browser("ana") as ana, hub.browser("ben") as ben:
        assert [hub.opens(ana, "Ana's words"), hub.opens(ben)] == ["Ana's words", ""]
        assert hub.opens(ben, "Ben's words") == "Ben's words"
        with hub.browser("ana") as other_device:
            assert hub.opens(other_device) == "Ana's words"
            assert "Ana&#39;s words" in other_device.get(hub.at("mine/everything.html")).text

        hub.restart_service()

        assert [hub.opens(ana), hub.opens(ben)] == ["Ana's words", "Ben's words"]


def test_whoever_has_not_signed_in_is_led_to_the_hub(hub: RealHub) -> None:
    with hub.browser() as stranger:
        for path in ("", "voila/render/en/small.ipynb", "mine"):
            page = stranger.get(hub.at(path))
            assert "/at/hub/login" in page.url
        assert not [one for one in stranger.cookies if one.name in {"casework-hub", "casework-device"}]


def test_whoever_has_no_access_is_refused(hub: RealHub) -> None:
    with hub.browser() as browser:
        answer = hub.sign_in(browser, "dan")

        assert answer.status_code == 403
        page = browser.get(hub.at("voila/render/en/small.ipynb"))
        assert page.status_code == 403
        assert "WORDS" not in page.text
        assert "casework-hub" not in browser.cookies


def test_a_sign_in_that_did_not_begin_here_lets_nobody_in(hub: RealHub) -> None:
    with hub.browser("ana") as ana, hub.browser() as other:
        begun = ana.get(hub.at("logout"), allow_redirects=False)
        state = other.get(hub.at("login"), allow_redirects=False).headers["Location"]
        made_up = other.get(hub.at("oauth_callback?code=abc&state=abc"))
        half = other.get(hub.at("oauth_callback?" + state.partition("?")[2]))

        assert begun.headers["Location"] == f"{hub.base}mine/clear"
        assert [made_up.status_code, half.status_code] == [403, 403]
        assert "casework-hub" not in other.cookies
    with requests.Session() as forged:
        forged.cookies["casework-hub"] = "made-up"
        assert "/at/hub/login" in forged.get(hub.at()).url


def test_signing_out_ends_it_here_and_at_the_hub(hub: RealHub) -> None:
    with hub.browser("ana") as ana:
        asked = ana.get(hub.at("mine/clear"))
        token = re.search(r'name="_xsrf" value="([^"]+)"', asked.text)[1]
        page = ana.post(hub.at("mine/clear"), data={"_xsrf": token})
        assert "/at/hub/logout" in page.text
        assert "casework-hub" not in ana.cookies

        ana.get(f"{hub.origin}/at/hub/logout")
        assert "/at/hub/login" in ana.get(hub.at()).url
    with hub.browser("ana") as ana:
        ana.get(f"{hub.origin}/at/hub/logout")  # and of the hub alone
        assert "/at/hub/login" in ana.get(hub.at()).url


def test_a_member_of_the_trainers_group_leads_and_others_join_by_a_code_without_signing_in(hub: RealHub) -> None:
    with hub.browser("cora") as cora, hub.browser("ana") as ana, hub.browser() as phone:
        assert ana.get(hub.at("group/desk")).status_code == 403
        desk = cora.get(hub.at("group/desk")).json()
        form = {"_xsrf": desk["xsrf"], "workbook": "small", "convener": "Cora", "floor": "3"}
        opened = cora.post(hub.at("rooms"), data={**form, "page": f"{hub.base}voila/render/en/small.ipynb"})
        room = cora.get(hub.at(f"group/desk?room={opened.url.partition('room=')[2]}")).json()["room"]

        assert room["joins"][0]["address"].startswith(hub.at(f"join/{room['code']}"))
        for who, body in ((phone, {"who": "other"}), (ana, {"who": "other"})):
            page = who.get(hub.at(f"join/{room['code']}"))
            assert page.status_code == 200
            token = re.search(r'name="_xsrf" value="([^"]+)"', page.text)[1]
            entered = who.post(hub.at(f"join/{room['code']}"), data={"_xsrf": token, **body})
            assert entered.url == hub.at(f"room/{room['code']}")
        assert "/at/hub/login" in phone.get(hub.at("voila/render/en/small.ipynb")).url
        people = json.loads(cora.get(hub.at("group/desk")).text)["rooms"][0]["people"]
        assert people == 2
    with closing(sqlite3.connect(hub.data / "store.sqlite")) as store:  # ana takes part as who she is in workbooks
        query = "SELECT count(*) FROM participants JOIN learners ON id = learner_id WHERE account IS NOT NULL"
        assert store.execute(query).fetchone() == (1,)


@played
async def test_a_room_works_through_the_proxy(hub: RealHub) -> None:
    with hub.browser("cora") as cora:
        desk = cora.get(hub.at("group/desk")).json()
        form = {"_xsrf": desk["xsrf"], "workbook": "small", "convener": "Cora", "floor": "3"}
        opened = cora.post(hub.at("rooms"), data={**form, "page": f"{hub.base}voila/render/en/small.ipynb"})
        room = cora.get(hub.at(f"group/desk?room={opened.url.partition('room=')[2]}")).json()["room"]
        cookies = "; ".join(f"{one.name}={one.value}" for one in cora.cookies)

    headers = HTTPHeaders({"Cookie": cookies, "Origin": hub.origin})
    page = await websocket_connect(HTTPRequest(f"ws{hub.origin.removeprefix('http')}{room['socket']}", headers=headers))
    await page.write_message(json.dumps({"hello": 1, "language": "en"}))
    welcome, *_ = json.loads(await page.read_message())  # what it shows comes in the same frame
    page.close()
    while await page.read_message() is not None:  # until it is closed
        pass

    assert (welcome["welcome"], welcome["role"]) == (1, "trainer")


def test_the_store_holds_nobodys_name(hub: RealHub) -> None:
    with hub.browser("ana") as ana:
        hub.opens(ana)
    with closing(sqlite3.connect(hub.data / "store.sqlite")) as store:
        assert not [line for line in store.iterdump() if re.search(r"'(ana|ben|cora)'", line)]
        accounts = [row[0] for row in store.execute("SELECT account FROM learners WHERE account IS NOT NULL")]
    assert accounts
    assert (hub.data / "hub-secret").stat().st_mode & 0o777 == 0o600


ENVIRONMENT = {
    "JUPYTERHUB_API_TOKEN": "t",
    "JUPYTERHUB_API_URL": "http://127.0.0.1:8081/hub/api",
    "JUPYTERHUB_CLIENT_ID": "service-casework",
    "JUPYTERHUB_SERVICE_PREFIX": "/services/casework/",
    "JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:8866",
}


def test_the_place_is_read_from_the_environment_which_keeps_no_token() -> None:
    environment = dict(ENVIRONMENT)

    place = read_place(environment, "leaders")

    assert (place.ip, place.port, place.base_url) == ("127.0.0.1", 8866, "/services/casework/")
    assert place.scopes == {"access:services!service=casework"}
    assert place.trainers == "leaders"
    assert "JUPYTERHUB_API_TOKEN" not in environment
    assert "api_token" not in repr(place)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"JUPYTERHUB_API_TOKEN": ""}, "JUPYTERHUB_API_TOKEN is not there"),
        ({"JUPYTERHUB_SERVICE_URL": "http://127.0.0.1"}, "must name a host and a port"),
        ({"JUPYTERHUB_SERVICE_URL": "http://[x"}, "must name a host and a port"),
    ],
)
def test_a_place_that_is_none_is_said_in_a_sentence(change: dict[str, str], said: str) -> None:
    with pytest.raises(ServeError, match=said):
        read_place({**ENVIRONMENT, **change})


@pytest.mark.parametrize(
    "wanted",
    ["", "https://evil.example/at/", "//evil.example/at/", "/elsewhere", "/at/\\evil", "/at/\r\nx", "http://["],
)
def test_signing_in_leads_nowhere_but_to_these_pages(wanted: str) -> None:
    class Site:
        base_url = "/at/"

    assert own_address(Site, wanted) == "/at/"
    assert own_address(Site, "/at/mine?language=es") == "/at/mine?language=es"
