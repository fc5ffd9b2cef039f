"""The reports speak French and English, and no language half."""

import pytest

from fieldapp.reports.verdict import Check, Finding
from fieldapp.reports.verdict_words import sentence
from fieldapp.reports.words import NoTranslation, words


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
