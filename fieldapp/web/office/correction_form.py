"""The form by which the office corrects one value of the central record: the value in its own shape, and why."""

from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from fieldapp.domain import catalogue
from fieldapp.domain.record_fields import DAYS
from fieldapp.domain.wording import Wording
from fieldapp.services.record_history import History
from fieldapp.web.form import Form
from fieldapp.web.language import current
from fieldapp.web.office.letting_forms import choices
from fieldapp.web.words import later as _l

FLAGS = {"yes": _l("oui"), "no": _l("non")}
_WANTED = InputRequired(_l("Dites la valeur juste."))


class Correction(Form):
    """What every correction says; each shape adds its `value`."""

    value: Any
    reason = StringField(
        _l("Pourquoi"),
        validators=[
            InputRequired(_l("Dites pourquoi : la raison reste dans l’historique.")),
            Length(max=300, message=_l("Trois cents caractères au plus.")),
        ],
        render_kw={"autocomplete": "off"},
    )

    def said(self) -> Any:
        """The value as the record keeps it."""
        return self.value.data


class CorrectDay(Correction):
    """A day."""

    value = DateField(_l("Valeur juste"), validators=[_WANTED])

    def said(self) -> Any:
        """The ISO day."""
        return str(self.value.data)


class CorrectCount(Correction):
    """A number of keys."""

    value = IntegerField(
        _l("Valeur juste"),
        validators=[_WANTED, NumberRange(0, 999, message=_l("Un nombre entier, de 0 à 999."))],
    )


class CorrectText(Correction):
    """A few words."""

    value = StringField(
        _l("Valeur juste"),
        validators=[_WANTED, Length(max=200, message=_l("Deux cents caractères au plus."))],
        render_kw={"autocomplete": "off"},
    )

    def said(self) -> Any:
        """The words without the space around them."""
        return (self.value.data or "").strip()


class CorrectSerial(CorrectText):
    """A serial number."""

    value = StringField(
        _l("Valeur juste"),
        validators=[_WANTED, Length(max=40, message=_l("Quarante caractères au plus."))],
        render_kw={"autocomplete": "off"},
    )


class CorrectFlag(Correction):
    """Yes or no."""

    value = SelectField(_l("Valeur juste"), validators=[_WANTED])

    def said(self) -> Any:
        """Whether it is so."""
        return self.value.data == "yes"


class CorrectState(Correction):
    """A state of the scale."""

    value = SelectField(_l("Valeur juste"), validators=[_WANTED])


_SHAPES: dict[str, type[Correction]] = {
    **dict.fromkeys(DAYS, CorrectDay),
    "quantity": CorrectCount,
    "serial": CorrectSerial,
    "contract": CorrectText,
    "new_address": CorrectText,
    "present": CorrectFlag,
    "state": CorrectState,
}
"""Defects are seen on the spot: no form says them afterwards."""


def present(found: History) -> Any:
    """What holds today."""
    return found.values[0].value if found.values else None


def correction_of(field: str, value: Any = None) -> Correction | None:
    """The form of a field: what was sent, or empty; None for a field that only a document says."""
    shape = _SHAPES.get(field)
    if shape is None:
        return None
    form = shape()
    if shape is CorrectFlag:
        form.value.choices = choices(FLAGS.items())
        if form.value.data is None:
            form.value.data = "no" if value is False else "yes"
    if shape is CorrectState:
        form.value.choices = choices(Wording(catalogue.load(), current()).labels("states").items())
        if form.value.data is None:
            form.value.data = value
    return form
