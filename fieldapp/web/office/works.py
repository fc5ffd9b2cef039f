"""The works list: what visits brought to be repaired."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.works import WorksState
from fieldapp.services import works
from fieldapp.services.booking import NotHere
from fieldapp.web.access import roles
from fieldapp.web.letting_words import WORKS_STATES
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.letting_forms import SettleWork, choices
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of


@pages.get("/works")
@roles(*READERS)
def works_list() -> str:
    """The requests that wait, or with `?show=settled` those that are settled."""
    settled = request.args.get("show") == "settled"
    found = works.listed(scope(), settled=settled)
    forms = {work.request.id: _form(work) for work in found}
    return render_template(
        "office/works.html", works=found, forms=forms, settled=settled, decides=reader().role in DECIDERS
    )


@pages.post("/works/<uuid:request_id>")
@roles(*DECIDERS)
def settle_work(request_id: object) -> Response:
    """Say who has it and how far it is."""
    form = SettleWork()
    form.state.choices = choices(WORKS_STATES.items())
    if not form.accepted():
        flash(_("Rien n’a changé : un texte est trop long, ou l’état n’est pas connu."), "stop")
        return redirect(url_for("office.works_list"))
    try:
        works.settle(
            scope(),
            str(request_id),
            WorksState(form.state.data),
            (form.routed_to.data or "").strip(),
            (form.note.data or "").strip(),
            reader().account_id,
        )
    except NotHere:
        abort(404)
    warn_of(form.note.data)
    flash(_("C’est noté."), "safe")
    return redirect(url_for("office.works_list"))


def _form(work: works.Work) -> SettleWork:
    row = work.request
    form = SettleWork(formdata=None, prefix="", state=row.state, routed_to=row.routed_to, note=row.note)
    form.state.choices = choices(WORKS_STATES.items())
    return form
