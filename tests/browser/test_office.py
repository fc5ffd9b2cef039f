"""The office from its first day: stock from files, a file reviewed by keyboard, sent back, corrected, accepted, heard elsewhere."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from sqlalchemy import select

from fieldapp.domain.appointment import AppointmentKind
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.house_catalogue import HouseCatalogue
from fieldapp.records.landlord import Landlord
from fieldapp.records.meter import Meter
from fieldapp.records.tenancy import Tenancy
from fieldapp.services import connectors
from fieldapp.services.scheduling import schedule
from fieldapp.web import create_app
from tests.browser.address import go
from tests.browser.at_work import AGENT, FIELDAPP, MANAGER, Work, add_manager, attached, enrolled, noon, said, spaced
from tests.browser.filled import fill
from tests.browser.look import looked_at
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.fieldwork.imports import STOCK, csv_of
from tests.fieldwork.record_system import RecordSystem
from tests.support.server import LiveServer, live_server

CHANGES = 12
COMMENT = "Le trou du mur : dire sa taille."
ANSWER = "Deux centimètres, derrière la porte."

FILES = {
    kind: STOCK[kind]
    for kind in (
        *("agencies", "buildings", "dwellings", "catalogue", "rooms"),
        *("meters", "keys", "equipment", "tenancies", "occupants"),
    )
} | {
    "catalogue": [("laundry", "BAC", "sink", "Bac à laver du Port", "Grès")],
    "rooms": [("L-1", "P1", "living_room", "Séjour", "oui")],
    "occupants": STOCK["occupants"][:1],
}
"""What an empty installation needs; its one room gets the elements of our catalogue, a laundry those of the landlord's."""

KEYSTROKE_MODEL_SECONDS = 180
LOOK_SECONDS = 10
"""What a person takes to look at one change; a keystroke takes 0.28 s (Card, Moran, Newell)."""
KEY_SECONDS = 0.28


class Keyboard:
    """A hand that only presses keys, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strokes = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def type(self, text: str) -> None:
        """Type a sentence."""
        self.page.keyboard.type(text)
        self.strokes += len(text)

    def reach(self, words: str) -> None:
        """Press Tab until a button with these words has the focus."""
        button = self.page.locator("button:focus", has_text=words)
        for _ in range(6):
            if button.count():
                return
            self.press("Tab")
        expect(button).to_be_visible()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    near = {"FIELDAPP_CONNECTOR_NETWORKS": "127.0.0.0/8"}
    with live_server(tmp_path / "server", environ=near) as server:
        yield server


@pytest.fixture
def record(tmp_path: Path) -> Iterator[RecordSystem]:
    folder = tmp_path / "record"
    folder.mkdir()
    made = RecordSystem(folder)
    yield made
    made.kill()


def test_an_empty_installation_is_filled_by_csv_and_its_first_file_reviewed_by_keyboard_is_heard_once_after_an_outage(
    server: LiveServer, chromium: Browser, record: RecordSystem, tmp_path: Path
) -> None:
    estate = begun(server)
    connector = connected(estate, record)
    office = signed_in(chromium, server)
    for kind, rows in FILES.items():
        bring(office, server, kind, rows)
    flat = appointment_made(estate)
    with enrolled(chromium, server, estate, [flat]) as work:
        sealed_on_the_tablet(work, tmp_path)

        keys = Keyboard(office)
        open_the_first(office, keys, work)
        read_the_changes(office, keys)
        send_back(office, keys)
        expect(office.get_by_text("Dossier renvoyé.")).to_be_visible()

        answer_on_the_tablet(work, flat)

        second = Keyboard(office)
        open_the_first(office, second, work)
        expect(office.get_by_text(ANSWER)).to_be_visible()
        assert looked_at(office) == []
        office.set_viewport_size({"width": 1280, "height": 900})
        second.press("a", "Enter")
        expect(office.get_by_text("Dossier validé.")).to_be_visible()
        assert work.row(flat).state == "sealed"

        come_back(work, record, connector)
        heard_once(estate, record, flat)


def begun(server: LiveServer) -> Estate:
    """The landlord of an installation that was empty, with somebody of the office who may import and decide."""
    house = ("Habitat des Essais", "--kind", "oph", "--siren", "123456789", "--phone", "02 00 00 00 00")
    place = ("--street", "1 rue des Essais", "--postcode", "29000", "--town", "Quimper")
    people = ("--email", "contact@estate.example", "--admin-name", "Ada Essai", "--admin-email", "ada@estate.example")
    environ = {"FIELDAPP_DATA": str(server.folder), "PATH": "/usr/bin:/bin"}
    subprocess.run((FIELDAPP, "begin", *house, *place, *people), env=environ, check=True)
    estate = Estate(create_app(server.config))
    with estate.app.app_context():
        estate.landlord_id = db.session.scalars(select(Landlord.id)).one()
        db.session.rollback()
    add_manager(estate)
    return estate


def connected(estate: Estate, record: RecordSystem) -> str:
    """The landlord's own system was connected and heard, then its power went; gives the connector's id."""
    with estate.app.app_context():
        manager = db.session.scalars(select(Account.id).where(Account.email == MANAGER)).one()
        made, secret = connectors.connect(estate.landlord_id, "web", "Progiciel", record.url, manager)
    record.secret = secret or ""
    record.start()
    record.kill()
    return made


def signed_in(browser: Browser, server: LiveServer) -> Page:
    """The manager's page, at the list of files."""
    page = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{server.url}/office/")
    page.get_by_label("Adresse e-mail").fill(MANAGER)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="dossier").first).to_be_visible()
    return page


