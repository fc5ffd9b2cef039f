"""The notice of a lease: given, corrected, taken back, and where the tenant moves within the stock."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from fieldapp.services import leases, notices
from fieldapp.services.booking import NotHere
from fieldapp.services.leases import Lease
from fieldapp.web.access import roles
from fieldapp.web.form import Form
from fieldapp.web.office.blueprint import DECIDERS, pages
from fieldapp.web.office.import_form import DayField
from fieldapp.web.office.lettings import today
from fieldapp.web.office.person import reader, scope
from fieldapp.web.words import later as _l


class NoticeForm(Form):
    """When notice came, when the tenant leaves, and the lease that follows within the stock."""

    given = DayField(_l("Congé reçu le"), validators=[InputRequired(_l("Donnez le jour."))])
    leaves = DayField(_l("Fin du préavis"), validators=[InputRequired(_l("Donnez le jour."))])
    following = StringField(
        _l("Mutation vers le bail"),
        validators=[Length(max=30, message=_l("Trente caractères au plus."))],
        render_kw={"autocomplete": "off"},
    )

    def validate_leaves(self, field: DayField) -> None:
        """Nobody leaves before saying so, nor years later."""
        if field.data is None or self.given.data is None:
            return
        if not 0 <= (field.data - self.given.data).days <= 730:
            raise ValidationError(_("La fin du préavis vient après le congé, dans les deux ans."))


@pages.get("/tenancies/<uuid:tenancy_id>/notice")
@roles(*DECIDERS)
def edit_notice(tenancy_id: object) -> str:
    """The notice as it is known."""
    known = notices.notice_of(_lease(tenancy_id).id)
    form = NoticeForm(
        formdata=None,
        given=known.given_on if known else today(),
        leaves=known.leaves_on if known else None,
        following=known.next_reference if known else "",
    )
    return _page(tenancy_id, form)


@pages.post("/tenancies/<uuid:tenancy_id>/notice")
@roles(*DECIDERS)
def give_notice(tenancy_id: object) -> Response | tuple[str, int]:
    """Note it; the planning then proposes what it asks for."""
    _lease(tenancy_id)
    form = NoticeForm()
    if not form.accepted() or form.given.data is None or form.leaves.data is None:
        return _page(tenancy_id, form), 400
    following = (form.following.data or "").strip()
    try:
        notices.give(scope(), str(tenancy_id), form.given.data, form.leaves.data, following, reader().account_id)
    except notices.UnknownLease:
        form.following.errors = [_("Aucun autre bail libre n’a cette référence.")]
        return _page(tenancy_id, form), 400
    flash(_("Le congé est noté : le planning propose la visite avant sortie et la sortie."), "safe")
    return redirect(url_for("office.tenancy", tenancy_id=tenancy_id))


@pages.post("/tenancies/<uuid:tenancy_id>/notice/remove")
@roles(*DECIDERS)
def take_notice_back(tenancy_id: object) -> Response:
    """The tenant stays."""
    try:
        notices.take_back(scope(), str(tenancy_id), reader().account_id)
    except NotHere:
        abort(404)
    flash(_("Le congé est retiré. Les rendez-vous déjà donnés s’annulent un par un."), "safe")
    return redirect(url_for("office.tenancy", tenancy_id=tenancy_id))


def _lease(tenancy_id: object) -> Lease:
    try:
        return leases.open_lease(scope(), str(tenancy_id))
    except NotHere:
        abort(404)


def _page(tenancy_id: object, form: NoticeForm) -> str:
    lease = _lease(tenancy_id)
    return render_template("office/notice.html", lease=lease, form=form, known=notices.notice_of(lease.id))
