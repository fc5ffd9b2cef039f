"""A candidate's data goes after the attribution or the removal; what the figures count stays."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from fieldapp.extensions import db
from fieldapp.records.candidate import Candidate
from fieldapp.records.change import Change
from fieldapp.records.proposal import Proposal
from fieldapp.records.visit import Visit
from fieldapp.records.visit_outcome import VisitOutcome
from fieldapp.services import candidate_retention, proposing
from tests.fieldwork.estate import Estate
from tests.fieldwork.slips import end
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visits import Slot, plan_slot

LATER = datetime.now(UTC) + timedelta(days=100)


def visited(estate: Estate) -> Slot:
    """Two candidates in one visit that is over and all here."""
    slot = plan_slot(estate, "Alex Essai", "Dominique Essai")
    tablet = enrolled(estate)
    tablet.fetch_pack()
    for candidate in slot.candidates:
        tablet.write(slot.root_id, candidate, "attendance", "presence", "present")
        tablet.write(slot.root_id, candidate, "attendance", "words", "Trop bruyant")
        tablet.write(slot.root_id, candidate, "attendance", "outcome", "refuses")
    end(tablet, slot.root_id)
    tablet.sync()
    with estate.app.app_context():
        assert db.session.get_one(Visit, slot.root_id).received_at
    return slot


def names(estate: Estate) -> set[str]:
    with estate.app.app_context():
        return set(db.session.scalars(select(Candidate.name)))


def erase(estate: Estate, now: datetime = LATER) -> int:
    with estate.app.app_context():
        return candidate_retention.erase_old(now)


def set_proposal(estate: Estate, proposal_id: str, **values: object) -> None:
    with estate.app.app_context():
        db.session.execute(update(Proposal).where(Proposal.id == proposal_id).values(**values))
        db.session.commit()


def test_nobody_who_still_waits_is_erased(estate: Estate) -> None:
    visited(estate)
    assert erase(estate) == 0
    assert names(estate) == {"Alex Essai", "Dominique Essai"}


def test_once_the_dwelling_is_let_everybody_of_that_letting_goes_and_the_figures_stay(estate: Estate) -> None:
    slot = visited(estate)
    today = datetime.now(UTC).date()
    set_proposal(estate, slot.proposals[0], state="signed", signed_on=today)
    assert erase(estate, datetime.now(UTC) + timedelta(days=30)) == 0
    assert erase(estate) == 2
    assert names(estate) == {""}
    with estate.app.app_context():
        assert db.session.query(Change).filter(Change.entity_id.in_(slot.candidates)).count() == 0
        assert db.session.query(VisitOutcome).count() == 2


def test_who_was_withdrawn_goes_after_the_time_for_objections(estate: Estate) -> None:
    slot = visited(estate)
    set_proposal(estate, slot.proposals[1], state="withdrawn", answered_on=datetime.now(UTC).date())
    assert erase(estate) == 1
    assert names(estate) == {"Alex Essai", ""}


def test_nobody_is_erased_while_a_tablet_still_holds_the_visit(estate: Estate) -> None:
    slot = plan_slot(estate, "Alex Essai")
    set_proposal(estate, slot.proposals[0], state="withdrawn", answered_on=datetime.now(UTC).date())
    assert erase(estate) == 0


def test_an_offer_lapses_by_itself_the_day_after_its_delay(estate: Estate) -> None:
    notified = datetime.now(UTC).date()
    slot = plan_slot(estate, "Alex Essai", notified_on=notified)
    with estate.app.app_context():
        until = db.session.get_one(Proposal, slot.proposals[0]).reply_by
        assert until
        proposing.lapse_all(datetime(until.year, until.month, until.day, 12, tzinfo=UTC))
        assert db.session.get_one(Proposal, slot.proposals[0]).state == "offered"
        proposing.lapse_all(datetime(until.year, until.month, until.day, 12, tzinfo=UTC) + timedelta(days=1))
        assert db.session.get_one(Proposal, slot.proposals[0]).state == "lapsed"
