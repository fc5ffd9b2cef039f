"""Writes the shared vectors of wear and settlement; what they expect comes from `reference.py`, never from the application.

Run `.venv/bin/python tests/vectors/wear/generate.py` after a change of the rules, and read the difference before
committing it. The numbers are seeded: the same rules write the same files.
"""

import csv
import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent.parent))

from tests.vectors.wear import reference  # noqa: E402

Json = dict[str, Any]

DATA = HERE.parent.parent / "data"
SEED = 20260930
STATES = (*reference.ORDER, "not_checked", "absent")
CAUSES = (*reference.FREE, "poor_upkeep", "damage", "loss", "transformation", "incident")
CHARGED = ("poor_upkeep", "damage", "transformation")
VAT = ("20", "10", "5.5", "0", "8.5", "2.1")
DAY = timedelta(days=1)
KEYS = "2026-09-30"


def row(kind: str, life: int, franchise: int, rate: str, floor: str, label: str = "Essai") -> Json:
    """A row of a grid."""
    return {
        "element_kind": kind,
        "label": label,
        "life_years": life,
        "franchise_years": franchise,
        "annual_rate_percent": rate,
        "floor_percent": floor,
    }


def published(letter: str) -> Json:
    """One of the two published grids."""
    with (DATA / f"wear-grid-{letter}.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row(
                one["element_kind"],
                int(one["life_years"]),
                int(one["franchise_years"]),
                one["annual_rate_percent"],
                one["floor_percent"],
                one["label"],
            )
            for one in csv.DictReader(file)
        ]
    return {"wears_losses": False, "rows": rows}


def grids() -> dict[str, Json]:
    """The grids that the cases name."""
    odd = [
        row("early_floor", 20, 2, "30", "25"),
        row("franchise_is_life", 5, 5, "10", "40"),
        row("franchise_beyond_life", 3, 6, "10", "40"),
        row("no_franchise", 8, 0, "12.5", "0"),
        row("no_rate", 10, 2, "0", "30"),
        row("thirds", 5, 2, "33.33", "0.01"),
        row("falls_at_once", 2, 0, "100", "15"),
        row("never_worn", 12, 3, "7", "100"),
        row("one_year", 1, 0, "90", "10"),
        row("six_and_two_thirds", 15, 0, "6.67", "5.5"),
    ]
    found = {"a": published("a"), "b": published("b"), "odd": {"wears_losses": False, "rows": odd}}
    return {**found, "a_losses": {**found["a"], "wears_losses": True}}


def line(about: str, /, **fields: Any) -> Json:
    """A line of damage with everything known, changed by the fields."""
    return {
        "line_id": about,
        "element_kind": "paint",
        "start_date": "2022-05-12",
        "end_date": KEYS,
        "net": "551.00",
        "vat_percent": "10",
        "entry_state": "good",
        "exit_state": "poor",
        "cause": "damage",
        "entry_inventory": "yes",
        **fields,
    }


def worked() -> Iterator[tuple[str, Json, str]]:
    """(grid, line, due) of every example that the rules work out by hand."""
    yield "a", line("paint renewed 12/05/2022, 38 m² at 14.50"), "333.36"
    yield "a", line("paint renewed 01/10/2022, 38 m² at 14.50", start_date="2022-10-01"), "424.27"
    yield "a", line("carpet of 01/03/2017", element_kind="carpet", start_date="2017-03-01", net="336.00"), "36.96"
    for age, due in ((3, "129.80"), (14, "24.66"), (15, "19.47")):
        start = f"{2026 - age}-09-30"
        yield "b", line(f"tap of {age} years", element_kind="tap", start_date=start, net="118.00"), due
    yield (
        "b",
        line("door of 15/01/2014", element_kind="interior_joinery", start_date="2014-01-15", net="245.00"),
        "156.31",
    )
    yield "b", line("boiler poor at both ends", element_kind="boiler", entry_state="poor", net="900.00"), "0.00"
    badges = {"element_kind": "badge", "start_date": None, "end_date": None, "exit_state": "absent", "cause": "loss"}
    yield "a", line("two badges lost at 22.00", net="40.00", **badges), "44.00"


