"""An entry inventory on paper, attached to the move-out that stands on it."""

from flask import abort, flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.local_day import day
from fieldapp.services import paper_entry
from fieldapp.services.installation import blobs
from fieldapp.services.reviewing import NotHere
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.person import reader, scope
from fieldapp.web.size import body_up_to

MOST_BYTES = 60_000_000
PAGE_POLICY = "default-src 'none'; sandbox"


@pages.post("/inventories/<uuid:inventory_id>/entry")
@roles(*DECIDERS)
@body_up_to(MOST_BYTES)
def attach_entry(inventory_id: object) -> Response:
    """Attach the scan, or note that the landlord did not allow an entry inventory."""
    try:
        if request.form.get("origin") == "obstructed":
            paper_entry.obstruct(scope(), str(inventory_id), reader().account_id)
            flash(_("C’est noté : rien ne sera demandé au locataire."), "safe")
        else:
            _attach(str(inventory_id))
    except NotHere:
        abort(404)
    except paper_entry.NoPlaceForPaper:
        flash(_("Cette sortie a une entrée signée, ou elle est déjà signée : rien n’est joint."), "stop")
    except paper_entry.StrangePage:
        flash(_("L’un des fichiers n’est ni un PDF, ni une photo JPEG ou PNG : rien n’est joint."), "stop")
    except paper_entry.TooManyPages:
        flash(_("Quarante fichiers au plus : rassemblez les pages dans un PDF. Rien n’est joint."), "stop")
    except paper_entry.ImpossibleDay:
        flash(_("La date de l’entrée est après aujourd’hui : rien n’est joint."), "stop")
    return redirect(url_for("office.overview", inventory_id=inventory_id))


def _attach(inventory_id: str) -> None:
    established_on = day(request.form.get("established_on"))
    sent = [file.read() for file in request.files.getlist("pages") if file.filename]
    if established_on is None or not sent:
        flash(_("Choisissez les pages numérisées, et écrivez la date de l’état des lieux d’entrée."), "stop")
        return
    paper_entry.attach(scope(), inventory_id, established_on, sent, reader().account_id)
    flash(_("L’entrée sur papier est jointe. L’agent recopie chaque état sur la tablette et le confirme."), "safe")


@pages.get("/inventories/<uuid:inventory_id>/entry/<sha256>")
@roles(*READERS)
def entry_page(inventory_id: object, sha256: str) -> Response:
    """One file of the scan, always as a download: it came from outside."""
    try:
        page = paper_entry.scan_page(scope(), str(inventory_id), sha256)
    except NotHere:
        abort(404)
    ending = page["media_type"].rpartition("/")[2].replace("jpeg", "jpg")
    response = send_file(
        blobs().path(f"proofs/{sha256}"),
        mimetype=page["media_type"],
        as_attachment=True,
        download_name=f"entree-{sha256[:8]}.{ending}",
    )
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response
