"""What is asked of who signs in."""

from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from fieldapp.web.form import Form
from fieldapp.web.words import later as _l


class SignIn(Form):
    """An e-mail address, a password, and where to go afterwards."""

    email = EmailField(
        _l("Adresse e-mail professionnelle"),
        validators=[InputRequired(_l("Écrivez votre adresse e-mail.")), Length(max=120)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        _l("Mot de passe"),
        validators=[InputRequired(_l("Écrivez votre mot de passe.")), Length(max=1024)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class SecondStep(Form):
    """A code of the authenticator, or a recovery code."""

    code = StringField(
        _l("Code"),
        validators=[InputRequired(_l("Écrivez le code.")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"},
    )
