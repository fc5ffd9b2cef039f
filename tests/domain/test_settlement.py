"""The settlement comes to the cent, in either direction, and by the day that the law names."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.rent_share import rent_for
from fieldapp.domain.settlement import (
    Account,
    ExitBeforeEntry,
    Head,
    KeysReturnedInFuture,
    ProvisionTooHigh,
    Retained,
    Settlement,
    WithoutProof,
    highest_provision,
    settle,
)
from fieldapp.domain.settlement_deadline import deposit_due_by, late_penalty, months_begun, provision_due_by
from fieldapp.domain.tenancy import euros
from tests.domain.wear_vectors import DELAYS, SETTLEMENTS, account_of

TODAY = date(2029, 1, 1)
PLAIN = account_of(SETTLEMENTS[1]["account"])


def amount(settlement: Settlement, head: Head) -> str:
    return euros(sum(entry.amount for entry in settlement.entries if entry.head is head))


@pytest.mark.parametrize("case", SETTLEMENTS, ids=lambda case: case["account"]["about"])
def test_a_settlement_comes_to_what_the_shared_vector_says(case: dict[str, Any]) -> None:
    drawn = settle(account_of(case["account"]), TODAY)
    found = drawn.as_json()
    wanted = case["expected"]
    assert {name: found[name] for name in ("balance", "returned", "still_due")} == {
        name: wanted[name] for name in ("balance", "returned", "still_due")
    }
    assert (amount(drawn, Head.RENT), amount(drawn, Head.CHARGES)) == (wanted["rent"], wanted["charges"])


def test_repairs_beyond_the_deposit_leave_a_debt() -> None:
    drawn = settle(account_of(SETTLEMENTS[0]["account"]), TODAY)
    assert (euros(drawn.returned), euros(drawn.still_due)) == ("0.00", "158.26")


def test_what_was_called_beyond_the_notice_is_given_back() -> None:
    until_12 = replace(PLAIN, notice_ends_on=date(2026, 9, 12), called_until=date(2026, 8, 31))
    all_called = replace(until_12, called_until=date(2026, 9, 30))
    owed, given_back = settle(until_12, TODAY), settle(all_called, TODAY)
    assert (amount(owed, Head.RENT), amount(given_back, Head.RENT)) == ("-164.95", "247.42")
    assert owed.balance - given_back.balance == -(41237 + 9640)


def test_losses_stand_apart_from_repairs() -> None:
    drawn = settle(account_of(SETTLEMENTS[0]["account"]), TODAY)
    assert [(entry.head, entry.line_id) for entry in drawn.entries[1:]] == [
        *((Head.REPAIR, line) for line in ("L1", "L2", "L3")),
        (Head.LOSS, "L4"),
    ]


def test_what_is_retained_without_proof_cannot_be_settled() -> None:
    with pytest.raises(WithoutProof) as refused:
        settle(replace(PLAIN, retained=(Retained("L7", 100, None), Retained("L8", 0, None))), TODAY)
    assert refused.value.line_ids == ("L7",)


def test_a_provision_is_at_most_a_fifth_of_the_deposit_and_only_in_collective_buildings() -> None:
    collective = replace(PLAIN, deposit=41238, collective_building=True)
    assert settle(replace(collective, provision=8247), TODAY).returned == 32991
    for account, most in ((replace(collective, provision=8248), 8247), (replace(PLAIN, provision=1), 0)):
        with pytest.raises(ProvisionTooHigh) as refused:
            settle(account, TODAY)
        assert refused.value.most == most


def test_a_provision_is_kept_from_what_goes_back_and_makes_no_debt() -> None:
    assert [highest_provision(50000, balance) for balance in (50000, 4000, 0, -100)] == [10000, 4000, 0, 0]


def test_an_exit_before_the_entry_is_refused() -> None:
    with pytest.raises(ExitBeforeEntry):
        settle(replace(PLAIN, entry_on=date(2026, 10, 1)), TODAY)


def test_keys_cannot_come_back_tomorrow() -> None:
    with pytest.raises(KeysReturnedInFuture):
        settle(PLAIN, PLAIN.keys_returned_on - timedelta(days=1))
    settle(PLAIN, PLAIN.keys_returned_on)


@given(st.integers(0, 200_000), st.dates(date(2020, 1, 1), date(2032, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_however_a_rent_is_cut_its_parts_add_up(monthly: int, first: date, one: int, other: int) -> None:
    middle, last = first + timedelta(days=one), first + timedelta(days=one + other)
    parts = rent_for(monthly, first, middle - timedelta(days=1)) + rent_for(monthly, middle, last)
    assert parts == rent_for(monthly, first, last)


@given(st.integers(0, 200_000), st.integers(0, 80_000))
def test_both_directions_never_pay_at_once(deposit: int, arrears: int) -> None:
    drawn = settle(replace(PLAIN, deposit=deposit, arrears=arrears), TODAY)
    assert min(drawn.returned, drawn.still_due) == 0
    assert drawn.returned - drawn.still_due == deposit - arrears


def test_a_garage_without_deposit_still_settles() -> None:
    account = Account(date(2024, 1, 1), date(2026, 9, 30), date(2026, 9, 30), date(2026, 9, 30), 0, 6500, 0)
    assert settle(account, TODAY).as_json()["entries"] == [{"head": "deposit", "amount": "0.00", "line_id": ""}]


@pytest.mark.parametrize(("keys", "conforming", "other"), DELAYS["keys_conforming_other"])
def test_the_deposit_goes_back_in_one_or_two_months(keys: str, conforming: str, other: str) -> None:
    day = date.fromisoformat(keys)
    assert (str(deposit_due_by(day, conforms=True)), str(deposit_due_by(day, conforms=False))) == (conforming, other)


def test_month_ends_are_clamped() -> None:
    assert deposit_due_by(date(2026, 12, 31), conforms=False) == date(2027, 2, 28)
    assert provision_due_by(date(2027, 5, 31)) == date(2027, 6, 30)


def test_a_late_deposit_grows_as_the_shared_vectors_say() -> None:
    for due_by, returned_on, begun, rent, penalty in DELAYS["due_returned_begun_rent_penalty"]:
        due, returned, cents = date.fromisoformat(due_by), date.fromisoformat(returned_on), int(rent.replace(".", ""))
        assert months_begun(due, returned) == begun, (due_by, returned_on)
        assert euros(late_penalty(cents, due, returned, address_given=True)) == penalty
        assert late_penalty(cents, due, returned, address_given=False) == 0


def test_a_month_of_delay_begins_on_the_day_after_the_deadline() -> None:
    due_by = date(2027, 1, 31)
    days = (
        date(2026, 12, 1),
        date(2027, 1, 31),
        date(2027, 2, 1),
        date(2027, 2, 28),
        date(2027, 3, 1),
        date(2027, 4, 1),
    )
    assert [months_begun(due_by, day) for day in days] == [0, 0, 1, 1, 2, 3]
    assert euros(late_penalty(41237, due_by, date(2027, 3, 31), address_given=True)) == "82.47"
