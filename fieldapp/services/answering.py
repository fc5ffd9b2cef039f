"""An agent answers what the office sent back: once everything is answered, the office reads again."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldapp.domain.review import Verdict
from fieldapp.records.review import Review
from fieldapp.services import audit
from fieldapp.services.field_writing import Batch
from fieldapp.services.header import Header


def note_in(session: Session, batch: Batch, rows: Iterable[Header], actor: str, now: datetime) -> set[str]:
    """Mark as corrected what waited for its agent and has every answer, in the caller's transaction; give their ids."""
    answered = {
        root for root, entity, name in batch.touched if name == "answer" and batch.kinds[root, entity] == "comment"
    }
    corrected = set()
    for row in rows:
        if row.id not in answered:
            continue
        batch.read_kinds(row.id, ("comment",))
        if not all(_is_done(comment) for comment in batch.values(row.id, "comment")):
            continue
        waiting = Review.verdict.in_([verdict for verdict in Verdict if verdict.waits_for_agent])
        moved = session.execute(
            update(Review)
            .where(Review.inventory_id == row.id, waiting)
            .values(verdict=Verdict.CORRECTED, rev=Review.rev + 1, decided_at=now, decided_by=None)
            .returning(Review.inventory_id)
        ).one_or_none()
        if moved is not None:
            corrected.add(row.id)
            audit.record(session, actor, "review.corrected", "inventory", row.id, row.landlord_id)
    return corrected


def _is_done(comment: dict[str, object]) -> bool:
    answer = comment.get("answer")
    return comment.get("deleted") is True or (isinstance(answer, dict) and answer.get("done") is True)
