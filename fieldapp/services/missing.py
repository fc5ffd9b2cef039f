"""Which photographs an inventory names and the server does not have yet."""

from collections.abc import Collection

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from fieldapp.records.field_state import FieldState
from fieldapp.records.photo import Photo, PhotoUse

_deleted = aliased(FieldState)
_WANTED = (
    select(PhotoUse.root_id, PhotoUse.sha256)
    .outerjoin(Photo, Photo.sha256 == PhotoUse.sha256)
    .outerjoin(
        _deleted,
        (_deleted.root_id == PhotoUse.root_id)
        & (_deleted.entity_id == PhotoUse.photo_id)
        & (_deleted.field == "deleted"),
    )
    .where(
        PhotoUse.root_id.in_(bindparam("roots", expanding=True)),
        Photo.sha256.is_(None),
        func.coalesce(_deleted.value, "false") != "true",
    )
    .distinct()
    .order_by(PhotoUse.root_id, PhotoUse.sha256)
)


def photos_in(session: Session, root_ids: Collection[str]) -> dict[str, list[str]]:
    """Give, for each inventory, the SHA-256 of the files that have not arrived; deleted photographs are not waited for."""
    wanted: dict[str, list[str]] = {root: [] for root in root_ids}
    if wanted:
        for root_id, sha256 in session.connection().execute(_WANTED, {"roots": sorted(wanted)}):
            wanted[root_id].append(sha256)
    return wanted
