"""The week of the agents in a browser: looked at by axe, and an appointment moved by mouse and by keyboard."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from fieldapp.domain.message import Channel, Purpose
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.tenancy import TenancyParty
from fieldapp.services import absences, convoking, notices
from fieldapp.services.scope import Scope
from fieldapp.web import create_app
from tests.browser.look import looked_at
from tests.browser.test_office_pages import EMAIL
from tests.fieldwork.estate import PASSWORD, Estate
from tests.fieldwork.visits import plan_slot
from tests.support.server import LiveServer, live_server

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class House:
    """A running office with a full week."""

    url: str
    monday: date
    agents: dict[str, str]
    pages: dict[str, str]

    @property
    def week(self) -> str:
        """The address of the week."""
        return f"/office/planning?from={self.monday}"


def furnished(server: LiveServer) -> House:
    """Entries, a visit, a conflict, an absence and two notices, one of them a move within the stock."""
    estate = Estate.build(create_app(server.config))
    today = datetime.now(PARIS).date()
    monday = today + timedelta(days=14 - today.weekday())

    def at(day: int, hour: int) -> datetime:
        begins = datetime(monday.year, monday.month, monday.day, hour, tzinfo=PARIS)
        return begins.astimezone(UTC) + timedelta(days=day)

    flats = [estate.plan(starts_at=at(0, 9)), estate.plan(starts_at=at(1, 14)), estate.plan("paul", at(4, 10))]
    estate.plan("sonia", at(2, 9))
    plan_slot(estate, "Alex Essai", agent="sonia", starts_at=at(2, 9) + timedelta(minutes=30))
    with estate.app.app_context():
        own, by = Scope(estate.landlord_id), db.session.query(Account.id).filter_by(email=EMAIL).one()[0]
        absences.note(own, estate.agents["paul"], monday + timedelta(days=4), monday + timedelta(days=8), by)
        leaves = monday + timedelta(days=50)
        db.session.query(TenancyParty).update({"email": "camille@tenant.example"})
        row = db.session.query(Appointment).filter_by(inventory_id=flats[0].root_id).one()
        about, tenant = row.id, flats[0].ids["tenant"]
        db.session.commit()
        convoking.tell(own, about, tenant, Channel.EMAIL, Purpose.CONVOCATION, None, by)
        notices.give(own, flats[0].ids["tenancy"], today, leaves, "", by)
        db.engine.dispose()
    lease = f"/office/tenancies/{flats[0].ids['tenancy']}"
    messages = f"/office/appointments/{about}/messages"
    pages = {
        "messages": messages,
        "lease": lease,
        "notice": f"{lease}/notice",
        "no notice": f"/office/tenancies/{flats[1].ids['tenancy']}",
    }
    return House(server.url, monday, estate.agents, pages)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with live_server(tmp_path_factory.mktemp("planning"), with_worker=False) as server:
        yield furnished(server)


@pytest.fixture(scope="module")
def page(chromium: Browser, house: House) -> Page:
    return signed_in(chromium, house.url)


def signed_in(chromium: Browser, url: str) -> Page:
    """A French browser in which the reviewer is signed in."""
    own = chromium.new_context(locale="fr-FR").new_page()
    own.goto(f"{url}/office/sign-in")
    own.get_by_label("Adresse e-mail professionnelle").fill(EMAIL)
    own.get_by_label("Mot de passe").fill(PASSWORD)
    own.get_by_role("button", name="Se connecter").click()
    own.wait_for_url("**/office/inventories/")
    return own


def cell(page: Page, house: House, agent: str, day: int) -> Locator:
    wanted = house.monday + timedelta(days=day)
    return page.locator(f'td[data-agent="{house.agents[agent]}"][data-day="{wanted}"]')


def test_axe_finds_nothing_and_nothing_overflows(page: Page, house: House) -> None:
    found: list[str] = []
    for language in ("fr", "en"):
        for name, address in {"week": house.week, **house.pages}.items():
            page.goto(f"{house.url}{address}{'&' if '?' in address else '?'}lang={language}")
            for fold in page.locator("main details").all():
                fold.evaluate("fold => { fold.open = true; }")
            found += [f"{language} {name}: {trouble}" for trouble in looked_at(page)]
    assert found == []


def test_an_appointment_is_dragged_to_another_agent(page: Page, house: House) -> None:
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto(f"{house.url}{house.week}&lang=fr")
    cell(page, house, "nadia", 1).locator(".slot").drag_to(cell(page, house, "sonia", 3))
    expect(page.get_by_role("status").filter(has_text="est donné à Sonia")).to_be_visible()
    expect(cell(page, house, "sonia", 3).locator(".slot")).to_contain_text("14 h 00")
    expect(cell(page, house, "nadia", 1).locator(".slot")).to_have_count(0)


def test_an_appointment_is_moved_by_keyboard_and_left_by_escape(page: Page, house: House) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{house.url}{house.week}&lang=fr")
    told = page.locator("[data-told]")
    take = cell(page, house, "nadia", 0).get_by_role("button", name="Prendre")
    take.focus()
    page.keyboard.press("Enter")
    expect(told).to_contain_text("Entrée 9 h 00 pris")
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("Nadia, Mardi")
    page.keyboard.press("Escape")
    expect(told).to_have_text("Laissé où il était.")
    take.focus()
    page.keyboard.press("Enter")
    expect(told).to_contain_text("pris")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("Nadia, Mercredi")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="est donné à Nadia")).to_be_visible()
    expect(cell(page, house, "nadia", 2).locator(".slot")).to_contain_text("9 h 00")
