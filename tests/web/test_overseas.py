"""Whose hour a page tells: that of the dwelling, named when it is not the reader's own."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services import standing
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import colleague, sealed
from tests.fieldwork.tablets import enrolled

LATE = datetime(2026, 11, 20, 21, 12, tzinfo=UTC)
"""20 November, 22:12 in Paris; 21 November, 01:12 in Saint-Denis de La Réunion."""


@pytest.fixture
def page(quick_estate: Estate) -> str:
    """A flat of La Réunion, sealed late in the evening of Paris."""
    quick_estate.stand_at("97400")
    flat = sealed(quick_estate)
    with quick_estate.app.app_context():
        db.session.get_one(Inventory, flat.root_id).sealed_at = LATE
        db.session.get_one(Inventory, flat.root_id).closed_at = LATE
        db.session.query(SealedReport).one().sealed_at = LATE
        standing.judge_in(db.session(), [flat.root_id])
        db.session.commit()
    return f"/office/inventories/{flat.root_id}"


def test_a_file_tells_the_hours_of_its_dwelling_and_says_so_to_a_reader_elsewhere(
    quick_estate: Estate, page: str
) -> None:
    html = colleague(quick_estate).text(page)
    assert "21/11/2026 à 1\u00a0h\u00a012" in html
    assert "Heures de ce dossier : heure de La Réunion." in html


def test_it_is_said_in_the_readers_language(quick_estate: Estate, page: str) -> None:
    html = colleague(quick_estate, language="en").text(page)
    assert "21/11/2026 at 01:12" in html
    assert "Times in this file: Réunion time." in html


def test_a_reader_of_that_place_needs_no_word_about_it(quick_estate: Estate, page: str) -> None:
    quick_estate.stand_at("97400", "north")
    html = colleague(quick_estate, agency="north").text(page)
    assert "21/11/2026 à 1\u00a0h\u00a012" in html
    assert "Heures de ce dossier" not in html


def test_the_list_has_the_day_that_it_was_there(quick_estate: Estate, page: str) -> None:
    html = colleague(quick_estate).text("/office/inventories/")
    assert re.search(r">21/11(/2026)?</time>", html)


def test_who_holds_a_link_reads_whose_hour_it_is(quick_estate: Estate, page: str) -> None:
    own = colleague(quick_estate)
    party = re.search(r"/copies/([0-9a-f-]{36})/link", own.text(f"{page}/copies"))
    assert party
    own.send(f"{page}/copies", f"{page}/copies/{party[1]}/link")
    link = re.search(r"<code>http://[^/]+(/h/[\w-]+)</code>", own.text(f"{page}/copies"))
    assert link
    stranger: FlaskClient = quick_estate.app.test_client()
    assert "21/11/2026 à 1\u00a0h\u00a012 (heure de La Réunion)" in stranger.get(link[1]).text


def test_the_tablet_is_given_the_day_of_its_agency(quick_estate: Estate) -> None:
    quick_estate.stand_at("98800", "north")
    tablet = enrolled(quick_estate)
    there = datetime.now(UTC) + timedelta(hours=11)
    assert tablet.fetch_pack()["day"] == there.date().isoformat()
