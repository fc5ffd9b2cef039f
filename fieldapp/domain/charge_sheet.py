"""The assessment of an exit: what each proposal comes to, once its cause, its price and its age are known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from fieldapp.domain import price_list
from fieldapp.domain.ageing import Start
from fieldapp.domain.cause import Cause
from fieldapp.domain.charge_doubt import Doubt, doubts
from fieldapp.domain.charge_proposal import Proposal
from fieldapp.domain.condition import State
from fieldapp.domain.money import rounded
from fieldapp.domain.price_list import PriceItem, Unit
from fieldapp.domain.settlement import Proof, Retained
from fieldapp.domain.wear import Assessment, ChargeLine, EntryInventory, Outcome, Reason, assess
from fieldapp.domain.wear_grid import GridRow, WearGrid

MORE_WORK = "+"
"""Before the number of a further work on the same line."""

NEEDS_AN_ANSWER = frozenset({Reason.CAUSE_MISSING, Reason.PRICE_MISSING})
"""What the office answers by answering, not by deciding an amount."""


COUNTED = frozenset({Unit.PIECE, Unit.FLAT})
"""Units whose quantity follows from how many are missing."""


class Basis(StrEnum):
    """From when an element's age counts."""

    FIRST_LETTING = "first_letting"
    RENEWAL = "renewal"
    TENANT_RENEWAL = "tenant_renewal"
    WORKS = "works"


@dataclass(frozen=True, slots=True)
class Pricing:
    """What one work costs: `quantity` in hundredths of its unit, `price` in cents before tax, `vat` in percent.

    `reference` is the code of the price list, or the number of the quote or invoice.
    """

    label: str
    quantity: int
    unit: Unit
    price: int
    vat: Decimal
    wear_kind: str
    proof: Proof
    reference: str

    @property
    def net(self) -> Decimal:
        """Euros before tax, exact."""
        return Decimal(self.quantity) * self.price / 10_000

    @property
    def net_cents(self) -> int:
        """The same as it is printed, half up; the arithmetic never uses it."""
        return rounded(self.net * 100)

    @property
    def gross(self) -> int:
        """Cents with tax, half up."""
        return rounded(self.net * (100 + self.vat))


