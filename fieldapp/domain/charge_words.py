"""What the lines of an assessment and of an account are called, for the office and for the tenant."""

from decimal import Decimal

from fieldapp.domain.cause import Cause
from fieldapp.domain.charge_sheet import Basis, SheetLine
from fieldapp.domain.money import plain
from fieldapp.domain.price_list import Unit
from fieldapp.domain.settlement import Head, Proof
from fieldapp.domain.wear import Reason
from fieldapp.domain.wear_words import Translate


def cause_words(cause: Cause | None, gettext: Translate) -> str:
    """Why a thing changed; a cause that nobody gave has its words too."""
    match cause:
        case None:
            return gettext("Pas encore décidée")
        case Cause.NORMAL_WEAR:
            return gettext("Usure normale")
        case Cause.POOR_UPKEEP:
            return gettext("Défaut d’entretien")
        case Cause.DAMAGE:
            return gettext("Dégradation")
        case Cause.LOSS:
            return gettext("Perte")
        case Cause.TRANSFORMATION:
            return gettext("Transformation sans accord")
        case Cause.INCIDENT:
            return gettext("Sinistre")
        case Cause.LANDLORD_WORKS:
            return gettext("Travaux du bailleur")
        case Cause.CONSTRUCTION_DEFECT:
            return gettext("Défaut de construction")
        case Cause.FORCE_MAJEURE:
            return gettext("Force majeure")
        case Cause.THIRD_PARTY:
            return gettext("Fait d’un tiers")
        case Cause.LANDLORD_FAULT:
            return gettext("Faute du bailleur")


def unit_words(unit: Unit, gettext: Translate) -> str:
    """What one unit price is for."""
    match unit:
        case Unit.SQUARE_METRE:
            return gettext("m²")
        case Unit.METRE:
            return gettext("mètre")
        case Unit.PIECE:
            return gettext("pièce")
        case Unit.FLAT:
            return gettext("forfait")
        case Unit.HOUR:
            return gettext("heure")


def basis_words(basis: Basis | None, gettext: Translate) -> str:
    """From when an age counts."""
    match basis:
        case None:
            return gettext("Date de départ")
        case Basis.FIRST_LETTING:
            return gettext("Première mise en location")
        case Basis.RENEWAL:
            return gettext("Dernier renouvellement par le bailleur")
        case Basis.TENANT_RENEWAL:
            return gettext("Départ du locataire qui l’avait refait, avec preuve")
        case Basis.WORKS:
            return gettext("Travaux pendant le bail")


def proof_words(proof: Proof, gettext: Translate) -> str:
    """What shows that a sum is right."""
    match proof:
        case Proof.PRICE_LIST:
            return gettext("Bordereau de prix")
        case Proof.QUOTE:
            return gettext("Devis")
        case Proof.INVOICE:
            return gettext("Facture")


def head_words(head: Head, gettext: Translate, *, given_back: bool = False) -> str:
    """What an entry of the account is for; rent and charges that were called too far are given back."""
    match head:
        case Head.DEPOSIT:
            return gettext("Dépôt de garantie")
        case Head.RENT:
            if given_back:
                return gettext("Loyer appelé après la fin du préavis")
            return gettext("Loyer jusqu’à la fin du préavis")
        case Head.CHARGES:
            if given_back:
                return gettext("Charges appelées après la fin du préavis")
            return gettext("Charges jusqu’à la fin du préavis")
        case Head.ARREARS:
            return gettext("Loyers et charges impayés")
        case Head.CREDIT:
            return gettext("Sommes en votre faveur")
        case Head.INSTALMENT:
            return gettext("Versement reçu")
        case Head.REPAIR:
            return gettext("Réparations")
        case Head.LOSS:
            return gettext("Ce qui a été perdu")
        case Head.WATER:
            return gettext("Régularisation de l’eau")
        case Head.HEATING:
            return gettext("Régularisation du chauffage")
        case Head.PROVISION:
            return gettext("Provision gardée jusqu’aux comptes de l’immeuble")


def rule_words(line: SheetLine, language: str, gettext: Translate) -> str:
    """How the share was worked out by the grid's row: `Peinture, 4 ans : 100 − 15 × (4 − 1) = 55 %.`

    "" when no row aged the line. Numbers are plain; typography sets the spaces where it is printed.
    """
    row, assessed = line.row, line.assessment
    if row is None or assessed.age is None or assessed.share is None:
        return ""
    given = {
        "label": row.label,
        "age": assessed.age,
        "life": row.life,
        "franchise": row.franchise,
        "rate": _number(row.rate, language),
        "share": _number(assessed.share, language),
        "floor": _number(row.floor, language),
    }
    return _rule(assessed.reason, gettext).format(**given)


def _rule(reason: Reason, gettext: Translate) -> str:
    match reason:
        case Reason.WITHIN_FRANCHISE:
            return gettext("{label} : l’âge ({age}) ne dépasse pas la franchise ({franchise}), part entière.")
        case Reason.PAST_LIFE:
            return gettext("{label} : durée de vie ({life}) atteinte à l’âge de {age}, part minimale de {floor} %.")
        case Reason.FLOOR_REACHED:
            return gettext("{label} : 100 − {rate} × ({age} − {franchise}), part minimale de {floor} %.")
        case _:
            return gettext("{label} : 100 − {rate} × ({age} − {franchise}) = {share} %.")


def _number(value: Decimal, language: str) -> str:
    text = plain(value)
    return text.replace(".", ",") if language == "fr" else text
