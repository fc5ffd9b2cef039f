"""The words for what the services say in codes: one sentence for each, written for whoever reads the page."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from fieldapp.domain import catalogue, charge_words, file_fault_words, telephone, wear_words
from fieldapp.domain.cause import Cause
from fieldapp.domain.charge_doubt import Doubt
from fieldapp.domain.charge_sheet import SheetLine
from fieldapp.domain.file_fault import Fault
from fieldapp.domain.price_list import Unit
from fieldapp.domain.settlement import (
    CannotSettle,
    ExitBeforeEntry,
    KeysReturnedInFuture,
    ProvisionTooHigh,
    WithoutProof,
)
from fieldapp.domain.settlement import Entry as AccountEntry
from fieldapp.domain.settlement_state import SettlementState
from fieldapp.domain.urgency import Reason
from fieldapp.domain.wear_grid import GridRow
from fieldapp.domain.wording import Wording
from fieldapp.domain_words import in_language
from fieldapp.services.journal import Entry
from fieldapp.services.queue import Row, Show
from fieldapp.web.amounts import money
from fieldapp.web.language import current
from fieldapp.web.words import later as _l

KINDS = {"move_in": _l("Entrée"), "move_out": _l("Sortie"), "pre_exit": _l("Visite avant sortie")}
DWELLINGS = {
    "apartment": _l("appartement"),
    "house": _l("maison"),
    "garage": _l("garage"),
    "commercial": _l("local commercial"),
    "foyer_room": _l("chambre en foyer"),
}
STATES = {
    "planned": _l("Prévu"),
    "in_progress": _l("En cours"),
    "held": _l("En attente de décision"),
    "interrupted": _l("Interrompu"),
    "closed": _l("Signé, scellement en cours"),
    "sealed": _l("Scellé"),
}
VERDICTS = {
    "accepted": _l("Validé"),
    "returned": _l("Renvoyé à l’agent"),
    "corrected": _l("Corrigé par l’agent, à relire"),
    "addendum": _l("Avenant demandé"),
    "disputed": _l("Litige ouvert"),
}
ADDENDUM_KINDS = {
    "tenant_request": _l("Demande du locataire après l’entrée"),
    "heating": _l("Chauffage, premier mois de la saison"),
    "correction": _l("Correction d’un commun accord"),
}
ADDENDUM_STATES = {
    "asked": _l("Demandé à l’agent"),
    "signed": _l("Signé des deux côtés"),
    "not_signed": _l("Refus de signer"),
    "withdrawn": _l("Rendez-vous sans suite"),
    "rejected": _l("Demande refusée par le bureau"),
}
SHOWS = {
    Show.ALL: _l("Tous"),
    Show.PRESSING: _l("À traiter"),
    Show.UNDER_WAY: _l("En cours"),
    Show.PLANNED: _l("Prévus"),
    Show.SEALED: _l("Terminés"),
}
REASONS = {
    Reason.HELD: _l("Alerte à décider"),
    Reason.NOT_COMPLETE: _l("Mention obligatoire absente"),
    Reason.RECORD_REFUSED: _l("Document signé non repris"),
    Reason.REJECTED: _l("Saisies refusées"),
    Reason.CONFLICT: _l("Désaccords"),
    Reason.PHOTO_UNUSABLE: _l("Photo illisible dans le document signé"),
    Reason.PHOTOS_MISSING: _l("Photos manquantes"),
    Reason.REFUSED: _l("Refus de signer"),
    Reason.ABSENT: _l("Locataire absent"),
    Reason.DISPUTED: _l("Litige ouvert"),
    Reason.DEPOSIT_LATE: _l("Dépôt en retard"),
    Reason.DEPOSIT_SOON: _l("Dépôt à rendre sous sept jours"),
    Reason.LATE_SYNC: _l("Envoi en retard"),
    Reason.INTERRUPTED: _l("Visite interrompue"),
    Reason.CORRECTED: _l("Corrigé par l’agent, à relire"),
    Reason.NOT_HANDED: _l("Copie pas encore remise"),
    Reason.TO_REVIEW: _l("À relire"),
    Reason.DEPOSIT_DUE: _l("Décompte à établir"),
    Reason.RETURNED: _l("Renvoyé à l’agent"),
    Reason.ADDENDUM: _l("Avenant demandé"),
    Reason.SEALING: _l("Scellement en cours"),
    Reason.IN_PROGRESS: _l("En cours"),
    Reason.PLANNED: _l("Prévu"),
    Reason.DONE: _l("Scellé et remis"),
}
ROLES = {
    "agent": _l("Agent de terrain"),
    "reviewer": _l("Relecture"),
    "manager": _l("Responsable"),
    "accountant": _l("Comptabilité"),
    "admin": _l("Administration"),
    "auditor": _l("Contrôle"),
}
DECISIONS = {
    "signed": _l("A signé"),
    "signed_with_reservations": _l("A signé avec des remarques"),
    "refused": _l("N’a pas voulu signer"),
    "absent": _l("Absent"),
}
OUTCOMES = {
    "proceed": _l("La remise des clés peut avoir lieu"),
    "stop": _l("On arrête : pas de signature, pas de clés"),
}
CHANNELS = {
    "print": _l("sur papier"),
    "email": _l("par e-mail"),
    "post": _l("par la poste"),
    "link": _l("par un lien"),
    "qr": _l("par un code à scanner"),
}
MAILS = {
    "waiting": _l("Part bientôt"),
    "kept": _l("Reste ici : aucun serveur de messagerie"),
    "sent": _l("Envoyé"),
    "failed": _l("Refusé par le serveur du destinataire"),
}
MAIL_PURPOSES = {
    "inventory_copy": _l("Copie d’un état des lieux"),
    "settlement_papers": _l("Décompte"),
    "visit_slip": _l("Bon de visite"),
    "invitation": _l("Invitation"),
    "password_reset": _l("Nouveau mot de passe"),
    "convocation": _l("Convocation"),
    "reminder": _l("Rappel"),
    "cancellation": _l("Annulation"),
    "reply_reminder": _l("Rappel du délai de réponse"),
}
MAIL_CHANNELS = {"email": _l("E-mail"), "text": _l("SMS"), "letter": _l("Courrier")}
LETTER_STATES = {
    "waiting": _l("En préparation"),
    "kept": _l("À imprimer et à poster"),
    "sent": _l("Posté"),
}
PHOTO_STATES = {
    "pending": _l("Reçue, examen en cours"),
    "missing": _l("Pas encore arrivée"),
    "unusable": _l("Illisible"),
}
PHOTO_REASONS = {
    "empty": _l("Le fichier est vide."),
    "too_heavy": _l("Le fichier est trop lourd."),
    "not_jpeg": _l("Ce n’est pas une photo JPEG."),
    "too_many_pixels": _l("L’image a trop de pixels."),
    "wrong_mode": _l("Les couleurs de l’image ne sont pas celles d’un écran."),
    "carries_metadata": _l("Le fichier contient autre chose que l’image."),
    "truncated": _l("La fin du fichier manque."),
    "undecodable": _l("L’image ne se lit pas."),
    "too_slow": _l("L’image a demandé trop de temps."),
}
REJECTIONS = {
    "unknown_kind": _l("Le serveur ne connaît pas cette sorte de saisie"),
    "unknown_field": _l("Le serveur ne connaît pas cette saisie"),
    "bad_value": _l("La valeur n’a pas la forme attendue"),
    "immutable": _l("Ce qui est écrit une fois ne se réécrit pas"),
    "sealed": _l("L’état des lieux était déjà signé"),
    "not_yours": _l("Cette tablette n’avait pas le droit de l’écrire"),
    "hash_mismatch": _l("Le contenu n’a pas le code de contrôle annoncé"),
    "bad_signature": _l("La signature de la tablette ne tient pas"),
    "op_reused": _l("Le même numéro de saisie a servi deux fois"),
}
FIELDS = {
    "state": _l("état"),
    "defects": _l("défauts"),
    "material": _l("revêtement"),
    "note": _l("note"),
    "working": _l("fonctionnement"),
    "cleanliness": _l("propreté"),
    "quantity": _l("quantité"),
    "promise": _l("réparation promise"),
    "label": _l("nom"),
    "index": _l("index"),
    "index_low": _l("index heures creuses"),
    "serial": _l("numéro de série"),
    "destination": _l("destination"),
    "number": _l("numéro"),
    "deleted": _l("retiré"),
    "body": _l("contenu"),
    "position": _l("place dans la liste"),
    "insurance": _l("assurance"),
    "remark": _l("remarque générale"),
    "name": _l("nom"),
    "domicile": _l("domicile"),
    "reason": _l("raison"),
    "present": _l("présence"),
}
ACTIONS = {
    "review.accepted": _l("Validé par le bureau"),
    "review.returned": _l("Renvoyé à l’agent avec des commentaires"),
    "review.corrected": _l("Corrigé par l’agent"),
    "review.addendum": _l("Avenant demandé à l’agent"),
    "addendum.signed": _l("Avenant signé des deux côtés"),
    "addendum.not_signed": _l("Avenant non signé"),
    "addendum.withdrawn": _l("Avenant sans suite : le rendez-vous n’a rien donné"),
    "addendum.rejected": _l("Demande d’avenant refusée par le bureau"),
    "review.disputed": _l("Litige ouvert"),
    "review.comment_written": _l("Commentaire préparé"),
    "review.comment_dropped": _l("Commentaire retiré"),
    "inventory.planned": _l("Rendez-vous donné"),
    "inventory.moved": _l("Rendez-vous déplacé"),
    "inventory.cancelled": _l("Rendez-vous annulé"),
    "inventory.in_progress": _l("Commencé sur la tablette"),
    "inventory.held": _l("Mis en attente : une alerte demande une décision"),
    "inventory.interrupted": _l("Visite interrompue"),
    "inventory.closed": _l("Signatures terminées"),
    "inventory.sealed": _l("Rapport scellé"),
    "inventory.record_accepted": _l("Document signé reçu, identique à ce que le serveur a reconstruit"),
    "inventory.record_refused": _l("Document signé reçu, différent de ce que le serveur a : gardé à part"),
    "inventory.reopen_asked": _l("Le bureau demande de faire signer à nouveau"),
    "inventory.reopened": _l("Rouvert pour être signé à nouveau"),
    "photo.erased": _l("Photo floutée : image d’origine effacée"),
    "photo.kept": _l("Photo floutée : image gardée, une autre photo s’en sert"),
    "inventory.change_rejected": _l("Saisie refusée et gardée à part"),
    "alert.decided": _l("Décision prise sur une alerte"),
    "conflict.settled": _l("Désaccord entre tablettes réglé"),
    "rejections.seen": _l("Saisies refusées relues"),
    "handover.link_made": _l("Lien de remise créé"),
    "handover.link_withdrawn": _l("Lien de remise retiré"),
    "handover.downloaded": _l("Rapport téléchargé par le lien"),
    "handover.begun": _l("Remise préparée"),
    "entry.scan_attached": _l("Entrée sur papier jointe"),
    "entry.obstructed": _l("Entrée empêchée par le bailleur, noté"),
    "assessment.line_decided": _l("Ligne de l’évaluation décidée"),
    "assessment.work_added": _l("Travaux ajoutés à une ligne de l’évaluation"),
    "assessment.work_removed": _l("Travaux ôtés d’une ligne de l’évaluation"),
    "assessment.file_attached": _l("Devis ou facture joint à une ligne"),
    "assessment.file_detached": _l("Devis ou facture ôté d’une ligne"),
    "settlement.account_saved": _l("Compte du décompte enregistré"),
    "settlement.submitted": _l("Décompte préparé, à approuver"),
    "settlement.approved": _l("Décompte approuvé"),
    "settlement.taken_back": _l("Décompte repris en brouillon"),
    "settlement.sealed": _l("Documents du décompte scellés"),
    "settlement.sent": _l("Décompte envoyé"),
    "settlement.mail_written": _l("E-mail du décompte mis dans la boîte d’envoi"),
    "job.retried": _l("Travail demandé à nouveau"),
    "handover.missing": _l("Copie pas encore remise"),
    "handover.done": _l("Copie remise"),
    "handover.mail_refused": _l("E-mail refusé par le serveur du destinataire"),
    "appointment.convocation": _l("Convocation écrite"),
    "appointment.reminder": _l("Rappel écrit"),
    "appointment.cancellation": _l("Annulation annoncée"),
    "mail.sent": _l("Message envoyé"),
    "mail.failed": _l("Message refusé par le serveur du destinataire"),
    "mail.posted": _l("Courrier posté"),
    "mail.sent_again": _l("Nouvel envoi demandé"),
}
CHECKS = {
    "form": (_l("Le fichier se lit jusqu’au bout"), _l("Le fichier ne se lit pas jusqu’au bout")),
    "seal": (_l("Le cachet couvre tout le fichier"), _l("Le cachet manque ou ne couvre pas tout le fichier")),
    "stamp": (_l("L’heure est certifiée"), _l("L’heure certifiée ne tient pas")),
    "record": (_l("Le relevé joint a le code imprimé"), _l("Le relevé joint n’a pas le code imprimé")),
    "acts": (_l("Chaque signature porte sur ce relevé"), _l("Une signature manque ou porte sur un autre relevé")),
    "tablet": (_l("La tablette a certifié chaque signature"), _l("La tablette n’a pas certifié chaque signature")),
    "photos": (_l("Chaque photo est celle du relevé"), _l("Une photo manque ou n’est pas celle du relevé")),
}
SETTLEMENTS = {
    SettlementState.DRAFT: _l("Brouillon"),
    SettlementState.TO_APPROVE: _l("À approuver"),
    SettlementState.APPROVED: _l("Approuvé"),
    SettlementState.SENT: _l("Envoyé"),
}
UNITS = {
    Unit.SQUARE_METRE: _l("m²"),
    Unit.METRE: _l("mètre"),
    Unit.PIECE: _l("pièce"),
    Unit.FLAT: _l("forfait"),
    Unit.HOUR: _l("heure"),
}
DELIVERY_PROBLEMS = {
    "timeout": _l("pas de réponse à temps"),
    "unreachable": _l("serveur injoignable"),
    "tls": _l("certificat refusé"),
    "private": _l("adresse d’un réseau privé"),
    "not_https": _l("adresse sans https"),
    "not_an_address": _l("adresse incomplète"),
    "unknown_host": _l("nom de serveur introuvable"),
    "folder_unusable": _l("dossier inutilisable"),
}
_TABLES = {"state": "states", "working": "workings", "cleanliness": "cleanliness"}


def furnish(app: Flask) -> None:
    """Give the words to every template."""
    app.jinja_env.filters.update(
        kind_word=_said(KINDS),
        telephone=telephone.written,
        dwelling_word=_said(DWELLINGS),
        state_word=_said(STATES),
        show_word=_said(SHOWS),
        role_word=_said(ROLES),
        decision_word=_said(DECISIONS),
        outcome_word=_said(OUTCOMES),
        channel_word=_said(CHANNELS),
        mail_word=_said(MAILS),
        letter_word=_said(LETTER_STATES),
        mail_purpose=_said(MAIL_PURPOSES),
        mail_channel=_said(MAIL_CHANNELS),
        photo_word=_said(PHOTO_STATES),
        photo_reason=_said(PHOTO_REASONS),
        rejection_word=_said(REJECTIONS),
        field_word=_said(FIELDS),
        unit_word=_said(UNITS),
        settlement_word=_said(SETTLEMENTS),
        cause_words=cause_words,
        head_word=head_word,
        rule_words=rule_words,
        doubt_words=doubt_words,
        fault_sentence=fault_sentence,
        fault_words=fault_words,
        delivery_problem=delivery_problem,
        doubtful_row=row_words,
        check_word=check_word,
        press_word=press_word,
        reason_word=_said(REASONS),
        verdict_word=_said(VERDICTS),
        addendum_kind=_said(ADDENDUM_KINDS),
        addendum_word=_said(ADDENDUM_STATES),
        action_words=action_words,
        value_words=value_words,
        size_words=size_words,
        grouped=grouped,
    )


def delivery_problem(code: str) -> str:
    """Why an event did not arrive, in words."""
    if code.startswith("answered_"):
        return _("réponse %(status)s", status=code.removeprefix("answered_"))
    return str(DELIVERY_PROBLEMS.get(code, code))


def press_word(row: Row, reason: Reason | None = None) -> str:
    """Why this inventory presses, in words; without a reason, the worst one's."""
    reason = reason or row.worst
    match reason:
        case Reason.REJECTED:
            return _n("%(num)s saisie refusée", "%(num)s saisies refusées", row.rejections)
        case Reason.CONFLICT:
            return _n("%(num)s désaccord", "%(num)s désaccords", row.conflicts)
        case Reason.PHOTOS_MISSING:
            return _n("%(num)s photo manque", "%(num)s photos manquent", row.missing_photos)
        case Reason.DEPOSIT_LATE | Reason.DEPOSIT_SOON | Reason.DEPOSIT_DUE if row.due_by is not None:
            day = f"{row.due_by:%d/%m/%Y}"
            if reason is Reason.DEPOSIT_LATE:
                return _("Dépôt en retard depuis le %(day)s", day=day)
            return _("Dépôt à rendre avant le %(day)s", day=day)
    return str(REASONS[reason])


