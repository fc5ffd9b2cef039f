"""Finds people, addresses and references although they were typed without accents or with an error."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from fieldapp.domain.search_words import distance, forgiven, grams, words_asked
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.proposal import Proposal
from fieldapp.records.review import Review
from fieldapp.records.search_word import SearchGram, SearchPlace, SearchWord, Subject
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services.scope import Scope

MOST = 30
LOOKED_AT = 300
LIKE_WORDS = 40

EXACT, BEGINS, NEAR = 4, 2, 1
"""What a word is worth when it is the one that was typed, begins like it, or is a typing error away."""

_BIT = {Subject.TENANCY: 2, Subject.CANDIDATE: 1, Subject.DWELLING: 0}


@dataclass(frozen=True, slots=True)
class File:
    """An inventory of what was found."""

    id: str
    kind: str
    number: str
    state: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that was found: its people, its address, and where it leads."""

    kind: Subject
    id: str
    names: tuple[str, ...]
    place: str
    detail: str
    zone: str
    since: date | None = None
    dwelling_id: str | None = None
    files: tuple[File, ...] = ()


def find(scope: Scope, text: str) -> tuple[Match, ...]:
    """The best thirty; a dozen queries whatever the stock. A thing must answer to every word."""
    groups = [_like(scope, word) for word in words_asked(text)]
    if not groups or not all(groups):
        return ()
    best = _best(scope, groups)
    found = _tenancies(best, Subject.TENANCY) | _dwellings(best) | _candidates(best)
    return tuple(found[id_] for _kind, id_ in best if id_ in found)


def _like(scope: Scope, word: str) -> dict[int, int]:
    """The numbers of the words that this one may mean, each with its worth."""
    mine = SearchWord.landlord_id == scope.landlord_id
    begins = select(SearchWord.id, SearchWord.word).where(
        mine, SearchWord.word >= word, SearchWord.word < word + "\U0010ffff"
    )
    worth = {
        row.id: EXACT if row.word == word else BEGINS
        for row in db.session.execute(begins.order_by(SearchWord.word).limit(LIKE_WORDS))
    }
    most = forgiven(word)
    if most:
        shared = func.count()
        triples = grams(word)
        near = (
            select(SearchGram.word_id)
            .where(SearchGram.landlord_id == scope.landlord_id, SearchGram.gram.in_(triples))
            .group_by(SearchGram.word_id)
            # One error spoils at most three triples of letters.
            .having(shared >= max(1, len(triples) - 3 * most))
            .order_by(shared.desc())
            .limit(LIKE_WORDS * 5)
        )
        rows = db.session.execute(select(SearchWord.id, SearchWord.word).where(SearchWord.id.in_(near)))
        for row in rows:
            if row.id not in worth and distance(word, row.word, most) <= most:
                worth[row.id] = NEAR
    return worth


def _best(scope: Scope, groups: Sequence[Mapping[int, int]]) -> list[tuple[Subject, str]]:
    """The things in which every word stands, those where it stands as typed first."""
    rare, *others = sorted(groups, key=_frequency)
    first = aliased(SearchPlace)
    # Not distinct: with a limit, PostgreSQL would then walk through all things in their order to find these.
    wanted = select(first.subject_id).where(first.word_id.in_(rare), *_seen(scope, first))
    for group in others:
        also = aliased(SearchPlace)
        wanted = wanted.where(exists().where(also.subject_id == first.subject_id, also.word_id.in_(group)))
    ids = set(db.session.scalars(wanted.limit(LOOKED_AT)))
    everything = set[int]().union(*groups)
    scores: dict[tuple[Subject, str], dict[int, int]] = {}
    places = select(SearchPlace.kind, SearchPlace.subject_id, SearchPlace.word_id).where(
        SearchPlace.subject_id.in_(ids), SearchPlace.word_id.in_(everything)
    )
    for kind, id_, word_id in db.session.execute(places):
        mine = scores.setdefault((Subject(kind), id_), {})
        for at, group in enumerate(groups):
            mine[at] = max(mine.get(at, 0), group.get(word_id, 0))
    ordered = sorted(scores, key=lambda thing: (sum(scores[thing].values()), _BIT[thing[0]], thing[1]), reverse=True)
    return ordered[:MOST]


