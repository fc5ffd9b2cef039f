"""What another system asks twice is done once: the answer is kept in the transaction of what it asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.kept_answer import KeptAnswer

KEPT = timedelta(days=2)


class KeyReused(ValueError):
    """Another request was already made under this key."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: the status, the body in JSON text, the path of what was made."""

    status: int
    body: str
    location: str


def do(
    token_id: str, key: str | None, request_sha256: str, work: Callable[[], Answer], now: datetime
) -> tuple[Answer, bool]:
    """Do the work in one transaction, or give the kept answer with True; raises `KeyReused`."""
    session = db.session()
    try:
        kept = None if key is None else session.get(KeptAnswer, (token_id, key))
        if kept is not None:
            return _again(kept, request_sha256), True
        answer = work()
        if key is not None:
            _keep(session, token_id, key, request_sha256, answer, now)
        session.commit()
    except IntegrityError:
        # Two of the same request at once: the first one has committed.
        session.rollback()
        kept = None if key is None else session.get(KeptAnswer, (token_id, key))
        if kept is None:
            raise
        return _again(kept, request_sha256), True
    except BaseException:
        session.rollback()
        raise
    return answer, False


def clear_old(now: datetime) -> None:
    """Forget the answers that nobody asks for again."""
    db.session.execute(delete(KeptAnswer).where(KeptAnswer.created_at < now - KEPT))
    db.session.commit()


def _keep(session: Session, token_id: str, key: str, request_sha256: str, answer: Answer, now: datetime) -> None:
    session.add(
        KeptAnswer(
            token_id=token_id,
            key=key,
            request_sha256=request_sha256,
            status=answer.status,
            body=answer.body,
            location=answer.location,
            created_at=now,
        )
    )
    session.flush()


def _again(kept: KeptAnswer, request_sha256: str) -> Answer:
    if kept.request_sha256 != request_sha256:
        raise KeyReused
    return Answer(kept.status, kept.body, kept.location)
