"""A photograph that was blurred is withdrawn: the bytes of the first picture go for good, what is said of them stays."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.orm import Session, aliased

from fieldapp.extensions import db
from fieldapp.records.field_state import FieldState
from fieldapp.records.photo import Photo, PhotoUse
from fieldapp.services import audit, jobs, previews
from fieldapp.services.installation import blobs, config

WITHDRAWN = "withdrawn"
"""The field of a photograph that says that it is withdrawn, why, when, and which other one took its place."""

_withdrawn = aliased(FieldState)
_ONLY_WITHDRAWN = (
    select(PhotoUse.sha256)
    .outerjoin(
        _withdrawn,
        (_withdrawn.root_id == PhotoUse.root_id)
        & (_withdrawn.entity_id == PhotoUse.photo_id)
        & (_withdrawn.field == WITHDRAWN),
    )
    .where(PhotoUse.sha256.in_(bindparam("hashes", expanding=True)))
    .group_by(PhotoUse.sha256)
    .having(func.count() == func.count(_withdrawn.value))
)
"""Asked twice for each photograph that comes in: one statement, built once."""


def ask_in(session: Session, root_id: str, photo_id: str) -> None:
    """Ask, in the caller's transaction, for the erasing of a photograph that was withdrawn in it."""
    jobs.enqueue(session, "erase_photo", {"root_id": root_id, "photo_id": photo_id}, key=f"erase:{root_id}:{photo_id}")


def erase(root_id: str, photo_id: str) -> None:
    """Job: remove the bytes of a withdrawn photograph, what was made of them and what is still on its way.

    Bytes that another photograph uses are kept. The journal keeps each hash and why. The bytes go before the rows, so
    that a worker that dies in between does it again.
    """
    session = db.session()
    uses = session.execute(
        select(PhotoUse.sha256, PhotoUse.size).where(PhotoUse.root_id == root_id, PhotoUse.photo_id == photo_id)
    ).all()
    landlord_id = session.scalars(
        select(FieldState.landlord_id).where(
            FieldState.root_id == root_id, FieldState.entity_id == photo_id, FieldState.field == WITHDRAWN
        )
    ).one()
    gone = withdrawn_among(session, [use.sha256 for use in uses])
    for use in uses:
        if use.sha256 in gone:
            drop_in(session, use.sha256)
        action = "photo.erased" if use.sha256 in gone else "photo.kept"
        facts = {"photo_id": photo_id, "size": use.size, "sha256": use.sha256, "reason": "blurred"}
        audit.record(session, "server", action, "inventory", root_id, landlord_id, **facts)
    session.commit()


def withdrawn_among(session: Session | Connection, hashes: Collection[str]) -> set[str]:
    """Which of these files are named by withdrawn photographs only: their bytes are not taken, and do not stay."""
    return set(session.execute(_ONLY_WITHDRAWN, {"hashes": list(hashes)}).scalars())


def drop_in(session: Session, sha256: str) -> None:
    """Remove a file with its pieces and previews at once, and its row in the caller's transaction."""
    blobs().erase(f"photos/{sha256}")
    previews.forget(sha256)
    for draft in (config().data / "uploads").glob(f"*/{sha256}.*"):
        draft.unlink(missing_ok=True)
    session.execute(delete(Photo).where(Photo.sha256 == sha256))
