"""One kind of thing of the central record: how it is found, shown, written; the same few verbs for all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from fieldapp.extensions import db
from fieldapp.services import audit
from fieldapp.services.scope import Scope
from sync import moment as written

Json = dict[str, Any]


class NotThere(LookupError):
    """Nothing of this kind has this id in scope."""


class UnknownReference(ValueError):
    """A field names something that is not there, or not in scope."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} names nothing that you may use")
        self.field = field


class AlreadyThere(ValueError):
    """Another one has this reference, or this place."""


class Changed(ValueError):
    """The thing is no longer what the writer read."""


class Unsaid(ValueError):
    """Two fields do not go together: `field` is the one to change."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of thing.

    `own` narrows a query to a scope; `show` turns rows into what is sent, in a fixed number of queries; `order` is what
    pages follow; `write` changes or makes a row from checked values and is None for what only happens here. `personal`
    says that reading one of them is noted in the journal. `before` locks what has to be locked before one of them is changed.
    """

    name: str
    table: Any
    own: Callable[[Scope], tuple[ColumnElement[bool], ...]]
    show: Callable[[Session, Sequence[Any]], list[Json]]
    order: InstrumentedAttribute[Any]
    filters: Mapping[str, InstrumentedAttribute[Any]]
    write: Callable[[Session, Scope, Any, Json, str], Any] | None = None
    personal: bool = False
    before: Callable[[Session, str], None] | None = None


def page(
    scope: Scope, noun: Noun, after: Any, most: int, wanted: Mapping[str, str], actor: str
) -> tuple[list[Json], Any]:
    """Up to `most` things after a place, and the place of the last one when there are more."""
    session = db.session()
    query = select(noun.table).where(*noun.own(scope))
    for name, value in wanted.items():
        query = query.where(noun.filters[name] == value)
    if after is not None:
        query = query.where(noun.order > after)
    rows = session.scalars(query.order_by(noun.order).limit(most + 1)).all()
    shown = noun.show(session, rows[:most])
    last = getattr(rows[most - 1], noun.order.key) if len(rows) > most else None
    if noun.personal and shown:
        audit.note_read(actor, f"{noun.name}.listed", noun.name, scope.landlord_id, scope.landlord_id, count=len(shown))
    return shown, last


def one(scope: Scope, noun: Noun, thing_id: str, actor: str) -> Json:
    """One thing; raises `NotThere`."""
    session = db.session()
    shown = _shown(session, noun, _row(session, scope, noun, thing_id))
    if noun.personal:
        audit.note_read(actor, f"{noun.name}.read", noun.name, thing_id, scope.landlord_id)
    return shown


def create_in(session: Session, scope: Scope, noun: Noun, values: Json, actor: str) -> Json:
    """Make one in the caller's transaction; raises `UnknownReference`, `AlreadyThere` and `Unsaid`."""
    return _written(session, scope, noun, None, values, actor, "created")


def change(
    scope: Scope, noun: Noun, thing_id: str, values: Json, actor: str, unchanged: Callable[[Json], bool]
) -> Json:
    """Change some fields, if the thing still is what the writer read.

    Raises `NotThere`, `Changed`, `UnknownReference`, `AlreadyThere` and `Unsaid`.
    """
    session = db.session()
    try:
        if noun.before is not None:
            noun.before(session, thing_id)
        row = _row(session, scope, noun, thing_id, lock=True)
        _compare(unchanged, _shown(session, noun, row))
        shown = _written(session, scope, noun, row, values, actor, "changed")
        session.commit()
    except BaseException:
        session.rollback()
        raise
    return shown


def _compare(unchanged: Callable[[Json], bool], thing: Json) -> None:
    if not unchanged(thing):
        raise Changed


def _written(session: Session, scope: Scope, noun: Noun, row: Any, values: Json, actor: str, what: str) -> Json:
    if noun.write is None:
        raise TypeError(f"{noun.name} is not written by others")
    try:
        with session.begin_nested():
            kept = noun.write(session, scope, row, values, actor)
            session.flush()
    except IntegrityError as error:
        raise AlreadyThere(noun.name) from error
    fields = ",".join(sorted(values))
    audit.record(session, actor, f"{noun.name}.{what}", noun.name, kept.id, scope.landlord_id, fields=fields)
    session.flush()
    session.expire(kept)
    return _shown(session, noun, kept)


def _row(session: Session, scope: Scope, noun: Noun, thing_id: str, *, lock: bool = False) -> Any:
    query = select(noun.table).where(noun.table.id == thing_id, *noun.own(scope))
    row = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NotThere(thing_id)
    return row


def _shown(session: Session, noun: Noun, row: Any) -> Json:
    (shown,) = noun.show(session, [row])
    return shown


def reference(session: Session, table: Any, field: str, thing_id: str, *conditions: ColumnElement[bool]) -> Any:
    """The row that a field names; raises `UnknownReference`."""
    row = session.scalars(select(table).where(table.id == thing_id, *conditions)).one_or_none()
    if row is None:
        raise UnknownReference(field)
    return row


def moment(value: Any) -> str | None:
    """A moment as it is sent: UTC with milliseconds."""
    return None if value is None else written.write(value)


def day(value: Any) -> str | None:
    """A day as it is sent."""
    return None if value is None else value.isoformat()
