"""An appointment: who meets whom, where and when."""

from enum import StrEnum


class AppointmentKind(StrEnum):
    """What the appointment is for."""

    MOVE_IN = "move_in"
    MOVE_OUT = "move_out"
    PRE_EXIT = "pre_exit"
    SALES_VISIT = "sales_visit"
    ACCEPTANCE = "acceptance"
    VACANT_CHECK = "vacant_check"
    ADDENDUM = "addendum"


TECHNICAL = frozenset({AppointmentKind.ACCEPTANCE, AppointmentKind.VACANT_CHECK})
"""Visits of a dwelling for its works: a firm is met there, or nobody; a `visit` is made, without any candidate."""

VISITS = TECHNICAL | {AppointmentKind.SALES_VISIT, AppointmentKind.ADDENDUM}
"""What is made there is a visit, without lease or inventory."""


class SlotKind(StrEnum):
    """Whether a sales visit is for one household, or several come in one slot."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class AppointmentState(StrEnum):
    """How far an appointment has come."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"
