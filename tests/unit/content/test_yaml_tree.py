import pytest

from casework.content.yaml_faults import UnreadableError
from casework.content.yaml_tree import DEEPEST, LARGEST_FILE, parse_tree, read_tree


def value_of(text):
    return parse_tree(f"a: {text}\n".encode()).value["a"]


@pytest.mark.parametrize(
    "text",
    [
        "No",
        "no",
        "yes",
        "on",
        "Off",
        "y",
        "2026-11-21",
        "1:30",
        "12:30:45",
        "1_000",
        "0b1",
        "tRUE",
        "nil",
        "NO",
        "- 1"[2:] + "a",
    ],
)
def test_words_that_yaml_once_took_for_something_else_stay_text(text):
    assert value_of(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("+7", 7),
        ("007", 7),
        ("0x1F", 31),
        ("0o17", 15),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-.inf", float("-inf")),
    ],
)
def test_unquoted_words_follow_the_core_rules_of_yaml_1_2(text, value):
    found = value_of(text)

    assert found == value
    assert type(found) is type(value)


def test_quoted_words_are_always_text():
    assert [value_of(text) for text in ("'12'", '"true"', "''", '"~"')] == ["12", "true", "", "~"]


def test_a_number_of_absurd_length_stays_text():
    assert value_of("9" * 5000) == "9" * 5000


def test_keys_are_always_text():
    assert parse_tree(b"1: a\ntrue: b\nnull: c\n").value == {"1": "a", "true": "b", "null": "c"}


def test_every_line_is_remembered():
    tree = parse_tree(b"# note\na: 1\nb:\n  - c: x\n    d: |\n      long\n      text\n  - y\ne: {f: [1,\n  2]}\n")

    assert tree.value == {"a": 1, "b": [{"c": "x", "d": "long\ntext\n"}, "y"], "e": {"f": [1, 2]}}
    assert tree.line(("a",)) == 2
    assert tree.line(("b",)) == 3
    assert tree.line(("b", 0)) == 4
    assert tree.line(("b", 0, "d")) == 5
    assert tree.line(("b", 1)) == 8
    assert tree.line(("e", "f", 1)) == 10


