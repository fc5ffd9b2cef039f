"""Photographs as the tablet develops them in a real browser: upright, clean, small enough, or refused by name."""

import base64
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.tablet_page import Planned, bare_page, code_of_failure, context_of, give_file
from tests.support.chromium import LaunchOptions
from tests.support.server import live_server

DEVELOP = """async () => {
  const release = document.documentElement.dataset.release;
  const { developPhoto } = await import(`/assets/${release}/field/photos/developing.js`);
  const developed = await developPhoto(window.file);
  const text = (bytes) => new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result.split(",")[1]));
    reader.readAsDataURL(new Blob([bytes]));
  });
  const prints = Object.entries(developed).map(async ([size, print]) => [size, { ...print, bytes: await text(print.bytes) }]);
  return Object.fromEntries(await Promise.all(prints));
}"""

CORNERS = {"top left": "red", "top right": "lime", "bottom left": "blue", "bottom right": "yellow"}
COLOURS = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera held that way stores an upright picture; the orientation tells to undo it."""


@pytest.fixture(scope="module")
def page(chromium_options: LaunchOptions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with live_server(tmp_path_factory.mktemp("server"), with_worker=False) as server, sync_playwright() as playwright:
        chromium: Browser = playwright.chromium.launch(**chromium_options)
        with context_of(chromium) as context:
            yield bare_page(context, Planned(server))
        chromium.close()


def upright(width: int = 2000, height: int = 1200) -> Image.Image:
    """A picture whose four corners differ."""
    picture = Image.new("RGB", (width, height))
    for place, colour in CORNERS.items():
        x = 0 if "left" in place else width // 2
        y = 0 if "top" in place else height // 2
        picture.paste(COLOURS[colour], (x, y, x + width // 2, y + height // 2))
    return picture


def develop(page: Page, path: Path) -> dict[str, Image.Image]:
    """Give a file to the tablet; gives its prints, whose hash, size and cleanliness are checked on the way."""
    give_file(page, path)
    pictures: dict[str, Image.Image] = {}
    for size, print_ in page.evaluate(DEVELOP).items():
        data = base64.b64decode(print_["bytes"])
        assert hashlib.sha256(data).hexdigest() == print_["sha256"]
        assert markers(data) <= {0xE0, 0xDB, 0xC0, 0xC4, 0xDD, 0xDA}
        picture = Image.open(io.BytesIO(data))
        picture.load()
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert "jfif" in picture.info
        assert picture.size == (print_["width"], print_["height"])
        pictures[size] = picture
    return pictures


def markers(data: bytes) -> set[int]:
    """The markers of a JPEG's segments, up to its scan."""
    found, at = set(), 2
    while data[at + 1] != 0xDA:
        found.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return found | {0xDA}


def seen(picture: Image.Image) -> dict[str, str]:
    """The colour that a person sees in each corner."""
    width, height = picture.size
    found = {}
    for place in CORNERS:
        x = width // 4 if "left" in place else 3 * width // 4
        y = height // 4 if "top" in place else 3 * height // 4
        pixel = picture.getpixel((x, y))
        assert isinstance(pixel, tuple)
        distance = {
            name: sum(abs(one - other) for one, other in zip(pixel, colour, strict=True))
            for name, colour in COLOURS.items()
        }
        found[place] = min(distance, key=lambda name: distance[name])
    return found


@pytest.mark.parametrize("orientation", STORED)
def test_a_photograph_is_turned_upright_exactly_once(page: Page, tmp_path: Path, orientation: int) -> None:
    turn = STORED[orientation]
    stored = upright() if turn is None else upright().transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "photo.jpg", exif=exif)
    prints = develop(page, tmp_path / "photo.jpg")
    assert {size: picture.size for size, picture in prints.items()} == {
        "archive": (1600, 960),
        "report": (1000, 600),
        "thumb": (320, 192),
    }
    for picture in prints.values():
        assert seen(picture) == CORNERS


def test_a_small_photograph_is_never_enlarged(page: Page, tmp_path: Path) -> None:
    upright(400, 300).save(tmp_path / "small.jpg")
    prints = develop(page, tmp_path / "small.jpg")
    assert [picture.size for picture in prints.values()] == [(400, 300), (400, 300), (320, 240)]


def test_a_very_narrow_photograph_keeps_a_pixel(page: Page, tmp_path: Path) -> None:
    Image.new("RGB", (1, 4000), "red").save(tmp_path / "line.png")
    prints = develop(page, tmp_path / "line.png")
    assert [picture.size for picture in prints.values()] == [(1, 1600), (1, 1000), (1, 320)]


