"""Grids and price lists in the office: a file is looked at, then imported whole; what is wrong says where and what to do."""

import io
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, colleague

DATA = Path(__file__).resolve().parents[1] / "data"
GRID = (DATA / "wear-grid-b.csv").read_bytes()
PRICES = (DATA / "price-list.csv").read_bytes()
AGREEMENT = {
    "title": "Accord collectif local",
    "signatories": "Bailleur\nLocataires réunis",
    "perimeter": "Tout le patrimoine",
    "signed_on": "2019-11-04",
    "starts_on": "2020-01-01",
}
LIST = {"title": "Bordereau", "starts_on": "2026-01-01"}


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate, "accountant")


def look(own: Browser, page: str, data: bytes, **answers: Any) -> TestResponse:
    return own.send(page, page, file=(io.BytesIO(data), "table.csv"), step="look", **answers)


def content(html: str) -> str:
    return html.split('name="content"')[1].split('value="')[1].split('"', maxsplit=1)[0]


def confirm(own: Browser, page: str, preview: TestResponse, **answers: Any) -> TestResponse:
    return own.send(page, page, content=content(preview.text), step="import", **answers)


def test_a_grid_is_looked_at_before_it_is_imported(own: Browser) -> None:
    preview = look(own, "/office/grids/new", GRID, **AGREEMENT)
    assert preview.status_code == 200
    assert preview.text.count("<svg viewBox") == preview.text.count('class="curve"') == len(GRID.splitlines()) - 1
    assert "10 lignes à vérifier" in preview.text
    assert "100 − 18 × (7 − 2) = 10" not in preview.text
    assert "Aucune grille n’est importée" in own.text("/office/grids")
    answer = confirm(own, "/office/grids/new", preview, **AGREEMENT)
    assert answer.status_code == 302
    html = own.text(answer.headers["Location"])
    assert "Bailleur, Locataires réunis" in html
    assert "Tout le patrimoine" in html
    assert "Accord collectif local" in own.text("/office/grids")


def test_the_curve_stands_beside_its_numbers(own: Browser) -> None:
    html = look(own, "/office/grids/new", GRID, **AGREEMENT).text
    row = html.split('id="row-paint"')[1].split("</article>")[0]
    assert 'd="M0 0V0H3V18H4V36H5V54H6V72H7V90H8"' in row
    for words in ("0 à 2", "7 et plus", "82\xa0%", "10\xa0%"):
        assert words in row


def test_a_doubtful_row_says_its_sum(own: Browser) -> None:
    html = look(own, "/office/grids/new", GRID, **AGREEMENT).text
    row = html.split('id="row-plastic_tile"')[1].split("</article>")[0]
    assert "Revêtement plastique : 100 − 11 × (10 − 3) = 23, mais le plancher est 20." in row


@pytest.mark.parametrize(
    ("line", "words"),
    (
        ("door,Porte,-3,5,6,15", ("Ligne 21, colonne 3 (life_years)", "-3 est trop petit")),
        ("door,Porte,20,5,110,15", ("Ligne 21, colonne 5 (annual_rate_percent)", "110 est trop grand")),
        ("paint,Encore,7,2,18,10", ("Ligne 21, colonne 1 (element_kind)", "est déjà à la ligne 2")),
        ('door,Porte,20,5,"6,5",15', ("Ligne 21, colonne 5", "écrivez 6.5, avec un point")),
    ),
)
def test_a_wrong_grid_says_the_line_the_column_and_what_to_do(own: Browser, line: str, words: tuple[str, str]) -> None:
    answer = look(own, "/office/grids/new", GRID + line.encode() + b"\n", **AGREEMENT)
    assert answer.status_code == 400
    assert "rien n’est importé" in answer.text
    for word in words:
        assert word in answer.text
    assert "Importer cette grille" not in answer.text
    assert 'value="Accord collectif local"' in answer.text


def test_a_file_with_a_mark_is_read_and_another_encoding_is_refused(own: Browser) -> None:
    assert look(own, "/office/grids/new", b"\xef\xbb\xbf" + GRID, **AGREEMENT).status_code == 200
    answer = look(own, "/office/grids/new", GRID.decode().encode("latin-1"), **AGREEMENT)
    assert answer.status_code == 400
    assert "n’est pas en UTF-8" in answer.text


def test_what_is_said_of_the_agreement_is_asked_for_and_the_file_is_kept(own: Browser) -> None:
    answer = look(own, "/office/grids/new", GRID, **AGREEMENT | {"title": "", "ends_on": "2019-01-01"})
    assert answer.status_code == 400
    assert "Écrivez le titre de l’accord." in answer.text
    assert "Importer cette grille" not in answer.text
    late = own.send("/office/grids/new", "/office/grids/new", content=content(answer.text), step="look", **AGREEMENT)
    assert late.status_code == 200
    ends = AGREEMENT | {"ends_on": "2019-01-01"}
    assert "Ce jour est avant le premier jour" in look(own, "/office/grids/new", GRID, **ends).text
    wrong_day = look(own, "/office/grids/new", GRID, **AGREEMENT | {"signed_on": "hier"})
    assert "Ce n’est pas un jour" in wrong_day.text


