"""An exit is assessed line by line, settled, approved by whom the landlord wants, and then never changes again."""

import json
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from fieldapp.domain.ageing import Start
from fieldapp.domain.cause import Cause
from fieldapp.domain.charge_doubt import Doubt
from fieldapp.domain.charge_sheet import Basis, Decision, SheetLine, fitting, priced
from fieldapp.domain.settlement import ProvisionTooHigh, WithoutProof
from fieldapp.domain.settlement_state import SettlementState
from fieldapp.domain.wear import Outcome, Reason
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.element import Element
from fieldapp.records.field_state import FieldState
from fieldapp.records.inventory import Inventory
from fieldapp.records.job import Job
from fieldapp.records.record_value import RecordValue
from fieldapp.records.settlement import Settlement
from fieldapp.services import ages, assessing, charging, installation, settling
from fieldapp.services.assessing import Exit, NothingToAssess
from fieldapp.services.charging import Answer
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope
from fieldapp.services.settling import AccountAnswers
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.leaving import KEYS_ON, leaving, left
from tests.fieldwork.leaving import priced as with_prices
from tests.fieldwork.office import sealed

TODAY = date(2028, 7, 5)
PAINTED_ON = date(2024, 5, 12)
"""Four years before the keys came back: grid A leaves 55 %."""


@pytest.fixture(autouse=True)
def _a_few_days_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessing, "today_in", lambda _zone: TODAY)


@pytest.fixture
def gone(estate: Estate) -> Flat:
    with_prices(estate)
    return left(estate)


class Desk:
    """The office at one exit: what it decides, and what it then sees."""

    def __init__(self, estate: Estate, flat: Flat) -> None:
        self.estate, self.flat, self.scope = estate, flat, Scope(estate.landlord_id)
        self.account_id, self.other_id = estate.agents["nadia"], estate.agents["paul"]

    def look(self) -> Exit:
        with self.estate.app.app_context():
            found = assessing.open_exit(self.scope, self.flat.root_id)
            db.session.expunge_all()
            return found

    def line(self, what: str = "wall", aspect: str = "state") -> SheetLine:
        wanted = f"{self.flat.ids[what]}.{aspect}"
        return next(line for line in self.look().sheet.lines if line.line_id == wanted)

    def decide(self, line_id: str, cause: Cause | None, decision: Decision | None = None) -> None:
        with self.estate.app.app_context():
            answer = Answer(cause, decision or Decision())
            charging.decide_line(self.scope, self.flat.root_id, line_id, answer, self.account_id)

    def price_wall(self, quantity: int = 3800, cause: Cause | None = Cause.DAMAGE, code: str = "paint_wall") -> None:
        line, kept = self.line(), self.look().prices
        assert kept
        item = next(item for item in kept.prices.items if item.code == code)
        self.decide(line.line_id, cause, Decision(priced(item, quantity), PAINTED_ON, Basis.RENEWAL))

    def price_key(self) -> None:
        line, kept = self.line("key", "quantity"), self.look().prices
        assert kept
        item = next(item for item in kept.prices.items if item.code == "badge")
        self.decide(line.line_id, Cause.LOSS, Decision(priced(item, 100)))

    def account(self, **others: object) -> None:
        said = AccountAnswers(**{"notice_ends_on": KEYS_ON, "called_until": KEYS_ON, **others})  # type: ignore[arg-type]
        with self.estate.app.app_context():
            settling.save_account(self.scope, self.flat.root_id, said, self.account_id)

    def submit(self, seen: str | None = None) -> SettlementState:
        with self.estate.app.app_context():
            digest = settling.digest(assessing.open_exit(self.scope, self.flat.root_id)) if seen is None else seen
            return settling.submit(self.scope, self.flat.root_id, digest, self.account_id)

    def approve(self, account_id: str) -> None:
        with self.estate.app.app_context():
            digest = settling.digest(assessing.open_exit(self.scope, self.flat.root_id))
            settling.approve(self.scope, self.flat.root_id, digest, account_id)

    def document(self) -> dict[str, object]:
        with self.estate.app.app_context():
            sha256 = db.session.get_one(Settlement, self.flat.root_id).document_sha256
            assert sha256
            found: dict[str, object] = json.loads(installation.blobs().path(f"settlements/{sha256}").read_bytes())
            return found


@pytest.fixture
def desk(estate: Estate, gone: Flat) -> Desk:
    return Desk(estate, gone)


