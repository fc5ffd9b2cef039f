"""The report's own words: French sentences, and their translations; no Flask, so that a report is a pure function."""

import gettext
from functools import cache
from pathlib import Path

import fieldapp

DOMAIN = "messages"
FOLDER = Path(fieldapp.__file__).parent / "translations"


class NoTranslation(LookupError):
    """There is no compiled catalogue of this language: `bin/setup` makes it."""


class French(gettext.NullTranslations):
    """The sentences as they stand in the source; in French zero is singular."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The singular for 0 and 1."""
        return msgid1 if n < 2 else msgid2


@cache
def words(language: str) -> gettext.NullTranslations:
    """The translations into a record's language, `fr` or `en`; raises NoTranslation."""
    if language == "fr":
        return French()
    try:
        return gettext.translation(DOMAIN, FOLDER, [language])
    except OSError as error:
        raise NoTranslation(language) from error
