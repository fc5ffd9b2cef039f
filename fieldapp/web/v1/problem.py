"""A refusal that a program reads and a person understands (RFC 9457): a code that stays, a sentence in their language."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify

from fieldapp.web.words import later

SENTENCES = {
    "already_there": (409, later("Un autre objet porte déjà cette référence.")),
    "bad_cursor": (404, later("Ce curseur n’est pas de cette liste : recommencez sans curseur.")),
    "bad_header": (400, later("Un en-tête de la demande n’a pas la bonne forme.")),
    "bad_parameter": (400, later("Un paramètre de l’adresse n’est pas connu ou n’a pas la bonne forme.")),
    "changed": (412, later("L’objet a changé depuis sa lecture : lisez-le de nouveau.")),
    "inconsistent": (409, later("Deux champs ne vont pas ensemble. Rien n’a été enregistré.")),
    "insufficient_scope": (403, later("Ce jeton ne donne pas ce droit.")),
    "invalid": (422, later("Un champ n’a pas la bonne valeur. Rien n’a été enregistré.")),
    "key_reused": (422, later("Cette clé d’idempotence a déjà servi à une autre demande.")),
    "malformed": (400, later("Le corps de la demande n’est pas du JSON.")),
    "not_found": (404, later("Il n’y a rien à cette adresse.")),
    "not_json": (415, later("Le corps de la demande doit être de type application/json.")),
    "not_sealed": (409, later("Cet état des lieux n’est pas encore scellé.")),
    "precondition_required": (428, later("Donnez dans If-Match l’ETag de l’objet que vous avez lu.")),
    "stale_cursor": (410, later("Ce curseur a plus d’un jour : recommencez la liste sans curseur.")),
    "token": (401, later("Le jeton manque, n’est pas connu ou a été retiré.")),
    "too_many_requests": (429, later("Trop de demandes : attendez avant la suivante.")),
    "unknown_reference": (409, later("Un champ désigne un objet qui n’existe pas.")),
}

TYPE = "application/problem+json"


def problem(code: str, detail: str = "", errors: Sequence[dict[str, Any]] = (), **headers: str) -> Response:
    """Answer with the status and the sentence of `code`; `errors` point into the body, `headers` are added."""
    status, title = SENTENCES[code]
    members: dict[str, Any] = {
        "type": f"about:blank#{code}",
        "title": str(title),
        "status": status,
        "code": code,
        "detail": detail,
    }
    response = jsonify(members | ({"errors": list(errors)} if errors else {}))
    response.status_code = status
    response.mimetype = TYPE
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response
