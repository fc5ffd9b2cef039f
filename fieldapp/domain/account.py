"""An account: a member of the landlord's staff and what the role allows."""

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff does."""

    AGENT = "agent"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    ACCOUNTANT = "accountant"
    ADMIN = "admin"
    AUDITOR = "auditor"
