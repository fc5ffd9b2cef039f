"""What is said of a price list beside its file."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from fieldapp.web.office.import_form import DayField, TableImport
from fieldapp.web.words import later as _l


class ImportPrices(TableImport):
    """The title that stays the same from version to version, and the day from which the prices hold."""

    title = StringField(
        _l("Titre du bordereau"),
        validators=[
            InputRequired(_l("Écrivez le titre du bordereau.")),
            Length(max=120, message=_l("120 caractères au plus.")),
        ],
    )
    starts_on = DayField(_l("Prix valables à partir du"), validators=[InputRequired(_l("Donnez le premier jour."))])
