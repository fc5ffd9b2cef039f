"""Spaces, apostrophes, dates and numbers, as they are set in each language."""

import pytest

from fieldapp.reports.typography import Typography, grouped

FRENCH, ENGLISH = Typography("fr", "Europe/Paris"), Typography("en", "Europe/Paris")


@pytest.mark.parametrize(
    ("typed", "set_"),
    (
        ("l'évier", "l’évier"),
        ("Bon ; usé", "Bon\u202f; usé"),
        ("Motif : aucun", "Motif\u00a0: aucun"),
        ("« Le reste »", "«\u00a0Le reste\u00a0»"),
        ("64,30 m²", "64,30\u00a0m²"),
        ("n° 14 de M. Dupont", "n°\u00a014 de M.\u00a0Dupont"),
        ("à 10:32", "à 10:32"),
        ("la page ; puis", "la page\u202f; puis"),
    ),
)
def test_french_is_set_with_its_spaces(typed: str, set_: str) -> None:
    assert FRENCH.text(typed) == set_


def test_english_has_no_space_before_its_punctuation() -> None:
    assert ENGLISH.text("P01 Kitchen : the tenant's view ; done !") == "P01 Kitchen: the tenant’s view; done!"


def test_tags_codes_and_peoples_words_are_left_alone() -> None:
    html = "<p title=\"a ; b\">l'un ; l'autre</p><code>a ; b</code><blockquote><p>c'est dit ; voilà</p></blockquote>"
    assert FRENCH.page(html) == html.replace("l'un ; l'autre", "l’un\u202f; l’autre")


def test_the_semicolon_of_an_entity_is_no_punctuation() -> None:
    assert FRENCH.page("<p>R&amp;D &lt;b&gt; Durand &amp;</p>") == "<p>R&amp;D &lt;b&gt; Durand &amp;</p>"


def test_dates_and_numbers_are_those_of_the_language_and_the_zone() -> None:
    assert FRENCH.long_moment("2026-10-31T23:30:00.000Z") == "1er\u00a0novembre\u00a02026\u00a0à\u00a000:30"
    assert ENGLISH.moment("2026-07-01T08:00:00.000Z") == "01/07/2026\u00a0at\u00a010:00"
    assert FRENCH.number("1234.50") == "1\u202f234,50"
    assert ENGLISH.number("1234.50") == "1,234.50"
    assert FRENCH.euro("412.37") == "412,37\u00a0€"
    assert ENGLISH.euro("412.37") == "€412.37"


def test_what_is_no_date_or_number_is_printed_as_it_is() -> None:
    assert FRENCH.day("bientôt") == "bientôt"
    assert FRENCH.number("environ 60") == "environ 60"


def test_a_fingerprint_is_read_in_groups() -> None:
    assert grouped("0123456789abcdef", 4, 2) == "0123 4567"