def edges() -> Iterator[tuple[str, Json]]:
    """(grid, line) at each edge that the rules know."""
    for before, after in ((DAY, "the day before an anniversary"), (0 * DAY, "on it"), (-DAY, "the day after")):
        for kind, age in (("paint", 1), ("paint", 4), ("paint", 7), ("parquet", 5), ("parquet", 20), ("heating", 25)):
            renewed = date(2026 - age, 9, 30) + before
            yield "a", line(f"{kind}, {age} years, {after}", element_kind=kind, start_date=renewed.isoformat())
    for start in ("2016-02-28", "2016-02-29", "2016-03-01", "2020-02-29"):
        for end in ("2021-02-27", "2021-02-28", "2021-03-01", "2024-02-28", "2024-02-29", "2024-03-01", "2023-02-28"):
            yield "a", line(f"started {start}, ended {end}", start_date=start, end_date=end)
    yield "a", line("renewed on the day the keys came back", start_date=KEYS)
    yield "a", line("renewed the day after the keys came back", start_date="2026-10-01")
    for kind in grids()["odd"]["rows"]:
        for age in sorted({0, 1, 2, kind["franchise_years"], kind["franchise_years"] + 1, kind["life_years"]}):
            start = f"{2026 - age}-09-30"
            yield "odd", line(f"{kind['element_kind']} at {age}", element_kind=kind["element_kind"], start_date=start)
    for entry_state in (*STATES, None):
        for exit_state in (*STATES, None):
            states = {"entry_state": entry_state, "exit_state": exit_state}
            yield "a", line(f"from {entry_state} to {exit_state}", **states)
            yield "a", line(f"lost, from {entry_state} to {exit_state}", cause="loss", **states)
    for cause in (*CAUSES, None):
        yield "a", line(f"{cause}, no price yet", cause=cause, net=None)
        for entry in ("yes", "no", "obstructed_by_landlord"):
            yield "a", line(f"{cause}, entry inventory {entry}", cause=cause, entry_inventory=entry)
    for cause in CAUSES:
        yield "a", line(f"{cause}, kind without a row", cause=cause, element_kind="hedge")
        yield "a", line(f"{cause}, start unknown", cause=cause, start_date=None)
        yield "a", line(f"{cause}, key return unknown", cause=cause, end_date=None)
    for known, fields in (
        ("all known", {}),
        ("age unknown", {"start_date": None}),
        ("no row", {"element_kind": "badge"}),
    ):
        yield "a_losses", line(f"lost under a grid that wears losses, {known}", cause="loss", **fields)
    for vat in VAT:
        for net in ("0.00", "0.01", "0.05", "10.00", "10.05", "33.3333", "181.975", "9999999.99"):
            yield "a", line(f"{net} with VAT {vat}", net=net, vat_percent=vat)


def ties(numbers: random.Random) -> Iterator[tuple[str, Json]]:
    """Lines whose gross or due falls on half a cent."""
    found = 0
    while found < 40:
        net, vat = Decimal(numbers.randrange(1, 200_000)).scaleb(-2), numbers.choice(VAT)
        gross = net * (100 + Decimal(vat))
        if gross % 1 == Decimal("0.5"):
            found += 1
            yield "a", line(f"gross on a tie: {net} with VAT {vat}", net=str(net), vat_percent=vat)
    found = 0
    while found < 40:
        cents_before, age = numbers.randrange(1, 90_000), numbers.randrange(2, 8)
        if cents_before * (100 - 15 * (age - 1)) % 100 == 50:
            found += 1
            start, price = f"{2026 - age}-09-30", reference.euros(cents_before)
            yield "a", line(f"due on a tie: {price} at {age}", start_date=start, net=price, vat_percent="0")


