"""The week of the agents: everything of every kind in sight, moved by the office, and what the leases ask for."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.tenancy import Tenancy
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import Browser, colleague
from tests.fieldwork.visits import plan_slot

PARIS = ZoneInfo("Europe/Paris")
MONDAY = (datetime.now(PARIS) + timedelta(days=14 - datetime.now(PARIS).weekday())).date()
WEEK, MOVE, ABSENCES = f"/office/planning?from={MONDAY}", "/office/planning/move", "/office/planning/absences"


def at(day: int, hour: int = 10) -> datetime:
    return datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, tzinfo=PARIS).astimezone(UTC) + timedelta(days=day)


def appointment(estate: Estate, flat: Flat) -> str:
    with estate.app.app_context():
        return db.session.query(Appointment.id).filter_by(inventory_id=flat.root_id).one()[0]


def when(estate: Estate, appointment_id: str) -> tuple[str, str]:
    with estate.app.app_context():
        one = db.session.get_one(Appointment, appointment_id)
        agent = next(name for name, agent_id in estate.agents.items() if agent_id == one.agent_id)
        return agent, f"{one.starts_at.astimezone(PARIS):%Y-%m-%d %H:%M}"


def move(own: Browser, appointment_id: str, agent_id: str, day: date) -> str:
    answers = {"appointment": appointment_id, "agent": agent_id, "day": day.isoformat(), "back": MONDAY.isoformat()}
    answer = own.send(WEEK, MOVE, **answers)
    assert answer.status_code == 302, answer.status_code
    return own.text(answer.headers["Location"])


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate)


def test_the_week_shows_inventories_and_visits_of_every_agent(quick_estate: Estate, own: Browser) -> None:
    flat = quick_estate.plan(starts_at=at(1))
    slot = plan_slot(quick_estate, "Alex Essai", agent="paul", starts_at=at(2, 14))
    text = own.text(WEEK)
    assert f"/office/inventories/{flat.root_id}/appointment" in text
    assert f"/office/visits/{slot.root_id}" in text
    assert "Nadia" in text
    assert "Alex Essai" not in text
    assert flat.root_id not in own.text(f"/office/planning?from={MONDAY + timedelta(days=7)}")


def test_an_appointment_is_given_to_another_agent_on_another_day_at_its_own_hour(
    quick_estate: Estate, own: Browser
) -> None:
    one = appointment(quick_estate, quick_estate.plan(starts_at=at(1)))
    text = move(own, one, quick_estate.agents["paul"], MONDAY + timedelta(days=3))
    assert "est donné à Paul" in text
    assert when(quick_estate, one) == ("paul", f"{MONDAY + timedelta(days=3)} 10:00")


def test_a_visit_is_moved_in_the_same_way(quick_estate: Estate, own: Browser) -> None:
    slot = plan_slot(quick_estate, "Alex Essai", agent="paul", starts_at=at(2, 14))
    with quick_estate.app.app_context():
        one = db.session.query(Appointment.id).filter_by(kind="sales_visit").one()[0]
    assert slot.root_id in move(own, one, quick_estate.agents["nadia"], MONDAY)
    assert when(quick_estate, one) == ("nadia", f"{MONDAY} 14:00")


def test_nothing_moves_onto_an_agent_who_is_not_free_or_not_there(quick_estate: Estate, own: Browser) -> None:
    one = appointment(quick_estate, quick_estate.plan(starts_at=at(1)))
    quick_estate.plan("paul", starts_at=at(3))
    before = when(quick_estate, one)
    paul = quick_estate.agents["paul"]
    assert "a déjà un rendez-vous de 60 minutes" in move(own, one, paul, MONDAY + timedelta(days=3))
    friday = (MONDAY + timedelta(days=4)).isoformat()
    own.send(WEEK, ABSENCES, agent=paul, first=friday, last=friday)
    assert "est absent ce jour-là" in move(own, one, paul, MONDAY + timedelta(days=4))
    assert "Ce jour est passé" in move(own, one, paul, date(2020, 1, 6))
    assert when(quick_estate, one) == before


@pytest.mark.parametrize(("agent", "day"), (("nobody", "2026-11-30"), ("paul", "the 30th")))
def test_what_no_page_of_ours_sends_changes_nothing(quick_estate: Estate, own: Browser, agent: str, day: str) -> None:
    one = appointment(quick_estate, quick_estate.plan(starts_at=at(1)))
    before = when(quick_estate, one)
    answers = {"appointment": one, "agent": quick_estate.agents.get(agent, agent), "day": day}
    assert own.send(WEEK, MOVE, **answers).status_code in {302, 404}
    assert when(quick_estate, one) == before


def test_an_absence_shows_what_was_given_before_as_a_conflict_and_can_be_taken_back(
    quick_estate: Estate, own: Browser
) -> None:
    quick_estate.plan(starts_at=at(1))
    assert "Conflit" not in own.text(WEEK)
    days = {"first": MONDAY.isoformat(), "last": (MONDAY + timedelta(days=1)).isoformat()}
    own.send(WEEK, ABSENCES, agent=quick_estate.agents["nadia"], **days)
    text = own.text(WEEK)
    assert (text.count('class="gone"'), "Conflit" in text) == (2, True)
    address = text.split('action="/office/planning/absences/')[1].split('"')[0]
    own.send(WEEK, f"/office/planning/absences/{address.replace('&amp;', '&')}")
    assert "Conflit" not in own.text(WEEK)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    (
        ("2027-01-05", "2027-01-04", "avant le premier"),
        ("2027-01-05", "2029-01-04", "plus d’un an"),
        ("31/12/2026", "2027-01-04", "pas un jour"),
    ),
)
def test_an_absence_that_cannot_be_is_refused_at_its_days(
    quick_estate: Estate, own: Browser, first: str, last: str, said: str
) -> None:
    answer = own.send(WEEK, ABSENCES, agent=quick_estate.agents["nadia"], first=first, last=last)
    assert (answer.status_code, said in answer.text) == (400, True)


def test_a_notice_asks_for_the_visit_before_and_the_exit_until_they_are_planned(
    quick_estate: Estate, own: Browser
) -> None:
    flat = quick_estate.plan(starts_at=at(-7))
    page = f"/office/tenancies/{flat.ids['tenancy']}"
    leaves = MONDAY + timedelta(days=60)
    own.send(f"{page}/notice", f"{page}/notice", given=date.today().isoformat(), leaves=leaves.isoformat())  # noqa: DTZ011 - the server's day
    assert f"fin du préavis le {leaves:%d/%m/%Y}" in own.text(page)
    text = own.text(WEEK)
    for kind, day in (("pre_exit", leaves - timedelta(days=30)), ("move_out", leaves)):
        asked = f"{page}/appointment?kind={kind}&amp;day={day}"
        assert asked in text
        form = own.text(asked.replace("&amp;", "&"))
        assert f'value="{day}"' in form
        answers = {"kind": kind, "day": day.isoformat(), "at": "09:00", "minutes": "60", "note": ""}
        own.send(f"{page}/appointment", f"{page}/appointment", agent=quick_estate.agents["nadia"], **answers)
    assert f"{page}/appointment?kind=" not in own.text(WEEK)
    own.send(f"{page}/notice", f"{page}/notice/remove")
    assert "Aucun congé" in own.text(page)


def test_a_move_within_the_stock_links_the_exit_and_the_entry(quick_estate: Estate, own: Browser) -> None:
    old, new = quick_estate.plan(starts_at=at(-7)), quick_estate.plan("paul", starts_at=at(-6))
    with quick_estate.app.app_context():
        reference = db.session.get_one(Tenancy, new.ids["tenancy"]).reference
    page, other = (f"/office/tenancies/{flat.ids['tenancy']}" for flat in (old, new))
    answers = {"given": date.today().isoformat(), "leaves": (MONDAY + timedelta(days=60)).isoformat()}  # noqa: DTZ011 - the server's day
    refused = own.send(f"{page}/notice", f"{page}/notice", following="nothing", **answers)
    assert (refused.status_code, "Aucun autre bail" in refused.text) == (400, True)
    own.send(f"{page}/notice", f"{page}/notice", following=reference, **answers)
    assert other in own.text(page)
    assert page in own.text(other)
    assert "mutation" in own.text(WEEK)


def test_another_agency_sees_neither_the_agents_nor_the_appointments(quick_estate: Estate) -> None:
    flat = quick_estate.plan(starts_at=at(1))
    south = colleague(quick_estate, agency="south")
    text = south.text(WEEK)
    assert "Nadia" not in text
    assert flat.root_id not in text
    one = appointment(quick_estate, flat)
    answers = {"appointment": one, "agent": quick_estate.agents["nadia"], "day": MONDAY.isoformat()}
    assert south.send(WEEK, MOVE, **answers).status_code == 404
