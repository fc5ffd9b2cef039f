"""The works list as a table for people who plan and pay."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from flask_babel import gettext as _

from fieldapp.reports.table import Table
from fieldapp.services.works import Work
from fieldapp.web.letting_words import WORKS_SOURCES, WORKS_STATES, problem_word


def works_table(found: Iterable[Work], trades: Mapping[str, str]) -> Table:
    """A row for each request, costs as exact euros, photographs by the names of their files in the export of everything."""
    columns = (
        _("Immeuble"),
        _("Adresse"),
        _("Logement"),
        _("Situation"),
        _("Corps de métier"),
        _("Problème"),
        _("Précisions"),
        _("Emplacement"),
        _("Urgent"),
        _("Origine"),
        _("Avancement"),
        _("Confié à"),
        _("Coût (TTC)"),
        _("Note"),
        _("Demandé le"),
        _("À faire avant le"),
        _("Terminé le"),
        _("Photos"),
    )
    rows = [
        (
            work.building,
            work.street,
            work.reference,
            work.detail,
            trades[work.trade],
            problem_word(work.request.problem),
            work.request.text,
            work.request.where,
            work.request.urgent,
            str(WORKS_SOURCES[work.request.source]),
            str(WORKS_STATES[work.request.state]),
            work.request.routed_to,
            None if work.request.cost is None else (Decimal(work.request.cost) / 100).quantize(Decimal("0.01")),
            work.request.note,
            work.request.raised_at,
            work.request.due,
            work.request.settled_at,
            ", ".join(photo.file_name for photo in work.photos),
        )
        for work in found
    ]
    return Table(_("Travaux"), columns, rows)
