"""The office asks for an addendum to a sealed inventory, or refuses a tenant's request for one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldapp.domain.addendum import AddendumKind, AddendumState, original_of, request_of
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.context import context_of
from fieldapp.domain.inventory import InventoryState
from fieldapp.domain.review import CommentOn, Verdict
from fieldapp.extensions import db
from fieldapp.records.addendum import Addendum
from fieldapp.records.appointment import Appointment
from fieldapp.records.comment_draft import CommentDraft
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.review import Review
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import audit, booking, signed_record, verdicts
from fieldapp.services.booking import Slot
from fieldapp.services.identifier import new_id
from fieldapp.services.intake import write_server_ops
from fieldapp.services.scope import Scope
from fieldapp.services.signed_record import Json
from fieldapp.services.stock import surroundings
from fieldapp.services.technical import Write
from fieldapp.services.visit_opening import open_visit


class NotSealed(Exception):
    """There is no sealed document to join an addendum to yet."""


class AlreadyOpen(Exception):
    """Another addendum of this inventory waits to be signed: one after the other."""


class NotThatDay(ValueError):
    """A day that cannot be: a request from the future or from before the signature, a last day before the appointment."""


class NothingToSay(ValueError):
    """No point and no word: nobody would know what to look at."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, why and since when; `points` are the drafts of comments that become its points."""

    kind: AddendumKind
    requested_on: date | None
    due_on: date | None
    words: str
    points: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """One addendum of a file with what was signed of it."""

    row: Addendum
    number: str
    starts_at: datetime | None
    documents: tuple[VisitDocument, ...]


def ask(scope: Scope, inventory_id: str, rev: int, request: Request, slot: Slot, account_id: str) -> str:
    """Give an agent the appointment at which the addendum is made, and its id: one transaction.

    Raises `NotHere` and `DecidedMeanwhile` of the verdicts, `NotSealed`, `AlreadyOpen`, `NotThatDay`, `NothingToSay`, and
    what keeps a slot from being given; nothing is written then.
    """
    session = db.session()
    inventory, review = verdicts.opened(session, scope, inventory_id, rev)
    try:
        visit_id = _ask_in(session, scope, (inventory, review), request, slot, account_id)
        session.commit()
    except IntegrityError as error:
        session.rollback()
        raise AlreadyOpen from error
    except BaseException:
        session.rollback()
        raise
    return visit_id


def reject(scope: Scope, inventory_id: str, request: Request, answer: str, account_id: str) -> None:
    """Keep that the office refused a tenant's request, and why: the tenant may then ask the commission de conciliation.

    Raises `NotHere`, `NotSealed` and `NotThatDay`.
    """
    session = db.session()
    inventory = verdicts.locked(session, scope, inventory_id)
    try:
        asked = _asked(inventory, request)
        now = datetime.now(UTC)
        session.add(_row(inventory, request, asked, account_id, now, state=AddendumState.REJECTED, answer=answer))
        _note(session, inventory, account_id, "addendum.rejected", kind=request.kind.value)
        session.commit()
    except BaseException:
        session.rollback()
        raise


def of_inventory(inventory_id: str) -> list[Listed]:
    """Every addendum of an inventory that was found in scope before, the earliest first: two queries."""
    rows = db.session.execute(
        select(Addendum, Appointment.starts_at)
        .outerjoin(Visit, Visit.id == Addendum.visit_id)
        .outerjoin(Appointment, Appointment.id == Visit.appointment_id)
        .where(Addendum.inventory_id == inventory_id)
        .order_by(Addendum.asked_at, Addendum.id)
    ).all()
    signed: dict[str, list[VisitDocument]] = {}
    visits = [row.visit_id for row, _ in rows if row.visit_id]
    if visits:
        wanted = select(VisitDocument).where(VisitDocument.visit_id.in_(visits)).order_by(VisitDocument.accepted_at)
        for document in db.session.scalars(wanted):
            signed.setdefault(document.visit_id, []).append(document)
    return [
        Listed(row, found[-1].number if found else "", starts_at, found)
        for row, starts_at in rows
        for found in [tuple(signed.get(row.visit_id or "", ()))]
    ]


