"""The screens of a technical visit, each in the states that a person meets."""

import re
from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser.address import go
from tests.browser.hand import Hand


def technical_pages(hand: Hand, visit: str) -> Iterator[str]:
    """Works to accept or an empty dwelling to check: what is to be looked at, the document, its signature, its copy."""
    page = hand.page
    go(page, f"#/visit/{visit}", "fa-sale-checks-screen .signers")
    yield "technical"
    parts = page.locator("fa-sale-checks-screen .signer").evaluate_all("(links) => links.map(({ hash }) => hash)")
    hand.press("Relire et signer")
    expect(page.locator("fa-sale-approve-screen .notice")).to_be_visible()
    yield "technical, incomplete"
    yield from _works(hand, visit)
    go(page, f"#/visit/{visit}/points", "fa-sale-points-screen .thing")
    first = page.locator("section.thing").first
    hand.tap(first.locator("label:has(input[value=no])"))
    hand.type(first.locator("textarea"), "La porte de la cave ne ferme pas.")
    yield "technical, points"
    hand.press("Le reste : oui")
    expect(page.locator("section.thing:not(.done)")).to_have_count(0)
    if any(part.endswith("/meters") for part in parts):
        go(page, f"#/visit/{visit}/meters", "fa-sale-meters-screen .thing")
        fields = page.locator("fa-text.index input")
        for number in range(fields.count()):
            hand.type(fields.nth(number), f"0042{number}")
        hand.tap(page.locator("section.thing").last.locator("label:has(input[value=inaccessible])"))
        hand.type(page.get_by_label(hand.says("Pourquoi")), "Gaine fermée à clé")
        expect(page.locator("section.thing:not(.done)")).to_have_count(0)
        yield "technical, meters"
    go(page, f"#/visit/{visit}/approve", "fa-sale-approve-screen .actions .button")
    yield from _sign(hand)


def _works(hand: Hand, visit: str) -> Iterator[str]:
    """Every request is done but one, which has its reserve; works are added that nobody had asked for."""
    page = hand.page
    go(page, f"#/visit/{visit}/works", "fa-sale-works-screen h1")
    things = page.locator("section.thing")
    for number in range(things.count()):
        hand.tap(things.nth(number).locator("label:has(input[value=done])"))
    if things.count():
        hand.tap(things.first.locator("label:has(input[value=reserved])"))
        hand.type(things.first.locator("textarea"), "Un éclat reste à reprendre")
        hand.tap(things.first.get_by_role("button", name=hand.says("Photo")))
        hand.tap(things.first.locator("fa-shooter .shutter"))
        expect(things.first.locator(".strip li")).to_have_count(1)
        things.last.locator("select").select_option(index=1)
        expect(things.last.locator("label:has(input[value=renewed_on])")).to_be_visible()
    hand.press("Ajouter des travaux faits")
    added = page.get_by_label(hand.says("Quels travaux ?"))
    hand.type(added, "Détecteur changé")
    hand.tap(things.last.locator("label:has(input[value=done])"))
    expect(page.locator("section.thing:not(.done)")).to_have_count(0)
    yield "technical, works"


def _sign(hand: Hand) -> Iterator[str]:
    page = hand.page
    hand.press("Relire le document")
    problem = page.get_by_role("alert")
    document = page.locator("fa-signature-box")
    expect(problem.or_(document).first).to_be_visible()
    if problem.count():
        hand.type(page.get_by_label(hand.says("Entreprise"), exact=True), "Plomberie Aubépine")
        hand.tap(page.locator("label:has(input[value=yes])"))
        hand.type(page.get_by_label(hand.says("Nom de cette personne")), "Sacha Exemple")
        yield "technical, who signs"
        hand.press("Relire le document")
        expect(document.first).to_be_visible()
        firm = page.locator('[data-quality="firm"]')
        hand.tap(firm.locator("label:has(input[value=typed])"))
        hand.type(firm.get_by_label(hand.says("Votre nom")), "Sacha Exemple")
    hand.press("Signer le document")
    expect(problem).to_be_visible()
    yield "technical, document"
    hand.draw()
    hand.press("Signer le document")
    expect(page.locator("fa-sale-checks-screen .notice")).to_be_visible()
    yield "technical, signed"
    hand.press("Voir la copie")
    expect(page.locator("fa-sale-copy-screen main h1")).to_be_visible()
    yield "technical, copy"
    hand.tap("fa-sale-copy-screen .back")
    hand.press("Terminer la visite")
    expect(page.locator("fa-sale-end-screen h1")).to_have_text(re.compile("."))
    yield "technical, the end"
