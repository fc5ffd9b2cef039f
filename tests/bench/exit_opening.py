"""How long a move-out takes to open offline, with a hundred photographs of its entry: from the day to the first room."""

import re
import tempfile
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserType, Page

from fieldapp.web import create_app
from fieldapp.worker import handlers, work_once
from tests.bench import tablet
from tests.bench.figure import Figure, log, report
from tests.bench.quantile import median
from tests.browser.tablet_page import CODE, EMAIL
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import fill, photograph, sign_and_close
from tests.photos.pictures import jpeg
from tests.support.server import live_server

PHOTOS = 100
SIZES = (20, 200)
RUNS = 5
TARGET_MS = 500.0
MOST_GROWTH = 4.0

_OPENING = """async ([root, room]) => {
  const began = performance.now();
  location.hash = `#/inventory/${root}/room/${room}`;
  while (!document.querySelector("fa-room-screen fa-element-row .was .state")) await new Promise(requestAnimationFrame);
  // After the next frame it is on the screen.
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""


def measure() -> None:
    """Print the time to the first room of twenty and of two hundred elements, and how much the second takes longer."""
    took = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as name, tablet.browsers() as chromium:
        for elements in SIZES:
            took[elements] = median(_opened(chromium, Path(name) / str(elements), elements))
            log(f"move-out with {elements} elements: {took[elements]:.0f} ms")
    few, many = (took[elements] for elements in SIZES)
    what = f"open a move-out offline, {PHOTOS} photographs of its entry, to the first room, {SIZES[0]} elements"
    report(Figure(f"{what}: median of {RUNS}", few, "ms", TARGET_MS, "lower"))
    report(Figure(f"the same with {SIZES[1]} elements, times that", many / few, "x", MOST_GROWTH, "lower"))


def _opened(chromium: BrowserType, folder: Path, elements: int) -> list[float]:
    with (
        live_server(folder / "server", with_worker=False) as server,
        tablet.profile(chromium, folder / "tablet") as own,
    ):
        app = create_app(server.config)
        flat = _planned(app, elements)
        page = own.pages[0] if own.pages else own.new_page()
        page.goto(f"{server.url}/field/")
        _enrol(page)
        server.stop()
        return [_open(page, flat) for _ in range(RUNS)]


def _planned(app: Flask, elements: int) -> Flat:
    """An entry with so many elements in one room, photographed and signed, and the move-out on top of it."""
    estate = Estate.build(app)
    flat = estate.plan()
    agent = enrolled(estate)
    agent.fetch_pack()
    fill(agent, flat)
    for number in range(elements - 3):
        element = agent.new_id()
        for field, value in (
            ("room_id", flat.ids["room"]),
            ("element_kind", "socket"),
            ("label", f"Prise {number + 1}"),
            ("position", number + 10),
            ("state", "good"),
        ):
            agent.write(flat.root_id, element, "element", field, value)
    for number in range(PHOTOS):
        photograph(agent, flat, jpeg((1000, 750)), jpeg((64, 48 + number)))
    sign_and_close(agent, flat)
    agent.sync()
    with app.app_context():
        todo = {kind: work for kind, work in handlers().items() if kind == "examine_photo"}
        while work_once(app, "bench", todo | {"seal": lambda _args: None}):
            pass
    return estate.plan_exit(flat)


def _enrol(page: Page) -> None:
    answers = {"email": EMAIL, "password": PASSWORD, "deviceName": "Tablette", "code": CODE, "repeat": CODE}
    for name, text in answers.items():
        page.locator(f"#{name}").fill(text)
    page.locator("fa-enrol-screen form .button").first.tap()
    # "12 sur 200" while they come; the entry of the same day counts its own.
    page.locator(".ready", has_text=re.compile(r"\d photos à comparer")).wait_for(timeout=tablet.PATIENCE_MS)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def _open(page: Page, flat: Flat) -> float:
    """Milliseconds from the day, just unlocked, to the room."""
    page.goto(page.url.split("#")[0])
    for digit in CODE:
        page.get_by_role("button", name=digit, exact=True).tap()
    page.locator("fa-day-screen .day li").first.wait_for()
    took: float = page.evaluate(_OPENING, [flat.root_id, flat.ids["room"]])
    return took