def _ask_in(
    session: Session,
    scope: Scope,
    looked_at: tuple[Inventory, Review],
    request: Request,
    slot: Slot,
    account_id: str,
) -> str:
    inventory, review = looked_at
    asked = _asked(inventory, request)
    if request.due_on is not None and request.due_on < slot.starts_at.date():
        raise NotThatDay("due_on")
    drafts = _drafts(session, inventory.id, request.points)
    if not drafts and not request.words:
        raise NothingToSay
    waits = select(Addendum.id).where(Addendum.inventory_id == inventory.id, Addendum.state == AddendumState.ASKED)
    if session.scalar(waits.limit(1)) is not None:
        raise AlreadyOpen
    agent = booking.free_agent(session, scope, slot)
    dwelling = session.get_one(Dwelling, inventory.dwelling_id)
    _, visit = open_visit(
        session, dwelling, AppointmentKind.ADDENDUM, agent, slot.starts_at, length=slot.length, note=""
    )
    record = signed_record.read(inventory)
    original = original_of(record, inventory.id, inventory.record_sha256 or "")
    write_server_ops(
        session,
        visit.id,
        [
            (visit.id, "visit", "number", visit.number),
            (visit.id, "visit", "context", context_of(surroundings(session, dwelling, None, agent))),
            (visit.id, "visit", "purpose", AppointmentKind.ADDENDUM.value),
            (visit.id, "visit", "original", original),
            (visit.id, "visit", "request", asked),
            *_points(drafts, request.words, record, original),
        ],
        account_id,
    )
    session.add(_row(inventory, request, asked, account_id, datetime.now(UTC), visit_id=visit.id))
    for draft in drafts:
        session.delete(draft)
    session.flush()
    audit.record(
        session, f"account:{account_id}", "visit.planned", "visit", visit.id, scope.landlord_id, kind="addendum"
    )
    verdicts.decide_in(session, inventory, review, Verdict.ADDENDUM, account_id, kind=request.kind.value)
    return str(visit.id)


def _asked(inventory: Inventory, request: Request) -> Json:
    """The request as the tablet gets it; raises `NotSealed` and `NotThatDay`."""
    if inventory.state != InventoryState.SEALED:
        raise NotSealed
    record = signed_record.read(inventory)
    zone = ZoneInfo(record["zone"])
    made = datetime.fromisoformat(record["established_at"]).astimezone(zone).date()
    if request.requested_on is not None and not made <= request.requested_on <= datetime.now(zone).date():
        raise NotThatDay("requested_on")
    return request_of(request.kind, request.requested_on, request.due_on, request.words, record)


def _drafts(session: Session, inventory_id: str, points: Collection[str]) -> Sequence[CommentDraft]:
    wanted = select(CommentDraft).where(CommentDraft.inventory_id == inventory_id, CommentDraft.id.in_(list(points)))
    return session.scalars(wanted.order_by(CommentDraft.written_at, CommentDraft.id)).all()


def _points(drafts: Sequence[CommentDraft], words: str, record: Json, original: Json) -> list[Write]:
    """The points that the tablet starts from: one a comment, at its place; else one in general with the words."""
    kinds = {part["id"]: part["kind"] for part in original["parts"]}
    shown = {photo["id"]: photo["subject_id"] for photo in record["photos"]}
    asked = [(_place(draft, kinds, shown), draft.text) for draft in drafts] or [(_general(), words)]
    found: list[Write] = []
    for position, (subject, text) in enumerate(asked):
        point_id = new_id()
        found += [
            (point_id, "amendment", "asked", text),
            (point_id, "amendment", "subject", subject),
            (point_id, "amendment", "position", position),
        ]
    return found


def _place(draft: CommentDraft, kinds: Mapping[str, str], shown: Mapping[str, str]) -> Json:
    about = shown.get(draft.subject_id, "") if draft.subject_kind == CommentOn.PHOTO else draft.subject_id
    return {"kind": kinds[about], "id": about} if about in kinds else _general()


def _general() -> Json:
    return {"kind": "general", "id": None}


def _row(
    inventory: Inventory,
    request: Request,
    asked: Json,
    account_id: str,
    now: datetime,
    *,
    visit_id: str | None = None,
    state: AddendumState = AddendumState.ASKED,
    answer: str = "",
) -> Addendum:
    return Addendum(
        id=new_id(),
        landlord_id=inventory.landlord_id,
        inventory_id=inventory.id,
        visit_id=visit_id,
        kind=request.kind,
        state=state,
        requested_on=request.requested_on,
        in_time=asked["in_time"],
        words=request.words,
        due_on=request.due_on,
        answer=answer,
        asked_by=account_id,
        asked_at=now,
        ended_at=now if state is not AddendumState.ASKED else None,
    )


def _note(session: Session, inventory: Inventory, account_id: str, action: str, **facts: audit.Fact) -> None:
    audit.record(session, f"account:{account_id}", action, "inventory", inventory.id, inventory.landlord_id, **facts)
