"""The meter extract and the condition of the stock, as pages and as files."""

import csv
import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.api_token import ApiToken
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.record_value import RecordValue
from fieldapp.services import clients
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import accept, colleague, signed
from tests.services.test_vacating import seal

YEAR = "from=2025-01-10&to=2026-12-31"


@pytest.fixture
def flat(quick_estate: Estate) -> Flat:
    """A sealed and accepted entry; its meter was read again by another system, and its wall renewed in 2020."""
    made = signed(quick_estate)
    seal(quick_estate, made)
    accept(quick_estate, made)
    own = {"landlord_id": quick_estate.landlord_id, "dwelling_id": made.ids["dwelling"]}
    with quick_estate.app.app_context():
        clients.give(Scope(quick_estate.landlord_id), "Télérelève", "write")
        first = db.session.scalars(select(MeterReading)).one()
        first.state, first.index, first.index_low, first.unit = "read", "00100,5", "", "m³"
        first.read_at = datetime(2025, 1, 10, 9, tzinfo=UTC)
        db.session.add(
            MeterReading(
                id=new_id(),
                meter_id=made.ids["meter"],
                state="read",
                index="00142,75",
                unit="m³",
                read_at=datetime(2026, 1, 9, 9, tzinfo=UTC),
                token_id=db.session.scalars(select(ApiToken.id)).one(),
                written_at=datetime.now(UTC),
                **own,
            )
        )
        db.session.add(
            RecordValue(
                id=new_id(),
                subject="element",
                entity_id=made.ids["wall"],
                field="renewed_on",
                value='"2020-05-12"',
                since=datetime.now(UTC),
                written_at=datetime.now(UTC),
                account_id=quick_estate.agents["nadia"],
                reason="Facture du peintre",
                **own,
            )
        )
        db.session.commit()
    return made


def test_the_meter_extract_says_what_was_counted_and_which_documents_say_so(quick_estate: Estate, flat: Flat) -> None:
    own = colleague(quick_estate)
    page = own.text(f"/office/meters?{YEAR}")
    assert "42,25 m³" in page
    assert "Télérelève" in page
    text = own.get(f"/office/meters.csv?{YEAR}").get_data(as_text=True)
    (line,) = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")
    assert (line["Index de départ"], line["Index de fin"]) == ("00100,5", "00142,75")
    assert (line["Relevé de départ"], line["Consommation"], line["Jours"]) == ("2025-01-10", "42.25", "364")
    readings = own.get(f"/office/meters.csv?show=readings&{YEAR}").get_data(as_text=True).splitlines()
    assert len(readings) == 3
    book = load_workbook(io.BytesIO(own.get(f"/office/meters.xlsx?{YEAR}").data))
    assert book.sheetnames == ["Consommations", "Relevés"]


def test_the_condition_of_the_stock_says_age_and_state_by_kind_and_one_by_one(quick_estate: Estate, flat: Flat) -> None:
    own = colleague(quick_estate)
    assert "inconnue" in own.text("/office/stock")
    book = load_workbook(io.BytesIO(own.get("/office/stock.xlsx").data))
    kinds, parts = (list(sheet.values) for sheet in book.worksheets)
    places = {title: place for place, title in enumerate(parts[0])}
    (wall,) = (row for row in parts[1:] if row[places["Posé ou renouvelé le"]])
    assert f"{wall[places['Posé ou renouvelé le']]:%Y-%m-%d}" == "2020-05-12"
    assert isinstance(wall[places["Âge (ans)"]], int)
    assert wall[places["État"]]
    assert wall[places["Durée de vie (ans)"]] is None
    assert len(kinds) - 1 == len({row[places["Élément"]] for row in parts[1:]})


def test_another_agency_sees_neither_and_a_bad_day_is_no_error(quick_estate: Estate, flat: Flat) -> None:
    south, own = colleague(quick_estate, agency="south"), colleague(quick_estate, language="en")
    for page in ("meters", "meters.csv", "meters.xlsx", "stock", "stock.xlsx"):
        assert south.get(f"/office/{page}?building={quick_estate.building_id}").status_code == 404
        assert south.get(f"/office/{page}").status_code == 200
    assert "Consumption" in own.text("/office/meters?from=31/02/2026&to=nonsense")
