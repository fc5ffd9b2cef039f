"""Photographs come in: pieces are put together, the whole is hashed and kept, a receipt promised, a verdict reached."""

import errno
import fcntl
import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.photos.blobs import make_durable_folder
from fieldapp.photos.examine import MOST_BYTES, Examiner
from fieldapp.records.photo import Photo, PhotoUse
from fieldapp.services import closing, feed, jobs
from fieldapp.services.installation import blobs, config

SHA256 = re.compile(r"[0-9a-f]{64}")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the operating system says of a disk without room."""

_examiner = Examiner()


class WrongOffset(ValueError):
    """A piece begins elsewhere than where the file ends so far; `expected` is that place."""

    def __init__(self, expected: int) -> None:
        super().__init__(f"expected offset {expected}")
        self.expected = expected


class TooHeavy(ValueError):
    """The announced file is larger than `MOST_BYTES`."""


class HashDiffers(ValueError):
    """The whole file does not have the SHA-256 that it was announced with; its pieces are dropped."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way from one tablet: how far it is, of how many bytes; `received` when it is kept durably."""

    sha256: str
    length: int
    offset: int
    received: bool


def begin(device_id: str, sha256: str, length: int) -> Upload:
    """Announce a file of `length` bytes, or find how far it is; raises `TooHeavy`, and `ValueError` for a wrong hash."""
    if SHA256.fullmatch(sha256) is None or length < 1:
        raise ValueError("a SHA-256 and a length of at least one byte are needed")
    if length > MOST_BYTES:
        raise TooHeavy
    if (kept := _kept(sha256)) is not None:
        return Upload(sha256, kept, kept, received=True)
    found = status(device_id, sha256)
    if found is not None and found.length == length:
        return found
    folder = _folder(device_id)
    make_durable_folder(folder)
    for draft in folder.glob(f"{sha256}.*"):
        draft.unlink(missing_ok=True)
    (folder / f"{sha256}.{length}").touch()
    return Upload(sha256, length, 0, received=False)


def status(device_id: str, sha256: str) -> Upload | None:
    """How far a file is, or None when this tablet never announced it."""
    if SHA256.fullmatch(sha256) is None:
        return None
    if (kept := _kept(sha256)) is not None:
        return Upload(sha256, kept, kept, received=True)
    found = _progress(device_id, sha256)
    return found if found.length else None


def append(device_id: str, sha256: str, offset: int, chunks: Iterable[bytes]) -> Upload:
    """Add a piece where the file ends; the last one makes it whole, verified, durable and received.

    What arrived of a broken piece stays. Raises `KeyError` when nothing was announced, `WrongOffset`, `HashDiffers`
    (the pieces are dropped), `OSError` when the disk is full.
    """
    draft = _draft(device_id, sha256)
    if draft is None:
        if (kept := _kept(sha256)) is not None:
            return Upload(sha256, kept, kept, received=True)
        raise KeyError(sha256)
    length = _length(draft)
    digest = hashlib.sha256()
    with draft.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # a tablet that lost a reply may send the same piece twice at once
        end = file.seek(0, os.SEEK_END)
        if end != offset:
            raise WrongOffset(end)
        for chunk in chunks:
            room = length - end
            file.write(chunk[:room])
            digest.update(chunk[:room])
            end += min(len(chunk), room)
        if end < length:
            return Upload(sha256, length, end, received=False)
        file.flush()
        os.fsync(file.fileno())
    if (digest.hexdigest() if offset == 0 else _digest(draft)) != sha256:
        draft.unlink(missing_ok=True)
        raise HashDiffers
    blobs().adopt(f"photos/{sha256}", draft)
    receive(db.session(), sha256, length)
    draft.unlink(missing_ok=True)
    return Upload(sha256, length, length, received=True)


def receive(session: Session, sha256: str, length: int) -> None:
    """Write the row of bytes that are durable, and ask for their examination: one transaction."""
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    now = datetime.now(UTC)
    new = session.execute(
        insert(Photo)
        .values(sha256=sha256, bytes=length, verdict="pending", received_at=now)
        .on_conflict_do_nothing()
        .returning(Photo.sha256)
    ).one_or_none()
    if new is not None:
        jobs.enqueue(session, "examine_photo", {"sha256": sha256}, key=f"examine:{sha256}")
    session.commit()


def missing(device_id: str, hashes: Sequence[str]) -> tuple[list[Upload], list[str]]:
    """Which of the files are still wanted, with how far each is, and which are here already."""
    here = set(db.session.scalars(select(Photo.sha256).where(Photo.sha256.in_(hashes))))
    wanted = [_progress(device_id, sha256) for sha256 in hashes if sha256 not in here]
    return wanted, [sha256 for sha256 in hashes if sha256 in here]


def examine(sha256: str) -> None:
    """Job: decode the file, write the verdict, tell the tablets by the feed, then seal what waited for it.

    Two transactions: an inventory closed meanwhile sees either the verdict, or its own row among those asked about here.
    Run again after a kill, it goes on where it was.
    """
    session = db.session()
    photo = session.get(Photo, sha256)
    pending = photo is not None and photo.verdict == "pending"
    session.rollback()  # the decode takes its time: no lock is held meanwhile
    if pending:
        verdict = _examiner.examine(blobs().path(f"photos/{sha256}"))
        photo = session.get_one(Photo, sha256)
        photo.verdict = "safe" if verdict.safe else "unusable"
        photo.reason, photo.width, photo.height = verdict.reason, verdict.width, verdict.height
        photo.examined_at = datetime.now(UTC)
        session.flush()
        photo.feed_position = feed.next_position(session)
        session.commit()
    uses = select(PhotoUse.root_id).where(PhotoUse.sha256 == sha256).distinct()
    roots = session.scalars(uses).all()
    session.rollback()
    for root_id in roots:
        closing.try_seal_in(session, root_id)
        session.commit()


def _kept(sha256: str) -> int | None:
    """The size of a file that is kept and has its row: a file without a row was cut off just before its receipt."""
    size = db.session.scalar(select(Photo.bytes).where(Photo.sha256 == sha256))
    return None if size is None or not blobs().exists(f"photos/{sha256}") else size


def _progress(device_id: str, sha256: str) -> Upload:
    """How far the pieces are; length 0 when nothing was announced."""
    draft = _draft(device_id, sha256)
    if draft is None:
        return Upload(sha256, 0, 0, received=False)
    return Upload(sha256, _length(draft), draft.stat().st_size, received=False)


def _folder(device_id: str) -> Path:
    return config().data / "uploads" / device_id


def _draft(device_id: str, sha256: str) -> Path | None:
    return next(iter(_folder(device_id).glob(f"{sha256}.*")), None)


def _length(draft: Path) -> int:
    return int(draft.suffix[1:])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
