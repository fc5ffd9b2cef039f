"""What is asked before another system is let in or told."""

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length

from fieldapp.web.form import Form
from fieldapp.web.words import later as _l


class MakeConnector(Form):
    """A system that hears what happens here."""

    kind = RadioField(
        _l("Comment ce système est informé"),
        choices=[
            SelectChoice("web", _l("Par une adresse web, à chaque événement")),
            SelectChoice("folder", _l("Par des fichiers dans un dossier du serveur")),
        ],
        default="web",
        validators=[InputRequired(_l("Choisissez l’une des deux réponses."))],
    )
    name = StringField(
        _l("Nom du système"),
        validators=[InputRequired(_l("Donnez un nom à ce système.")), Length(max=80)],
        render_kw={"autocomplete": "off"},
    )
    target = StringField(
        _l("Adresse, ou nom du dossier"),
        validators=[InputRequired(_l("Écrivez l’adresse ou le nom du dossier.")), Length(max=500)],
        render_kw={"autocomplete": "off"},
    )


class GiveToken(Form):
    """A system that may ask."""

    label = StringField(
        _l("Nom du système"),
        validators=[InputRequired(_l("Donnez un nom à ce système.")), Length(max=80)],
        render_kw={"autocomplete": "off"},
    )
    scope = RadioField(
        _l("Ce qu’il peut faire"),
        choices=[SelectChoice("read", _l("Lire")), SelectChoice("write", _l("Lire et écrire"))],
        default="read",
        validators=[InputRequired(_l("Choisissez l’une des deux réponses."))],
    )
