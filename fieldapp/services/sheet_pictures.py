"""The photographs and the plan of a dwelling's sheet: made anew, kept like every photograph, shown, removed."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.photos.incoming import Receiver, Refusal, Refused
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingPicture
from fieldapp.records.photo import Photo, PhotoUse
from fieldapp.services import audit, photo_erasing, photo_intake, previews
from fieldapp.services.booking import NotHere
from fieldapp.services.identifier import new_id
from fieldapp.services.installation import blobs
from fieldapp.services.scope import Scope

MOST = 12
"""How many photographs a sheet has beside its plan: a candidate looks at no more, and a tablet carries them."""

_receiver = Receiver()


class TooMany(ValueError):
    """The sheet would have more than `MOST` photographs; none was added."""


class OnePlan(ValueError):
    """Several files for the one plan; none was added."""


class NotTaken(ValueError):
    """One of the files is no picture that can be shown; none was added. `place` counts from 0."""

    def __init__(self, place: int, why: Refusal) -> None:
        super().__init__(f"file {place}: {why}")
        self.place, self.why = place, why


def add(scope: Scope, dwelling_id: str, kind: str, files: Sequence[bytes], caption: str, account_id: str) -> None:
    """Add photographs, or put a plan in the place of the one before: all of the files, or none.

    Raises `NotHere`, `TooMany`, `OnePlan` and `NotTaken`.
    """
    session = db.session()
    _dwelling(session, scope, dwelling_id)
    _insist(session, dwelling_id, kind, len(files))
    session.rollback()  # a decode takes its time: no transaction is open meanwhile
    kept = [_keep(session, place, data) for place, data in enumerate(_remade(files))]
    dwelling = _dwelling(session, scope, dwelling_id, alone=True)
    _insist(session, dwelling_id, kind, len(files))
    if kind == "plan":
        before = select(DwellingPicture).where(
            DwellingPicture.dwelling_id == dwelling_id, DwellingPicture.kind == "plan"
        )
        for old in session.scalars(before).all():
            _remove(session, old)
    last = session.scalar(select(func.max(DwellingPicture.position)).where(DwellingPicture.dwelling_id == dwelling_id))
    for position, (sha256, size, width, height) in enumerate(kept, (last or 0) + 1):
        session.add(
            DwellingPicture(
                id=new_id(),
                landlord_id=dwelling.landlord_id,
                dwelling_id=dwelling_id,
                kind=kind,
                sha256=sha256,
                bytes=size,
                width=width,
                height=height,
                caption=caption,
                position=position,
            )
        )
    _journal(session, scope, "sheet.pictures_added", dwelling_id, account_id, kind=kind, pictures=len(kept))
    session.commit()


def remove(scope: Scope, dwelling_id: str, picture_id: str, account_id: str) -> None:
    """Take a picture off the sheet, with its bytes where nothing else shows them; raises `NotHere`."""
    session = db.session()
    _dwelling(session, scope, dwelling_id, alone=True)
    picture = session.scalar(
        select(DwellingPicture).where(DwellingPicture.id == picture_id, DwellingPicture.dwelling_id == dwelling_id)
    )
    if picture is None:
        session.rollback()
        raise NotHere(picture_id)
    kind = picture.kind
    _remove(session, picture)
    _journal(session, scope, "sheet.picture_removed", dwelling_id, account_id, kind=kind)
    session.commit()


def shown(scope: Scope, dwelling_id: str, sha256: str, size: str) -> Path:
    """The file to show of a sheet's picture; raises `previews.NotShown`."""
    found = db.session.scalar(
        select(Photo.sha256)
        .join(DwellingPicture, DwellingPicture.sha256 == Photo.sha256)
        .join(Dwelling, Dwelling.id == DwellingPicture.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(
            Photo.sha256 == sha256,
            Photo.verdict == "safe",
            Dwelling.id == dwelling_id,
            *scope.of(Building.landlord_id, Building.agency_id),
        )
        .limit(1)
    )
    db.session.rollback()
    if found is None:
        raise previews.NotShown(sha256)
    return previews.remade(sha256, size)


def _remade(files: Sequence[bytes]) -> list[tuple[bytes, int, int]]:
    found = []
    for place, data in enumerate(files):
        try:
            found.append(_receiver.receive(data))
        except Refused as error:
            raise NotTaken(place, error.why) from error
    return found


def _keep(session: Session, place: int, made: tuple[bytes, int, int]) -> tuple[str, int, int, int]:
    """Keep a picture as the uploads are kept: durable first, then its row, then examined like a stranger's."""
    data, width, height = made
    sha256 = hashlib.sha256(data).hexdigest()
    blobs().put(f"photos/{sha256}", data)
    photo_intake.receive(session, sha256, len(data))
    photo_intake.examine(sha256)
    if session.scalar(select(Photo.verdict).where(Photo.sha256 == sha256)) != "safe":
        session.rollback()
        raise NotTaken(place, Refusal.BROKEN)
    session.rollback()
    return sha256, len(data), width, height


def _remove(session: Session, picture: DwellingPicture) -> None:
    sha256 = picture.sha256
    session.delete(picture)
    session.flush()
    elsewhere = (
        select(DwellingPicture.id).where(DwellingPicture.sha256 == sha256).limit(1),
        select(PhotoUse.photo_id).where(PhotoUse.sha256 == sha256).limit(1),
    )
    if all(session.scalar(use) is None for use in elsewhere):
        photo_erasing.drop_in(session, sha256)


def _insist(session: Session, dwelling_id: str, kind: str, more: int) -> None:
    if kind == "plan":
        if more > 1:
            raise OnePlan
        return
    here = select(func.count()).where(DwellingPicture.dwelling_id == dwelling_id, DwellingPicture.kind == "photo")
    if (session.scalar(here) or 0) + more > MOST:
        session.rollback()
        raise TooMany


def _dwelling(session: Session, scope: Scope, dwelling_id: str, *, alone: bool = False) -> Dwelling:
    wanted = (
        select(Dwelling)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Dwelling.id == dwelling_id, *scope.of(Building.landlord_id, Building.agency_id))
    )
    found = session.scalar(wanted.with_for_update(of=Dwelling) if alone else wanted)
    if found is None:
        session.rollback()
        raise NotHere(dwelling_id)
    return found


def _journal(
    session: Session, scope: Scope, action: str, dwelling_id: str, account_id: str, **facts: audit.Fact
) -> None:
    audit.record(session, f"account:{account_id}", action, "dwelling", dwelling_id, scope.landlord_id, **facts)
