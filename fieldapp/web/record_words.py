"""The words of the central record: what its fields are called, and a value as a person says it."""

from flask import Flask

from fieldapp.domain.record_fields import DAYS
from fieldapp.web import moments
from fieldapp.web.wording import value_words
from fieldapp.web.words import later as _l

FIELDS = {
    "state": _l("État"),
    "defects": _l("Défauts"),
    "installed_on": _l("Posé le"),
    "renewed_on": _l("Remplacé le"),
    "present": _l("Présent"),
    "last_maintenance": _l("Dernier entretien"),
    "contract": _l("Contrat d’entretien"),
    "contract_until": _l("Contrat jusqu’au"),
    "quantity": _l("Quantité"),
    "serial": _l("Numéro de série"),
    "entered_on": _l("Entrée"),
    "left_on": _l("Sortie"),
    "keys_returned_on": _l("Clés rendues"),
    "deposit_due_by": _l("Dépôt à rendre au plus tard, si la sortie diffère de l’entrée"),
    "deposit_due_by_conforming": _l("Dépôt à rendre au plus tard, si la sortie est conforme"),
    "new_address": _l("Nouvelle adresse"),
}


def furnish(app: Flask) -> None:
    """Give the filters to every template."""
    app.jinja_env.filters.update(record_field=field_word, record_value=said)


def field_word(field: str) -> str:
    """What a field is called."""
    return str(FIELDS[field])


def said(value: object, field: str) -> str:
    """A value of the record; a dash for what nobody has said."""
    if value is None or value == "":
        return "–"
    return moments.day(str(value)) if field in DAYS else value_words(value, field)