def anything(numbers: random.Random) -> Iterator[tuple[str, Json]]:
    """Lines drawn at random, most of them charged."""
    known = grids()
    for number in range(240):
        name = numbers.choice(sorted(known))
        kind = numbers.choice(known[name]["rows"])
        end = date(2024, 1, 1) + numbers.randrange(1100) * DAY
        start = end - numbers.randrange(9, (kind["life_years"] + 3) * 365) * DAY
        yield (
            name,
            line(
                f"drawn {number}",
                element_kind=kind["element_kind"],
                start_date=start.isoformat(),
                end_date=end.isoformat(),
                net=f"{Decimal(numbers.randrange(1, 30_000_000)).scaleb(-4):f}",
                vat_percent=numbers.choice(VAT),
                entry_state=numbers.choice(STATES[:4] if number % 4 else STATES),
                exit_state=numbers.choice(STATES[2:5] if number % 4 else STATES),
                cause=numbers.choice(CHARGED if number % 4 else CAUSES),
                entry_inventory="yes" if number % 12 else numbers.choice(("yes", "no", "obstructed_by_landlord")),
            ),
        )


def case(grid: str, wanted: Json) -> Json:
    """A line with the assessment that it must get."""
    return {"grid": grid, "line": wanted, "expected": reference.expected(wanted, grids()[grid])}


def wear() -> Json:
    """The document of all charge lines."""
    numbers = random.Random(SEED)
    by_hand = []
    for grid, wanted, due in worked():
        found = case(grid, wanted)
        if found["expected"]["due"] != due:
            raise AssertionError(f"{wanted['line_id']}: the reference says {found['expected']['due']}, the rules {due}")
        by_hand.append(found)
    drawn = [case(*one) for one in (*edges(), *ties(numbers), *anything(numbers))]
    return {"grids": grids(), "worked": by_hand, "generated": drawn}


def accounts() -> Iterator[Json]:
    """Settlements: inputs as documents carry them, and every entry."""
    base: Json = {
        "entry_on": "2022-05-16",
        "keys_returned_on": KEYS,
        "notice_ends_on": KEYS,
        "called_until": KEYS,
        "deposit": "412.37",
        "rent": "412.37",
        "charges": "96.40",
        "arrears": "0.00",
        "credits": "0.00",
        "instalments": [],
        "retained": [],
        "water": "0.00",
        "heating": "0.00",
        "provision": "0.00",
        "collective_building": False,
    }
    lines = [
        {"line_id": "L1", "due": "333.36", "proof": "price_list", "is_loss": False},
        {"line_id": "L4", "due": "44.00", "proof": "price_list", "is_loss": True},
        {"line_id": "L2", "due": "36.96", "proof": "quote", "is_loss": False},
        {"line_id": "L3", "due": "156.31", "proof": "invoice", "is_loss": False},
    ]
    yield {"about": "570.63 of repairs against a deposit of 412.37", **base, "retained": lines}
    yield {"about": "nothing owed: the whole deposit goes back", **base}
    yield {"about": "no deposit was asked", **base, "deposit": "0.00", "arrears": "10.00"}
    yield {
        "about": "notice until the 12th, nothing called yet",
        **base,
        "called_until": "2026-08-31",
        "notice_ends_on": "2026-09-12",
    }
    yield {"about": "notice until the 12th, the month called whole", **base, "notice_ends_on": "2026-09-12"}
    yield {"about": "notice into a leap February", **base, "called_until": "2027-12-31", "notice_ends_on": "2028-02-10"}
    yield {
        "about": "everything at once, with a provision",
        **base,
        "called_until": "2026-08-31",
        "notice_ends_on": "2026-09-17",
        "deposit": "824.74",
        "arrears": "55.10",
        "credits": "12.34",
        "instalments": ["50.00", "25.50"],
        "retained": lines[1:3],
        "water": "-31.07",
        "heating": "18.63",
        "provision": "100.00",
        "collective_building": True,
    }
    yield {
        "about": "the most that may be kept",
        **base,
        "deposit": "412.38",
        "provision": "82.47",
        "collective_building": True,
    }
    yield {"about": "a refund beyond the deposit", **base, "credits": "600.00", "heating": "-40.05"}
    numbers = random.Random(SEED + 1)
    for number in range(60):
        notice = date(2026, 1, 1) + numbers.randrange(800) * DAY
        yield {
            "about": f"drawn {number}",
            **base,
            "keys_returned_on": notice.isoformat(),
            "notice_ends_on": notice.isoformat(),
            "called_until": (notice + numbers.randrange(-70, 40) * DAY).isoformat(),
            "rent": reference.euros(numbers.randrange(20_000, 90_000)),
            "charges": reference.euros(numbers.randrange(3_000, 20_000)),
            "arrears": reference.euros(numbers.choice((0, numbers.randrange(100_000)))),
            "water": reference.euros(numbers.randrange(-9_000, 9_000)),
            "retained": numbers.sample(lines, numbers.randrange(5)),
        }


