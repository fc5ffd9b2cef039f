"""The office at its keyboard: a file is reviewed, sent back, corrected on the tablet, and accepted."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.address import go
from tests.browser.at_work import MANAGER, Work, working
from tests.browser.filled import fill
from tests.browser.look import looked_at
from tests.fieldwork.estate import PASSWORD, Flat
from tests.support.chromium import LaunchOptions

CHANGES = 12
COMMENT = "Le trou du mur : dire sa taille."
ANSWER = "Deux centimètres, derrière la porte."

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


@pytest.fixture(scope="module")
def work(chromium_options: LaunchOptions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    with working(chromium_options, tmp_path_factory.mktemp("office-review"), flats=1) as work:
        yield work


@pytest.fixture(scope="module")
def office(work: Work) -> Iterator[Page]:
    page = work.browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{work.server.url}/office/")
    page.get_by_label("Adresse e-mail").fill(MANAGER)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="dossier").first).to_be_visible()
    yield page
    page.context.close()


def test_a_file_is_reviewed_by_keyboard_returned_once_corrected_on_the_tablet_and_accepted(
    work: Work, office: Page
) -> None:
    flat = sealed_on_the_tablet(work)
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


def sealed_on_the_tablet(work: Work) -> Flat:
    """The agent notes a flat in which everything is worn, and it is signed and sealed."""
    flat, page = work.visit(), work.page
    fill(page, poor=CHANGES, photos=4)
    go(page, f"#/inventory/{flat.root_id}/check", ".clauses")
    work.hand.start_ceremony()
    work.hand.sign_all()
    work.wait(lambda: work.row(flat).state == "sealed", "the seal")
    return flat


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
