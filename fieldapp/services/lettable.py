"""The energy rules stop the letting of a dwelling until somebody of the office says why it goes on all the same."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from fieldapp.domain.energy_rules import energy_rule
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.services import audit


class NotLettable(ValueError):
    """Since `ends_on` a dwelling of this class may no longer be let, and no reason to let it all the same is written down."""

    def __init__(self, letter: str, ends_on: date) -> None:
        super().__init__(f"class {letter} since {ends_on}")
        self.letter, self.ends_on = letter, ends_on


class NoSheet(LookupError):
    """The dwelling has no sheet on which a reason could be written down."""


def insist_in(session: Session, dwelling: Dwelling, day: date) -> None:
    """Let the caller go on only with a dwelling that may be let on this day; raises `NotLettable`."""
    rule = energy_rule(dwelling.dpe_class or "", session.get_one(Building, dwelling.building_id).postcode)
    if rule.ends_on is None or not rule.forbids(day):
        return
    sheet = session.get(DwellingSheet, dwelling.id)
    if sheet is None or sheet.override_reason is None:
        raise NotLettable(rule.letter, rule.ends_on)


def override_in(session: Session, dwelling: Dwelling, reason: str, account_id: str) -> None:
    """Write down why it is let all the same, in the caller's transaction; raises `NoSheet`.

    The reason stands on the sheet, by whom and when in the journal too.
    """
    sheet = session.get(DwellingSheet, dwelling.id)
    if sheet is None:
        raise NoSheet(dwelling.id)
    sheet.override_reason, sheet.override_by, sheet.override_at = reason, account_id, datetime.now(UTC)
    session.flush()
    actor = f"account:{account_id}"
    audit.record(session, actor, "sheet.overridden", "dwelling", dwelling.id, dwelling.landlord_id)
