"""A move-out made offline on top of its entry is read, signed and sealed; the office assesses and settles it to the cent."""

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import select

from fieldapp.demo.estate import HOMES, SEALED_F3
from fieldapp.demo.past import DAYS_AGO
from fieldapp.demo.people import PASSWORD
from fieldapp.demo.stocking import LANDLORD, account_id, dwelling_id
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.cause import Cause
from fieldapp.domain.condition import State
from fieldapp.domain.deadline import months_after
from fieldapp.domain.settlement import Account as EndAccount
from fieldapp.domain.settlement import Proof, Retained, settle
from fieldapp.domain.tenancy import euros
from fieldapp.domain.wear import ChargeLine, assess
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.tenancy import Tenancy
from fieldapp.services.scheduling import schedule
from fieldapp.services.settling import set_rule
from fieldapp.web import create_app
from tests.browser.at_work import attached, said, spaced, tablet_of
from tests.browser.demonstration import demonstrating
from tests.browser.desk import NO_BREAK, Desk, desk
from tests.browser.hand import Hand
from tests.browser.test_main_job import FIELDAPP, environment, wait_until_sealed
from tests.browser.test_tablet_pages import faults
from tests.browser.tour import exit_pages
from tests.domain.wear_vectors import CASES, GRIDS
from tests.support.calendar import today
from tests.support.server import LiveServer

AGENT = "agent1@demo.fieldapp.example"
ACCOUNTANT, MANAGER = "accountant@demo.fieldapp.example", "manager@demo.fieldapp.example"
TWO_ABOVE = 20_000
"""From 200 euros on, two persons approve."""
EXCEPTIONS = 12
PHOTOS = 22
MOST_TAPS = 125
UNSEEN = (
    "fa-element-row:not(:has(input:checked)):has(.was [data-state=not_checked], .was [data-state=absent]),"
    "fa-element-row:not(:has(input:checked)):not(:has(.was .state)):not([data-safety])"
)
WALLS, DOOR, BASIN, LOCK = "Cuisine, murs", "Séjour, porte et quincaillerie", "Salle de bain, lavabo", "Entrée, serrure"
CHARGED = (WALLS, DOOR, BASIN)
WORKED = next(case for case in CASES if case["line"]["line_id"] == "door of 15/01/2014")
PRICED = {WALLS: ("174.00", "paint"), DOOR: (WORKED["line"]["net"], "interior_joinery"), BASIN: ("164.00", "sanitary")}
"""What each of them costs before tax, and what ages it."""


def years_ago(years: int) -> str:
    """The day on which something is so old today."""
    return months_after(today(), -12 * years).isoformat()


ANSWERS = {
    LOCK: {"cause": "normal_wear"},
    WALLS: {
        "cause": "damage",
        "work": "list:paint_wall",
        "quantity": "12",
        "basis": "renewal",
        "started_on": years_ago(4),
    },
    DOOR: {
        "cause": "normal_wear",
        "work": "list:door_replaced",
        "quantity": "1",
        "basis": "renewal",
        "started_on": years_ago(12),
    },
    BASIN: {
        "cause": "poor_upkeep",
        "quantity": "1",
        "label": "Lavabo, fourniture et pose",
        "price": "164",
        "wear_kind": "sanitary",
        "reference": "D-2026-041",
        "work": "quote",
        "basis": "first_letting",
        "started_on": years_ago(12),
    },
}
"""What the office answers, in the fields of each line."""
ADDRESS = "8 rue du Port, 44000 Nantes"


@pytest.fixture
def server(tmp_path: Path, demonstration: Path) -> Iterator[LiveServer]:
    with demonstrating(tmp_path / "server", demonstration) as server:
        with create_app(server.config).app_context():
            set_rule(LANDLORD, TWO_ABOVE, account_id("manager"))
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
def tablet(chromium: Browser) -> Iterator[BrowserContext]:
    with tablet_of(chromium) as context:
        yield context