def _frequency(group: Mapping[int, int]) -> int:
    """In how many places these words stand, counted no further than it matters."""
    some = select(SearchPlace.word_id).where(SearchPlace.word_id.in_(group)).limit(5000).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def _seen(scope: Scope, place: type[SearchPlace]) -> list[ColumnElement[bool]]:
    seen: list[ColumnElement[bool]] = [place.landlord_id == scope.landlord_id]
    if scope.agency_id is not None:
        seen.append(or_(place.agency_id == scope.agency_id, place.agency_id.is_(None)))
    return seen


def _ids(best: Sequence[tuple[Subject, str]], wanted: Subject) -> list[str]:
    return [id_ for kind, id_ in best if kind is wanted]


def _tenancies(best: Sequence[tuple[Subject, str]], kind: Subject) -> dict[str, Match]:
    ids = _ids(best, kind)
    people: dict[str, list[str]] = {}
    for row in db.session.execute(
        select(TenancyParty.tenancy_id, TenancyParty.name)
        .where(TenancyParty.tenancy_id.in_(ids))
        .order_by(TenancyParty.position)
    ):
        people.setdefault(row.tenancy_id, []).append(row.name)
    files = _files(ids)
    rows = db.session.execute(
        select(Tenancy.id, Tenancy.reference, Tenancy.starts_on, Dwelling, Building)
        .join(Dwelling, Dwelling.id == Tenancy.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Tenancy.id.in_(ids))
    )
    return {
        row.id: Match(
            kind=kind,
            id=row.id,
            names=tuple(people.get(row.id, ())),
            place=_place(row.Building),
            detail=row.reference,
            zone=zone_of(row.Building.postcode),
            since=row.starts_on,
            dwelling_id=row.Dwelling.id,
            files=tuple(files.get(row.id, ())),
        )
        for row in rows
    }


def _files(tenancy_ids: Collection[str]) -> dict[str, list[File]]:
    files: dict[str, list[File]] = {}
    rows = db.session.execute(
        select(Inventory.tenancy_id, Inventory.id, Inventory.kind, Inventory.number, Inventory.state, Review.at)
        .outerjoin(Review, Review.inventory_id == Inventory.id)
        .where(Inventory.tenancy_id.in_(tenancy_ids))
        .order_by(Inventory.id.desc())
    )
    for row in rows:
        files.setdefault(row.tenancy_id, []).append(File(row.id, row.kind, row.number, row.state, row.at))
    return files


def _dwellings(best: Sequence[tuple[Subject, str]]) -> dict[str, Match]:
    rows = db.session.execute(
        select(Dwelling, Building)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Dwelling.id.in_(_ids(best, Subject.DWELLING)))
    )
    return {
        row.Dwelling.id: Match(
            kind=Subject.DWELLING,
            id=row.Dwelling.id,
            names=(),
            place=_place(row.Building),
            detail=" ".join(part for part in (row.Dwelling.type, row.Dwelling.reference, row.Dwelling.detail) if part),
            zone=zone_of(row.Building.postcode),
            dwelling_id=row.Dwelling.id,
        )
        for row in rows
    }


def _candidates(best: Sequence[tuple[Subject, str]]) -> dict[str, Match]:
    ids = _ids(best, Subject.CANDIDATE)
    proposed = select(Proposal.candidate_id, func.max(Proposal.dwelling_id).label("dwelling_id")).where(
        Proposal.candidate_id.in_(ids)
    )
    homes = {row.candidate_id: row.dwelling_id for row in db.session.execute(proposed.group_by(Proposal.candidate_id))}
    rows = db.session.execute(select(Candidate.id, Candidate.name).where(Candidate.id.in_(ids)))
    return {
        row.id: Match(Subject.CANDIDATE, row.id, (row.name,), "", "", "", dwelling_id=homes.get(row.id)) for row in rows
    }


def _place(building: Building) -> str:
    return f"{building.street}, {building.postcode} {building.town}"
