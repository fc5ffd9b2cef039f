"""The days that an approved assessment counts ages from are remembered on the stock, for the next assessment."""

from collections.abc import Iterator

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from fieldapp.domain.ageing import Start
from fieldapp.domain.charge_sheet import Basis, SheetLine
from fieldapp.domain.record_fields import Subject
from fieldapp.domain.record_told import Told
from fieldapp.services import ages, record_keeping
from fieldapp.services.assessing import Exit

SUBJECTS = {"element": Subject.ELEMENT, "equipment": Subject.EQUIPMENT}


def remember_in(session: Session, found: Exit, account_id: str) -> None:
    """Keep the days that the stock does not know yet, in the caller's transaction; who approved stands for them."""
    lines = [line for line in found.sheet.lines if line.proposal.subject_kind in SUBJECTS]
    known = ages.starts_in(session, {line.proposal.subject_id for line in lines}, found.priced_on)
    told = {
        (one.entity_id, one.field): one for line in lines for one in _told(line, known.get(line.proposal.subject_id))
    }
    if told:
        with force_locale(found.record["language"]):
            reason = _("évaluation de la sortie %(number)s", number=found.inventory.number)
        record_keeping.remember_in(session, found.inventory, told.values(), account_id, reason)


def _told(line: SheetLine, known: Start | None) -> Iterator[Told]:
    on, basis = line.decision.started_on, line.decision.basis
    if on is None or line.proposal.replaced or on == line.proposal.started_on:
        return
    subject = SUBJECTS[line.proposal.subject_kind]
    renewed = subject is Subject.ELEMENT and basis not in {None, Basis.FIRST_LETTING}
    if known != Start(on, renewed):
        yield Told(subject, line.proposal.subject_id, ages.RENEWED if renewed else ages.INSTALLED, on.isoformat())
