"""The sentences that the domain itself speaks, in another language; no Flask, so that the command line has them too."""

from collections.abc import Callable
from functools import cache
from gettext import translation
from pathlib import Path

DOMAIN = "messages"
FOLDER = Path(__file__).parent / "translations"


@cache
def in_language(language: str) -> Callable[[str], str]:
    """What translates the domain's French sentences, for `wear_words` and `file_fault_words`.

    French, and a language whose catalogue `bin/setup` has not compiled, leave them as they are.
    """
    return translation(DOMAIN, FOLDER, [language], fallback=True).gettext