def test_a_sealed_exit_proposes_a_line_for_each_change_and_each_missing_key(desk: Desk) -> None:
    found = desk.look()
    assert [line.proposal.label for line in found.sheet.lines] == ["Séjour, murs", "Clé, porte palière"]
    wall, key = found.sheet.lines
    assert (wall.cause, wall.assessment.outcome, wall.assessment.reason) == (
        Cause.DAMAGE,
        Outcome.TO_ASSESS,
        Reason.PRICE_MISSING,
    )
    assert (key.cause, key.proposal.missing) == (Cause.LOSS, 1)
    assert found.sheet.total == 0
    assert found.grid
    assert found.prices
    assert [item.code for item in fitting(found.prices.prices.items, wall.proposal)] == ["hole_filled", "paint_wall"]


def test_the_office_prices_a_line_and_the_grid_ages_it_to_the_cent(desk: Desk) -> None:
    desk.price_wall()
    wall = desk.line()
    assert (wall.assessment.age, wall.assessment.share, wall.assessment.gross, wall.due) == (
        4,
        Decimal(55),
        60610,
        33336,
    )
    desk.price_key()
    assert desk.look().sheet.total == 33336 + 2200


def test_the_total_follows_the_cause(desk: Desk) -> None:
    desk.price_wall()
    desk.price_wall(cause=Cause.NORMAL_WEAR)
    assert (desk.line().due, desk.line().assessment.reason) == (0, Reason.NORMAL_WEAR)
    desk.price_wall(cause=Cause.INCIDENT)
    assert desk.line().due is None
    desk.price_wall(cause=Cause.DAMAGE)
    assert desk.line().due == 33336


def test_the_cause_is_the_one_that_the_tablet_sees_and_the_signed_record_stays(desk: Desk) -> None:
    before = desk.look().record_sha256
    desk.decide(desk.line().line_id, Cause.TRANSFORMATION)
    with desk.estate.app.app_context():
        written = db.session.scalars(
            select(FieldState.value).where(FieldState.kind == "assessment", FieldState.field == "cause")
        ).all()
        assert written == ['"transformation"']
        inventory = db.session.get_one(Inventory, desk.flat.root_id)
        assert inventory.record_sha256 == before


def test_a_whole_wall_for_a_hole_is_doubtful(desk: Desk) -> None:
    desk.price_wall()
    assert desk.line().doubts == (Doubt.WHOLE_SURFACE_FOR_SPOTS,)
    desk.price_wall(quantity=100, code="hole_filled")
    assert desk.line().doubts == ()


def test_a_second_work_on_the_same_line_is_priced_by_itself_and_can_be_taken_away(desk: Desk) -> None:
    desk.price_wall(quantity=100, code="hole_filled")
    with desk.estate.app.app_context():
        more = charging.add_work(desk.scope, desk.flat.root_id, desk.line().line_id, desk.account_id)
    kept = desk.look().prices
    assert kept
    paint = next(item for item in kept.prices.items if item.code == "paint_wall")
    desk.decide(more, Cause.DAMAGE, Decision(priced(paint, 100), PAINTED_ON, Basis.RENEWAL))
    assert [line.due for line in desk.look().sheet.lines if line.line_id.startswith(desk.flat.ids["wall"])] == [
        411,
        877,
    ]
    with desk.estate.app.app_context():
        charging.remove_work(desk.scope, desk.flat.root_id, more, desk.account_id)
        with pytest.raises(charging.UnknownLine):
            charging.remove_work(desk.scope, desk.flat.root_id, desk.line().line_id, desk.account_id)
    assert desk.look().sheet.lines[0].due == 411


def test_what_the_rules_send_to_a_person_is_decided_with_a_reason_and_never_beyond_the_price(desk: Desk) -> None:
    kept = desk.look().prices
    assert kept
    paint = priced(next(item for item in kept.prices.items if item.code == "paint_wall"), 1000)
    line_id = desk.line().line_id
    for decided, fault in ((15951, charging.DecidedTooMuch), (100, None)):
        decision = Decision(paint, None, None, decided=decided, decided_why="Moitié du prix, âge inconnu")
        if fault:
            with pytest.raises(fault):
                desk.decide(line_id, Cause.DAMAGE, decision)
            assert desk.line().due is None
        else:
            desk.decide(line_id, Cause.DAMAGE, decision)
    assert (desk.line().by_hand, desk.line().due, desk.line().assessment.reason) == (True, 100, Reason.AGE_UNKNOWN)
    with pytest.raises(charging.NotToDecide):
        desk.decide(line_id, Cause.NORMAL_WEAR, Decision(paint, PAINTED_ON, decided=100, decided_why="Quand même"))


