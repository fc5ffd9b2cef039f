"""Amounts, percents and quantities as a page says them, from integers and decimals alone."""

from decimal import Decimal

from babel.numbers import format_currency, format_decimal, format_percent
from flask import Flask

from fieldapp.web.language import current


def furnish(app: Flask) -> None:
    """Give the filters to every template."""
    app.jinja_env.filters.update(money=money, percent=percent, quantity=quantity, exact=exact)


def money(cents: int | None) -> str:
    """`1 234,50 €`, `€1,234.50`; nothing for an amount that nobody has decided."""
    return "" if cents is None else format_currency(Decimal(cents) / 100, "EUR", locale=current())


def percent(share: Decimal | None) -> str:
    """`55 %`, `5,5 %`, `55%`."""
    return "" if share is None else format_percent(share / 100, locale=current(), decimal_quantization=False)


def quantity(hundredths: int) -> str:
    """`38`, `0,5`: a number of units given in hundredths."""
    return format_decimal(Decimal(hundredths) / 100, locale=current(), decimal_quantization=False)


def exact(value: Decimal) -> str:
    """`12,5`, `1 204`: an exact number."""
    return format_decimal(value, locale=current(), decimal_quantization=False)
