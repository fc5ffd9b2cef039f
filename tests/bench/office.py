"""How long the office waits for its list, its search and a file, with the whole stock behind them, and the growth from a tenth.

By default a small stock that is made in seconds; `bin/bench --large --only office` is the whole: 100,000 dwellings,
300,000 inventories, 10 million photographs.
"""

import itertools
import os
import random
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from fieldapp.config import Config
from fieldapp.domain.inventory import InventoryState
from fieldapp.domain.urgency import Reason
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import PhotoUse
from fieldapp.records.review import Review
from fieldapp.records.schema import upgrade
from fieldapp.records.search_word import Subject
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services import indexing
from fieldapp.web import create_app
from tests.bench.databases import BOTH, Row, database, pour, settle
from tests.bench.figure import Figure, log, report
from tests.bench.quantile import median, quantile
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, colleague, sealed

SEED = 20261128
FIRST = 0x019B_0000_0000_7000_9000_0000_0000_0000
LARGE = "FIELDAPP_BENCH_LARGE"
DWELLINGS, PHOTOS_EACH = (100_000, 33) if LARGE in os.environ else (2_000, 3)
INVENTORIES_EACH = 3
P95_MS = 300.0
RUNS = 24
LOT = 2000
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
SYLLABLES = (
    "ba",
    "cor",
    "du",
    "fer",
    "gan",
    "lau",
    "mar",
    "nel",
    "pou",
    "quin",
    "ro",
    "sel",
    "tan",
    "vau",
    "zi",
    "bré",
)
STREETS = tuple(f"{a}{b}eries" for a in SYLLABLES[:12] for b in SYLLABLES[:8])
USUAL: tuple[Reason, ...] = (
    (Reason.DONE,) * 80 + (Reason.PLANNED,) * 8 + (Reason.IN_PROGRESS,) * 3 + (Reason.TO_REVIEW,) * 5
)
USUAL += (Reason.REFUSED, Reason.CONFLICT, Reason.LATE_SYNC, Reason.DEPOSIT_SOON)
LISTS = ("", "?show=pressing", "?kind=move_out", "?reason=refused", "?state=planned", "?from=2026-10-01&to=2026-10-31")
QUESTIONS = ("marcor", "macror", "MARCOR Fergan", "12 rue des bacoreries", "T00042", "quimper dulau", "bacorries")


def measure() -> None:
    """Print the p95 of each page on each kind of database."""
    for name in BOTH:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, database(name) as environ:
            _measure(name, Config.from_environ({"FIELDAPP_DATA": folder, **environ}))