def check_word(check: str, holds: bool) -> str:  # noqa: FBT001 - a filter's arguments have no names
    """What one check of a document found."""
    good, bad = CHECKS[check]
    return good if holds else bad


def fault_words(fault: Fault) -> str:
    """What is wrong in an imported table, and what to do."""
    return file_fault_words.sentence(fault, in_language(current()))


def row_words(row: GridRow) -> str:
    """Why a row of a grid is worth a look."""
    return wear_words.doubtful_row(row, in_language(current()))


def cause_words(cause: Cause | None) -> str:
    """Why a thing changed."""
    return charge_words.cause_words(cause, in_language(current()))


def head_word(entry: AccountEntry) -> str:
    """What an entry of the account is for."""
    return charge_words.head_words(entry.head, in_language(current()), given_back=entry.amount > 0)


def rule_words(line: SheetLine) -> str:
    """How the share of a line was worked out."""
    return charge_words.rule_words(line, current(), in_language(current()))


def doubt_words(doubt: Doubt) -> str:
    """What to look at before keeping a charge."""
    return wear_words.doubt_words(doubt, in_language(current()))


def fault_sentence(error: CannotSettle) -> str:
    """Why an account cannot be drawn up, and what to do."""
    match error:
        case ProvisionTooHigh():
            return _("La provision est trop élevée : %(most)s au plus ici.", most=money(error.most))
        case WithoutProof():
            return _(
                "Une somme retenue d’après un devis ou une facture a besoin de ce document : joignez-le à sa ligne."
            )
        case KeysReturnedInFuture():
            return _("Les clés sont notées rendues un jour qui n’est pas encore venu.")
        case ExitBeforeEntry():
            return _("Les clés sont notées rendues avant le début du bail.")
    return str(error)


