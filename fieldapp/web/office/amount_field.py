"""Amounts and quantities as people write them: `1 234,50`, `12.5`; kept as whole hundredths."""

import re

from flask_babel import gettext as _
from wtforms import StringField

from fieldapp.web.amounts import quantity

_WRITTEN = re.compile(r"([-−]?)([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
_IGNORED = str.maketrans("", "", " \u00a0\u202f€")


def hundredths(text: str) -> int | None:
    """The hundredths of a number with at most two decimals; None for anything else."""
    found = _WRITTEN.fullmatch(text.translate(_IGNORED))
    if found is None:
        return None
    value = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return -value if found[1] else value


class AmountField(StringField):
    """A number in hundredths: cents of an amount, or hundredths of a unit; None when nothing was written."""

    data: int | None  # type: ignore[assignment]  # a StringField holds text

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was written; it stays in the field when it is no number."""
        written = (valuelist[0] if valuelist else "").strip()
        self.raw_data = [written]
        self.data = hundredths(written) if written else None
        if written and self.data is None:
            raise ValueError(_("Ce n’est pas un nombre : écrivez par exemple 12,50."))

    def _value(self) -> str:
        if self.data is None:
            return str(self.raw_data[0]) if self.raw_data else ""
        return quantity(self.data).replace("\u202f", "").replace("\u00a0", "").replace(",", "," if _comma() else "")


def _comma() -> bool:
    """Whether a comma is the decimal sign of the reader's language, and not a separator of thousands."""
    return quantity(50) == "0,5"
