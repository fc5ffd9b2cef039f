"""How the tests start WebKit: Debian's WebKitGTK behind its WebDriver, on a screen that nobody sees."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.support.missing import lacking


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen for as long as the block runs; gives its name for `DISPLAY`."""
    program = shutil.which("Xvfb")
    if program is None:
        lacking("Xvfb (package xvfb)")
    reading, writing = os.pipe()
    # It takes a free number itself and tells it once it listens.
    xvfb = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", "1024x1366x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        xvfb.terminate()
        xvfb.wait()


@contextmanager
def webkit(profile: Path) -> Iterator[WebKitGTK]:
    """A WebKit whose storage is in `profile`; skips where WebKitGTK's driver or browser is not installed."""
    driver = shutil.which("WebKitWebDriver")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    if driver is None or not browsers:
        lacking("WebKitGTK's driver (package webkit2gtk-driver)")
    options = Options()
    options.binary_location = str(browsers[-1])
    options.add_argument("--automation")
    with screen() as display:
        own = {f"XDG_{kind}_HOME": str(profile / kind.lower()) for kind in ("DATA", "CACHE", "CONFIG")}
        # Its sandbox needs user namespaces, which containers refuse.
        unboxed = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        service = Service(driver, env={**os.environ, **own, **unboxed, "DISPLAY": display})
        browser = WebKitGTK(options=options, service=service)
        try:
            yield browser
        finally:
            browser.quit()
