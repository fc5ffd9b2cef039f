"""Around an exit, on one tablet: advice and an estimate that nobody signs, a dwelling let again, an entry that lies on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.catalogue import load
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.inventory import Inventory
from fieldapp.records.tenancy import Tenancy
from fieldapp.services.grids import NewGrid, import_grid
from fieldapp.services.prices import import_prices
from fieldapp.services.scheduling import schedule
from fieldapp.services.snapshot import state_of
from fieldapp.web import create_app
from sync import moment
from tests.browser.address import go
from tests.browser.hand import Hand
from tests.browser.test_tablet_pages import faults
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import fill, leave, sign_and_close
from tests.support.chromium import LaunchOptions
from tests.support.server import LiveServer, live_server

DATA = Path(__file__).resolve().parents[1] / "data"
PRICES, GRID = DATA / "price-list.csv", DATA / "wear-grid-a.csv"
DEFECT = "Trou dans le mur de Camille"
FORMER = ("Camille", DEFECT, "rue d’Après", "rue d’Avant", "00456")
MOST_WAIT = 30_000


@dataclass
class Town:
    """Four studios: a household advised before it leaves, one that leaves, one let again on the day of its exit, one whose
    entry is on paper."""

    server: LiveServer
    leaving: Flat
    advised: Flat
    relet: Flat
    on_paper: Flat

    def closed_record(self, root_id: str) -> tuple[str | None, str | None]:
        """Whether the server accepted the record, and what the parties decided."""
        with create_app(self.server.config).app_context():
            header = db.session.get_one(Inventory, root_id)
            found = (header.record_sha256, header.outcome)
            db.session.remove()
            db.engine.dispose()
        return found


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with live_server(tmp_path / "server", with_worker=False) as server:
        estate = Estate.build(create_app(server.config))
        advised, left = moved_in(estate), moved_in(estate)
        leaving = estate.plan_exit(moved_in(estate))
        tablet = enrolled(estate)
        tablet.fetch_pack()
        leave(tablet, leaving)
        tablet.sync()
        advice = estate.plan_exit(advised, kind=AppointmentKind.PRE_EXIT)
        relet = Flat(let_again_today(estate, moved_out(estate, left)), left.ids)
        with estate.app.app_context():
            db.session.get_one(Element, leaving.ids["wall"]).installed_on = date(2024, 5, 12)
            db.session.commit()
            import_grid(
                estate.landlord_id,
                NewGrid("Accord", ("Bailleur",), "Tout", date(2019, 1, 2), date(2019, 2, 1), None),
                GRID.read_bytes(),
                estate.agents["nadia"],
            )
            import_prices(
                estate.landlord_id, "Bordereau", date(2020, 1, 1), PRICES.read_bytes(), estate.agents["nadia"]
            )
            db.session.remove()
            db.engine.dispose()
        yield Town(server, leaving, advice, relet, estate.plan_exit(estate.plan()))


def moved_in(estate: Estate) -> Flat:
    """A household whose entry was signed a year ago."""
    flat = estate.plan()
    tablet = enrolled(estate)
    tablet.fetch_pack()
    fill(tablet, flat)
    at = moment.write(datetime.now(UTC) - timedelta(days=400))
    for field in ("started_at", "established_at", "keys_handed_at"):
        tablet.write(flat.root_id, flat.root_id, "inventory", field, at)
    sign_and_close(tablet, flat)
    tablet.sync()
    return flat


def moved_out(estate: Estate, entry: Flat) -> Flat:
    """The same household, leaving today with a hole in the wall."""
    leaving = estate.plan_exit(entry)
    tablet = enrolled(estate)
    tablet.fetch_pack()
    leave(tablet, leaving)
    now = datetime.now(UTC) - timedelta(minutes=5)
    back = {"how": "in_hand", "on": now.date().isoformat(), "proof": ""}
    for field, value in (("established_at", moment.write(now)), ("keys_returned", back)):
        tablet.write(leaving.root_id, leaving.root_id, "inventory", field, value)
    tablet.write(leaving.root_id, leaving.ids["wall"], "element", "note", DEFECT)
    sign_and_close(tablet, leaving)
    tablet.sync()
    return leaving


def let_again_today(estate: Estate, left: Flat) -> str:
    """The move-in of whoever comes next, this afternoon; gives its inventory's id."""
    with estate.app.app_context():
        appointment = schedule(
            db.session(),
            AppointmentKind.MOVE_IN,
            db.session.get_one(Dwelling, left.ids["dwelling"]),
            db.session.get_one(Tenancy, estate.let_again(left)),
            db.session.get_one(Account, estate.agents["nadia"]),
            datetime.now(UTC) + timedelta(minutes=1),
        )
        db.session.commit()
        assert "Camille" not in str(state_of(appointment.inventory_made))
        return appointment.inventory_made


