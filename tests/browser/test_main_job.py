"""The main job: an inventory made offline on a tablet becomes a sealed PDF in the office."""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from fieldapp.demo.people import PASSWORD
from tests.browser.at_work import tablet_of
from tests.browser.demonstration import demonstrating
from tests.browser.hand import Hand
from tests.support.calendar import today
from tests.support.server import LiveServer
from tests.support.verapdf import validate

AGENT = "agent1@demo.fieldapp.example"
REVIEWER = "reviewer@demo.fieldapp.example"
F3 = "0417-B-032"
EXCEPTIONS = 12
PHOTOS = 22
MOST_TAPS = 120
SLOW_PHOTOS = """() => {
  const { inventory } = document.querySelector("fa-receipt-screen").draft;
  const read = inventory.photoBytes.bind(inventory);
  const gate = new Promise((open) => { window.goOn = open; });
  inventory.photoBytes = async (...given) => { await gate; return read(...given); };
}"""
"""Opens no photograph before `goOn()`."""
FIELDAPP = str(Path(sys.executable).with_name("fieldapp"))
MOST_CEREMONY_TAPS = 14
PATIENCE_SECONDS = 120


@pytest.fixture
def server(tmp_path: Path, demonstration: Path) -> Iterator[LiveServer]:
    with demonstrating(tmp_path / "server", demonstration) as server:
        yield server


@pytest.fixture(params=((768, 1024, "fr"), (360, 800, "en")), ids=("768-fr", "360-en"))
def size(request: pytest.FixtureRequest) -> tuple[int, int, str]:
    given: tuple[int, int, str] = request.param
    return given


@pytest.fixture
def tablet(chromium: Browser, size: tuple[int, int, str]) -> Iterator[BrowserContext]:
    with tablet_of(chromium, *size[:2]) as context:
        yield context


