"""What the office decides of the lines of an exit: cause, price, age, amount, and the papers that prove them."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fieldapp.domain.assessment import assessment_id
from fieldapp.domain.cause import Cause
from fieldapp.domain.charge_sheet import MORE_WORK, Decision, SheetLine, next_id
from fieldapp.domain.dwelling import DwellingKind
from fieldapp.domain.money import rounded
from fieldapp.domain.settlement_state import SettlementState
from fieldapp.extensions import db
from fieldapp.records.charge_line import ChargeFile, ChargeRow
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.field_state import FieldState
from fieldapp.records.inventory import Inventory
from fieldapp.records.settlement import Settlement
from fieldapp.services import assessing, audit, grids, installation, standing
from fieldapp.services.assessing import Exit
from fieldapp.services.identifier import new_id
from fieldapp.services.intake import write_server_ops
from fieldapp.services.scope import Scope

MOST_PAPERS = 6
SIGNS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


class Frozen(Exception):
    """The settlement waits for approval or is approved: its lines do not change."""


class UnknownLine(LookupError):
    """The exit has no such line."""


class NotToDecide(Exception):
    """The rules give this line its amount, or it lacks its cause or price: there is nothing to decide by hand."""


class DecidedTooMuch(Exception):
    """More than the whole price was decided; `most` in cents."""

    def __init__(self, most: int) -> None:
        super().__init__(str(most))
        self.most = most


class StrangeFile(ValueError):
    """Neither a PDF nor a JPEG or PNG picture."""


class TooManyPapers(Exception):
    """A line has as many files as it may have."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office says of one line."""

    cause: Cause | None
    decision: Decision


def decide_line(scope: Scope, inventory_id: str, line_id: str, answer: Answer, account_id: str) -> None:
    """Keep the cause and the decision of a line.

    Raises `NothingToAssess`, `Frozen`, `UnknownLine`, `NotToDecide`, `DecidedTooMuch`; nothing is kept then.
    """
    session = db.session()
    inventory, found = _draft(session, scope, inventory_id)
    line = _line(session, found, line_id)
    _say_cause(session, inventory.id, line, answer.cause, account_id)
    _write(session, inventory.id, line_id, answer.decision)
    after = _line(session, assessing.exit_in(session, inventory, found), line_id)
    if answer.decision.decided is not None:
        _check_amount(session, after, answer.decision.decided)
    facts: dict[str, audit.Fact] = {"cause": answer.cause and answer.cause.value, "due": after.due, "line": line_id}
    _note(session, inventory, account_id, "assessment.line_decided", **facts)
    _finish(session, inventory, found)


def add_work(scope: Scope, inventory_id: str, line_id: str, account_id: str) -> str:
    """Add one more work to a line, to be priced by itself; gives its id."""
    session = db.session()
    inventory, found = _draft(session, scope, inventory_id)
    line = _line(session, found, line_id)
    more = next_id(line.proposal.line_id, [one.line_id for one in found.sheet.lines])
    if line.proposal.line_id not in assessing.decisions_of(session, inventory.id):
        _write(session, inventory.id, line.proposal.line_id, line.decision)
    _write(session, inventory.id, more, Decision(started_on=line.decision.started_on, basis=line.decision.basis))
    _note(session, inventory, account_id, "assessment.work_added", line=more)
    _finish(session, inventory, found)
    return more


def remove_work(scope: Scope, inventory_id: str, line_id: str, account_id: str) -> None:
    """Take a further work away again; raises `UnknownLine` for the line itself, which stays."""
    session = db.session()
    inventory, found = _draft(session, scope, inventory_id)
    _line(session, found, line_id)
    if MORE_WORK not in line_id:
        session.rollback()
        raise UnknownLine(line_id)
    here = (ChargeFile.inventory_id == inventory.id, ChargeFile.line_id == line_id)
    session.execute(delete(ChargeFile).where(*here))
    session.execute(delete(ChargeRow).where(ChargeRow.inventory_id == inventory.id, ChargeRow.line_id == line_id))
    _note(session, inventory, account_id, "assessment.work_removed", line=line_id)
    _finish(session, inventory, found)


def attach(scope: Scope, inventory_id: str, line_id: str, name: str, data: bytes, account_id: str) -> None:
    """Keep a quote or an invoice with a line; raises `StrangeFile` and `TooManyPapers` beside the others."""
    media_type = next((kind for sign, kind in SIGNS.items() if data.startswith(sign)), None)
    if media_type is None:
        raise StrangeFile(name)
    session = db.session()
    inventory, found = _draft(session, scope, inventory_id)
    line = _line(session, found, line_id)
    if len(found.papers.get(line_id, ())) >= MOST_PAPERS:
        session.rollback()
        raise TooManyPapers
    if session.get(ChargeRow, (inventory.id, line_id)) is None:
        _write(session, inventory.id, line_id, line.decision)
        session.flush()
    digest = sha256(data).hexdigest()
    installation.blobs().put(f"proofs/{digest}", data)
    session.add(
        ChargeFile(
            id=new_id(),
            landlord_id=inventory.landlord_id,
            inventory_id=inventory.id,
            line_id=line_id,
            name=name[-120:],
            media_type=media_type,
            sha256=digest,
            bytes=len(data),
            added_at=datetime.now(UTC),
        )
    )
    _note(session, inventory, account_id, "assessment.file_attached", line=line_id, sha256=digest)
    _finish(session, inventory, found)


