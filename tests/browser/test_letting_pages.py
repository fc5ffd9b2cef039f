"""The pages of lettings, visits, works, calendars and figures, looked at by axe and for overflow in both languages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select, update

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.api_token import ApiToken
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.proposal import Proposal
from fieldapp.records.record_value import RecordValue
from fieldapp.records.vacancy import Vacancy
from fieldapp.records.visit_follow_up import VisitFollowUp
from fieldapp.records.visit_outcome import VisitOutcome
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import clients
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope
from fieldapp.web import create_app
from sync import canonical
from tests.browser.look import looked_at
from tests.browser.test_office_pages import EMAIL
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.fieldwork.slips import hand_in
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.technical import found, plan_technical, sign_technical
from tests.fieldwork.trouble import examined
from tests.fieldwork.visits import Slot, plan_slot
from tests.photos.pictures import jpeg
from tests.support.server import LiveServer, live_server

REASONS = ("rent", "rent", "noise", "transport", "floor_lift", "rent", "noise")


def furnished(server: LiveServer) -> tuple[str, dict[str, str]]:
    """A running office with candidates in every state, a group visit, works and enough visits for figures."""
    estate = Estate.build(create_app(server.config))
    today = datetime.now(UTC).date()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    slot = plan_slot(estate, "Alex Essai", "Dominique Essai", starts_at=tomorrow, notified_on=today - timedelta(days=8))
    forbidden = plan_slot(estate, "Camille Essai", agent="paul", starts_at=tomorrow)
    with estate.app.app_context():
        db.session.get_one(Dwelling, forbidden.dwelling_id).dpe_class = "G"
        accepted = db.session.get_one(Proposal, forbidden.proposals[0])
        accepted.state, accepted.answered_on = "accepted", today
        db.session.execute(update(Account).where(Account.email == EMAIL).values(role="manager"))
        sheet = db.session.get_one(DwellingSheet, slot.dwelling_id)
        sheet.contradicted = "step_free"
        building = db.session.get_one(Building, estate.building_id)
        building.lat_e7, building.lon_e7 = 479_957_000, -41_009_000
        _count(estate, forbidden, today)
        left = {"landlord_id": estate.landlord_id, "agency_id": estate.agencies["north"], "visit_id": slot.root_id}
        asked = {"kind": "question", "topic": "annexes", "text": "La cave ferme-t-elle à clé, et qui a l’autre ?"}
        for said in (asked, {"kind": "copy", "document_id": new_id()}):
            about = {"candidate_id": slot.candidates[0], "raised_at": datetime.now(UTC)}
            db.session.add(VisitFollowUp(id=new_id(), **left, **said, **about))
        leak = new_id()
        db.session.add(
            WorksRequest(
                id=leak,
                landlord_id=estate.landlord_id,
                agency_id=estate.agencies["north"],
                building_id=estate.building_id,
                dwelling_id=slot.dwelling_id,
                visit_id=slot.root_id,
                source="snag",
                problem="leak",
                text="Sous l’évier, la lame du meuble est gonflée sur toute sa longueur",
                urgent=True,
                raised_by=estate.agents["nadia"],
                raised_at=datetime.now(UTC),
            )
        )
        db.session.commit()
    _show(estate, slot, leak)
    checked = _check(estate, slot)
    flat = estate.plan()
    with estate.app.app_context():
        _measure(estate, flat)
        db.session.commit()
        db.engine.dispose()
    base = f"/office/lettings/{slot.dwelling_id}"
    return server.url, {
        "lettings": "/office/lettings/",
        "letting": base,
        "forbidden": f"/office/lettings/{forbidden.dwelling_id}",
        "sheet": f"{base}/sheet",
        "pictures": f"{base}/pictures",
        "surroundings": f"{base}/surroundings",
        "slot": f"{base}/visit",
        "visits": "/office/visits/",
        "no visits": "/office/visits/?from=2020-01-06",
        "visit": f"/office/visits/{slot.root_id}",
        "technical slot": f"/office/dwellings/{slot.dwelling_id}/technical",
        "technical visit": f"/office/visits/{checked}",
        "lease": f"/office/lettings/{forbidden.dwelling_id}/proposals/{forbidden.proposals[0]}/lease",
        "planning": "/office/planning",
        "follow-ups": "/office/visits/follow-ups",
        "criteria": "/office/criteria",
        "works": "/office/works",
        "works request": f"/office/works/{leak}",
        "works by trade": "/office/works?by=trade",
        "settled works": "/office/works?show=settled",
        "stock": "/office/stock",
        "meters": "/office/meters",
        "calendars": "/office/calendars",
        "figures": "/office/figures",
        "too few": f"/office/figures?year={today.year - 5}",
    }


def _show(estate: Estate, slot: Slot, leak: str) -> None:
    """Photographs of the leak: two to see, one of them with its marks and its words, one not examined yet."""
    tablet = enrolled(estate)
    tablet.fetch_pack()
    subject = {"subject_kind": "snag", "subject_id": leak, "room_id": None}
    seen = [jpeg((900, 600)), jpeg((600, 900)), jpeg((901, 600))]
    first, *_others = [tablet.add_photo(slot.root_id, subject, data, data) for data in seen]
    tablet.write(slot.root_id, first, "photo", "caption", "Le siphon, vu de dessous")
    mark = {"shape": "circle", "x": 5000, "y": 3300, "r": 1200}
    tablet.write(slot.root_id, first, "photo", "marks", [mark])
    tablet.sync()
    for data in seen[:2]:
        examined(estate, canonical.sha256_hex(data), "safe")


def _check(estate: Estate, slot: Slot) -> str:
    """A check of the dwelling, signed, whose file the worker has not made yet; gives the visit's id."""
    root_id = plan_technical(estate, slot.dwelling_id, "vacant_check")
    tablet = enrolled(estate)
    tablet.fetch_pack()
    point = {"id": new_id(), "code": "damp", "answer": "no", "note": "Traces autour de la baignoire"}
    snag = {"id": new_id(), "label": "Fuite, humidité", "note": "Le siphon goutte", "urgent": True}
    body = found("vacant_check", points=[point], snags=[snag], words="Clés remises dans la boîte de la loge.")
    document_id, raw = sign_technical(tablet, root_id, body)
    tablet.sync()
    hand_in(estate, tablet, root_id, document_id, raw)
    return root_id