def test_without_a_file_or_with_a_heavy_one_nothing_happens(own: Browser) -> None:
    none = own.send("/office/grids/new", "/office/grids/new", step="import", **AGREEMENT)
    assert none.status_code == 400
    assert "Choisissez le fichier" in none.text
    heavy = look(own, "/office/prices/new", PRICES + b" " * 130_000, **LIST)
    assert heavy.status_code == 400
    assert "trop lourd" in heavy.text


def test_another_file_chosen_at_the_last_moment_is_looked_at_first(own: Browser) -> None:
    preview = look(own, "/office/grids/new", GRID, **AGREEMENT)
    again = own.send(
        "/office/grids/new",
        "/office/grids/new",
        content=content(preview.text),
        file=(io.BytesIO((DATA / "wear-grid-a.csv").read_bytes()), "a.csv"),
        step="import",
        **AGREEMENT,
    )
    assert again.status_code == 200
    assert "Papier peint" in again.text
    assert "Aucune grille n’est importée" in own.text("/office/grids")


def test_a_grid_that_nothing_uses_is_taken_away_again(own: Browser) -> None:
    preview = look(own, "/office/grids/new", GRID, **AGREEMENT)
    page = confirm(own, "/office/grids/new", preview, **AGREEMENT).headers["Location"]
    own.send(page, f"{page}/withdraw")
    assert "Aucune grille n’est importée" in own.text("/office/grids")


def test_prices_are_looked_at_then_imported(own: Browser) -> None:
    preview = look(own, "/office/prices/new", PRICES, **LIST)
    assert preview.status_code == 200
    assert "14,50\xa0€" in preview.text
    assert "Aucune grille ne vieillit ces travaux" in preview.text
    page = confirm(own, "/office/prices/new", preview, **LIST).headers["Location"]
    assert "Peinture murale, deux couches" in own.text(page)
    assert "Bordereau" in own.text("/office/prices")
    own.send(page, f"{page}/withdraw")
    assert "Le bordereau est retiré." in own.text("/office/prices")
    assert own.client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("line", "words"),
    (
        ("again,Encore,walls,,paint,m2,12.00,", ("colonne 8 (vat_percent)", "La case est vide")),
        ('again,Encore,walls,,paint,m2,"12,00",10', ("colonne 7 (unit_price_net)", "écrivez 12.00, avec un point")),
        ("again,Encore,wall,,paint,m2,12.00,10", ("colonne 3 (element_kinds)", "n’est pas dans le catalogue")),
    ),
)
def test_a_wrong_price_list_says_where_and_what_to_do(own: Browser, line: str, words: tuple[str, str]) -> None:
    answer = look(own, "/office/prices/new", PRICES + line.encode() + b"\n", **LIST)
    assert answer.status_code == 400
    for word in words:
        assert word in answer.text
    assert "Aucun bordereau n’est importé" in own.text("/office/prices")


def test_an_auditor_reads_and_a_reviewer_imports_nothing(quick_estate: Estate, own: Browser) -> None:
    preview = look(own, "/office/grids/new", GRID, **AGREEMENT)
    page = confirm(own, "/office/grids/new", preview, **AGREEMENT).headers["Location"]
    for role in ("auditor", "reviewer"):
        other = colleague(quick_estate, role)
        assert "Retirer cette grille" not in other.text(page)
        assert "Importer une grille" not in other.text("/office/grids")
        assert other.get("/office/grids/new").status_code == 403
        assert other.get("/office/prices/new").status_code == 403


def test_another_landlords_grids_and_prices_are_not_there(quick_estate: Estate, own: Browser) -> None:
    grid = confirm(own, "/office/grids/new", look(own, "/office/grids/new", GRID, **AGREEMENT), **AGREEMENT)
    prices = confirm(own, "/office/prices/new", look(own, "/office/prices/new", PRICES, **LIST), **LIST)
    other = colleague(Estate.build(quick_estate.app, "Autre Habitat"), "admin")
    for page in (grid.headers["Location"], prices.headers["Location"]):
        assert other.get(page).status_code == 404
    assert "Aucune grille n’est importée" in other.text("/office/grids")


def test_the_same_pages_in_english(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "accountant", language="en")
    html = look(own, "/office/grids/new", GRID, **AGREEMENT).text
    assert "7 and more" in html
    assert "82%" in html
    refused = look(own, "/office/grids/new", GRID + b"x,y\n", **AGREEMENT).text
    assert "nothing is imported" in refused