@pytest.mark.parametrize("name", ("photo.png", "photo.webp", "photo.gif", "photo.bmp", "photo.avif"))
def test_other_formats_become_the_same_clean_jpeg(page: Page, tmp_path: Path, name: str) -> None:
    upright().save(tmp_path / name)
    assert seen(develop(page, tmp_path / name)["report"]) == CORNERS


def test_a_cmyk_photograph_keeps_its_colours(page: Page, tmp_path: Path) -> None:
    upright().convert("CMYK").save(tmp_path / "cmyk.jpg")
    assert seen(develop(page, tmp_path / "cmyk.jpg")["report"]) == CORNERS


def test_what_is_transparent_becomes_white(page: Page, tmp_path: Path) -> None:
    Image.new("RGBA", (200, 100), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    corner = develop(page, tmp_path / "clear.png")["report"].getpixel((50, 50))
    assert isinstance(corner, tuple)
    assert min(corner) > 250


def test_a_place_and_a_name_in_the_file_do_not_survive(page: Page, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "chez Sofia Marchetti"
    exif.get_ifd(0x8825)[1] = "N"
    upright().save(tmp_path / "photo.jpg", exif=exif, comment=b"12 rue des Tanneurs")
    give_file(page, tmp_path / "photo.jpg")
    for print_ in page.evaluate(DEVELOP).values():
        data = base64.b64decode(print_["bytes"])
        assert b"Sofia" not in data
        assert b"Tanneurs" not in data


def _jpeg() -> bytes:
    file = io.BytesIO()
    upright().save(file, "JPEG")
    return file.getvalue()


def _png() -> bytes:
    file = io.BytesIO()
    upright().save(file, "PNG")
    return file.getvalue()


def _huge() -> bytes:
    """A whole JPEG whose header says 20,000 × 15,000 pixels."""
    data = bytearray(_jpeg())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = (15_000).to_bytes(2) + (20_000).to_bytes(2)
    return bytes(data)


def _heic() -> bytes:
    """What an iPhone's file begins with; Chromium has no decoder for it."""
    size = b"\x00\x00\x00\x14ispe" + bytes(4) + (4032).to_bytes(4) + (3024).to_bytes(4)
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + size


@pytest.mark.parametrize(
    ("what", "content", "code"),
    (
        ("empty", b"", "empty_image"),
        ("a letter", b"%PDF-1.7 not a photograph", "not_an_image"),
        ("a cut JPEG", _jpeg()[:-2000], "damaged_image"),
        ("a cut PNG", _png()[:-40], "damaged_image"),
        ("noise that calls itself JPEG", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9, "damaged_image"),
        ("300 megapixels", _huge(), "image_too_large"),
        ("61 MB", _jpeg() + bytes(61_000_000), "image_too_heavy"),
        ("HEIC", _heic(), "heic_unsupported"),
    ),
    ids=lambda value: value.replace(" ", "_") if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_a_photograph_is_refused_by_name(
    page: Page, tmp_path: Path, what: str, content: bytes, code: str
) -> None:
    path = tmp_path / f"{what}.jpg"
    path.write_bytes(content)
    give_file(page, path)
    assert code_of_failure(page, DEVELOP) == code


def test_the_tablet_goes_on_after_a_refusal(page: Page, tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"no")
    give_file(page, tmp_path / "bad.jpg")
    assert code_of_failure(page, DEVELOP) == "not_an_image"
    upright().save(tmp_path / "good.jpg")
    assert seen(develop(page, tmp_path / "good.jpg")["archive"]) == CORNERS


def test_without_a_canvas_in_workers_the_page_develops_itself(page: Page, tmp_path: Path) -> None:
    other = page.context.new_page()
    other.add_init_script("delete globalThis.OffscreenCanvas;")
    other.route("**/field/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    other.goto(page.url)
    exif = Image.Exif()
    exif[0x0112] = 6
    upright().transpose(Image.Transpose.ROTATE_90).save(tmp_path / "photo.jpg", exif=exif)
    assert seen(develop(other, tmp_path / "photo.jpg")["report"]) == CORNERS
    other.close()


def test_a_browser_that_does_not_turn_photographs_is_noticed(page: Page, tmp_path: Path) -> None:
    other = page.context.new_page()
    other.add_init_script(
        """delete globalThis.OffscreenCanvas;
        const turning = globalThis.createImageBitmap;
        globalThis.createImageBitmap = (source) => turning(source, { imageOrientation: "none" });"""
    )
    other.route("**/field/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    other.goto(page.url)
    for orientation, turn in STORED.items():
        exif = Image.Exif()
        exif[0x0112] = orientation
        stored = upright() if turn is None else upright().transpose(turn)
        stored.save(tmp_path / f"{orientation}.jpg", exif=exif)
        assert seen(develop(other, tmp_path / f"{orientation}.jpg")["report"]) == CORNERS
    other.close()
