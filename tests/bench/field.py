"""What the agent waits for on the tablet: a field that is saved, a photograph that is durable; no network, no server."""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from fieldapp.web import create_app
from tests.bench import picture, tablet
from tests.bench.figure import Figure, log, report
from tests.bench.quantile import median, quantile
from tests.fieldwork.estate import Estate
from tests.support.server import live_server

PHOTOS = 300
BLOCKS = 10
SAVES_A_BLOCK = 20
SHOTS = 20
PICTURES = 5
MEGAPIXELS_12 = (4000, 4000, 3000)
SIZES = {"report": (140, 1000, 750), "archive": (360, 1600, 1200), "thumb": (20, 320, 240)}

SAVE_P95_MS = 15.0
SAVE_RATIO = 1.2
PHOTO_P95_MS = 300.0

_SAVE = """async ([element, count]) => {
  const states = ["good", "worn", "poor", "new"];
  const took = [];
  for (let saved = 0; saved < count; saved += 1) {
    // Nobody taps without a pause.
    await new Promise((done) => setTimeout(done, 20));
    const began = performance.now();
    await inventory.set(element, "element", "state", states[(window.saves = (window.saves ?? 0) + 1) % states.length]);
    took.push(performance.now() - began);
  }
  return took;
}"""

_SHOOT = """async (room) => {
  const began = performance.now();
  await inventory.addPhoto({ subjectKind: "room", subjectId: room, roomId: room, source: "file", blob: window.file });
  return performance.now() - began;
}"""


def measure() -> None:
    """Print saves and photographs, all of them encrypted and in strict transactions."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, tablet.browsers() as chromium:
        folder = Path(name)
        # Two tablets, so that what one holds does not weigh on the other.
        with tablet.profile(chromium, folder / "one") as one, tablet.profile(chromium, folder / "other") as other:
            with live_server(folder / "server", with_worker=False) as server:
                flat = Estate.build(create_app(server.config)).plan()
                empty, full = (tablet.enrolled_page(context, server.url, flat.root_id) for context in (one, other))
            tablet.take_photos(full, flat.ids["room"], PHOTOS, SIZES)
            # A visit takes hours: its photographs have long reached the disk when the next field is saved.
            os.sync()
            _saves(empty, full, flat.ids["floor"])
            _photos(empty, flat.ids["room"], folder)


def _saves(empty: Page, full: Page, element: str) -> None:
    took: dict[Page, list[float]] = {empty: [], full: []}
    for _ in range(BLOCKS):
        for page, times in took.items():
            times.extend(page.evaluate(_SAVE, [element, SAVES_A_BLOCK]))
    few, many = took.values()
    said = {
        "p50 with 0 photos": round(median(few), 2),
        "p95 with 0 photos": round(quantile(few, 0.95), 2),
        f"p50 with {PHOTOS} photos": round(median(many), 2),
        f"p95 with {PHOTOS} photos": round(quantile(many, 0.95), 2),
        "unit": "ms",
        "Enketo without encryption, measured elsewhere": {"no photo": 52, "20 photos": "69-92"},
    }
    log(f"field save: {said}")
    what = "field save in Chromium, encrypted and strict"
    report(Figure(f"{what}, no photo: p95", round(quantile(few, 0.95), 2), "ms", SAVE_P95_MS, "lower", said))
    report(Figure(f"{what}, {PHOTOS} photos: p95", round(quantile(many, 0.95), 2), "ms", SAVE_P95_MS, "lower", said))
    ratio = round(median(many) / median(few), 2)
    report(Figure(f"{what}: median with {PHOTOS} photos to median with none", ratio, "×", SAVE_RATIO, "lower", said))


def _photos(page: Page, room: str, folder: Path) -> None:
    took = []
    for number in range(SHOTS + 1):
        path = folder / "photo.jpg"
        path.write_bytes(picture.distinct(_drawn(number % PICTURES), number))
        tablet.give_file(page, path)
        took.append(page.evaluate(_SHOOT, room))
    # The first one starts the worker: the camera screen does that while the agent aims.
    del took[0]
    p95 = round(quantile(took, 0.95))
    log(f"photo to durable: median {median(took):.0f} ms, p95 {p95} ms")
    what = "12-megapixel photo of 4 MB to durable on the tablet (upright, three sizes, hashed, encrypted, strict): p95"
    peer = {"Enketo without resize and encryption, measured elsewhere": "36-97", "our median": round(median(took))}
    report(Figure(what, p95, "ms", PHOTO_P95_MS, "lower", peer))


def _drawn(number: int) -> bytes:
    """One of a few pictures that differ in every pixel's grain."""
    return picture.weighing(*MEGAPIXELS_12, number)
