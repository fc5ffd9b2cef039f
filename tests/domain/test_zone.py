"""Overseas postcodes tell other hours than Paris."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from fieldapp.domain.address import Address
from fieldapp.domain.zone import PARIS, clock_words, known_zone, zone_of

EVENING = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("postcode", "there"),
    (
        ("29000", "20/11 23:00"),
        ("20090", "20/11 23:00"),
        ("97110", "20/11 18:00"),
        ("97133", "20/11 18:00"),
        ("97150", "20/11 18:00"),
        ("97200", "20/11 18:00"),
        ("97300", "20/11 19:00"),
        ("97400", "21/11 02:00"),
        ("97500", "20/11 19:00"),
        ("97600", "21/11 01:00"),
        ("98600", "21/11 10:00"),
        ("98714", "20/11 12:00"),
        ("98742", "20/11 12:30"),
        ("98755", "20/11 13:00"),
        ("98800", "21/11 09:00"),
    ),
)
def test_ten_in_the_evening_utc_is_another_hour_in_each_territory(postcode: str, there: str) -> None:
    assert f"{EVENING.astimezone(ZoneInfo(zone_of(postcode))):%d/%m %H:%M}" == there


@pytest.mark.parametrize("postcode", ("974 00", " 97400"))
def test_a_postcode_may_have_been_typed_with_spaces(postcode: str) -> None:
    assert zone_of(postcode) == "Indian/Reunion"


@pytest.mark.parametrize("postcode", ("", "97", "B-1000", "75001"))
def test_what_is_not_overseas_is_told_by_the_clock_of_paris(postcode: str) -> None:
    assert zone_of(postcode) == PARIS


def test_an_address_knows_its_clock_and_the_clock_has_a_name() -> None:
    zone = Address("1 rue de Paris", "97400", "Saint-Denis").zone
    assert clock_words(zone, str) == "heure de La Réunion"
    assert clock_words(PARIS, str) == "heure de Paris"


@pytest.mark.parametrize("said", (None, "", "Mars/Olympus", "../../etc/passwd", 3))
def test_a_document_that_names_no_zone_of_ours_is_told_by_the_clock_of_paris(said: object) -> None:
    assert known_zone(said) == PARIS


def test_a_document_from_overseas_keeps_its_clock() -> None:
    assert known_zone("Pacific/Noumea") == "Pacific/Noumea"
