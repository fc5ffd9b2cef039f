"""What is asked of who signs in."""

from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

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


class AskReset(Form):
    """Whose password was forgotten."""

    email = EmailField(
        _l("Adresse e-mail professionnelle"),
        validators=[InputRequired(_l("Écrivez votre adresse e-mail.")), Length(max=120)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )


class ChoosePassword(Form):
    """A new password, twice."""

    password = PasswordField(
        _l("Nouveau mot de passe"),
        validators=[InputRequired(_l("Écrivez votre mot de passe.")), Length(max=1024)],
        render_kw={"autocomplete": "new-password", "autofocus": True},
    )
    again = PasswordField(
        _l("Le même, encore une fois"),
        validators=[EqualTo("password", _l("Les deux ne sont pas pareils : écrivez-les à nouveau."))],
        render_kw={"autocomplete": "new-password"},
    )
