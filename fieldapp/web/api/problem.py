"""A refusal that a program reads and a person understands (RFC 9457): a code, and a sentence in their language."""

from typing import Any

from flask import Response, jsonify

from fieldapp.web.api.pages import OURS
from fieldapp.web.words import later

_SENTENCES = {
    "bad_credentials": (401, later("L’adresse ou le mot de passe n’est pas le bon.")),
    "bad_key": (400, later("La clé de cette tablette ne peut pas être utilisée.")),
    "busy": (503, later("Le serveur est occupé. Tout reste sur la tablette et partira dans un instant.")),
    "hash_mismatch": (400, later("Le document a été abîmé en chemin : il sera envoyé de nouveau.")),
    "held": (409, later("Un danger a été signalé : l’agence doit décider avant la remise des clés.")),
    "malformed": (400, later("La demande n’a pas été comprise. Rien n’a été enregistré.")),
    "missing_photos": (409, later("Des photos ne sont pas encore arrivées.")),
    "no_catalogue": (404, later("Ce catalogue n’est pas ici, ou n’est pas pour cette tablette.")),
    "no_photo": (404, later("Cette photo n’est pas encore ici, ou n’est pas pour cette tablette.")),
    "no_offer": (422, later("Aucune offre n’a été notifiée à cette personne : sa réponse ne peut pas être reçue.")),
    "no_space": (507, later("Le serveur n’a plus de place. Tout reste sur la tablette et partira plus tard.")),
    "no_upload": (404, later("Cet envoi n’a pas été annoncé.")),
    "not_an_agent": (403, later("Ce compte travaille au bureau : il n’a pas de tablette.")),
    "not_complete": (422, later("L’état des lieux n’est pas complet.")),
    "not_signed": (409, later("Il manque une signature, ou elle porte sur une autre version.")),
    "not_yours": (403, later("Cet état des lieux n’est pas à vous.")),
    "record_differs": (422, later("Ce qui a été signé n’est pas ce que le serveur a reçu.")),
    "sealed": (409, later("Cet état des lieux est déjà scellé : il ne change plus.")),
    "token": (401, later("La session de cette tablette est terminée : identifiez-vous de nouveau.")),
    "too_large": (413, later("L’envoi est trop lourd.")),
    "too_many_attempts": (429, later("Trop d’essais. Attendez quelques minutes, puis recommencez.")),
    "unknown_version": (409, later("Cette tablette et le serveur ne parlent pas la même version.")),
    "withdrawn": (422, later("Cette photo a été floutée : l’image d’origine n’est plus voulue.")),
    "wrong_offset": (409, later("Cet envoi en est déjà ailleurs.")),
}


def problem(code: str, detail: str = "", **facts: Any) -> Response:
    """Answer with the status and the sentence of `code`; `detail` is for whoever programs, `facts` for the tablet."""
    status, title = _SENTENCES[code]
    members = {"type": f"about:blank#{code}", "title": str(title), "status": status, "code": code, "detail": detail}
    response = jsonify(members | facts)
    response.status_code = status
    response.mimetype = "application/problem+json"
    response.headers[OURS] = "1"
    return response
