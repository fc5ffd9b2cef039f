"""The invented stock says only what the catalogue has words for, and names nobody who exists."""

import re
from datetime import date, timedelta

import pytest

from fieldapp.demo.day import AGENT_OF, HOURS, homes_of
from fieldapp.demo.estate import GIVING_NOTICE, HOMES, HOUSES, NEVER_LOOKED_AT, SEALED_F3, TODAY_F3
from fieldapp.demo.identity import stable_id
from fieldapp.demo.people import STAFF, TENANTS
from fieldapp.demo.plans import material
from fieldapp.demo.strokes import signature
from fieldapp.domain import catalogue
from fieldapp.domain.account import Role
from fieldapp.domain.act import BOX
from fieldapp.domain.tenancy import LeaseKind

WORDS = catalogue.load()
FICTION = re.compile(r"(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d")
"""The ranges that ARCEP keeps for fiction."""


def test_there_are_twenty_four_dwellings_of_every_kind() -> None:
    assert len(HOMES) == 24
    assert len({home.reference for home in HOMES}) == 24
    assert {home.lease for home in HOMES} == set(LeaseKind)
    assert {"T1", "T2", "T3", "T4", "T5"} <= {home.type for home in HOMES}
    assert len({home.regime for home in HOMES}) >= 5


def test_the_three_room_flat_has_eight_rooms_eighty_elements_and_three_meters() -> None:
    for reference in (TODAY_F3, SEALED_F3):
        flat = next(home for home in HOMES if home.reference == reference)
        words = [room.label or catalogue.word(WORDS, "rooms", room.kind) for room in flat.rooms]
        assert words == [
            "Entrée",
            "Séjour",
            "Cuisine",
            "Chambre 1",
            "Chambre 2",
            "Salle de bain",
            "WC",
            "Cave",
        ]
        assert sum(len(room.elements) for room in flat.rooms) == 80
        assert len(flat.regime.meters) == 3


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.reference)
def test_every_room_element_and_material_is_in_the_catalogue(home: object) -> None:
    from fieldapp.demo.estate import Home

    assert isinstance(home, Home)
    for room in home.rooms:
        catalogue.row(WORDS, "rooms", room.kind)
        for element in room.elements:
            surface = catalogue.row(WORDS, "elements", element)["surface"]
            code = material(room, element)
            if code:
                assert surface is None
                assert element in catalogue.row(WORDS, "materials", code)["elements"], (element, code)
        if room.preset:
            assert room.kind in catalogue.row(WORDS, "presets", room.preset)["room_kinds"], (room.kind, room.preset)


@pytest.mark.parametrize("day", [date(2026, 11, 21) + timedelta(days=offset) for offset in range(8)])
def test_every_day_has_six_dwellings_for_either_agent_and_every_kind_of_lease(day: date) -> None:
    homes = {agency: homes_of(agency, day) for agency in AGENT_OF}
    assert [len(found) for found in homes.values()] == [len(HOURS), len(HOURS)]
    assert [home.reference for home in homes["tisserands"][:2]] == [TODAY_F3, SEALED_F3]
    together = [home for found in homes.values() for home in found]
    assert {home.lease for home in together} == set(LeaseKind)
    assert len({home.reference for home in together} & NEVER_LOOKED_AT) == 1
    assert len({home.reference for home in together} & GIVING_NOTICE) == 1


def test_every_telephone_is_a_fictional_one_and_every_mail_goes_nowhere() -> None:
    for tenant in TENANTS:
        assert FICTION.fullmatch(tenant.phone), tenant.phone
        assert tenant.email(1).endswith(".example")
    assert all(staff.email.endswith(".example") for staff in STAFF)


def test_every_role_has_somebody_and_two_agents_go_out() -> None:
    roles = [staff.role for staff in STAFF]
    assert set(roles) == set(Role)
    assert roles.count(Role.AGENT) == 2


def test_the_houses_belong_to_two_agencies() -> None:
    assert {house.agency for house in HOUSES} == set(AGENT_OF)


def test_an_invented_identifier_is_stable_and_looks_like_version_seven() -> None:
    assert stable_id("dwelling", "x") == stable_id("dwelling", "x") != stable_id("dwelling", "y")
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", stable_id("a"))


@pytest.mark.parametrize("name", [name for tenant in TENANTS for name in tenant.names])
def test_a_signature_stays_in_its_box_and_its_time_runs_forward(name: str) -> None:
    strokes = signature(name)
    points = [point for stroke in strokes for point in stroke]
    assert all(len(stroke) >= 2 for stroke in strokes)
    assert all(0 <= x <= BOX[0] and 0 <= y <= BOX[1] for x, y, _ in points)
    times = [time for *_, time in points]
    assert times == sorted(times)
