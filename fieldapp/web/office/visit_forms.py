"""What the office answers about a sales visit: its slot and who comes."""

from wtforms import SelectMultipleField, StringField
from wtforms.validators import Length

from fieldapp.web.office.slot_form import SlotForm
from fieldapp.web.words import later as _l


class BookVisit(SlotForm):
    """A slot: when, how long, by whom, for whom."""

    candidates = SelectMultipleField(_l("Qui vient"))
    all_the_same = StringField(
        _l("Pourquoi ce logement peut être loué tout de même"),
        validators=[Length(max=300, message=_l("Trois cents caractères au plus."))],
        render_kw={"autocomplete": "off"},
    )
    note = StringField(_l("Pour l’agent"), validators=[Length(max=300)], render_kw={"autocomplete": "off"})
