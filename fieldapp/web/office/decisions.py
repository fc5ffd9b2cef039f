"""The answers that change an inventory: to an alert, to a disagreement, to what was refused."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.services import deciding
from fieldapp.services.reviewing import NotHere
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import DECIDERS, pages
from fieldapp.web.office.file import show_overview
from fieldapp.web.office.forms import DecideAlert
from fieldapp.web.office.person import reader, scope


@pages.post("/inventories/<uuid:inventory_id>/alerts/<uuid:alert_id>")
@roles(*DECIDERS)
def decide_alert(inventory_id: object, alert_id: object) -> Response | tuple[str, int]:
    """Answer an alert; the agent's tablet learns it at its next sync."""
    form = DecideAlert()
    if not form.accepted():
        return show_overview(str(inventory_id), form), 400
    outcome, person = deciding.Outcome(form.outcome.data), reader()
    reason = (form.reason.data or "").strip()
    try:
        deciding.decide_alert(
            scope(), str(inventory_id), str(alert_id), outcome, reason, person.account_id, person.name
        )
    except NotHere:
        abort(404)
    except deciding.AlreadyDecided:
        flash(_("Quelqu’un a déjà répondu : voici la réponse."), "stop")
    else:
        flash(_("Votre décision est enregistrée. La tablette la recevra à sa prochaine connexion."), "safe")
    return _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/conflicts/<int:conflict_id>")
@roles(*DECIDERS)
def settle_conflict(inventory_id: object, conflict_id: int) -> Response:
    """Keep the value that is there, or take the other."""
    other = request.form.get("take") == "other"
    try:
        deciding.settle_conflict(scope(), str(inventory_id), conflict_id, reader().account_id, take_the_other=other)
    except NotHere:
        abort(404)
    except deciding.AlreadyDecided:
        flash(_("Ce désaccord est déjà réglé, ou l’état des lieux est signé et ne change plus."), "stop")
    else:
        flash(_("Le désaccord est réglé."), "safe")
    return _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/rejections")
@roles(*DECIDERS)
def see_rejections(inventory_id: object) -> Response:
    """Note that what was refused has been read."""
    try:
        deciding.see_rejections(scope(), str(inventory_id), reader().account_id)
    except NotHere:
        abort(404)
    flash(_("C’est noté. Ces saisies restent dans le journal du serveur."), "safe")
    return _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/reopen")
@roles(*DECIDERS)
def reopen(inventory_id: object) -> Response:
    """Have it signed again, because what was signed can never be sealed."""
    try:
        deciding.reopen(scope(), str(inventory_id), reader().account_id)
    except NotHere:
        abort(404)
    except deciding.AlreadyDecided:
        flash(_("Rien n’empêche de sceller cet état des lieux : il ne se rouvre pas."), "stop")
    else:
        flash(_("L’état des lieux est rouvert. La tablette l’apprendra à sa prochaine connexion."), "safe")
    return _back(inventory_id)


def _back(inventory_id: object) -> Response:
    return redirect(url_for("office.overview", inventory_id=inventory_id))
