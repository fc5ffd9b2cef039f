"""Photographs are cut into rows so that pages end full."""

from pathlib import Path

import pytest
from PIL import Image

from fieldapp.reports import advances, blocks, fitting, gallery
from fieldapp.reports.blocks import Gallery, Solid, Table
from tests.reports.conftest import Report, Reports, run

ROW_OF_FOUR = fitting._row_height(("P01 Sol",) * 4, 4)
ROW_OF_THREE = fitting._row_height(("P01 Sol",) * 3, 3)


def _gallery(count: int) -> Gallery:
    return Gallery(tuple(f"P{number:02d} Sol" for number in range(count)))


@pytest.mark.parametrize("count", range(61))
def test_rows_hold_every_photograph_and_fill_the_width(count: int) -> None:
    cut = gallery.sizes(count)
    assert sum(cut) == count
    assert set(cut) <= ({3, 4} if count not in {1, 2, 5} else {1, 2, 3})
    assert cut == sorted(cut, reverse=True)


@pytest.mark.parametrize("count", (*range(1, 13), 38, 75))
@pytest.mark.parametrize("above", (0.0, 300.0, 620.0))
def test_however_full_the_page_every_photograph_has_its_row(count: int, above: float) -> None:
    (cut,) = fitting.cuts_of([Solid(above), _gallery(count)])
    assert sum(cut) == count
    assert 1 not in cut or count % 2


def test_a_row_is_chosen_that_still_fits_at_the_foot_of_the_page() -> None:
    room = (ROW_OF_FOUR + ROW_OF_THREE) / 2 + 5
    (cut,) = fitting.cuts_of([Solid(fitting.PAGE - room), _gallery(7)])
    assert cut == [4, 3]


def test_what_follows_may_begin_on_the_same_page() -> None:
    """Two rows of four leave room for the next heading and its table, three rows of three do not."""
    heading, table = Solid(28, margin=13, sticks=True), Table(16, (17.0,) * 8)
    above = fitting.PAGE - 3 * ROW_OF_FOUR - 10
    cuts = fitting.cuts_of([Solid(above), _gallery(8), heading, table, _gallery(3)])
    assert cuts[0] == [4, 4]


def test_lines_are_broken_at_spaces_and_hyphens_and_never_lost() -> None:
    room = advances.width("Porte-fenêtre et", 8.25)
    assert advances.lines("Porte-fenêtre et vitrage", 8.25, room + 0.1) == 2
    assert advances.lines("Porte-fenêtre et\u00a0vitrage", 8.25, room + 0.1) == 2
    assert advances.lines("", 8.25, room) == 1
    assert advances.lines("x" * 400, 8.25, room) > 5


def test_tables_headings_and_galleries_are_read_from_the_page() -> None:
    html = (
        '<h2>cover</h2><section id="meters"><h2>Compteurs</h2><table><thead><tr><th style="width:20mm">A</th><th>B</th></tr>'
        '</thead><tbody><tr><th scope="row">Eau<small>PRM</small></th><td>x &amp; y</td></tr></tbody></table>'
        '<div class="gallery"><figure id="P01"><img src="a"><figcaption>P01 Eau</figcaption></figure></div></section>'
        '<section id="signatures"><p>end</p></section>'
    )
    heading, table, photos = blocks.read(html)
    assert heading == Solid(28.25, margin=13, sticks=True)
    assert isinstance(table, Table)
    assert table.rows == (27.0,)
    assert photos == Gallery(("P01 Eau",))
    assert 'class="photos by-2"' in fitting.fitted(html)


def _empty_feet(report: Report, folder: Path) -> list[float]:
    """Millimetres without ink above the foot line of each page."""
    run("pdftoppm", "-r", "40", "-gray", str(report.path), str(folder / "page"))
    feet = []
    for path in sorted(folder.glob("page-*.pgm")):
        with Image.open(path) as page:
            scale = 40 / 25.4
            text = page.crop(tuple(round(side * scale) for side in (17, 23, 191, 274)))  # type: ignore[arg-type]
            ink = text.point(lambda value: 255 if value < 235 else 0).getbbox()
        feet.append(251.0 if ink is None else 251 - ink[3] / scale)
    return feet


def test_no_page_of_rooms_ends_with_a_large_empty_foot(reports: Reports, tmp_path: Path) -> None:
    report = reports.sealed(photos=60)
    pages = report.text().split("\f")
    last = next(number for number, page in enumerate(pages) if "Signatures" in page.splitlines() and number)
    feet = _empty_feet(report, tmp_path)
    assert max(feet[1 : last - 1]) < 42
    assert sum(feet[1 : last - 1]) / (last - 2) < 22
