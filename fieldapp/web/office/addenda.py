"""Asking for an addendum to a sealed inventory, or refusing a tenant's request for one."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from fieldapp.domain.addendum import AddendumKind
from fieldapp.domain.inventory import InventoryState
from fieldapp.services import addenda, verdicts
from fieldapp.services.addenda import AlreadyOpen, NothingToSay, NotThatDay, Request
from fieldapp.services.booking import AgentBusy, InThePast
from fieldapp.services.booking import NotHere as NoAgent
from fieldapp.services.case_file import File
from fieldapp.services.reviewing import NotHere
from fieldapp.web.access import roles
from fieldapp.web.form import Form
from fieldapp.web.office.blueprint import DECIDERS, pages
from fieldapp.web.office.file import opened
from fieldapp.web.office.import_form import DayField
from fieldapp.web.office.letting_forms import choices
from fieldapp.web.office.lettings import today
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.slot_form import SlotForm
from fieldapp.web.wording import ADDENDUM_KINDS, VERDICTS
from fieldapp.web.words import later as _l

MOST = Length(max=1000, message=_l("Mille caractères au plus."))


class AskAddendum(SlotForm):
    """Why, since when, what about, and the appointment at which both sides sign."""

    kind = RadioField(_l("Pourquoi"), validators=[InputRequired(_l("Choisissez pourquoi."))])
    requested_on = DayField(_l("Demandé le"), validators=[Optional()])
    words = TextAreaField(_l("Ce que l’avenant doit dire"), validators=[MOST], render_kw={"rows": 3})
    points = SelectMultipleField(_l("Points à reprendre"), validate_choice=False)
    due_on = DayField(_l("À signer au plus tard le"), validators=[Optional()])


class RejectRequest(Form):
    """A tenant's request that the office does not follow, and why."""

    requested_on = DayField(_l("Demandé le"), validators=[InputRequired(_l("Donnez le jour de la demande."))])
    words = TextAreaField(
        _l("Ce que le locataire demandait"),
        validators=[InputRequired(_l("Écrivez ce qui était demandé.")), MOST],
        render_kw={"rows": 3},
    )
    answer = TextAreaField(
        _l("Pourquoi c’est refusé"),
        validators=[InputRequired(_l("Écrivez pourquoi : le locataire le lira.")), MOST],
        render_kw={"rows": 3},
    )


@pages.get("/inventories/<uuid:inventory_id>/addendum")
@roles(*DECIDERS)
def new_addendum(inventory_id: object) -> Response | str:
    """The empty request, with every comment that was prepared ticked."""
    file = opened(str(inventory_id))
    if file.state != InventoryState.SEALED:
        return _too_early(file.id)
    return _page(file)


@pages.post("/inventories/<uuid:inventory_id>/addendum")
@roles(*DECIDERS)
def ask_addendum(inventory_id: object) -> Response | tuple[str, int]:
    """Give the appointment, or say why it cannot be given; what was signed stays."""
    file = opened(str(inventory_id))
    if file.state != InventoryState.SEALED:
        return _too_early(file.id)
    form = _ask_form(file)
    if not form.accepted():
        return _page(file, form), 400
    kind = AddendumKind(form.kind.data)
    if kind is AddendumKind.TENANT_REQUEST and form.requested_on.data is None:
        form.requested_on.errors = [_("Donnez le jour de la demande : le délai de dix jours en dépend.")]
        return _page(file, form), 400
    asked = Request(
        kind, form.requested_on.data, form.due_on.data, (form.words.data or "").strip(), form.points.data or ()
    )
    rev = request.form.get("rev", -1, type=int)
    slot = form.slot(file.record["zone"])
    try:
        addenda.ask(scope(), file.id, rev, asked, slot, reader().account_id)
    except (NotHere, NoAgent):
        abort(404)
    except verdicts.DecidedMeanwhile:
        now = verdicts.standing_of(file.id)
        who, what = now.by or _("l’agent"), VERDICTS.get(now.verdict or "", "")
        flash(_("Entre-temps, %(who)s a décidé : %(what)s. Rien n’a été écrasé.", who=who, what=what), "stop")
        return _back(file.id)
    except AlreadyOpen:
        flash(_("Un avenant attend déjà d’être signé. Faites-le signer ou annulez son rendez-vous d’abord."), "stop")
        return _back(file.id)
    except NothingToSay:
        form.words.errors = [_("Écrivez ce que l’avenant doit dire, ou cochez un commentaire.")]
        return _page(file, form), 400
    except NotThatDay as error:
        _say_day(form, error)
        return _page(file, form), 400
    except (InThePast, AgentBusy) as error:
        form.say(error, file.record["zone"])
        return _page(file, form), 400
    flash(_("L’avenant est demandé. L’agent le recevra avec sa journée."), "safe")
    if addenda.of_inventory(file.id)[-1].row.in_time is False:
        flash(_("Le délai est passé : l’avenant reste possible si les deux sont d’accord, et il le dira."), "wait")
    return _back(file.id)


@pages.post("/inventories/<uuid:inventory_id>/addendum/refusal")
@roles(*DECIDERS)
def reject_addendum(inventory_id: object) -> Response | tuple[str, int]:
    """Keep that the request was refused, and why."""
    file = opened(str(inventory_id))
    if file.state != InventoryState.SEALED:
        return _too_early(file.id)
    form = RejectRequest(prefix="no")
    if not form.accepted():
        return _page(file, rejecting=form), 400
    asked = Request(AddendumKind.TENANT_REQUEST, form.requested_on.data, None, (form.words.data or "").strip())
    try:
        addenda.reject(scope(), file.id, asked, (form.answer.data or "").strip(), reader().account_id)
    except NotHere:
        abort(404)
    except NotThatDay:
        form.requested_on.errors = [_impossible_day()]
        return _page(file, rejecting=form), 400
    flash(
        _(
            "Le refus est noté. Répondez par écrit au locataire : il peut saisir la commission départementale de conciliation."
        ),
        "safe",
    )
    return _back(file.id)


def _ask_form(file: File, *, empty: bool = False) -> AskAddendum:
    waiting = [draft.id for draft in verdicts.standing_of(file.id).drafts]
    given = {"day": today() + timedelta(days=1), "points": waiting}
    form = AskAddendum(formdata=None, **given) if empty else AskAddendum()
    form.offer_agents()
    form.kind.choices = choices((code, str(words)) for code, words in ADDENDUM_KINDS.items())
    form.points.choices = choices((one, one) for one in waiting)
    return form


def _say_day(form: AskAddendum, error: NotThatDay) -> None:
    if str(error) == "due_on":
        form.due_on.errors = [_("Ce jour est avant le rendez-vous.")]
    else:
        form.requested_on.errors = [_impossible_day()]


def _impossible_day() -> str:
    return _("Ce jour est à venir, ou avant l’état des lieux : vérifiez la date de la demande.")


def _page(file: File, asking: AskAddendum | None = None, rejecting: RejectRequest | None = None) -> str:
    return render_template(
        "office/addendum_new.html",
        file=file,
        form=asking or _ask_form(file, empty=True),
        rejecting=rejecting or RejectRequest(prefix="no", formdata=None),
        review=verdicts.standing_of(file.id),
    )


def _too_early(inventory_id: str) -> Response:
    flash(_("Un avenant complète un document scellé : celui-ci ne l’est pas encore."), "stop")
    return _back(inventory_id)


def _back(inventory_id: str) -> Response:
    return redirect(url_for("office.overview", inventory_id=inventory_id))
