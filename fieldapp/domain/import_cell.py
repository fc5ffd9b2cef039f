"""What a cell of an imported file may hold: each kind reads the text of a spreadsheet as a value of ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from difflib import get_close_matches
from functools import cached_property

from fieldapp.domain.distance import E7
from fieldapp.domain.file_fault import Problem


def say(french: str) -> str:
    """Marks a sentence that a page will translate."""
    return french


Value = str | int | bool | date | None

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FRENCH = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,15})?")
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_POSTCODE = re.compile(r"[0-9]{5}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_YES, _NO = (
    frozenset({"oui", "yes", "vrai", "true", "1", "o", "x"}),
    frozenset({"non", "no", "faux", "false", "0", "n"}),
)
NEAR = 4
"""How many words that resemble a wrong one are named."""


class WrongCell(Exception):
    """A text that its column cannot hold."""

    def __init__(self, problem: Problem, **given: str | int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.given = given


@dataclass(frozen=True)
class Text:
    """Free text of at most so many characters."""

    most: int
    words = say("texte")

    def read(self, text: str) -> Value:
        """The text; raises `WrongCell`."""
        if len(text) > self.most:
            raise WrongCell(Problem.TOO_LONG, most=self.most)
        return text


@dataclass(frozen=True)
class Postcode:
    """A French postcode: spreadsheets take its first zero away."""

    words = say("cinq chiffres")

    def read(self, text: str) -> Value:
        """The five digits; raises `WrongCell`."""
        if not _POSTCODE.fullmatch(text):
            raise WrongCell(Problem.NOT_A_POSTCODE)
        return text


@dataclass(frozen=True)
class Email:
    """An e-mail address."""

    words = say("adresse e-mail")

    def read(self, text: str) -> Value:
        """The address; raises `WrongCell`."""
        if len(text) > 120:
            raise WrongCell(Problem.TOO_LONG, most=120)
        if not _EMAIL.fullmatch(text):
            raise WrongCell(Problem.NOT_AN_EMAIL)
        return text


@dataclass(frozen=True)
class Day:
    """A day, as 2026-09-30 or 30/09/2026."""

    words = say("jour, comme 30/09/2026 ou 2026-09-30")

    def read(self, text: str) -> Value:
        """The day; raises `WrongCell`."""
        if found := _ISO.fullmatch(text):
            year, month, number = map(int, found.groups())
        elif found := _FRENCH.fullmatch(text):
            number, month, year = map(int, found.groups())
        else:
            raise WrongCell(Problem.NOT_A_DATE)
        try:
            return date(year, month, number)
        except ValueError:
            raise WrongCell(Problem.NO_SUCH_DAY) from None


@dataclass(frozen=True)
class Whole:
    """A whole number between two bounds, both allowed."""

    least: int
    most: int
    words = say("nombre entier")

    def read(self, text: str) -> Value:
        """The number; raises `WrongCell`."""
        number = _number(text)
        if number != number.to_integral_value():
            raise WrongCell(Problem.NOT_WHOLE)
        return int(_within(number, self.least, self.most))


@dataclass(frozen=True)
class Hundredths:
    """An exact number of two decimals at most, with a comma or a point; the value is in whole hundredths."""

    least: int
    most: int
    words = say("nombre, comme 412,37 ou 412.37")

    def read(self, text: str) -> Value:
        """The hundredths; raises `WrongCell`."""
        hundredths = _within(_number(text), self.least, self.most).scaleb(2)
        if hundredths != hundredths.to_integral_value():
            raise WrongCell(Problem.TOO_PRECISE, places=2)
        return int(hundredths)


@dataclass(frozen=True)
class YesNo:
    """Yes or no."""

    words = say("oui ou non")

    def read(self, text: str) -> Value:
        """True for yes; raises `WrongCell`."""
        said = text.casefold()
        if said not in _YES | _NO:
            raise WrongCell(Problem.NOT_YES_NO)
        return said in _YES


@dataclass(frozen=True)
class Choice:
    """One of the codes, or one of their French words."""

    codes: Mapping[str, str]
    words = say("un mot de la liste")

    @cached_property
    def _known(self) -> dict[str, str]:
        return {word.casefold(): code for code, words in self.codes.items() for word in (words, code)}

    def read(self, text: str) -> Value:
        """The code; raises `WrongCell`."""
        code = self._known.get(text.casefold())
        if code is None:
            near = get_close_matches(text.casefold(), self._known, NEAR) or list(self.codes)[:NEAR]
            listed = dict.fromkeys(self._known.get(word, word) for word in near)
            known = list(self.codes) if len(self.codes) <= 2 * NEAR else [*listed, "…"]
            raise WrongCell(Problem.UNKNOWN_WORD, known=", ".join(known))
        return code


@dataclass(frozen=True)
class Degrees:
    """A latitude or longitude (WGS 84); the value is in whole ten-millionths of a degree."""

    words = say("degrés, comme 48,4351")

    def read(self, text: str) -> Value:
        """The ten-millionths; raises `WrongCell`."""
        bare = text.replace(",", ".")
        if not _DEGREES.fullmatch(bare):
            raise WrongCell(Problem.NOT_DEGREES)
        return int((Decimal(bare) * E7).to_integral_value(ROUND_HALF_EVEN))


Cell = Degrees | Text | Postcode | Email | Day | Whole | Hundredths | YesNo | Choice


def _number(text: str) -> Decimal:
    """A number as a person writes it: spaces between thousands, a comma or a point, perhaps a euro sign."""
    bare = _SPACES.sub("", text).removesuffix("€").removesuffix("m²")
    if not _NUMBER.fullmatch(bare):
        raise WrongCell(Problem.NOT_AN_AMOUNT)
    return Decimal(bare.replace(",", "."))


def _within(number: Decimal, least: int, most: int) -> Decimal:
    if number < least:
        raise WrongCell(Problem.TOO_SMALL, least=least)
    if number > most:
        raise WrongCell(Problem.TOO_LARGE, most=most)
    return number
