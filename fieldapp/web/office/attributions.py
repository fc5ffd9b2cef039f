"""The lease that an accepted proposal becomes; with it, its entry can be planned."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from fieldapp.domain.appointment import AppointmentKind
from fieldapp.services import attributions
from fieldapp.services.attributions import Attribution, BeforeTheAnswer, NewLease, ReferenceTaken
from fieldapp.services.booking import NotHere
from fieldapp.web.access import roles
from fieldapp.web.form import Form
from fieldapp.web.office.blueprint import DECIDERS, pages
from fieldapp.web.office.import_form import DayField
from fieldapp.web.office.letting_forms import EurosField
from fieldapp.web.office.lettings import today
from fieldapp.web.office.person import reader, scope
from fieldapp.web.words import later as _l

DAY = InputRequired(_l("Donnez le jour."))
AMOUNT = InputRequired(_l("Écrivez le montant, ou 0."))


class LeaseForm(Form):
    """What the lease says."""

    reference = StringField(
        _l("Référence du bail"),
        validators=[
            DataRequired(_l("Écrivez la référence.")),
            Length(max=30, message=_l("Trente caractères au plus.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    signed_on = DayField(_l("Signé le"), validators=[DAY])
    starts_on = DayField(_l("Commence le"), validators=[DAY])
    rent = EurosField(_l("Loyer"), validators=[AMOUNT], render_kw={"inputmode": "decimal"})
    charges = EurosField(_l("Charges"), validators=[AMOUNT], render_kw={"inputmode": "decimal"})
    deposit = EurosField(_l("Dépôt de garantie"), validators=[AMOUNT], render_kw={"inputmode": "decimal"})
    second = StringField(_l("Autre titulaire du bail"), validators=[Length(max=120)], render_kw={"autocomplete": "off"})
    furnished = BooleanField(_l("Logement loué meublé"))


@pages.get("/lettings/<uuid:dwelling_id>/proposals/<uuid:proposal_id>/lease")
@roles(*DECIDERS)
def new_lease(dwelling_id: object, proposal_id: object) -> str:
    """The form, filled in from the dwelling's sheet."""
    found = _opened(str(dwelling_id), str(proposal_id))
    amounts = {name: _written(getattr(found, name)) for name in ("rent", "charges", "deposit")}
    return _page(found, LeaseForm(formdata=None, signed_on=today(), starts_on=found.day, **amounts))


@pages.post("/lettings/<uuid:dwelling_id>/proposals/<uuid:proposal_id>/lease")
@roles(*DECIDERS)
def draw_up_lease(dwelling_id: object, proposal_id: object) -> Response | tuple[str, int]:
    """Write the lease, then go on to its entry."""
    found, form = _opened(str(dwelling_id), str(proposal_id)), LeaseForm()
    if not form.accepted():
        return _page(found, form), 400
    said = NewLease(
        reference=(form.reference.data or "").strip(),
        signed_on=form.signed_on.data or today(),
        starts_on=form.starts_on.data or today(),
        rent=form.rent.cents or 0,
        charges=form.charges.cents or 0,
        deposit=form.deposit.cents or 0,
        furnished=form.furnished.data,
        second=(form.second.data or "").strip(),
    )
    try:
        tenancy_id = attributions.draw_up(scope(), found.proposal_id, said, reader().account_id)
    except NotHere:
        abort(404)
    except ReferenceTaken:
        form.reference.errors = [_("Un autre bail a cette référence.")]
        return _page(found, form), 400
    except BeforeTheAnswer as error:
        form.starts_on.errors = [
            _("Le bail commence au plus tôt le %(day)s, jour de l’accord.", day=f"{error.day:%d/%m/%Y}")
        ]
        return _page(found, form), 400
    flash(_("Le bail est noté. Donnez maintenant le rendez-vous de l’entrée."), "safe")
    kind, day = AppointmentKind.MOVE_IN.value, said.starts_on.isoformat()
    return redirect(url_for("office.new_appointment", tenancy_id=tenancy_id, kind=kind, day=day))


def _opened(dwelling_id: str, proposal_id: str) -> Attribution:
    try:
        found = attributions.open_attribution(scope(), proposal_id, today())
    except NotHere:
        abort(404)
    if found.dwelling_id != dwelling_id:
        abort(404)
    return found


def _written(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}" if cents else ""


def _page(found: Attribution, form: LeaseForm) -> str:
    return render_template("office/lease_new.html", found=found, form=form)