@dataclass(frozen=True, slots=True)
class Decision:
    """What the office decided of one line; `entry_state` is the acceptance of works, `decided` an amount in cents."""

    pricing: Pricing | None = None
    started_on: date | None = None
    basis: Basis | None = None
    entry_state: State | None = None
    decided: int | None = None
    decided_why: str = ""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line with its result; `row` is the grid's, when it ages."""

    line_id: str
    proposal: Proposal
    cause: Cause | None
    decision: Decision
    assessment: Assessment
    row: GridRow | None
    doubts: tuple[Doubt, ...]

    @property
    def by_hand(self) -> bool:
        """Whether a person decided the amount that no rule gives."""
        return self.assessment.outcome is Outcome.TO_ASSESS and self.decision.decided is not None

    @property
    def due(self) -> int | None:
        """Cents that the tenant owes; None while nobody decided."""
        return self.decision.decided if self.by_hand else self.assessment.due

    @property
    def may_be_decided(self) -> bool:
        """Whether a person may decide an amount: the rules send the line to one, and it has a price to decide about."""
        waits = self.assessment.outcome is Outcome.TO_ASSESS and self.assessment.reason not in NEEDS_AN_ANSWER
        return waits and self.decision.pricing is not None

    @property
    def retained(self) -> Retained:
        """The line as the settlement takes it."""
        pricing = self.decision.pricing
        proof = pricing.proof if pricing else None
        return Retained(self.line_id, self.due or 0, proof, is_loss=self.cause is Cause.LOSS)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every line of an exit."""

    lines: tuple[SheetLine, ...]

    @property
    def total(self) -> int:
        """The sum of the rounded lines; what waits counts for nothing."""
        return sum(line.due or 0 for line in self.lines)

    @property
    def waiting(self) -> tuple[SheetLine, ...]:
        """The lines that a person still has to decide."""
        return tuple(line for line in self.lines if line.due is None)

    @property
    def charged(self) -> tuple[SheetLine, ...]:
        """The lines that cost something."""
        return tuple(line for line in self.lines if line.due)

    @property
    def free(self) -> tuple[SheetLine, ...]:
        """The lines that cost nothing."""
        return tuple(line for line in self.lines if line.due == 0)

    @property
    def conforms(self) -> bool:
        """Whether nothing is asked for and nothing waits: the deposit then goes back within a month."""
        return not self.charged and not self.waiting


def sheet(
    found: Iterable[Proposal],
    causes: Mapping[str, Cause],
    decisions: Mapping[str, Decision],
    grid: WearGrid,
    keys_returned_on: date | None,
    entry: EntryInventory,
    items: Sequence[PriceItem] = (),
    starts: Mapping[str, Start] | None = None,
) -> Sheet:
    """Assess every proposal; `causes` by subject, `decisions` by line, further works of a line as `<line>+2`.

    Until somebody decides otherwise, what is gone has its price from `items`, the list that was agreed on, and things age
    from what `starts` knows of them, by their ids.
    """
    lines, more = [], _further(decisions)
    for proposal in found:
        for line_id in (proposal.line_id, *more.get(proposal.line_id, ())):
            decision = decisions.get(line_id) or _usual(proposal, items, (starts or {}).get(proposal.subject_id))
            lines.append(_line(line_id, proposal, cause_of(proposal, causes), decision, grid, keys_returned_on, entry))
    return Sheet(tuple(lines))


def cause_of(proposal: Proposal, causes: Mapping[str, Cause]) -> Cause | None:
    """What was said of the thing; a key that was not given back is lost until somebody says otherwise."""
    said = causes.get(proposal.subject_id)
    return Cause.LOSS if said is None and proposal.subject_kind == "key" else said


def fitting(items: Iterable[PriceItem], proposal: Proposal) -> list[PriceItem]:
    """The works of a price list that may repair it, or replace it when it is gone."""
    return price_list.fitting(items, proposal.kind, proposal.defects, gone=proposal.missing > 0)


def agreed(items: Iterable[PriceItem], proposal: Proposal) -> Pricing | None:
    """The price of what is gone, where the list has exactly one work meant for what is missing of this kind."""
    named = [item for item in fitting(items, proposal) if proposal.missing and price_list.MISSING in item.defects]
    if len(named) != 1 or named[0].unit not in COUNTED:
        return None
    return priced(named[0], 100 * (proposal.missing if named[0].unit is Unit.PIECE else 1))


def priced(item: PriceItem, quantity: int) -> Pricing:
    """A work of the price list."""
    return Pricing(item.label, quantity, item.unit, item.price, item.vat, item.wear_kind, Proof.PRICE_LIST, item.code)


def next_id(line_id: str, known: Sequence[str]) -> str:
    """The name of one more work on the same line."""
    number = 2
    while f"{line_id}{MORE_WORK}{number}" in known:
        number += 1
    return f"{line_id}{MORE_WORK}{number}"


def _usual(proposal: Proposal, items: Sequence[PriceItem], start: Start | None) -> Decision:
    """What holds of a line of which the office has not spoken; after works the old start says nothing."""
    if start is None or proposal.started_on is not None or proposal.replaced:
        return Decision(agreed(items, proposal))
    basis = Basis.RENEWAL if start.renewed else Basis.FIRST_LETTING
    return Decision(agreed(items, proposal), start.on, basis)


def _further(decisions: Mapping[str, Decision]) -> dict[str, list[str]]:
    """The further works of each line, by their numbers."""
    found: dict[str, list[str]] = {}
    for line_id in decisions:
        if MORE_WORK in line_id:
            found.setdefault(line_id.partition(MORE_WORK)[0], []).append(line_id)
    return {
        line: sorted(more, key=lambda line_id: int(line_id.rpartition(MORE_WORK)[2])) for line, more in found.items()
    }


def _line(
    line_id: str,
    proposal: Proposal,
    cause: Cause | None,
    decision: Decision,
    grid: WearGrid,
    keys_returned_on: date | None,
    entry: EntryInventory,
) -> SheetLine:
    pricing = decision.pricing
    line = ChargeLine(
        line_id=line_id,
        element_kind=pricing.wear_kind if pricing else "",
        started_on=decision.started_on or proposal.started_on,
        ended_on=keys_returned_on,
        net=pricing.net if pricing else None,
        vat=pricing.vat if pricing else Decimal(0),
        entry_state=decision.entry_state if proposal.replaced else proposal.entry_state,
        exit_state=proposal.exit_state,
        cause=cause,
        entry_inventory=entry,
    )
    quantity = Decimal(pricing.quantity) / 100 if pricing else Decimal(0)
    unit = _item(pricing) if pricing else None
    return SheetLine(
        line_id=line_id,
        proposal=proposal,
        cause=cause,
        decision=replace(decision, started_on=line.started_on),
        assessment=assess(line, grid),
        row=grid.rows.get(line.element_kind),
        doubts=tuple(doubts(line, unit, quantity, proposal.defects)),
    )


def _item(pricing: Pricing) -> PriceItem:
    """The work as the doubts look at it: only its unit counts."""
    return PriceItem("", pricing.label, (), (), pricing.wear_kind, pricing.unit, pricing.price, pricing.vat)
