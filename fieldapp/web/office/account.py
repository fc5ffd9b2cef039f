"""One's own account: the second factor, and the browsers in which one is signed in."""

from flask import abort, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.one_time_code import address
from fieldapp.services import office_sessions, second_factor, staff
from fieldapp.services.attempts import TooManyAttempts
from fieldapp.web.access import roles
from fieldapp.web.auth.forms import SecondStep
from fieldapp.web.frame import house
from fieldapp.web.office.blueprint import READERS, pages
from fieldapp.web.office.person import reader
from fieldapp.web.words import later as _l

DRAFT = "second_factor_draft"
WRONG = _l("Ce code n’est pas bon, ou a déjà servi. Attendez le suivant, puis recommencez.")
NEEDED = _l("Votre bailleur exige un second code de votre rôle : il ne se retire pas.")
TOO_MANY = _l("Trop d’essais. Attendez quelques minutes, puis recommencez.")


@pages.get("/account")
@roles(*READERS)
def account() -> str:
    """What protects one's account."""
    return _page()


@pages.post("/account/second-factor")
@roles(*READERS)
def switch_on() -> str | tuple[str, int]:
    """Switch the second factor on; the recovery codes are on the page that answers, and never again."""
    form = SecondStep()
    if not form.accepted() or second_factor.is_on(reader().account_id):
        return _page(form), 400
    try:
        codes = second_factor.switch_on(reader().account_id, _draft(), form.code.data or "", second_factor.now())
    except (second_factor.WrongCode, TooManyAttempts) as error:
        form.code.errors = [WRONG if isinstance(error, second_factor.WrongCode) else TOO_MANY]
        return _page(form), 400
    session.pop(DRAFT, None)
    return _page(codes=codes)


@pages.post("/account/second-factor/off")
@roles(*READERS)
def switch_off() -> Response | tuple[str, int]:
    """Switch it off, with a code that is good now."""
    form = SecondStep()
    if not form.accepted():
        return _page(form), 400
    if staff.must_have_second_factor(reader().account_id):
        form.code.errors = [NEEDED]
        return _page(form), 400
    try:
        second_factor.switch_off(reader().account_id, form.code.data or "", second_factor.now())
    except (second_factor.WrongCode, TooManyAttempts) as error:
        form.code.errors = [WRONG if isinstance(error, second_factor.WrongCode) else TOO_MANY]
        return _page(form), 400
    flash(_("Le second code n’est plus demandé."), "safe")
    return redirect(url_for("office.account"))


@pages.post("/account/sessions/<uuid:session_id>/end")
@roles(*READERS)
def end_session(session_id: object) -> Response:
    """Sign out another browser, or this one."""
    try:
        office_sessions.end(reader().account_id, str(session_id))
    except office_sessions.UnknownSession:
        abort(404)
    flash(_("Cette session est fermée."), "safe")
    return redirect(url_for("office.account"))


def _page(form: SecondStep | None = None, codes: tuple[str, ...] = ()) -> str:
    who = reader()
    on = second_factor.is_on(who.account_id)
    secret = "" if on else _draft()
    return render_template(
        "office/account.html",
        form=form or SecondStep(formdata=None),
        on=on,
        codes=codes,
        left=second_factor.left(who.account_id) if on else 0,
        secret=secret,
        otpauth="" if on else address(secret, house().name, who.name),
        sessions=office_sessions.living(who.account_id),
    )


def _draft() -> str:
    """The secret that the page shows, the same until it is confirmed."""
    if DRAFT not in session:
        session[DRAFT] = second_factor.new_secret()
    return str(session[DRAFT])