def detach(scope: Scope, inventory_id: str, file_id: str, account_id: str) -> None:
    """Take an attached file away from its line; raises `UnknownLine`."""
    session = db.session()
    inventory, found = _draft(session, scope, inventory_id)
    row = session.get(ChargeFile, file_id)
    if row is None or row.inventory_id != inventory.id:
        session.rollback()
        raise UnknownLine(file_id)
    _note(session, inventory, account_id, "assessment.file_detached", line=row.line_id, sha256=row.sha256)
    session.delete(row)
    _finish(session, inventory, found)


def paper(scope: Scope, inventory_id: str, file_id: str) -> assessing.Paper:
    """An attached file of an exit in scope; raises `NothingToAssess` and `UnknownLine`."""
    found = assessing.open_exit(scope, inventory_id)
    for papers in found.papers.values():
        for one in papers:
            if one.id == file_id:
                return one
    raise UnknownLine(file_id)


def open_settlement(root_id: str) -> None:
    """Begin the settlement of an exit that was just sealed: the body of the job `open_settlement`."""
    session = db.session()
    inventory = session.get(Inventory, root_id, with_for_update=True)
    if inventory is not None and inventory.record_sha256 is not None:
        open_in(session, inventory, assessing.exit_in(session, inventory))
        standing.judge_in(session, [root_id])
    session.commit()


def open_in(session: Session, inventory: Inventory, found: Exit) -> Settlement:
    """The settlement of an exit, begun now when it is not: its grid and its prices are chosen, and stay."""
    row = found.row
    if row is None:
        row = Settlement(
            inventory_id=inventory.id,
            landlord_id=inventory.landlord_id,
            state=SettlementState.DRAFT,
            collective_building=session.get_one(Dwelling, inventory.dwelling_id).kind != DwellingKind.HOUSE,
            opened_at=datetime.now(UTC),
        )
        session.add(row)
    if row.grid_id is None:
        grid = grids.choose_grid(session, found.tenancy, found.priced_on)
        row.grid_id = grid.id if grid else None
    if row.price_list_id is None:
        row.price_list_id = found.prices.id if found.prices else None
    row.due_by = found.due_by
    session.flush()
    return row


def _draft(session: Session, scope: Scope, inventory_id: str) -> tuple[Inventory, Exit]:
    inventory = assessing.locked(session, scope, inventory_id)
    found = assessing.exit_in(session, inventory)
    row = open_in(session, inventory, found)
    if row.state != SettlementState.DRAFT:
        session.rollback()
        raise Frozen
    return inventory, found


def _line(session: Session, found: Exit, line_id: str) -> SheetLine:
    for line in found.sheet.lines:
        if line.line_id == line_id:
            return line
    session.rollback()
    raise UnknownLine(line_id)


def _say_cause(session: Session, root_id: str, line: SheetLine, cause: Cause | None, account_id: str) -> None:
    """Write the cause where the agent's tablet writes it too, when it is another one."""
    subject_id = line.proposal.subject_id
    entity_id = assessment_id(subject_id)
    held = session.get(FieldState, (root_id, entity_id, "cause"))
    known = json.loads(held.value) if held else None
    if known == cause:
        return
    fields = {"subject_kind": line.proposal.subject_kind, "subject_id": subject_id, "cause": cause, "deleted": False}
    writes = [
        (entity_id, "assessment", name, value.value if isinstance(value, Cause) else value)
        for name, value in fields.items()
        if held is None or name == "cause"
    ]
    write_server_ops(session, root_id, writes, account_id)


def _write(session: Session, inventory_id: str, line_id: str, decision: Decision) -> None:
    row = session.get(ChargeRow, (inventory_id, line_id))
    if row is None:
        row = ChargeRow(inventory_id=inventory_id, line_id=line_id)
        session.add(row)
    pricing = decision.pricing
    row.label = pricing.label if pricing else ""
    row.quantity = pricing.quantity if pricing else None
    row.unit = pricing.unit if pricing else None
    row.price = pricing.price if pricing else None
    row.vat = rounded(pricing.vat * 100) if pricing else None
    row.wear_kind = pricing.wear_kind if pricing else ""
    row.proof = pricing.proof if pricing else None
    row.reference = pricing.reference if pricing else ""
    row.started_on, row.basis = decision.started_on, decision.basis
    row.entry_state = decision.entry_state
    row.decided, row.decided_why = decision.decided, decision.decided_why
    session.flush()


def _check_amount(session: Session, line: SheetLine, decided: int) -> None:
    if not line.may_be_decided:
        session.rollback()
        raise NotToDecide
    if decided > line.assessment.gross:
        most = line.assessment.gross
        session.rollback()
        raise DecidedTooMuch(most)


def _finish(session: Session, inventory: Inventory, found: Exit) -> None:
    """The deadline follows what was decided."""
    row = session.get_one(Settlement, inventory.id)
    row.due_by = assessing.exit_in(session, inventory, found).due_by
    session.commit()


def _note(session: Session, inventory: Inventory, account_id: str, action: str, **facts: audit.Fact) -> None:
    audit.record(session, f"account:{account_id}", action, "inventory", inventory.id, inventory.landlord_id, **facts)
