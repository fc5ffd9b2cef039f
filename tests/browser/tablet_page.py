"""A page that holds the tablet's store without its screens: what stands below them, in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from fieldapp.web import create_app
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.support.server import LiveServer

CODE = "246810"
EMAIL = "nadia@estate.example"

_OPEN = """async (base) => {
  const { openStore } = await import(`${base}/tablet.js`);
  window.store = await openStore();
}"""


class Planned:
    """A running server with one studio to be let today."""

    def __init__(self, server: LiveServer) -> None:
        self.server = server
        self.flat: Flat = Estate.build(create_app(server.config)).plan()

    @property
    def root(self) -> str:
        """The inventory's id."""
        return self.flat.root_id

    @property
    def room(self) -> str:
        """The id of its only room."""
        return self.flat.ids["room"]


@contextmanager
def context_of(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile."""
    context = browser.new_context(viewport={"width": 768, "height": 1024})
    try:
        yield context
    finally:
        context.close()


def bare_page(context: BrowserContext, planned: Planned) -> Page:
    """The shell under its real security policy, without the application; `window.store` is the open store."""
    page = context.new_page()
    page.route("**/field/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{planned.server.url}/field/")
    page.evaluate(_OPEN, assets(page))
    return page


def assets(page: Page) -> str:
    """Where this release's modules of the tablet are."""
    release = page.evaluate("document.documentElement.dataset.release")
    return f"/assets/{release}/field"


def enrol(page: Page) -> None:
    """Sign in for the first time on this tablet."""
    credentials = {"email": EMAIL, "password": PASSWORD, "deviceName": "Tablette", "code": CODE}
    page.evaluate("(credentials) => store.enrol(credentials)", credentials)


def enrolled_page(context: BrowserContext, planned: Planned) -> Page:
    """The same, signed in, with `window.inventory` open."""
    page = bare_page(context, planned)
    enrol(page)
    open_inventory(page, planned)
    return page


def open_inventory(page: Page, planned: Planned) -> None:
    """Put the studio's inventory into `window.inventory`."""
    page.evaluate("async (root) => { window.inventory = await store.openInventory(root); }", planned.root)


def code_of_failure(page: Page, script: str, argument: Any = None) -> str:
    """Run a script that must fail; gives the code of its error."""
    wrapped = f"async (argument) => {{ try {{ await ({script})(argument); }} catch (error) {{ return error.code; }} }}"
    code: str = page.evaluate(wrapped, argument)
    return code


def give_file(page: Page, path: Path) -> None:
    """Put a file from the disk into `window.file`, as an agent picks one."""
    page.evaluate(
        """() => {
          const input = Object.assign(document.createElement("input"), { type: "file", id: "given" });
          input.addEventListener("change", () => { window.file = input.files[0]; });
          document.getElementById("given")?.remove();
          document.body.append(input);
        }"""
    )
    page.locator("#given").set_input_files(path)
