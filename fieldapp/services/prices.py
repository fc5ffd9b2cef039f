"""The landlord's price lists: looking at a file, importing it whole, and which list prices what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fieldapp.domain import catalogue
from fieldapp.domain.money import rounded
from fieldapp.domain.price_file import read_prices
from fieldapp.domain.price_list import PriceItem, PriceList, Unit
from fieldapp.extensions import db
from fieldapp.records import price_list as table
from fieldapp.records import wear_grid
from fieldapp.records.landlord import Landlord
from fieldapp.records.settlement import Settlement
from fieldapp.services import audit
from fieldapp.services.identifier import new_id


class UnknownPriceList(LookupError):
    """This landlord has no such list."""


class PriceListInUse(Exception):
    """A settlement is priced with this list: it stays."""


@dataclass(frozen=True, slots=True)
class Prices:
    """A list as it was imported."""

    id: str
    prices: PriceList
    sha256: str
    imported_at: datetime


def lists_of(landlord_id: str) -> tuple[Prices, ...]:
    """Every list of a landlord, the latest first."""
    session = db.session()
    rows = session.scalars(
        select(table.PriceList)
        .where(table.PriceList.landlord_id == landlord_id)
        .order_by(table.PriceList.starts_on.desc(), table.PriceList.version.desc())
    )
    return tuple(_prices(session, row) for row in rows)


def price_list(landlord_id: str, list_id: str) -> Prices:
    """One list; raises `UnknownPriceList`."""
    session = db.session()
    return _prices(session, _row(session, landlord_id, list_id))


def read(data: bytes) -> list[PriceItem]:
    """The works of a file, with the codes of the present catalogue; raises `BadFile`."""
    return read_prices(data, catalogue.load())


def unknown_wear(landlord_id: str, items: Sequence[PriceItem]) -> set[str]:
    """The kinds of wear that no grid of the landlord has a row for: such lines will wait for a person."""
    rows = (
        select(wear_grid.WearGridRow.element_kind)
        .join(wear_grid.WearGrid, wear_grid.WearGrid.id == wear_grid.WearGridRow.grid_id)
        .where(wear_grid.WearGrid.landlord_id == landlord_id)
    )
    return {item.wear_kind for item in items if item.wear_kind} - set(db.session.scalars(rows))


def import_prices(landlord_id: str, title: str, starts_on: date, data: bytes, account_id: str) -> str:
    """Keep a list, all of it or nothing, and give its id; raises `BadFile`. The same title again is the next version."""
    items = read(data)
    session = db.session()
    session.get_one(Landlord, landlord_id, with_for_update=True)  # two imports at once are two versions
    last = select(func.max(table.PriceList.version)).where(
        table.PriceList.landlord_id == landlord_id, table.PriceList.title == title
    )
    made = table.PriceList(
        id=new_id(),
        landlord_id=landlord_id,
        title=title,
        version=(session.scalar(last) or 0) + 1,
        starts_on=starts_on,
        sha256=sha256(data).hexdigest(),
        imported_at=datetime.now(UTC),
    )
    session.add(made)
    session.flush()
    session.add_all(_written(made.id, position, item) for position, item in enumerate(items, 1))
    facts: dict[str, audit.Fact] = {"rows": len(items), "version": made.version, "sha256": made.sha256}
    audit.record(session, f"account:{account_id}", "price_list.imported", "price_list", made.id, landlord_id, **facts)
    list_id = made.id
    session.commit()
    return list_id


def used(list_id: str) -> int:
    """How many settlements are priced with a list."""
    return db.session.scalar(select(func.count()).where(Settlement.price_list_id == list_id)) or 0


def withdraw_prices(landlord_id: str, list_id: str, account_id: str) -> None:
    """Take a list away that priced nothing; raises `UnknownPriceList` and `PriceListInUse`."""
    session = db.session()
    row = _row(session, landlord_id, list_id, lock=True)
    if used(list_id):
        session.rollback()
        raise PriceListInUse(list_id)
    facts: dict[str, audit.Fact] = {"version": row.version, "sha256": row.sha256}
    audit.record(session, f"account:{account_id}", "price_list.withdrawn", "price_list", list_id, landlord_id, **facts)
    session.execute(delete(table.PriceItem).where(table.PriceItem.list_id == list_id))
    session.delete(row)
    session.commit()


def list_on(session: Session, landlord_id: str, day: date) -> Prices | None:
    """The list that prices what is seen on a day: the latest that has begun."""
    row = session.scalars(
        select(table.PriceList)
        .where(table.PriceList.landlord_id == landlord_id, table.PriceList.starts_on <= day)
        .order_by(table.PriceList.starts_on.desc(), table.PriceList.imported_at.desc(), table.PriceList.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _prices(session, row)


def _prices(session: Session, row: table.PriceList) -> Prices:
    items = session.scalars(
        select(table.PriceItem).where(table.PriceItem.list_id == row.id).order_by(table.PriceItem.position)
    )
    read_items = tuple(_read(item) for item in items)
    return Prices(row.id, PriceList(row.title, row.version, row.starts_on, read_items), row.sha256, row.imported_at)


def _row(session: Session, landlord_id: str, list_id: str, *, lock: bool = False) -> table.PriceList:
    wanted = select(table.PriceList).where(table.PriceList.id == list_id, table.PriceList.landlord_id == landlord_id)
    row = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        session.rollback()
        raise UnknownPriceList(list_id)
    return row


def _written(list_id: str, position: int, item: PriceItem) -> table.PriceItem:
    return table.PriceItem(
        list_id=list_id,
        code=item.code,
        position=position,
        label=item.label,
        element_kinds=list(item.element_kinds),
        defects=list(item.defects),
        wear_kind=item.wear_kind,
        unit=item.unit.value,
        price=item.price,
        vat=rounded(item.vat * 100),
    )


def _read(row: table.PriceItem) -> PriceItem:
    return PriceItem(
        code=row.code,
        label=row.label,
        element_kinds=tuple(row.element_kinds),
        defects=tuple(row.defects),
        wear_kind=row.wear_kind,
        unit=Unit(row.unit),
        price=row.price,
        vat=Decimal(row.vat) / 100,
    )
