"""The sheet of a dwelling as it is shown: facts of the stock, what the office prepared, what the law says of its energy."""

from datetime import date
from typing import Any

from fieldapp.domain.dwelling import KIND_WORDS, DwellingKind, Energy, Heating, Scope
from fieldapp.domain.energy_rules import energy_rule
from fieldapp.domain.monthly_cost import monthly_cost
from fieldapp.domain.tenancy import euros, square_metres
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingPicture, DwellingSheet

Json = dict[str, Any]


def sheet_json(dwelling: Dwelling, building: Building, sheet: DwellingSheet | None, day: date) -> Json:
    """What a candidate may see of a dwelling: no key place, no name. Amounts and areas are decimal texts, days ISO.

    `costs` is null for a dwelling without a prepared sheet; `lettable.on` is the day that the energy rule was asked about.
    """
    return {
        "reference": dwelling.reference,
        "kind": dwelling.kind,
        "words": f"{KIND_WORDS[DwellingKind(dwelling.kind)]} {dwelling.type}".strip(),
        "type": dwelling.type,
        "area": square_metres(dwelling.area),
        "building": building.name,
        "street": building.street,
        "postcode": building.postcode,
        "town": building.town,
        "detail": dwelling.detail,
        "annexes": dwelling.annexes,
        "floor": None if sheet is None else sheet.floor,
        "lift": None if sheet is None else sheet.lift,
        "access": None if sheet is None else _access(sheet),
        "costs": None if sheet is None else _costs(dwelling, sheet),
        "available_on": None if sheet is None else _iso(sheet.available_on),
        "heating": _heating(dwelling),
        "dpe": _dpe(dwelling, sheet),
        "planned_works": "" if sheet is None else sheet.planned_works,
        "risks_on": None if sheet is None else _iso(sheet.risks_on),
        "energy_sheet": {} if sheet is None else dict(sheet.energy_sheet),
        "lettable": _lettable(dwelling, building, sheet, day),
    }


def picture_json(picture: DwellingPicture) -> Json:
    """A photograph or plan: its bytes are at `/api/field/photos/<sha256>/large`."""
    return {
        "sha256": picture.sha256,
        "bytes": picture.bytes,
        "width": picture.width,
        "height": picture.height,
        "caption": picture.caption,
    }


def _access(sheet: DwellingSheet) -> Json:
    return {
        "step_free": sheet.step_free,
        "wheelchair": sheet.wheelchair,
        "adapted_bathroom": sheet.adapted_bathroom,
        "contradicted": sheet.contradicted,
    }


def _costs(dwelling: Dwelling, sheet: DwellingSheet) -> Json:
    monthly = monthly_cost(sheet.rent, sheet.charges, dwelling.dpe_cost_low, dwelling.dpe_cost_high)
    return {
        "rent": euros(monthly.rent),
        "charges": euros(monthly.charges),
        "energy": None if monthly.energy is None else euros(monthly.energy),
        "monthly": euros(monthly.total),
        "deposit": euros(sheet.deposit),
        "aids": None if sheet.aids is None else euros(sheet.aids),
    }


def _heating(dwelling: Dwelling) -> Json:
    heating = Heating(Scope(dwelling.heating_scope), Energy(dwelling.heating_energy), Scope(dwelling.hot_water_scope))
    return {
        "scope": dwelling.heating_scope,
        "energy": dwelling.heating_energy,
        "hot_water_scope": dwelling.hot_water_scope,
        "text": heating.text,
    }


def _dpe(dwelling: Dwelling, sheet: DwellingSheet | None) -> Json | None:
    if dwelling.dpe_class is None:
        return None
    return {
        "class": dwelling.dpe_class,
        "climate": None if sheet is None else sheet.climate_class,
        "number": dwelling.dpe_number,
        "date": _iso(dwelling.dpe_date),
        "cost_low": None if dwelling.dpe_cost_low is None else euros(dwelling.dpe_cost_low),
        "cost_high": None if dwelling.dpe_cost_high is None else euros(dwelling.dpe_cost_high),
    }


def _lettable(dwelling: Dwelling, building: Building, sheet: DwellingSheet | None, day: date) -> Json:
    rule = energy_rule(dwelling.dpe_class or "", building.postcode)
    return {
        "on": day.isoformat(),
        "forbidden": rule.forbids(day),
        "ends_on": _iso(rule.ends_on),
        "overridden": sheet is not None and sheet.override_reason is not None,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
