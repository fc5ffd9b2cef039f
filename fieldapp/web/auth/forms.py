"""The sign-in form."""

from wtforms import EmailField, HiddenField, PasswordField
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
