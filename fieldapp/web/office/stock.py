"""The condition of the stock: a building's elements by kind, with their age and the life that is left."""

from collections.abc import Callable

from flask import Response, render_template
from flask_babel import gettext as _

from fieldapp.domain import catalogue
from fieldapp.domain.ageing import grouped
from fieldapp.domain.wording import Wording
from fieldapp.reports.table import Cell, Table
from fieldapp.reports.workbook import workbook
from fieldapp.services.condition_of_stock import Stock, condition
from fieldapp.web.access import roles
from fieldapp.web.language import current
from fieldapp.web.office.blueprint import READERS, pages
from fieldapp.web.office.building_choice import buildings, chosen
from fieldapp.web.office.figures import XLSX
from fieldapp.web.office.lettings import today
from fieldapp.web.office.person import scope


@pages.get("/stock")
@roles(*READERS)
def stock() -> str:
    """One building, chosen by `?building=`."""
    known, day = buildings(), today()
    building = chosen(known)
    found = condition(scope(), building, day) if building else None
    return render_template(
        "office/stock.html",
        found=found,
        groups=grouped(found.parts, day) if found else [],
        buildings=known,
        building=building,
        kind_label=_label(),
        words=Wording(catalogue.load(), current()),
    )


@pages.get("/stock.xlsx")
@roles(*READERS)
def stock_file() -> Response:
    """A sheet by kind for the plan, and a sheet with every element for the budget."""
    building = chosen(buildings())
    found = condition(scope(), building, today()) if building else None
    tables = _tables(found or Stock("", "", ()))
    response = Response(workbook(tables), mimetype=XLSX)
    response.headers["Content-Disposition"] = "attachment; filename=stock.xlsx"
    return response


def _label() -> Callable[[str], str]:
    """What an element kind or an equipment kind is called."""
    words = Wording(catalogue.load(), current())
    elements, equipment = words.labels("elements"), words.labels("equipment")
    return lambda kind: elements.get(kind) or equipment.get(kind) or kind


def _tables(found: Stock) -> tuple[Table, Table]:
    day, label, words = today(), _label(), Wording(catalogue.load(), current())
    states = words.labels("states")
    kinds: list[tuple[Cell, ...]] = [
        (
            found.building,
            label(group.kind),
            group.count,
            *(group.states.get(code, 0) for code in states),
            group.states.get(None, 0),
            group.dated,
            group.mean_age,
            group.oldest,
            group.mean_remaining,
            group.ended,
            group.count - group.lived,
        )
        for group in grouped(found.parts, day)
    ]
    parts: list[tuple[Cell, ...]] = [
        (
            found.building,
            part.dwelling,
            part.room,
            label(part.kind),
            part.label,
            part.material,
            states.get(part.state or "", ""),
            part.started_on,
            part.age(day),
            part.life,
            part.remaining(day),
            part.ends_in,
        )
        for part in found.parts
    ]
    by_kind = (
        _("Immeuble"),
        _("Élément"),
        _("Nombre"),
        *states.values(),
        _("État inconnu"),
        _("Datés"),
        _("Âge moyen (ans)"),
        _("Le plus ancien (ans)"),
        _("Durée restante moyenne (ans)"),
        _("En fin de vie"),
        _("Durée inconnue"),
    )
    one_by_one = (
        _("Immeuble"),
        _("Logement"),
        _("Pièce"),
        _("Élément"),
        _("Nom"),
        _("Matériau"),
        _("État"),
        _("Posé ou renouvelé le"),
        _("Âge (ans)"),
        _("Durée de vie (ans)"),
        _("Durée restante (ans)"),
        _("Fin de vie en"),
    )
    return Table(_("Par élément"), by_kind, kinds), Table(_("Un par un"), one_by_one, parts)
