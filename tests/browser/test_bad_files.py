"""Files that an agent picks where there is no camera: bad ones are refused in words, and leave nothing behind."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from tests.browser.address import go
from tests.browser.at_work import Work, working
from tests.browser.hand import ENGLISH, Hand
from tests.browser.test_tablet_photos import STORED, seen, upright

NO_CAMERA = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined })"
KEPT = """async () => {
  const counts = {};
  for (const { name } of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    await new Promise((done) => opening.addEventListener("success", done));
    for (const store of opening.result.objectStoreNames) {
      const counting = opening.result.transaction(store).objectStore(store).count();
      await new Promise((done) => counting.addEventListener("success", done));
      counts[`${name}/${store}`] = counting.result;
    }
    opening.result.close();
  }
  return counts;
}"""
REPORT_PICTURE = """async (floor) => {
  const { draft } = document.querySelector("fa-room-screen");
  const bytes = await draft.inventory.photoBytes(draft.photos(floor).at(-1).id, "report");
  const reader = new FileReader();
  reader.readAsDataURL(new Blob([bytes]));
  await new Promise((done) => reader.addEventListener("load", done));
  return reader.result.split(",")[1];
}"""


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


HEIC = (
    b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00\x00\x00\x14ispe" + bytes(4) + b"\x00\x00\x0f\xc0" * 2
)
BAD = {
    "nothing": (b"", "Ce fichier est vide.", "This file is empty."),
    "a text": (b"Bonjour, je ne suis pas une photo.", "Ce fichier n’est pas une image.", "This file is not a picture."),
    "a cut JPEG": (
        saved(upright())[:-2000],
        "Cette image est abîmée. Reprenez la photo.",
        "This picture is damaged. Take the photo again.",
    ),
    "HEIC": (
        HEIC,
        "Cette tablette ne lit pas le format HEIC. Reprenez la photo avec l’appareil de l’application.",
        "This tablet cannot read HEIC. Take the photo again with the camera of the application.",
    ),
    "60 MB": (
        saved(upright()).ljust(60_000_000, b"\0"),
        "Ce fichier est trop lourd. Choisissez une photo de moins de 50 Mo.",
        "This file is too heavy. Choose a photo under 50 MB.",
    ),
}


@pytest.fixture(scope="module")
def work(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    with working(chromium, tmp_path_factory.mktemp("files"), flats=1, script=NO_CAMERA) as work:
        yield work


@pytest.fixture(scope="module")
def floor(work: Work) -> Locator:
    """The row of a floor in a bad state, which asks for a photo; there is no camera."""
    flat = work.visit()
    go(work.page, f"#/inventory/{flat.root_id}/room/{flat.ids['room']}", "fa-element-row")
    row = work.page.locator(f"[data-element='{flat.ids['floor']}']")
    arm(work.hand, row)
    return row


def arm(hand: Hand, row: Locator) -> None:
    """A bad state wants a photo: the row offers the file."""
    hand.tap(row.locator("label[data-state=good]"))
    expect(row.locator("input[type=file]")).to_have_count(0)
    hand.tap(row.locator("label[data-state=poor]"))
    expect(row.locator("input[type=file]")).to_have_count(1)


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_photo_is_refused_in_words_and_leaves_nothing(
    work: Work, floor: Locator, tmp_path: Path, what: str
) -> None:
    content, french, english = BAD[what]
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    arm(work.hand, floor)
    expect(work.page.locator(".appbar .sync[data-at=safe]")).to_be_visible()
    before = work.page.evaluate(KEPT)
    floor.locator("input[type=file]").set_input_files(path)
    expect(floor.get_by_role("alert")).to_contain_text(french)
    assert work.page.evaluate(KEPT) == before
    assert ENGLISH[french] == english
    work.hand.press("Reprendre la photo")
    expect(floor.get_by_role("alert")).to_have_count(0)
    expect(floor.locator("input[type=file]")).to_have_count(1)


@pytest.mark.parametrize("orientation", STORED)
def test_a_photo_is_kept_upright_however_the_tablet_was_held(
    work: Work, floor: Locator, tmp_path: Path, orientation: int
) -> None:
    turn = STORED[orientation]
    stored = upright() if turn is None else upright().transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert seen(kept(work, floor, tmp_path, saved(stored, exif=exif))) == seen(upright())


def test_a_png_that_is_called_jpg_is_a_photo(work: Work, floor: Locator, tmp_path: Path) -> None:
    picture = kept(work, floor, tmp_path, saved(upright(), "PNG"))
    assert (picture.format, seen(picture)) == ("JPEG", seen(upright()))


def kept(work: Work, floor: Locator, folder: Path, content: bytes) -> Image.Image:
    """Pick a file; gives the picture that the report will hold."""
    path = folder / "photo.jpg"
    path.write_bytes(content)
    arm(work.hand, floor)
    # Its places are there at once, the pictures in them a moment later.
    photos = floor.locator(".strip li").count()
    floor.locator("input[type=file]").set_input_files(path)
    expect(floor.locator(".strip img")).to_have_count(photos + 1)
    data = work.page.evaluate(REPORT_PICTURE, floor.get_attribute("data-element"))
    picture = Image.open(io.BytesIO(base64.b64decode(data)))
    picture.load()
    return picture
