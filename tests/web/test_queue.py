"""The office's list is narrowed in the address bar, kept under a name, and read in pages that do not move."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.review import Review
from fieldapp.services import standing
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import Browser, colleague, sealed
from tests.fieldwork.trouble import at_work, disagree, refuse

LIST = "/office/inventories/"


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate)


def listed(html: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'class="thing"><a href="/office/inventories/([0-9a-f-]{36})"', html)))


def test_a_row_says_every_reason_for_which_it_presses(quick_estate: Estate, own: Browser) -> None:
    flat = sealed(quick_estate, tenant="refused")
    refuse(quick_estate, flat)
    row = own.text(LIST)
    for words in ("1 saisie refusée", "Refus de signer", "Copie pas encore remise", "À relire"):
        assert words in row


def test_the_list_is_narrowed_by_reason_kind_state_and_days(quick_estate: Estate, own: Browser) -> None:
    quiet, wrong = quick_estate.plan(), quick_estate.plan()
    refuse(quick_estate, wrong)
    busy, tablet = at_work(quick_estate)
    tablet.write(busy.root_id, busy.ids["floor"], "element", "state", "good")
    tablet.sync()
    assert listed(own.text(f"{LIST}?reason=rejected")) == [wrong.root_id]
    assert listed(own.text(f"{LIST}?state=in_progress")) == [busy.root_id]
    assert listed(own.text(f"{LIST}?kind=move_out")) == []
    assert set(listed(own.text(f"{LIST}?kind=move_in"))) == {quiet.root_id, wrong.root_id, busy.root_id}
    assert listed(own.text(f"{LIST}?from=2000-01-01&to=2000-12-31")) == []
    assert len(listed(own.text(f"{LIST}?from=2000-01-01&to=9999-12-31"))) == 3
    assert len(listed(own.text(f"{LIST}?from=31/02/2026&reason=nothing&kind=x&state=y"))) == 3


def test_a_page_goes_on_where_the_last_one_ended_even_when_rows_came_before(quick_estate: Estate, own: Browser) -> None:
    for _ in range(26):
        quick_estate.plan()
    first = own.text(LIST)
    (address,) = re.findall(r'rel="next" href="([^"]+)"', first)
    worse = quick_estate.plan()
    refuse(quick_estate, worse)
    assert not set(listed(own.text(address))) & set(listed(first))
    assert worse.root_id not in listed(own.text(address))
    assert listed(own.text(LIST))[0] == worse.root_id


def test_a_list_is_kept_under_a_name_by_the_person_who_named_it(quick_estate: Estate, own: Browser) -> None:
    narrowed = f"{LIST}?reason=rejected"
    answer = own.send(narrowed, "/office/inventories/views?reason=rejected", name="Mes refus")
    assert answer.headers["Location"].endswith("?reason=rejected")
    html = own.text(LIST)
    assert 'href="/office/inventories/?reason=rejected">Mes refus</a>' in html
    assert "Mes refus" not in colleague(quick_estate, "manager").text(LIST)
    (forget,) = re.findall(r'action="(/office/inventories/views/[0-9a-f-]{36}/forget)"', html)
    colleague(quick_estate, "manager").send(narrowed, forget)
    assert "Mes refus" in own.text(LIST)
    own.send(LIST, forget)
    assert "Mes refus" not in own.text(LIST)


def test_a_view_without_a_name_is_asked_for_one(quick_estate: Estate, own: Browser) -> None:
    assert quick_estate.landlord_id
    answer = own.send(f"{LIST}?show=planned", "/office/inventories/views?show=planned", name="")
    assert answer.status_code == 400
    assert "Donnez un nom à cette vue." in answer.text


def test_time_alone_brings_an_inventory_forward(quick_estate: Estate, own: Browser) -> None:
    flat: Flat = quick_estate.plan()
    with quick_estate.app.app_context():
        session = db.session()
        session.execute(update(Inventory).values(state="in_progress", started_at=datetime.now(UTC)))
        standing.judge_in(session, [flat.root_id])
        session.execute(
            update(Review).values(heard_at=datetime.now(UTC) - timedelta(days=2), rejudge_at=datetime.now(UTC))
        )
        session.commit()
    assert "Envoi en retard" not in own.text(f"{LIST}?show=all").split("<tbody")[1]
    with quick_estate.app.app_context():
        standing.judge_due(db.session(), datetime.now(UTC))
    assert "Envoi en retard" in own.text(LIST).split("<tbody")[1]


def test_a_late_inventory_is_late_no_more_once_its_tablet_writes_again(quick_estate: Estate, own: Browser) -> None:
    flat: Flat = quick_estate.plan()
    with quick_estate.app.app_context():
        session = db.session()
        session.execute(update(Inventory).values(state="in_progress", started_at=datetime.now(UTC) - timedelta(days=2)))
        standing.judge_in(session, [flat.root_id])
        session.commit()
    assert "Envoi en retard" in own.text(LIST).split("<tbody")[1]
    with quick_estate.app.app_context():
        standing.hear_in(db.session(), [flat.root_id], datetime.now(UTC))
        db.session.commit()
    assert "Envoi en retard" not in own.text(f"{LIST}?show=all").split("<tbody")[1]


def test_when_a_tablet_wrote_last_is_known_to_the_minute(estate: Estate) -> None:
    flat, now = estate.plan(), datetime.now(UTC)
    with estate.app.app_context():
        for later, known in ((0, 0), (10, 0), (59, 0), (61, 61)):
            standing.hear_in(db.session(), [flat.root_id], now + timedelta(seconds=later))
            db.session.commit()
            heard = db.session.scalars(select(Review.heard_at)).one()
            assert heard == now + timedelta(seconds=known)


def test_a_settled_disagreement_leaves_the_list_of_what_presses(quick_estate: Estate, own: Browser) -> None:
    flat = quick_estate.plan()
    disagree(quick_estate, flat)
    assert listed(own.text(f"{LIST}?reason=conflict")) == [flat.root_id]
    page = f"/office/inventories/{flat.root_id}"
    (address,) = re.findall(rf'action="({re.escape(page)}/conflicts/\d+)"', own.text(page))
    own.send(page, address, take="kept")
    assert listed(own.text(f"{LIST}?reason=conflict")) == []