def test_a_move_out_made_offline_is_signed_for_what_was_seen_and_sealed(
    server: LiveServer, leaving: str, tablet: BrowserContext, tmp_path: Path
) -> None:
    page = tablet.new_page()
    page.set_default_timeout(30_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{server.url}/field/")
    hand = Hand(page)
    hand.enrol(AGENT, PASSWORD)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.locator(".ready")).to_contain_text("photos à comparer")

    server.stop()
    page.close()
    page = tablet.new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.set_default_timeout(30_000)
    page.goto(f"{server.url}/field/")
    hand = Hand(page)
    hand.unlock()
    expect(page.locator("fa-day-screen .day li").first).to_be_visible()

    walk_out(hand, leaving)
    read_and_sign(hand)
    assert hand.taps <= MOST_TAPS, hand.log
    assert troubles == []

    server.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until_sealed(server, leaving)
    prove(server, leaving, tmp_path)
    page.close()

    accountant, manager = (
        desk(browser_of(tablet), server.url, leaving, who, PASSWORD) for who in (ACCOUNTANT, MANAGER)
    )
    assess_lines(accountant)
    settle_it(accountant, manager)
    both_papers_agree(accountant)


def test_every_screen_of_a_move_out_is_for_everybody(server: LiveServer, leaving: str, tablet: BrowserContext) -> None:
    page = tablet.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{server.url}/field/")
    hand = Hand(page)
    hand.enrol(AGENT, PASSWORD)
    expect(page.locator(".ready")).to_contain_text("photos à comparer")
    found = [fault for name in exit_pages(hand, leaving) for fault in faults(page, name, "fr")]
    assert "\n".join(found) == ""


def browser_of(context: BrowserContext) -> Browser:
    assert context.browser is not None
    return context.browser


def walk_out(hand: Hand, leaving: str) -> None:
    """Eight rooms, twelve changes with their photographs, three meters, the keys, the new address."""
    page = hand.page
    hand.tap(page.locator(f"fa-day-screen .day li a[href*='{leaving}']").first)
    hand.tap("fa-overview-screen .actions .button")
    rooms, left, unphotographed = 0, EXCEPTIONS, 1
    while True:
        page.locator("fa-room-screen, fa-meters-screen").first.wait_for()
        if page.locator("fa-meters-screen").count():
            break
        rooms += 1
        rows = page.locator("fa-element-row:not([data-safety])")
        rows.first.wait_for()
        wanted = [rows.nth(at).get_attribute("data-element") or "" for at in (1, 4)][: min(2, left)]
        left -= len(wanted)
        seen = wanted[unphotographed:]
        unphotographed = 0
        leave_room(hand, wanted, seen)
    assert (rooms, left) == (8, 0)
    assert hand.read_meters() == 3
    expect(page.get_by_text("À l’entrée : 2").first).to_be_visible()
    hand.press("Tout est rendu, en main propre")
    hand.tap(page.get_by_text("Présent, essayé, sonne", exact=True))
    hand.press("Suite")
    expect(page.locator("fa-parties-screen section.thing").first).to_be_visible()
    for answer in page.locator("fa-parties-screen").get_by_text("Présent", exact=True).all():
        hand.tap(answer)
    for address in page.get_by_label("Nouvelle adresse, ou lieu d’hébergement").all():
        hand.type(address, ADDRESS)
    hand.press("Suite")
    expect(page.locator("fa-check-screen")).to_be_visible()
    expect(page.locator("fa-check-screen .notice li")).to_have_count(0)