def _count(estate: Estate, slot: Slot, today: date) -> None:
    for number in range(60):
        refused = number % 3 != 0
        day = today - timedelta(days=number * 4)
        db.session.add(
            VisitOutcome(
                id=new_id(),
                landlord_id=estate.landlord_id,
                agency_id=estate.agencies["north" if number % 4 else "south"],
                building_id=estate.building_id,
                dwelling_id=slot.dwelling_id,
                visit_id=slot.root_id,
                candidate_id=slot.candidates[0],
                day=day,
                month=f"{day:%Y-%m}",
                result="refuses" if refused else "accepts" if number % 2 else "absent_unexcused",
                principal_reason=REASONS[number % len(REASONS)] if refused else None,
            )
        )
    for kind, days in (("commercial", 40), ("technical", 90)):
        db.session.add(
            Vacancy(
                id=new_id(),
                landlord_id=estate.landlord_id,
                dwelling_id=slot.dwelling_id,
                kind=kind,
                starts_on=today - timedelta(days=days),
                monthly=47760,
            )
        )


def _measure(estate: Estate, flat: Flat) -> None:
    """A furnished dwelling sheet whose meter was read twice and whose wall is old."""
    own = {"landlord_id": estate.landlord_id, "dwelling_id": flat.ids["dwelling"], "written_at": datetime.now(UTC)}
    clients.give(Scope(estate.landlord_id), "Télérelève", "write")
    token_id = db.session.scalars(select(ApiToken.id)).one()
    for days, index in ((300, "00100,5"), (10, "00142,75")):
        at = datetime.now(UTC) - timedelta(days=days)
        reading = {"state": "read", "index": index, "unit": "m³", "read_at": at, "token_id": token_id}
        db.session.add(MeterReading(id=new_id(), meter_id=flat.ids["meter"], **reading, **own))
    for name, value in (("state", '"worn"'), ("renewed_on", '"2014-05-12"')):
        said = {"field": name, "value": value, "since": datetime.now(UTC), "account_id": estate.agents["nadia"]}
        wall = {"subject": "element", "entity_id": flat.ids["wall"], "reason": "Facture du peintre"}
        db.session.add(RecordValue(id=new_id(), **said, **wall, **own))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    with live_server(tmp_path_factory.mktemp("office"), with_worker=False) as server:
        yield furnished(server)


@pytest.mark.parametrize("language", ("fr", "en"))
def test_axe_finds_nothing_and_nothing_overflows(
    chromium: Browser, office: tuple[str, dict[str, str]], language: str
) -> None:
    url, pages = office
    page = chromium.new_context(locale="fr-FR").new_page()
    page.goto(f"{url}/office/sign-in")
    page.get_by_label("Adresse e-mail professionnelle").fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/office/inventories/")
    faults: list[str] = []
    for name, address in pages.items():
        page.goto(f"{url}{address}{'&' if '?' in address else '?'}lang={language}")
        assert page.locator("html").get_attribute("lang") == language, name
        faults += [f"{name}: {trouble}" for trouble in looked_at(page)]
    assert faults == []
