"""A party: a person who takes part in an inventory, and in which quality."""

from enum import StrEnum


class Quality(StrEnum):
    """In which quality a person signs."""

    TENANT = "tenant"
    CO_TENANT = "co_tenant"
    PROXY = "proxy"
    GUARDIAN = "guardian"
    CURATOR = "curator"
    """Assists a tenant who signs (Code civil, art. 440 and 467): may sign beside, never instead."""
    AGENT = "agent"
    WITNESS = "witness"


class Bond(StrEnum):
    """What binds two holders of a lease so that one of them may sign for both."""

    MARRIED = "married"
    PACS = "pacs"
