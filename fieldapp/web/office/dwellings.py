"""The pages of the central record: dwellings, what is known of one, and the history of a value with its correction."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain import catalogue
from fieldapp.domain.record_fields import Subject
from fieldapp.domain.wording import Wording
from fieldapp.services import dwelling_record, record_history, record_keeping
from fieldapp.services.booking import NotHere
from fieldapp.services.record_history import History
from fieldapp.services.record_keeping import NotThisShape
from fieldapp.web import moments
from fieldapp.web.access import roles
from fieldapp.web.language import current
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.correction_form import Correction, correction_of, present
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of

MOST_LETTERS = 120
SUBJECT = "<any(element, equipment, key, meter, tenancy, party):subject>"


@pages.get("/dwellings")
@roles(*READERS)
def dwelling_list() -> str:
    """The stock, narrowed by `?q=`: addresses and references, never names."""
    words = (request.args.get("q") or "").strip()[:MOST_LETTERS]
    places, more = dwelling_record.search(scope(), words)
    return render_template("office/dwellings.html", places=places, more=more, words=words)


@pages.get("/dwellings/<uuid:dwelling_id>")
@roles(*READERS)
def dwelling(dwelling_id: object) -> str:
    """All that is known of one dwelling."""
    try:
        record = dwelling_record.open_dwelling(scope(), str(dwelling_id))
    except NotHere:
        abort(404)
    moments.stand_in(record.zone)
    words = Wording(catalogue.load(), current())
    return render_template("office/dwelling.html", record=record, words=words, decides=reader().role in DECIDERS)


@pages.get(f"/record/{SUBJECT}/<uuid:entity_id>/<field>")
@roles(*READERS)
def record_value(subject: str, entity_id: object, field: str) -> str:
    """How a value came to be what it is."""
    found = _history(subject, str(entity_id), field)
    return _value_page(found, correction_of(field, present(found)))


@pages.post(f"/record/{SUBJECT}/<uuid:entity_id>/<field>")
@roles(*DECIDERS)
def correct_value(subject: str, entity_id: object, field: str) -> Response | tuple[str, int]:
    """Add what the office knows to be right."""
    found = _history(subject, str(entity_id), field)
    form = correction_of(field)
    if form is None:
        abort(404)
    if not form.accepted():
        return _value_page(found, form), 400
    reason = (form.reason.data or "").strip()
    try:
        record_keeping.correct(
            scope(), Subject(subject), str(entity_id), field, form.said(), reason, reader().account_id
        )
    except NotThisShape:
        form.reason.errors = [_("Rien n’a changé : il manque la valeur ou la raison.")]
        return _value_page(found, form), 400
    warn_of(reason)
    flash(_("C’est corrigé. La valeur d’avant reste dans l’historique."), "safe")
    return redirect(url_for("office.record_value", subject=subject, entity_id=entity_id, field=field))


def _history(subject: str, entity_id: str, field: str) -> History:
    try:
        return record_history.history(scope(), Subject(subject), entity_id, field, f"account:{reader().account_id}")
    except NotHere:
        abort(404)


def _value_page(found: History, form: Correction | None) -> str:
    return render_template("office/record_value.html", found=found, form=form if reader().role in DECIDERS else None)
