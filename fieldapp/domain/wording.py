"""A catalogue's labels in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class Wording:
    """Looks labels up in a catalogue of tables `[{code, label: {fr, en}, …}]`.

    An unknown code reads as itself: a document must never lose what was written.
    """

    def __init__(self, catalogue: Mapping[str, Any], language: str) -> None:
        self._catalogue = catalogue
        self.language = language

    def rows(self, table: str) -> list[Mapping[str, Any]]:
        """A table's rows, none when the catalogue has no such table."""
        rows = self._catalogue.get(table)
        return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []

    def row(self, table: str, code: object) -> Mapping[str, Any]:
        """The row of a code, empty when unknown."""
        return next((row for row in self.rows(table) if row.get("code") == code), {})

    def pick(self, texts: object) -> str:
        """One of `{fr, en}`: this language, else French, else ""."""
        if isinstance(texts, str):
            return texts
        if not isinstance(texts, Mapping):
            return ""
        chosen = texts.get(self.language) or texts.get("fr")
        return chosen if isinstance(chosen, str) else ""

    def label(self, table: str, code: object) -> str:
        """The label of a code; the code itself when unknown; "" when there is none."""
        if not isinstance(code, str):
            return ""
        return self.pick(self.row(table, code).get("label")) or code

    def labels(self, table: str, part: str = "label") -> dict[str, str]:
        """{code: text} of a whole table; `part` names label, letter or words."""
        return {row["code"]: self.pick(row.get(part)) for row in self.rows(table) if isinstance(row.get("code"), str)}

    def own(self, text: str, table: str, code: object) -> str:
        """What a person named a thing, or its catalogue label when nobody renamed it.

        "Chambre 2" of a bedroom is the catalogue's word and a number, so it reads "Bedroom 2" in English; a label that
        somebody typed is never touched.
        """
        label = self.label(table, code)
        if not text:
            return label
        for known in self._translations(self.row(table, code)):
            rest = text.removeprefix(known)
            if text.startswith(known) and (rest == "" or _numbered(rest)):
                return label + rest
        return text

    def said(self, text: str, table: str) -> str:
        """A text that is some row's label in another language, in this one; any other text as it is."""
        for row in self.rows(table):
            if text in self._translations(row):
                return self.pick(row.get("label"))
        return text

    @staticmethod
    def _translations(row: Mapping[str, Any]) -> Iterable[str]:
        label = row.get("label")
        values = label.values() if isinstance(label, Mapping) else ()
        return [value for value in values if isinstance(value, str) and value]


def _numbered(rest: str) -> bool:
    return rest.startswith(" ") and rest[1:].isascii() and rest[1:].isdigit()
