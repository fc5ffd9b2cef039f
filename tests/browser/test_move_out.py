"""The screens of a move-out on top of its entry are for everybody: names, contrast, room, targets."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright
from sqlalchemy import select

from fieldapp.demo.estate import SEALED_F3
from fieldapp.demo.people import PASSWORD
from fieldapp.demo.seed import seed
from fieldapp.demo.stocking import dwelling_id
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.tenancy import Tenancy
from fieldapp.services.scheduling import schedule
from fieldapp.web import create_app
from tests.browser.hand import Hand
from tests.browser.test_tablet_pages import faults
from tests.browser.tour import exit_pages
from tests.support.calendar import today
from tests.support.chromium import LaunchOptions
from tests.support.server import LiveServer, live_server

AGENT = "agent1@demo.fieldapp.example"
expect.set_options(timeout=30_000)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    with live_server(tmp_path / "server") as server:
        app = create_app(server.config)
        with app.app_context():
            seed(server.config, today())
            db.engine.dispose()
        yield server


@pytest.fixture
def leaving(server: LiveServer) -> str:
    """The move-out of the household whose entry is sealed; gives its inventory's id."""
    with create_app(server.config).app_context():
        session = db.session()
        home = dwelling_id(SEALED_F3)
        planned = session.scalar(
            select(Inventory.id).where(Inventory.dwelling_id == home, Inventory.kind == AppointmentKind.MOVE_OUT)
        )
        if planned is None:
            entry = session.scalars(select(Inventory).where(Inventory.dwelling_id == home)).one()
            appointment = schedule(
                session,
                AppointmentKind.MOVE_OUT,
                session.get_one(Dwelling, home),
                session.get_one(Tenancy, entry.tenancy_id),
                session.scalars(select(Account).where(Account.email == AGENT)).one(),
                datetime.now(UTC) + timedelta(minutes=1),
            )
            planned = appointment.inventory_id
            session.commit()
        db.session.remove()
        db.engine.dispose()
    return str(planned)


@pytest.fixture
def tablet(chromium_options: LaunchOptions) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        yield browser.new_context(
            viewport={"width": 768, "height": 1024}, has_touch=True, permissions=["camera"], locale="fr-FR"
        )
        browser.close()


def test_every_screen_of_a_move_out_is_for_everybody(server: LiveServer, leaving: str, tablet: BrowserContext) -> None:
    page = tablet.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{server.url}/field/")
    hand = Hand(page)
    hand.enrol(AGENT, PASSWORD)
    expect(page.locator(".ready")).to_contain_text("photos à comparer")
    found = [fault for name in exit_pages(hand, leaving) for fault in faults(page, name, "fr")]
    assert "\n".join(found) == ""