def test_advice_and_estimates_end_without_a_signature_and_a_relet_shows_nothing_of_who_left(
    town: Town, chromium_options: LaunchOptions
) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)
        context = browser.new_context(viewport={"width": 768, "height": 1024}, has_touch=True, permissions=["camera"])
        page = context.new_page()
        page.set_default_timeout(MOST_WAIT)
        expect.set_options(timeout=MOST_WAIT)
        page.goto(f"{town.server.url}/field/")
        hand = Hand(page)
        hand.enrol("nadia@estate.example", PASSWORD)
        context.set_offline(True)
        estimate(hand, town)
        context.set_offline(False)
        advise(hand, town)
        take_over(hand, town)
        copy_from_paper(hand, town)
        browser.close()


def estimate(hand: Hand, town: Town) -> None:
    """Offline at the end of an exit: the wall after wear, a warning for a whole wall, and nothing that anybody signs."""
    page, root = hand.page, town.leaving.root_id
    go(page, f"#/inventory/{root}", "fa-overview-screen .rounds")
    hand.tap(page.get_by_role("link", name="Estimation sur place"))
    expect(page.get_by_text("elle n’est pas signée et n’engage personne")).to_be_visible()
    lines = page.locator(".advised")
    expect(lines).to_have_count(2)
    wall = lines.first
    expect(wall).to_contain_text("La cause n’est pas encore décidée.")
    hand.tap(wall.locator("summary", has_text="Estimer la réparation"))
    hand.tap(wall.locator("label", has_text="Peinture murale"))
    hand.type(wall.get_by_label("Quantité (m²)"), "38")
    hand.tap(wall.locator("summary", has_text="Cause"))
    hand.tap(wall.locator("label", has_text="Dégradation"))
    # 38 m² at 14.50 before tax with 10 % VAT, in grid A at four years.
    expect(wall).to_contain_text("606,10")
    expect(wall).to_contain_text("La peinture avait 4 ans : vous payez 55 % du prix.")
    expect(wall.locator(".alarm")).to_contain_text("seule la partie abîmée peut être facturée")
    expect(page.locator(".ledger .total")).to_contain_text("333,36")
    expect(page.get_by_text("1 ligne n’est pas chiffrée")).to_be_visible()
    assert faults(page, "estimate", "fr") == []


def advise(hand: Hand, town: Town) -> None:
    """A hole in the wall, its price, and the list that is handed over."""
    page, root, wall = hand.page, town.advised.root_id, town.advised.ids["wall"]
    go(page, f"#/inventory/{root}", "fa-overview-screen .rounds")
    expect(page.get_by_text("Visite conseil : rien n’est signé, rien n’est dû.")).to_be_visible()
    expect(page.get_by_text("Vérifier et faire signer")).to_have_count(0)
    go(page, f"#/inventory/{root}/room/{town.advised.ids['room']}", "fa-room-screen, dialog.camera")
    hand.tap("dialog.camera .leave")
    row = page.locator(f'[data-element="{wall}"]')
    hand.tap(row.locator("label[data-state=poor]"))
    defect = next(each["label"]["fr"] for each in load()["defects"] if each["code"] == "hole")
    hand.tap(row.locator(".more label", has_text=defect.lower()).first)
    hand.tap(row.locator(".tool.note"))
    hand.type(row.get_by_label("Ce que le locataire peut encore réparer"), "Reboucher et repeindre")
    hand.tap(page.locator("fa-room-screen .rooms a").last)
    expect(page.locator("fa-parties-screen")).to_be_visible()
    expect(page.get_by_label("Nouvelle adresse, ou lieu d’hébergement")).to_have_count(0)
    hand.press("Suite")
    expect(page.get_by_role("heading", name="Ce qui peut encore être réparé")).to_be_visible()
    expect(page.locator(".advised")).to_have_count(1)
    expect(page.locator(".advised")).to_contain_text("Reboucher et repeindre")
    hand.tap(page.locator(".advised summary"))
    hand.tap(page.locator(".advised label", has_text="Peinture murale"))
    hand.type(page.get_by_label("Quantité (m²)"), "12,5")
    # 12.5 m² at 14.50 before tax, with 10 % VAT.
    expect(page.locator(".advised")).to_contain_text("au plus 199,38 €")
    expect(page.locator(".advised .alarm")).to_contain_text("seule la partie abîmée peut être facturée")
    expect(page.locator(".ledger .total")).to_contain_text("199,38 €")
    assert faults(page, "advice", "fr") == []
    with page.expect_response(lambda answer: answer.url.endswith(f"/{root}/close")) as accepted:
        hand.press("Terminer et remettre la liste")
        expect(page.get_by_role("heading", name="Qui a la liste ?")).to_be_visible()
    assert accepted.value.ok, accepted.value.text()
    assert faults(page, "advice, ended", "fr") == []
    # Whatever leads to a signature, or would change what was handed over, leads back to the list.
    for step in ("check", "sign", "receipt", "keys"):
        page.evaluate("(address) => { location.hash = address; }", f"#/inventory/{root}/{step}")
        page.wait_for_url(f"**/#/inventory/{root}/advice")
    record, outcome = town.closed_record(root)
    assert record is not None
    assert outcome is None


