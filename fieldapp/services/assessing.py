"""The assessment of a sealed exit as the office reads it: the signed record, the causes, the prices, the account."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.cause import Cause
from fieldapp.domain.charge_proposal import entry_inventory, gone_ids, proposals
from fieldapp.domain.charge_sheet import Basis, Decision, Pricing, Sheet, sheet
from fieldapp.domain.condition import State
from fieldapp.domain.inventory import InventoryKind, InventoryState
from fieldapp.domain.local_day import day, local_day
from fieldapp.domain.price_list import Unit
from fieldapp.domain.settlement import Account, Proof, Retained, Settlement, settle
from fieldapp.domain.settlement_deadline import deposit_due_by, late_penalty, months_begun
from fieldapp.domain.settlement_state import SettlementState
from fieldapp.domain.wear_grid import WearGrid
from fieldapp.domain.zone import known_zone
from fieldapp.extensions import db
from fieldapp.records import settlement as table
from fieldapp.records.charge_line import ChargeFile, ChargeRow
from fieldapp.records.field_state import FieldState
from fieldapp.records.inventory import Inventory
from fieldapp.records.tenancy import Tenancy
from fieldapp.services import ages, grids, installation, prices, snapshot
from fieldapp.services.scope import Scope

Json = dict[str, Any]

NO_GRID = WearGrid({})


class NothingToAssess(LookupError):
    """No such exit in this scope, or it is not sealed yet."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A quote or an invoice that was attached to a line."""

    id: str
    line_id: str
    name: str
    media_type: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Exit:
    """A sealed exit with all that is known of its money; `row` is None until somebody decided something.

    `keys_on` is the day on which the keys came back, None while nobody knows, `priced_on` that day or the exit's; `today`
    is the day where the dwelling stands.
    """

    inventory: Inventory
    record: Json
    record_sha256: str
    tenancy: Tenancy
    row: table.Settlement | None
    grid: grids.Grid | None
    prices: prices.Prices | None
    sheet: Sheet
    papers: Mapping[str, tuple[Paper, ...]]
    keys_on: date | None
    priced_on: date
    today: date

    @property
    def state(self) -> SettlementState:
        """How far the settlement has come."""
        return SettlementState(self.row.state) if self.row else SettlementState.DRAFT

    @property
    def address_given(self) -> bool:
        """Whether a tenant said where to write to."""
        return any((party["new_address"] or {}).get("answer") == "given" for party in self.record["parties"])

    @property
    def due_by(self) -> date | None:
        """The last day for giving the deposit back, by conformity."""
        return self.keys_on and deposit_due_by(self.keys_on, conforms=self.sheet.conforms)

    @property
    def months_late(self) -> int:
        """How many months of delay have begun today."""
        return months_begun(self.due_by, self.today) if self.due_by else 0

    @property
    def account(self) -> Account | None:
        """What the settlement is made from; None until the accountant gave the days of the account."""
        row, keys_on = self.row, self.keys_on
        if row is None or keys_on is None or row.notice_ends_on is None or row.called_until is None:
            return None
        return Account(
            entry_on=self.tenancy.starts_on,
            keys_returned_on=keys_on,
            notice_ends_on=row.notice_ends_on,
            called_until=row.called_until,
            deposit=self.tenancy.deposit,
            rent=self.tenancy.rent,
            charges=self.tenancy.charges,
            arrears=row.arrears,
            credits=row.credits,
            instalments=tuple(row.instalments),
            retained=tuple(self._retained()),
            water=row.water,
            heating=row.heating,
            provision=row.provision,
            collective_building=row.collective_building,
        )

    def drawn(self) -> Settlement | None:
        """The account drawn up; None until its days are given. Raises `CannotSettle`."""
        account = self.account
        return None if account is None else settle(account, self.today)

    def penalty(self, drawn: Settlement) -> int:
        """What a late return adds, in cents: only where something is returned, and the address was given."""
        if self.due_by is None or not drawn.returned:
            return 0
        return late_penalty(self.tenancy.rent, self.due_by, self.today, address_given=self.address_given)

    def _retained(self) -> list[Retained]:
        """The charged lines; a quote or an invoice that is not attached proves nothing."""
        found = []
        for line in self.sheet.charged:
            kept = line.retained
            shown = kept.proof is Proof.PRICE_LIST or line.line_id in self.papers
            found.append(Retained(kept.line_id, kept.due, kept.proof if shown else None, is_loss=kept.is_loss))
        return found


def open_exit(scope: Scope, inventory_id: str) -> Exit:
    """A sealed exit in scope; raises `NothingToAssess`."""
    session = db.session()
    return exit_in(session, _sealed(session, scope, inventory_id))


def exit_in(session: Session, inventory: Inventory, before: Exit | None = None) -> Exit:
    """The same within the caller's transaction, for an inventory that `locked` or `open_exit` found.

    `before` is the exit as it was read a moment ago: the signed record never changes, and is not read again.
    """
    sha256 = inventory.record_sha256
    if sha256 is None:
        raise NothingToAssess(inventory.id)
    record = before.record if before else _record(sha256)
    tenancy = session.get_one(Tenancy, inventory.tenancy_id)
    row = session.get(table.Settlement, inventory.id)
    keys_on = day((record["keys_returned"] or {}).get("on"))
    zone = known_zone(record["context"]["dwelling"].get("zone"))
    priced_on = keys_on or local_day(record["established_at"], zone) or tenancy.starts_on
    grid, price_list = _tariffs(session, row, tenancy, priced_on)
    lines = proposals(record, kinds_in(session, inventory.id, gone_ids(record)))
    return Exit(
        inventory=inventory,
        record=record,
        record_sha256=sha256,
        tenancy=tenancy,
        row=row,
        grid=grid,
        prices=price_list,
        sheet=sheet(
            lines,
            causes_of(session, inventory.id),
            decisions_of(session, inventory.id),
            grid.wear if grid else NO_GRID,
            keys_on,
            entry_inventory(record),
            price_list.prices.items if price_list else (),
            ages.starts_in(session, {line.subject_id for line in lines}, priced_on),
        ),
        papers=papers_of(session, inventory.id),
        keys_on=keys_on,
        priced_on=priced_on,
        today=today_in(zone),
    )


