"""The messages that went out, or wait here because there is no mail server."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.services import letters, mail
from fieldapp.services.installation import blobs, config
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.person import reader, scope
from fieldapp.web.report_file import send_report


@pages.get("/outbox")
@roles(*READERS)
def outbox() -> str:
    """The latest messages."""
    return render_template(
        "office/outbox.html", messages=mail.outbox(scope()), has_server=config().smtp_url is not None
    )


@pages.get("/outbox/<uuid:mail_id>")
@roles(*READERS)
def message(mail_id: object) -> str:
    """One message as its reader gets it."""
    try:
        found = mail.message(scope(), str(mail_id))
    except mail.UnknownMail:
        abort(404)
    return render_template(
        "office/message.html",
        message=found,
        has_server=config().smtp_url is not None,
        decides=reader().role in DECIDERS,
    )


@pages.post("/outbox/<uuid:mail_id>/again")
@roles(*DECIDERS)
def send_again(mail_id: object) -> Response:
    """Ask for a message to be sent again that has not left."""
    try:
        mail.send_again(scope(), str(mail_id), reader().account_id)
    except mail.UnknownMail:
        abort(404)
    except mail.AlreadySent:
        flash(_("Ce message est déjà parti."), "safe")
    else:
        flash(_("Le message va être envoyé de nouveau."), "safe")
    return redirect(url_for("office.message", mail_id=mail_id))


@pages.get("/outbox/<uuid:mail_id>/letter.pdf")
@roles(*READERS)
def letter(mail_id: object) -> Response:
    """The letter as it is to be printed."""
    try:
        sha256, name = letters.pdf_of(scope(), str(mail_id))
    except mail.UnknownMail:
        abort(404)
    return send_report(blobs().path(f"reports/{sha256}"), name, download=False)


@pages.post("/outbox/<uuid:mail_id>/posted")
@roles(*DECIDERS)
def post_letter(mail_id: object) -> Response:
    """Note that a letter was posted."""
    number = request.form.get("number", "").strip()[:40]
    try:
        letters.posted(scope(), str(mail_id), number, reader().account_id)
    except mail.UnknownMail:
        abort(404)
    except letters.NotReady:
        flash(_("Ce courrier n’est pas prêt, ou il est déjà posté."), "stop")
    else:
        flash(_("C’est noté."), "safe")
    return redirect(url_for("office.message", mail_id=mail_id))
