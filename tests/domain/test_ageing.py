"""How old the stock is and what life is left to it."""

from datetime import date
from decimal import Decimal

from fieldapp.domain.ageing import Part, grouped, life_of
from fieldapp.domain.price_list import PriceItem, Unit
from fieldapp.domain.wear_grid import GridRow

TODAY = date(2026, 11, 28)


def part(kind: str, started: str | None, life: int | None, state: str | None = "good") -> Part:
    return Part("L1", "Séjour", kind, kind, "", state, date.fromisoformat(started) if started else None, life)


def row(kind: str, label: str, life: int) -> GridRow:
    return GridRow(kind, label, life, 1, Decimal(15), Decimal(10))


def works(kinds: tuple[str, ...], wear: str) -> PriceItem:
    return PriceItem(wear, wear, kinds, (), wear, Unit.PIECE, 1450, Decimal(10))


def test_age_and_what_is_left_are_in_whole_years() -> None:
    new, old, unknown = (part("walls", day, 7) for day in ("2022-11-28", "2010-01-01", None))
    assert (new.age(TODAY), new.remaining(TODAY), new.ends_in) == (4, 3, 2029)
    assert (old.age(TODAY), old.remaining(TODAY), old.ends_in) == (16, 0, 2017)
    assert (unknown.age(TODAY), unknown.remaining(TODAY), unknown.ends_in) == (None, None, None)


def test_a_group_counts_what_nobody_knows_apart() -> None:
    walls = [part("walls", "2022-11-28", 7), part("walls", "2010-01-01", 7, "poor"), part("walls", None, 7, None)]
    first, second = grouped([part("tap", "2025-01-01", None), *walls], TODAY)
    assert (first.kind, first.count, first.dated, first.ended, first.oldest) == ("walls", 3, 2, 1, 16)
    assert (first.mean_age, first.mean_remaining) == (Decimal("10.0"), Decimal("1.5"))
    assert first.states == {"good": 1, "poor": 1, None: 1}
    assert (second.lived, second.mean_remaining, second.mean_age) == (0, None, Decimal("1.0"))


def test_a_life_comes_from_the_grid_directly_or_by_the_works_of_the_price_list() -> None:
    rows = {one.element_kind: one for one in (row("paint", "Peinture", 7), row("parquet", "Parquet", 20))}
    rows |= {one.element_kind: one for one in (row("carpet", "Moquette", 6), row("boiler", "Chaudière", 15))}
    items = [works(("walls",), "paint"), works(("floor",), "parquet"), works(("floor",), "carpet")]
    assert life_of("boiler", "", items, rows) == 15
    assert life_of("walls", "Papier", items, rows) == 7
    assert life_of("floor", "parquet", items, rows) == 20
    assert life_of("floor", "", items, rows) is None
    assert life_of("door", "", items, rows) is None