def _measure(name: str, config: Config) -> None:
    app = create_app(config)
    with app.app_context():
        upgrade(db.engine)
    estate = Estate.build(app)
    flat, own, stock = sealed(estate), colleague(estate), Stock(estate)
    pages: dict[str, Callable[[int], None]] = {
        "a page of the list": lambda run: _list(own, run),
        "a search": lambda run: _search(own, run),
        "a file": lambda _run: _open(own, f"/office/inventories/{flat.root_id}"),
    }
    took: list[dict[str, list[float]]] = []
    for first, last in ((0, DWELLINGS // 10), (DWELLINGS // 10, DWELLINGS)):
        start = time.perf_counter()
        with app.app_context():
            stock.grow(first, last)
        log(f"{last} dwellings on {name} in {time.perf_counter() - start:.0f} s")
        took.append({what: _timed(page) for what, page in pages.items()})
    with app.app_context():
        db.engine.dispose()
    inventories = DWELLINGS * INVENTORIES_EACH
    for what in pages:
        few, many = (times[what] for times in took)
        against = {
            f"median at {inventories // 10} inventories": round(median(few)),
            f"median at {inventories} inventories": round(median(many)),
            "times the median": round(median(many) / median(few), 2),
            "unit": "ms",
        }
        text = f"{what} of the office among {inventories} inventories of {DWELLINGS} dwellings, {name}: p95 of {RUNS}"
        report(Figure(text, round(quantile(many, 0.95)), "ms", P95_MS, "lower", against))


def _timed(page: Callable[[int], None]) -> list[float]:
    took = []
    for run in range(RUNS + 1):
        start = time.perf_counter()
        page(run)
        took.append((time.perf_counter() - start) * 1000)
    # The first one compiles the page.
    return took[1:]


def _list(own: Browser, run: int) -> None:
    _open(own, f"/office/inventories/{LISTS[run % len(LISTS)]}")


def _search(own: Browser, run: int) -> None:
    own.client.application.config["WTF_CSRF_ENABLED"] = False
    answer = own.client.post("/office/search", data={"words": QUESTIONS[run % len(QUESTIONS)]}, buffered=True)
    assert answer.status_code == 200


def _open(own: Browser, address: str) -> None:
    assert own.get(address).status_code == 200


class Stock:
    """Dwellings with their leases and inventories, the same ones at every run."""

    def __init__(self, estate: Estate) -> None:
        self._chance, self._numbers = random.Random(SEED), itertools.count()
        self._estate = estate
        self._agencies, self._agents = list(estate.agencies.values()), list(estate.agents.values())

    def grow(self, first: int, last: int) -> None:
        """Add the dwellings from one number to the next, each with one lease and three inventories."""
        for start in range(first, last, LOT):
            self._lot(start, min(start + LOT, last))
        settle()

    def _lot(self, first: int, last: int) -> None:
        tables: dict[type, list[Row]] = {
            table: [] for table in (Building, Dwelling, Tenancy, TenancyParty, Inventory, Review, PhotoUse)
        }
        for number in range(first, last):
            self._dwelling(number, tables)
        pour(tables)
        session = db.session()
        for kind, table in ((Subject.DWELLING, Dwelling), (Subject.TENANCY, Tenancy)):
            ids = [str(row["id"]) for row in tables[table]]
            for start in range(0, len(ids), indexing.BATCH):
                indexing.index_in(session, kind, ids[start : start + indexing.BATCH])
                session.commit()

    def _dwelling(self, number: int, tables: dict[type, list[Row]]) -> None:
        own: Row = {"landlord_id": self._estate.landlord_id}
        agency = self._agencies[number // 10 % len(self._agencies)]
        if number % 10 == 0:
            street = f"{number % 90 + 1} rue des {STREETS[number // 10 % len(STREETS)]}"
            tables[Building].append(
                own
                | {"id": self._id(), "agency_id": agency, "reference": f"R{number:05}", "name": f"Résidence {number}"}
                | {"street": street, "postcode": "29000", "town": "Quimper"}
            )
        home, lease = self._id(), self._id()
        tables[Dwelling].append(
            own
            | {"id": home, "building_id": tables[Building][-1]["id"], "reference": f"L{number:05}", "area": 6430}
            | {"kind": "apartment", "type": "T3", "detail": "", "annexes": "", "access": ""}
            | {"heating_scope": "collective", "heating_energy": "gas", "hot_water_scope": "collective"}
        )
        tables[Tenancy].append(
            own
            | {"id": lease, "dwelling_id": home, "reference": f"T{number:05}", "lease_kind": "dwelling"}
            | {"lease_signed_on": date(2026, 1, 1), "starts_on": date(2026, 1, 1)}
            | {"rent": 50_000, "charges": 5_000, "deposit": 50_000, "furnished": False}
        )
        name = f"{self._name()} {self._name()}".title()
        tables[TenancyParty].append(
            own | {"id": self._id(), "tenancy_id": lease, "name": name, "quality": "tenant", "position": 1}
        )
        for _ in range(INVENTORIES_EACH):
            self._inventory(agency, home, lease, tables)

    def _inventory(self, agency: str, home: str, lease: str, tables: dict[type, list[Row]]) -> None:
        root, reason = self._id(), self._chance.choice(USUAL)
        kind = self._chance.choice(("move_in", "move_in", "move_out"))
        at = NOW - timedelta(minutes=self._chance.randrange(500_000))
        state = {Reason.PLANNED: InventoryState.PLANNED, Reason.IN_PROGRESS: InventoryState.IN_PROGRESS}.get(
            reason, InventoryState.CLOSED
        )
        whose = {
            "landlord_id": self._estate.landlord_id,
            "agency_id": agency,
            "agent_id": self._chance.choice(self._agents),
            "kind": kind,
            "state": state,
        }
        tables[Inventory].append(
            whose
            | {"id": root, "dwelling_id": home, "tenancy_id": lease, "number": f"E26-{next(self._numbers):07}"}
            | {"lease_kind": "dwelling", "closed_at": at}
        )
        seconds = int(at.timestamp())
        tables[Review].append(
            whose
            | {"inventory_id": root, "reasons": 1 << reason.rank, "rank": reason.rank, "at": at}
            | {"place": -seconds if reason is Reason.DONE else seconds, "rev": 0, "note": ""}
        )
        tables[PhotoUse] += [
            {
                "root_id": root,
                "photo_id": self._id(),
                "size": "report",
                "sha256": f"{self._chance.getrandbits(256):064x}",
            }
            for _ in range(PHOTOS_EACH)
        ]

    def _name(self) -> str:
        return "".join(self._chance.choice(SYLLABLES) for _ in range(2 + self._chance.randrange(2)))

    def _id(self) -> str:
        return str(uuid.UUID(int=FIRST + next(self._numbers)))
