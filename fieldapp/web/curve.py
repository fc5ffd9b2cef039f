"""The curve of one row of a wear grid: a path to draw, and the same in a table."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from flask import Flask
from flask_babel import gettext as _

from fieldapp.domain.money import plain
from fieldapp.domain.wear_grid import GridRow, curve


@dataclass(frozen=True, slots=True)
class Curve:
    """`path` in years from the left and percents from the top; `runs` are (ages in words, share), `years` is the width."""

    path: str
    years: int
    runs: tuple[tuple[str, Decimal], ...]


def furnish(app: Flask) -> None:
    """Give the filter to every template."""
    app.jinja_env.filters["curve"] = drawn


def drawn(row: GridRow) -> Curve:
    """A staircase: an age counts in complete years, so the share holds for a whole year."""
    ages = curve(row)
    steps = [(share, [age for age, _share in run]) for share, run in groupby(ages, key=lambda step: step[1])]
    path = "".join(f"V{plain(100 - share)}H{run[-1] + 1}" for share, run in steps)
    runs = tuple(
        (_ages(run[0], run[-1], last=number == len(steps)), share) for number, (share, run) in enumerate(steps, 1)
    )
    return Curve(f"M0 0{path}", ages[-1][0] + 1, runs)


def _ages(first: int, until: int, *, last: bool) -> str:
    if last:
        return _("%(age)s et plus", age=first)
    return str(first) if first == until else _("%(first)s à %(last)s", first=first, last=until)
