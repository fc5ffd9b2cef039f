"""How long the office waits for the figures of a hundred thousand visits, on both databases, with the growth from ten."""

import itertools
import random
import tempfile
import time
import uuid
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert

from fieldapp.config import Config
from fieldapp.domain.visit_result import VisitResult
from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.base import Base
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.proposal import Proposal
from fieldapp.records.schema import upgrade
from fieldapp.records.vacancy import Vacancy
from fieldapp.records.visit import Visit
from fieldapp.records.visit_outcome import VisitOutcome
from fieldapp.web import create_app
from tests.bench.databases import BOTH, Row, database, pour, settle
from tests.bench.figure import Figure, log, report
from tests.bench.quantile import median, quantile
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, colleague

SEED = 20261128
FIRST = 0x019B_0000_0000_7000_8000_0000_0000_0000
FEW, MANY = 10_000, 100_000
BUILDINGS, DWELLINGS_EACH = 200, 10
LAST = date(2026, 11, 27)
RUNS = 20
P95_MS = 500.0
REASONS = ("noise", "rent", "too_small", "distance", "condition", "district", "floor_lift")


def measure() -> None:
    """Print the page's p95 on each kind of database."""
    for name in BOTH:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, database(name) as environ:
            _measure(name, Config.from_environ({"FIELDAPP_DATA": folder, **environ}))


def _measure(name: str, config: Config) -> None:
    app = create_app(config)
    with app.app_context():
        upgrade(db.engine)
    estate = Estate.build(app)
    past = Past(estate)
    own = colleague(estate)
    with app.app_context():
        past.build()
        past.visit(0, FEW)
    few = _pages(own)
    with app.app_context():
        past.visit(FEW, MANY)
    many = _pages(own)
    with app.app_context():
        db.engine.dispose()
    against = {
        f"median at {FEW} visits": round(median(few)),
        f"p95 at {FEW} visits": round(quantile(few, 0.95)),
        f"median at {MANY} visits": round(median(many)),
        "times the median": round(median(many) / median(few), 2),
        "unit": "ms",
    }
    log(f"figures on {name}: p95 {quantile(many, 0.95):.0f} ms, {against}")
    what = f"the office's page of figures over a year of {MANY} visits in {BUILDINGS} buildings, {name}: p95 of {RUNS}"
    report(Figure(what, round(quantile(many, 0.95)), "ms", P95_MS, "lower", against))


def _pages(own: Browser) -> list[float]:
    took = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        own.text(f"/office/figures?year={LAST.year}")
        took.append((time.perf_counter() - start) * 1000)
    # The first one compiles the page.
    return took[1:]


class Past:
    """A year of sales visits of an invented landlord, the same one at every run."""

    def __init__(self, estate: Estate) -> None:
        self._chance, self._numbers = random.Random(SEED), itertools.count()
        self._estate = estate
        self._agencies = list(estate.agencies.values())
        self._buildings = [self._id() for _ in range(BUILDINGS)]
        self._dwellings = [self._id() for _ in range(BUILDINGS * DWELLINGS_EACH)]

    def build(self) -> None:
        """The stock: every tenth dwelling stands empty."""
        own = {"landlord_id": self._estate.landlord_id}
        place = {"street": "1 rue des Essais", "postcode": "29000", "town": "Quimper"}
        buildings = [
            {"id": one, "agency_id": self._agency(number), "reference": f"R{number}", "name": f"Résidence {number}"}
            for number, one in enumerate(self._buildings)
        ]
        heating = {"heating_scope": "collective", "heating_energy": "gas", "hot_water_scope": "collective"}
        dwellings = [
            {"id": one, "building_id": self._buildings[number // DWELLINGS_EACH], "reference": f"L{number}"}
            | {"kind": "apartment", "type": "T3", "area": 6430}
            for number, one in enumerate(self._dwellings)
        ]
        empty = [
            {"id": self._id(), "dwelling_id": one, "kind": self._chance.choice(("commercial", "technical"))}
            | {"starts_on": self._day(), "monthly": 47_760}
            for one in self._dwellings[::10]
        ]
        with db.engine.begin() as connection:
            connection.execute(insert(Building), [own | place | row for row in buildings])
            connection.execute(insert(Dwelling), [own | heating | row for row in dwellings])
            connection.execute(insert(Vacancy), [own | row for row in empty])

    def visit(self, first: int, last: int) -> None:
        """The visits from one number to the next, as the tablets left them."""
        tables: tuple[type[Base], ...] = (Candidate, Appointment, Visit, Proposal, VisitOutcome)
        written = list(zip(*(self._one(number) for number in range(first, last)), strict=True))
        pour(dict(zip(tables, map(list, written), strict=True)))
        settle()

    def _one(self, number: int) -> tuple[Row, ...]:
        place = self._chance.randrange(len(self._dwellings))
        building, agency = place // DWELLINGS_EACH, self._agency(place // DWELLINGS_EACH)
        day = self._day()
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        candidate, appointment, visit, proposal = (self._id() for _ in range(4))
        own = {"landlord_id": self._estate.landlord_id}
        where = own | {"agency_id": agency, "dwelling_id": self._dwellings[place]}
        agent = {"agent_id": self._estate.agents["nadia"]}
        result = self._chance.choice(tuple(VisitResult))
        signed = day + timedelta(days=12) if number % 4 == 0 else None
        reason = self._chance.choice(REASONS) if result is VisitResult.REFUSES else None
        return (
            own | {"id": candidate, "agency_id": agency, "name": f"Personne {number}", "created_at": at}
            | dict.fromkeys(("phone", "email", "unique_number"), "") | {"language": "fr"},
            where | agent | {"id": appointment, "kind": "sales_visit", "state": "done", "starts_at": at}
            | {"ends_at": at + timedelta(hours=1), "note": "", "cancel_reason": ""},
            where | agent | {"id": visit, "appointment_id": appointment, "slot": "individual", "number": f"V{number}"}
            | {"state": "done", "closed_at": at, "received_at": at, "missing_photos": 0, "conflicts": 0}
            | {"rejections": 0, "position": number},
            own | {"id": proposal, "dwelling_id": self._dwellings[place], "candidate_id": candidate, "stage": "after"}
            | {"state": "signed" if signed else "refused", "notified_on": day, "reply_by": day, "answered_on": day}
            | {"signed_on": signed, "created_at": at, "dalo": False},
            where | {"id": self._id(), "building_id": self._buildings[building], "visit_id": visit, "day": day}
            | {"candidate_id": candidate, "proposal_id": proposal, "month": f"{day:%Y-%m}", "result": result.value}
            | {"principal_reason": reason},
        )  # fmt: skip

    def _agency(self, building: int) -> str:
        return self._agencies[building % len(self._agencies)]

    def _day(self) -> date:
        return LAST - timedelta(days=self._chance.randrange(331))

    def _id(self) -> str:
        """The next identifier: in the order of time, as those of the product are."""
        return str(uuid.UUID(int=FIRST + next(self._numbers)))
