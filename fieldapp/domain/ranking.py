"""Whose turn it is: the next rank is proposed only after a formal refusal or the end of the delay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldapp.domain.proposal import FREED, ProposalState


@dataclass(frozen=True, slots=True)
class Ranked:
    """A proposal as the order looks at it: its rank, how far it is, until when it may be answered."""

    id: str
    rank: int
    state: ProposalState
    reply_by: date | None


def next_in_rank(proposals: Iterable[Ranked], today: date) -> Ranked | None:
    """The waiting proposal whose turn it is; None while a rank before it holds the dwelling or its offer runs.

    An opinion on a visit slip never frees a rank: who says no there and has not signed an answer still holds the offer.
    """
    for one in sorted(proposals, key=lambda each: each.rank):
        if one.state is ProposalState.WAITING:
            return one
        lapsed = one.state is ProposalState.OFFERED and one.reply_by is not None and today > one.reply_by
        if one.state not in FREED and not lapsed:
            return None
    return None
