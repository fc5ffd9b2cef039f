"""How far the settlement of an exit has come."""

from enum import StrEnum


class SettlementState(StrEnum):
    """A draft is worked on; what is to approve waits for a second person; what is approved never changes again."""

    DRAFT = "draft"
    TO_APPROVE = "to_approve"
    APPROVED = "approved"
    SENT = "sent"

    @property
    def frozen(self) -> bool:
        """Whether nothing in it may change any more."""
        return self in {SettlementState.APPROVED, SettlementState.SENT}