def test_the_deadline_is_one_month_when_nothing_is_asked_for_and_two_otherwise(desk: Desk) -> None:
    desk.price_wall()
    assert desk.look().due_by == date(2028, 8, 30)
    desk.price_wall(cause=Cause.NORMAL_WEAR)
    desk.decide(desk.line("key", "quantity").line_id, Cause.NORMAL_WEAR)
    assert desk.look().due_by == date(2028, 7, 30)
    with desk.estate.app.app_context():
        assert db.session.get_one(Settlement, desk.flat.root_id).due_by == date(2028, 7, 30)


def test_the_account_adds_up_and_is_approved_by_one_person_below_the_rule(desk: Desk) -> None:
    desk.price_wall()
    desk.price_key()
    desk.account(arrears=1000, credits=250)
    drawn = desk.look().drawn()
    assert drawn
    assert drawn.balance == 41237 - 33336 - 2200 - 1000 + 250
    assert desk.submit() is SettlementState.APPROVED
    document = desk.document()
    assert document["total"] == "355.36"
    assert document["account"]["balance"] == "49.51"  # type: ignore[index]
    assert document["exit"]["record_sha256"] == desk.look().record_sha256  # type: ignore[index]
    assert document["people"] == {"approved": "Nadia", "prepared": "Nadia"}
    with desk.estate.app.app_context():
        assert db.session.scalars(select(Job.kind).where(Job.kind == "seal_settlement")).all() == ["seal_settlement"]


def test_the_day_that_an_approved_assessment_counts_from_is_known_to_the_next_one(desk: Desk) -> None:
    wall = desk.flat.ids["wall"]
    desk.price_wall()
    desk.account()
    with desk.estate.app.app_context():
        assert ages.starts_in(db.session(), [wall], KEYS_ON) == {}
    desk.submit()
    with desk.estate.app.app_context():
        [row] = db.session.scalars(select(RecordValue).where(RecordValue.account_id == desk.account_id))
        number = db.session.get_one(Inventory, desk.flat.root_id).number
        assert (row.entity_id, row.field, json.loads(row.value)) == (wall, "renewed_on", PAINTED_ON.isoformat())
        assert row.reason == f"évaluation de la sortie {number}"
        assert db.session.get_one(Element, wall).renewed_on == PAINTED_ON
        assert ages.starts_in(db.session(), [wall], KEYS_ON) == {wall: Start(PAINTED_ON, renewed=True)}


def test_what_the_stock_knows_of_an_age_counts_until_the_office_says_otherwise(desk: Desk) -> None:
    with desk.estate.app.app_context():
        wall = db.session.get_one(Element, desk.flat.ids["wall"])
        wall.installed_on, wall.renewed_on = PAINTED_ON, date(2028, 7, 1)  # painted again once the tenant had gone
        db.session.commit()
    assert (desk.line().decision.started_on, desk.line().decision.basis) == (PAINTED_ON, Basis.FIRST_LETTING)
    desk.decide(desk.line().line_id, Cause.DAMAGE)
    assert desk.line().decision.started_on is None


def test_above_the_rule_a_second_person_approves(desk: Desk) -> None:
    desk.price_wall()
    desk.account()
    with desk.estate.app.app_context():
        settling.set_rule(desk.estate.landlord_id, 30000, desk.account_id)
    assert desk.submit() is SettlementState.TO_APPROVE
    with pytest.raises(settling.SecondPersonNeeded):
        desk.approve(desk.account_id)
    with pytest.raises(charging.Frozen):
        desk.price_wall(quantity=100)
    desk.approve(desk.other_id)
    assert desk.look().state is SettlementState.APPROVED
    assert desk.document()["people"] == {"approved": "Paul", "prepared": "Nadia"}


def test_what_waits_for_approval_can_become_a_draft_again(desk: Desk) -> None:
    desk.price_wall()
    desk.account()
    with desk.estate.app.app_context():
        settling.set_rule(desk.estate.landlord_id, 0, desk.account_id)
        desk.submit()
        settling.take_back(desk.scope, desk.flat.root_id, desk.other_id)
    desk.price_wall(quantity=100)
    assert desk.look().state is SettlementState.DRAFT


