"""The accounts of the staff: invited, changed, closed; their sign-ins and tablets ended."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from fieldapp.services import enrolment, mail, office_sessions, staff
from fieldapp.services.staff import AddressTaken, AgencyNeeded, Member, OwnAccount, UnknownAccount
from fieldapp.web.access import roles
from fieldapp.web.office.account_forms import AccountForm, DemandForm
from fieldapp.web.office.blueprint import pages
from fieldapp.web.office.person import reader, scope

ADMIN = "admin"


@pages.get("/accounts")
@roles(ADMIN)
def account_list() -> str:
    """Everybody who works here."""
    return _list(_form())


@pages.post("/accounts")
@roles(ADMIN)
def invite() -> str | tuple[str, int]:
    """Open an account; without a mail server its link is on the page that answers, and never again."""
    form = _form()
    if form.accepted():
        try:
            given = staff.invite(scope(), form.details(), reader().account_id)
        except (mail.BadAddress, AddressTaken, AgencyNeeded) as error:
            _say(form, error)
        else:
            return _one(given.account_id, link=given.link, invited=True)
    return _list(form), 400


@pages.post("/accounts/second-factor")
@roles(ADMIN)
def demand_second_factor() -> Response:
    """Say who must have a second factor."""
    form = DemandForm()
    if reader().agency_id is not None:
        abort(404)
    if not form.accepted():
        abort(400)
    staff.demand_second_factor(reader().landlord_id, form.who.data, reader().account_id)
    flash(_("C’est noté. Qui n’a pas encore de second code le règle à sa prochaine page."), "safe")
    return redirect(url_for("office.account_list"))


@pages.get("/accounts/<uuid:account_id>")
@roles(ADMIN)
def staff_account(account_id: object) -> str:
    """One account, with what protects it and where it is signed in."""
    return _one(str(account_id))


@pages.post("/accounts/<uuid:account_id>")
@roles(ADMIN)
def change_account(account_id: object) -> Response | tuple[str, int]:
    """Change name, address, role or agency."""
    _member(account_id)
    form = _form()
    if form.accepted():
        try:
            staff.change(scope(), str(account_id), form.details(), reader().account_id)
        except (mail.BadAddress, AddressTaken, AgencyNeeded, OwnAccount) as error:
            _say(form, error)
        else:
            flash(_("Le compte est modifié."), "safe")
            return _back(account_id)
    return _one(str(account_id), form), 400


@pages.post("/accounts/<uuid:account_id>/link")
@roles(ADMIN)
def send_link(account_id: object) -> str:
    """Send a new link to choose a password; without a mail server it is on the page that answers, and never again."""
    try:
        given = staff.send_link(scope(), str(account_id), reader().account_id)
    except UnknownAccount:
        abort(404)
    return _one(given.account_id, link=given.link, invited=True)


@pages.post("/accounts/<uuid:account_id>/<any(close, open):way>")
@roles(ADMIN)
def switch_account(account_id: object, way: str) -> Response:
    """Close an account, or open it again."""
    try:
        if way == "close":
            staff.close(scope(), str(account_id), reader().account_id)
        else:
            staff.reopen(scope(), str(account_id), reader().account_id)
    except UnknownAccount:
        abort(404)
    except OwnAccount:
        flash(_("Personne ne ferme son propre compte : un autre administrateur peut le faire."), "stop")
    else:
        flash(_("Ce compte est fermé.") if way == "close" else _("Ce compte est ouvert à nouveau."), "safe")
    return _back(account_id)


@pages.post("/accounts/<uuid:account_id>/second-factor/off")
@roles(ADMIN)
def forget_second_factor(account_id: object) -> Response:
    """Take the second factor off for who has lost telephone and codes."""
    try:
        staff.forget_second_factor(scope(), str(account_id), reader().account_id)
    except UnknownAccount:
        abort(404)
    flash(_("Le second code est retiré."), "safe")
    return _back(account_id)


@pages.post("/accounts/<uuid:account_id>/sessions/<uuid:session_id>/end")
@roles(ADMIN)
def end_their_session(account_id: object, session_id: object) -> Response:
    """Sign somebody out of one browser."""
    try:
        staff.end_session(scope(), str(account_id), str(session_id), reader().account_id)
    except (UnknownAccount, office_sessions.UnknownSession):
        abort(404)
    flash(_("Cette session est fermée."), "safe")
    return _back(account_id)


def _list(form: AccountForm) -> str:
    demand = None
    if reader().agency_id is None:
        demand = DemandForm(formdata=None, who=staff.who_needs_second_factor(reader().landlord_id))
    return render_template("office/accounts.html", members=staff.listed(scope()), form=form, demand=demand)


def _one(account_id: str, form: AccountForm | None = None, *, link: str | None = None, invited: bool = False) -> str:
    member = _member(account_id)
    tablets = [one for one in enrolment.devices_of(scope()) if one.account_id == account_id]
    return render_template(
        "office/staff_account.html",
        member=member,
        form=form or _form(member),
        link=link,
        invited=invited,
        sessions=office_sessions.living(account_id),
        tablets=tablets,
    )


def _member(account_id: object) -> Member:
    try:
        return staff.one(scope(), str(account_id))
    except UnknownAccount:
        abort(404)


def _form(member: Member | None = None) -> AccountForm:
    if member is None:
        form = AccountForm()
    else:
        known = member.details
        form = AccountForm(
            formdata=None,
            name=known.name,
            email=known.email,
            role=known.role,
            agency=known.agency_id or "",
            language=known.language,
            quality=known.quality,
            mandate=known.mandate,
            domicile=known.domicile,
        )
    whole = [] if reader().agency_id else [("", _("Toutes les agences"))]
    form.agency.choices = [SelectChoice(*one) for one in (*whole, *staff.agencies(scope()))]
    return form


def _say(form: AccountForm, error: Exception) -> None:
    """Say at the field what keeps the account from being written."""
    match error:
        case mail.BadAddress():
            form.email.errors = [_("Cette adresse n’est pas complète : il faut quelque chose comme nom@exemple.fr.")]
        case AddressTaken():
            form.email.errors = [_("Un compte a déjà cette adresse : prenez-en une autre.")]
        case OwnAccount():
            form.role.errors = [_("Personne ne change son propre rôle : un autre administrateur peut le faire.")]
        case _:
            form.agency.errors = [_("Choisissez l’agence de cette personne.")]


def _back(account_id: object) -> Response:
    return redirect(url_for("office.staff_account", account_id=account_id))