def remarks_of(found: Exit) -> dict[str, tuple[str, ...]]:
    """What the parties remarked about each thing when they signed, in their own words."""
    said: dict[str, tuple[str, ...]] = {}
    for act in snapshot.acts_in(db.session(), found.inventory.id):
        if act["record_sha256"] == found.record_sha256:
            for remark in act["remarks"]:
                subject = remark.get("subject_id") or ""
                said[subject] = (*said.get(subject, ()), remark["text"])
    return said


def today_in(zone: str) -> date:
    """The day that it is where a dwelling stands."""
    return datetime.now(UTC).astimezone(ZoneInfo(zone)).date()


def locked(session: Session, scope: Scope, inventory_id: str) -> Inventory:
    """A sealed exit, locked for whoever decides about it; raises `NothingToAssess`."""
    return _sealed(session, scope, inventory_id, lock=True)


def causes_of(session: Session, inventory_id: str) -> dict[str, Cause]:
    """The cause of each change, by what changed: the agent's, or the office's after it."""
    said: dict[str, dict[str, Any]] = {}
    rows = session.execute(
        select(FieldState.entity_id, FieldState.field, FieldState.value).where(
            FieldState.root_id == inventory_id, FieldState.kind == "assessment"
        )
    )
    for entity_id, name, value in rows:
        said.setdefault(entity_id, {})[name] = json.loads(value)
    return {
        one["subject_id"]: Cause(one["cause"])
        for one in said.values()
        if one.get("subject_id") and one.get("cause") and not one.get("deleted")
    }


def kinds_in(session: Session, inventory_id: str, entity_ids: Sequence[str]) -> dict[str, str]:
    """Of which kind of the catalogue things are, by id; those of which the tablet knew it."""
    if not entity_ids:
        return {}
    rows = session.execute(
        select(FieldState.entity_id, FieldState.value).where(
            FieldState.root_id == inventory_id,
            FieldState.entity_id.in_(entity_ids),
            FieldState.field.in_(("element_kind", "key_kind", "equipment_kind")),
        )
    )
    return {entity_id: json.loads(value) or "" for entity_id, value in rows}


def decisions_of(session: Session, inventory_id: str) -> dict[str, Decision]:
    """What the office decided, by line."""
    rows = session.scalars(select(ChargeRow).where(ChargeRow.inventory_id == inventory_id))
    return {row.line_id: _decision(row) for row in rows}


def papers_of(session: Session, inventory_id: str) -> dict[str, tuple[Paper, ...]]:
    """The attached files, by line."""
    rows = session.scalars(
        select(ChargeFile).where(ChargeFile.inventory_id == inventory_id).order_by(ChargeFile.added_at, ChargeFile.id)
    )
    found: dict[str, tuple[Paper, ...]] = {}
    for row in rows:
        paper = Paper(row.id, row.line_id, row.name, row.media_type, row.sha256, row.bytes)
        found[row.line_id] = (*found.get(row.line_id, ()), paper)
    return found


def _record(sha256: str) -> Json:
    with installation.blobs().open(f"records/{sha256}") as file:
        record: Json = json.load(file)
    return record


def _sealed(session: Session, scope: Scope, inventory_id: str, *, lock: bool = False) -> Inventory:
    wanted = select(Inventory).where(
        Inventory.id == inventory_id,
        Inventory.kind == InventoryKind.MOVE_OUT,
        Inventory.state == InventoryState.SEALED,
        *scope.conditions(),
    )
    found = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is None:
        session.rollback()
        raise NothingToAssess(inventory_id)
    return found


def _tariffs(
    session: Session, row: table.Settlement | None, tenancy: Tenancy, keys_on: date
) -> tuple[grids.Grid | None, prices.Prices | None]:
    """The grid and the price list that were chosen, or those that would be."""
    kept_grid, kept_list = (row.grid_id, row.price_list_id) if row else (None, None)
    return (
        grids.grid(tenancy.landlord_id, kept_grid) if kept_grid else grids.look_up_grid(session, tenancy, keys_on),
        prices.price_list(tenancy.landlord_id, kept_list)
        if kept_list
        else prices.list_on(session, tenancy.landlord_id, keys_on),
    )


def _decision(row: ChargeRow) -> Decision:
    return Decision(
        pricing=_pricing(row),
        started_on=row.started_on,
        basis=Basis(row.basis) if row.basis else None,
        entry_state=State(row.entry_state) if row.entry_state else None,
        decided=row.decided,
        decided_why=row.decided_why,
    )


def _pricing(row: ChargeRow) -> Pricing | None:
    if row.price is None or row.quantity is None or row.unit is None or row.vat is None or row.proof is None:
        return None
    return Pricing(
        label=row.label,
        quantity=row.quantity,
        unit=Unit(row.unit),
        price=row.price,
        vat=Decimal(row.vat) / 100,
        wear_kind=row.wear_kind,
        proof=Proof(row.proof),
        reference=row.reference,
    )
