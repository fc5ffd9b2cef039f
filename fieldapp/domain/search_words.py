"""Words as a search sees them: without accents, capitals or signs, and how far two of them are apart."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 40
"""Letters of a word that are looked at."""

EVERYWHERE = frozenset(
    [
        "a",
        "au",
        "aux",
        "de",
        "des",
        "du",
        "la",
        "le",
        "les",
        "l",
        "d",
        "et",
        "en",
        "rue",
        "r",
        "avenue",
        "av",
        "bd",
        "boulevard",
        "place",
        "pl",
        "allee",
        "impasse",
        "chemin",
        "quai",
        "route",
        "m",
        "mme",
        "mlle",
        "mr",
        "monsieur",
        "madame",
        "bis",
        "ter",
    ]
)
"""Words that say nothing about which one: they stand in every other address."""

_PARTS = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "’": "'"})


def folded(text: str) -> str:
    """The text in small letters without accents: `Éléonore Cœur` is `eleonore coeur`."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_kept(texts: Iterable[str]) -> frozenset[str]:
    """What a thing is found by: each word, and each reference whole as well: `E-2026-7` gives `e20267`, `2026`."""
    kept: set[str] = set()
    for text in texts:
        for token in folded(text).split():
            parts = _PARTS.findall(token)
            kept.update(part[:LONGEST] for part in parts if len(part) > 1 or part.isdigit())
            if len(parts) > 1:
                kept.add("".join(parts)[:LONGEST])
    return frozenset(kept - EVERYWHERE)


def words_asked(text: str) -> tuple[str, ...]:
    """What a person looks for, at most eight words; a reference stays whole, a double name is two words."""
    asked: dict[str, None] = {}
    for token in folded(text).split():
        parts = _PARTS.findall(token)
        whole = "".join(parts)
        for word in [whole] if any(letter.isdigit() for letter in whole) else parts:
            asked[word[:LONGEST]] = None
    telling = [word for word in asked if word not in EVERYWHERE]
    return tuple(telling or asked)[:8]


def grams(word: str) -> frozenset[str]:
    """The triples of letters of a word, its beginning and its end among them."""
    edged = f"^{word}$"
    return frozenset(edged[at : at + 3] for at in range(len(edged) - 2))


def forgiven(word: str) -> int:
    """How many typing errors a word of this length may hold and still be meant."""
    if len(word) < 4 or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < 8 else 2


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with their neighbour (optimal string alignment); `most + 1` when more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for column, against in enumerate(other, 1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != against))
            if at > 1 and column > 1 and letter == other[column - 2] and one[at - 2] == against:
                cost = min(cost, older[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
