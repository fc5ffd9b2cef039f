"""The words of lettings and visits that the office's pages say: every code that a template may meet."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_currency
from flask import Flask
from flask_babel import gettext as _

from fieldapp.domain import catalogue
from fieldapp.domain.wording import Wording
from fieldapp.web.amounts import money, quantity
from fieldapp.web.language import current
from fieldapp.web.words import later as _l

NEEDS = {
    "step_free": _l("Accès sans marche"),
    "wheelchair": _l("Logement praticable en fauteuil roulant"),
    "low_floor": _l("Rez-de-chaussée ou ascenseur"),
    "adapted_bathroom": _l("Salle de bains adaptée"),
    "large_print": _l("Documents en gros caractères"),
    "sign_language": _l("Interprète en langue des signes"),
}
DECISIONS = {
    "attribution": _l("Attribution"),
    "attribution_ranked": _l("Attribution avec rang"),
    "attribution_conditional": _l("Attribution sous condition"),
    "non_attribution": _l("Non-attribution"),
    "rejection": _l("Rejet"),
}
PROPOSALS = {
    "waiting": _l("En attente de son rang"),
    "offered": _l("Offre notifiée, délai en cours"),
    "accepted": _l("A accepté l’offre"),
    "refused": _l("A refusé l’offre"),
    "lapsed": _l("Sans réponse dans le délai : refus"),
    "withdrawn": _l("Retirée"),
    "signed": _l("Bail signé"),
}
VISITS = {
    "planned": _l("Prévue"),
    "in_progress": _l("En cours"),
    "done": _l("Terminée"),
    "cancelled": _l("Annulée"),
}
PURPOSES = {
    "sales_visit": _l("Visite commerciale"),
    "acceptance": _l("Réception de travaux"),
    "vacant_check": _l("Contrôle de logement vacant"),
    "addendum": _l("Avenant à l’état des lieux"),
}
DOCUMENTS = {
    "visit_slip": _l("Bon de visite"),
    "visit_answer": _l("Réponse à l’offre"),
    "acceptance": _l("Réception de travaux"),
    "vacant_check": _l("Contrôle de logement vacant"),
    "addendum": _l("Avenant à l’état des lieux"),
}
SLOTS = {"individual": _l("Visite individuelle"), "group": _l("Visite de groupe")}
RESULTS = {
    "accepts": _l("Veut dire oui ; la réponse officielle reste à donner"),
    "interested": _l("Intéressé"),
    "thinking": _l("Réfléchit"),
    "refuses": _l("Veut dire non ; la réponse officielle reste à donner"),
    "absent_excused": _l("Absent, avait prévenu"),
    "absent_unexcused": _l("Absent, sans nouvelles"),
    "unreachable": _l("Injoignable"),
    "impossible": _l("Visite impossible"),
    "cancelled": _l("Visite annulée"),
}
PLACES = {
    "stop": _l("Arrêt de transport"),
    "school": _l("École, collège, lycée"),
    "creche": _l("Crèche"),
    "health": _l("Santé"),
    "shop": _l("Commerces"),
    "public_service": _l("Service public"),
    "coverage": _l("Téléphone et internet"),
    "risk": _l("Risques"),
}
WORKS_STATES = {
    "new": _l("À traiter"),
    "ordered": _l("Commandé"),
    "done": _l("Fait"),
    "dropped": _l("Sans suite"),
}
WORKS_SOURCES = {
    "snag": _l("Vu pendant une visite"),
    "request": _l("Demandé par un habitant"),
    "promise": _l("Promis dans un état des lieux"),
}
VACANCIES = {"commercial": _l("vide, en attente d’un locataire"), "technical": _l("vide, en attente de travaux")}
CONTRADICTED = {
    "step_free": _l("Un agent a vu une marche sur l’accès annoncé sans marche."),
    "lift": _l("Un agent a trouvé l’ascenseur absent ou arrêté."),
    "sheet": _l("Un agent a vu autre chose que ce que dit la fiche."),
}


def furnish(app: Flask) -> None:
    """Give the words to every template."""
    app.jinja_env.filters.update(
        need_word=_said(NEEDS),
        commission_word=_said(DECISIONS),
        proposal_word=_said(PROPOSALS),
        visit_word=_said(VISITS),
        slot_word=_said(SLOTS),
        result_word=_said(RESULTS),
        place_word=_said(PLACES),
        works_word=_said(WORKS_STATES),
        works_source=_said(WORKS_SOURCES),
        purpose_word=_said(PURPOSES),
        document_word=_said(DOCUMENTS),
        vacancy_word=_said(VACANCIES),
        contradicted_word=_said(CONTRADICTED),
        reason_word=reason_word,
        question_topic=question_topic,
        problem_word=problem_word,
        price=price,
        whole_price=whole_price,
        heating_words=heating_words,
        number=number,
    )


def price(text: str) -> str:
    """The decimal text of an amount, `412.37`, as `412,37 €`."""
    return money(int(text.replace(".", "")))


def whole_price(text: str) -> str:
    """The same without cents, for what is an estimate anyway: `780 €`."""
    cents = int(text.replace(".", ""))
    return format_currency(
        (cents + 50) // 100,
        "EUR",
        "#,##0\u00a0¤" if current() == "fr" else "¤#,##0",
        locale=current(),
        currency_digits=False,
    )


def heating_words(heating: Mapping[str, str]) -> str:
    """How a dwelling and its water are heated."""
    words = Wording(catalogue.load(), current())
    scope, water = (words.label("scopes", heating[name]).lower() for name in ("scope", "hot_water_scope"))
    if heating["energy"] == "none":
        return _("Chauffage : %(scope)s. Eau chaude : %(water)s", scope=scope, water=water)
    energy = words.label("energies", heating["energy"]).lower()
    return _("Chauffage : %(scope)s, %(energy)s. Eau chaude : %(water)s", scope=scope, energy=energy, water=water)


def number(text: str) -> str:
    """The decimal text of a quantity, `64.30`, as `64,3`."""
    return quantity(int(text.replace(".", "")))


def question_topic(code: str) -> str:
    """What a candidate's question is about."""
    return _visit_word("topics", code)


def reason_word(code: str) -> str:
    """A reason for saying no."""
    return _visit_word("reasons", code)


def problem_word(code: str | None) -> str:
    """What a works request is about: a defect, or the topic of a resident's request."""
    if not code:
        return ""
    found = _visit_word("snag_kinds", code)
    return found if found != code else _visit_word("request_topics", code)


def _visit_word(table: str, code: str) -> str:
    return Wording(catalogue.load_visits(), current()).label(table, code) or code


def _said(words: Mapping[Any, str]) -> Any:
    return lambda code: str(words.get(code, code or ""))
