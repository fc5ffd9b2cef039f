"""Grids and price lists are imported whole or not at all, keep their versions, and a tenancy has exactly one grid."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from fieldapp.domain.file_fault import BadFile, Problem
from fieldapp.domain.grid_file import read_grid
from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.price_list import PriceItem
from fieldapp.records.tenancy import Tenancy
from fieldapp.records.wear_grid import WearGridRow
from fieldapp.services import grids, prices
from fieldapp.services.grids import NewGrid
from tests.fieldwork.estate import Estate

DATA = Path(__file__).resolve().parents[1] / "data"
GRID_A, GRID_B = (DATA / f"wear-grid-{letter}.csv" for letter in "ab")
PRICES = DATA / "price-list.csv"


def said(title: str = "Accord", starts_on: date = date(2020, 1, 1), **others: object) -> NewGrid:
    known = {"signatories": ("Bailleur", "Locataires"), "perimeter": "Tout", "signed_on": date(2019, 12, 1)}
    return NewGrid(**{"title": title, "starts_on": starts_on, "ends_on": None, **known, **others})  # type: ignore[arg-type]


def imported(estate: Estate, path: Path = GRID_A, **others: object) -> str:
    with estate.app.app_context():
        return grids.import_grid(estate.landlord_id, said(**others), path.read_bytes(), estate.agents["nadia"])  # type: ignore[arg-type]


def chosen(estate: Estate, tenancy_id: str, keys: date = date(2027, 1, 5)) -> str | None:
    with estate.app.app_context():
        found = grids.choose_grid(db.session(), db.session.get_one(Tenancy, tenancy_id), keys)
        db.session.commit()
        return None if found is None else found.id


def test_a_grid_comes_back_as_it_was_written(estate: Estate) -> None:
    grid_id = imported(estate, GRID_B)
    with estate.app.app_context():
        found = grids.grid(estate.landlord_id, grid_id)
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "wear_grid.imported")).one()
    assert list(found.wear.rows.values()) == read_grid(GRID_B.read_bytes())
    assert [row.element_kind for row in found.wear.doubtful][:2] == ["plastic_tile", "interior_joinery"]
    assert (found.agreement.title, found.agreement.version, found.used) == ("Accord", 1, 0)
    assert entry.facts["rows"] == len(found.wear.rows)


def test_a_rate_with_decimals_stays_exact(quick_estate: Estate, tmp_path: Path) -> None:
    path = tmp_path / "grid.csv"
    path.write_text(GRID_A.read_text().splitlines()[0] + "\npaint,Peinture,7,1,12.25,26.5\n")
    with quick_estate.app.app_context():
        grid_id = imported(quick_estate, path)
        assert grids.grid(quick_estate.landlord_id, grid_id).wear.rows["paint"].share(3) == Decimal("75.5")


def test_nothing_of_a_wrong_file_is_kept(quick_estate: Estate) -> None:
    wrong = GRID_A.read_bytes() + b"door,Porte,-3,0,110,20\npaint,Encore,7,1,15,10\n"
    with quick_estate.app.app_context():
        with pytest.raises(BadFile) as refused:
            grids.import_grid(quick_estate.landlord_id, said(), wrong, quick_estate.agents["nadia"])
        assert [(fault.line, fault.problem) for fault in refused.value.faults] == [
            (14, Problem.TOO_SMALL),
            (15, Problem.DUPLICATE),
        ]
        assert grids.grids_of(quick_estate.landlord_id) == ()
        assert db.session.scalar(select(func.count()).select_from(WearGridRow)) == 0


def test_the_same_title_again_is_the_next_version_and_the_first_stays(quick_estate: Estate) -> None:
    first, second = imported(quick_estate, GRID_A), imported(quick_estate, GRID_B)
    with quick_estate.app.app_context():
        versions = {grid.id: grid.agreement.version for grid in grids.grids_of(quick_estate.landlord_id)}
        kept = grids.grid(quick_estate.landlord_id, first)
    assert versions == {first: 1, second: 2}
    assert list(kept.wear.rows.values()) == read_grid(GRID_A.read_bytes())


def test_a_tenancy_keeps_the_grid_that_was_chosen_first(estate: Estate) -> None:
    first, tenancy = imported(estate), estate.plan().ids["tenancy"]
    assert chosen(estate, tenancy) == first
    imported(estate, GRID_B)
    assert chosen(estate, tenancy) == first
    with estate.app.app_context():
        assert grids.grid(estate.landlord_id, first).used == 1
        with pytest.raises(grids.GridInUse):
            grids.withdraw_grid(estate.landlord_id, first, estate.agents["nadia"])


def test_the_grid_of_the_building_comes_before_the_one_of_the_whole_stock(quick_estate: Estate) -> None:
    own = imported(
        quick_estate, title="Résidence", starts_on=date(2010, 1, 1), building_ids=(quick_estate.building_id,)
    )
    imported(quick_estate, title="Patrimoine")
    assert chosen(quick_estate, quick_estate.plan().ids["tenancy"]) == own


def test_a_grid_of_other_buildings_or_of_another_time_is_not_chosen(quick_estate: Estate) -> None:
    # The lease is of November 2026, the keys come back in January 2027.
    imported(quick_estate, title="Finie", starts_on=date(2000, 1, 1), ends_on=date(2026, 11, 1))
    imported(quick_estate, title="À venir", starts_on=date(2027, 1, 6))
    assert chosen(quick_estate, quick_estate.plan().ids["tenancy"]) is None


def test_an_agreement_younger_than_the_lease_counts_from_the_day_of_the_keys(quick_estate: Estate) -> None:
    young = imported(quick_estate, starts_on=date(2027, 1, 1))
    assert chosen(quick_estate, quick_estate.plan().ids["tenancy"]) == young


def test_a_grid_that_nothing_uses_can_be_withdrawn(estate: Estate) -> None:
    grid_id = imported(estate, building_ids=(estate.building_id,))
    with estate.app.app_context():
        grids.withdraw_grid(estate.landlord_id, grid_id, estate.agents["nadia"])
        assert grids.grids_of(estate.landlord_id) == ()


def test_a_grid_or_building_of_another_landlord_is_not_there(quick_estate: Estate) -> None:
    other = Estate.build(quick_estate.app, "Autre Habitat")
    grid_id = imported(quick_estate)
    with quick_estate.app.app_context():
        for reach in (grids.grid, lambda landlord, grid: grids.withdraw_grid(landlord, grid, other.agents["nadia"])):
            with pytest.raises(grids.UnknownGrid):
                reach(other.landlord_id, grid_id)
    with pytest.raises(grids.ForeignBuilding):
        imported(quick_estate, building_ids=(other.building_id,))


def test_a_price_list_comes_back_and_the_latest_that_has_begun_prices(estate: Estate) -> None:
    with estate.app.app_context():
        keep = (estate.landlord_id, "Bordereau")
        first = prices.import_prices(*keep, date(2025, 1, 1), PRICES.read_bytes(), estate.agents["nadia"])
        second = prices.import_prices(*keep, date(2026, 1, 1), PRICES.read_bytes(), estate.agents["nadia"])
        assert prices.price_list(estate.landlord_id, second).prices.items == tuple(prices.read(PRICES.read_bytes()))
        on = {
            day: prices.list_on(db.session(), estate.landlord_id, day) for day in (date(2025, 12, 31), date(2026, 1, 1))
        }
        assert [found.id for found in on.values() if found] == [first, second]
        assert prices.list_on(db.session(), estate.landlord_id, date(2024, 12, 31)) is None


def test_nothing_of_a_wrong_price_list_is_kept(quick_estate: Estate) -> None:
    wrong = PRICES.read_bytes() + b"again,Encore,walls,,paint,m2,12.00,\n"
    with quick_estate.app.app_context():
        with pytest.raises(BadFile):
            prices.import_prices(quick_estate.landlord_id, "Bordereau", date(2026, 1, 1), wrong, "nobody")
        assert db.session.scalar(select(func.count()).select_from(PriceItem)) == 0


def test_works_that_no_grid_ages_are_named(quick_estate: Estate) -> None:
    imported(quick_estate, GRID_A)
    with quick_estate.app.app_context():
        found = prices.unknown_wear(quick_estate.landlord_id, prices.read(PRICES.read_bytes()))
    assert found == {"tap", "interior_joinery"}
