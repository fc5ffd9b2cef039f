"""An inventory of fixtures (état des lieux): its kinds, its life, how it ended."""

from enum import StrEnum


class InventoryKind(StrEnum):
    """When in the tenancy the inventory is made."""

    MOVE_IN = "move_in"
    MOVE_OUT = "move_out"
    PRE_EXIT = "pre_exit"


class InventoryState(StrEnum):
    """How far an inventory has come; a sealed one never changes."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    HELD = "held"
    INTERRUPTED = "interrupted"
    CLOSED = "closed"
    SEALED = "sealed"


class Outcome(StrEnum):
    """How the parties ended it: signed by all, refused by one, or without one of them."""

    SIGNED = "signed"
    REFUSED = "refused"
    ABSENT = "absent"
