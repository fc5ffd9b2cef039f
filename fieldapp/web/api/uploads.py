"""Photographs arrive in pieces: the tus 1.0 resumable upload protocol, with creation and creation-with-upload.

The address of a file is its SHA-256, and its pieces belong to the tablet that asks: a tablet that lost an answer, or its
power, finds its file again without having kept anything.
"""

import base64
import binascii
from collections.abc import Iterator

from flask import Response, request, url_for

from fieldapp.photos.examine import MOST_BYTES
from fieldapp.services import photo_intake
from fieldapp.services.photo_intake import HashDiffers, TooHeavy, Upload, Withdrawn, WrongOffset
from fieldapp.web.access import device_only
from fieldapp.web.api.pages import OURS, pages
from fieldapp.web.api.problem import problem
from fieldapp.web.api.token import asking

VERSION = "1.0.0"
PIECE_BYTES = 4 * 1024 * 1024
READ_BYTES = 128 * 1024
OFFSET_TYPE = "application/offset+octet-stream"


@pages.post("/uploads")
@device_only
def announce() -> Response:
    """Announce a file by its length and SHA-256; a body is its first piece, and may be the whole."""
    try:
        length = int(request.headers["Upload-Length"])
        sha256 = _metadata(request.headers["Upload-Metadata"])["sha256"]
        upload = photo_intake.begin(asking().id, sha256, length)
    except TooHeavy:
        return problem("too_large", f"a file has at most {MOST_BYTES} bytes", most=MOST_BYTES)
    except Withdrawn:
        return problem("withdrawn", "every photograph that names this file was withdrawn")
    except (KeyError, ValueError):
        return problem("malformed", "Upload-Length and the sha256 of Upload-Metadata are needed")
    if request.content_type == OFFSET_TYPE and not upload.received:
        if upload.offset:  # pieces came before: their end decides, not this first piece
            return _answer(upload, 201)
        return _append(upload.sha256, 0, 201)
    return _answer(upload, 201)


@pages.route("/uploads/<sha256>", methods=["HEAD"])
@device_only
def progress(sha256: str) -> Response:
    """Say how far a file is; 404 when this tablet never announced it."""
    upload = photo_intake.status(asking().id, sha256)
    return Response(status=404, headers={OURS: "1"}) if upload is None else _answer(upload, 200)


@pages.patch("/uploads/<sha256>")
@device_only
def piece(sha256: str) -> Response:
    """Take the piece that begins where the file ends; with the last one the answer carries the receipt."""
    if request.content_type != OFFSET_TYPE:
        return problem("malformed", f"a piece has the type {OFFSET_TYPE}")
    try:
        offset = int(request.headers["Upload-Offset"])
    except (KeyError, ValueError):
        return problem("malformed", "Upload-Offset is needed")
    return _append(sha256, offset, 204)


def _append(sha256: str, offset: int, status: int) -> Response:
    if (request.content_length or 0) > PIECE_BYTES:
        return problem("too_large", f"a piece has at most {PIECE_BYTES} bytes", most=PIECE_BYTES)
    request.max_content_length = PIECE_BYTES
    try:
        return _answer(photo_intake.append(asking().id, sha256, offset, _pieces()), status)
    except KeyError:
        return problem("no_upload", "announce the file first")
    except WrongOffset as error:
        return problem("wrong_offset", str(error), offset=error.expected)
    except Withdrawn:
        return problem("withdrawn", "every photograph that names this file was withdrawn")
    except HashDiffers:
        return problem("hash_mismatch", "the bytes do not have the announced SHA-256; the pieces are dropped")


def _pieces() -> Iterator[bytes]:
    """The body as it streams in: a photograph is never whole in memory."""
    while chunk := request.stream.read(READ_BYTES):
        yield chunk


def _answer(upload: Upload, status: int) -> Response:
    headers = {
        OURS: "1",
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(upload.offset),
        "Upload-Length": str(upload.length),
        "Location": url_for("api.progress", sha256=upload.sha256),
    }
    if upload.received:
        headers["Fieldapp-Receipt"] = upload.sha256
    return Response(status=status, headers=headers)


def _metadata(text: str) -> dict[str, str]:
    """The pairs of `Upload-Metadata`; raises `ValueError`."""
    pairs = {}
    for part in text.split(","):
        name, _, value = part.strip().partition(" ")
        try:
            pairs[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ValueError("not base64") from error
    return pairs