def take_over(hand: Hand, town: Town) -> None:
    """Every state of this morning's exit is proposed, none is there, and each page is free of who left."""
    page, root = hand.page, town.relet.root_id
    go(page, f"#/inventory/{root}", "fa-overview-screen .rounds")
    expect(page.get_by_text("chaque pièce est à confirmer")).to_be_visible()
    nothing_of_who_left(page)
    go(page, f"#/inventory/{root}/room/{town.relet.ids['room']}", "dialog.camera, fa-room-screen")
    hand.tap("dialog.camera .shutter")
    expect(page.locator("dialog.camera")).to_have_count(0)
    rows = page.locator("fa-element-row")
    expect(rows).to_have_count(3)
    expect(page.locator("fa-element-row input:checked")).to_have_count(0)
    expect(page.locator(f'[data-element="{town.relet.ids["wall"]}"] .was [data-state=poor]')).to_be_visible()
    for note in rows.locator(".tool.note").all():
        hand.tap(note)
        expect(page.locator("fa-element-details")).to_have_count(1)
        nothing_of_who_left(page)
    hand.press("Comme proposé")
    expect(page.locator("fa-meters-screen")).to_be_visible()
    nothing_of_who_left(page)
    states = "({ id }) => document.querySelector('fa-meters-screen').draft.get(id).fields.state"
    assert page.evaluate(states, {"id": town.relet.ids["wall"]}) == "poor"
    for step in ("keys", "equipment", "parties"):
        go(page, f"#/inventory/{root}/{step}", f"fa-{step}-screen h1")
        nothing_of_who_left(page)
    expect(page.get_by_text("Dominique Suivant").first).to_be_visible()


def copy_from_paper(hand: Hand, town: Town) -> None:
    """What the paper says of meter, keys and detector is typed, counts once it is confirmed, and is compared."""
    page, root = hand.page, town.on_paper.root_id
    go(page, f"#/inventory/{root}", "fa-overview-screen .rounds")
    hand.press("L’entrée est sur papier")
    go(page, f"#/inventory/{root}/meters", "fa-meters-screen .typed-entry")
    hand.type(page.get_by_label("Index écrit sur l’entrée"), "00500")
    hand.type(page.locator("fa-text.index input"), "00456")
    below = page.get_by_text("Plus bas qu’à l’entrée")
    confirm = page.get_by_role("button", name="Confirmer : c’est bien écrit ainsi")
    expect(confirm).to_be_visible()
    expect(below).to_have_count(0)
    hand.tap(confirm)
    expect(below).to_be_visible()
    assert faults(page, "paper, meters", "fr") == []
    hand.type(page.get_by_label("Index écrit sur l’entrée"), "00400")
    expect(confirm).to_be_visible()
    hand.tap(confirm)
    expect(page.get_by_text("À l’entrée : 00400")).to_be_visible()
    expect(below).to_have_count(0)
    go(page, f"#/inventory/{root}/keys", "fa-keys-screen .typed-entry")
    for _ in range(2):
        hand.tap(page.get_by_role("button", name="Une de plus à l’entrée"))
    expect(page.locator(".typed-entry output")).to_have_text("2")
    hand.tap(confirm)
    expect(page.get_by_text("À l’entrée : 2")).to_be_visible()
    assert faults(page, "paper, keys", "fr") == []
    go(page, f"#/inventory/{root}/equipment", "fa-equipment-screen .typed-entry")
    hand.tap(page.locator(".typed-entry label", has_text="Présent").first)
    hand.tap(confirm)
    expect(page.get_by_text("À l’entrée : présent")).to_be_visible()
    assert faults(page, "paper, equipment", "fr") == []


def nothing_of_who_left(page: Page) -> None:
    """Not on the page, and not in what the tablet holds of this inventory."""
    held = page.evaluate(
        "() => JSON.stringify(document.querySelector('fa-app').firstElementChild.draft.state())"
        " + document.body.innerText + JSON.stringify([...document.querySelectorAll('input, textarea')].map(({ value }) => value))"
    )
    assert [word for word in FORMER if word in held] == []
