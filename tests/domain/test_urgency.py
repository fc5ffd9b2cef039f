"""The office's list is in one order: what went wrong, then what is due, then what is unread."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fieldapp.domain.inventory import InventoryState, Outcome
from fieldapp.domain.review import Verdict
from fieldapp.domain.urgency import PRESSING, Facts, Reason, judge

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
SEALED = {"state": InventoryState.SEALED, "handed": True, "closed_at": NOW - timedelta(hours=3), "received_at": NOW}


def reasons(**facts: object) -> list[str]:
    return list(judge(Facts(**facts), NOW).reasons)  # type: ignore[arg-type]  # each test names the facts it is about


def test_what_nobody_has_read_waits_for_a_reader_and_what_was_accepted_is_done() -> None:
    assert reasons(**SEALED) == ["to_review"]
    assert reasons(**SEALED, verdict=Verdict.ACCEPTED) == ["done"]


def test_every_reason_is_said_worst_first() -> None:
    assert reasons(**SEALED, outcome=Outcome.REFUSED, conflicts=2, rejections=1) == [
        "rejected",
        "conflict",
        "refused",
        "to_review",
    ]


def test_the_law_comes_before_a_record_that_differs() -> None:
    closed = {"state": InventoryState.CLOSED, "closed_at": NOW, "record_refused": True}
    assert reasons(**closed, not_complete=True)[0] == "not_complete"
    assert reasons(**closed)[0] == "record_refused"


@pytest.mark.parametrize(
    ("due_by", "reason"),
    ((None, "deposit_due"), (date(2026, 12, 6), "deposit_due"), (date(2026, 12, 5), "deposit_soon"),
     (date(2026, 11, 28), "deposit_soon"), (date(2026, 11, 27), "deposit_late")),
)  # fmt: skip
def test_a_deposit_presses_more_as_its_day_comes(due_by: date | None, reason: str) -> None:
    exit_ = {**SEALED, "is_exit": True, "verdict": Verdict.ACCEPTED, "due_by": due_by}
    assert reasons(**exit_) == [reason]
    assert reasons(**exit_, settled=True) == ["done"]


def test_a_deposit_is_late_by_the_clock_of_the_dwelling() -> None:
    exit_ = {**SEALED, "is_exit": True, "verdict": Verdict.ACCEPTED, "due_by": date(2026, 11, 28)}
    evening = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
    paris = judge(Facts(**exit_), evening)  # type: ignore[arg-type]
    cayenne = judge(Facts(**exit_, zone="America/Cayenne"), evening)  # type: ignore[arg-type]
    assert paris.reasons == (Reason.DEPOSIT_LATE,)
    assert cayenne.reasons == (Reason.DEPOSIT_SOON,)
    assert cayenne.until == datetime(2026, 11, 29, 3, 0, tzinfo=UTC)


def test_a_tablet_that_says_nothing_for_a_day_is_late_and_the_answer_says_when_to_look_again() -> None:
    heard = NOW - timedelta(hours=23)
    under_way = judge(Facts(InventoryState.IN_PROGRESS, heard_at=heard), NOW)
    assert under_way.reasons == (Reason.IN_PROGRESS,)
    assert under_way.until == heard + timedelta(hours=24)
    assert judge(Facts(InventoryState.IN_PROGRESS, heard_at=heard), heard + timedelta(hours=24)).reasons == (
        Reason.LATE_SYNC,
    )
    assert reasons(state=InventoryState.PLANNED, starts_at=NOW - timedelta(days=2)) == ["late_sync"]
    assert reasons(state=InventoryState.PLANNED, starts_at=NOW) == ["planned"]


def test_what_came_a_day_after_it_was_signed_is_read_as_late() -> None:
    late = {**SEALED, "closed_at": NOW - timedelta(days=2)}
    assert reasons(**late) == ["late_sync", "to_review"]
    assert reasons(**late, verdict=Verdict.ACCEPTED) == ["done"]


@pytest.mark.parametrize(
    ("verdict", "reason", "presses"),
    (
        (Verdict.RETURNED, "returned", False),
        (Verdict.CORRECTED, "corrected", True),
        (Verdict.ADDENDUM, "addendum", False),
        (Verdict.DISPUTED, "disputed", True),
    ),
)
def test_a_verdict_decides_who_has_to_act(verdict: Verdict, reason: str, presses: bool) -> None:  # noqa: FBT001
    assert reasons(**SEALED, verdict=verdict, outcome=Outcome.REFUSED) == [reason]
    assert (Reason(reason) in PRESSING) is presses


def test_what_was_held_back_for_a_danger_is_the_worst() -> None:
    worst = min(Reason, key=lambda reason: reason.rank)
    assert reasons(state=InventoryState.HELD, conflicts=3)[0] == worst == "held"