def action_words(entry: Entry) -> str:
    """One line of the journal; an action without words of its own reads as its code."""
    said = str(ACTIONS.get(entry.action, entry.action))
    channel, outcome = entry.facts.get("channel"), entry.facts.get("outcome")
    if channel in CHANNELS:
        return f"{said}, {CHANNELS[channel]}"
    if outcome in OUTCOMES:
        return f"{said} : {OUTCOMES[outcome]}"
    return said


def value_words(value: object, field: str) -> str:
    """A value of a field as a person says it."""
    words = Wording(catalogue.load(), current())
    if value in (None, "", []):
        return _("rien")
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if field in _TABLES:
        return words.label(_TABLES[field], value)
    if field == "defects" and isinstance(value, list):
        return ", ".join(words.label("defects", code) for code in value)
    if field == "material":
        return words.said(str(value), "materials")
    if isinstance(value, Mapping):
        text = value.get("text")
        return text if isinstance(text, str) and text else _("un contenu de %(count)s lignes", count=len(value))
    return str(value)


def size_words(count: int) -> str:
    """`12,3 Mo`, `12.3 MB`."""
    number, unit = (count / 1_000_000, _("Mo")) if count >= 1_000_000 else (count / 1000, _("ko"))
    text = f"{number:.1f}" if count >= 1_000_000 else f"{number:.0f}"
    return f"{text if current() == 'en' else text.replace('.', ',')} {unit}"


def grouped(text: str | None, size: int = 4, groups: int | None = None) -> str:
    """A fingerprint in groups that can be read aloud; only the first `groups` when that is given."""
    parts = [(text or "")[start : start + size] for start in range(0, len(text or ""), size)]
    return " ".join(parts[:groups])


def _said(words: Mapping[Any, str]) -> Any:
    """A filter that turns a code into its words; an unknown code reads as itself, so that nothing is hidden."""
    return lambda code: str(words.get(code, code or ""))
