"""The other systems: which of them may ask, which of them hear, and how well that goes."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.services import clients, connectors
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import pages
from fieldapp.web.office.connector_forms import GiveToken, MakeConnector
from fieldapp.web.office.person import reader, scope
from fieldapp.web.words import later as _l
from sync.record.folder import BadFolder
from sync.record.target import BadTarget

ADMIN = "admin"
REFUSED = {
    "not_an_address": _l(
        "Ce n’est pas une adresse complète : il faut quelque chose comme https://exemple.fr/evenements."
    ),
    "not_https": _l("L’adresse doit commencer par https:// : les événements ne voyagent pas en clair."),
    "private": _l(
        "Cette adresse mène à un réseau privé. L’installation peut l’autoriser par FIELDAPP_CONNECTOR_NETWORKS."
    ),
    "unknown_host": _l("Ce nom de serveur est introuvable."),
    "not_a_folder": _l("Un nom de dossier a des minuscules sans accent, des chiffres et des tirets."),
    "folder_unusable": _l("Ce dossier ne peut pas être utilisé sur le serveur."),
}


@pages.get("/connectors")
@roles(ADMIN)
def connector_list() -> str:
    """Every connector and every token."""
    return _page()


@pages.post("/connectors")
@roles(ADMIN)
def make_connector() -> str | tuple[str, int]:
    """Connect a system; its signing secret is on the page that answers, and never again."""
    form = MakeConnector()
    if form.accepted():
        _landlord_wide()
        target = (form.target.data or "").strip()
        try:
            made, secret = connectors.connect(
                reader().landlord_id, form.kind.data, (form.name.data or "").strip(), target, reader().account_id
            )
        except (BadTarget, BadFolder) as error:
            form.target.errors = [REFUSED[str(error)]]
        else:
            return _page(secret=secret, made=made)
    return _page(connector=form), 400


@pages.post("/tokens")
@roles(ADMIN)
def give_token() -> str | tuple[str, int]:
    """Let a system ask; its token is on the page that answers, and never again."""
    form = GiveToken()
    if not form.accepted():
        return _page(token=form), 400
    made = clients.give(scope(), (form.label.data or "").strip(), form.scope.data, reader().account_id)
    return _page(given=made)


@pages.post("/tokens/<uuid:token_id>/revoke")
@roles(ADMIN)
def revoke_token(token_id: object) -> Response:
    """Take a token back."""
    try:
        clients.revoke(scope(), str(token_id), reader().account_id)
    except clients.UnknownToken:
        abort(404)
    flash(_("Ce jeton n’ouvre plus rien."), "safe")
    return redirect(url_for("office.connector_list"))


@pages.get("/connectors/<uuid:connector_id>")
@roles(ADMIN)
def connector(connector_id: object) -> str:
    """The events of one connector, those that need a person first."""
    _landlord_wide()
    try:
        line, told = connectors.deliveries(reader().landlord_id, str(connector_id))
    except connectors.UnknownConnector:
        abort(404)
    return render_template("office/connector.html", line=line, told=told)


@pages.post("/connectors/<uuid:connector_id>/try")
@roles(ADMIN)
def try_connector(connector_id: object) -> Response:
    """Send an event that says nothing."""
    _landlord_wide()
    try:
        connectors.try_it(reader().landlord_id, str(connector_id), reader().account_id)
    except connectors.UnknownConnector:
        abort(404)
    flash(_("Un essai part maintenant. Rechargez la page dans un instant pour voir s’il est arrivé."), "safe")
    return _back(connector_id)


@pages.post("/connectors/<uuid:connector_id>/<any(on, off):way>")
@roles(ADMIN)
def switch_connector(connector_id: object, way: str) -> Response:
    """Stop telling a system, or go on."""
    _landlord_wide()
    try:
        connectors.switch(reader().landlord_id, str(connector_id), reader().account_id, on=way == "on")
    except connectors.UnknownConnector:
        abort(404)
    flash(
        _("Ce système est informé à nouveau, aussi de ce qu’il a manqué.")
        if way == "on"
        else _("Ce système n’est plus informé. Ce qui se passe l’attend."),
        "safe",
    )
    return _back(connector_id)


@pages.post("/connectors/<uuid:connector_id>/replay")
@roles(ADMIN)
def replay_all(connector_id: object) -> Response:
    """Send again whatever has not arrived."""
    return _replay(connector_id, None)


@pages.post("/connectors/<uuid:connector_id>/events/<uuid:delivery_id>/replay")
@roles(ADMIN)
def replay_one(connector_id: object, delivery_id: object) -> Response:
    """Send one event again."""
    return _replay(connector_id, str(delivery_id))


def _replay(connector_id: object, delivery_id: str | None) -> Response:
    _landlord_wide()
    try:
        connectors.replay(reader().landlord_id, str(connector_id), delivery_id, reader().account_id)
    except connectors.UnknownConnector:
        abort(404)
    flash(_("L’envoi est demandé à nouveau. Qui l’a déjà reçu le reconnaît à son numéro."), "safe")
    return _back(connector_id)


def _page(connector: MakeConnector | None = None, token: GiveToken | None = None, **shown: str | None) -> str:
    whole = reader().agency_id is None
    return render_template(
        "office/connectors.html",
        lines=connectors.listed(reader().landlord_id) if whole else (),
        whole=whole,
        tokens=clients.listed(scope()),
        connector=connector or MakeConnector(formdata=None),
        token=token or GiveToken(formdata=None),
        **shown,
    )


def _landlord_wide() -> None:
    """Events are of the whole landlord: who works for one agency has no connector."""
    if reader().agency_id is not None:
        abort(404)


def _back(connector_id: object) -> Response:
    return redirect(url_for("office.connector", connector_id=connector_id))
