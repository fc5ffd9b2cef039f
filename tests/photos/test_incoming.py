"""A picture from a computer is made anew: upright, without what was written beside it, and strange files are refused."""

import io

import pytest
from PIL import Image

from fieldapp.photos.examine import examine_bytes
from fieldapp.photos.incoming import LONGEST, Receiver, Refusal, Refused, remade

ORIENTATION, GPS = 0x0112, 0x8825


def drawn(size: tuple[int, int], form: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal").save(out, form, **more)
    return out.getvalue()


def test_a_photograph_taken_upright_stays_upright_and_loses_its_place() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    data, width, height = remade(drawn((800, 600), exif=exif))
    assert (width, height) == (600, 800)
    assert not Image.open(io.BytesIO(data)).getexif()
    assert examine_bytes(data).safe


def test_a_large_picture_becomes_as_large_as_a_screen() -> None:
    data, *size = remade(drawn((4000, 3000)))
    assert size == [LONGEST, LONGEST * 3 // 4]
    assert Image.open(io.BytesIO(data)).size == tuple(size)


def test_a_plan_with_a_transparent_ground_stands_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(out, "PNG")
    data, *_ = remade(out.getvalue())
    assert Image.open(io.BytesIO(data)).getpixel((200, 200)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "why"),
    (
        (b"%PDF-1.7 a plan in another form", Refusal.STRANGE),
        (b"", Refusal.STRANGE),
        (drawn((800, 600))[:-300], Refusal.BROKEN),
        (drawn((120, 90)), Refusal.TOO_SMALL),
        (drawn((9000, 5000), "PNG", "1"), Refusal.TOO_LARGE),
        (bytes(26 * 1024 * 1024), Refusal.TOO_HEAVY),
    ),
    ids=("a PDF", "nothing", "cut off", "too small", "too many pixels", "too heavy"),
)
def test_a_file_that_is_no_picture_is_refused_with_its_reason(data: bytes, why: Refusal) -> None:
    receiver = Receiver()
    try:
        with pytest.raises(Refused) as refused:
            receiver.receive(data)
    finally:
        receiver.close()
    assert refused.value.why is why
