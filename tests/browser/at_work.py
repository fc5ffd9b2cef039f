"""A tablet at work: a running server, its people, and one enrolled tablet on which an agent opens visits."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Page, expect

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.inventory import Inventory
from fieldapp.services import snapshot
from fieldapp.services.accounts import hash_password
from fieldapp.services.identifier import new_id
from fieldapp.web import create_app
from tests.browser.address import go
from tests.browser.hand import Hand
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.support.server import LiveServer, live_server

AGENT = "nadia@estate.example"
MANAGER = "manager@estate.example"
PATIENCE_SECONDS = 120
FIELDAPP = str(Path(sys.executable).with_name("fieldapp"))


@dataclass
class Work:
    """A running server, its people, and one tablet that is enrolled."""

    server: LiveServer
    estate: Estate
    browser: Browser
    context: BrowserContext
    page: Page
    planned: list[Flat]
    troubles: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Be patient with the page, and note what goes wrong in it."""
        self.page.set_default_timeout(30_000)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    @property
    def hand(self) -> Hand:
        return Hand(self.page)

    def visit(self) -> Flat:
        """The next planned inventory, opened on the tablet."""
        flat = self.planned.pop()
        self.open(flat)
        return flat

    def open(self, flat: Flat) -> None:
        """Go to an inventory's overview, whatever is on the screen."""
        go(self.page, f"#/inventory/{flat.root_id}", "fa-overview-screen .rounds, fa-unlock-screen .keypad")
        if self.page.locator(".keypad").count():
            self.hand.unlock()
            expect(self.page.locator("fa-overview-screen .rounds").first).to_be_visible()

    def state(self, flat: Flat) -> dict[str, Any]:
        """What the server has of an inventory, by entity."""
        with self.estate.app.app_context():
            entities = snapshot.state_of(flat.root_id)["entities"]
            db.session.rollback()
        return dict(entities)

    def until(self, flat: Flat, wanted: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Wait until the tablet has sent what is wanted."""
        self.page.evaluate("window.dispatchEvent(new Event('online'))")
        self.wait(lambda: wanted(self.state(flat)), "the tablet to send")
        return self.state(flat)

    def wait(self, there: Callable[[], object], what: str) -> None:
        """Wait for something that no page shows, looking now and then; raises `TimeoutError` in the end."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not there():
            if time.monotonic() > give_up:
                raise TimeoutError(f"waited for {what}")
            self.page.wait_for_timeout(200)

    def sealed(self, flat: Flat, folder: Path) -> Path:
        """Wait for the sealed report, and take it."""
        report = folder / "report.pdf"
        self.wait(lambda: self.row(flat).state == "sealed", "the seal")
        environ = {"FIELDAPP_DATA": str(self.server.folder), "PATH": "/usr/bin:/bin"}
        subprocess.run((FIELDAPP, "report", flat.root_id, "-o", str(report)), env=environ, check=True)
        return report

    def row(self, flat: Flat) -> Inventory:
        """The inventory's header as the office sees it."""
        with self.estate.app.app_context():
            row = db.session.get_one(Inventory, flat.root_id)
            db.session.expunge(row)
            db.session.rollback()
        return row


@contextmanager
def working(browser: Browser, folder: Path, *, flats: int, script: str = "") -> Iterator[Work]:
    """A server with planned inventories and an enrolled tablet; `script` runs before every page of the tablet."""
    with live_server(folder) as server:
        estate = Estate.build(create_app(server.config))
        planned = [estate.plan(starts_at=noon()) for _ in range(flats)]
        add_manager(estate)
        with enrolled(browser, server, estate, planned, script=script) as work:
            yield work


@contextmanager
def enrolled(
    browser: Browser, server: LiveServer, estate: Estate, planned: list[Flat], *, script: str = ""
) -> Iterator[Work]:
    """A tablet of the agent, with the day on it; nothing may go wrong in its pages."""
    with tablet_of(browser) as context:
        if script:
            context.add_init_script(script)
        work = Work(server, estate, browser, context, context.new_page(), planned)
        work.watch()
        work.page.goto(f"{server.url}/field/")
        work.hand.enrol(AGENT, PASSWORD)
        work.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        yield work
        assert work.troubles == []


@contextmanager
def tablet_of(browser: Browser, width: int = 768, height: int = 1024) -> Iterator[BrowserContext]:
    """A tablet of this size in its French box: touched, with a camera, and nothing on it yet."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=True, permissions=["camera"], locale="fr-FR"
    )
    try:
        yield context
    finally:
        context.close()


def noon() -> datetime:
    """Noon of today where the dwellings are: the same day's pack at whatever hour the tests run."""
    return datetime.now(ZoneInfo("Europe/Paris")).replace(hour=12, minute=0, second=0, microsecond=0)


def add_manager(estate: Estate) -> None:
    """Somebody of the office who may decide."""
    with estate.app.app_context():
        db.session.add(
            Account(
                id=new_id(),
                landlord_id=estate.landlord_id,
                agency_id=None,
                email=MANAGER,
                name="Odile Bureau",
                role="manager",
                language="fr",
                password_hash=hash_password(PASSWORD),
                created_at=datetime.now(UTC),
            )
        )
        db.session.commit()


def attached(report: Path, name: str, folder: Path) -> Any:
    """A file inside the PDF."""
    said("pdfdetach", "-savefile", name, "-o", str(folder / name), str(report))
    return json.loads((folder / name).read_bytes())


def said(*command: str) -> str:
    """What a program printed; raises when it failed."""
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def spaced(text: str) -> str:
    """Words apart by one space, as a reader takes them."""
    return " ".join(text.split())
