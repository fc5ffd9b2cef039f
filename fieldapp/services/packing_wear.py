"""What a tablet needs to estimate an exit offline: the grid of each tenancy, and from when its dwelling's things age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, union_all

from fieldapp.domain.money import plain
from fieldapp.domain.wear_subject import subject
from fieldapp.extensions import db
from fieldapp.records import wear_grid as table
from fieldapp.records.element import Element
from fieldapp.records.equipment import Equipment
from fieldapp.records.room import Room
from fieldapp.records.tenancy import Tenancy
from fieldapp.services import ages, grids

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Leaving:
    """One move-out of the pack."""

    inventory_id: str
    tenancy_id: str
    dwelling_id: str
    building_id: str


def wear_json(landlord_id: str, exits: Sequence[Leaving], day: date) -> Json | None:
    """The grids by id, and for each exit its grid and the days that are known; None without an exit.

    As many queries whatever the number of exits, and one more for each grid.
    """
    if not exits:
        return None
    chosen, starts = _chosen(landlord_id, exits, day), _starts(exits, day)
    return {
        "grids": {grid.id: _grid(grid) for grid in {grid.id: grid for grid in chosen.values()}.values()},
        "exits": {
            one.inventory_id: {
                "grid": chosen[one.tenancy_id].id if one.tenancy_id in chosen else None,
                "starts": starts.get(one.dwelling_id, {}),
            }
            for one in exits
        },
    }


def _chosen(landlord_id: str, exits: Iterable[Leaving], day: date) -> dict[str, table.WearGrid]:
    """The grid of each tenancy: the one that was chosen, or would be, by the rule of `grids.look_up_grid`."""
    session, leases = db.session(), {one.tenancy_id: one.building_id for one in exits}
    known = {
        grid.id: grid
        for grid in session.scalars(select(table.WearGrid).where(table.WearGrid.landlord_id == landlord_id))
    }
    kept = session.execute(
        select(table.TenancyGrid.tenancy_id, table.TenancyGrid.grid_id).where(table.TenancyGrid.tenancy_id.in_(leases))
    )
    found = {tenancy_id: known[grid_id] for tenancy_id, grid_id in kept}
    buildings: dict[str, set[str]] = {}
    named = table.WearGridBuilding
    for grid_id, building_id in session.execute(
        select(named.grid_id, named.building_id).where(named.grid_id.in_(known))
    ):
        buildings.setdefault(grid_id, set()).add(building_id)
    signed = session.execute(select(Tenancy.id, Tenancy.lease_signed_on).where(Tenancy.id.in_(leases)))
    for tenancy_id, signed_on in signed:
        fits = [grids.fits_in(known.values(), buildings, leases[tenancy_id], on) for on in (signed_on, day)]
        first = next((grid for grid in fits if grid is not None), None)
        if tenancy_id not in found and first is not None:
            found[tenancy_id] = first
    return found


def _starts(exits: Iterable[Leaving], day: date) -> dict[str, dict[str, Json]]:
    """What is known of each dwelling's things, by dwelling and thing."""
    dwellings = {one.dwelling_id for one in exits}
    elements = select(Element.id, Room.dwelling_id).join(Room).where(Room.dwelling_id.in_(dwellings))
    equipment = select(Equipment.id, Equipment.dwelling_id).where(Equipment.dwelling_id.in_(dwellings))
    places = {row[0]: row[1] for row in db.session.execute(union_all(elements, equipment))}
    found: dict[str, dict[str, Json]] = {}
    for thing, start in ages.starts_in(db.session(), places, day).items():
        found.setdefault(places[thing], {})[thing] = {"on": start.on.isoformat(), "renewed": start.renewed}
    return found


def _grid(row: table.WearGrid) -> Json:
    """A grid as `rules/wear.js` takes it, each row with the beginning of its sentence."""
    wear = grids.wear_grid(db.session(), row.id)
    return {
        "title": row.title,
        "version": row.version,
        "wears_losses": wear.wears_losses,
        "rows": [
            {
                "element_kind": one.element_kind,
                "label": one.label,
                "life_years": one.life,
                "franchise_years": one.franchise,
                "annual_rate_percent": plain(one.rate),
                "floor_percent": plain(one.floor),
                "subject": subject(one.element_kind, one.label),
            }
            for one in wear.rows.values()
        ],
    }