def leave_room(hand: Hand, changed: list[str], photographed: list[str]) -> None:
    """The doorway photograph, what changed, the safety rows, and *Inchangé* for all the rest."""
    page = hand.page
    hand.tap("dialog.camera .shutter")
    expect(page.locator("dialog.camera")).to_have_count(0)
    room = page.locator("fa-room-screen h1").inner_text()
    for element in changed:
        row = page.locator(f'[data-element="{element}"]')
        expect(row.locator(".was .state")).to_be_visible()
        hand.tap(row.locator("label[data-state=poor]"))
        expect(row).to_contain_class("changed")
        hand.tap(row.locator(".more .options label, .more .chips label").first)
        if element in photographed:
            hand.tap(row.locator("fa-shooter .shutter"))
            expect(row.locator("fa-shooter")).to_have_count(0)
    while (row := page.locator("fa-element-row[data-safety]").first).count():
        answer_as_before(hand, row)
    # What the entry had not seen, nothing can be left as.
    while (row := page.locator(UNSEEN).first).count():
        answer_as_before(hand, row)
    hand.press("Inchangé")
    expect(page.locator("fa-room-screen h1", has_text=room)).to_have_count(0)


def answer_as_before(hand: Hand, row: Locator) -> None:
    """Look at one row and find it as the entry says, in good order where the entry says nothing."""
    was = row.locator(".was [data-state]")
    state = was.first.get_attribute("data-state") if was.count() else "good"
    shown = hand.page.locator(f'[data-element="{row.get_attribute("data-element")}"]')
    if state in {"absent", "not_checked", "out_of_order"}:
        hand.tap(shown.locator("label[data-state=other]"))
        hand.tap(shown.locator(f".more label:has(input[value={state}])"))
    else:
        hand.tap(shown.locator(f"label[data-state={state}]"))
    expect(shown.locator("input:checked").first).to_be_attached()


def read_and_sign(hand: Hand) -> None:
    """The tenants read what changed, the entry beside it, and sign; no cause and no price is there."""
    page: Page = hand.page
    hand.start_ceremony()
    hand.tap(page.locator(".signers a.signer").first)
    expect(page.get_by_role("heading", name="Voici ce qui a changé")).to_be_visible()
    expect(page.get_by_text("Signer, ce n’est pas accepter de payer")).to_be_visible()
    expect(page.locator(".compared")).to_have_count(EXCEPTIONS)
    words = page.locator("main").inner_text()
    assert not any(word in words for word in ("€", "Dégradation", "Usure normale"))
    hand.press("J’ai lu, continuer")
    hand.press("Continuer")
    hand.press("Ici, avant de partir")
    hand.sign()
    hand.sign_all()
    expect(page.locator("fa-receipt-screen .receipt")).to_be_visible()


def prove(server: LiveServer, leaving: str, folder: Path) -> None:
    """The sealed exit: both sides of each change, the entry's control code, no cause and no price."""
    report = folder / "report.pdf"
    subprocess.run((FIELDAPP, "report", leaving, "-o", str(report)), env=environment(server), check=True)
    text = spaced(said("pdftotext", "-layout", str(report), "-"))
    for words in ("État des lieux de sortie", ADDRESS, "00420"):
        assert words in text
    # What the lease says of rent and deposit is the only money.
    seen = re.sub(r"Loyer [^€]+ €, charges [^€]+ €, dépôt de garantie [^€]+ €", "", text)
    assert [words for words in ("€", "Dégradation", "Usure normale") if words in seen] == []
    signature = said("pdfsig", str(report))
    assert "Signature is Valid" in signature
    assert "Total document signed" in signature
    record = attached(report, "record.json", folder)
    assert record["counts"]["changed"] == EXCEPTIONS
    assert record["counts"]["photos"] == PHOTOS
    assert record["entry"]["origin"] == "sealed"
    assert record["keys_returned"]["how"] == "in_hand"
    assert {party["new_address"]["text"] for party in record["parties"] if "new_address" in party} == {ADDRESS}


