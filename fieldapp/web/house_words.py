"""The words of the journal of the house: what was done, by what, on what."""

from flask import Flask

from fieldapp.web.wording import ACTIONS
from fieldapp.web.words import later as _l

DONE = {
    "account.signed_in": _l("Connexion"),
    "account.refused": _l("Connexion refusée"),
    "search.listed": _l("Recherche de personnes et d’adresses"),
    "account.made": _l("Compte créé"),
    "account.changed": _l("Compte modifié"),
    "account.closed": _l("Compte fermé"),
    "account.opened": _l("Compte rouvert"),
    "account.invited": _l("Invitation envoyée"),
    "account.reset_asked": _l("Nouveau mot de passe demandé"),
    "account.password_set": _l("Mot de passe choisi"),
    "account.second_factor_set": _l("Code à usage unique activé"),
    "account.second_factor_removed": _l("Code à usage unique retiré"),
    "account.recovery_used": _l("Code de secours utilisé"),
    "account.session_ended": _l("Session fermée"),
    "absence.noted": _l("Absence notée"),
    "absence.taken_back": _l("Absence retirée"),
    "appointment.created": _l("Rendez-vous créé par un autre système"),
    "building.changed": _l("Immeuble modifié par un autre système"),
    "building.created": _l("Immeuble créé par un autre système"),
    "client.token_given": _l("Jeton donné à un autre système"),
    "client.token_revoked": _l("Jeton retiré à un autre système"),
    "connector.made": _l("Système connecté"),
    "connector.replayed": _l("Événements renvoyés"),
    "connector.switched": _l("Connecteur suspendu ou repris"),
    "connector.tried": _l("Essai d’un connecteur"),
    "device.enrolled": _l("Tablette enregistrée"),
    "device.revoked": _l("Accès retiré à une tablette"),
    "dwelling.changed": _l("Logement modifié par un autre système"),
    "dwelling.created": _l("Logement créé par un autre système"),
    "file.read": _l("Dossier ouvert"),
    "landlord.second_factor_demanded": _l("Second code exigé"),
    "landlord.exported": _l("Toutes les données exportées"),
    "reading.created": _l("Relevé de compteur reçu d’un autre système"),
    "record.read": _l("Relevé signé lu par un autre système"),
    "report.read": _l("Rapport scellé ouvert"),
    "tenancy.notice_given": _l("Congé noté"),
    "tenancy.notice_taken_back": _l("Congé retiré"),
    "tenancy.changed": _l("Bail modifié par un autre système"),
    "tenancy.created": _l("Bail créé par un autre système"),
    "tenancy.listed": _l("Liste de baux lue par un autre système"),
    "tenancy.read": _l("Bail lu par un autre système"),
}
ACTORS = {
    "account": _l("un compte"),
    "client": _l("un autre système"),
    "device": _l("une tablette"),
    "link": _l("le porteur d’un lien"),
    "server": _l("le serveur"),
}
SUBJECTS = {
    "account": _l("Compte"),
    "appointment": _l("Rendez-vous"),
    "building": _l("Immeuble"),
    "client": _l("Autre système"),
    "connector": _l("Connecteur"),
    "device": _l("Tablette"),
    "dwelling": _l("Logement"),
    "inventory": _l("État des lieux"),
    "landlord": _l("Bailleur"),
    "reading": _l("Relevé de compteur"),
    "tenancy": _l("Bail"),
    "visit": _l("Visite"),
}


def furnish(app: Flask) -> None:
    """Give the words to every template; a code without words of its own reads as it is."""
    said = {**ACTIONS, **DONE}
    app.jinja_env.filters.update(
        house_word=lambda code: said.get(code, code),
        actor_word=lambda code: ACTORS.get(code, code),
        subject_word=lambda code: SUBJECTS.get(code, code),
    )
