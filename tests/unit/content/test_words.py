"""The words of the interface in every language."""

import re

import pytest

from casework.content import words_catalogue
from casework.content.words import ENGLISH, languages, words
from casework.content.words_catalogue import LOCALE, as_mo, as_po, read_catalogue, updated
from casework.errors import ContentError

CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/casework.po"))
PLACEHOLDER = re.compile(r"\{\w+\}")


def by_language(path):
    return path.parts[-3]


def test_the_interface_speaks_english_and_spanish():
    assert languages() == ("en", "es")
    assert words("en")["site.open"] == "Read in English"
    assert words("es")["site.open"] == "Leer en español"


@pytest.mark.parametrize("language", ["fr", "", "../es", "ES", "es-MX"])
def test_another_language_is_refused_in_a_sentence(language):
    with pytest.raises(ContentError) as caught:
        words(language)

    assert str(caught.value) == (
        f"The interface has no words in the language {language!r}; it speaks: en, es. Use one of these."
    )


def test_words_cannot_be_changed():
    with pytest.raises(TypeError):
        words("es")["saved.yes"] = ""


@pytest.mark.parametrize("path", CATALOGUES, ids=by_language)
def test_a_catalogue_is_complete(path):
    told = {message.context: message for message in read_catalogue(path) if message.id}

    assert {key: message.id for key, message in told.items()} == ENGLISH, "Run `make words`, then translate the rest."
    assert [key for key, message in told.items() if not message.string.strip()] == []
    assert [key for key, message in told.items() if message.fuzzy] == []
    assert words(by_language(path)) == {key: message.string for key, message in told.items()}


@pytest.mark.parametrize("path", CATALOGUES, ids=by_language)
def test_a_catalogue_fills_in_the_same_names(path):
    told = words(by_language(path))

    assert {key: sorted(PLACEHOLDER.findall(text)) for key, text in told.items()} == {
        key: sorted(PLACEHOLDER.findall(text)) for key, text in ENGLISH.items()
    }


@pytest.mark.parametrize("path", CATALOGUES, ids=by_language)
def test_a_catalogue_is_committed_as_it_is_built(path):
    catalogue = updated(read_catalogue(path))

    assert as_po(catalogue) == path.read_bytes(), "Run `make words`."
    assert as_mo(catalogue) == path.with_suffix(".mo").read_bytes(), "Run `make words`."


def test_words_that_changed_keep_their_translation_until_someone_has_looked(monkeypatch):
    fresh = {**ENGLISH, "saved.yes": "Kept. {who}", "saved.new": "Something new."}
    monkeypatch.setattr(words_catalogue, "ENGLISH", fresh)

    told = {message.context: message for message in updated(read_catalogue(CATALOGUES[0])) if message.id}

    assert (told["saved.yes"].string, told["saved.yes"].fuzzy) == ("Guardado. {who}", True)
    assert (told["saved.new"].string, told["saved.going"].fuzzy) == ("", False)


def test_updating_writes_what_is_committed(tmp_path, monkeypatch):
    path = tmp_path / "es" / "LC_MESSAGES" / "casework.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(CATALOGUES[0].read_bytes())
    monkeypatch.setattr(words_catalogue, "LOCALE", tmp_path)

    words_catalogue.main()

    assert path.read_bytes() == CATALOGUES[0].read_bytes()
    assert path.with_suffix(".mo").read_bytes() == CATALOGUES[0].with_suffix(".mo").read_bytes()
