"""The settlement (décompte): everything that the tenant and the landlord owe each other at the end, and the balance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from fieldapp.domain.rent_share import rent_for
from fieldapp.domain.tenancy import euros

PROVISION_PERCENT = 20
DAY = timedelta(days=1)


class Head(StrEnum):
    """What an entry of the account is for, in the order in which the letter prints them."""

    DEPOSIT = "deposit"
    RENT = "rent"
    CHARGES = "charges"
    ARREARS = "arrears"
    CREDIT = "credit"
    INSTALMENT = "instalment"
    REPAIR = "repair"
    LOSS = "loss"
    WATER = "water"
    HEATING = "heating"
    PROVISION = "provision"


class Proof(StrEnum):
    """What shows that a retained sum is right; without any it may not be retained (loi 89-462, art. 22)."""

    PRICE_LIST = "price_list"
    QUOTE = "quote"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class Retained:
    """A charge line that the landlord keeps: `due` in cents after wear."""

    line_id: str
    due: int
    proof: Proof | None
    is_loss: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """What a settlement is made from; amounts in cents, `rent` and `charges` by the month.

    `called_until`: the last day whose rent and charges are already in the tenant's account (and so in `arrears` where
    unpaid), after the end of the notice when too much was called. `notice_ends_on`: the last day owed; the day before
    somebody else moved in with the landlord's agreement, when that is earlier (art. 15). `arrears` are unpaid,
    `credits` are in the tenant's favour, `instalments` are payments received since. `water` and `heating` settle the
    meters: positive when the tenant owes, negative when too much was paid.
    """

    entry_on: date
    keys_returned_on: date
    notice_ends_on: date
    called_until: date
    deposit: int
    rent: int
    charges: int
    arrears: int = 0
    credits: int = 0
    instalments: tuple[int, ...] = ()
    retained: tuple[Retained, ...] = ()
    water: int = 0
    heating: int = 0
    provision: int = 0
    collective_building: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the account in cents: positive in the tenant's favour, negative what the tenant owes."""

    head: Head
    amount: int
    line_id: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """The account and its balance in cents; positive when the landlord returns money."""

    entries: tuple[Entry, ...]

    @property
    def balance(self) -> int:
        """Everything in the tenant's favour less everything owed."""
        return sum(entry.amount for entry in self.entries)

    @property
    def returned(self) -> int:
        """What the landlord pays to the tenant."""
        return max(0, self.balance)

    @property
    def still_due(self) -> int:
        """What the tenant still has to pay."""
        return max(0, -self.balance)

    def as_json(self) -> dict[str, Any]:
        """The account as documents carry it."""
        return {
            "entries": [
                {"head": entry.head.value, "amount": euros(entry.amount), "line_id": entry.line_id}
                for entry in self.entries
            ],
            "balance": euros(self.balance),
            "returned": euros(self.returned),
            "still_due": euros(self.still_due),
        }


class CannotSettle(Exception):
    """An account that may not be settled as it stands."""


class ExitBeforeEntry(CannotSettle):
    """The keys came back before they were handed over."""


class KeysReturnedInFuture(CannotSettle):
    """The keys are said to come back on a day that has not come."""


class WithoutProof(CannotSettle):
    """Charge lines are retained without price list, quote or invoice; `line_ids` names them."""

    def __init__(self, line_ids: Iterable[str]) -> None:
        self.line_ids = tuple(line_ids)
        super().__init__(", ".join(self.line_ids))


class ProvisionTooHigh(CannotSettle):
    """More is kept for charges than the law lets; `most` in cents."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(euros(most))


def settle(account: Account, today: date) -> Settlement:
    """Draw the account up; entries of 0.00 are left out, except the deposit.

    Raises `ExitBeforeEntry`, `KeysReturnedInFuture`, `WithoutProof`, `ProvisionTooHigh`. Loi 89-462, art. 7 a, 15, 22.
    """
    _check(account, today)
    drawn = Settlement(tuple(_entries(account)))
    if not account.provision:
        return drawn
    most = highest_provision(account.deposit, drawn.balance) if account.collective_building else 0
    if account.provision > most:
        raise ProvisionTooHigh(most)
    return Settlement((*drawn.entries, Entry(Head.PROVISION, -account.provision)))


def highest_provision(deposit: int, balance: int) -> int:
    """The most that may be kept until a collective building's yearly accounts: 20 % of the deposit, never more.

    A fraction of a cent is not kept, and nothing can be kept beyond what would be returned.
    """
    return max(0, min(deposit * PROVISION_PERCENT // 100, balance))


def _check(account: Account, today: date) -> None:
    if account.keys_returned_on < account.entry_on:
        raise ExitBeforeEntry
    if account.keys_returned_on > today:
        raise KeysReturnedInFuture
    unproven = [line.line_id for line in account.retained if line.due and line.proof is None]
    if unproven:
        raise WithoutProof(unproven)


def _entries(account: Account) -> Iterable[Entry]:
    yield Entry(Head.DEPOSIT, account.deposit)
    plain = [
        (Head.RENT, -_until_notice(account.rent, account)),
        (Head.CHARGES, -_until_notice(account.charges, account)),
        (Head.ARREARS, -account.arrears),
        (Head.CREDIT, account.credits),
        *((Head.INSTALMENT, paid) for paid in account.instalments),
    ]
    yield from (Entry(head, amount) for head, amount in plain if amount)
    lines = sorted(account.retained, key=lambda line: line.is_loss)
    yield from (
        Entry(Head.LOSS if line.is_loss else Head.REPAIR, -line.due, line.line_id) for line in lines if line.due
    )
    meters = ((Head.WATER, -account.water), (Head.HEATING, -account.heating))
    yield from (Entry(head, amount) for head, amount in meters if amount)


def _until_notice(monthly: int, account: Account) -> int:
    """What is still to be called until the end of the notice; negative when more was called already."""
    if account.called_until <= account.notice_ends_on:
        return rent_for(monthly, account.called_until + DAY, account.notice_ends_on)
    return -rent_for(monthly, account.notice_ends_on + DAY, account.called_until)
