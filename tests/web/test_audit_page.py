"""Who did, read or took along what: in sight of administrators and auditors, by name, and never with anybody's data."""

import pytest
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.account import Account
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import colleague, sealed
from tests.fieldwork.systems import system


def test_each_reading_of_a_persons_file_is_there_with_who_read_it(quick_estate: Estate) -> None:
    flat = sealed(quick_estate)
    reviewer = colleague(quick_estate)
    reviewer.text(f"/office/inventories/{flat.root_id}")
    reviewer.get(f"/office/inventories/{flat.root_id}/report.pdf")
    page = colleague(quick_estate, "auditor").text("/office/audit?sort=read")
    assert page.count("Dossier ouvert") == 1
    assert page.count("Rapport scellé ouvert") == 1
    assert "Odile Bureau" in page
    assert "Camille" not in page
    journal = reviewer.text(f"/office/inventories/{flat.root_id}/journal")
    assert "Dossier ouvert" not in journal


def test_what_another_system_reads_is_there_too(quick_estate: Estate) -> None:
    flat = quick_estate.plan()
    system(quick_estate).get(f"/tenancies/{flat.ids['tenancy']}")
    page = colleague(quick_estate, "admin").text("/office/audit?sort=read")
    assert "Bail lu par un autre système" in page
    assert "Progiciel" in page


def test_the_journal_is_narrowed_by_account_and_day_and_goes_on_by_pages(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin")
    for _ in range(60):
        colleague_reads(quick_estate)
    page = own.text("/office/audit")
    assert "Plus ancien" in page
    assert "Aucun acte" in own.text("/office/audit?day=2020-01-01")
    with quick_estate.app.app_context():
        nadia = db.session.scalars(select(Account.id).where(Account.email == "nadia@estate.example")).one()
    assert "Aucun acte" in own.text(f"/office/audit?account={nadia}")
    assert own.get("/office/audit?account=nonsense&day=nonsense&sort=nonsense&before=x").status_code == 200


def colleague_reads(estate: Estate) -> None:
    from fieldapp.services import audit

    with estate.app.app_context():
        audit.note_read("server", "file.read", "inventory", estate.building_id, estate.landlord_id)


@pytest.mark.parametrize("role", ("reviewer", "manager", "accountant"))
def test_others_have_no_journal_of_the_house(quick_estate: Estate, role: str) -> None:
    assert colleague(quick_estate, role).get("/office/audit").status_code == 403


def test_another_landlords_acts_are_not_there(quick_estate: Estate) -> None:
    colleague(quick_estate)
    other = colleague(Estate.build(quick_estate.app, "Autre Habitat"), "auditor")
    assert other.text("/office/audit").count('role="row"') == 2
    assert colleague(quick_estate, "admin", "north").get("/office/audit").status_code == 404
