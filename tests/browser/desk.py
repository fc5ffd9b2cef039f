"""Somebody of the office at a desk: assesses an exit line by line, settles it, and reads the papers that come out."""

import io
import json
import subprocess
import time
from dataclasses import dataclass
from typing import Any

import pikepdf
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.look import looked_at

PATIENCE_SECONDS = 120
SCREEN = {"width": 1280, "height": 900}
NO_BREAK = str.maketrans("\u00a0\u202f", "  ")


@dataclass(frozen=True)
class Desk:
    """A signed-in person in front of one sealed exit, whose pages are below `file`."""

    page: Page
    file: str

    def open(self, view: str, language: str = "fr") -> None:
        """Go to a view of the exit."""
        self.page.goto(f"{self.file}/{view}?lang={language}")

    def line(self, label: str) -> Locator:
        """The line about a thing."""
        return self.page.get_by_role("article", name=label, exact=True)

    def answer(self, label: str, /, **answers: str) -> None:
        """Answer fields of a line by their names, and save it."""
        line = self.line(label)
        if "reference" in answers:
            line.get_by_text("Devis ou facture", exact=True).click()
        for name, value in answers.items():
            field = line.locator(f"[name$='-{name}']")
            if field.evaluate("(field) => field.localName") == "select":
                field.select_option(value)
            else:
                field.fill(value)
        with self.page.expect_event("load"):
            line.get_by_role("button", name="Enregistrer").click()

    def attach(self, label: str, name: str) -> None:
        """Attach a quote to a line."""
        quote = {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a quote"}
        self.line(label).get_by_label("Joindre le devis").set_input_files(files=[quote])  # type: ignore[arg-type]
        self.line(label).locator("form button", has_text="Joindre").click()
        expect(self.line(label).get_by_role("link", name=name)).to_be_visible()

    def comes_to(self, label: str, amount: str) -> None:
        """What a line comes to, on the screen."""
        expect(self.line(label).locator(".money")).to_contain_text(amount)

    def totals(self, amount: str) -> None:
        """What all lines come to, on the screen."""
        expect(self.page.get_by_role("group", name="Total").locator("strong").first).to_have_text(amount)

    def press(self, words: str) -> None:
        """Use the button or link with these words."""
        button = self.page.get_by_role("button", name=words, exact=True)
        button.or_(self.page.get_by_role("link", name=words, exact=True)).click()

    def until_there(self, words: str) -> None:
        """Load the page again until the worker has made the link with these words, as a person would."""
        wanted = self.page.get_by_role("link", name=words)
        patience = time.monotonic() + PATIENCE_SECONDS
        while not wanted.is_visible():
            assert time.monotonic() < patience, self.page.inner_text("main")
            self.page.reload()

    def look(self) -> list[str]:
        """What axe and a ruler find on this page; the screen is a desk's again afterwards."""
        found = [f"{self.page.url}: {fault}" for fault in looked_at(self.page)]
        self.page.set_viewport_size(SCREEN)  # type: ignore[arg-type]
        self.page.emulate_media(color_scheme="light")
        return found

    def paper(self, kind: str) -> tuple[str, dict[str, Any]]:
        """A sealed paper of the settlement: what a person reads in it, and the document inside."""
        pdf = self.page.request.get(f"{self.file}/settlement/{kind}.pdf").body()
        found = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            document = json.loads(opened.attachments["record.json"].get_file().read_bytes())
        return " ".join(found.stdout.decode().translate(NO_BREAK).split()), document


def desk(browser: Browser, url: str, root_id: str, email: str, password: str) -> Desk:
    """Sign in at the office, in a window of one's own."""
    page = browser.new_context(locale="fr-FR", viewport=SCREEN).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(30_000)
    page.goto(f"{url}/office/sign-in")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/office/inventories/")
    return Desk(page, f"{url}/office/inventories/{root_id}")
