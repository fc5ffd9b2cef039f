"""What the office decides of a file that it read, and the comments that go back with it."""

from collections.abc import Callable

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.review import CommentOn
from fieldapp.services import queue, verdicts
from fieldapp.services.reviewing import NotHere
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import DECIDERS, pages
from fieldapp.web.office.person import reader, scope
from fieldapp.web.wording import VERDICTS

MOST_LETTERS = 1000
MOST_COMMENT = 2000


@pages.post("/inventories/<uuid:inventory_id>/comments")
@roles(*DECIDERS)
def write_comment(inventory_id: object) -> Response:
    """Pin a comment to an element or a photograph; it leaves with the next return."""
    kind, _colon, subject = request.form.get("on", "").partition(":")
    text = request.form.get("text", "").strip()
    if kind not in {one.value for one in CommentOn} or not text or len(text) > MOST_COMMENT:
        flash(_("Écrivez ce que l’agent doit faire, en deux mille caractères au plus."), "stop")
        return _back(inventory_id)
    try:
        verdicts.comment(scope(), str(inventory_id), (CommentOn(kind), subject), text, reader().account_id)
    except NotHere:
        abort(404)
    return redirect(f"{url_for('office.overview', inventory_id=inventory_id)}#change-{subject}")


@pages.post("/inventories/<uuid:inventory_id>/comments/<uuid:comment_id>/drop")
@roles(*DECIDERS)
def drop_comment(inventory_id: object, comment_id: object) -> Response:
    """Take back a comment that was not sent."""
    try:
        verdicts.drop_comment(scope(), str(inventory_id), str(comment_id), reader().account_id)
    except NotHere:
        abort(404)
    return _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/accept")
@roles(*DECIDERS)
def accept_file(inventory_id: object) -> Response:
    """It is right: on to the next one."""
    decided = _decide(inventory_id, lambda rev: verdicts.accept(scope(), str(inventory_id), rev, reader().account_id))
    if decided:
        flash(_("Dossier validé."), "safe")
    return _next(inventory_id) if decided else _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/return")
@roles(*DECIDERS)
def send_back(inventory_id: object) -> Response:
    """Send the comments to the agent's tablet."""
    try:
        decided = _decide(
            inventory_id, lambda rev: verdicts.send_back(scope(), str(inventory_id), rev, reader().account_id)
        )
    except verdicts.NothingToSay:
        flash(_("Écrivez d’abord un commentaire : l’agent doit savoir quoi corriger."), "stop")
        return _back(inventory_id)
    if decided:
        flash(_("Dossier renvoyé. La tablette recevra les commentaires à sa prochaine connexion."), "safe")
    return _next(inventory_id) if decided else _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/dispute")
@roles(*DECIDERS)
def dispute_file(inventory_id: object) -> Response:
    """Open a dispute, with what it is about."""
    text = _text()
    if not text:
        return _back(inventory_id)
    decided = _decide(
        inventory_id, lambda rev: verdicts.dispute(scope(), str(inventory_id), rev, text, reader().account_id)
    )
    if decided:
        flash(_("Le litige est ouvert."), "safe")
    return _back(inventory_id)


def _decide(inventory_id: object, decide: Callable[[int], None]) -> bool:
    """Whether the decision was taken; when somebody else's came first, say which."""
    try:
        decide(request.form.get("rev", -1, type=int))
    except NotHere:
        abort(404)
    except verdicts.NotYet:
        flash(_("Ce dossier n’en est pas là : cette décision attend la signature."), "stop")
    except verdicts.DecidedMeanwhile:
        now = verdicts.standing_of(str(inventory_id))
        what = VERDICTS.get(now.verdict or "", "")
        who = now.by or _("l’agent")
        flash(_("Entre-temps, %(who)s a décidé : %(what)s. Rien n’a été écrasé.", who=who, what=what), "stop")
    else:
        return True
    return False


def _text() -> str:
    text = request.form.get("text", "").strip()
    if not text or len(text) > MOST_LETTERS:
        flash(_("Écrivez une phrase, de mille caractères au plus."), "stop")
        return ""
    return text


def _next(inventory_id: object) -> Response:
    following = queue.next_pressing(scope(), str(inventory_id))
    if following is None:
        return redirect(url_for("office.inventories"))
    return redirect(url_for("office.overview", inventory_id=following))


def _back(inventory_id: object) -> Response:
    return redirect(url_for("office.overview", inventory_id=inventory_id))