def test_an_inventory_made_offline_becomes_a_sealed_pdf_in_the_office(
    server: LiveServer, tablet: BrowserContext, size: tuple[int, int, str], tmp_path: Path
) -> None:
    page = tablet.new_page()
    page.set_default_timeout(30_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{server.url}/field/")
    hand = Hand(page, size[2])
    if size[2] == "en":
        page.get_by_role("button", name="English").tap()
        expect(page.get_by_role("heading", name="Hello.")).to_be_visible()
    hand.enrol(AGENT, PASSWORD)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    server.stop()
    page.close()
    page = tablet.new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.set_default_timeout(30_000)
    page.goto(f"{server.url}/field/")
    hand = Hand(page, size[2])
    hand.unlock()
    expect(page.locator("fa-day-screen .day li").first).to_be_visible()

    inventory = make_inventory(hand)
    assert hand.taps <= MOST_TAPS, hand.log
    hand_over_a_copy(hand, tmp_path)
    assert troubles == []

    server.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    report = tmp_path / "report.pdf"
    office = tablet.browser.new_page(locale="fr-FR")  # type: ignore[union-attr]
    read_in_the_office(office, server, inventory, report)
    prove(report, tmp_path, size[2])


def make_inventory(hand: Hand) -> str:
    page = hand.page
    hand.tap(page.locator("fa-day-screen .day li a").first)
    expect(page.locator("fa-overview-screen")).to_be_visible()
    inventory = page.url.split("#/inventory/")[1]
    hand.tap("fa-overview-screen .actions .button")
    rooms = 0
    left, unphotographed = EXCEPTIONS, 1
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
        hand.walk_room(dict.fromkeys(wanted, "poor"), photographed=seen)
    assert rooms == 8
    assert hand.read_meters() == 3
    hand.hand_keys()
    hand.look_at_equipment((today() + timedelta(days=300)).isoformat())
    hand.press("Suite")
    expect(page.locator("fa-check-screen")).to_be_visible()
    before = hand.taps
    hand.start_ceremony()
    hand.sign_all()
    expect(page.locator("fa-receipt-screen .receipt")).to_be_visible()
    assert hand.taps - before <= MOST_CEREMONY_TAPS, hand.log[before:]
    return inventory


def hand_over_a_copy(hand: Hand, folder: Path) -> None:
    """On the spot and offline: a file that holds everything, saved from the print view, one for each person."""
    page = hand.page
    expect(page.get_by_text(hand.says("Pas encore remise")).first).to_be_visible()
    page.evaluate(SLOW_PHOTOS)
    hand.press("Remettre la copie")
    # A copy that is not whole yet can be neither saved nor printed.
    for words in ("Enregistrer le fichier", "Imprimer"):
        expect(page.get_by_role("button", name=hand.says(words))).to_be_disabled()
    page.evaluate("window.goOn()")
    held = page.get_by_role("button", name=hand.says("{name} a sa copie").replace("{name}", "").strip())
    without = 1
    while without:
        save_copy(hand, folder)
        expect(held.first).to_be_visible()
        without = held.count() - 1
        hand.tap(held.first)
        expect(held).to_have_count(0)
    expect(page.get_by_text(hand.says("Pas encore remise"))).to_have_count(0)


def save_copy(hand: Hand, folder: Path) -> None:
    """The file of the print view: everything is inside it."""
    with hand.page.expect_download() as saved:
        hand.press("Enregistrer le fichier")
    copy = folder / "copy.html"
    saved.value.save_as(copy)
    text = copy.read_text()
    assert text.count("data:image/jpeg;base64,") == PHOTOS
    assert not re.search(r"""(src|href)=["']?(https?|blob):""", text)


def wait_until_sealed(server: LiveServer, inventory: str) -> None:
    """The tablet sends and the worker seals: the list is asked again and again, as a person would reload."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while not sealed_in_the_list(server, inventory):
        assert time.monotonic() < patience, server.log.read_text()[-3000:]


def sealed_in_the_list(server: LiveServer, inventory: str) -> bool:
    """Whether the command line calls it sealed."""
    listed = subprocess.run(
        (FIELDAPP, "inventories", "--json"), env=environment(server), capture_output=True, check=True
    )
    states = {row["id"]: row["state"] for row in json.loads(listed.stdout)}
    return bool(states[inventory] == "sealed")


def environment(server: LiveServer) -> dict[str, str]:
    """The settings of the running server, for the command line."""
    return {**os.environ, "FIELDAPP_DATA": str(server.folder)}


def read_in_the_office(office: Page, server: LiveServer, inventory: str, report: Path) -> None:
    """The reviewer signs in, finds the inventory sealed, looks at its photographs and takes the PDF."""
    office.set_default_timeout(30_000)
    office.goto(f"{server.url}/office/")
    office.get_by_label("Adresse e-mail").fill(REVIEWER)
    office.get_by_label("Mot de passe").fill(PASSWORD)
    office.get_by_role("button", name="Se connecter").click()
    wait_until_sealed(server, inventory)
    office.goto(f"{server.url}/office/inventories/{inventory}")
    expect(office.get_by_text("scellé").first).to_be_visible()
    office.get_by_role("link", name="Photos").click()
    expect(office.locator("main figure img")).to_have_count(PHOTOS)
    shown = office.locator("main figure img").first.evaluate("(image) => image.decode().then(() => image.naturalWidth)")
    assert shown > 0
    office.get_by_role("link", name="Copies").click()
    expect(office.get_by_text("Copie remise")).to_be_visible()
    with office.expect_download() as taken:
        office.get_by_role("link", name="Télécharger le PDF").click()
    taken.value.save_as(report)


def prove(report: Path, folder: Path, language: str) -> None:
    """What a stranger can check with tools that are not ours, then with ours."""
    text = said("pdftotext", "-layout", str(report), "-")
    title = "État des lieux d’entrée" if language == "fr" else "Move-in inventory"
    for words in (title, "Mutuelle du Marais", "004200", "0417-B-032"):
        assert words in text
    signature = said("pdfsig", str(report))
    assert "Signature is Valid" in signature
    assert "Total document signed" in signature
    assert validate(report) == []
    said("pdfimages", "-all", str(report), str(folder / "image"))
    images = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("image-*.jpg")}
    said("pdfdetach", "-saveall", "-o", str(folder), str(report))
    record = json.loads((folder / "record.json").read_bytes())
    named = {photo["report"]["sha256"] for photo in record["photos"]}
    assert len(named) == PHOTOS
    assert named <= images
    assert record["counts"]["filled_at_one_touch"] > 0
    assert subprocess.run((FIELDAPP, "verify", str(report)), check=False).returncode == 0
    altered = bytearray(report.read_bytes())
    altered[len(altered) // 2] ^= 1
    (folder / "altered.pdf").write_bytes(altered)
    assert subprocess.run((FIELDAPP, "verify", str(folder / "altered.pdf")), check=False).returncode == 1


def said(*command: str) -> str:
    """What a program printed; raises when it failed."""
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout
