"""Telephone numbers: what a text message reaches, in the form that a gateway wants."""

import pytest

from fieldapp.domain.telephone import mobile, written


@pytest.mark.parametrize(
    ("typed", "wanted"),
    (
        ("06 12 34 56 78", "+33612345678"),
        ("07.12.34.56.78", "+33712345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("0692 12 34 56", "+262692123456"),
        ("0690123456", "+590690123456"),
        ("0694123456", "+594694123456"),
        ("0696123456", "+596696123456"),
        ("+44 7700 900123", "+447700900123"),
        ("01 23 45 67 89", None),
        ("+33123456789", None),
        ("06 12", None),
        ("", None),
        ("six", None),
    ),
)
def test_a_mobile_number_is_written_with_its_country_and_any_other_is_none(typed: str, wanted: str | None) -> None:
    assert mobile(typed) == wanted


@pytest.mark.parametrize(
    ("number", "read"),
    (
        ("+33612345678", "06 12 34 56 78"),
        ("+262639123456", "+262 639 12 34 56"),
        ("+447700900123", "+447700900123"),
        ("", ""),
    ),
)
def test_a_number_is_shown_in_the_pairs_that_people_read(number: str, read: str) -> None:
    assert written(number) == read
