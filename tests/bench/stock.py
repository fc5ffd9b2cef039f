"""The stock of a landlord for the office's pages: dwellings, leases, inventories and photographs, the same ones at every run."""

import itertools
import random
import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from fieldapp.domain.inventory import InventoryState
from fieldapp.domain.search_words import grams, words_kept
from fieldapp.domain.urgency import Reason
from fieldapp.extensions import db
from fieldapp.records.base import Base
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.review import Review
from fieldapp.records.search_word import SearchGram, SearchPlace, SearchWord, Subject
from fieldapp.records.tenancy import Tenancy, TenancyParty
from tests.bench.databases import Row, pour, settle
from tests.bench.photo_rows import photograph
from tests.fieldwork.estate import Estate

SEED = 20261128
FIRST = 0x019B_0000_0000_7000_9000_0000_0000_0000
FIRST_WORD = 1_000_000_000
INVENTORIES_EACH = 3
LOT = 2000
TABLES: tuple[type[Base], ...] = (
    Building,
    Dwelling,
    Tenancy,
    TenancyParty,
    Inventory,
    Review,
    SearchWord,
    SearchGram,
    SearchPlace,
)
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


class Stock:
    """Dwellings with their leases and inventories, the same ones at every run."""

    def __init__(self, estate: Estate, photos_each: int) -> None:
        self._chance, self._numbers = random.Random(SEED), itertools.count()
        self._estate, self._photos_each = estate, photos_each
        with estate.app.app_context():
            self._words = {row.word: row.id for row in db.session.execute(select(SearchWord.word, SearchWord.id))}
            db.session.rollback()
        self._agencies, self._agents = list(estate.agencies.values()), list(estate.agents.values())

    def grow(self, first: int, last: int) -> None:
        """Add the dwellings from one number to the next, each with one lease and three inventories."""
        for start in range(first, last, LOT):
            self._lot(start, min(start + LOT, last))
        photograph(self._estate.landlord_id, self._photos_each)
        settle()

    def _lot(self, first: int, last: int) -> None:
        tables: dict[type[Base], list[Row]] = {table: [] for table in TABLES}
        for number in range(first, last):
            self._dwelling(number, tables)
        pour(tables)

    def _dwelling(self, number: int, tables: dict[type[Base], list[Row]]) -> None:
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
        house = tables[Building][-1]
        tables[Dwelling].append(
            own
            | {"id": home, "building_id": house["id"], "reference": f"L{number:05}", "area": 6430}
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
        made = [self._inventory(agency, home, lease, tables) for _ in range(INVENTORIES_EACH)]
        where = (f"L{number:05}", *(str(house[part]) for part in ("name", "street", "postcode", "town")))
        whose = own | {"agency_id": agency}
        self._index(tables, whose | {"kind": Subject.DWELLING, "subject_id": home}, where)
        self._index(
            tables, whose | {"kind": Subject.TENANCY, "subject_id": lease}, (f"T{number:05}", *where, name, *made)
        )

    def _inventory(self, agency: str, home: str, lease: str, tables: dict[type[Base], list[Row]]) -> str:
        root, reason, number = self._id(), self._chance.choice(USUAL), f"E26-{next(self._numbers):07}"
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
            | {"id": root, "dwelling_id": home, "tenancy_id": lease, "number": number}
            | {"lease_kind": "dwelling", "closed_at": at}
        )
        seconds = int(at.timestamp())
        tables[Review].append(
            whose
            | {"inventory_id": root, "reasons": 1 << reason.rank, "rank": reason.rank, "at": at}
            | {"place": -seconds if reason is Reason.DONE else seconds, "rev": 0, "note": ""}
        )
        return number

    def _index(self, tables: dict[type[Base], list[Row]], place: Row, texts: Sequence[str]) -> None:
        """The words of one thing, as `services.indexing` keeps them: read back from rows it would take half an hour."""
        own = {"landlord_id": self._estate.landlord_id}
        for word in sorted(words_kept(texts)):
            if word not in self._words:
                self._words[word] = FIRST_WORD + len(self._words)
                tables[SearchWord].append(own | {"id": self._words[word], "word": word})
                tables[SearchGram] += [
                    own | {"gram": gram, "word_id": self._words[word]} for gram in sorted(grams(word))
                ]
            tables[SearchPlace].append(place | {"word_id": self._words[word]})

    def _name(self) -> str:
        return "".join(self._chance.choice(SYLLABLES) for _ in range(2 + self._chance.randrange(2)))

    def _id(self) -> str:
        return str(uuid.UUID(int=FIRST + next(self._numbers)))
