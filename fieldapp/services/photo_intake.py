"""Photographs come in: pieces are put together, the whole is hashed and kept, a receipt promised, a verdict reached."""

import errno
import fcntl
import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.photos.blobs import make_durable_folder
from fieldapp.photos.examine import MOST_BYTES, Examiner
from fieldapp.photos.verdict import Verdict
from fieldapp.records.photo import Photo, PhotoUse
from fieldapp.records.sqlite import reading
from fieldapp.records.upsert import Upsert
from fieldapp.services import closing, feed, jobs, photo_erasing
from fieldapp.services.installation import blobs, config

SHA256 = re.compile(r"[0-9a-f]{64}")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the operating system says of a disk without room."""

_KEPT = select(Photo.sha256, Photo.bytes).where(Photo.sha256.in_(bindparam("hashes", expanding=True)))
_RECEIVE = Upsert(Photo, lambda insertion: insertion.on_conflict_do_nothing().returning(Photo.sha256))
_JUDGE = (
    update(Photo)
    .where(Photo.sha256 == bindparam("judged"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("verdict", "reason", "width", "height", "examined_at", "feed_position")
        }
    )
)

_examiner = Examiner()


class WrongOffset(ValueError):
    """A piece begins elsewhere than where the file ends so far; `expected` is that place."""

    def __init__(self, expected: int) -> None:
        super().__init__(f"expected offset {expected}")
        self.expected = expected


class TooHeavy(ValueError):
    """The announced file is larger than `MOST_BYTES`."""


class Withdrawn(LookupError):
    """Every photograph that names this file was withdrawn: its bytes are not wanted."""


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
    """Announce a file of `length` bytes, or find how far it is.

    Raises `TooHeavy`, `Withdrawn`, and `ValueError` for a wrong hash.
    """
    if SHA256.fullmatch(sha256) is None or length < 1:
        raise ValueError("a SHA-256 and a length of at least one byte are needed")
    if length > MOST_BYTES:
        raise TooHeavy
    if (kept := _kept(sha256)) is not None:
        return Upload(sha256, kept, kept, received=True)
    if _withdrawn([sha256]):
        raise Withdrawn(sha256)
    found = _progress(device_id, sha256)
    if found.length == length:
        return found
    folder = _folder(device_id)
    make_durable_folder(folder)
    if (other := _draft(device_id, sha256)) is not None:
        other.unlink(missing_ok=True)
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
    (the pieces are dropped), `Withdrawn` (likewise), `OSError` when the disk is full.
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
    if _withdrawn([sha256]):  # while it came in: whoever erases may have passed before it was whole
        photo_erasing.drop_in(db.session(), sha256)
        db.session.commit()
        raise Withdrawn(sha256)
    return Upload(sha256, length, length, received=True)


def drop_drafts(before: datetime) -> None:
    """Remove the pieces of files to which nothing was added since a moment; a tablet may announce them again."""
    for draft in (config().data / "uploads").glob("*/*"):
        # It may have been received since it was listed, or be growing now.
        with suppress(FileNotFoundError, BlockingIOError), draft.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if datetime.fromtimestamp(draft.stat().st_mtime, UTC) < before:
                draft.unlink()


def receive(session: Session, sha256: str, length: int) -> None:
    """Write the row of bytes that are durable, and ask for their examination: one transaction."""
    connection = session.connection()
    row = {"sha256": sha256, "bytes": length, "verdict": "pending", "received_at": datetime.now(UTC)}
    if connection.execute(_RECEIVE.on(connection), row).one_or_none() is not None:
        jobs.enqueue(session, "examine_photo", {"sha256": sha256}, key=f"examine:{sha256}")
    session.commit()


def missing(device_id: str, hashes: Sequence[str]) -> tuple[list[Upload], list[str]]:
    """Which of the files are still wanted, with how far each is, and which are here already."""
    here = _rows(hashes)
    unwanted = here.keys() | _withdrawn([sha256 for sha256 in hashes if sha256 not in here])
    wanted = [_progress(device_id, sha256) for sha256 in hashes if sha256 not in unwanted]
    return wanted, [sha256 for sha256 in hashes if sha256 in here]


def examine(*hashes: str) -> None:
    """Job: decode files, write the verdicts, tell the tablets by the feed, then seal what waited for them.

    Two steps, each committed: an inventory closed meanwhile sees either the verdict, or its own row among those asked
    about here. Run again after a kill, it goes on where it was.
    """
    session = db.session()
    pending = select(Photo.sha256).where(Photo.sha256.in_(hashes), Photo.verdict == "pending").order_by(Photo.sha256)
    with reading():
        waiting = session.scalars(pending).all()
        session.rollback()  # the decode takes its time: no transaction is open meanwhile
    verdicts = {sha256: _examiner.examine(blobs().path(f"photos/{sha256}")) for sha256 in waiting}
    if verdicts:
        _judge(session, verdicts)
    uses = select(PhotoUse.root_id).where(PhotoUse.sha256.in_(hashes)).distinct().order_by(PhotoUse.root_id)
    with reading():
        roots = session.scalars(uses).all()
        session.rollback()
    for root_id in roots:
        closing.try_seal_in(session, root_id)
        session.commit()


def _judge(session: Session, verdicts: Mapping[str, Verdict]) -> None:
    """Write the verdicts and give each its place in the feed: one transaction."""
    now = datetime.now(UTC)
    first = feed.next_position(session, len(verdicts)) - len(verdicts) + 1
    rows = [
        {
            "judged": sha256,
            "new_verdict": "safe" if verdict.safe else "unusable",
            "new_reason": verdict.reason,
            "new_width": verdict.width,
            "new_height": verdict.height,
            "new_examined_at": now,
            "new_feed_position": position,
        }
        for position, (sha256, verdict) in enumerate(verdicts.items(), first)
    ]
    session.connection().execute(_JUDGE, rows)
    session.commit()


def _kept(sha256: str) -> int | None:
    """The size of a file that is kept and has its row: a file without a row was cut off just before its receipt."""
    size = _rows([sha256]).get(sha256)
    return None if size is None or not blobs().exists(f"photos/{sha256}") else size


def _rows(hashes: Sequence[str]) -> dict[str, int]:
    """The sizes of the files that have their row; read apart, so that no lock is held while a slow body comes in."""
    with reading(), db.engine.connect() as connection:
        return {row.sha256: row.bytes for row in connection.execute(_KEPT, {"hashes": list(hashes)})}


def _withdrawn(hashes: Sequence[str]) -> set[str]:
    """Which files only withdrawn photographs name; read apart, like `_rows`."""
    if not hashes:
        return set()
    with reading(), db.engine.connect() as connection:
        return photo_erasing.withdrawn_among(connection, hashes)


def _progress(device_id: str, sha256: str) -> Upload:
    """How far the pieces are; length 0 when nothing was announced."""
    draft = _draft(device_id, sha256)
    if draft is None:
        return Upload(sha256, 0, 0, received=False)
    return Upload(sha256, _length(draft), draft.stat().st_size, received=False)


def _folder(device_id: str) -> Path:
    return config().data / "uploads" / device_id


def _draft(device_id: str, sha256: str) -> Path | None:
    try:
        with os.scandir(_folder(device_id)) as entries:
            return next((Path(entry) for entry in entries if entry.name.startswith(f"{sha256}.")), None)
    except FileNotFoundError:
        return None


def _length(draft: Path) -> int:
    return int(draft.suffix[1:])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