def test_a_path_that_is_not_there_has_the_line_of_what_it_leads_to():
    tree = parse_tree(b"a:\n  - b: 1\n    c: 2\n")

    assert tree.line(("a", 0, "missing")) == 2
    assert tree.line(("a", 7)) == 1
    assert tree.line(("a", 0, "b", "deeper")) == 2
    assert tree.line(()) == 1


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm():
    tree = parse_tree(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")

    assert tree.value == {"a": 1, "b": 2}
    assert tree.line(("b",)) == 2


ANCHOR = "an anchor (&x) is not used here; take it out, or put text that starts with & in quotes"
ALIAS = "an alias (*x) is not used here; write the text out, or put text that starts with * in quotes"
TAG = "is not used here; take it out, or put text that starts with ! in quotes"
UNPRINTABLE = "there is a character that cannot be printed"
BACKSLASH = "a backslash in double quotes has a meaning of its own; use single quotes"
BEHIND = "there is text behind a closing quotation mark; put it inside, or below the key after a |"
TAB_INDENT = "there is a tab where the line is indented; use spaces"
QUOTES = "put the text in quotes, or below the key after a |"
INDENT = "begin it under the first letter of the lines it belongs to, with spaces"
EMPTY = "the file is empty; begin with the line schema: 1"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a: 1\nb: 2\na: 3\n", "line 3: the key 'a' stands here a second time; keep one of the two"),
        (b"a: {b: 1, b: 2}\n", "line 1: the key 'b' stands here a second time; keep one of the two"),
        (b"a: &x b\n", f"line 1: {ANCHOR}"),
        (b"a:\n  &x\n  - b\n", f"line 2: {ANCHOR}"),
        (b"a: *x\n", f"line 1: {ALIAS}"),
        (b"a: **bold** word\n", f"line 1: text that starts with * is not in quotes; {QUOTES}"),
        (b"a: & b\n", f"line 1: text that starts with & is not in quotes; {QUOTES}"),
        (b"a: !x b\n", f"line 1: a tag (!x) {TAG}"),
        (b"a: !!python/object:os.system {}\n", f"line 1: a tag (!!python/object:os.system) {TAG}"),
        (b"a: !x!y z\n", f"line 1: text that starts with ! is not in quotes; {QUOTES}"),
        (b"a: 1\n<<: {b: 2}\n", "line 2: merge keys (<<) are not used here; write the keys out"),
        (b"? [a]\n: b\n", "line 1: a list or a group of keys stands where a key belongs; write the key as one word"),
        (b"- a\n", "line 1: the file holds a list and no keys at its top; begin with the line schema: 1"),
        (b"only words\n", "line 1: the file holds text and no keys at its top; begin with the line schema: 1"),
        (b"", f"line 1: {EMPTY}"),
        (b"# only a note\n", f"line 1: {EMPTY}"),
        (b"---\n", f"line 1: {EMPTY}"),
        (b"a: 1\n---\nb: 2\n", "line 2: a second document begins here (---); put each into a file of its own"),
        (b"a: 1\n...\nb: 2\n", "line 3: there is more after the end of the document; take it out"),
        (b"%YAML 9.0\n---\na: 1\n", "line 1: the file asks for another version of YAML; take the line out"),
        (b"a: 1\nb: \x00\n", f"line 2: {UNPRINTABLE} (U+0000); take it out"),
        (b'a: 1\nb: "\\0"\n', f"line 2: {UNPRINTABLE} (U+0000); take it out"),
        (b"a: \x1b[31m\n", f"line 1: {UNPRINTABLE} (U+001B); take it out"),
        (b'a: "\\ud800"\n', f"line 1: {BACKSLASH}"),
        (b'a: "C:\\questions"\n', f"line 1: {BACKSLASH}"),
        (b"a: 1\nb: caf\xe9\n", "line 2: the file is not in UTF-8; save it with the encoding UTF-8"),
        ("a: 1\n".encode("utf-16"), "line 1: the file is not in UTF-8; save it with the encoding UTF-8"),
        (b"a:\n\t- b\n", f"line 2: {TAB_INDENT}"),
        (b"a: @b\n", f"line 1: text that starts with @, % or ` is not in quotes; {QUOTES}"),
        (b"a: b: c\n", f"line 1: there is a second colon, or a line too far to the right; {QUOTES}"),
        (b"a: ? b\n", f"line 1: text that starts with ? is not in quotes; {QUOTES}"),
        (b"a: - b\n", "line 1: a list begins on the line of its key; begin it on the next line"),
        (b"a: 'b\nc: d\n", "line 1: a quotation mark is opened and never closed; close it"),
        (b"a: 'b' c\n", f"line 1: {BEHIND}"),
        (b"a: [1, 2\nb: 3\n", "line 1: a bracket [ is opened and never closed; close it, or put the text in quotes"),
        (b"a: {x\n", "line 1: a brace { is opened and never closed; close it, or put the text in quotes"),
        (b"a: , b\n", f"line 1: a bracket or comma stands where text belongs; {QUOTES}"),
        (b"a: | b\n", "line 1: there is text behind | or >; begin the text on the next line"),
        (b"a: 1\nb\nc: 2\n", f"line 2: this line is neither a key with its colon nor part of a text; {INDENT}"),
        (b"a:\n  b: 1\n c: 2\n", f"line 3: this line does not fit to the lines above it; {INDENT}"),
        (b"a:\n  - b\n  c: d\n", f"line 3: this line does not belong to the list above it; {INDENT}"),
    ],
)
def test_what_is_refused_is_told_with_its_line(raw, message):
    with pytest.raises(UnreadableError) as caught:
        parse_tree(raw)

    assert str(caught.value) == message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_and_harms_nobody(opening):
    with pytest.raises(UnreadableError, match=f"more than {DEEPEST} levels"):
        parse_tree(f"a:\n {opening * 100_000}".encode())


def test_as_many_levels_as_allowed_are_read():
    text = "a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)

    assert parse_tree(text.encode()).line(("a", 0)) == 1


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: " + b"x" * LARGEST_FILE)

    with pytest.raises(UnreadableError, match="line 1: the file is larger than 1 MB; divide it into several cases"):
        read_tree(path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnreadableError, match="the file cannot be opened"):
        read_tree(tmp_path / "nothing.yaml")
