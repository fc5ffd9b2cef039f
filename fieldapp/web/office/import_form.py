"""What every import of a table asks for: a file that is looked at first, then kept whole."""

import base64
import binascii
from datetime import date

from flask_babel import gettext as _
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField

from fieldapp.web.form import Form
from fieldapp.web.words import later as _l

MOST_BYTES = 128_000
"""Some 1500 lines; the preview sends the file back with the form, within the limit of a form."""


class DayField(DateField):
    """A day, with our own words for a wrong one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the ISO day that the browser sends."""
        if not valuelist or not valuelist[0]:
            return
        try:
            self.data = date.fromisoformat(valuelist[0])
        except ValueError:
            self.data = None
            raise ValueError(_("Ce n’est pas un jour : écrivez année-mois-jour, comme 2026-09-30.")) from None


class TableImport(Form):
    """A table: `file` is what was just chosen, `content` what was looked at before, in base64."""

    file = FileField(_l("Fichier CSV"), render_kw={"accept": ".csv,text/csv"})
    content = HiddenField()

    @property
    def chosen(self) -> bool:
        """Whether a new file came with the form."""
        return bool(self.file.data and self.file.data.filename)

    def table(self) -> bytes | None:
        """The bytes of the table; None, with a sentence at the field, when there is none or it is too heavy."""
        data = self.file.data.read(MOST_BYTES + 1) if self.chosen else self._kept()
        if not data and not self.chosen:
            self.file.errors = [_("Choisissez le fichier à importer.")]
            return None
        if len(data) > MOST_BYTES:
            self.file.errors = [_("Ce fichier est trop lourd : 128 ko au plus.")]
            return None
        self.content.data = base64.b64encode(data).decode()
        return bytes(data)

    def _kept(self) -> bytes:
        try:
            return base64.b64decode(self.content.data or "", validate=True)
        except (binascii.Error, ValueError):
            return b""
