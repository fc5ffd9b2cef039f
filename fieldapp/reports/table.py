"""A table for people who calculate: the values of its cells, whichever file it is written into."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | Decimal | date | datetime | bool | None
"""Text, an exact number, a day, an aware moment, yes or no, or nothing; never a binary float."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML document may hold (XML 1.0, 2.2)."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a spreadsheet recognises a formula in text that it opens (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the titles of the columns, and rows as long as them; the rows are read once, one after the other."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def clean(text: str) -> str:
    """The text without characters that no file can carry."""
    return CONTROL.sub("", text)


def harmless(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run as a formula; `restored` takes it off again."""
    return f"'{text}" if text.startswith(FORMULA) else text


def restored(text: str) -> str:
    """What was written before `harmless`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
