from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from casework.serve.previews import is_program

if TYPE_CHECKING:
    from conftest import Server, Visitor

PAGE = "voila/render/en/goodbye.ipynb"
IOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36"
PROGRAMS = [
    "WhatsApp/2.23.20.0",
    "WhatsApp/2.2587.9 N",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (Macintosh) AppleWebKit/601.2.4 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "Twitterbot/1.0",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) Chrome/138.0 Safari/537.36 (compatible; Googlebot/2.1; +http://x)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
]
PEOPLE = [
    "",
    CHROME,
    f"{CHROME} Edg/138.0.0.0",
    f"{CHROME} Teams/25.1",
    f"{CHROME} Slack_SSB/4.44",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    f"{IOS} Version/18.5 Mobile/15E148 Safari/604.1",
    f"{IOS} Mobile/15E148 [FBAN/FBIOS;FBAV/510.0;FBDV/iPhone14,5;FBLC/es_LA]",
    f"{IOS} Mobile/15E148 Instagram 385.0 (iPhone14,5; iOS 18_5; es_MX)",
    f"{IOS} Mobile/15E148 Twitter for iPhone/10.85",
    f"{IOS} Mobile/15E148 [LinkedInApp]/9.30",
    f"Mozilla/5.0 (Linux; Android 11; CUBOT_X18_Plus) {ANDROID}",
    f"Mozilla/5.0 (Linux; Android 13; CUBOT P80) {ANDROID}",
    f"Mozilla/5.0 (Linux; Android 14; SM-S911B; wv) {ANDROID} [FB_IAB/FB4A;FBAV/510.0;]",
    f"Mozilla/5.0 (Linux; Android 14; K) {ANDROID} Telegram-Android/11.9",
    f"{CHROME} Discord/1.0.9190 Electron/35.3",
]


@pytest.mark.parametrize("agent", PROGRAMS)
def test_knows_a_program_that_looks_at_a_link(agent: str) -> None:
    assert is_program(agent)


@pytest.mark.parametrize("agent", PEOPLE)
def test_takes_no_person_for_a_program(agent: str) -> None:
    assert not is_program(agent)


def test_tells_a_program_what_a_workbook_is_and_starts_nothing(server: Server, visitor: Visitor) -> None:
    before = len(server.kernels())
    answer = visitor.get(PAGE, **{"User-Agent": PROGRAMS[0]})
    assert answer.status == 200
    assert '<html lang="en">' in answer.text
    assert '<meta property="og:title" content="The first goodbye">' in answer.text
    assert '<meta property="og:description" content="A kitchen, a coat.">' in answer.text
    assert f'href="/{PAGE}"' in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.cookies == []
    assert len(server.kernels()) <= before


@pytest.mark.parametrize(
    ("header", "purpose"),
    [("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch"), ("X-Purpose", "preview"), ("X-Moz", "prefetch")],
)
def test_gives_a_browser_nothing_to_keep_that_fetches_ahead(
    server: Server, visitor: Visitor, header: str, purpose: str
) -> None:
    before = len(server.kernels())
    answer = visitor.get(PAGE, **{header: purpose})
    assert (answer.status, answer.text, answer.cookies) == (503, "", [])
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(server.kernels()) <= before


def test_lets_programs_show_links_and_keep_nothing(visitor: Visitor) -> None:
    told = visitor.get("robots.txt")
    assert told.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert re.search(r"User-agent: WhatsApp\nDisallow:\n\nUser-agent: \*\nDisallow: /\n$", told.text)
    assert "Googlebot" not in told.text


def test_says_under_a_base_url_what_programs_may_fetch(empty_server: Server) -> None:
    for path in ("/robots.txt", "/some/base/robots.txt"):
        assert empty_server.visitor().ask("GET", path).status == 200
