"""The dwellings to be let: the list, one dwelling with its candidates, and what is decided about them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.access_need import AccessNeed
from fieldapp.domain.distance import Point
from fieldapp.domain.local_day import long_day
from fieldapp.domain.neighbourhood_map import Map, draw
from fieldapp.domain.proposal import CommissionDecision, ProposalState
from fieldapp.domain.unique_number import as_kept, is_plausible
from fieldapp.records.place import Place
from fieldapp.services import lettings, proposing, sheet_writing
from fieldapp.services.booking import NotHere
from fieldapp.services.lettable import NoSheet, NotLettable
from fieldapp.services.lettings import LettingFile
from fieldapp.services.staff_clock import staff_zone
from fieldapp.web.access import roles
from fieldapp.web.language import current
from fieldapp.web.letting_words import DECISIONS, NEEDS
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.letting_forms import AddCandidate, Notify, Reach, Reason, choices
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of

ENDS = {
    "accepted": ProposalState.ACCEPTED,
    "refused": ProposalState.REFUSED,
    "withdrawn": ProposalState.WITHDRAWN,
    "signed": ProposalState.SIGNED,
}


@pages.get("/lettings/")
@roles(*READERS)
def letting_list() -> str:
    """What stands empty or has candidates, and the delays that end soon."""
    found = lettings.lettings(scope(), today())
    return render_template("office/lettings.html", lettings=found, reminders=lettings.reminders(found))


@pages.get("/lettings/<uuid:dwelling_id>")
@roles(*READERS)
def letting(dwelling_id: object) -> str:
    """One dwelling: its sheet, its candidates, its visits."""
    return show_letting(str(dwelling_id))


@pages.post("/lettings/<uuid:dwelling_id>/candidates")
@roles(*DECIDERS)
def add_candidate(dwelling_id: object) -> Response | tuple[str, int]:
    """Add a candidate; a numéro unique of another form warns and is kept."""
    form = candidate_form()
    if not form.accepted():
        return show_letting(str(dwelling_id), form), 400
    number = as_kept(form.unique_number.data or "")
    said = proposing.NewCandidate(
        name=(form.name.data or "").strip(),
        phone=(form.phone.data or "").strip(),
        email=(form.email.data or "").strip(),
        unique_number=number,
        language=form.language.data,
        need=AccessNeed(form.need.data) if form.need.data else None,
        rank=form.rank.data,
        decision=CommissionDecision(form.decision.data) if form.decision.data else None,
        dalo=bool(form.dalo.data),
    )
    try:
        proposing.add_candidate(scope(), str(dwelling_id), said, reader().account_id)
    except NotHere:
        abort(404)
    except proposing.RankTaken:
        form.rank.errors = [_("Une autre personne a déjà ce rang pour ce logement.")]
        return show_letting(str(dwelling_id), form), 400
    flash(_("La personne est ajoutée."), "safe")
    if not number:
        flash(_("Il n’y a pas de numéro unique : à compléter avant la commission."), "wait")
    elif not is_plausible(number):
        flash(_("Le numéro unique a %(count)s caractères au lieu de 18 : à vérifier.", count=len(number)), "wait")
    return _back(dwelling_id)


@pages.post("/lettings/<uuid:dwelling_id>/proposals/<uuid:proposal_id>/notify")
@roles(*DECIDERS)
def notify(dwelling_id: object, proposal_id: object) -> Response:
    """Start the delay of an offer."""
    form = Notify()
    if not form.accepted() or form.day.data is None:
        flash(" ".join(str(error) for error in form.day.errors) or _("Donnez le jour de la notification."), "stop")
        return _back(dwelling_id)
    if form.day.data > today():
        flash(_("Ce jour n’est pas encore venu : un délai ne part que d’une notification faite."), "stop")
        return _back(dwelling_id)
    try:
        until = proposing.notify(scope(), str(proposal_id), form.day.data, today(), reader().account_id)
    except NotHere:
        abort(404)
    except proposing.NotTheirTurn:
        flash(_("Ce n’est pas encore son tour : un rang avant a une offre en cours, ou tient le logement."), "stop")
    except proposing.NoOffer:
        flash(
            _("Aucune offre n’est possible : il faut une décision d’attribution, et une proposition en attente."),
            "stop",
        )
    except NotLettable:
        flash(_("La loi ne permet plus de louer ce logement : notez d’abord une raison."), "stop")
    else:
        last = long_day(until, current())
        flash(_("L’offre est notifiée : réponse au plus tard le %(day)s à minuit.", day=last), "safe")
    return _back(dwelling_id)


@pages.post("/lettings/<uuid:dwelling_id>/proposals/<uuid:proposal_id>/<any(accepted,refused,withdrawn,signed):how>")
@roles(*DECIDERS)
def end_proposal(dwelling_id: object, proposal_id: object, how: str) -> Response:
    """Note a written answer, a withdrawal, or the signed lease."""
    try:
        proposing.end(scope(), str(proposal_id), ENDS[how], today(), reader().account_id)
    except NotHere:
        abort(404)
    except proposing.NoOffer:
        flash(_("Cette proposition est déjà terminée, ou n’a pas d’offre notifiée."), "stop")
    else:
        flash(_("C’est noté."), "safe")
    return _back(dwelling_id)


@pages.post("/lettings/<uuid:dwelling_id>/proposals/<uuid:proposal_id>/email")
@roles(*DECIDERS)
def reach(dwelling_id: object, proposal_id: object) -> Response:
    """Note where a candidate is written to, before the delay of the offer ends."""
    form = Reach()
    if not form.accepted():
        flash(" ".join(str(error) for error in form.email.errors), "stop")
        return _back(dwelling_id)
    try:
        proposing.reach(scope(), str(proposal_id), (form.email.data or "").strip(), reader().account_id)
    except NotHere:
        abort(404)
    except proposing.NoOffer:
        flash(_("Cette proposition est déjà terminée, ou n’a pas d’offre notifiée."), "stop")
    else:
        flash(_("C’est noté."), "safe")
    return _back(dwelling_id)


@pages.post("/lettings/<uuid:dwelling_id>/override")
@roles(*DECIDERS)
def override(dwelling_id: object) -> Response | tuple[str, int]:
    """Let it all the same, and say why."""
    form = Reason()
    if not form.accepted():
        return show_letting(str(dwelling_id), overriding=form), 400
    try:
        sheet_writing.override(scope(), str(dwelling_id), (form.reason.data or "").strip(), reader().account_id)
    except (NotHere, NoSheet):
        abort(404)
    warn_of(form.reason.data)
    flash(_("La raison est notée : le logement peut être proposé."), "safe")
    return _back(dwelling_id)


def show_letting(dwelling_id: str, wrong: AddCandidate | None = None, overriding: Reason | None = None) -> str:
    """The page of a dwelling; `wrong` and `overriding` are answers that were sent without what they need."""
    file = opened(dwelling_id)
    return render_template(
        "office/letting.html",
        file=file,
        form=wrong or candidate_form(empty=True),
        notify=Notify(formdata=None, day=today()),
        overriding=overriding or Reason(formdata=None),
        map=map_of(file),
        near=near(file),
        decides=reader().role in DECIDERS,
    )


def opened(dwelling_id: str) -> LettingFile:
    """The dwelling, or a page that says that it does not exist."""
    try:
        return lettings.open_letting(scope(), dwelling_id, today())
    except NotHere:
        abort(404)


def near(file: LettingFile) -> list[tuple[int, Place]]:
    """The places with a point, nearest first, numbered as on the map."""
    points = [place for place in file.places if place.lat_e7 is not None and place.lon_e7 is not None]
    return list(enumerate(sorted(points, key=lambda place: (place.distance_m or 0, place.name)), 1))


def map_of(file: LettingFile) -> Map | None:
    """The map of what is around, None for a building whose point nobody gave."""
    if file.home is None:
        return None
    points = [Point(place.lat_e7 or 0, place.lon_e7 or 0) for _number, place in near(file)]
    return draw(Point(*file.home), points)


def candidate_form(*, empty: bool = False) -> AddCandidate:
    """The form with its choices in the reader's language."""
    form = AddCandidate(formdata=None) if empty else AddCandidate()
    form.need.choices = choices(NEEDS.items(), _("Aucun"))
    form.decision.choices = choices(DECISIONS.items(), _("Pas encore passée en commission"))
    return form


def today() -> date:
    """The day by the clock of whoever reads."""
    person = reader()
    return datetime.now(ZoneInfo(staff_zone(person.landlord_id, person.agency_id))).date()


def _back(dwelling_id: object) -> Response:
    return redirect(url_for("office.letting", dwelling_id=dwelling_id))
