"""That the papers of a settlement went out: its state and its journal, whoever brought them."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from fieldapp.domain.settlement_state import SettlementState
from fieldapp.records.settlement import Settlement
from fieldapp.services import audit, standing


def went_out_in(session: Session, row: Settlement, how: str, actor: str) -> None:
    """Note one sending in the caller's transaction; the first one is the day that counts."""
    if row.state == SettlementState.APPROVED:
        row.state, row.sent_at, row.sent_how = SettlementState.SENT, datetime.now(UTC), how
        standing.judge_in(session, [row.inventory_id])
    audit.record(session, actor, "settlement.sent", "inventory", row.inventory_id, row.landlord_id, channel=how)
