"""What is asked of a member of staff's account."""

from wtforms import EmailField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length

from fieldapp.domain.account import Role
from fieldapp.services.staff import Details
from fieldapp.web.form import Form
from fieldapp.web.language import LANGUAGES
from fieldapp.web.wording import ROLES
from fieldapp.web.words import later as _l

OFF = {"autocomplete": "off"}


class AccountForm(Form):
    """Who it is, what the person does and where."""

    name = StringField(_l("Nom"), validators=[InputRequired(_l("Écrivez le nom.")), Length(max=120)], render_kw=OFF)
    email = EmailField(
        _l("Adresse e-mail professionnelle"),
        validators=[InputRequired(_l("Écrivez l’adresse e-mail.")), Length(max=120)],
        render_kw=OFF,
    )
    role = RadioField(
        _l("Rôle"),
        choices=[SelectChoice(role.value, ROLES[role]) for role in Role],
        validators=[InputRequired(_l("Choisissez un rôle."))],
    )
    agency = SelectField(_l("Agence"))
    language = SelectField(
        _l("Langue des messages"), choices=[SelectChoice(*one) for one in LANGUAGES.items()], default="fr"
    )
    quality = StringField(_l("Qualité imprimée sur les états des lieux"), validators=[Length(max=120)], render_kw=OFF)
    mandate = StringField(_l("Mandat, s’il agit pour le bailleur"), validators=[Length(max=200)], render_kw=OFF)
    domicile = StringField(_l("Adresse du lieu de travail"), validators=[Length(max=200)], render_kw=OFF)

    def details(self) -> Details:
        """The answers of an accepted form."""
        return Details(
            email=self.email.data or "",
            name=(self.name.data or "").strip(),
            role=self.role.data,
            agency_id=self.agency.data or None,
            language=self.language.data,
            quality=(self.quality.data or "").strip(),
            mandate=(self.mandate.data or "").strip(),
            domicile=(self.domicile.data or "").strip(),
        )


class DemandForm(Form):
    """Who is not let in without a second factor."""

    who = RadioField(
        _l("Un second code à la connexion est exigé"),
        choices=[
            SelectChoice("admin", _l("Des administrateurs")),
            SelectChoice("office", _l("De tout le bureau")),
        ],
        validators=[InputRequired(_l("Choisissez l’une des deux réponses."))],
    )
