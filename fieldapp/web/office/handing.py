"""Handing a copy to a party: by link, by e-mail, on paper."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.services import copy_mail, handover, mail
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import DECIDERS, pages
from fieldapp.web.office.file import show_copies
from fieldapp.web.office.forms import SendMail
from fieldapp.web.office.person import reader, scope
from fieldapp.web.words import later as _l

MISSING = (handover.NotSealed, handover.UnknownParty, handover.DeadLink)


@pages.post("/inventories/<uuid:inventory_id>/copies/<uuid:party_id>/link")
@roles(*DECIDERS)
def give_link(inventory_id: object, party_id: object) -> Response:
    """Make a link for one party; the page then shows it."""
    try:
        handover.give_link(scope(), str(inventory_id), str(party_id), reader().account_id)
    except MISSING:
        abort(404)
    flash(_("Le lien est prêt. Donnez-le à cette personne seulement."), "safe")
    return _back(inventory_id, party_id)


@pages.post("/inventories/<uuid:inventory_id>/copies/<uuid:party_id>/email")
@roles(*DECIDERS)
def send_mail(inventory_id: object, party_id: object) -> Response | tuple[str, int]:
    """Send the report by e-mail, or put the message into the outbox."""
    form = SendMail()
    if form.accepted():
        try:
            copy_mail.send(scope(), str(inventory_id), str(party_id), form.email.data or "", reader().account_id)
        except mail.BadAddress:
            form.email.errors = [_l("Cette adresse n’est pas complète : il faut quelque chose comme nom@exemple.fr.")]
        except MISSING:
            abort(404)
        else:
            flash(_("Le message est dans la boîte d’envoi."), "safe")
            return _back(inventory_id, party_id)
    return show_copies(str(inventory_id), form, str(party_id)), 400


@pages.post("/inventories/<uuid:inventory_id>/copies/<uuid:party_id>/<any(print, post):channel>")
@roles(*DECIDERS)
def hand_over(inventory_id: object, party_id: object, channel: str) -> Response:
    """Note a copy on paper; for `print`, the report then opens to be printed."""
    try:
        handover.hand_over(scope(), str(inventory_id), str(party_id), channel, reader().account_id)
    except MISSING:
        abort(404)
    if channel == "print":
        return redirect(url_for("office.report", inventory_id=inventory_id))
    flash(_("L’envoi par la poste est noté."), "safe")
    return _back(inventory_id, party_id)


@pages.post("/links/<uuid:link_id>/withdraw")
@roles(*DECIDERS)
def withdraw(link_id: object) -> Response:
    """Make a link useless from now on."""
    try:
        inventory_id = handover.withdraw(scope(), str(link_id), reader().account_id)
    except handover.DeadLink:
        abort(404)
    flash(_("Le lien ne s’ouvre plus."), "safe")
    return redirect(url_for("office.copies", inventory_id=inventory_id))


def _back(inventory_id: object, party_id: object) -> Response:
    return redirect(url_for("office.copies", inventory_id=inventory_id, _anchor=f"party-{party_id}"))
