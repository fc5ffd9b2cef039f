"""The public page that says whether a report is the one that was sealed."""

from datetime import timedelta

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_wtf.file import FileField, FileRequired

from fieldapp.services import attempts, verifying
from fieldapp.services.attempts import Limit
from fieldapp.web import moments
from fieldapp.web.access import public
from fieldapp.web.form import Form
from fieldapp.web.security import client_address
from fieldapp.web.size import body_up_to
from fieldapp.web.words import later as _l

pages = Blueprint("verify", __name__)

CHECKS = Limit("verify:address", 20, timedelta(minutes=10))
MARGIN = 10_000
"""What a form adds around its file."""


class CheckFile(Form):
    """A PDF to check."""

    pdf = FileField(_l("Fichier PDF"), validators=[FileRequired(_l("Choisissez le fichier PDF à vérifier."))])


@pages.route("/verify", methods=["GET", "POST"])
@public
@body_up_to(verifying.MOST_BYTES + MARGIN)
def verify() -> str | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Take a PDF, say in plain words what it proves, and keep nothing of it."""
    form = CheckFile()
    if not form.accepted():
        return render_template("verify.html", form=form, verdict=None), 400 if request.method == "POST" else 200
    with form.pdf.data.stream as file:
        try:
            attempts.count(CHECKS, client_address())
        except attempts.TooManyAttempts as error:
            minutes = -(-error.retry_after // 60)
            form.pdf.errors = [_("Trop de fichiers à la suite. Recommencez dans %(minutes)s min.", minutes=minutes)]
            return render_template("verify.html", form=form, verdict=None), 429, {"Retry-After": str(error.retry_after)}
        verdict = verifying.verify_file(file.read())
    moments.stand_in(verdict.zone)
    return render_template("verify.html", form=form, verdict=verdict)