def assess_lines(own: Desk) -> None:
    """Three lines get a cause, a price and an age; the cause of one of them changes, and the total follows."""
    own.open("assessment")
    # Not the towel rail, which neither inventory has seen: nothing waits for it, and the deposit neither.
    expect(own.page.get_by_role("article")).to_have_count(EXCEPTIONS)
    found = own.look()
    # The keyboard alone: J goes to the first line, Tab into it.
    own.page.locator("h1").click()
    own.page.keyboard.press("j")
    expect(own.page.get_by_role("article").first).to_be_focused()
    for label, answers in ANSWERS.items():
        own.answer(label, **answers)
    own.attach(BASIN, "devis-041.pdf")
    without, with_it = (sum(due_of(label) for label in charged) for charged in ((WALLS, BASIN), CHARGED))
    own.comes_to(DOOR, said_in_euros(0))
    own.totals(said_in_euros(without))

    own.answer(DOOR, cause="damage")
    own.totals(said_in_euros(with_it))
    for label in CHARGED:
        own.comes_to(label, said_in_euros(due_of(label)))
    found += own.look()
    assert found == []


def settle_it(own: Desk, other: Desk) -> None:
    """The account is drawn up by one person and approved by another; then nothing in it can be changed."""
    own.press("Établir le décompte")
    own.press("Enregistrer le compte")
    expect(own.page.locator(".ledger .total")).to_contain_text(said_in_euros(balance()))
    found = own.look()
    own.press("Demander l’approbation")
    expect(own.page.get_by_text("une autre personne doit l’approuver")).to_be_visible()

    other.open("settlement", "en")
    expect(other.page.locator(".ledger .total")).to_contain_text("To return to the tenant")
    found += other.look()
    other.open("settlement")
    other.press("Approuver le décompte")
    other.until_there("Lire le décompte")
    found += other.look()
    other.open("assessment", "en")
    expect(other.page.get_by_role("button", name="Save")).to_have_count(0)
    found += other.look()
    assert found == []


def both_papers_agree(own: Desk) -> None:
    """What the tenant reads and what the office sees are what the shared vectors' rules give, to the cent."""
    assert WORKED["expected"]["due"].replace(".", ",") == said_in_euros(due_of(DOOR))[:-2]
    retained, to_pay = (said_in_euros(amount).translate(NO_BREAK) for amount in (sum(map(due_of, CHARGED)), balance()))
    for kind in ("letter", "assessment"):
        words, document = own.paper(kind)
        for label in CHARGED:
            assert f"= {said_in_euros(due_of(label)).translate(NO_BREAK)}" in words
        assert retained in words
        assert (to_pay in words) is (kind == "letter")
        found = {line["label"]: line["due"] for line in document["lines"] if line["due"] not in {None, "0.00"}}
        assert found == {label: euros(due_of(label)) for label in CHARGED}
        assert document["account"]["balance"] == euros(balance())
    own.open("assessment")
    own.totals(said_in_euros(sum(map(due_of, CHARGED))))


def due_of(label: str) -> int:
    """Cents of a line by the rules, from what was answered and the grid of the shared vectors."""
    answers, (net, kind) = ANSWERS[label], PRICED[label]
    line = ChargeLine(
        label,
        kind,
        date.fromisoformat(answers["started_on"]),
        today(),
        Decimal(net),
        Decimal(10),
        State.GOOD,
        State.POOR,
        Cause(answers["cause"] if label != DOOR else "damage"),
    )
    due = assess(line, GRIDS["b"]).due
    assert due is not None
    return due


def balance() -> int:
    """Cents that go back to the tenants, by the rules."""
    home = next(home for home in HOMES if home.reference == SEALED_F3)
    account = EndAccount(
        entry_on=today() - timedelta(days=DAYS_AGO),
        keys_returned_on=today(),
        notice_ends_on=today(),
        called_until=months_after(today().replace(day=1), 1) - timedelta(days=1),
        deposit=home.rent,
        rent=home.rent,
        charges=home.charges,
        retained=tuple(Retained(label, due_of(label), Proof.PRICE_LIST) for label in CHARGED),
    )
    return settle(account, today()).balance


def said_in_euros(cents: int) -> str:
    """An amount as a French page says it."""
    return f"{cents // 100},{cents % 100:02}\u00a0€"
