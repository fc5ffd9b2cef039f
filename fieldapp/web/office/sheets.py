"""Editing a dwelling's commercial sheet, and what is around its building."""

import re
from decimal import Decimal
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.distance import E7, Point, in_france, is_swapped
from fieldapp.domain.file_fault import BadFile, Fault
from fieldapp.domain.places_file import COLUMNS, read_places
from fieldapp.domain.tenancy import euros
from fieldapp.extensions import db
from fieldapp.records.dwelling import Dwelling
from fieldapp.services import sheet_writing, surrounding
from fieldapp.services.booking import NotHere
from fieldapp.services.lettings import LettingFile
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import DECIDERS, pages
from fieldapp.web.office.letting_forms import EditSheet, ImportPlaces, PlaceHome, choices
from fieldapp.web.office.lettings import opened
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of

LETTERS = ("A", "B", "C", "D", "E", "F", "G")
MOST_BYTES = 500_000
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


@pages.get("/lettings/<uuid:dwelling_id>/sheet")
@roles(*DECIDERS)
def edit_sheet(dwelling_id: object) -> str:
    """The sheet as it stands."""
    file = opened(str(dwelling_id))
    return _sheet_page(file, sheet_form(file))


@pages.post("/lettings/<uuid:dwelling_id>/sheet")
@roles(*DECIDERS)
def write_sheet(dwelling_id: object) -> Response | tuple[str, int]:
    """Keep the whole sheet."""
    form = _choices(EditSheet())
    if not form.accepted():
        return _sheet_page(opened(str(dwelling_id)), form), 400
    try:
        sheet_writing.write_sheet(scope(), str(dwelling_id), _said(form), reader().account_id)
    except NotHere:
        abort(404)
    warn_of(form.planned_works.data, form.energy_fr.data, form.energy_en.data)
    flash(_("La fiche est enregistrée. Les tablettes la recevront à leur prochaine connexion."), "safe")
    return redirect(url_for("office.letting", dwelling_id=dwelling_id))


@pages.get("/lettings/<uuid:dwelling_id>/surroundings")
@roles(*DECIDERS)
def surroundings(dwelling_id: object) -> str:
    """Where the building stands, and the file to import."""
    return _around_page(opened(str(dwelling_id)))


@pages.post("/lettings/<uuid:dwelling_id>/home")
@roles(*DECIDERS)
def place_home(dwelling_id: object) -> Response | tuple[str, int]:
    """Say where the building stands."""
    file, form = opened(str(dwelling_id)), PlaceHome()
    accepted = form.accepted()
    point = _point(form) if accepted else None
    if point is None:
        return _around_page(file, home=form), 400
    surrounding.set_home(scope(), file.building_id, point, reader().account_id)
    flash(_("Le point est enregistré et les distances sont calculées."), "safe")
    return redirect(url_for("office.surroundings", dwelling_id=dwelling_id))


@pages.post("/lettings/<uuid:dwelling_id>/surroundings")
@roles(*DECIDERS)
def import_places(dwelling_id: object) -> Response | tuple[str, int]:
    """Import a file whole, or say what is wrong with it."""
    file, form = opened(str(dwelling_id)), ImportPlaces()
    accepted = form.accepted()
    data = form.file.data.read(MOST_BYTES + 1) if accepted and form.file.data else b""
    if not data or len(data) > MOST_BYTES:
        form.file.errors = [_("Choisissez un fichier de 500 ko au plus.")]
        return _around_page(file, importing=form), 400
    try:
        found = read_places(data)
        surrounding.replace_places(scope(), file.building_id, found, reader().account_id)
    except BadFile as error:
        return _around_page(file, faults=error.faults), 400
    except surrounding.NoHome:
        form.file.errors = [_("Dites d’abord où est l’immeuble : les distances en partent.")]
        return _around_page(file, importing=form), 400
    flash(_("Les lieux sont importés et les distances calculées."), "safe")
    return redirect(url_for("office.letting", dwelling_id=dwelling_id))


