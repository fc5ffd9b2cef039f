"""What goes otherwise than planned on a tablet: who does not sign, what stops the visit, what is cut off in between."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.change import Change
from tests.browser.address import go
from tests.browser.at_work import MANAGER, Work, attached, noon, said, spaced, working
from tests.browser.filled import fill
from tests.browser.hand import CODE, Hand
from tests.browser.tour import FULL_DISK, ROOM_AGAIN
from tests.fieldwork.estate import PASSWORD, Flat

WORDS = "La fissure « en étoile » <était> déjà là & je l’ai dit à M. Dû.\nElle mesure 1,5 cm."


@pytest.fixture(scope="module")
def work(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    with working(chromium, tmp_path_factory.mktemp("hard"), flats=8) as work:
        yield work


@pytest.fixture(scope="module")
def office(work: Work) -> Iterator[Page]:
    page = work.browser.new_context(locale="fr-FR").new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{work.server.url}/office/")
    page.get_by_label("Adresse e-mail").fill(MANAGER)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading").first).to_be_visible()
    yield page
    page.context.close()


def test_two_co_tenants_sign_and_the_report_quotes_a_remark_as_it_was_written(work: Work, tmp_path: Path) -> None:
    flat, page, hand = work.visit(), work.page, work.hand
    go(page, f"#/inventory/{flat.root_id}/parties", ".thing")
    hand.press("Ajouter une personne")
    hand.tap(page.locator("dialog.sheet label", has_text="Colocataire"))
    expect(page.get_by_role("heading", name="Personne sans nom")).to_be_visible()
    hand.type(page.get_by_label("Nom et prénom").last, "Dominique Deux")
    expect(page.get_by_role("heading", name="Dominique Deux")).to_be_visible()
    work.open(flat)
    fill(page)
    start_ceremony(hand, flat)
    expect(page.locator(".signers a.signer")).to_have_count(3)

    hand.tap(page.locator(".signers a.signer", has_text="Camille Essai"))
    hand.tap(page.locator(".noted .remark-start"))
    hand.type(page.locator(".noted textarea"), WORDS)
    sign_after_reading(hand)
    expect(page.get_by_text("A signé avec ses remarques")).to_be_visible()
    hand.tap(page.locator(".signers a.signer", has_text="Dominique Deux"))
    expect(page.locator(".noted textarea")).to_have_count(0)
    read_on(hand)
    draw_while_something_arrives(page)
    hand.press("Je signe")
    expect(page.locator(".signers")).to_be_visible()
    hand.sign_all()
    expect(page.locator("fa-receipt-screen")).to_contain_text("Merci, Camille Essai, Dominique Deux")

    report = work.sealed(flat, tmp_path)
    text = spaced(said("pdftotext", str(report), "-"))
    assert spaced(WORDS) in text
    acts = attached(report, "acts.json", tmp_path)
    assert [act["decision"] for act in acts] == ["signed_with_reservations", "signed", "signed"]
    assert [remark["text"] for remark in acts[0]["remarks"]] == [WORDS]
    assert len({act["record_sha256"] for act in acts}) == 1
    assert work.row(flat).outcome == "signed"


def test_a_tenant_who_refuses_makes_no_inventory_signed_by_both(work: Work, office: Page, tmp_path: Path) -> None:
    flat, page, hand = work.visit(), work.page, work.hand
    fill(page, photos=1)
    start_ceremony(hand, flat)
    hand.tap(page.locator(".signers a.signer").first)
    hand.press("J’ai lu, continuer")
    hand.press("Continuer")
    hand.press("Sur papier, par la poste")
    hand.press("Je ne signe pas")
    reason = page.get_by_role("group", name="Pour quelle raison ?").locator("label").first
    words = reason.inner_text().strip()
    hand.tap(reason)
    hand.type(page.get_by_label("Témoins, s’il y en a"), "Jean Voisin, gardien")
    hand.press("Je confirme : je ne signe pas")
    expect(page.get_by_text("N’a pas signé")).to_be_visible()
    hand.sign_all()
    expect(page.locator("fa-receipt-screen")).to_contain_text("Ce n’est pas un état des lieux signé par les deux.")
    expect(page.locator("fa-receipt-screen")).to_contain_text("Pas encore remise")

    report = work.sealed(flat, tmp_path)
    first = spaced(said("pdftotext", "-f", "1", "-l", "1", str(report), "-"))
    assert "n'est pas un état des lieux signé" in first.replace("’", "'")
    assert words in spaced(said("pdftotext", str(report), "-"))
    assert "Jean Voisin, gardien" in spaced(said("pdftotext", str(report), "-"))
    assert (work.row(flat).state, work.row(flat).outcome) == ("sealed", "refused")
    office.goto(f"{work.server.url}/office/inventories/{flat.root_id}/signatures")
    expect(office.locator("main")).to_contain_text(words)
    office.goto(f"{work.server.url}/office/inventories/")
    expect(office.locator("main")).to_contain_text(re.compile("refus", re.IGNORECASE))


def test_an_absence_is_said_by_the_agent_with_the_code_and_its_reason(work: Work, tmp_path: Path) -> None:
    flat, page, hand = work.visit(), work.page, work.hand
    fill(page, photos=1)
    start_ceremony(hand, flat)
    hand.press("N’est pas là")
    page.locator("#agent-code").fill("111111")
    expect(page.locator("#agent-code-error")).to_contain_text("Essais restants")
    page.locator("#agent-code").fill(CODE)
    hand.press("Confirmer l’absence")
    expect(page.get_by_text("Choisissez une raison.")).to_be_visible()
    reason = page.get_by_role("group", name="Pourquoi ?").locator("label").first
    words = reason.inner_text().strip()
    hand.tap(reason)
    hand.press("Confirmer l’absence")
    expect(page.get_by_text("N’était pas là")).to_be_visible()
    hand.sign_all()

    text = spaced(said("pdftotext", "-f", "1", "-l", "1", str(work.sealed(flat, tmp_path)), "-"))
    assert "n'est pas un état des lieux signé" in text.replace("’", "'")
    assert words in text
    assert work.row(flat).outcome == "absent"


def test_danger_stops_the_signature_offline_until_the_office_has_decided(
    work: Work, office: Page, tmp_path: Path
) -> None:
    flat, page, hand = work.visit(), work.page, work.hand
    fill(page, photos=1)
    work.until(flat, lambda state: state[flat.root_id]["fields"].get("insurance"))
    work.server.stop()
    work.open(flat)
    hand.press("Danger")
    hand.press("Odeur de gaz")
    expect(page.locator("ol.instructions li").first).to_be_visible()
    expect(page.locator(".numbers a").first).to_have_attribute("href", "tel:0800473333")
    expect(page.get_by_text("Le bureau n’a pas encore décidé")).to_be_visible()
    go(page, f"#/inventory/{flat.root_id}/check", "#missing")
    expect(page.get_by_role("link", name="Relire, puis faire signer")).to_have_count(0)
    go(page, f"#/inventory/{flat.root_id}/sign", "fa-sign-screen .notice")
    expect(page.locator(".signers a.signer")).to_have_count(0)
    hand.press("Rendre la tablette à l’agent")
    expect(page.locator(".keypad, #missing").first).to_be_visible()

    work.server.start()
    work.until(flat, lambda state: any(entity["kind"] == "alert" for entity in state.values()))
    assert work.row(flat).state == "held"
    office.goto(f"{work.server.url}/office/inventories/{flat.root_id}")
    office.get_by_label("La remise des clés peut avoir lieu").check()
    office.get_by_label("Pourquoi, en une phrase").fill("GRDF a coupé, réparé et contrôlé.")
    office.locator("form", has=office.get_by_label("Pourquoi, en une phrase")).get_by_role("button").click()
    expect(office.get_by_text("Votre décision est enregistrée")).to_be_visible()

    work.open(flat)
    hand.press("Danger")
    hand.tap("fa-alert-screen main p a")
    hand.press("Demander la réponse maintenant")
    expect(page.get_by_text("Le bureau a décidé : vous pouvez continuer")).to_be_visible()
    expect(page.get_by_text("GRDF a coupé, réparé et contrôlé.")).to_be_visible()
    start_ceremony(hand, flat)
    hand.sign_all()
    text = spaced(said("pdftotext", str(work.sealed(flat, tmp_path)), "-"))
    assert "Odeur de gaz" in text
    assert "GRDF a coupé, réparé et contrôlé." in text


def test_an_interrupted_visit_says_a_neutral_reason_and_is_taken_up_again(work: Work) -> None:
    flat, page, hand = work.visit(), work.page, work.hand
    hand.press("J’interromps la visite")
    labels = page.locator("fa-interrupt-screen fieldset label")
    expect(labels.first).to_be_visible()
    said_aloud = " ".join(labels.all_inner_texts()).lower()
    assert not re.search(r"agress|menac|ivre|malad|violen|insult", said_aloud)
    hand.tap(labels.first)
    hand.tap(page.get_by_role("button", name="J’interromps la visite"))
    expect(page.locator(f"[data-appointment] a[href$='{flat.root_id}']")).to_be_visible()
    work.until(flat, lambda state: state[flat.root_id]["fields"].get("interruption"))
    assert work.row(flat).state == "interrupted"
    work.open(flat)
    expect(page.get_by_text("Visite interrompue")).to_be_visible()
    hand.press("Reprendre la visite")
    hand.press("Reprendre la visite")
    expect(page.locator("fa-overview-screen .rounds").first).to_be_visible()
    work.until(flat, lambda state: not state[flat.root_id]["fields"].get("interruption"))
    assert work.row(flat).state == "in_progress"


def test_rooms_and_elements_are_added_renamed_copied_and_removed_up_to_the_server(work: Work) -> None:
    flat, page, hand = work.visit(), work.page, work.hand
    hand.press("Ajouter une pièce")
    hand.tap(
        page.locator("dialog.sheet label", has_text="Cellier").or_(page.locator("dialog.sheet label").nth(3)).first
    )
    expect(page.locator("fa-room-screen h1")).to_be_visible()
    leave_camera(hand)
    room_menu(hand)
    name = page.get_by_label("Nom de la pièce")
    name.fill("")
    name.press_sequentially("Réserve du ")
    expect(page.locator("fa-room-screen h1")).to_have_text("Réserve du")
    name.press_sequentially("fond")
    hand.tap("dialog.sheet header .tool")
    expect(page.locator("fa-room-screen h1")).to_have_text("Réserve du fond")
    hand.press("Ajouter un élément")
    hand.tap(page.locator("dialog.sheet label", has_text="Miroir"))
    expect(row_of(page, "Miroir")).to_be_visible()
    hand.tap(row_of(page, "Miroir").locator(".tool.note"))
    hand.tap(row_of(page, "Miroir").locator("summary"))
    hand.type(row_of(page, "Miroir").get_by_label("Nom", exact=True), "Miroir rond")
    expect(row_of(page, "Miroir rond")).to_be_visible()
    hand.tap(row_of(page, "Miroir rond").get_by_role("button", name="Dupliquer"))
    expect(page.locator("fa-element-row", has_text="Miroir rond")).to_have_count(2)
    copies = page.locator("fa-element-row", has_text="Miroir rond")
    hand.tap(copies.first.get_by_role("button", name="Retirer"))
    expect(copies).to_have_count(1)
    hand.press("Annuler")
    expect(copies).to_have_count(2)
    room_menu(hand)
    hand.press("Dupliquer la pièce")
    expect(page.locator("fa-room-screen h1")).to_have_text("Réserve du fond 2")
    leave_camera(hand)
    room_menu(hand)
    hand.press("Retirer la pièce")
    expect(page.locator("fa-overview-screen .rounds a", has_text="Réserve du fond 2")).to_have_count(0)

    def settled(state: dict[str, Any]) -> bool:
        rooms = [each["fields"] for each in state.values() if each["kind"] == "room"]
        mirrors = [
            each["fields"]
            for each in state.values()
            if each["kind"] == "element" and str(each["fields"].get("label")).startswith("Miroir rond")
        ]
        names = sorted((str(room.get("label")), bool(room.get("deleted"))) for room in rooms)
        return names == [("Réserve du fond", False), ("Réserve du fond 2", True), ("Séjour", False)] and (
            [bool(mirror.get("deleted")) for mirror in mirrors].count(False) >= 2
        )

    work.until(flat, settled)
    hand.press("Annuler")
    expect(page.locator("fa-overview-screen .rounds a", has_text="Réserve du fond 2")).to_be_visible()
    work.until(
        flat,
        lambda state: all(not each["fields"].get("deleted") for each in state.values() if each["kind"] == "room"),
    )


def test_a_tablet_that_dies_in_a_room_comes_back_with_all_that_it_called_kept(work: Work) -> None:
    flat, hand = work.visit(), work.hand
    page = work.page
    go(page, f"#/inventory/{flat.root_id}/room/{flat.ids['room']}", "fa-element-row")
    leave_camera(hand)
    work.server.stop()
    floor = page.locator(f"[data-element='{flat.ids['floor']}']")
    hand.tap(floor.locator("label[data-state=poor]"))
    hand.tap(floor.locator(".more .chips label").first)
    hand.tap(floor.locator("fa-shooter .shutter"))
    expect(floor.locator(".strip img")).to_be_visible()
    hand.tap(floor.locator(".tool.note"))
    floor.locator("textarea").press_sequentially("Trou de 3 cm")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".appbar .sync")).to_contain_text("Enregistré")
    defect = floor.locator(".more .chips label").first.inner_text().strip()
    where = page.url
    page.close()

    work.page = work.context.new_page()
    work.watch()
    work.page.goto(where)
    work.hand.unlock()
    floor = work.page.locator(f"[data-element='{flat.ids['floor']}']")
    expect(floor.locator("input[value=poor]")).to_be_checked()
    expect(floor).to_contain_text(re.compile(defect, re.IGNORECASE))
    leave_camera(work.hand)
    work.hand.tap(floor.locator(".tool.note"))
    expect(floor.locator("textarea")).to_have_value("Trou de 3 cm")
    expect(floor.locator(".strip img")).to_be_visible()
    work.server.start()
    state = work.until(flat, lambda state: state[flat.ids["floor"]]["fields"].get("note"))
    assert state[flat.ids["floor"]]["fields"]["note"] == "Trou de 3 cm"


def test_a_full_disk_keeps_a_picture_in_hand_until_there_is_room(work: Work) -> None:
    flat, page, hand = work.visit(), work.page, work.hand
    room = f"#/inventory/{flat.root_id}/room/{flat.ids['room']}"
    go(page, room, "fa-element-row")
    leave_camera(hand)
    floor = page.locator(f"[data-element='{flat.ids['floor']}']")
    hand.tap(floor.locator("label[data-state=poor]"))
    expect(floor.locator("fa-shooter video")).to_be_visible()
    expect(page.locator(".appbar .sync[data-at=tablet], .appbar .sync[data-at=safe]")).to_be_visible()
    page.evaluate(FULL_DISK)
    hand.tap(floor.locator("fa-shooter .shutter"))
    expect(floor.get_by_role("alert")).to_contain_text("La mémoire de la tablette est pleine.")
    page.evaluate("location.hash = '#/day'")
    expect(page.locator(".toast")).to_contain_text("Des réponses ne sont pas encore enregistrées")
    go(page, room, ".trouble")
    page.evaluate(ROOM_AGAIN)
    hand.press("Réessayer")
    expect(page.locator(".trouble")).to_have_count(0)
    hand.tap(page.locator(f"[data-element='{flat.ids['floor']}'] .tool.note"))
    expect(page.locator(f"[data-element='{flat.ids['floor']}'] .strip img")).to_have_count(1)
    work.until(flat, lambda state: [each for each in state.values() if each["kind"] == "photo"])


def test_a_clock_two_days_off_is_taken_kept_beside_ours_and_shown_in_the_office(work: Work, office: Page) -> None:
    flat = work.estate.plan("paul", noon())
    context = work.browser.new_context(viewport={"width": 768, "height": 1024}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.clock.install(time=datetime.now(UTC) + timedelta(days=2))
    page.goto(f"{work.server.url}/field/")
    hand = Hand(page)
    for name, text in {
        "email": "paul@estate.example",
        "password": PASSWORD,
        "deviceName": "Montre folle",
        "code": CODE,
        "repeat": CODE,
    }.items():
        hand.type(f"#{name}", text)
    hand.tap("fa-enrol-screen form .button")
    expect(page.locator("fa-day-screen .day li").first).to_be_visible()
    page.evaluate("(hash) => { location.hash = hash; }", f"#/inventory/{flat.root_id}")
    expect(page.locator("fa-overview-screen .rounds").first).to_be_visible()
    work.wait(lambda: work.state(flat)[flat.root_id]["fields"].get("started_at"), "the wrong clock's first words")
    with work.estate.app.app_context():
        times = db.session.execute(
            select(Change.captured_at, Change.received_at).where(
                Change.root_id == flat.root_id, Change.field == "started_at"
            )
        ).one()
        db.session.rollback()
    apart = times.captured_at - times.received_at
    assert timedelta(days=1, hours=23) < apart < timedelta(days=2, hours=1)
    go(page, f"#/inventory/{flat.root_id}/check", "#wrong-clock")
    expect(page.locator("#wrong-clock")).to_have_text("L’horloge de cette tablette avance de 2 jours")
    office.goto(f"{work.server.url}/office/inventories/{flat.root_id}")
    expect(office.locator("main")).to_contain_text("Montre folle : 2 jours d’avance sur le serveur.")
    context.close()


def start_ceremony(hand: Hand, flat: Flat) -> None:
    """From anywhere to the page on which people say who they are."""
    go(hand.page, f"#/inventory/{flat.root_id}/check", ".clauses")
    hand.start_ceremony()


def sign_after_reading(hand: Hand) -> None:
    """From what was noted to the signature, the copy on the spot."""
    read_on(hand)
    hand.draw()
    hand.press("Je signe")
    expect(hand.page.locator(".signers")).to_be_visible()


def read_on(hand: Hand) -> None:
    """From what was noted to the page with the line to sign on."""
    hand.press("J’ai lu, continuer")
    hand.press("Continuer")
    hand.press("Ici, avant de partir")


def draw_while_something_arrives(page: Page) -> None:
    """One line, in the middle of which the page is drawn again: the line is whole afterwards."""
    box = page.locator("fa-signature-box")
    frame = page.locator("svg.box")
    frame.evaluate("(box) => box.scrollIntoView({ block: 'center' })")
    place = frame.bounding_box()
    assert place is not None
    middle = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + 40, middle)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(place["x"] + 40 + 20 * step, middle)
        page.evaluate(
            "() => { const screen = document.querySelector('fa-sign-screen'); screen.requestUpdate(); return screen.updateComplete; }"
        )
    page.mouse.up()
    lengths = box.evaluate("(box) => box.strokes.map((stroke) => stroke.length)")
    assert lengths == [11]


def leave_camera(hand: Hand) -> None:
    """The doorway photo is offered, a moment after the room is there: later."""
    hand.tap("dialog.camera .leave")
    expect(hand.page.locator("dialog.camera")).to_have_count(0)


def room_menu(hand: Hand) -> None:
    """What may be done with a whole room."""
    hand.tap("fa-room-screen .appbar .tool")
    expect(hand.page.locator("dialog.sheet")).to_be_visible()


def row_of(page: Page, name: str) -> Locator:
    """An element's row, by the name that it shows."""
    return page.locator("fa-element-row", has=page.locator(f"strong:text-is('{name}')")).first
