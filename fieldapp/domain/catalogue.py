"""The catalogue and the legal texts: data that screens, rules and reports read, versioned and in two languages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

CURRENT = 1
LEGAL = 1


class UnknownVersion(LookupError):
    """A catalogue or legal text of a version that this release does not hold."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of the trade: `data` is the document that travels to the tablet, unchanged."""

    data: Mapping[str, Any]

    @property
    def version(self) -> int:
        """The version that operations and records name."""
        version: int = self.data["version"]
        return version

    def row(self, table: str, code: str) -> Mapping[str, Any]:
        """One row of a table; raises `LookupError` for a code that the table does not have."""
        for row in self.data[table]:
            if row["code"] == code:
                found: Mapping[str, Any] = row
                return found
        raise LookupError(f"{table} has no {code}")

    def word(self, table: str, code: str, language: str = "fr") -> str:
        """The label of a code."""
        word: str = self.row(table, code)["label"][language]
        return word


@cache
def load(version: int = CURRENT) -> Catalogue:
    """The catalogue of a version; raises `UnknownVersion`."""
    return Catalogue(_read("catalogue", version))


@cache
def load_legal(version: int = LEGAL) -> Mapping[str, Any]:
    """The legal texts of a version, with the day on which the law was last read; raises `UnknownVersion`."""
    return _read("legal", version)


def _read(name: str, version: int) -> Mapping[str, Any]:
    document: Mapping[str, Any] = json.loads(files("fieldapp.domain").joinpath(f"data/{name}.json").read_bytes())
    if document["version"] != version:
        raise UnknownVersion(f"{name} version {version}")
    return document
