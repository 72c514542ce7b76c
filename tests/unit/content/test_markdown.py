import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casework.content import to_html, to_inline_html, to_plain

PIECES = st.sampled_from([
    *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=x>", "<javascript:a>", " onclick=1 "),
    *("javascript:", "JaVaScRiPt:", "&#106;avascript:", "[x]: javascript:alert(1)\n", "data:text/html,", "&colon;"),
    *("[a](", "![a](", "](//x.y)", "[x]", "http://a.b", "&lt;", "\n\n", "> ", "- ", "\u202e"),
    *")<>\"'`*_\t\\x\u00e9",
])  # fmt: skip
MARKDOWN = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


class Tags(HTMLParser):
    """Collects what a browser would see as tags and attributes."""

    def __init__(self, html):
        super().__init__()
        self.names = set()
        self.attributes = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes.extend(attrs)


def test_markdown_becomes_paragraphs_lists_and_emphasis():
    assert to_html("A *small* **hand**.\n\n- one\n- two\n") == (
        "<p>A <em>small</em> <strong>hand</strong>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    )


def test_raw_html_is_shown_as_it_was_typed():
    assert to_html("<b onclick=x>a</b>") == "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"


def test_quotation_marks_are_set_as_in_a_book():
    assert to_html('"So wet," she says. It\'s late.') == "<p>“So wet,” she says. It’s late.</p>"


@pytest.mark.parametrize("url", ["https://a.org/b?c=1&d=2", "http://a.org", "mailto:a@b.org"])
def test_links_to_the_web_and_to_letters_open_beside_the_page(url):
    assert to_inline_html(f"[a]({url})") == (
        f'<a href="{url.replace("&", "&amp;")}" target="_blank" rel="noopener noreferrer">a</a>'
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//a.org", "/etc", "file:///x", "ftp://a.org"]
)
def test_other_links_are_no_links(url):
    assert "<a" not in to_html(f"[a]({url}) <{url}>")


def test_a_link_to_nothing_leads_nowhere():
    assert "href" not in to_html("[a]() [b](<>)")


def test_a_picture_becomes_its_words():
    assert to_html("Look: ![a <door>](https://a.org/b.png)") == "<p>Look: a &lt;door&gt;</p>"


def test_inline_markdown_has_no_paragraphs():
    assert to_inline_html("What do *you* see?") == "What do <em>you</em> see?"


def test_plain_text_keeps_words_paragraphs_and_lists():
    markdown = "# At *noon*\n\nShe [waits](https://a.org).\nThen & `then`\\\nnot.\n\n- one\n- two\n\n      code\n"

    assert to_plain(markdown) == "At noon\n\nShe waits. Then & then\nnot.\n\n- one\n\n- two\n\ncode"


@settings(deadline=None)
@given(MARKDOWN)
@example("<script>alert(1)</script>")
@example("[a](javascript&colon;alert(1))")
@example("[x]\n\n[x]: javascript:alert(1)")
def test_nothing_that_runs_comes_through(markdown):
    for html in (to_html(markdown), to_inline_html(markdown)):
        tags = Tags(html)
        assert not tags.names & {"script", "img", "svg", "iframe", "style", "object"}
        assert not [name for name, _ in tags.attributes if name.startswith("on") or name == "style"]
        for name, value in tags.attributes:
            assert name != "href" or re.match(r"(?i)(https?|mailto):", value)


@settings(deadline=None)
@given(MARKDOWN)
def test_any_text_has_a_plain_form(markdown):
    assert isinstance(to_plain(markdown), str)


def test_deep_quotations_and_lists_end_somewhere():
    assert to_html(">" * 20_000 + " a" + "- " * 2_000)


def test_the_renderer_is_imported_when_it_is_needed():
    code = "import casework.content.markdown, sys; print({'markdown_it', 'nh3'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