def test_nobody_approves_what_changed_since_they_looked(desk: Desk) -> None:
    desk.price_wall()
    desk.account()
    with desk.estate.app.app_context():
        seen = settling.digest(assessing.open_exit(desk.scope, desk.flat.root_id))
    desk.price_wall(quantity=100)
    with pytest.raises(settling.Changed):
        desk.submit(seen)
    assert desk.look().state is SettlementState.DRAFT


def test_what_is_approved_never_changes_again(desk: Desk) -> None:
    desk.price_wall()
    desk.account()
    desk.submit()
    for act in (desk.price_wall, desk.account, desk.submit):
        with pytest.raises(charging.Frozen):
            act()
    before = desk.document()
    # The agent's tablet may still note another opinion: the document stands.
    assert desk.document() == before


def test_a_quote_without_its_file_proves_nothing(desk: Desk) -> None:
    kept = desk.look().prices
    assert kept
    paint = priced(next(item for item in kept.prices.items if item.code == "paint_wall"), 1000)
    from dataclasses import replace

    from fieldapp.domain.settlement import Proof

    quote = replace(paint, proof=Proof.QUOTE, reference="26-118")
    line_id = desk.line().line_id
    desk.decide(line_id, Cause.DAMAGE, Decision(quote, PAINTED_ON, Basis.RENEWAL))
    desk.account()
    with pytest.raises(WithoutProof):
        desk.submit("")
    with desk.estate.app.app_context():
        with pytest.raises(charging.StrangeFile):
            charging.attach(desk.scope, desk.flat.root_id, line_id, "devis.exe", b"MZ", desk.account_id)
        charging.attach(desk.scope, desk.flat.root_id, line_id, "devis.pdf", b"%PDF-1.7 devis", desk.account_id)
    assert desk.submit() is SettlementState.APPROVED
    lines = desk.document()["lines"]
    assert lines[0]["papers"][0]["name"] == "devis.pdf"  # type: ignore[index]


def test_a_provision_above_the_law_is_refused_and_nothing_is_approved(desk: Desk) -> None:
    desk.account(provision=8248, collective_building=True)
    with pytest.raises(ProvisionTooHigh):
        desk.submit("")
    desk.account(provision=8247, collective_building=True)
    assert desk.submit() is SettlementState.APPROVED


def test_without_the_days_of_the_account_nothing_is_drawn_up(desk: Desk) -> None:
    desk.price_wall()
    with pytest.raises(settling.NotDrawnUp):
        desk.submit("")


def test_a_late_return_costs_the_landlord_a_tenth_of_the_rent_a_month(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.decide(desk.line().line_id, Cause.NORMAL_WEAR)
    desk.decide(desk.line("key", "quantity").line_id, Cause.NORMAL_WEAR)
    desk.account()
    monkeypatch.setattr(assessing, "today_in", lambda _zone: date(2028, 9, 1))
    found = desk.look()
    drawn = found.drawn()
    assert drawn
    assert found.months_late == 2
    assert found.penalty(drawn) == 8247  # twice a tenth of 412.37


def test_an_exit_of_another_landlord_or_not_sealed_is_not_there(desk: Desk) -> None:
    other = Estate.build(desk.estate.app, "Autre Habitat")
    open_exit, _tablet = leaving(desk.estate)
    entry = sealed(desk.estate)
    with desk.estate.app.app_context():
        for scope, root_id in (
            (Scope(other.landlord_id), desk.flat.root_id),
            (desk.scope, open_exit.root_id),
            (desk.scope, entry.root_id),
            (desk.scope, new_id()),
        ):
            with pytest.raises(NothingToAssess):
                assessing.open_exit(scope, root_id)


def test_everything_decided_is_in_the_journal(desk: Desk) -> None:
    desk.price_wall()
    desk.account()
    desk.submit()
    with desk.estate.app.app_context():
        actions = set(db.session.scalars(select(AuditEntry.action)))
        assert db.session.get(Account, desk.account_id)
    assert {"assessment.line_decided", "settlement.account_saved", "settlement.approved"} <= actions


def test_the_papers_are_noted_as_sent_only_once_they_exist(desk: Desk) -> None:
    desk.account()
    desk.submit()
    with desk.estate.app.app_context(), pytest.raises(settling.NotInThisState):
        settling.note_sent(desk.scope, desk.flat.root_id, "post", desk.account_id)
