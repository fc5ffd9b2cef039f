"""What the central record keeps the history of: whose fields, and the shape of each value."""

from collections.abc import Mapping
from enum import StrEnum

from fieldapp.domain.condition import State
from fieldapp.domain.value_shape import Shape, code, day, flag, many, one_of, text, whole


class Subject(StrEnum):
    """What a value is of."""

    ELEMENT = "element"
    EQUIPMENT = "equipment"
    KEY = "key"
    METER = "meter"
    TENANCY = "tenancy"
    PARTY = "party"


FIELDS: Mapping[Subject, Mapping[str, Shape]] = {
    Subject.ELEMENT: {
        "state": one_of(State),
        "defects": many(code, 50),
        "installed_on": day,
        "renewed_on": day,
    },
    Subject.EQUIPMENT: {
        "present": flag,
        "installed_on": day,
        "last_maintenance": day,
        "contract": text(200),
        "contract_until": day,
    },
    Subject.KEY: {"quantity": whole(0, 999)},
    Subject.METER: {"serial": text(40)},
    Subject.TENANCY: {
        "entered_on": day,
        "left_on": day,
        "keys_returned_on": day,
        "deposit_due_by": day,
        "deposit_due_by_conforming": day,
    },
    Subject.PARTY: {"new_address": text(400)},
}
"""Readings are no part of it: each of them is a row of its own, which the next one does not replace."""

DAYS = frozenset({"installed_on", "renewed_on", "last_maintenance", "contract_until", *FIELDS[Subject.TENANCY]})
"""The fields that hold an ISO day."""
