"""Keeps the words by which the office finds people, addresses and references, in the transaction that changes them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, event, exists, insert, literal, select
from sqlalchemy.orm import Session, UOWTransaction

from fieldapp.domain.search_words import grams, words_kept
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.search_word import SearchGram, SearchPlace, SearchWord, Subject
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.records.upsert import Upsert
from fieldapp.services import jobs

BATCH = 400
PART = 2_000
"""What one job indexes before others have their turn."""

_TOUCHED = "touched by the search"
_ROWS = (Building, Dwelling, Tenancy, TenancyParty, Candidate, Inventory)
_ADD_WORD = Upsert(SearchWord, lambda insertion: insertion.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Found:
    """One thing with its texts."""

    kind: Subject
    id: str
    landlord_id: str
    agency_id: str | None
    texts: tuple[str, ...]


def watch() -> None:
    """Have whatever the objects of a session change indexed before it commits; once for the whole process."""
    if not event.contains(Session, "after_flush", _note):
        event.listen(Session, "after_flush", _note)
        event.listen(Session, "before_commit", _index_noted)
        event.listen(Session, "after_soft_rollback", _forget)


def index_in(session: Session, kind: Subject, ids: Collection[str]) -> None:
    """Read these things and keep their words, in the caller's transaction; what is not there any more has none."""
    for start in range(0, len(ids), BATCH):
        part = sorted(ids)[start : start + BATCH]
        _keep(session, part, list(_read(session, kind, part)))


def ask(session: Session, after: str) -> None:
    """Have a worker index what was written past the sessions' objects; `after` names what wrote it."""
    jobs.enqueue(session, "index", {}, key=f"index/{after}")


def index_part() -> None:
    """Job: index some of what is missing, and ask for the rest: other jobs have their turn in between."""
    session = db.session()
    if last := index_missing(session, PART):
        ask(session, last)
        session.commit()


def index_missing(session: Session, most: int | None = None) -> str | None:
    """Index what was written past the sessions' objects: one lot a transaction.

    Stops once `most` things are indexed, and then gives the id of the last one.
    """
    done = 0
    for kind, table in ((Subject.DWELLING, Dwelling), (Subject.TENANCY, Tenancy), (Subject.CANDIDATE, Candidate)):
        last = ""
        indexed = exists().where(SearchPlace.subject_id == table.id)
        named = [Candidate.erased_at.is_(None)] if table is Candidate else []
        while ids := session.scalars(
            select(table.id).where(table.id > last, ~indexed, *named).order_by(table.id).limit(BATCH)
        ).all():
            index_in(session, kind, ids)
            session.commit()
            last = ids[-1]
            done += len(ids)
            if most is not None and done >= most:
                return last
    return None


def _note(session: Session, _context: UOWTransaction) -> None:
    touched: set[tuple[type[Any], str]] = session.info.setdefault(_TOUCHED, set())
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, _ROWS) and (row in session.new or session.is_modified(row) or row in session.deleted):
            touched.add((type(row), row.tenancy_id if isinstance(row, TenancyParty | Inventory) else row.id))


def _forget(session: Session, _before: Any) -> None:
    session.info.pop(_TOUCHED, None)


def _index_noted(session: Session) -> None:
    session.flush()
    touched: set[tuple[type[Any], str]] = session.info.pop(_TOUCHED, set())
    if not touched:
        return
    buildings, dwellings, candidates = (_of(touched, table) for table in (Building, Dwelling, Candidate))
    index_touched(session, buildings, dwellings, _of(touched, Tenancy, TenancyParty, Inventory), candidates)


def index_touched(
    session: Session, buildings: set[str], dwellings: set[str], tenancies: set[str], candidates: set[str]
) -> None:
    """Index what these bear the words of, in the caller's transaction: a building's words are those of its dwellings."""
    if buildings:
        dwellings |= set(session.scalars(select(Dwelling.id).where(Dwelling.building_id.in_(buildings))))
    if dwellings:
        tenancies |= set(session.scalars(select(Tenancy.id).where(Tenancy.dwelling_id.in_(dwellings))))
    for kind, ids in ((Subject.DWELLING, dwellings), (Subject.TENANCY, tenancies), (Subject.CANDIDATE, candidates)):
        index_in(session, kind, ids)


def _of(touched: set[tuple[type[Any], str]], *tables: type[Any]) -> set[str]:
    return {id_ for table, id_ in touched if table in tables}


