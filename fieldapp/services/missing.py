"""Which photographs an inventory names and the server does not have yet."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from fieldapp.records.field_state import FieldState
from fieldapp.records.photo import Photo, PhotoUse


def photos_in(session: Session, root_ids: Collection[str]) -> dict[str, list[str]]:
    """Give, for each inventory, the SHA-256 of the files that have not arrived; deleted photographs are not waited for."""
    wanted: dict[str, list[str]] = {root: [] for root in root_ids}
    if not wanted:
        return wanted
    deleted = aliased(FieldState)
    rows = session.execute(
        select(PhotoUse.root_id, PhotoUse.sha256)
        .outerjoin(Photo, Photo.sha256 == PhotoUse.sha256)
        .outerjoin(
            deleted,
            (deleted.root_id == PhotoUse.root_id)
            & (deleted.entity_id == PhotoUse.photo_id)
            & (deleted.field == "deleted"),
        )
        .where(PhotoUse.root_id.in_(wanted), Photo.sha256.is_(None), func.coalesce(deleted.value, "false") != "true")
        .distinct()
        .order_by(PhotoUse.root_id, PhotoUse.sha256)
    )
    for row in rows:
        wanted[row.root_id].append(row.sha256)
    return wanted
