"""The landlord's wear grids: looking at a file, importing it whole, and which grid is whose."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fieldapp.domain.grid_file import read_grid
from fieldapp.domain.money import rounded
from fieldapp.domain.wear_grid import Agreement, GridRow, WearGrid
from fieldapp.extensions import db
from fieldapp.records import wear_grid as table
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.landlord import Landlord
from fieldapp.records.tenancy import Tenancy
from fieldapp.services import audit
from fieldapp.services.identifier import new_id


class UnknownGrid(LookupError):
    """This landlord has no such grid."""


class GridInUse(Exception):
    """A tenancy has this grid: it stays."""


class ForeignBuilding(LookupError):
    """A building of the perimeter is not this landlord's."""


@dataclass(frozen=True, slots=True)
class NewGrid:
    """What a person says about a grid beside its file; no buildings means the whole stock."""

    title: str
    signatories: tuple[str, ...]
    perimeter: str
    signed_on: date
    starts_on: date
    ends_on: date | None
    wears_losses: bool = False
    building_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid as it was imported; `buildings` are names, none for the whole stock; `used` by how many tenancies."""

    id: str
    agreement: Agreement
    wear: WearGrid
    buildings: tuple[str, ...]
    sha256: str
    imported_at: datetime
    used: int


def grids_of(landlord_id: str) -> tuple[Grid, ...]:
    """Every grid of a landlord, the latest in force first."""
    session = db.session()
    rows = session.scalars(
        select(table.WearGrid)
        .where(table.WearGrid.landlord_id == landlord_id)
        .order_by(table.WearGrid.starts_on.desc(), table.WearGrid.title, table.WearGrid.version.desc())
    )
    return tuple(_grid(session, row) for row in rows)


def grid(landlord_id: str, grid_id: str) -> Grid:
    """One grid; raises `UnknownGrid`."""
    session = db.session()
    return _grid(session, _row(session, landlord_id, grid_id))


def buildings_of(landlord_id: str) -> list[tuple[str, str]]:
    """(id, name) of the buildings that a perimeter may name."""
    wanted = select(Building.id, Building.name).where(Building.landlord_id == landlord_id).order_by(Building.name)
    return [(row.id, row.name) for row in db.session.execute(wanted)]


def import_grid(landlord_id: str, said: NewGrid, data: bytes, account_id: str) -> str:
    """Keep a grid, all of it or nothing, and give its id; raises `BadFile` and `ForeignBuilding`.

    A second grid of the same title is its next version.
    """
    rows = read_grid(data)
    session = db.session()
    session.get_one(Landlord, landlord_id, with_for_update=True)  # two imports at once are two versions
    known = {known_id for known_id, _ in buildings_of(landlord_id)}
    if foreign := set(said.building_ids) - known:
        session.rollback()
        raise ForeignBuilding(", ".join(sorted(foreign)))
    made = _new(landlord_id, said, data, _next_version(session, landlord_id, said.title))
    session.add(made)
    session.flush()
    session.add_all(_written(made.id, position, row) for position, row in enumerate(rows, 1))
    session.add_all(table.WearGridBuilding(grid_id=made.id, building_id=one) for one in said.building_ids)
    facts: dict[str, audit.Fact] = {"rows": len(rows), "version": made.version, "sha256": made.sha256}
    audit.record(session, f"account:{account_id}", "wear_grid.imported", "wear_grid", made.id, landlord_id, **facts)
    grid_id = made.id
    session.commit()
    return grid_id


def withdraw_grid(landlord_id: str, grid_id: str, account_id: str) -> None:
    """Take a grid away that no tenancy has; raises `UnknownGrid` and `GridInUse`."""
    session = db.session()
    row = _row(session, landlord_id, grid_id, lock=True)
    if _used(session, grid_id):
        session.rollback()
        raise GridInUse(grid_id)
    facts: dict[str, audit.Fact] = {"version": row.version, "sha256": row.sha256}
    audit.record(session, f"account:{account_id}", "wear_grid.withdrawn", "wear_grid", grid_id, landlord_id, **facts)
    session.execute(delete(table.WearGridRow).where(table.WearGridRow.grid_id == grid_id))
    session.execute(delete(table.WearGridBuilding).where(table.WearGridBuilding.grid_id == grid_id))
    session.delete(row)
    session.commit()


def choose_grid(session: Session, tenancy: Tenancy, keys_returned_on: date) -> Grid | None:
    """The tenancy's grid, in the caller's transaction: the first time it is chosen, from then on it stays.

    The one in force when the lease was signed (décret 2016-382, art. 4), else when the keys came back; of several, one
    that names the building before one of the whole stock, then the latest. None when no grid fits.
    """
    found = look_up_grid(session, tenancy, keys_returned_on)
    if found is not None and session.get(table.TenancyGrid, tenancy.id) is None:
        session.add(table.TenancyGrid(tenancy_id=tenancy.id, grid_id=found.id, chosen_at=datetime.now(UTC)))
        session.flush()
    return found


def look_up_grid(session: Session, tenancy: Tenancy, keys_returned_on: date) -> Grid | None:
    """The grid that was chosen for a tenancy, or would be."""
    kept = session.get(table.TenancyGrid, tenancy.id)
    if kept is not None:
        return _grid(session, session.get_one(table.WearGrid, kept.grid_id))
    row = fitting_grid(session, tenancy, tenancy.lease_signed_on) or fitting_grid(session, tenancy, keys_returned_on)
    return None if row is None else _grid(session, row)


def fitting_grid(session: Session, tenancy: Tenancy, day: date) -> table.WearGrid | None:
    """The grid that a tenancy would get on a day."""
    building_id = session.get_one(Dwelling, tenancy.dwelling_id).building_id
    return grid_in_force(session, tenancy.landlord_id, building_id, day)


def grid_in_force(session: Session, landlord_id: str, building_id: str, day: date) -> table.WearGrid | None:
    """The grid of a building on a day."""
    rows = session.scalars(select(table.WearGrid).where(table.WearGrid.landlord_id == landlord_id)).all()
    named = select(table.WearGridBuilding).where(table.WearGridBuilding.grid_id.in_([row.id for row in rows]))
    buildings: dict[str, set[str]] = {}
    for one in session.scalars(named):
        buildings.setdefault(one.grid_id, set()).add(one.building_id)
    return fits_in(rows, buildings, building_id, day)


def fits_in(
    rows: Iterable[table.WearGrid], buildings: Mapping[str, Collection[str]], building_id: str, day: date
) -> table.WearGrid | None:
    """Of a landlord's grids the one of a building on a day: one that names it before one of the whole stock, then the latest.

    `buildings` says which ones each grid names, by the grid's id.
    """
    in_force = [row for row in rows if row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)]
    latest = sorted(in_force, key=lambda row: (row.starts_on, row.version, row.id), reverse=True)
    here = [row for row in latest if building_id in buildings.get(row.id, ())]
    return next(iter([*here, *(row for row in latest if row.id not in buildings)]), None)


def wear_grid(session: Session, grid_id: str) -> WearGrid:
    """The rows of a grid as the arithmetic wants them."""
    losses = session.get_one(table.WearGrid, grid_id).wears_losses
    rows = session.scalars(
        select(table.WearGridRow).where(table.WearGridRow.grid_id == grid_id).order_by(table.WearGridRow.position)
    )
    return WearGrid.of([_read(row) for row in rows], wears_losses=losses)


def _grid(session: Session, row: table.WearGrid) -> Grid:
    names = session.scalars(
        select(Building.name)
        .join(table.WearGridBuilding, table.WearGridBuilding.building_id == Building.id)
        .where(table.WearGridBuilding.grid_id == row.id)
        .order_by(Building.name)
    )
    signatories = tuple(row.signatories.splitlines())
    agreement = Agreement(row.title, signatories, row.perimeter, row.signed_on, row.starts_on, row.ends_on, row.version)
    return Grid(
        row.id,
        agreement,
        wear_grid(session, row.id),
        tuple(names),
        row.sha256,
        row.imported_at,
        _used(session, row.id),
    )


def _row(session: Session, landlord_id: str, grid_id: str, *, lock: bool = False) -> table.WearGrid:
    wanted = select(table.WearGrid).where(table.WearGrid.id == grid_id, table.WearGrid.landlord_id == landlord_id)
    row = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        session.rollback()
        raise UnknownGrid(grid_id)
    return row


def _used(session: Session, grid_id: str) -> int:
    return session.scalar(select(func.count()).where(table.TenancyGrid.grid_id == grid_id)) or 0


def _next_version(session: Session, landlord_id: str, title: str) -> int:
    last = select(func.max(table.WearGrid.version)).where(
        table.WearGrid.landlord_id == landlord_id, table.WearGrid.title == title
    )
    return (session.scalar(last) or 0) + 1


def _new(landlord_id: str, said: NewGrid, data: bytes, version: int) -> table.WearGrid:
    return table.WearGrid(
        id=new_id(),
        landlord_id=landlord_id,
        title=said.title,
        version=version,
        signatories="\n".join(said.signatories),
        perimeter=said.perimeter,
        signed_on=said.signed_on,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        wears_losses=said.wears_losses,
        sha256=sha256(data).hexdigest(),
        imported_at=datetime.now(UTC),
    )


def _written(grid_id: str, position: int, row: GridRow) -> table.WearGridRow:
    return table.WearGridRow(
        grid_id=grid_id,
        element_kind=row.element_kind,
        position=position,
        label=row.label,
        life=row.life,
        franchise=row.franchise,
        rate=rounded(row.rate * 100),
        floor=rounded(row.floor * 100),
    )


def _read(row: table.WearGridRow) -> GridRow:
    return GridRow(
        row.element_kind, row.label, row.life, row.franchise, Decimal(row.rate) / 100, Decimal(row.floor) / 100
    )
