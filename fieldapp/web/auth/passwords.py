"""Choosing a password by a link that came by e-mail, and asking for such a link."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from fieldapp.extensions import db
from fieldapp.records.sqlite import writing
from fieldapp.services import attempts, password_links, staff
from fieldapp.services.installation import config
from fieldapp.web.access import public
from fieldapp.web.auth.forms import AskReset, ChoosePassword
from fieldapp.web.security import client_address

pages = Blueprint("passwords", __name__, url_prefix="/office/password")

GONE = 410


@pages.route("/", methods=["GET", "POST"])
@public
def ask() -> Response:
    """Ask for a link; the answer is the same whether the account exists or not."""
    form = AskReset()
    sent, problem, status = False, None, 200
    if form.accepted():
        try:
            staff.ask_reset(form.email.data or "", client_address())
            sent = True
        except attempts.TooManyAttempts as error:
            problem, status = _too_many(error), 429
    elif request.method == "POST":
        status = 400
    shown = render_template(
        "auth/ask_reset.html", form=form, sent=sent, problem=problem, by_mail=config().smtp_url is not None
    )
    return _private(make_response(shown, status))


@pages.route("/<token>", methods=["GET", "POST"])
@public
def choose(token: str) -> BaseResponse:
    """Choose the password; the link is good once."""
    try:
        invited = password_links.open_link(token)
    except password_links.DeadPasswordLink:
        return _dead()
    form = ChoosePassword()
    if form.accepted():
        try:
            password_links.choose(token, form.password.data or "")
        except password_links.TooShort:
            form.password.errors = [
                _("C’est trop court : au moins %(count)s caractères.", count=password_links.FEWEST_CHARACTERS)
            ]
        except password_links.TooObvious:
            form.password.errors = [_("C’est trop facile à deviner : prenez par exemple quatre mots sans lien.")]
        except password_links.DeadPasswordLink:
            return _dead()
        else:
            flash(_("Votre mot de passe est choisi. Connectez-vous avec lui."), "safe")
            return redirect(url_for("auth.sign_in"))
    status = 400 if request.method == "POST" else 200
    return _private(make_response(render_template("auth/choose_password.html", form=form, invited=invited), status))


def _dead() -> Response:
    """The same answer to a used link, an expired one and a guess; guesses are counted."""
    db.session.rollback()
    try:
        with writing():
            attempts.count(password_links.GUESSES, client_address())
    except attempts.TooManyAttempts as error:
        shown = render_template("auth/dead_link.html", problem=_too_many(error))
        return _private(make_response(shown, 429, {"Retry-After": str(error.retry_after)}))
    return _private(make_response(render_template("auth/dead_link.html", problem=None), GONE))


def _too_many(error: attempts.TooManyAttempts) -> str:
    return _("Trop d’essais. Recommencez dans %(minutes)s min.", minutes=-(-error.retry_after // 60))


def _private(response: Response) -> Response:
    # The address is the secret: no other page may learn it from a referrer. Same-origin, as the form's protection needs it.
    response.headers["Cache-Control"] = "private, no-store"
    return response
