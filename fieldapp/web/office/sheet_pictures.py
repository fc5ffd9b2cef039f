"""The photographs and the plan of a dwelling's sheet: chosen, looked at, removed."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.photos.incoming import Refusal
from fieldapp.services import previews, sheet_pictures
from fieldapp.services.booking import NotHere
from fieldapp.services.sheet_pictures import MOST, NotTaken, OnePlan, TooMany
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.documents import send_picture
from fieldapp.web.office.letting_forms import AddPictures
from fieldapp.web.office.lettings import opened
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of
from fieldapp.web.size import body_up_to
from fieldapp.web.words import later as _l

MOST_BYTES = 60_000_000
REFUSALS = {
    Refusal.STRANGE: _l("« %(name)s » n’est ni une photo JPEG ni une image PNG : rien n’est ajouté."),
    Refusal.BROKEN: _l("« %(name)s » est abîmé et ne peut pas être lu : rien n’est ajouté."),
    Refusal.TOO_HEAVY: _l("« %(name)s » pèse plus de 25 Mo : rien n’est ajouté."),
    Refusal.TOO_LARGE: _l("« %(name)s » a plus de 40 millions de points : rien n’est ajouté."),
    Refusal.TOO_SMALL: _l("« %(name)s » est trop petit pour être montré, 300 points au moins : rien n’est ajouté."),
}


@pages.get("/lettings/<uuid:dwelling_id>/pictures")
@roles(*DECIDERS)
def sheet_pictures_page(dwelling_id: object) -> str:
    """What the sheet shows, and the form to add to it."""
    return _page(str(dwelling_id), AddPictures(formdata=None))


@pages.post("/lettings/<uuid:dwelling_id>/pictures")
@roles(*DECIDERS)
@body_up_to(MOST_BYTES)
def add_pictures(dwelling_id: object) -> Response | tuple[str, int]:
    """Add all of the files, or say which one cannot be."""
    form = AddPictures()
    sent = [file for file in request.files.getlist("files") if file.filename]
    if form.accepted() and not sent:
        form.files.errors = [_("Choisissez au moins un fichier.")]
    if form.errors or not sent:
        return _page(str(dwelling_id), form), 400
    try:
        said = (form.kind.data, [file.read() for file in sent], (form.caption.data or "").strip())
        sheet_pictures.add(scope(), str(dwelling_id), *said, reader().account_id)
    except NotHere:
        abort(404)
    except NotTaken as error:
        form.files.errors = [str(REFUSALS[error.why]) % {"name": sent[error.place].filename}]
    except TooMany:
        form.files.errors = [_("%(most)s photos au plus par logement : rien n’est ajouté.", most=MOST)]
    except OnePlan:
        form.files.errors = [_("Un seul plan par logement : choisissez un seul fichier.")]
    else:
        warn_of(form.caption.data)
        flash(_("C’est ajouté. Les tablettes le recevront à leur prochaine connexion."), "safe")
        return redirect(url_for("office.sheet_pictures_page", dwelling_id=dwelling_id))
    return _page(str(dwelling_id), form), 400


@pages.post("/lettings/<uuid:dwelling_id>/pictures/<uuid:picture_id>/remove")
@roles(*DECIDERS)
def remove_picture(dwelling_id: object, picture_id: object) -> Response:
    """Take one off the sheet."""
    try:
        sheet_pictures.remove(scope(), str(dwelling_id), str(picture_id), reader().account_id)
    except NotHere:
        abort(404)
    flash(_("L’image est retirée de la fiche."), "safe")
    return redirect(url_for("office.sheet_pictures_page", dwelling_id=dwelling_id))


@pages.get("/lettings/<uuid:dwelling_id>/pictures/<sha256>/<any(small, large):size>.jpg")
@roles(*READERS)
def sheet_picture(dwelling_id: object, sha256: str, size: str) -> Response:
    """One of them, decoded and written again."""
    try:
        return send_picture(sheet_pictures.shown(scope(), str(dwelling_id), sha256, size), sha256)
    except previews.NotShown:
        abort(404)


def _page(dwelling_id: str, form: AddPictures) -> str:
    return render_template("office/sheet_pictures.html", file=opened(dwelling_id), form=form, most=MOST)
