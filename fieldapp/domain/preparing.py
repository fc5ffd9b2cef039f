"""What who comes to an appointment has to prepare."""

from enum import StrEnum

from fieldapp.domain.appointment import AppointmentKind


class Preparation(StrEnum):
    """One thing to bring or to do before."""

    IDENTITY = "identity"
    INSURANCE = "insurance"
    KEYS = "keys"
    NEW_ADDRESS = "new_address"
    BOILER = "boiler"
    EMPTY = "empty"
    SOMEBODY_THERE = "somebody_there"
    QUESTIONS = "questions"
    UNIQUE_NUMBER = "unique_number"


def to_prepare(kind: AppointmentKind, *, own_boiler: bool) -> tuple[Preparation, ...]:
    """By kind of appointment; insurance is proved at the entry (loi 89-462, art. 7 g), the upkeep of an individual boiler
    at the exit (art. R224-41-4 s. of the environment code).
    """
    match kind:
        case AppointmentKind.MOVE_IN:
            return (Preparation.IDENTITY, Preparation.INSURANCE)
        case AppointmentKind.MOVE_OUT:
            boiler = (Preparation.BOILER,) if own_boiler else ()
            return (Preparation.EMPTY, Preparation.KEYS, Preparation.NEW_ADDRESS, *boiler)
        case AppointmentKind.PRE_EXIT:
            return (Preparation.SOMEBODY_THERE, Preparation.QUESTIONS)
        case AppointmentKind.SALES_VISIT:
            return (Preparation.IDENTITY, Preparation.UNIQUE_NUMBER)
        case AppointmentKind.ACCEPTANCE | AppointmentKind.VACANT_CHECK:
            return ()
        case AppointmentKind.ADDENDUM:
            return (Preparation.IDENTITY,)
