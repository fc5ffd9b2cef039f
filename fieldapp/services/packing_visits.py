"""The sales visits of a day pack: who is expected, what is shown, what is around. A handful of queries a pack."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from fieldapp.domain.proposal import ProposalState
from fieldapp.extensions import db
from fieldapp.records.appointment_candidate import AppointmentCandidate
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingPicture, DwellingSheet
from fieldapp.records.place import Place
from fieldapp.records.proposal import Proposal
from fieldapp.records.visit import Visit
from fieldapp.records.visit_criterion import VisitCriterion
from fieldapp.services.sheet import picture_json, sheet_json

Json = dict[str, Any]
Planned = tuple[Visit, Dwelling, Building]


def visits_json(planned: Sequence[Planned], landlord_id: str, day: date) -> dict[str, Json]:
    """The prepared content of these visits, by appointment. One that is all here already names nobody any more."""
    if not planned:
        return {}
    dwellings = {dwelling.id for _, dwelling, _ in planned}
    sheets = {
        sheet.dwelling_id: sheet
        for sheet in db.session.scalars(select(DwellingSheet).where(DwellingSheet.dwelling_id.in_(dwellings)))
    }
    pictures = _pictures(dwellings)
    places = _places({building.id for *_, building in planned})
    expected = _candidates([visit.appointment_id for visit, *_ in planned if visit.received_at is None])
    criteria = _criteria(landlord_id)
    return {
        visit.appointment_id: {
            "id": visit.id,
            "number": visit.number,
            "slot": visit.slot,
            "candidates": expected[visit.appointment_id],
            "sheet": sheet_json(dwelling, building, sheets.get(dwelling.id), day),
            "key_place": sheets[dwelling.id].key_place if dwelling.id in sheets else "",
            "photos": pictures[dwelling.id, "photo"],
            "plan": next(iter(pictures[dwelling.id, "plan"]), None),
            "home": point_json(building.lat_e7, building.lon_e7),
            "surroundings": places[building.id],
            "criteria": criteria,
        }
        for visit, dwelling, building in planned
    }


def _candidates(appointments: Collection[str]) -> defaultdict[str, list[Json]]:
    found: defaultdict[str, list[Json]] = defaultdict(list)
    rows = db.session.execute(
        select(AppointmentCandidate.appointment_id, Candidate, Proposal)
        .join(Candidate, Candidate.id == AppointmentCandidate.candidate_id)
        .outerjoin(Proposal, Proposal.id == AppointmentCandidate.proposal_id)
        .where(AppointmentCandidate.appointment_id.in_(list(appointments)))
        .order_by(AppointmentCandidate.appointment_id, AppointmentCandidate.position)
    )
    for appointment_id, candidate, proposal in rows:
        found[appointment_id].append(
            {
                "id": candidate.id,
                "name": candidate.name,
                "phone": candidate.phone,
                "unique_number": candidate.unique_number,
                "language": candidate.language,
                "need": candidate.need,
                **_standing(proposal),
            }
        )
    return found


def _standing(proposal: Proposal | None) -> Json:
    """Where a candidate stands for this dwelling: towards the commission, in which rank, with an offer or none."""
    if proposal is None:
        return {"stage": None, "rank": None, "offer": None}
    return {"stage": proposal.stage, "rank": proposal.rank, "offer": _offer(proposal)}


def _offer(proposal: Proposal) -> Json | None:
    """Only a notified offer that waits for its answer has a clock."""
    if proposal.state != ProposalState.OFFERED or proposal.notified_on is None or proposal.reply_by is None:
        return None
    return {
        "notified_on": proposal.notified_on.isoformat(),
        "reply_by": proposal.reply_by.isoformat(),
        "dalo": proposal.dalo,
    }


def _pictures(dwellings: Collection[str]) -> defaultdict[tuple[str, str], list[Json]]:
    found: defaultdict[tuple[str, str], list[Json]] = defaultdict(list)
    rows = select(DwellingPicture).where(DwellingPicture.dwelling_id.in_(list(dwellings)))
    for picture in db.session.scalars(rows.order_by(DwellingPicture.dwelling_id, DwellingPicture.position)):
        found[picture.dwelling_id, picture.kind].append(picture_json(picture))
    return found


def _places(buildings: Collection[str]) -> defaultdict[str, list[Json]]:
    found: defaultdict[str, list[Json]] = defaultdict(list)
    rows = select(Place).where(Place.building_id.in_(list(buildings)))
    for place in db.session.scalars(rows.order_by(Place.building_id, Place.distance_m, Place.kind, Place.name)):
        found[place.building_id].append(
            {
                "kind": place.kind,
                "name": place.name,
                "lines": place.lines,
                "detail": place.detail,
                "distance_m": place.distance_m,
                **(point_json(place.lat_e7, place.lon_e7) or {"lat_e7": None, "lon_e7": None}),
            }
        )
    return found


def point_json(lat_e7: int | None, lon_e7: int | None) -> Json | None:
    """A point as the pack writes it; None for what has none."""
    return None if lat_e7 is None or lon_e7 is None else {"lat_e7": lat_e7, "lon_e7": lon_e7}


def _criteria(landlord_id: str) -> list[Json] | None:
    """The landlord's own criteria; None for one that asks those of the catalogue."""
    rows = db.session.scalars(
        select(VisitCriterion).where(VisitCriterion.landlord_id == landlord_id).order_by(VisitCriterion.position)
    )
    own = [{"code": row.code, "label": {"fr": row.label_fr, "en": row.label_en}} for row in rows]
    return own or None
