"""The messages that went out, or wait here because there is no mail server."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.services import mail
from fieldapp.services.installation import config
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.person import reader, scope


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
