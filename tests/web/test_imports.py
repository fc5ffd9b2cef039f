"""The office imports a file: it sees what is wrong or what would change, then says yes; and it takes tables along."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from sqlalchemy import func, select

from fieldapp.domain.import_tables import TABLES
from fieldapp.extensions import db
from fieldapp.records.agency import Agency
from fieldapp.records.api_token import ApiToken
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.building import Building
from fieldapp.records.meter import Meter
from fieldapp.records.meter_reading import MeterReading
from fieldapp.services.identifier import new_id
from fieldapp.worker import handlers, work_once
from tests.fieldwork.estate import Estate
from tests.fieldwork.imports import STOCK, csv_of, fill
from tests.fieldwork.office import Browser, colleague
from tests.fieldwork.systems import system

LINE = ("R-9", "Agence north", "Tour Neuf", "1 rue des Essais", "29000", "Quimper")


def bring(own: Browser, kind: str, data: bytes, name: str = "fichier.csv") -> str:
    """Give a file to the page; gives the address of what became of it."""
    page = f"/office/imports/{kind}"
    return own.send(page, page, file=(io.BytesIO(data), name)).headers["Location"]


def work(estate: Estate) -> None:
    with estate.app.app_context():
        while work_once(estate.app, "w", handlers()):
            pass


def buildings(estate: Estate) -> int:
    with estate.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Building)) or 0


def test_a_file_is_read_shown_and_written_only_after_a_yes(estate: Estate) -> None:
    own = colleague(estate, "manager")
    run = bring(own, "buildings", csv_of("buildings", [LINE]))
    waiting = own.text(run)
    assert "Lecture en cours" in waiting
    assert "http-equiv" in waiting
    work(estate)
    shown = own.text(run)
    assert "1 ligne lue, sans erreur" in shown
    assert "R-9" in shown
    assert buildings(estate) == 1
    assert own.send(run, f"{run}/write").status_code == 302
    work(estate)
    assert "Tout le fichier est importé" in own.text(run)
    assert buildings(estate) == 2
    assert "Fichier importé" in colleague(estate, "admin").text("/office/audit")


def test_what_is_wrong_is_said_in_the_readers_language_with_line_and_column(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "manager")
    run = bring(own, "buildings", csv_of("buildings", [(*LINE[:4], "9000", LINE[5])]))
    work(quick_estate)
    assert "Ligne 2, colonne 5 (postcode)" in own.text(run)
    assert "Line 2, column 5 (postcode)" in own.text(f"{run}?lang=en")
    assert own.send("/office/imports/buildings", f"{run}/write").status_code == 302
    work(quick_estate)
    assert buildings(quick_estate) == 1
    own.send(run, f"{run}/drop")
    assert "is erased" in own.text("/office/imports")


def test_what_would_change_is_shown_before_and_after(quick_estate: Estate) -> None:
    fill(quick_estate)
    own = colleague(quick_estate, "admin")
    line = list(STOCK["agencies"][0])
    line[1] = "Agence des Quais"
    run = bring(own, "agencies", csv_of("agencies", [line]))
    work(quick_estate)
    assert re.search(r"<del>Agence du Port</del> → <ins>Agence des Quais</ins>", own.text(run))
    own.send(run, f"{run}/drop")
    with quick_estate.app.app_context():
        assert db.session.scalars(select(Agency).where(Agency.reference == "AG-1")).one().name == "Agence du Port"


@pytest.mark.parametrize("kind", list(TABLES))
def test_every_kind_has_its_page_and_patterns_that_the_import_reads(quick_estate: Estate, kind: str) -> None:
    own = colleague(quick_estate, "manager")
    page = own.text(f"/office/imports/{kind}")
    pattern = own.get(f"/office/imports/{kind}.csv").data.decode("utf-8-sig")
    titles = next(csv.reader(io.StringIO(pattern), delimiter=";"))
    assert titles == [column.name for column in TABLES[kind].columns]
    assert all(f"<code>{title}</code>" in page for title in titles)
    sheet, guide = load_workbook(io.BytesIO(own.get(f"/office/imports/{kind}.xlsx").data)).worksheets
    assert [cell.value for cell in sheet[1]] == titles
    assert guide.max_row == len(titles) + 1


def test_an_agency_is_not_shown_what_the_whole_landlord_shares(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "manager", "south")
    page = own.text("/office/imports")
    assert "/office/imports/buildings" in page
    assert "/office/imports/agencies" not in page
    data = (io.BytesIO(csv_of("agencies", STOCK["agencies"])), "a.csv")
    assert own.send("/office/imports/buildings", "/office/imports/agencies", file=data).status_code == 403


def test_a_table_is_taken_along_in_three_forms_and_the_journal_knows(quick_estate: Estate) -> None:
    fill(quick_estate)
    own = colleague(quick_estate, "manager")
    rows = own.get("/office/exports/dwelling.json").get_json()
    assert [row["reference"] for row in rows] == ["L-1"]
    schema = own.get("/office/exports/schema.json").get_json()
    Draft202012Validator({**schema, "$ref": "#/$defs/dwelling"}).validate(rows)
    text = own.get("/office/exports/dwelling.csv").data.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text), delimiter=";"))["reference"] == "L-1"
    (sheet,) = load_workbook(io.BytesIO(own.get("/office/exports/dwelling.xlsx").data)).worksheets
    assert sheet.max_row == 2
    assert own.get("/office/exports/api_token.csv").status_code == 404
    with quick_estate.app.app_context():
        taken = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "table.exported")).all()
        assert [(entry.subject_id, entry.facts["form"]) for entry in taken] == [
            ("dwelling", form) for form in ("json", "csv", "xlsx")
        ]


def test_the_whole_stock_is_taken_along_for_the_charges_and_for_the_maintenance_plan(quick_estate: Estate) -> None:
    fill(quick_estate)
    system(quick_estate)
    with quick_estate.app.app_context():
        token = db.session.scalars(select(ApiToken.id)).one()
        meter = db.session.scalars(select(Meter).where(Meter.serial == "D1")).one()
        for month, index in ((1, "00100"), (11, "00142,5")):
            read_at = datetime(2026, month, 2, 9, tzinfo=UTC)
            db.session.add(
                MeterReading(
                    id=new_id(),
                    landlord_id=meter.landlord_id,
                    dwelling_id=meter.dwelling_id,
                    meter_id=meter.id,
                    state="read",
                    index=index,
                    unit="m³",
                    token_id=token,
                    read_at=read_at,
                    written_at=read_at,
                )
            )
        db.session.commit()
    own = colleague(quick_estate, "manager")
    schema = own.get("/office/exports/schema.json").get_json()
    taken = {}
    for name in ("consumption", "readings", "condition", "condition_by_kind"):
        address = f"/office/exports/stock/{name}"
        taken[name] = own.get(f"{address}.json?from=2026-01-01&to=2026-11-28").get_json()
        Draft202012Validator({**schema, "$ref": f"#/$defs/{name}"}).validate(taken[name])
        text = own.get(f"{address}.csv?from=2026-01-01&to=2026-11-28").data.decode("utf-8-sig")
        assert list(csv.DictReader(io.StringIO(text), delimiter=";").fieldnames or ()) == list(taken[name][0])
        (sheet,) = load_workbook(io.BytesIO(own.get(f"{address}.xlsx").data)).worksheets
        assert sheet.max_row > 1
    (water,) = (row for row in taken["consumption"] if row["serial"] == "D1")
    assert (water["building"], water["total"], water["unit"]) == ("Résidence du Port", "42.5", "m³")
    assert [row["index"] for row in taken["readings"]] == ["00100", "00142,5"]
    (floor,) = (row for row in taken["condition"] if row["material"] == "Parquet")
    assert (floor["dwelling"], floor["started_on"], floor["age"]) == ("L-1", "2021-06-15", 5)
    assert {row["building"] for row in taken["condition_by_kind"]} >= {"Résidence du Port"}
    assert own.get("/office/exports/stock/account.csv").status_code == 404
    south = colleague(quick_estate, "manager", "south")
    assert south.get("/office/exports/stock/readings.json").get_json() == []


def test_a_formula_that_somebody_wrote_stays_text_in_what_is_taken_along(quick_estate: Estate) -> None:
    with quick_estate.app.app_context():
        db.session.get_one(Building, quick_estate.building_id).name = "=HYPERLINK(1)"
        db.session.commit()
    own = colleague(quick_estate, "manager")
    assert "'=HYPERLINK(1)" in own.get("/office/exports/building.csv").text
    (sheet,) = load_workbook(io.BytesIO(own.get("/office/exports/building.xlsx").data)).worksheets
    names = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value == "=HYPERLINK(1)"]
    assert [cell.data_type for cell in names] == ["s"]


def test_an_agency_takes_along_its_own_rows_alone(estate: Estate) -> None:
    other = Estate.build(estate.app, "Autre Habitat")
    fill(estate)
    south, north = colleague(estate, "manager", "south"), colleague(estate, "manager", "north")
    page = south.text("/office/exports")
    names = set(re.findall(r"/office/exports/([a-z_]+)\.json", page))
    assert {"building", "dwelling", "tenancy", "tenancy_party", "candidate"} <= names
    assert not {"landlord", "audit_entry", "wear_grid"} & names
    for name in names:
        text = json.dumps(south.get(f"/office/exports/{name}.json").get_json())
        assert estate.agencies["north"] not in text, name
        assert other.landlord_id not in text, name
    assert len(north.get("/office/exports/building.json").get_json()) == 1
    assert south.get("/office/exports/building.json").get_json() == []
    assert south.get("/office/exports/landlord.json").status_code == 404
