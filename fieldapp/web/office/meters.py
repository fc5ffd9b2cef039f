"""The meter extract: for the charges and for the energy diagnosis, on a page and as files."""

from datetime import date, timedelta

from flask import Response, render_template, request
from flask_babel import gettext as _

from fieldapp.domain import catalogue
from fieldapp.domain.consumption import Gap, Read
from fieldapp.domain.local_day import day
from fieldapp.domain.wording import Wording
from fieldapp.reports.csv_table import csv_bytes
from fieldapp.reports.table import Cell, Table
from fieldapp.reports.workbook import workbook
from fieldapp.services.meter_extract import Metered, metered
from fieldapp.web.access import roles
from fieldapp.web.language import current
from fieldapp.web.office.blueprint import READERS, pages
from fieldapp.web.office.building_choice import buildings, chosen
from fieldapp.web.office.figures import XLSX
from fieldapp.web.office.lettings import today
from fieldapp.web.office.person import scope
from fieldapp.web.words import later as _l

GAPS = {
    Gap.TOO_FEW: _l("moins de deux relevés"),
    Gap.NOT_A_NUMBER: _l("un index n’est pas un nombre"),
    Gap.REPLACED: _l("compteur remplacé"),
    Gap.OTHER_UNIT: _l("l’unité a changé"),
    Gap.BACKWARDS: _l("l’index a baissé"),
}


@pages.get("/meters")
@roles(*READERS)
def meters() -> str:
    """One building's meters: `?building=&from=&to=`."""
    known = buildings()
    building, (first, last) = chosen(known), _days()
    return render_template(
        "office/meters.html",
        found=metered(scope(), first, last, building) if building else [],
        buildings=known,
        building=building,
        first=first,
        last=last,
        words=Wording(catalogue.load(), current()),
        gaps=GAPS,
    )


@pages.get("/meters.<any(csv, xlsx):kind>")
@roles(*READERS)
def meters_file(kind: str) -> Response:
    """Both tables as a workbook; as CSV one of them, the readings with `?show=readings`."""
    building, (first, last) = chosen(buildings()), _days()
    found = metered(scope(), first, last, building) if building else []
    counted, readings = _consumptions(found), _readings(found)
    if kind == "xlsx":
        response = Response(workbook((counted, readings)), mimetype=XLSX)
    else:
        asked = readings if request.args.get("show") == "readings" else counted
        response = Response(csv_bytes(asked), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename=meters.{kind}"
    return response


def _days() -> tuple[date, date]:
    last = day(request.args.get("to")) or today()
    first = day(request.args.get("from")) or last - timedelta(days=365)
    return min(first, last), max(first, last)


def _about(one: Metered) -> tuple[str, ...]:
    fluid = Wording(catalogue.load(), current()).label("meters", one.meter.meter_kind)
    return one.building, one.dwelling, one.detail, fluid, one.meter.serial, one.meter.place, one.meter.point


def _columns() -> tuple[str, ...]:
    return (
        _("Immeuble"),
        _("Logement"),
        _("Situation"),
        _("Fluide"),
        _("Numéro de série"),
        _("Emplacement"),
        _("Point de livraison"),
    )


def _consumptions(found: list[Metered]) -> Table:
    columns = (
        *_columns(),
        _("Relevé de départ"),
        _("Index de départ"),
        _("Document de départ"),
        _("Relevé de fin"),
        _("Index de fin"),
        _("Document de fin"),
        _("Jours"),
        _("Consommation"),
        _("Consommation, heures creuses"),
        _("Unité"),
        _("Pourquoi il n’y a pas de consommation"),
    )
    return Table(_("Consommations"), columns, [_counted(one) for one in found])


def _counted(one: Metered) -> tuple[Cell, ...]:
    said = one.consumption
    opening, closing = said.opening, said.closing
    days = (closing.on - opening.on).days if opening and closing else None
    unit = (closing or opening).unit if closing or opening else ""  # type: ignore[union-attr]  # one of the two is there
    why = str(GAPS[said.gap]) if said.gap else ""
    return (*_about(one), *_end(opening), *_end(closing), days, said.total, said.low, unit, why)


def _end(read: Read | None) -> tuple[Cell, ...]:
    return (None, "", "") if read is None else (read.on, read.index, read.document)


def _readings(found: list[Metered]) -> Table:
    words = Wording(catalogue.load(), current())
    columns = (
        *_columns(),
        _("Relevé le"),
        _("État"),
        _("Index"),
        _("Index, heures creuses"),
        _("Unité"),
        _("Numéro lu"),
        _("Document"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *_about(one),
            read.on,
            words.label("meter_states", read.state),
            read.index,
            read.index_low,
            read.unit,
            read.serial,
            read.document,
        )
        for one in found
        for read in one.readings
    ]
    return Table(_("Relevés"), columns, rows)
