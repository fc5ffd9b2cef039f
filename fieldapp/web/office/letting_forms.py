"""What the office answers about a dwelling to be let: candidates, offers, slots, the sheet, what is around."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from flask_babel import gettext as _
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FileField,
    IntegerField,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from fieldapp.services.mail import usable
from fieldapp.web.form import Form
from fieldapp.web.office.import_form import DayField
from fieldapp.web.words import later as _l

Pairs = Iterable[tuple[str, str]]


def choices(pairs: Pairs, first: str = "") -> list[SelectChoice]:
    """The choices of a field from codes and words; `first` is what the empty answer is called, if there is one."""
    found = [SelectChoice(value, label) for value, label in pairs]
    return [SelectChoice("", first), *found] if first else found


LONG = Length(max=2000, message=_l("Deux mille caractères au plus."))


class EurosField(StringField):
    """An amount as people write it, `412,37`, kept as integer cents; the empty answer is None."""

    cents: int | None = None

    def pre_validate(self, _form: object) -> None:
        """Read the amount; raises `ValidationError`."""
        text = "".join((self.data or "").split()).replace("€", "").replace(",", ".")
        self.cents = None
        if not text:
            return
        try:
            amount = Decimal(text)
        except InvalidOperation:
            raise ValidationError(_("Ce n’est pas un montant : écrivez 412,37.")) from None
        if not amount.is_finite() or not 0 <= amount < 1_000_000:
            raise ValidationError(_("Ce montant n’est pas possible : de 0 à 999 999 €."))
        self.cents = int((amount * 100).to_integral_value(ROUND_HALF_UP))


def reaches(_form: object, field: Field) -> None:
    """An address may be missing, never half written; raises `ValidationError`."""
    if field.data and not usable(field.data):
        raise ValidationError(_("Cette adresse n’est pas complète : il faut quelque chose comme nom@exemple.fr."))


class AddCandidate(Form):
    """Somebody new for this dwelling."""

    name = StringField(
        _l("Nom"), validators=[DataRequired(_l("Écrivez le nom.")), Length(max=120)], render_kw={"autocomplete": "off"}
    )
    phone = StringField(_l("Téléphone"), validators=[Length(max=20)], render_kw={"autocomplete": "off"})
    email = EmailField(_l("E-mail"), validators=[Length(max=120), reaches], render_kw={"autocomplete": "off"})
    unique_number = StringField(_l("Numéro unique"), validators=[Length(max=30)], render_kw={"autocomplete": "off"})
    language = SelectField(_l("Langue"), choices=choices([("fr", "Français"), ("en", "English")]))
    need = SelectField(_l("Besoin d’accès"))
    rank = IntegerField(_l("Rang"), validators=[Optional(), NumberRange(1, 99, _l("De 1 à 99."))])
    decision = SelectField(_l("Décision de la commission"))
    dalo = BooleanField(_l("Prioritaire au titre du DALO"))


class Reach(Form):
    """Where a candidate is written to."""

    email = EmailField(
        _l("E-mail"),
        validators=[InputRequired(_l("Écrivez l’adresse e-mail.")), Length(max=120), reaches],
        render_kw={"autocomplete": "off"},
    )


class Decide(Form):
    """What the commission decided."""

    decision = SelectField(_l("Décision de la commission"))
    rank = IntegerField(_l("Rang"), validators=[Optional(), NumberRange(1, 99, _l("De 1 à 99."))])


class Notify(Form):
    """On which day an offer was notified."""

    day = DayField(_l("Notifiée le"), validators=[InputRequired(_l("Donnez le jour de la notification."))])


class Reason(Form):
    """Why, in a sentence."""

    reason = StringField(
        _l("Pourquoi"),
        validators=[
            DataRequired(_l("Écrivez pourquoi.")),
            Length(max=300, message=_l("Trois cents caractères au plus.")),
        ],
        render_kw={"autocomplete": "off"},
    )


class EditSheet(Form):
    """The commercial sheet with the certificate."""

    rent = EurosField(_l("Loyer mensuel, hors charges"), validators=[InputRequired(_l("Donnez le loyer."))])
    charges = EurosField(_l("Charges mensuelles"), validators=[InputRequired(_l("Donnez les charges."))])
    deposit = EurosField(_l("Dépôt de garantie"), validators=[InputRequired(_l("Donnez le dépôt."))])
    aids = EurosField(_l("Aide au logement estimée, par mois"))
    available_on = DayField(_l("Libre le"), validators=[Optional()])
    floor = IntegerField(_l("Étage"), validators=[Optional(), NumberRange(-5, 60, _l("De -5 à 60."))])
    lift = BooleanField(_l("Ascenseur"))
    step_free = BooleanField(_l("Accès sans marche"))
    wheelchair = BooleanField(_l("Praticable en fauteuil roulant"))
    adapted_bathroom = BooleanField(_l("Salle de bains adaptée"))
    annexes = StringField(_l("Annexes"), validators=[Length(max=200)])
    dpe_class = SelectField(_l("Classe énergie"))
    climate_class = SelectField(_l("Classe climat"))
    dpe_number = StringField(_l("Numéro du DPE"), validators=[Length(max=20)])
    dpe_date = DayField(_l("DPE établi le"), validators=[Optional()])
    dpe_cost_low = EurosField(_l("Coût annuel de l’énergie, au moins"))
    dpe_cost_high = EurosField(_l("Coût annuel de l’énergie, au plus"))
    risks_on = DayField(_l("État des risques établi le"), validators=[Optional()])
    planned_works = TextAreaField(_l("Travaux prévus"), validators=[LONG], render_kw={"rows": 3})
    energy_fr = TextAreaField(
        _l("Fiche énergie en français, une phrase par ligne"), validators=[LONG], render_kw={"rows": 5}
    )
    energy_en = TextAreaField(
        _l("Fiche énergie en anglais, une phrase par ligne"), validators=[LONG], render_kw={"rows": 5, "lang": "en"}
    )
    key_place = StringField(
        _l("Où est la clé (pour l’agent seulement)"), validators=[Length(max=200)], render_kw={"autocomplete": "off"}
    )

    def validate_dpe_cost_high(self, field: EurosField) -> None:
        """A range runs upwards, and has both ends."""
        low, high = self.dpe_cost_low.cents, field.cents
        if (low is None) != (high is None):
            raise ValidationError(_("Donnez les deux bornes du coût, ou aucune."))
        if low is not None and high is not None and low > high:
            raise ValidationError(_("Le plus haut coût est au-dessous du plus bas."))


class PlaceHome(Form):
    """Where the building stands."""

    lat = StringField(_l("Latitude"), validators=[InputRequired(_l("Donnez la latitude."))])
    lon = StringField(_l("Longitude"), validators=[InputRequired(_l("Donnez la longitude."))])


class AddPictures(Form):
    """Photographs of a dwelling, or its plan."""

    kind = SelectField(_l("Quoi"), choices=[SelectChoice("photo", _l("Photo")), SelectChoice("plan", _l("Plan"))])
    files = MultipleFileField(_l("Fichiers"), render_kw={"accept": "image/jpeg,image/png"})
    caption = StringField(
        _l("Légende"),
        validators=[Length(max=120, message=_l("Cent vingt caractères au plus."))],
        render_kw={"autocomplete": "off"},
    )


class ImportPlaces(Form):
    """A file of what is around."""

    file = FileField(_l("Fichier CSV ou GeoJSON"), render_kw={"accept": ".csv,.json,.geojson,text/csv"})


class SettleWork(Form):
    """Who has a works request, how far it is, what it costs."""

    state = SelectField(_l("Avancement"))
    trade = SelectField(_l("Corps de métier"))
    cost = EurosField(_l("Coût (TTC)"), render_kw={"inputmode": "decimal", "autocomplete": "off"})
    routed_to = StringField(_l("Confié à"), validators=[Length(max=120)], render_kw={"autocomplete": "off"})
    note = StringField(_l("Note"), validators=[Length(max=300)], render_kw={"autocomplete": "off"})