def _read(session: Session, kind: Subject, ids: Collection[str]) -> Iterator[Found]:
    if kind is Subject.CANDIDATE:
        for row in session.execute(
            select(
                Candidate.id, Candidate.landlord_id, Candidate.agency_id, Candidate.name, Candidate.unique_number
            ).where(Candidate.id.in_(ids), Candidate.erased_at.is_(None))
        ):
            yield Found(kind, row.id, row.landlord_id, row.agency_id, (row.name, row.unique_number))
        return
    more = _names(session, ids) if kind is Subject.TENANCY else {}
    for row in session.execute(_addresses(kind, ids)):
        texts = (row.reference, row.home, row.building, row.street, row.postcode, row.town, *more.get(row.id, ()))
        yield Found(kind, row.id, row.landlord_id, row.agency_id, texts)


def _addresses(kind: Subject, ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    place = (
        Dwelling.reference.label("home"),
        Building.name.label("building"),
        Building.street,
        Building.postcode,
        Building.town,
        Building.agency_id,
        Building.landlord_id,
    )
    if kind is Subject.DWELLING:
        return (
            select(Dwelling.id, literal("").label("reference"), *place)
            .join(Building, Building.id == Dwelling.building_id)
            .where(Dwelling.id.in_(ids))
        )
    return (
        select(Tenancy.id, Tenancy.reference, *place)
        .join(Dwelling, Dwelling.id == Tenancy.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Tenancy.id.in_(ids))
    )


def _names(session: Session, tenancy_ids: Collection[str]) -> dict[str, list[str]]:
    """The people of each lease and the numbers of its inventories."""
    names: dict[str, list[str]] = {}
    people = select(TenancyParty.tenancy_id, TenancyParty.name).where(TenancyParty.tenancy_id.in_(tenancy_ids))
    numbers = select(Inventory.tenancy_id, Inventory.number).where(Inventory.tenancy_id.in_(tenancy_ids))
    for wanted in (people, numbers):
        for tenancy_id, text in session.execute(wanted):
            names.setdefault(tenancy_id, []).append(text)
    return names


def _keep(session: Session, ids: Collection[str], found: Collection[Found]) -> None:
    before = session.scalars(select(SearchPlace.word_id).where(SearchPlace.subject_id.in_(ids)).distinct()).all()
    session.execute(delete(SearchPlace).where(SearchPlace.subject_id.in_(ids)))
    words = {one: words_kept(one.texts) for one in found}
    numbers: dict[tuple[str, str], int] = {}
    for landlord_id in {one.landlord_id for one in found}:
        wanted = sorted(set().union(*(kept for one, kept in words.items() if one.landlord_id == landlord_id)))
        numbers |= {(landlord_id, word): id_ for word, id_ in _numbered(session, landlord_id, wanted).items()}
    places = [
        {
            "word_id": numbers[one.landlord_id, word],
            "subject_id": one.id,
            "kind": one.kind,
            "landlord_id": one.landlord_id,
            "agency_id": one.agency_id,
        }
        for one, kept in words.items()
        for word in kept
    ]
    if places:
        session.execute(insert(SearchPlace), places)
    gone = sorted(set(before) - set(numbers.values()))
    if gone:
        # A word that nothing bears any more goes with who bore it: names are not kept beyond their people.
        unused = ~exists().where(SearchPlace.word_id == SearchWord.id)
        orphans = session.scalars(select(SearchWord.id).where(SearchWord.id.in_(gone), unused)).all()
        session.execute(delete(SearchGram).where(SearchGram.word_id.in_(orphans)))
        session.execute(delete(SearchWord).where(SearchWord.id.in_(orphans)))


def _numbered(session: Session, landlord_id: str, words: Collection[str]) -> dict[str, int]:
    known = _known(session, landlord_id, words)
    fresh = [word for word in words if word not in known]
    if not fresh:
        return known
    connection = session.connection()
    connection.execute(_ADD_WORD.on(connection), [{"landlord_id": landlord_id, "word": word} for word in fresh])
    added = _known(session, landlord_id, fresh)
    triples = [
        {"landlord_id": landlord_id, "gram": gram, "word_id": id_}
        for word, id_ in added.items()
        for gram in grams(word)
    ]
    have = set(session.scalars(select(SearchGram.word_id).where(SearchGram.word_id.in_(added.values())).distinct()))
    if wanted := [row for row in triples if row["word_id"] not in have]:
        session.execute(insert(SearchGram), wanted)
    return known | added


def _known(session: Session, landlord_id: str, words: Collection[str]) -> dict[str, int]:
    return {
        row.word: row.id
        for row in session.execute(
            select(SearchWord.id, SearchWord.word).where(
                SearchWord.landlord_id == landlord_id, SearchWord.word.in_(words)
            )
        )
    }
