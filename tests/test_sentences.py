"""Whatever the application says, on whichever side, is in the one catalogue, in English too."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import gather_messages
from gather_messages import TwoPlurals, gather, read, refresh, tablet_sentences, texts

BLANK = re.compile(r"%\(\w+\)s|\{\w+\}")
ROOT = gather_messages.ROOT

Key = tuple[str | None, tuple[str, ...]]


def keys(catalogue: Catalog) -> set[Key]:
    return {(message.context, tuple(texts(message.id))) for message in catalogue if message.id}


@pytest.fixture(scope="module")
def said() -> Catalog:
    return gather()


def test_every_sentence_has_its_english_and_nothing_is_kept_that_nobody_says(said: Catalog) -> None:
    english = read("en")
    assert keys(said) - keys(english) == set(), "bin/messages gathers them"
    assert keys(english) - keys(said) == set(), "bin/messages drops them"
    assert [message.id for message in english if not all(texts(message.string)) or message.fuzzy] == []


def test_every_side_of_the_application_is_listened_to(said: Catalog) -> None:
    sides = ("domain/", "reports/", "services/", "web/", "templates/report/", "templates/office/", "static/field/")
    places = {path for message in said for path, _ in message.locations}
    assert [side for side in sides if not any(path.startswith(f"fieldapp/{side}") for path in places)] == []


def test_french_has_every_plural_and_says_zero_in_the_singular(said: Catalog) -> None:
    french = read("fr")
    assert keys(french) == {(context, sentences) for context, sentences in keys(said) if len(sentences) == 2}
    assert french.plural_expr == "(n > 1)"


def test_a_translation_leaves_the_same_blanks_to_fill() -> None:
    for message in read("en"):
        if message.id:
            for source, target in zip(texts(message.id), texts(message.string), strict=True):
                # "One photo" needs no figure.
                spare = set(BLANK.findall(source)) - set(BLANK.findall(target))
                assert set(BLANK.findall(target)) <= set(BLANK.findall(source)), message.id
                assert not spare or isinstance(message.id, tuple), message.id


def test_the_tablet_has_its_sentences_as_json_and_no_others(said: Catalog) -> None:
    served = json.loads((ROOT / "fieldapp/static/field/messages.en.json").read_text())
    wanted = {
        text
        for message in said
        if any("/static/field/" in path for path, _ in message.locations)
        for text in texts(message.id)
    }
    assert served.keys() == wanted, "bin/setup makes the file"
    assert served["Enregistré"] == next(m.string for m in read("en") if m.id == "Enregistré")


@pytest.mark.parametrize(
    ("source", "sentences"),
    (
        ('t("Ouvrir")', ["Ouvrir"]),
        ('return html`<p aria-label="${t("Photo : {name}", { name })}">${t("Oui")}</p>`;', ["Photo : {name}", "Oui"]),
        ('n("{count} clé", "{count} clés", keys)', [("{count} clé", "{count} clés")]),
        ('n(\n  "une",\n  "plusieurs",\n  2,\n)', [("une", "plusieurs")]),
        ('t("il dit \\"non\\"")', ['il dit "non"']),
        ('// t("non dit")\n * t("non plus")', []),
        ('at("home"); part("x"); t(sentence)', []),
    ),
)
def test_what_a_module_of_the_tablet_says(source: str, sentences: list[str | tuple[str, ...]]) -> None:
    assert [found for _, _, found, _ in tablet_sentences(BytesIO(source.encode()), (), (), {})] == sentences


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small application that says four sentences, one of them translated, beside one that nobody says any more."""
    for name, text in {
        "web/page.py": '_("Bonjour")\nngettext("%(num)s clé", "%(num)s clés", 2)',
        "templates/page.html": '{{ pgettext("compteur", "Relevé") }}',
        "static/field/page.js": 't("Bonjour");\nt("Adieu");',
        "translations/en/LC_MESSAGES/messages.po": 'msgid "Bonjour"\nmsgstr "Hello"\n\nmsgid "Hier"\nmsgstr "Past"\n',
        "translations/fr/LC_MESSAGES/messages.po": "",
    }.items():
        path = tmp_path / "fieldapp" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_gathering_keeps_what_is_translated_and_names_what_is_not(house: Path) -> None:
    missing = {message.id: message.context for message in refresh("en", house)}
    assert missing == {"Adieu": None, ("%(num)s clé", "%(num)s clés"): None, "Relevé": "compteur"}
    kept = {message.id: message for message in read("en", house) if message.id}
    assert kept["Bonjour"].string == "Hello"
    assert [path for path, _ in kept["Bonjour"].locations] == [
        "fieldapp/static/field/page.js",
        "fieldapp/web/page.py",
    ]
    assert "Hier" not in kept


def test_gathering_twice_changes_nothing_more(house: Path) -> None:
    refresh("en", house)
    once = gather_messages.catalogue("en", house).read_bytes()
    refresh("en", house)
    assert gather_messages.catalogue("en", house).read_bytes() == once


def test_french_translates_itself(house: Path) -> None:
    assert refresh("fr", house) == []
    assert [message.string for message in read("fr", house) if message.id] == [("%(num)s clé", "%(num)s clés")]


def test_one_singular_has_one_plural(house: Path) -> None:
    (house / "fieldapp/web/other.py").write_text('ngettext("%(num)s clé", "%(num)s trousseaux", 2)')
    with pytest.raises(TwoPlurals, match="trousseaux"):
        gather(house)
