"""Every word of the reports is there in English."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import fieldapp
from fieldapp.reports.verdict import Check, Finding
from fieldapp.reports.verdict_words import sentence
from fieldapp.reports.words import NoTranslation, words

PACKAGE = Path(fieldapp.__file__).parent
METHODS = [("templates/report/**.html", "jinja2"), ("reports/**.py", "python")]
OPTIONS = {"templates/report/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {"_": None, "say": None, "gettext": None, "ngettext": (1, 2)}
CATALOGUE = PACKAGE / "translations" / "en" / "LC_MESSAGES" / "report.po"


def test_each_sentence_has_its_translation_and_none_is_left_over() -> None:
    catalogue = read_po(BytesIO(CATALOGUE.read_bytes()), locale="en")
    used = {message for _, _, message, _, _ in extract_from_dir(PACKAGE, METHODS, OPTIONS, KEYWORDS)}
    translated = {message.id: _several(message.string) for message in catalogue if message.id}
    assert len(used) > 150
    assert set(translated) == used
    for source, target in translated.items():
        for french, english in zip(_several(source), target, strict=True):
            assert english
            assert sorted(re.findall(r"%\(\w+\)s", french)) == sorted(re.findall(r"%\(\w+\)s", english))


def _several(texts: object) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts) if isinstance(texts, tuple | list) else ()


def test_zero_is_singular_in_french_and_plural_in_english() -> None:
    singular, plural = "photographie", "photographies"
    assert words("fr").ngettext(singular, plural, 0) == "photographie"
    assert words("en").ngettext(singular, plural, 0) == "photographs"


def test_a_language_that_we_do_not_speak_is_named() -> None:
    with pytest.raises(NoTranslation, match="de"):
        words("de")


@pytest.mark.parametrize("check", tuple(Check))
@pytest.mark.parametrize("language", ("fr", "en"))
def test_each_finding_has_its_sentence(check: Check, language: str) -> None:
    good, bad = (sentence(Finding(check, ok), language) for ok in (True, False))
    assert good.startswith("✓")
    assert bad.startswith("✗")
    assert good[1:] != bad[1:]
