"""The appointment of one inventory: seen, moved, cancelled."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.services import planning
from fieldapp.services.booking import AgentBusy, InThePast, NotHere, NotMovable
from fieldapp.services.planning import Planned
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.file import frame, opened
from fieldapp.web.office.letting_forms import Reason
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of
from fieldapp.web.office.slot_form import SlotForm, slot_values


@pages.get("/inventories/<uuid:inventory_id>/appointment")
@roles(*READERS)
def appointment(inventory_id: object) -> str:
    """When it is made, by whom, and whether that can still change."""
    return _page(_planned(str(inventory_id)))


@pages.post("/inventories/<uuid:inventory_id>/appointment/move")
@roles(*DECIDERS)
def move_appointment(inventory_id: object) -> Response | tuple[str, int]:
    """Give it another slot."""
    planned, form = _planned(str(inventory_id)), SlotForm()
    form.offer_agents()
    if not form.accepted():
        return _page(planned, moving=form), 400
    try:
        planning.move(scope(), planned.inventory_id, form.slot(planned.zone), reader().account_id)
    except NotHere:
        abort(404)
    except NotMovable:
        flash(_("Ce rendez-vous a commencé, ou il est annulé : il ne se déplace plus."), "stop")
    except (InThePast, AgentBusy) as error:
        form.say(error, planned.zone)
        return _page(planned, moving=form), 400
    else:
        flash(_("Le rendez-vous est déplacé. Prévenez les personnes attendues."), "safe")
    return redirect(url_for("office.appointment", inventory_id=inventory_id))


@pages.post("/inventories/<uuid:inventory_id>/appointment/cancel")
@roles(*DECIDERS)
def cancel_appointment(inventory_id: object) -> Response | tuple[str, int]:
    """Cancel it and say why."""
    planned, form = _planned(str(inventory_id)), Reason()
    if not form.accepted():
        return _page(planned, cancelling=form), 400
    try:
        planning.cancel(scope(), planned.inventory_id, (form.reason.data or "").strip(), reader().account_id)
    except NotHere:
        abort(404)
    except NotMovable:
        flash(_("Ce rendez-vous a commencé, ou il est annulé : il ne s’annule plus."), "stop")
    else:
        warn_of(form.reason.data)
        flash(_("Le rendez-vous est annulé. Prévenez les personnes attendues."), "safe")
    return redirect(url_for("office.appointment", inventory_id=inventory_id))


def _planned(inventory_id: str) -> Planned:
    try:
        return planning.appointment_of(scope(), inventory_id)
    except NotHere:
        abort(404)


def _page(planned: Planned, moving: SlotForm | None = None, cancelling: Reason | None = None) -> str:
    file = opened(planned.inventory_id)
    given = slot_values(planned.agent_id, planned.starts_at, planned.ends_at, planned.zone)
    form = moving or SlotForm(formdata=None, **given)
    form.offer_agents()
    return render_template(
        "office/appointment.html",
        file=file,
        planned=planned,
        moving=form,
        cancelling=cancelling or Reason(formdata=None),
        **frame(file),
    )