def sheet_form(file: LettingFile) -> EditSheet:
    """The form filled with what is known."""
    dwelling, sheet = db.session.get_one(Dwelling, file.letting.id), file.row
    values: dict[str, Any] = {
        "annexes": dwelling.annexes,
        "dpe_class": dwelling.dpe_class or "",
        "dpe_number": dwelling.dpe_number or "",
        "dpe_date": dwelling.dpe_date,
        "dpe_cost_low": _euros(dwelling.dpe_cost_low),
        "dpe_cost_high": _euros(dwelling.dpe_cost_high),
    }
    if sheet is not None:
        values |= {name: _euros(getattr(sheet, name)) for name in ("rent", "charges", "deposit", "aids")}
        kept = ("available_on", "floor", "lift", "step_free", "wheelchair", "adapted_bathroom")
        values |= {name: getattr(sheet, name) for name in (*kept, "planned_works", "key_place", "risks_on")}
        values["climate_class"] = sheet.climate_class or ""
        values |= {f"energy_{language}": "\n".join(lines) for language, lines in sheet.energy_sheet.items()}
    return _choices(EditSheet(formdata=None, **values))


def _said(form: EditSheet) -> dict[str, Any]:
    energy = {"fr": _lines(form.energy_fr.data), "en": _lines(form.energy_en.data)}
    return {
        "rent": form.rent.cents or 0,
        "charges": form.charges.cents or 0,
        "deposit": form.deposit.cents or 0,
        "aids": form.aids.cents,
        "dpe_class": form.dpe_class.data or None,
        "climate_class": form.climate_class.data or None,
        "dpe_number": form.dpe_number.data or None,
        "dpe_cost_low": form.dpe_cost_low.cents,
        "dpe_cost_high": form.dpe_cost_high.cents,
        "energy_sheet": energy if any(energy.values()) else {},
        **{
            name: form[name].data
            for name in ("available_on", "floor", "lift", "step_free", "wheelchair", "adapted_bathroom", "dpe_date")
        },
        **{name: form[name].data or "" for name in ("annexes", "planned_works", "key_place")},
        "risks_on": form.risks_on.data,
    }


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _euros(cents: int | None) -> str:
    return "" if cents is None else euros(cents).replace(".", ",")


def _choices(form: EditSheet) -> EditSheet:
    form.dpe_class.choices = choices(((letter, letter) for letter in LETTERS), _("Pas connue"))
    form.climate_class.choices = form.dpe_class.choices
    return form


def _point(form: PlaceHome) -> Point | None:
    """The point of the form; None, with a sentence at the field, for one that cannot be."""
    numbers = []
    for field in (form.lat, form.lon):
        text = (field.data or "").strip().replace(",", ".")
        if not _DEGREES.fullmatch(text):
            field.errors = [_("Ce n’est pas une coordonnée : des degrés avec un point, comme 48.4351.")]
            return None
        numbers.append(int(Decimal(text) * E7))
    point = Point(*numbers)
    if is_swapped(point):
        form.lat.errors = [_("Latitude et longitude sont inversées : en France, la latitude est la plus grande.")]
        return None
    if not in_france(point):
        form.lat.errors = [_("Ce point est hors de France.")]
        return None
    return point


def _sheet_page(file: LettingFile, form: EditSheet) -> str:
    return render_template("office/sheet.html", file=file, form=form)


def _around_page(
    file: LettingFile,
    home: PlaceHome | None = None,
    importing: ImportPlaces | None = None,
    faults: tuple[Fault, ...] = (),
) -> str:
    known = (
        {} if file.home is None else {"lat": str(Decimal(file.home[0]) / E7), "lon": str(Decimal(file.home[1]) / E7)}
    )
    return render_template(
        "office/surroundings.html",
        file=file,
        home=home or PlaceHome(formdata=None, **known),
        form=importing or ImportPlaces(formdata=None),
        faults_found=faults,
        columns=COLUMNS,
    )
