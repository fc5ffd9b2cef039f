"""The sign-in page, and the way out."""

from time import time
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from fieldapp.services import accounts, office_sessions, second_factor
from fieldapp.web.access import public
from fieldapp.web.auth.forms import SecondStep, SignIn
from fieldapp.web.auth.person import person, signed_in
from fieldapp.web.security import client_address

pages = Blueprint("auth", __name__)

WAITING = "waits_for_second_step"
PATIENCE_SECONDS = 10 * 60


@pages.route("/office/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response | str | tuple[str, int, dict[str, str]]:
    """Ask who it is; the answer to a wrong password does not say whether the account exists."""
    if signed_in() is not None:
        return redirect(url_for("office.inventories"))
    form = SignIn(next=request.args.get("next", ""))
    if not form.accepted():
        return render_template("auth/sign_in.html", form=form, problem=None)
    try:
        account = accounts.authenticate(form.email.data or "", form.password.data or "", client_address())
    except accounts.BadCredentials:
        problem = _("Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, puis recommencez.")
        return render_template("auth/sign_in.html", form=form, problem=problem), 401, {}
    except accounts.TooManyAttempts as error:
        minutes = -(-error.retry_after // 60)
        problem = _("Trop d’essais. Recommencez dans %(minutes)s min.", minutes=minutes)
        return (
            render_template("auth/sign_in.html", form=form, problem=problem),
            429,
            {"Retry-After": str(error.retry_after)},
        )
    # A session that existed before the password was given may be somebody else's.
    session.clear()
    session.permanent = True
    following = _inside(form.next.data) or url_for("office.inventories")
    if second_factor.is_on(account.id):
        session[WAITING] = {"account": account.id, "until": int(time()) + PATIENCE_SECONDS, "next": following}
        return redirect(url_for("auth.second_step"))
    return _let_in(account.id, following)


@pages.route("/office/second-step", methods=["GET", "POST"])
@public
def second_step() -> Response | str | tuple[str, int, dict[str, str]]:
    """Ask for the code of the authenticator, or a recovery code; only after a good password, and not for long."""
    waiting = session.get(WAITING)
    if not isinstance(waiting, dict) or waiting["until"] < time():
        session.pop(WAITING, None)
        return redirect(url_for("auth.sign_in"))
    form = SecondStep()
    if not form.accepted():
        return render_template("auth/second_step.html", form=form, problem=None)
    try:
        second_factor.check(waiting["account"], form.code.data or "", second_factor.now())
    except second_factor.WrongCode:
        problem = _("Ce code n’est pas bon, ou a déjà servi. Attendez le suivant, puis recommencez.")
        return render_template("auth/second_step.html", form=form, problem=problem), 401, {}
    except accounts.TooManyAttempts as error:
        problem = _("Trop d’essais. Recommencez dans %(minutes)s min.", minutes=-(-error.retry_after // 60))
        headers = {"Retry-After": str(error.retry_after)}
        return render_template("auth/second_step.html", form=form, problem=problem), 429, headers
    session.clear()
    session.permanent = True
    return _let_in(waiting["account"], waiting["next"])


def _let_in(account_id: str, following: str) -> Response:
    session_id = office_sessions.begin(account_id, request.user_agent.string)
    account = office_sessions.account_of(session_id, account_id)
    if account is None:  # closed in this very moment
        return redirect(url_for("auth.sign_in"))
    login_user(person(account, session_id))
    return redirect(following)


@pages.post("/office/sign-out")
@public
def sign_out() -> Response:
    """Forget who it was, here and on the server."""
    own = signed_in()
    if own is not None:
        office_sessions.end(own.account_id, own.session_id)
    logout_user()
    session.clear()
    return redirect(url_for("auth.sign_in"))


def _inside(address: str | None) -> str | None:
    """The address when it is one of the office's own pages: a link must not send a person who signs in elsewhere."""
    parts = urlsplit(address or "")
    own = not parts.scheme and not parts.netloc and parts.path.startswith("/office/") and "\\" not in (address or "")
    return address if own else None
