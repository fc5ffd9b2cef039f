"""On what a landlord asks candidates for their opinion: read and written whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from fieldapp.domain import catalogue
from fieldapp.extensions import db
from fieldapp.records.visit_criterion import VisitCriterion
from fieldapp.services import audit
from fieldapp.services.identifier import new_id

MOST = 8
"""More than a candidate answers; the visit has its taps to count."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion in both languages; its code stays when its words change, None for a new one."""

    code: str | None
    label_fr: str
    label_en: str


def criteria_of(landlord_id: str) -> tuple[Criterion, ...]:
    """The landlord's own criteria, or those that come with the program."""
    rows = select(VisitCriterion).where(VisitCriterion.landlord_id == landlord_id).order_by(VisitCriterion.position)
    own = tuple(Criterion(row.code, row.label_fr, row.label_en) for row in db.session.scalars(rows))
    return own or usual()


def usual() -> tuple[Criterion, ...]:
    """Those that come with the program."""
    rows = catalogue.load_visits()["criteria"]
    return tuple(Criterion(row["code"], row["label"]["fr"], row["label"]["en"]) for row in rows)


def write(landlord_id: str, wanted: Sequence[Criterion], account_id: str) -> None:
    """Put these in the place of the ones before, in this order; none of its own brings back those of the program.

    A code that the landlord does not have is taken for a new criterion.
    """
    session = db.session()
    known = {one.code for one in criteria_of(landlord_id)}
    session.execute(delete(VisitCriterion).where(VisitCriterion.landlord_id == landlord_id))
    for position, one in enumerate(wanted, 1):
        code = one.code if one.code in known and one.code is not None else _new_code()
        known.discard(code)
        session.add(
            VisitCriterion(
                landlord_id=landlord_id, code=code, label_fr=one.label_fr, label_en=one.label_en, position=position
            )
        )
    session.flush()
    audit.record(
        session, f"account:{account_id}", "criteria.written", "landlord", landlord_id, landlord_id, criteria=len(wanted)
    )
    session.commit()


def _new_code() -> str:
    """A code as the tablets write it: letters and digits alone."""
    return f"own_{new_id().replace('-', '')}"
