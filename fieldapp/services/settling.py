"""The settlement of an exit: its account, its approval by one or two persons, and that it was sent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from fieldapp.domain.settlement import CannotSettle, Settlement
from fieldapp.domain.settlement_state import SettlementState
from fieldapp.extensions import db
from fieldapp.records import settlement as table
from fieldapp.records.account import Account
from fieldapp.records.inventory import Inventory
from fieldapp.records.landlord import Landlord
from fieldapp.services import (
    age_keeping,
    assessing,
    audit,
    charging,
    installation,
    jobs,
    settlement_document,
    settlement_sent,
)
from fieldapp.services.assessing import Exit
from fieldapp.services.charging import Frozen
from fieldapp.services.scope import Scope
from sync import canonical, moment

HOW = frozenset({"post", "print"})


class NotDrawnUp(Exception):
    """The account lacks its days: there is nothing to approve."""


class Changed(Exception):
    """Something changed since the person looked: they are to look again."""


class SecondPersonNeeded(Exception):
    """Who prepared the settlement may not approve it."""


class NotInThisState(Exception):
    """The settlement is not as far, or further, than this step wants."""


@dataclass(frozen=True, slots=True)
class AccountAnswers:
    """What the accountant says; amounts in cents."""

    notice_ends_on: date
    called_until: date
    arrears: int = 0
    credits: int = 0
    instalments: tuple[int, ...] = ()
    water: int = 0
    heating: int = 0
    provision: int = 0
    collective_building: bool = False


def save_account(scope: Scope, inventory_id: str, said: AccountAnswers, account_id: str) -> None:
    """Keep the account's figures; they may still be such that nothing can be drawn up, and the page says why.

    Raises `NothingToAssess` and `Frozen`.
    """
    session = db.session()
    inventory, row, _found = _begun(session, scope, inventory_id)
    if row.state != SettlementState.DRAFT:
        session.rollback()
        raise Frozen
    row.notice_ends_on, row.called_until = said.notice_ends_on, said.called_until
    row.arrears, row.credits, row.instalments = said.arrears, said.credits, list(said.instalments)
    row.water, row.heating, row.provision = said.water, said.heating, said.provision
    row.collective_building = said.collective_building
    _note(session, inventory, account_id, "settlement.account_saved")
    session.commit()


def digest(found: Exit) -> str:
    """What a person looks at before approving, as a hash: the document without its moment and its people.

    "" while it cannot be drawn up.
    """
    try:
        drawn = found.drawn()
    except CannotSettle:
        return ""
    if drawn is None:
        return ""
    return canonical.sha256_hex(canonical.dumps(settlement_document.write(found, drawn, "", {})))


def submit(scope: Scope, inventory_id: str, seen: str, account_id: str) -> SettlementState:
    """Close the draft: it is approved at once, or waits for a second person when it comes to more than the rule.

    `seen` is the `digest` of what was on the page. Raises `Frozen`, `NotDrawnUp`, `CannotSettle`, `Changed`.
    """
    session = db.session()
    inventory, row, found = _begun(session, scope, inventory_id)
    if row.state != SettlementState.DRAFT:
        session.rollback()
        raise Frozen
    drawn = _drawn(session, found, seen)
    now = datetime.now(UTC)
    row.submitted_by, row.submitted_at = account_id, now
    if needs_two(session, found, drawn):
        row.state = SettlementState.TO_APPROVE
        _note(session, inventory, account_id, "settlement.submitted", total=found.sheet.total)
    else:
        _approve(session, inventory, row, found, drawn, account_id)
    state = SettlementState(row.state)
    session.commit()
    return state


def approve(scope: Scope, inventory_id: str, seen: str, account_id: str) -> None:
    """Approve what another person prepared; from then on nothing in it changes, and its papers are made.

    Raises `NotInThisState`, `SecondPersonNeeded`, `NotDrawnUp`, `CannotSettle`, `Changed`.
    """
    session = db.session()
    inventory, row, found = _begun(session, scope, inventory_id)
    if row.state != SettlementState.TO_APPROVE:
        session.rollback()
        raise NotInThisState
    if row.submitted_by == account_id:
        session.rollback()
        raise SecondPersonNeeded
    _approve(session, inventory, row, found, _drawn(session, found, seen), account_id)
    session.commit()


def take_back(scope: Scope, inventory_id: str, account_id: str) -> None:
    """Make what waits for approval a draft again; raises `NotInThisState`."""
    session = db.session()
    inventory, row, _found = _begun(session, scope, inventory_id)
    if row.state != SettlementState.TO_APPROVE:
        session.rollback()
        raise NotInThisState
    row.state, row.submitted_by, row.submitted_at = SettlementState.DRAFT, None, None
    _note(session, inventory, account_id, "settlement.taken_back")
    session.commit()


def note_sent(scope: Scope, inventory_id: str, how: str, account_id: str) -> None:
    """Note that the papers went to the tenant; raises `NotInThisState` before they are sealed."""
    if how not in HOW:
        raise ValueError(how)
    session = db.session()
    _inventory, row, _found = _begun(session, scope, inventory_id)
    if row.state not in {SettlementState.APPROVED, SettlementState.SENT} or len(papers_in(session, inventory_id)) < 2:
        session.rollback()
        raise NotInThisState
    settlement_sent.went_out_in(session, row, how, f"account:{account_id}")
    session.commit()


def rule_of(landlord_id: str) -> int | None:
    """From which amount on, in cents, a second person approves; None when one is always enough."""
    row = db.session.get(table.SettlementRule, landlord_id)
    return None if row is None else row.two_above


def set_rule(landlord_id: str, two_above: int | None, account_id: str) -> None:
    """Set or lift the amount above which a second person approves."""
    session = db.session()
    row = session.get(table.SettlementRule, landlord_id)
    if two_above is None and row is not None:
        session.delete(row)
    elif two_above is not None and row is not None:
        row.two_above = two_above
    elif two_above is not None:
        session.add(table.SettlementRule(landlord_id=landlord_id, two_above=two_above))
    facts: dict[str, audit.Fact] = {"two_above": two_above}
    audit.record(session, f"account:{account_id}", "settlement.rule_set", "landlord", landlord_id, landlord_id, **facts)
    session.commit()


def estimates(landlord_id: str) -> bool:
    """Whether this landlord's agents may show on the spot what an exit may cost."""
    return db.session.get_one(Landlord, landlord_id).estimates


