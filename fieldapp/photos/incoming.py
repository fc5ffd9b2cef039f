"""A picture that somebody chose from a computer becomes a photograph like a tablet's: a bare JPEG, upright, not too large."""

import io
import warnings
from enum import StrEnum

from fieldapp.child import Child, Died, TooSlow
from fieldapp.photos.examine import MOST_BYTES, MOST_MEMORY, MOST_PIXELS

LONGEST = 1600
LEAST = 300
QUALITY = 85
SECONDS = 30


class Refusal(StrEnum):
    """Why a file is not taken."""

    STRANGE = "strange"
    BROKEN = "broken"
    TOO_HEAVY = "too_heavy"
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"


class Refused(Exception):
    """The file is not taken; the first argument is its `Refusal`."""

    @property
    def why(self) -> Refusal:
        """What is wrong with it."""
        return Refusal(self.args[0])


class Receiver:
    """Makes one picture at a time anew, in a process apart."""

    def __init__(self) -> None:
        self._child = Child(SECONDS, memory=MOST_MEMORY)

    def receive(self, data: bytes) -> tuple[bytes, int, int]:
        """The JPEG of a JPEG or PNG with its width and height; raises `Refused`."""
        if len(data) > MOST_BYTES:
            raise Refused(Refusal.TOO_HEAVY)
        try:
            return self._child.do(remade, data)
        except (Died, TooSlow, MemoryError) as error:
            raise Refused(Refusal.BROKEN) from error

    def close(self) -> None:
        """End the process."""
        self._child.close()


def remade(data: bytes) -> tuple[bytes, int, int]:
    """The pixels as the camera was held, on white where there are none, without anything that was written beside them."""
    from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Refused(Refusal.TOO_LARGE)
                if max(picture.size) < LEAST:
                    raise Refused(Refusal.TOO_SMALL)
                upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except UnidentifiedImageError as error:
        raise Refused(Refusal.STRANGE) from error
    except Image.DecompressionBombError as error:
        raise Refused(Refusal.TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Refused(Refusal.BROKEN) from error
    upright.thumbnail((LONGEST, LONGEST))
    fresh = Image.new("RGB", upright.size, "white")
    fresh.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), fresh.width, fresh.height
