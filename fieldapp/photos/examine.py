"""A received photograph is decoded whole, under limits, in a process that never imports WeasyPrint.

WeasyPrint makes Pillow accept truncated images for the whole process that imports it; here they are refused.
"""

import io
import multiprocessing
import os
import warnings
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Lock

from fieldapp.photos.segments import NotJpeg, carries_metadata
from fieldapp.photos.verdict import Verdict

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 40_000_000
SECONDS = 20
NICENESS = 10
"""Receipts come before verdicts: where processors are few, who decodes gives way to who receives."""


def examine_bytes(data: bytes) -> Verdict:
    """Decode one file here and now; `Examiner` does it in a process of its own."""
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if not data:
        return Verdict("empty")
    if len(data) > MOST_BYTES:
        return Verdict("too_heavy")
    try:
        if carries_metadata(data):
            return Verdict("carries_metadata")
    except NotJpeg:
        return Verdict("not_jpeg")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return Verdict("too_many_pixels")
                if picture.mode not in {"RGB", "L"}:
                    return Verdict("wrong_mode")
                picture.load()
                return Verdict(None, picture.width, picture.height)
    except Image.DecompressionBombError:
        return Verdict("too_many_pixels")
    except OSError as error:
        return Verdict("truncated" if "truncated" in str(error) else "undecodable")
    except (ValueError, SyntaxError, MemoryError):
        return Verdict("undecodable")


def _examine_path(path: Path) -> Verdict:
    return examine_bytes(path.read_bytes())


def _limit() -> None:
    """The child may use two gigabytes and no more: a picture that wants more is refused, not the server stopped."""
    import resource

    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))


class Examiner:
    """A spawned process that examines one file at a time and is replaced when a file kills or stalls it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()

    def examine(self, path: Path) -> Verdict:
        """The verdict on the file at `path`; a file that kills the process is `undecodable`, a stalling one `too_slow`."""
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    max_workers=1, mp_context=multiprocessing.get_context("spawn"), initializer=_limit
                )
            try:
                return self._pool.submit(_examine_path, path).result(SECONDS)
            except BrokenProcessPool:
                self._drop()
                return Verdict("undecodable")
            except TimeoutError:
                self._drop()
                return Verdict("too_slow")

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        if self._pool is None:
            return
        for process in list(self._pool._processes.values()):  # noqa: SLF001 - a stalled child has no public end
            process.kill()
        self._pool.shutdown(cancel_futures=True)
        self._pool = None