def bring(office: Page, server: LiveServer, kind: str, rows: Sequence[Sequence[str]]) -> None:
    """Give a file, see what it would change, and have it written."""
    office.goto(f"{server.url}/office/imports/{kind}")
    file: FilePayload = {"name": f"{kind}.csv", "mimeType": "text/csv", "buffer": csv_of(kind, rows)}
    office.locator("input[type=file]").set_input_files(file)
    office.get_by_role("button", name="Lire le fichier").click()
    office.get_by_role("button", name="Importer", exact=True).click()
    expect(office.get_by_text("Tout le fichier est importé.")).to_be_visible()


def appointment_made(estate: Estate) -> Flat:
    """An agent of the agency that was imported gets the move-in of the lease that was imported, today at noon."""
    with estate.app.app_context():
        session = db.session()
        estate.agencies["north"] = session.scalars(select(Agency.id).where(Agency.reference == "AG-1")).one()
        estate.agents["nadia"] = estate.new_account(AGENT, "Nadia", "agent", "north")
        agent = session.get_one(Account, estate.agents["nadia"])
        lease = session.scalars(select(Tenancy)).one()
        dwelling = session.get_one(Dwelling, lease.dwelling_id)
        made = schedule(session, AppointmentKind.MOVE_IN, dwelling, lease, agent, noon())
        ids = {"dwelling": dwelling.id, "meter": session.scalars(select(Meter.id)).one()}
        session.commit()
        return Flat(made.inventory_made, ids)


def come_back(work: Work, record: RecordSystem, connector: str) -> None:
    """The other system was away; back again it keeps what it hears and loses its first answer. The office sends again."""
    landlord = work.estate.landlord_id

    def told(*, send_again: bool) -> list[connectors.Told]:
        with work.estate.app.app_context():
            found = list(connectors.deliveries(landlord, connector)[1])
            for one in found:
                if one.problem and one.state != "delivered" and send_again:
                    connectors.replay(landlord, connector, one.id, work.estate.agents["nadia"])
            db.session.rollback()
        return found

    def missed() -> bool:
        return any(one.problem == "unreachable" for one in told(send_again=False))

    def arrived() -> bool:
        found = told(send_again=True)
        return len(found) == 2 and all(one.state == "delivered" for one in found)

    work.wait(missed, "a try during the outage")
    record.misbehave(["drop"])
    record.start()
    work.wait(arrived, "both events to arrive")


def heard_once(estate: Estate, record: RecordSystem, flat: Flat) -> None:
    """One was told twice; it holds one update: reading, keys and dates, and that the office accepted them."""
    assert len(record.ask("SELECT id FROM heard")) > 2
    assert record.ask("SELECT type FROM event ORDER BY sequence") == [("inventory.sealed",), ("inventory.accepted",)]
    assert record.ask("SELECT inventory FROM accepted") == [(flat.root_id,)]
    assert record.ask("SELECT meter, inventory, value FROM reading") == [(flat.ids["meter"], flat.root_id, "00420")]
    ((dwelling, handed, keys, dates),) = record.ask("SELECT id, keys_handed_at, keys, dates FROM dwelling")
    assert (dwelling, json.loads(keys)) == (flat.ids["dwelling"], [["Clé palière", 2]])
    entered = datetime.fromisoformat(handed).astimezone(ZoneInfo("Europe/Paris")).date()
    assert json.loads(dates) == {"entered_on": entered.isoformat()}


