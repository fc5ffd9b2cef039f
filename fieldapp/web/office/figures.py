"""The figures page and its files."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from flask import Response, render_template, request
from flask_babel import gettext as _

from fieldapp.domain.local_day import MONTHS
from fieldapp.reports.csv_table import csv_bytes
from fieldapp.reports.table import Cell, Table
from fieldapp.reports.workbook import workbook
from fieldapp.services import figures as counting
from fieldapp.services.figures import Asked, Figures, Line
from fieldapp.web.access import roles
from fieldapp.web.language import current
from fieldapp.web.letting_words import VACANCIES, reason_word
from fieldapp.web.office.blueprint import READERS, pages
from fieldapp.web.office.lettings import today
from fieldapp.web.office.person import scope

YEARS = 6
"""How many years can be asked for, this one among them."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/figures")
@roles(*READERS)
def figures() -> str:
    """Narrowed by the address: `?year=&month=&agency=&building=`."""
    asked = _asked()
    agencies, buildings = counting.choices(scope())
    return render_template(
        "office/figures.html",
        found=counting.figures(scope(), asked),
        asked=asked,
        agencies=agencies,
        buildings=buildings,
        years=range(asked.today.year, asked.today.year - YEARS, -1),
        month_names=MONTHS[current()],
        share=share,
        label=label,
        month=month,
        reason=lambda code: reason_word(code) if code else _("Autres raisons"),
        vacancies=VACANCIES,
        kept={name: value for name, value in request.args.items() if name in {"year", "month", "agency", "building"}},
    )


@pages.get("/figures.<any(csv, xlsx):kind>")
@roles(*READERS)
def figures_file(kind: str) -> Response:
    """The same as a workbook, or as one table in CSV."""
    tables = _tables(counting.figures(scope(), _asked()))
    if kind == "xlsx":
        response = Response(workbook(tables), mimetype=XLSX)
    else:
        response = Response(csv_bytes(_as_one(tables)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename=figures.{kind}"
    return response


def share(part: int, whole: int) -> Decimal | None:
    """A part in percent with one decimal; None of nothing."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1")) if whole else None


def label(line: Line) -> str:
    """A group's name; those that may not be shown alone are named together."""
    return line.label or _("Autres, trop peu pour être nommés")


def month(line: Line) -> str:
    """`novembre 2026`."""
    if line.label is None:
        return _("Autres mois, trop peu pour être nommés")
    year, number = line.label.split("-")
    return f"{MONTHS[current()][int(number) - 1]} {year}"


def _asked() -> Asked:
    day = today()
    year = _whole(request.args.get("year"), day.year - YEARS + 1, day.year) or day.year
    month = _whole(request.args.get("month"), 1, 12)
    return Asked(year, month, day, request.args.get("agency") or None, request.args.get("building") or None)


def _whole(text: str | None, least: int, most: int) -> int | None:
    """A whole number within these bounds; anything else narrows nothing."""
    found = int(text) if text and text.isascii() and text.isdigit() and len(text) <= len(str(most)) else None
    return found if found is not None and least <= found <= most else None


def _tables(found: Figures) -> list[Table]:
    counts = (_("Attendus"), _("Venus"), _("Veulent dire non"), _("Pas venus"), _("Part de refus (%)"))
    return [
        Table(_("Immeubles"), (_("Immeuble"), *counts), _rows(found.buildings, label)),
        Table(_("Agences"), (_("Agence"), *counts), _rows(found.agencies, label)),
        Table(_("Mois"), (_("Mois"), *counts), _rows(found.months, month)),
        Table(
            _("Raisons"),
            (_("Raison principale"), _("Refus")),
            [(reason_word(code) if code else _("Autres raisons"), many) for code, many in found.reasons],
        ),
        Table(
            _("Vacance"),
            (_("Vacance"), _("Logements"), _("Jours"), _("Coût (€)")),
            [(str(VACANCIES[one.kind]), one.dwellings, one.days, Decimal(one.cost) / 100) for one in found.empty],
        ),
        Table(
            _("Propositions"),
            (_("Chiffre"), _("Valeur")),
            [
                (_("Offres notifiées"), found.proposals),
                (_("Baux signés"), found.attributions),
                (_("Jours de la visite à la signature (médiane)"), found.days_to_signature),
            ],
        ),
    ]


def _rows(lines: Iterable[Line], name: Callable[[Line], str]) -> list[tuple[Cell, ...]]:
    return [
        (name(line), line.expected, line.came, line.refused, line.missed, share(line.refused, line.came))
        for line in lines
    ]


def _as_one(tables: Iterable[Table]) -> Table:
    """One table for a file that can hold only one: what is counted, of whom, the figure."""
    rows: list[tuple[Cell, ...]] = []
    for table in tables:
        for row in table.rows:
            rows += [
                (table.title, row[0], column, value) for column, value in zip(table.columns[1:], row[1:], strict=True)
            ]
    return Table(_("Chiffres"), (_("Tableau"), _("De quoi"), _("Mesure"), _("Valeur")), rows)
