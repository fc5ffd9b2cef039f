"""On the tablet: an arrow and a circle over a photograph, and an area that nobody can make out any more."""

import base64
import hashlib
import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from fieldapp.services.installation import blobs
from tests.browser.at_work import Work, working
from tests.fieldwork.estate import Flat

SHOOT = """async (wall) => {
  // The browser's own camera shows the same frame again and again: this picture is like no other.
  const { draft } = document.querySelector("fa-room-screen");
  const canvas = new OffscreenCanvas(1600, 1200);
  const context = canvas.getContext("2d");
  for (let at = 0; at < 4000; at += 1) {
    context.fillStyle = `hsl(${Math.random() * 360} 70% 50%)`;
    context.fillRect(Math.random() * 1600, Math.random() * 1200, 40, 40);
  }
  const subject = { subjectKind: "element", subjectId: wall, roomId: draft.get(wall).fields.room_id };
  await draft.addPhoto({ ...subject, source: "file", blob: await canvas.convertToBlob({ type: "image/jpeg" }) });
}"""

KEPT = """async () => {
  const inventory = document.querySelector("fa-room-screen, fa-overview-screen").draft.inventory;
  const read = async (id, size) => {
    const bytes = await inventory.photoBytes(id, size);
    return bytes === null ? null : btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
  };
  const { entities } = inventory.state();
  const photos = Object.entries(entities).filter(([, entity]) => entity.kind === "photo");
  const all = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => done(opening.result);
    });
    if (database.objectStoreNames.contains("blobs")) {
      const asked = database.transaction("blobs").objectStore("blobs").getAllKeys();
      all.push(...(await new Promise((done) => { asked.onsuccess = () => done(asked.result); })));
    }
    database.close();
  }
  return {
    photos: await Promise.all(photos.map(async ([id, { fields }]) => ({ id, fields, archive: await read(id, "archive") }))),
    kept: all,
  };
}"""


@pytest.fixture(scope="module")
def work(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    with working(chromium, tmp_path_factory.mktemp("server"), flats=3) as work:
        yield work


@pytest.fixture
def photographed(work: Work) -> Flat:
    """A room with its doorway photograph, opened large."""
    flat = work.visit()
    work.page.evaluate("(hash) => { location.hash = hash; }", f"#/inventory/{flat.root_id}/room/{flat.ids['room']}")
    work.hand.tap("dialog.camera .shutter")
    expect(work.page.locator("dialog.camera")).to_have_count(0)
    row = work.page.locator(f'[data-element="{flat.ids["wall"]}"]')
    work.hand.tap(row.locator("label[data-state=poor]"))
    work.page.evaluate(SHOOT, flat.ids["wall"])
    expect(row.locator(".strip button")).to_have_count(1)
    work.hand.tap(row.locator(".strip button"))
    expect(work.page.locator("fa-photo-editor img")).to_be_visible()
    return flat


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """One finger over the photograph, from a share of its width and height to another."""
    box = page.locator("fa-photo-editor svg.marks").bounding_box()
    assert box is not None

    def at(place: tuple[float, float]) -> tuple[float, float]:
        return box["x"] + place[0] * box["width"], box["y"] + place[1] * box["height"]

    page.mouse.move(*at(start))
    page.mouse.down()
    page.mouse.move(*at(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)))
    page.mouse.move(*at(end))
    page.mouse.up()


def photos(work: Work) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """The photographs of the open visit by id, and the hashes of all bytes that the browser keeps."""
    work.page.wait_for_function("() => !document.querySelector('fa-room-screen').draft.saving")
    found = work.page.evaluate(KEPT)
    return {photo["id"]: photo for photo in found["photos"]}, set(found["kept"])


def test_an_arrow_and_a_circle_are_drawn_by_finger_over_a_photograph_that_stays_what_it_was(
    work: Work, photographed: Flat
) -> None:
    before, _ = photos(work)
    work.hand.press("Cercle")
    drag(work.page, (0.5, 0.5), (0.65, 0.5))
    work.hand.press("Flèche")
    drag(work.page, (0.1, 0.1), (0.4, 0.4))
    expect(work.page.locator("fa-photo-editor svg.marks path:not(.halo)")).to_have_count(2)
    after, _ = photos(work)
    ((photo_id, photo),) = [(name, one) for name, one in after.items() if one["fields"].get("marks")]
    circle, arrow = photo["fields"]["marks"]
    assert (circle["shape"], arrow["shape"]) == ("circle", "arrow")
    assert abs(circle["x"] - 5000) < 100
    assert abs(circle["r"] - 1500) < 100
    assert abs(arrow["x2"] - 4000) < 100
    assert photo["archive"] == before[photo_id]["archive"]
    assert work.until(photographed, lambda state: state.get(photo_id, {}).get("fields", {}).get("marks"))


def test_a_mark_is_placed_by_buttons_alone(work: Work, photographed: Flat) -> None:
    page = work.page
    page.get_by_role("button", name="Flèche").focus()
    page.keyboard.press("Enter")
    for name in ("Plus bas", "À droite", "Tourner", "Plus grand"):
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Poser").focus()
    page.keyboard.press("Enter")
    expect(page.locator("fa-photo-editor svg.marks path:not(.halo)")).to_have_count(1)
    expect(page.locator("fa-photo-editor svg.marks")).to_have_attribute("aria-label", "1 flèche posée sur la photo")


def test_what_was_blurred_is_gone_from_the_tablet_and_from_the_server(work: Work, photographed: Flat) -> None:
    before, _ = photos(work)
    ((photo_id, first),) = [
        (name, one) for name, one in before.items() if one["fields"]["body"]["subject_kind"] == "element"
    ]
    hashes = {first["fields"]["body"][size]["sha256"] for size in ("archive", "report", "thumb")}
    sent = {first["fields"]["body"][size]["sha256"] for size in ("archive", "report")}
    with work.estate.app.app_context():
        store = blobs()
    work.page.evaluate("window.dispatchEvent(new Event('online'))")
    work.wait(lambda: all(store.exists(f"photos/{sha256}") for sha256 in sent), "the first picture on the server")
    work.hand.press("Flouter")
    drag(work.page, (0.25, 0.25), (0.75, 0.75))
    work.hand.press("Flouter cette zone")
    expect(work.page.get_by_text("La photo d’origine est effacée")).to_be_visible()
    after, kept = photos(work)
    assert kept & hashes == set()
    assert after[photo_id]["archive"] is None
    blurred = after[after[photo_id]["fields"]["withdrawn"]["replaced_by"]]
    assert {blurred["fields"]["body"][size]["sha256"] for size in ("archive", "report", "thumb")} <= kept
    assert colours(blurred["archive"]) * 3 < colours(first["archive"])
    work.wait(lambda: not any(store.exists(f"photos/{sha256}") for sha256 in sent), "the first picture to go")
    bytes_ = base64.b64decode(blurred["archive"])
    assert hashlib.sha256(bytes_).hexdigest() == blurred["fields"]["body"]["archive"]["sha256"]


def colours(archive: str) -> int:
    """How many different colours are left in the middle of the blurred area, JPEG's own noise apart."""
    picture = Image.open(io.BytesIO(base64.b64decode(archive))).convert("RGB")
    width, height = picture.size
    middle = picture.crop((width * 3 // 8, height * 3 // 8, width * 5 // 8, height * 5 // 8))
    return len(middle.point(lambda value: value // 32).getcolors(2**24) or ())
