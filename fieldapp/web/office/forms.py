"""What the office answers."""

from wtforms import EmailField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length

from fieldapp.services.deciding import Outcome
from fieldapp.web.form import Form
from fieldapp.web.words import later as _l


class DecideAlert(Form):
    """The answer to an alert: go on or stop, and why; the tablet shows both."""

    outcome = RadioField(
        _l("Votre décision"),
        choices=[
            SelectChoice(Outcome.PROCEED.value, _l("La remise des clés peut avoir lieu")),
            SelectChoice(Outcome.STOP.value, _l("On arrête : pas de signature, pas de clés")),
        ],
        validators=[InputRequired(_l("Choisissez l’une des deux réponses."))],
    )
    reason = TextAreaField(
        _l("Pourquoi, en une phrase"),
        validators=[
            InputRequired(_l("Écrivez pourquoi : l’agent et le locataire le liront.")),
            Length(max=1000, message=_l("Mille caractères au plus.")),
        ],
        render_kw={"rows": 3},
    )


class KeepView(Form):
    """The name of a list that a person comes back to."""

    name = StringField(
        _l("Nom de la vue"),
        validators=[
            InputRequired(_l("Donnez un nom à cette vue.")),
            Length(max=60, message=_l("Soixante caractères au plus.")),
        ],
        render_kw={"autocomplete": "off"},
    )


class SendMail(Form):
    """Where to send a copy."""

    email = EmailField(
        _l("Adresse e-mail"),
        validators=[InputRequired(_l("Écrivez l’adresse e-mail.")), Length(max=254)],
        render_kw={"autocomplete": "off"},
    )
