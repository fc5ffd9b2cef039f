"""Sentences that are said later, in the language of whoever reads them."""

from typing import cast

from flask_babel import lazy_gettext


def later(sentence: str) -> str:
    """The sentence, translated each time it is shown; to the libraries that show it, it is text."""
    return cast("str", lazy_gettext(sentence))
