"""What the accountant says of an exit's account, and the landlord of its approval."""

from collections.abc import Iterable
from datetime import date, timedelta

from flask_babel import gettext as _
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from fieldapp.domain.deadline import months_after
from fieldapp.services.assessing import Exit
from fieldapp.services.settling import AccountAnswers
from fieldapp.web.amounts import quantity
from fieldapp.web.form import Form
from fieldapp.web.office.amount_field import AmountField, hundredths
from fieldapp.web.office.import_form import DayField
from fieldapp.web.words import later as _l


class AccountForm(Form):
    """The days and the amounts that no inventory knows."""

    notice_ends_on = DayField(
        _l("Fin du préavis"), validators=[InputRequired(_l("Donnez le dernier jour du préavis."))]
    )
    called_until = DayField(
        _l("Loyer et charges déjà appelés jusqu’au"), validators=[InputRequired(_l("Donnez le dernier jour appelé."))]
    )
    arrears = AmountField(_l("Impayés"))
    credits = AmountField(_l("Sommes en faveur du locataire"))
    instalments = StringField(_l("Versements reçus depuis, séparés par « ; »"))
    water = AmountField(_l("Régularisation de l’eau"))
    heating = AmountField(_l("Régularisation du chauffage"))
    collective_building = BooleanField(_l("Immeuble collectif, charges annuelles pas encore arrêtées"))
    provision = AmountField(_l("Provision gardée jusqu’aux comptes de l’immeuble"))

    def answers(self) -> AccountAnswers | None:
        """What was answered; None, with sentences at the fields, when something is wrong."""
        for field in (self.arrears, self.credits, self.provision):
            if field.data is not None and field.data < 0:
                field.errors = [_("Le montant ne peut pas être négatif.")]
        paid = [hundredths(part) for part in (self.instalments.data or "").split(";") if part.strip()]
        if any(amount is None or amount < 0 for amount in paid):
            self.instalments.errors = [_("Écrivez des montants séparés par « ; », comme 50 ; 25,50.")]
        if any(field.errors for field in self) or self.notice_ends_on.data is None or self.called_until.data is None:
            return None
        return AccountAnswers(
            notice_ends_on=self.notice_ends_on.data,
            called_until=self.called_until.data,
            arrears=self.arrears.data or 0,
            credits=self.credits.data or 0,
            instalments=tuple(amount for amount in paid if amount is not None),
            water=self.water.data or 0,
            heating=self.heating.data or 0,
            provision=self.provision.data or 0,
            collective_building=bool(self.collective_building.data),
        )


class RuleForm(Form):
    """From which amount on two persons approve."""

    two_above = AmountField(_l("Deux personnes au-dessus de"))

    def accepted(self) -> bool:
        """Whether it was sent, with an amount or with nothing."""
        if not super().accepted():
            return False
        if self.two_above.data is not None and self.two_above.data < 0:
            self.two_above.errors = [_("Le montant ne peut pas être négatif.")]
            return False
        return True


class EstimatesForm(Form):
    """Whether agents show on the spot what an exit may cost."""

    on = BooleanField(_l("Les agents montrent l’estimation au locataire"))


def account_form(found: Exit) -> AccountForm:
    """The form with what is kept, or with the days that are likely: the month of the keys is called to its end."""
    row = found.row
    values: dict[str, object] = {}
    if row is not None:
        values = {
            "arrears": row.arrears or None,
            "credits": row.credits or None,
            "instalments": " ; ".join(_plain(row.instalments)),
            "water": row.water or None,
            "heating": row.heating or None,
            "provision": row.provision or None,
            "collective_building": row.collective_building,
        }
    keys_on = found.keys_on
    values["notice_ends_on"] = (row and row.notice_ends_on) or keys_on
    values["called_until"] = (row and row.called_until) or (keys_on and _month_end(keys_on))
    return AccountForm(**values)


def _plain(amounts: Iterable[int]) -> list[str]:
    return [quantity(amount) for amount in amounts]


def _month_end(day: date) -> date:
    return months_after(day.replace(day=1), 1) - timedelta(days=1)
