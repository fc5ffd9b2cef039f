"""What keeps the house running: the tablets that have access, and the work that failed."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.import_tables import TABLES
from fieldapp.services import enrolment, given_up
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import KEEPERS, pages
from fieldapp.web.office.person import reader, scope


@pages.get("/upkeep")
@roles(*KEEPERS)
def upkeep() -> str:
    """The tablets and the failed work."""
    found = given_up.failed(scope())
    return render_template("office/upkeep.html", tablets=enrolment.devices_of(scope()), failed=found, every=TABLES)


@pages.post("/tablets/<uuid:device_id>/revoke")
@roles(*KEEPERS)
def revoke(device_id: object) -> Response:
    """Take a lost tablet's access away."""
    try:
        enrolment.revoke_in_scope(scope(), str(device_id), reader().account_id)
    except enrolment.UnknownDevice:
        abort(404)
    flash(_("Cette tablette n’a plus accès. Son agent peut se connecter à nouveau avec son mot de passe."), "safe")
    return redirect(url_for("office.upkeep"))


@pages.post("/jobs/<int:job_id>/retry")
@roles(*KEEPERS)
def retry(job_id: int) -> Response:
    """Try failed work again."""
    try:
        given_up.retry(scope(), job_id, reader().account_id)
    except given_up.UnknownJob:
        abort(404)
    flash(_("Ce travail est demandé à nouveau."), "safe")
    return redirect(url_for("office.upkeep"))
