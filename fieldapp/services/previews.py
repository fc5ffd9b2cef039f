"""The photographs as the office sees them: only examined ones, made anew once and kept."""

from pathlib import Path

from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.photos.preview import NoPreview, Previewer
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo, PhotoUse
from fieldapp.services.installation import blobs, config
from fieldapp.services.scope import Scope

SIZES = {"small": 480, "large": 1000}

_previewer = Previewer()


class NotShown(LookupError):
    """No photograph of this inventory that may be shown has this hash."""


def preview(scope: Scope, inventory_id: str, sha256: str, size: str) -> Path:
    """The file to show; raises `NotShown` for what is not in scope, not examined, or not found safe."""
    found = db.session.execute(
        select(Photo.sha256)
        .join(PhotoUse, PhotoUse.sha256 == Photo.sha256)
        .join(Inventory, Inventory.id == PhotoUse.root_id)
        .where(Photo.sha256 == sha256, Photo.verdict == "safe", PhotoUse.root_id == inventory_id, *scope.conditions())
        .limit(1)
    ).one_or_none()
    db.session.rollback()  # a decode may take its time
    if found is None:
        raise NotShown(sha256)
    return remade(sha256, size)


def remade(sha256: str, size: str) -> Path:
    """The file of an examined photograph made anew at most `size` large, kept from the first time on; raises `NotShown`.

    Who may see it was asked before; no transaction may be open, because a decode takes its time.
    """
    if size not in SIZES:
        raise NotShown(sha256)
    target = _target(sha256, size)
    if not target.is_file():
        try:
            _previewer.make(blobs().path(f"photos/{sha256}"), target, SIZES[size])
        except NoPreview as error:
            raise NotShown(sha256) from error
    return target


def forget(sha256: str) -> None:
    """Remove what was made of a photograph whose bytes are erased."""
    for size in SIZES:
        _target(sha256, size).unlink(missing_ok=True)


def _target(sha256: str, size: str) -> Path:
    return config().data / "previews" / size / sha256[:2] / f"{sha256}.jpg"
