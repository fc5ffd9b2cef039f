"""Which rows of every table are one landlord's: by its own column, or by what they hang on."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Table, and_, or_, select

from fieldapp.records.base import Base

WITHOUT = {
    "api_token": "opens the interface to other systems",
    "attempt": "counts tries to sign in, and ends by itself",
    "event_counter": "numbers the events of this installation",
    "feed": "the position of this installation's own feed",
    "holding": "which tablet of this installation holds what",
    "job": "work that this installation still has to do",
    "kept_answer": "answers kept a day so that a request is done once",
    "recovery_code": "opens a tablet that was lost",
    "second_factor": "opens an account",
    "wrapped_key": "opens a tablet's store",
}
"""Tables that stay behind, each with its reason: `docs/leaving.md` tells them."""

SECRET = frozenset({"password_hash", "token_sha256", "secret", "secret_sha256", "totp_secret", "recovery_codes"})
"""Columns that open something: they stay here."""


class Ownerless(LookupError):
    """A table belongs to nobody that we can name: say in this file how it does."""


def owned(landlord_id: str) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table that a landlord takes along, with what narrows it to its own rows; raises `Ownerless`."""
    conditions: dict[str, ColumnElement[bool]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in WITHOUT or table.name in {"photo", "photo_use"}:
            continue
        conditions[table.name] = _condition(table, landlord_id, conditions)
        yield table, conditions[table.name]
    yield from _photographs(conditions)


def of_agency(landlord_id: str, agency_id: str) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The tables of which rows are one agency's, by their own column or by what they hang on, with what narrows them.

    What hangs on nothing of an agency's is the landlord's alone, and not among them.
    """
    own: dict[str, ColumnElement[bool]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in WITHOUT.keys() | {"photo", "photo_use"}:
            continue
        if table.name == "agency":
            own[table.name] = (table.c.id == agency_id) & (table.c.landlord_id == landlord_id)
        elif "agency_id" in table.c:
            own[table.name] = table.c.agency_id == agency_id
        elif "scope_id" in table.c:
            own[table.name] = table.c.scope_id == agency_id
        else:
            parents = [
                column.in_(select(key.column).where(own[key.column.table.name]))
                for column in table.c
                for key in column.foreign_keys
                if key.column.table.name in own and not column.nullable
            ]
            if not parents:
                continue
            own[table.name] = and_(*parents)
        yield table, own[table.name]


def _condition(table: Table, landlord_id: str, known: dict[str, ColumnElement[bool]]) -> ColumnElement[bool]:
    if table.name == "landlord":
        return table.c.id == landlord_id
    if "landlord_id" in table.c:
        return table.c.landlord_id == landlord_id
    for column in sorted(table.c, key=lambda one: bool(one.nullable)):
        for key in column.foreign_keys:
            parent = key.column.table
            if parent.name in known:
                return column.in_(select(key.column).where(known[parent.name]))
    raise Ownerless(table.name)


def _photographs(known: dict[str, ColumnElement[bool]]) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """A use names its root without a foreign key, because operations may come in any order; a file is known by its hash."""
    tables = Base.metadata.tables
    roots = [select(tables[name].c.id).where(known[name]) for name in ("inventory", "visit") if name in known]
    use = tables["photo_use"]
    of_ours = or_(*(use.c.root_id.in_(root) for root in roots))
    yield use, of_ours
    yield tables["photo"], tables["photo"].c.sha256.in_(select(use.c.sha256).where(of_ours))
