"""The agents' calendars: making a secret address, showing it once and taking it back."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from fieldapp.services import calendars
from fieldapp.services.booking import NotHere
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.person import reader, scope
from fieldapp.web.security import public_url


@pages.get("/calendars")
@roles(*READERS)
def calendar_list() -> str:
    """Every agent, and whether an address works."""
    return _list_page()


@pages.post("/calendars/<uuid:agent_id>")
@roles(*DECIDERS)
def make_calendar(agent_id: object) -> Response:
    """A new address, shown this once."""
    try:
        secret = calendars.make_link(scope(), str(agent_id), reader().account_id)
    except NotHere:
        abort(404)
    response = Response(_list_page(public_url(url_for("calendar.calendar", secret=secret)), str(agent_id)))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@pages.post("/calendars/links/<uuid:link_id>/revoke")
@roles(*DECIDERS)
def revoke_calendar(link_id: object) -> BaseResponse:
    """Stop an address from working."""
    try:
        calendars.revoke(scope(), str(link_id), reader().account_id)
    except NotHere:
        abort(404)
    flash(_("L’adresse ne fonctionne plus."), "safe")
    return redirect(url_for("office.calendar_list"))


def _list_page(address: str = "", agent_id: str = "") -> str:
    return render_template(
        "office/calendars.html",
        agendas=calendars.agendas(scope()),
        address=address,
        made_for=agent_id,
        decides=reader().role in DECIDERS,
    )