def cents(amount: str) -> int:
    """An amount in cents."""
    return int(Decimal(amount) * 100)


def balance_of(account: Json) -> Json:
    """The balance that an account must come to, and the rent and charges still to be called."""
    called, notice = date.fromisoformat(account["called_until"]), date.fromisoformat(account["notice_ends_on"])
    until_notice = {}
    for head in ("rent", "charges"):
        monthly = cents(account[head])
        until_notice[head] = (
            reference.rent_for(monthly, called + DAY, notice)
            if called < notice
            else -reference.rent_for(monthly, notice + DAY, called)
            if called > notice
            else 0
        )
    owed = sum(cents(account[head]) for head in ("arrears", "water", "heating", "provision"))
    owed += sum(cents(one["due"]) for one in account["retained"]) + sum(until_notice.values())
    balance = cents(account["deposit"]) + cents(account["credits"]) + sum(map(cents, account["instalments"])) - owed
    return {
        "rent": reference.euros(-until_notice["rent"]),
        "charges": reference.euros(-until_notice["charges"]),
        "balance": reference.euros(balance),
        "returned": reference.euros(max(balance, 0)),
        "still_due": reference.euros(max(-balance, 0)),
    }


def delays() -> Json:
    """Deadlines and penalties, the month ends first."""
    ends = [date(year, month, 1) - DAY for year in (2026, 2027, 2028) for month in range(1, 13)]
    numbers = random.Random(SEED + 2)
    days = list(dict.fromkeys((*ends, *(date(2026, 1, 1) + numbers.randrange(1000) * DAY for _ in range(30)))))
    due = [[str(day), str(reference.month_later(day, 1)), str(reference.month_later(day, 2))] for day in days]
    late = []
    for day in days:
        for after in sorted({0, 1, 27, 28, 31, 32, 59, 62, numbers.randrange(400)}):
            returned, rent = day + after * DAY, numbers.randrange(20_000, 90_000)
            begun = reference.months_begun(day, returned)
            penalty = reference.half_up(Fraction(rent * begun, 10))
            late.append([str(day), str(returned), begun, reference.euros(rent), reference.euros(penalty)])
    return {"keys_conforming_other": due, "due_returned_begun_rent_penalty": late}


def write(name: str, document: Json) -> None:
    """One file, one case a line: differences stay readable."""
    parts = []
    for key, value in document.items():
        if isinstance(value, list):
            body = "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"
        else:
            body = json.dumps(value, ensure_ascii=False)
        parts.append(f"{json.dumps(key)}: {body}")
    (HERE / f"{name}.json").write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    write("lines", wear())
    write("settlements", {"cases": [{"account": one, "expected": balance_of(one)} for one in accounts()]})
    write("delays", delays())
