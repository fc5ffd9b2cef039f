"""Photographs over a narrow line that breaks, against the time that the bytes alone take on it."""

import json
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from fieldapp.web import create_app
from tests.bench import tablet
from tests.bench.figure import Figure, log, report
from tests.bench.narrow import narrow
from tests.fieldwork.estate import Estate
from tests.support.server import live_server

PHOTOS = 100
"""A third of those of a large visit, so that the measurement ends soon."""

SIZES = {"report": (140, 1000, 750), "archive": (360, 1600, 1200), "thumb": (20, 320, 240)}

BITS_PER_SECOND = 10e6
CHANCE = 0.01
ROUNDS = 20
TARGET = 1.15

_SEND = """async () => {
  const began = performance.now();
  await store.transfer.syncNow();
  return { seconds: (performance.now() - began) / 1000, ...store.transfer.state() };
}"""
_BYTES = """() => new Promise((done, fail) => {
  indexedDB.databases().then((all) => {
    const asked = indexedDB.open(all.map((one) => one.name).find((name) => name.startsWith("fieldapp-")));
    asked.onerror = () => fail(asked.error);
    asked.onsuccess = () => {
      const rows = asked.result.transaction("files").objectStore("files").getAll();
      rows.onsuccess = () => done(rows.result.filter((row) => row.size !== "thumb").reduce((sum, row) => sum + row.bytes, 0));
    };
  });
})"""


def measure() -> None:
    """Print how many times the line's own time the upload takes."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, tablet.browsers() as chromium:
        folder = Path(name)
        with (
            live_server(folder / "server", with_worker=False) as server,
            narrow(server.port, BITS_PER_SECOND, CHANCE) as line,
            tablet.profile(chromium, folder / "profile") as context,
        ):
            flat = Estate.build(create_app(server.config)).plan()
            page = tablet.enrolled_page(context, f"http://127.0.0.1:{line.port}", flat.root_id)
            context.set_offline(True)
            tablet.take_photos(page, flat.ids["room"], PHOTOS, SIZES)
            files: int = page.evaluate(_BYTES)
            context.set_offline(False)
            seconds = _send(page)
    alone = files * 8 / BITS_PER_SECOND
    against = {
        "the bytes alone": round(alone, 1),
        "breaks": line.breaks,
        "megabytes": round(files / 1e6, 1),
        "unit": "s",
    }
    log(f"line: {seconds:.1f} s, {json.dumps(against)}")
    what = (
        f"{PHOTOS} photos of {files // PHOTOS // 1000} kB (a third of 300) from Chromium at 10 Mbit/s, 40 ms away, "
        "each 32 kB sent with a 1 % chance of a reset: time to time of the bytes alone"
    )
    report(Figure(what, round(seconds / alone, 3), "×", TARGET, "lower", against))


def _send(page: Page) -> float:
    """Seconds until every photograph has its receipt; a round that the line ended is followed by the next at once."""
    seconds, waiting = 0.0, PHOTOS
    for _ in range(ROUNDS):
        state: dict[str, Any] = page.evaluate(_SEND)
        seconds, waiting = seconds + float(state["seconds"]), int(state["pendingPhotos"])
        if not waiting:
            return seconds
    raise RuntimeError(f"{waiting} photographs are still there after {ROUNDS} rounds")
