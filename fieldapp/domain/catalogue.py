"""The catalogue and the legal texts: data that screens, rules and reports read, versioned and in two languages."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

CURRENT = 1
LEGAL = 1
VISITS = 1

Document = Mapping[str, Any]


class UnknownVersion(LookupError):
    """A catalogue or legal text of a version that this release does not hold."""


@cache
def load(version: int = CURRENT) -> Document:
    """The catalogue of a version, as it travels to the tablet: tables of `{code, label: {fr, en}, …}`.

    `visits` holds the tables of sales visits, with their own version. Raises `UnknownVersion`.
    """
    return {**_read("catalogue", version), "visits": load_visits()}


@cache
def load_visits(version: int = VISITS) -> Document:
    """What is said at a sales visit: outcomes, reasons, papers, and the sentences of slip and answer; raises
    `UnknownVersion`.
    """
    return _read("visits", version)


@cache
def load_legal(version: int = LEGAL) -> Document:
    """The legal texts of a version, with the day on which the law was last read; raises `UnknownVersion`."""
    return _read("legal", version)


def row(catalogue: Document, table: str, code: str) -> Document:
    """One row of a table; raises `LookupError` for a code that the table does not have."""
    for found in catalogue[table]:
        if found["code"] == code:
            entry: Document = found
            return entry
    raise LookupError(f"{table} has no {code}")


def word(catalogue: Document, table: str, code: str, language: str = "fr") -> str:
    """The label of a code; raises `LookupError` for a code that the table does not have."""
    label: str = row(catalogue, table, code)["label"][language]
    return label


def _read(name: str, version: int) -> Document:
    document: Document = json.loads(files("fieldapp.domain").joinpath(f"data/{name}.json").read_bytes())
    if document["version"] != version:
        raise UnknownVersion(f"{name} version {version}")
    return document
