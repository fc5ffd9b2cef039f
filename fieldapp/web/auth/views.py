"""The sign-in page, and the way out."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from fieldapp.services import accounts
from fieldapp.web.access import public
from fieldapp.web.auth.forms import SignIn
from fieldapp.web.auth.person import person, signed_in
from fieldapp.web.security import client_address

pages = Blueprint("auth", __name__)


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
    login_user(person(account))
    return redirect(_inside(form.next.data) or url_for("office.inventories"))


@pages.post("/office/sign-out")
@public
def sign_out() -> Response:
    """Forget who it was."""
    logout_user()
    session.clear()
    return redirect(url_for("auth.sign_in"))


def _inside(address: str | None) -> str | None:
    """The address when it is one of the office's own pages: a link must not send a person who signs in elsewhere."""
    parts = urlsplit(address or "")
    own = not parts.scheme and not parts.netloc and parts.path.startswith("/office/") and "\\" not in (address or "")
    return address if own else None
