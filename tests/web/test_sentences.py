"""Every sentence of the pages is in the catalogue, in English too, and every template compiles."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.fieldwork.estate import Estate

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": None, "_l": None, "later": None, "gettext": None, "ngettext": (1, 2), "_n": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

Message = str | tuple[str, ...]


@pytest.fixture(scope="module")
def said() -> set[Message]:
    """What the pages say, in French."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    return {message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}


def catalogue(language: str) -> Catalog:
    with (ROOT / f"fieldapp/translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def test_every_sentence_has_its_english(said: set[Message]) -> None:
    translated = {
        message.id if isinstance(message.id, str) else tuple(message.id)
        for message in catalogue("en")
        if message.id and not message.fuzzy and all(_texts(message.string))
    }
    assert said - translated == set()


def test_the_catalogue_holds_nothing_that_is_no_longer_said(said: set[Message]) -> None:
    kept = {
        message.id if isinstance(message.id, str) else tuple(message.id) for message in catalogue("en") if message.id
    }
    assert kept - said == set()


def test_french_has_its_plurals(said: set[Message]) -> None:
    kept = {tuple(message.id) for message in catalogue("fr") if isinstance(message.id, tuple | list)}
    assert {message for message in said if isinstance(message, tuple)} == kept


def test_a_translation_keeps_every_placeholder() -> None:
    for message in catalogue("en"):
        if message.id:
            source = set(PLACEHOLDER.findall(_texts(message.id)[-1]))
            assert set(PLACEHOLDER.findall(_texts(message.string)[-1])) == source, message.id


def _texts(value: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def test_every_template_compiles_and_names_only_what_is_there(quick_estate: Estate) -> None:
    environment = quick_estate.app.jinja_env
    for name in environment.list_templates(filter_func=lambda name: not name.startswith("report/")):
        environment.get_template(name)
        source = (ROOT / "fieldapp/templates" / name).read_text()
        for imported in re.findall(r'{% from "[^"]+" import ([^%]+?)(?: with context)? %}', source):
            for macro in (part.strip() for part in imported.split(",")):
                assert len(re.findall(rf"\b{macro}\b", source)) > 1, f"{name} imports {macro} and does not use it"
