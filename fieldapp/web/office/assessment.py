"""The assessment of a sealed exit: each line with its cause, its price, its age and what it comes to."""

from urllib.parse import quote

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.key_count import key_counts
from fieldapp.domain.price_list import PriceItem
from fieldapp.domain.settlement import CannotSettle
from fieldapp.services import assessing, charging
from fieldapp.services.assessing import Exit, NothingToAssess
from fieldapp.services.installation import blobs
from fieldapp.services.mail import ATTACHED_BYTES
from fieldapp.services.settlement_document import explained
from fieldapp.web.access import roles
from fieldapp.web.amounts import money
from fieldapp.web.language import current
from fieldapp.web.office.assessment_form import LineForm, form_of
from fieldapp.web.office.blueprint import ASSESSORS, READERS, pages
from fieldapp.web.office.file import frame, opened
from fieldapp.web.office.person import reader, scope
from fieldapp.web.size import body_up_to

PAPER_POLICY = "default-src 'none'; sandbox"
MOST_PAPER_BYTES = ATTACHED_BYTES
"""What proves a line has to travel with the settlement's e-mail."""
GONE = (NothingToAssess, charging.UnknownLine)


@pages.get("/inventories/<uuid:inventory_id>/assessment")
@roles(*READERS)
def assessment(inventory_id: object) -> str:
    """Every line, those that wait first to be seen."""
    return _shown(_found(inventory_id))


@pages.post("/inventories/<uuid:inventory_id>/lines/<line_id>")
@roles(*ASSESSORS)
def decide_line(inventory_id: object, line_id: str) -> Response | tuple[str, int]:
    """Keep what was decided of one line; the total follows."""
    found = _found(inventory_id)
    form = _sent(found, line_id)
    answer = form.answer(_items(found)) if form.accepted() else None
    if answer is None:
        return _shown(found, line_id, form), 400
    try:
        charging.decide_line(scope(), str(inventory_id), line_id, answer, reader().account_id)
    except charging.DecidedTooMuch as error:
        form.decided.errors = [_("C’est plus que le prix entier : %(most)s au plus.", most=money(error.most))]
        return _shown(_found(inventory_id), line_id, form), 400
    except charging.NotToDecide:
        form.decided.errors = [
            _("Les règles donnent déjà le montant de cette ligne, ou il manque la cause ou le prix.")
        ]
        return _shown(_found(inventory_id), line_id, form), 400
    except charging.Frozen:
        return _frozen(inventory_id)
    return _back(inventory_id, line_id)


@pages.post("/inventories/<uuid:inventory_id>/lines/<line_id>/works")
@roles(*ASSESSORS)
def add_work(inventory_id: object, line_id: str) -> Response:
    """Add one more work to a line."""
    try:
        more = charging.add_work(scope(), str(inventory_id), line_id, reader().account_id)
    except GONE:
        abort(404)
    except charging.Frozen:
        return _frozen(inventory_id)
    return _back(inventory_id, more)


@pages.post("/inventories/<uuid:inventory_id>/lines/<line_id>/remove")
@roles(*ASSESSORS)
def remove_work(inventory_id: object, line_id: str) -> Response:
    """Take a further work away."""
    try:
        charging.remove_work(scope(), str(inventory_id), line_id, reader().account_id)
    except GONE:
        abort(404)
    except charging.Frozen:
        return _frozen(inventory_id)
    return _back(inventory_id, line_id.partition("+")[0])


@pages.post("/inventories/<uuid:inventory_id>/lines/<line_id>/papers")
@roles(*ASSESSORS)
@body_up_to(MOST_PAPER_BYTES)
def attach_paper(inventory_id: object, line_id: str) -> Response:
    """Attach a quote or an invoice to a line."""
    sent = request.files.get("paper")
    if sent is None or not sent.filename:
        flash(_("Choisissez le devis ou la facture à joindre."), "stop")
        return _back(inventory_id, line_id)
    try:
        charging.attach(scope(), str(inventory_id), line_id, sent.filename, sent.read(), reader().account_id)
    except GONE:
        abort(404)
    except charging.Frozen:
        return _frozen(inventory_id)
    except charging.StrangeFile:
        flash(_("Ce fichier n’est ni un PDF, ni une photo JPEG ou PNG : rien n’est joint."), "stop")
    except charging.TooManyPapers:
        flash(_("Cette ligne a déjà six fichiers : ôtez-en un avant d’en joindre un autre."), "stop")
    else:
        flash(_("Le fichier est joint à la ligne."), "safe")
    return _back(inventory_id, line_id)


@pages.post("/inventories/<uuid:inventory_id>/papers/<uuid:file_id>/remove")
@roles(*ASSESSORS)
def detach_paper(inventory_id: object, file_id: object) -> Response:
    """Take an attached file away."""
    try:
        charging.detach(scope(), str(inventory_id), str(file_id), reader().account_id)
    except GONE:
        abort(404)
    except charging.Frozen:
        return _frozen(inventory_id)
    flash(_("Le fichier n’est plus joint."), "safe")
    return _back(inventory_id)


@pages.get("/inventories/<uuid:inventory_id>/papers/<uuid:file_id>")
@roles(*READERS)
def paper(inventory_id: object, file_id: object) -> Response:
    """An attached file, always as a download: it came from outside."""
    try:
        one = charging.paper(scope(), str(inventory_id), str(file_id))
    except GONE:
        abort(404)
    response = send_file(
        blobs().path(f"proofs/{one.sha256}"), mimetype=one.media_type, as_attachment=True, download_name=one.name
    )
    response.headers["Content-Security-Policy"] = PAPER_POLICY
    return response


def anchor_of(line_id: str) -> str:
    """Where a line stands on its page."""
    return f"line-{line_id}"


def _found(inventory_id: object) -> Exit:
    try:
        return assessing.open_exit(scope(), str(inventory_id))
    except NothingToAssess:
        abort(404)


def _items(found: Exit) -> tuple[PriceItem, ...]:
    return found.prices.prices.items if found.prices else ()


def _sent(found: Exit, line_id: str) -> LineForm:
    line = next((line for line in found.sheet.lines if line.line_id == line_id), None)
    if line is None:
        abort(404)
    return form_of(line, _items(found), found.grid.wear if found.grid else assessing.NO_GRID, sent=True)


def _shown(found: Exit, wrong_id: str = "", wrong: LineForm | None = None) -> str:
    file = opened(found.inventory.id)
    grid = found.grid.wear if found.grid else assessing.NO_GRID
    forms = {line.line_id: form_of(line, _items(found), grid) for line in found.sheet.lines}
    if wrong is not None:
        forms[wrong_id] = wrong
    try:
        drawn, fault = found.drawn(), None
    except CannotSettle as error:
        drawn, fault = None, error
    return render_template(
        "office/assessment.html",
        file=file,
        found=found,
        forms=forms,
        counts=key_counts(found.record),
        drawn=drawn,
        fault=fault,
        wrong_id=wrong_id,
        anchor_of=anchor_of,
        remarks=assessing.remarks_of(found),
        explained=lambda line: explained(line, current()),
        edits=reader().role in ASSESSORS and not found.state.frozen and found.state == "draft",
        **frame(file),
    )


def _frozen(inventory_id: object) -> Response:
    flash(_("Le décompte attend une approbation ou est approuvé : les lignes ne changent plus."), "stop")
    return _back(inventory_id)


def _back(inventory_id: object, line_id: str = "") -> Response:
    address = url_for("office.assessment", inventory_id=inventory_id)
    return redirect(f"{address}#{quote(anchor_of(line_id))}" if line_id else address)
