"""How long the tablet takes to open offline: a browser that has just been started, a server that is really stopped."""

import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page

from fieldapp.web import create_app
from tests.bench import tablet
from tests.bench.figure import Figure, log, report
from tests.bench.quantile import median
from tests.browser.tablet_page import CODE, EMAIL
from tests.fieldwork.estate import PASSWORD, Estate
from tests.support.server import live_server

RUNS = 7
SLOWDOWN = 6
SETTLE_MS = 2000
TARGET_MS = {1: 300.0, SLOWDOWN: 1500.0}

_WATCH = """() => {
  const seen = () => document.querySelector("fa-unlock-screen .keypad button");
  new MutationObserver((_changes, watching) => {
    if (!seen()) return;
    watching.disconnect();
    // After the next frame it is on the screen.
    requestAnimationFrame(() => setTimeout(() => { window.openedAfter = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });
}"""


def measure() -> None:
    """Print the time from the address to the keypad of the code, which is the first screen of an enrolled tablet."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, tablet.browsers() as chromium:
        folder = Path(name)
        with live_server(folder / "server", with_worker=False) as server:
            Estate.build(create_app(server.config)).plan()
            with tablet.profile(chromium, folder / "profile") as context:
                _enrol(context, server.url)
        took = {
            rate: [_open(chromium, folder / "profile", server.url, rate) for _ in range(RUNS)] for rate in TARGET_MS
        }
    for rate, target in TARGET_MS.items():
        times = [round(time) for time in sorted(took[rate])]
        slow = "" if rate == 1 else f", processor slowed {rate} times"
        log(f"offline cold open{slow}: {times}")
        what = f"offline cold open, new browser process to the first screen, server stopped{slow}: median of {RUNS}"
        against = {"all": times, "Enketo, measured elsewhere": "290-440", "unit": "ms"}
        report(Figure(what, median(times), "ms", target, "lower", against))


def _enrol(context: BrowserContext, url: str) -> None:
    page = context.new_page()
    page.goto(f"{url}/field/")
    answers = {"email": EMAIL, "password": PASSWORD, "deviceName": "Tablette", "code": CODE, "repeat": CODE}
    for name, text in answers.items():
        page.locator(f"#{name}").fill(text)
    page.locator("fa-enrol-screen form .button").first.tap()
    page.locator("fa-day-screen .day li").first.wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def _open(chromium: BrowserType, profile: Path, url: str, rate: int) -> float:
    """Milliseconds from the navigation to the first screen."""
    with tablet.profile(chromium, profile) as context:
        page = context.pages[0] if context.pages else context.new_page()
        page.add_init_script(f"({_WATCH})()")
        # The browser's own start is over: what is measured is ours.
        page.wait_for_timeout(SETTLE_MS)
        if rate != 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
        page.goto(f"{url}/field/", wait_until="commit")
        return _when(page)


def _when(page: Page) -> float:
    page.locator("fa-unlock-screen .keypad button").first.wait_for()
    took: float = page.evaluate(
        "async () => { while (window.openedAfter === undefined) await new Promise(requestAnimationFrame);"
        " return window.openedAfter; }"
    )
    return took
