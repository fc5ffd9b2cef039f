"""A received photograph is decoded whole, under limits, in a process that never imports WeasyPrint.

WeasyPrint makes Pillow accept truncated images for the whole process that imports it; here they are refused.
"""

import io
import warnings
from pathlib import Path

from fieldapp.child import Child, Died, TooSlow
from fieldapp.photos.segments import NotJpeg, carries_metadata
from fieldapp.photos.verdict import Verdict

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_MEMORY = 2 * 1024**3
SECONDS = 300
"""A picture takes 50 ms; but a verdict is for ever, and the process gives way to everything else on a busy machine."""
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


class Examiner:
    """Examines one file at a time in a process apart."""

    def __init__(self) -> None:
        # A picture that wants more memory is refused, not the server stopped.
        self._child = Child(SECONDS, memory=MOST_MEMORY, niceness=NICENESS)

    def examine(self, path: Path) -> Verdict:
        """The verdict on the file at `path`; a file that kills the process is `undecodable`, a stalling one `too_slow`."""
        try:
            return self._child.do(_examine_path, path)
        except Died:
            return Verdict("undecodable")
        except TooSlow:
            return Verdict("too_slow")

    def close(self) -> None:
        """End the process."""
        self._child.close()
