"""A photograph made anew for a screen: decoded and written again in a process of its own, never sent as it came."""

import io
import multiprocessing
import secrets
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Lock

from fieldapp.photos.blobs import make_durable_folder

QUALITY = 82
SECONDS = 20


class NoPreview(Exception):
    """The picture could not be made anew."""


class Previewer:
    """A spawned process that makes previews, and is replaced when a picture kills or stalls it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()

    def make(self, source: Path, target: Path, longest: int) -> None:
        """Write a JPEG of `source` to `target`, at most `longest` pixels long; raises `NoPreview`."""
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))
            try:
                data = self._pool.submit(remade, source, longest).result(SECONDS)
            except (BrokenProcessPool, TimeoutError, OSError, ValueError) as error:
                self._drop()
                raise NoPreview from error
        make_durable_folder(target.parent)
        draft = target.with_suffix(f".{secrets.token_hex(8)}.draft")
        draft.write_bytes(data)
        draft.replace(target)

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


def remade(source: Path, longest: int) -> bytes:
    """The picture's pixels in a fresh JPEG that holds nothing else."""
    from PIL import Image, ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(source, formats=("JPEG",)) as picture:
        picture.draft("RGB", (longest, longest))
        picture.thumbnail((longest, longest))
        fresh = Image.new("RGB", picture.size)
        fresh.paste(picture)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY, progressive=True)
    return out.getvalue()
