"""Words that say something about a person rather than about a dwelling: they warn, and never block."""

import unicodedata
from collections.abc import Mapping
from typing import Any


def private_subjects(text: str, visits: Mapping[str, Any]) -> list[str]:
    """What a comment seems to say about a person: codes of the table `private_words`, in its order.

    A word counts when it begins with one of the stems, whatever its accents and capitals. The same answer as
    `static/field/rules/private-words.js`; nothing of the text is kept.
    """
    words = f" {_folded(text)} "
    return [row["code"] for row in visits["private_words"] if any(f" {stem}" in words for stem in row["stems"])]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower())
    kept = (letter if letter.isascii() and letter.isalnum() else " " for letter in plain if not _is_accent(letter))
    return " ".join("".join(kept).split())


def _is_accent(letter: str) -> bool:
    return "\u0300" <= letter <= "\u036f"
