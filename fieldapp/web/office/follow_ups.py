"""What visits left to the office: the questions to answer and the copies to post, and the sealed slips themselves."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import Length

from fieldapp.domain.follow_up import FollowUpKind
from fieldapp.services import audit, visit_follow_ups, visit_listing
from fieldapp.services.booking import NotHere
from fieldapp.services.installation import blobs
from fieldapp.web.access import roles
from fieldapp.web.form import Form
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of
from fieldapp.web.report_file import send_report
from fieldapp.web.words import later as _l


class Close(Form):
    """What was answered, in a sentence, if it is worth keeping."""

    answer = StringField(
        _l("Ce qui a été répondu"),
        validators=[Length(max=300, message=_l("Trois cents caractères au plus."))],
        render_kw={"autocomplete": "off"},
    )


@pages.get("/visits/follow-ups")
@roles(*READERS)
def follow_ups() -> str:
    """What waits, or with `?show=done` what was done and by whom."""
    done = request.args.get("show") == "done"
    found = visit_follow_ups.listed(scope(), done=done)
    return render_template(
        "office/follow_ups.html",
        questions=[one for one in found if one.row.kind == FollowUpKind.QUESTION],
        copies=[one for one in found if one.row.kind == FollowUpKind.COPY],
        done=done,
        decides=reader().role in DECIDERS,
    )


@pages.post("/visits/follow-ups/<uuid:follow_up_id>")
@roles(*DECIDERS)
def close_follow_up(follow_up_id: object) -> Response:
    """Note that a question was answered or a copy posted, with who and when."""
    form = Close()
    if not form.accepted():
        flash(" ".join(str(error) for error in form.answer.errors), "stop")
        return redirect(url_for("office.follow_ups"))
    try:
        visit_follow_ups.close(scope(), str(follow_up_id), (form.answer.data or "").strip(), reader().account_id)
    except visit_follow_ups.UnknownFollowUp:
        abort(404)
    except visit_follow_ups.AlreadyDone:
        flash(_("C’était déjà fait : rien n’a changé."), "wait")
    else:
        warn_of(form.answer.data)
        flash(_("C’est noté."), "safe")
    return redirect(url_for("office.follow_ups"))


@pages.get("/visits/<uuid:visit_id>/documents/<uuid:document_id>.pdf")
@roles(*READERS)
def visit_document(visit_id: object, document_id: object) -> Response:
    """The sealed slip or answer, to read and to print here, or to keep with `?download=1`."""
    try:
        number, sha256 = visit_listing.sealed_document(scope(), str(visit_id), str(document_id))
    except NotHere:
        abort(404)
    audit.note_read(reader().actor, "visit.document_read", "visit", str(visit_id), reader().landlord_id)
    return send_report(blobs().path(f"reports/{sha256}"), number, download="download" in request.args)
