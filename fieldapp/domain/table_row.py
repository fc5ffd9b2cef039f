"""One line of an imported table, whose cells are read as typed values."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from fieldapp.domain import value_shape
from fieldapp.domain.file_fault import Fault, Problem
from fieldapp.domain.money import NotADecimal, decimal, plain

Choice = TypeVar("Choice", bound=StrEnum)

COMMA = re.compile(r"-?[0-9]+,[0-9]+")
LONGEST = 200

VAT_RATES = tuple(map(Decimal, ("20", "10", "5.5", "0", "8.5", "2.1")))
"""Percent. CGI art. 278, 279-0 bis, 278-0 bis A; none for small firms, art. 293 B; overseas and reduced, art. 294, 296, 281."""


class BadCell(Exception):
    """A cell that does not hold what its column wants."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.line}:{fault.column}: {fault.problem}")
        self.fault = fault


class TableRow:
    """A line's cells by the titles of their columns; every reader raises `BadCell`."""

    def __init__(self, line: int, titles: Sequence[str], cells: Sequence[str]) -> None:
        self.line = line
        self._cells = dict(zip(titles, cells, strict=True))
        self._places = {title: place for place, title in enumerate(titles, start=1)}

    def bad(self, name: str, problem: Problem, **given: str | int) -> BadCell:
        """The error to raise about a column of this line; the cell's text is part of it."""
        given.setdefault("found", self._cells[name][:LONGEST])
        return BadCell(Fault(problem, self.line, self._places[name], name, given))

    def optional_text(self, name: str) -> str:
        """The text of a cell that may be empty."""
        if len(self._cells[name]) > LONGEST:
            raise self.bad(name, Problem.TOO_LONG, most=LONGEST)
        return self._cells[name]

    def text(self, name: str) -> str:
        """The text of a cell that must not be empty."""
        if not self._cells[name]:
            raise self.bad(name, Problem.EMPTY_CELL)
        return self.optional_text(name)

    def unique(self, name: str, seen: dict[str, int]) -> str:
        """A text that no earlier line has in this column; `seen` remembers the lines."""
        text = self.text(name)
        if text in seen:
            raise self.bad(name, Problem.DUPLICATE, first=seen[text])
        seen[text] = self.line
        return text

    def code(self, name: str) -> str:
        """A code: lower-case letters, digits and underscores."""
        return self._checked_code(name, self.text(name))

    def optional_code(self, name: str) -> str:
        """A code, or "" for an empty cell."""
        text = self.optional_text(name)
        return self._checked_code(name, text) if text else ""

    def codes(self, name: str) -> tuple[str, ...]:
        """Codes separated by spaces; none for an empty cell."""
        return tuple(self._checked_code(name, word) for word in self.optional_text(name).split())

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """One of an enumeration's values."""
        text = self.text(name)
        try:
            return choices(text)
        except ValueError:
            raise self.bad(name, Problem.UNKNOWN_WORD, known=_list(choices)) from None

    def known(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        """Codes of the catalogue separated by spaces; none for an empty cell."""
        codes = self.codes(name)
        for code in codes:
            if code not in known:
                raise self.bad(name, Problem.NOT_IN_CATALOGUE, found=code)
        return codes

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number between two bounds, both allowed."""
        number = self._number(name)
        if number != number.to_integral_value():
            raise self.bad(name, Problem.NOT_WHOLE)
        return int(self._within(name, number, least, most))

    def decimal(self, name: str, places: int, least: int, most: int) -> Decimal:
        """An exact number of at most so many decimals between two bounds, both allowed."""
        number = self._number(name)
        if number.scaleb(places) != number.scaleb(places).to_integral_value():
            raise self.bad(name, Problem.TOO_PRECISE, places=places)
        return self._within(name, number, least, most)

    def vat(self, name: str) -> Decimal:
        """A rate of VAT in percent."""
        rate = self._number(name)
        if rate not in VAT_RATES:
            raise self.bad(name, Problem.UNKNOWN_VAT, known=_list(map(plain, VAT_RATES)))
        return rate

    def optional_day(self, name: str) -> date | None:
        """An ISO day, or None for an empty cell."""
        text = self._cells[name]
        if not text:
            return None
        if not value_shape.day(text):
            raise self.bad(name, Problem.NOT_A_DAY)
        return date.fromisoformat(text)

    def _number(self, name: str) -> Decimal:
        text = self.text(name)
        try:
            return decimal(text)
        except NotADecimal:
            if COMMA.fullmatch(text):
                raise self.bad(name, Problem.COMMA_DECIMAL, wanted=text.replace(",", ".")) from None
            raise self.bad(name, Problem.NOT_A_NUMBER) from None

    def _within(self, name: str, number: Decimal, least: int, most: int) -> Decimal:
        if number < least:
            raise self.bad(name, Problem.TOO_SMALL, least=least)
        if number > most:
            raise self.bad(name, Problem.TOO_LARGE, most=most)
        return number

    def _checked_code(self, name: str, text: str) -> str:
        if not value_shape.code(text):
            raise self.bad(name, Problem.NOT_A_CODE, found=text[:LONGEST])
        return text


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
