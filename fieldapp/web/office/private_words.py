"""Warns about a comment that seems to speak of a person rather than of a dwelling; never blocks, keeps nothing of it."""

from flask import flash
from flask_babel import gettext as _

from fieldapp.domain import catalogue
from fieldapp.domain.private_words import private_subjects
from fieldapp.domain.wording import Wording
from fieldapp.web.language import current


def warn_of(*texts: str | None) -> None:
    """Say what was found, once for all the texts of a form."""
    visits = catalogue.load_visits()
    found = private_subjects("\n".join(text or "" for text in texts), visits)
    if found:
        words = Wording(visits, current())
        subjects = ", ".join(words.label("private_words", code) for code in found)
        flash(
            _(
                "Ce texte semble parler d’une personne (%(subjects)s) : écrivez seulement sur le logement.",
                subjects=subjects,
            ),
            "wait",
        )
