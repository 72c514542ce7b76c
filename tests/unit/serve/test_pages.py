from __future__ import annotations

import gzip
import json
import re
import shutil
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from casework.serve.languages import choose_language, open_words, site_words

if TYPE_CHECKING:
    from conftest import Server, Visitor

OUTSIDE = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}")


def test_speaks_english_where_it_has_no_words() -> None:
    assert site_words("ht") == site_words("en")
    assert site_words("es-MX")["gallery_title"] == "Cuadernos"


@pytest.mark.parametrize(
    ("accept", "language"),
    [("", "en"), ("es-MX,es;q=0.9,en;q=0.8", "es"), ("fr, es;q=0.5, en;q=0.7", "en"), ("es;q=x", "es"), ("de", "en")],
)
def test_chooses_a_language_that_it_speaks(accept: str, language: str) -> None:
    assert choose_language(accept) == language


def test_names_a_language_it_does_not_speak_by_its_code() -> None:
    assert (open_words("es-MX"), open_words("ht")) == ("Leer en español", "ht")


def test_shows_all_workbooks(visitor: Visitor) -> None:
    page = visitor.get().text
    assert '<html lang="en">' in page
    assert "The first goodbye" in page
    assert "A kitchen, a coat." in page
    assert "About 25 minutes" in page
    assert 'lang="es" href="/voila/render/es/goodbye.ipynb"' in page
    assert page.index("Slow") < page.index("cannot be opened")
    assert "render/en/broken" not in page


def test_shows_the_gallery_in_the_visitors_language(visitor: Visitor) -> None:
    page = visitor.get(**{"Accept-Language": "es"}).text
    assert '<html lang="es">' in page
    assert "La primera despedida" in page
    assert '<h2 id="slow" lang="en">' in page


def test_gives_no_cookie_to_someone_who_only_looks(visitor: Visitor) -> None:
    assert visitor.get().cookies == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("", 200), ("welcome-back", 200), ("nowhere", 404), ("voila/render/en/goodbye", 404), ("welcome-back/x", 404)],
)
def test_protects_its_own_pages(visitor: Visitor, path: str, status: int) -> None:
    answer = visitor.get(path)
    assert answer.status == status
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert not OUTSIDE.search(answer.text)
    assert "<script" not in answer.text
    assert '<main class="cw-main" id="main"' in answer.text


@pytest.mark.parametrize(
    "path", ["voila/tree", "voila/tree/en", "voila/api/contents", "voila/api/contents/cases/case.yaml", "login"]
)
def test_offers_nothing_else_of_voila(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status == 404


def test_lets_browsers_keep_its_files(visitor: Visitor) -> None:
    address = re.search(r'href="(/casework/static/page.css\?v=\w+)"', visitor.get().text)[1]
    answer = visitor.ask("GET", address)
    assert answer.status == 200
    assert "max-age=315360000" in answer.headers["Cache-Control"]
    assert not OUTSIDE.search(answer.text)


def test_gives_each_page_the_colors_of_its_folder(server: Server, visitor: Visitor) -> None:
    assert 'href="/casework/theme.css"' in visitor.get().text
    assert visitor.get("casework/theme.css").text == ""

    folder = server.folder / "themes"
    folder.mkdir()
    theme = 'schema: 1\nid: ours\nlanguage: en\ntitle: Ours\nrights: Ours.\nlight: {accent: "#7a2e4d"}\n'
    (folder / "ours.yaml").write_text(theme, encoding="utf-8")

    answer = visitor.get("casework/theme.css")
    shutil.rmtree(folder)
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.text == ":root{--cw-accent:light-dark(#7a2e4d, #6fc7c1);}\n"


def test_gives_a_rooms_pages_the_words_that_they_need_and_no_others(visitor: Visitor) -> None:
    answer = visitor.get("casework/words/es.json")
    told = json.loads(answer.text)
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert told["words"]["share.share"] == "Compartir"
    assert told["languages"] == ["en", "es"]
    assert not any(key.startswith(("site.", "log.", "print.")) for key in told["words"])
    known = {"If-None-Match": answer.headers["Etag"]}
    assert visitor.ask("GET", "/casework/words/es.json", headers=known).status == 304
    assert visitor.get("casework/words/xx.json").status == 404


def test_serves_the_built_front_end_beside_its_own_files(visitor: Visitor) -> None:
    answer = visitor.ask("HEAD", "/casework/static/fonts/casework-serif.woff2")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "font/woff2")


@pytest.mark.parametrize(
    "path", ["../server.py", "..%2fserver.py", "%2e%2e/server.py", "%2fetc%2fpasswd", "fonts", "nothing.css"]
)
def test_serves_none_of_its_other_files(visitor: Visitor, path: str) -> None:
    assert visitor.get(f"casework/static/{path}").status in {403, 404}


def test_serves_pictures_of_the_folder_that_can_run_nothing(visitor: Visitor) -> None:
    answer = visitor.get("voila/files/cases/door.svg")
    assert answer.status == 200
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["cases/case.yaml", "en/goodbye.ipynb", "..%2f..%2fetc/passwd", ".hidden.png"])
def test_serves_nothing_else_of_the_folder(visitor: Visitor, path: str) -> None:
    answer = visitor.get(f"voila/files/{path}")
    assert answer.status in {403, 404}
    assert "trainer" not in answer.text


def test_invites_when_there_is_no_workbook(empty_server: Server) -> None:
    assert "There is no workbook" in empty_server.hear("no workbook")
    page = empty_server.visitor().get().text
    assert "No workbooks here yet" in page


def test_works_under_a_base_url(empty_server: Server) -> None:
    visitor = empty_server.visitor()
    assert 'href="/some/base/casework/static/page.css' in visitor.get().text
    assert visitor.ask("GET", "/").status == 404
    assert visitor.get("welcome-back").text.count('action="/some/base/welcome-back"') == 1
    assert all("Path=/some/base/" in cookie for cookie in visitor.get("welcome-back").cookies)


@pytest.mark.parametrize("path", ["casework/static/page.css", "casework/words/es.json"])
def test_scripts_styles_and_words_come_packed_to_browsers_that_unpack_them(server: Server, path: str) -> None:
    connection = HTTPConnection("localhost", server.port, timeout=60)
    plain = server.visitor().get(path)

    connection.request("GET", f"/{path}", headers={"Accept-Encoding": "gzip"})
    packed = connection.getresponse()
    data = packed.read()
    tag = packed.headers["Etag"]
    connection.request("GET", f"/{path}", headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
    again = connection.getresponse()
    again.read()
    connection.close()

    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(data).decode() == plain.text
    assert len(data) < len(plain.text) / 2
    assert again.status == 304
    assert "Content-Encoding" not in plain.headers
