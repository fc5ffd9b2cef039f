"""Has an addendum looked at again when its appointment came to something: signed, sealed, ended or cancelled."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.records.addendum import Addendum
from fieldapp.services import jobs


def follow_in(session: Session, visit_id: str) -> None:
    """Ask for it in the caller's transaction; of a visit without an addendum it does nothing.

    A job of its own, because the caller holds the visit, and everybody locks inventories first.
    """
    if session.scalar(select(Addendum.id).where(Addendum.visit_id == visit_id)) is not None:
        jobs.enqueue(session, "follow_addendum", {"visit_id": visit_id}, key=f"follow_addendum:{visit_id}")
