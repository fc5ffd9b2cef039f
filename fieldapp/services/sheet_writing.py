"""Writing a dwelling's commercial sheet, and overriding the energy rules with a reason."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.services import audit, lettable
from fieldapp.services.booking import NotHere
from fieldapp.services.scope import Scope

SHEET = (
    "rent",
    "charges",
    "deposit",
    "aids",
    "available_on",
    "floor",
    "lift",
    "step_free",
    "wheelchair",
    "adapted_bathroom",
    "climate_class",
    "planned_works",
    "key_place",
    "risks_on",
    "energy_sheet",
)
DWELLING = ("dpe_class", "dpe_number", "dpe_date", "dpe_cost_low", "dpe_cost_high", "annexes")


def write_sheet(scope: Scope, dwelling_id: str, said: Mapping[str, Any], account_id: str) -> None:
    """Keep a whole sheet, with the certificate of the dwelling; what contradicted it before is settled, and a reason to
    let it against the energy rules does not outlive the class that it was given for.

    `said` has the names of `SHEET` and `DWELLING`; amounts in cents. Raises `NotHere`.
    """
    session = db.session()
    dwelling = _dwelling(scope, dwelling_id)
    certified_anew = dwelling.dpe_class != said["dpe_class"]
    for name in DWELLING:
        setattr(dwelling, name, said[name])
    sheet = session.get(DwellingSheet, dwelling_id)
    if sheet is None:
        sheet = DwellingSheet(dwelling_id=dwelling_id, landlord_id=scope.landlord_id)
        session.add(sheet)
    for name in SHEET:
        setattr(sheet, name, said[name])
    sheet.contradicted, sheet.updated_at = None, datetime.now(UTC)
    if certified_anew:  # the reason was given for another class
        sheet.override_reason = sheet.override_by = sheet.override_at = None
    audit.record(session, f"account:{account_id}", "sheet.written", "dwelling", dwelling_id, scope.landlord_id)
    session.commit()


def override(scope: Scope, dwelling_id: str, reason: str, account_id: str) -> None:
    """Let a dwelling that the energy rules stop, and say why; raises `NotHere` and `NoSheet`."""
    session = db.session()
    lettable.override_in(session, _dwelling(scope, dwelling_id), reason, account_id)
    session.commit()


def _dwelling(scope: Scope, dwelling_id: str) -> Dwelling:
    dwelling = db.session.scalar(
        select(Dwelling)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Dwelling.id == dwelling_id, *scope.of(Building.landlord_id, Building.agency_id))
    )
    if dwelling is None:
        raise NotHere(dwelling_id)
    return dwelling