def sealed_on_the_tablet(work: Work, folder: Path) -> None:
    """The agent notes a flat in which everything is worn and a room more, and it is signed and sealed."""
    flat, page = work.visit(), work.page
    laundry_added_offline(work, flat)
    fill(page, poor=CHANGES, photos=4)
    go(page, f"#/inventory/{flat.root_id}/check", ".clauses")
    work.hand.start_ceremony()
    work.hand.sign_all()
    report = work.sealed(flat, folder)
    assert "Bac à laver du Port" in spaced(said("pdftotext", str(report), "-"))
    signed = attached(report, "record.json", folder)
    (laundry,) = (room for room in signed["rooms"] if room["kind"] == "laundry")
    assert next((one["label"], one["material"]) for one in laundry["elements"]) == ("Bac à laver du Port", "Grès")
    assert {one["surface"] for one in laundry["elements"]} == {None, "floor", "wall", "ceiling"}
    with work.estate.app.app_context():
        assert signed["house_catalogue"] == db.session.scalars(select(HouseCatalogue.sha256)).one()
        db.session.rollback()


def laundry_added_offline(work: Work, flat: Flat) -> None:
    """Without a network a room gets the elements of the landlord's own catalogue, in its words."""
    work.context.set_offline(True)
    work.hand.press("Ajouter une pièce")
    work.hand.tap(work.page.get_by_role("dialog").locator("label", has_text="Buanderie"))
    expect(work.page.locator("fa-element-row", has_text="Bac à laver du Port")).to_contain_text("Grès")
    expect(work.page.locator("fa-element-row", has_text="Sol")).to_be_visible()
    work.context.set_offline(False)
    work.open(flat)


def open_the_first(office: Page, keys: Keyboard, work: Work) -> None:
    """From the list, the file that presses most."""
    office.goto(f"{work.server.url}/office/inventories/?show=pressing")
    expect(office.locator(".keys-line").first).to_be_visible()
    keys.press("j", "Enter")
    expect(office.locator("[data-change]").first).to_be_visible()
    expect(office.locator("[data-help]")).to_be_visible()


def read_the_changes(office: Page, keys: Keyboard) -> None:
    """One key a change, help by another; the whole within three minutes of the keystroke model."""
    changes = office.locator("[data-change]")
    count = changes.count()
    assert count >= 3
    for number in range(count):
        keys.press("j")
        expect(changes.nth(number)).to_be_focused()
    keys.press("k")
    expect(changes.nth(count - 2)).to_be_focused()
    keys.press("?")
    expect(office.get_by_role("dialog")).to_be_visible()
    keys.press("Escape")
    expect(office.get_by_role("dialog")).to_have_count(0)
    per_change = LOOK_SECONDS + KEY_SECONDS
    assert CHANGES * per_change + (keys.strokes - count) * KEY_SECONDS <= KEYSTROKE_MODEL_SECONDS


def send_back(office: Page, keys: Keyboard) -> None:
    """A comment on the change in hand, then the return: a key leads to it, Enter gives it."""
    keys.press("c")
    expect(office.locator("textarea:focus")).to_be_visible()
    keys.type(COMMENT)
    keys.reach("Ajouter le commentaire")
    keys.press("Enter")
    expect(office.get_by_text("pas encore envoyé")).to_be_visible()
    expect(office.locator("[data-help]")).to_be_visible()
    keys.press("r")
    expect(office.locator("button:focus", has_text="Renvoyer, 1 commentaire")).to_be_visible()
    keys.press("Enter")


def answer_on_the_tablet(work: Work, flat: Flat) -> None:
    """The comment is there, about its element; the agent answers and ticks it, and it reaches the server."""
    page = work.page
    page.evaluate("window.dispatchEvent(new Event('online'))")
    go(page, "#/day", "fa-day-screen .day li, fa-unlock-screen .keypad")
    if page.locator(".keypad").count():
        work.hand.unlock()
    expect(page.locator("fa-day-screen .day li").first).to_be_visible()
    go(page, f"#/inventory/{flat.root_id}/returned", "fa-returned-screen h1")
    expect(page.get_by_text(COMMENT)).to_be_visible()
    work.hand.type(page.locator("fa-returned-screen textarea"), ANSWER)
    work.hand.press("C’est fait")
    expect(page.get_by_text("Tout est répondu")).to_be_visible()
    work.until(flat, answered)


def answered(entities: dict[str, Any]) -> bool:
    said = [entity["fields"].get("answer") or {} for entity in entities.values() if entity["kind"] == "comment"]
    return [each.get("done") and each.get("text") for each in said] == [ANSWER]
