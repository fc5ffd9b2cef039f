"""Amounts: integer cents inside, exact decimal text outside, and the one way of rounding."""

import re
from decimal import ROUND_HALF_UP, Decimal

_DECIMAL = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?")


class NotADecimal(ValueError):
    """A text that is no decimal number with a point."""


def decimal(text: str) -> Decimal:
    """The exact number that a text such as `64.30` writes; raises `NotADecimal`.

    Exponents, thousands separators, commas and digits of other scripts are refused: the text is a contract with other
    programs, not a person's handwriting.
    """
    if _DECIMAL.fullmatch(text) is None:
        raise NotADecimal(text)
    return Decimal(text) + 0  # -0 is 0


def cents(text: str) -> int:
    """The cents of an amount such as `64.30`; raises `NotADecimal`, also for a fraction of a cent."""
    amount = decimal(text).scaleb(2)
    if amount != amount.to_integral_value():
        raise NotADecimal(text)
    return int(amount)


def rounded(amount: Decimal) -> int:
    """The nearest whole number; a half goes away from zero."""
    return int(amount.to_integral_value(rounding=ROUND_HALF_UP))


def part(amount: int, numerator: int, denominator: int) -> int:
    """`amount * numerator / denominator` to the nearest whole number, a half up; nothing here is negative."""
    return (2 * amount * numerator + denominator) // (2 * denominator)


def plain(number: Decimal) -> str:
    """A number without needless zeros: 55, 5.5, 100."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
