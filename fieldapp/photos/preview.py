"""A photograph made anew for a screen: decoded and written again in a process of its own, never sent as it came."""

import io
import secrets
from pathlib import Path

from fieldapp.child import Child, Died, TooSlow
from fieldapp.photos.blobs import make_durable_folder

QUALITY = 82
SECONDS = 20
MOST_MEMORY = 2 * 1024**3


class NoPreview(Exception):
    """The picture could not be made anew."""


class Previewer:
    """Makes one preview at a time in a process apart."""

    def __init__(self) -> None:
        self._child = Child(SECONDS, memory=MOST_MEMORY)

    def make(self, source: Path, target: Path, longest: int) -> None:
        """Write a JPEG of `source` to `target`, at most `longest` pixels long; raises `NoPreview`."""
        try:
            data = self._child.do(remade, source, longest)
        except (Died, TooSlow, OSError, ValueError, MemoryError) as error:
            raise NoPreview from error
        make_durable_folder(target.parent)
        draft = target.with_suffix(f".{secrets.token_hex(8)}.draft")
        draft.write_bytes(data)
        draft.replace(target)

    def close(self) -> None:
        """End the process."""
        self._child.close()


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
