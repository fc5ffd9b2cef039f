"""The messages that went out, or wait here because there is no mail server."""

from flask import abort, render_template

from fieldapp.services import mail
from fieldapp.services.installation import config
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import READERS, pages
from fieldapp.web.office.person import scope


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
    return render_template("office/message.html", message=found)