def set_estimates(landlord_id: str, account_id: str, *, on: bool) -> None:
    """Let agents estimate on the spot, or not; tablets follow with their next pack."""
    session = db.session()
    session.get_one(Landlord, landlord_id, with_for_update=True).estimates = on
    audit.record(session, f"account:{account_id}", "estimates.set", "landlord", landlord_id, landlord_id, on=on)
    session.commit()


def papers_in(session: Session, inventory_id: str) -> dict[str, table.SettlementReport]:
    """The sealed papers of a settlement, by kind."""
    rows = {kind: session.get(table.SettlementReport, (inventory_id, kind)) for kind in settlement_document.KINDS}
    return {kind: row for kind, row in rows.items() if row is not None}


def needs_two(session: Session, found: Exit, drawn: Settlement) -> bool:
    """Whether a second person approves: what is retained, or what is to be paid either way, is above the rule."""
    rule = session.get(table.SettlementRule, found.inventory.landlord_id)
    return rule is not None and max(found.sheet.total, abs(drawn.balance)) > rule.two_above


def _begun(session: Session, scope: Scope, inventory_id: str) -> tuple[Inventory, table.Settlement, Exit]:
    inventory = assessing.locked(session, scope, inventory_id)
    found = assessing.exit_in(session, inventory)
    begun = found.row is not None
    row = charging.open_in(session, inventory, found)
    return inventory, row, found if begun else assessing.exit_in(session, inventory, found)


def _drawn(session: Session, found: Exit, seen: str) -> Settlement:
    try:
        drawn = found.drawn()
    except CannotSettle:
        session.rollback()
        raise
    if drawn is None:
        session.rollback()
        raise NotDrawnUp
    if digest(found) != seen:
        session.rollback()
        raise Changed
    return drawn


def _approve(
    session: Session, inventory: Inventory, row: table.Settlement, found: Exit, drawn: Settlement, account_id: str
) -> None:
    now = datetime.now(UTC)
    people = {"prepared": _name(session, row.submitted_by or account_id), "approved": _name(session, account_id)}
    document = canonical.dumps(settlement_document.write(found, drawn, moment.write(now), people))
    sha256 = canonical.sha256_hex(document)
    installation.blobs().put(f"settlements/{sha256}", document)
    row.state, row.approved_by, row.approved_at = SettlementState.APPROVED, account_id, now
    row.document_sha256, row.due_by = sha256, found.due_by
    age_keeping.remember_in(session, found, account_id)
    _note(session, inventory, account_id, "settlement.approved", sha256=sha256, total=found.sheet.total)
    jobs.enqueue(session, "seal_settlement", {"root_id": inventory.id}, key=f"settlement:{inventory.id}")


def _name(session: Session, account_id: str) -> str:
    return session.get_one(Account, account_id).name


def _note(session: Session, inventory: Inventory, account_id: str, action: str, **facts: audit.Fact) -> None:
    audit.record(session, f"account:{account_id}", action, "inventory", inventory.id, inventory.landlord_id, **facts)
