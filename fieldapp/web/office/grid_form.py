"""What is said of a wear grid beside its file."""

from flask_babel import gettext as _
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from fieldapp.services.grids import NewGrid
from fieldapp.web.office.import_form import DayField, TableImport
from fieldapp.web.words import later as _l


class ImportGrid(TableImport):
    """The agreement that the grid comes from."""

    title = StringField(
        _l("Titre de l’accord"),
        validators=[
            InputRequired(_l("Écrivez le titre de l’accord.")),
            Length(max=120, message=_l("120 caractères au plus.")),
        ],
    )
    signatories = TextAreaField(
        _l("Signataires, un par ligne"),
        validators=[
            InputRequired(_l("Écrivez qui a signé l’accord.")),
            Length(max=1000, message=_l("Mille caractères au plus.")),
        ],
        render_kw={"rows": 3},
    )
    perimeter = StringField(
        _l("Périmètre, comme l’accord le dit"),
        validators=[
            InputRequired(_l("Écrivez à quels logements l’accord s’applique.")),
            Length(max=200, message=_l("200 caractères au plus.")),
        ],
    )
    buildings = SelectMultipleField(
        _l("Résidences de ce périmètre"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    signed_on = DayField(_l("Signé le"), validators=[InputRequired(_l("Donnez le jour de la signature."))])
    starts_on = DayField(_l("S’applique à partir du"), validators=[InputRequired(_l("Donnez le premier jour."))])
    ends_on = DayField(_l("Jusqu’au, si l’accord a une fin"), validators=[Optional()])
    wears_losses = BooleanField(_l("L’accord applique aussi la vétusté à ce qui est perdu"))

    def said(self) -> NewGrid | None:
        """What was answered; None, with a sentence at the field, when the days contradict each other."""
        if self.signed_on.data is None or self.starts_on.data is None:
            return None
        if self.ends_on.data and self.ends_on.data < self.starts_on.data:
            self.ends_on.errors = [_("Ce jour est avant le premier jour : corrigez l’un des deux.")]
            return None
        names = [line.strip() for line in (self.signatories.data or "").splitlines()]
        return NewGrid(
            title=(self.title.data or "").strip(),
            signatories=tuple(name for name in names if name),
            perimeter=(self.perimeter.data or "").strip(),
            signed_on=self.signed_on.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            wears_losses=bool(self.wears_losses.data),
            building_ids=tuple(self.buildings.data or ()),
        )
