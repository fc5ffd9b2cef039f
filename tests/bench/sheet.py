"""How long a dwelling's sheet takes to stand on the tablet's screen, its first photograph with it; the server is stopped."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from fieldapp.services import sheet_pictures
from fieldapp.services.scope import Scope
from fieldapp.web import create_app
from tests.bench import picture, tablet
from tests.bench.figure import Figure, log, report
from tests.bench.quantile import median, quantile
from tests.browser.tablet_page import CODE, EMAIL
from tests.fieldwork.estate import PASSWORD, Estate
from tests.fieldwork.visits import Slot, plan_slot
from tests.support.server import live_server

PHOTOS = 8
PHOTO = (300, 1600, 1200)
RUNS = 30
P95_MS = 200.0

_OPEN = """(address) => new Promise((done) => {
  const began = performance.now();
  const seen = () => document.querySelector("fa-sale-present-screen .facts") &&
    document.querySelector("fa-sale-present-screen .hero img")?.complete;
  const look = () => {
    if (!seen()) return requestAnimationFrame(look);
    // After the next frame it is on the screen.
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  };
  location.hash = address;
  look();
})"""


def measure() -> None:
    """Print the time from the touch to facts and first photograph, decrypted from the tablet's own store."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, tablet.browsers() as chromium:
        folder = Path(name)
        with tablet.profile(chromium, folder / "profile") as context:
            page = context.new_page()
            with live_server(folder / "server", with_worker=False) as server:
                slot = _plan(Estate.build(create_app(server.config)))
                _enrol(page, server.url, slot)
            took = [_open(page, slot) for _ in range(RUNS + 1)]
    # The first one loads what the screen is made of.
    del took[0]
    p95 = round(quantile(took, 0.95))
    log(f"dwelling sheet: median {median(took):.0f} ms, p95 {p95} ms")
    what = f"dwelling sheet with {PHOTOS} photos opened offline on the tablet, its first photo shown: p95 of {RUNS}"
    against = {"median": round(median(took)), "worst": round(max(took)), "unit": "ms"}
    report(Figure(what, p95, "ms", P95_MS, "lower", against))


def _plan(estate: Estate) -> Slot:
    slot = plan_slot(estate)
    files = [picture.distinct(picture.weighing(*PHOTO), number) for number in range(PHOTOS)]
    with estate.app.app_context():
        scope = Scope(estate.landlord_id)
        sheet_pictures.add(scope, slot.dwelling_id, "photo", files, "Séjour", estate.agents["nadia"])
    return slot


def _enrol(page: Page, url: str, slot: Slot) -> None:
    """Enrol, and leave once every photograph is on the tablet."""
    page.goto(f"{url}/field/")
    answers = {"email": EMAIL, "password": PASSWORD, "deviceName": "Tablette", "code": CODE, "repeat": CODE}
    for name, text in answers.items():
        page.locator(f"#{name}").fill(text)
    page.locator("fa-enrol-screen form .button").first.tap()
    page.locator("fa-day-screen .day li").first.wait_for()
    _open(page, slot, photos=PHOTOS)


def _open(page: Page, slot: Slot, photos: int = 0) -> float:
    """Milliseconds until the sheet is on the screen; then the agent takes the tablet back with the code."""
    page.evaluate("(address) => { location.hash = address; }", f"#/visit/{slot.root_id}")
    page.locator("fa-sale-screen h1").wait_for()
    took: float = page.evaluate(_OPEN, f"#/visit/{slot.root_id}/present")
    if photos:
        page.locator("fa-sale-present-screen img").nth(photos - 1).wait_for()
    page.locator("fa-sale-present-screen .appbar .back").tap()
    page.locator("#agent-code").fill(CODE)
    page.locator("fa-sale-screen h1").wait_for()
    return took
