"""The sentence that explains one charge line to the tenant: *La peinture avait 4 ans : vous payez 55 % du prix.*"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from fieldapp.domain.charge_doubt import Doubt
from fieldapp.domain.money import plain
from fieldapp.domain.wear import Assessment, Outcome, Reason
from fieldapp.domain.wear_grid import WHOLE_PRICE, GridRow

Translate = Callable[[str], str]
"""Gives a French sentence in the reader's language; `gettext`, or the identity for French. It must not fill in values."""


def explain(assessed: Assessment, subject: Mapping[str, str], language: str, gettext: Translate) -> str:
    """One or two plain sentences; `subject` as `wear_subject.subject` gives it.

    The French text is the gettext source, with values in braces. Spaces before `:` and `%` are plain: typography makes
    them unbreakable where the sentence is printed.
    """
    if assessed.outcome is Outcome.TO_ASSESS:
        undecided = gettext("Prix pas encore décidé ; vous ne payez rien aujourd’hui.")
        return f"{_why(assessed.reason, gettext)} {undecided}"
    if assessed.age is None or assessed.share is None:
        return _why(assessed.reason, gettext)
    return _aged(assessed.age, gettext).format(
        subject=subject.get(language, subject["fr"]), age=assessed.age, pays=_pays(assessed.share, language, gettext)
    )


def gate_words(reason: Reason, gettext: Translate) -> str:
    """What a gate says by itself; only for reasons that have no age."""
    return _why(reason, gettext)


def doubt_words(doubt: Doubt, gettext: Translate) -> str:
    """What the office should look at before it keeps a charge."""
    match doubt:
        case Doubt.ABSENT_AT_ENTRY:
            return gettext("L’entrée disait que cet élément n’était pas là : vérifiez avant de le facturer.")
        case Doubt.WHOLE_SURFACE_FOR_SPOTS:
            return gettext(
                "Le prix est celui d’une grande surface, pour quelques trous ou taches : seule la partie abîmée peut être "
                "facturée."
            )


def doubtful_row(row: GridRow, gettext: Translate) -> str:
    """Why a row of an imported grid is worth a look; it is used as it is."""
    return gettext(
        "{label} : 100 − {rate} × ({life} − {franchise}) = {reached}, mais le plancher est {floor}. La ligne est gardée "
        "telle quelle."
    ).format(
        label=row.label,
        rate=plain(row.rate),
        life=row.life,
        franchise=row.franchise,
        reached=plain(row.reached),
        floor=plain(row.floor),
    )


def _pays(share: Decimal, language: str, gettext: Translate) -> str:
    if share == WHOLE_PRICE:
        return gettext("vous payez le prix entier")
    if not share:
        return gettext("vous ne payez rien")
    number = plain(share).replace(".", "," if language == "fr" else ".")
    return gettext("vous payez {share} % du prix").format(share=number)


def _aged(age: int, gettext: Translate) -> str:
    if age == 0:
        return gettext("{subject} moins d’un an : {pays}.")
    return gettext("{subject} un an : {pays}.") if age == 1 else gettext("{subject} {age} ans : {pays}.")


def _why(reason: Reason, gettext: Translate) -> str:
    """What a gate says; every reason that has no age has its sentence here."""
    match reason:
        case Reason.NOT_WORSE:
            return gettext("L’état n’est pas moins bon qu’à l’entrée : vous ne payez rien.")
        case Reason.NORMAL_WEAR:
            return gettext("C’est l’usure normale : vous ne payez rien.")
        case Reason.CONSTRUCTION_DEFECT:
            return gettext("C’est un défaut de construction : vous ne payez rien.")
        case Reason.FORCE_MAJEURE:
            return gettext("C’est un cas de force majeure, que personne ne pouvait éviter : vous ne payez rien.")
        case Reason.THIRD_PARTY:
            return gettext("C’est le fait d’une personne que vous n’aviez pas fait entrer : vous ne payez rien.")
        case Reason.LANDLORD_FAULT:
            return gettext("C’est la faute du bailleur : vous ne payez rien.")
        case Reason.LANDLORD_WORKS:
            return gettext("Cela vient de travaux du bailleur : vous ne payez rien.")
        case Reason.LANDLORD_OBSTRUCTED:
            return gettext("Le bailleur a empêché l’état des lieux d’entrée : vous ne payez rien.")
        case Reason.LOSS:
            return gettext("C’est perdu : vous payez le prix entier, quel que soit l’âge.")
        case Reason.NO_ENTRY_INVENTORY:
            return gettext("Il n’y a pas d’état des lieux d’entrée à comparer.")
        case Reason.ENTRY_MISSING:
            return gettext("L’état à l’entrée n’est pas connu.")
        case Reason.ENTRY_NOT_CHECKED:
            return gettext("L’état n’avait pas été vérifié à l’entrée.")
        case Reason.EXIT_MISSING:
            return gettext("L’état à la sortie n’est pas connu.")
        case Reason.EXIT_NOT_CHECKED:
            return gettext("L’état n’a pas été vérifié à la sortie.")
        case Reason.EXIT_ABSENT:
            return gettext("L’élément n’est plus là, et personne n’a dit pourquoi.")
        case Reason.CAUSE_MISSING:
            return gettext("La cause n’est pas encore décidée.")
        case Reason.INCIDENT:
            return gettext("C’est un sinistre : l’assurance est à consulter.")
        case Reason.PRICE_MISSING:
            return gettext("Il manque un prix convenu, un devis ou une facture.")
        case Reason.NO_GRID_ROW:
            return gettext("La grille de vétusté ne parle pas de cet élément.")
        case Reason.AGE_UNKNOWN:
            return gettext("L’âge de l’élément n’est pas connu.")
    raise ValueError(f"{reason} explains an age, and there is none")
