"""Reminders by e-mail before the delay of an offer ends: one an offer, with the proof of its sending."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.local_day import long_day
from fieldapp.domain.message import Purpose, Topic
from fieldapp.domain.proposal import ProposalState
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.agency import Agency
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.landlord import Landlord
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.proposal import Proposal
from fieldapp.services import audit, mail

BEFORE = timedelta(days=3)
"""How long before its last day an offer is recalled (P): a document can still be posted and a person be reached."""

HOURS = range(8, 20)
"""When somebody may be written to, by the clock of the dwelling (P)."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that was written: where its message is, and how far that has come."""

    mail_id: str
    state: str
    sent_at: datetime | None


def remind_due(now: datetime) -> int:
    """Write to each candidate whose delay ends within three days and who has an address; gives how many.

    One transaction an offer. Who has no address yet is looked at again the next hour, and said to the office.
    """
    session = db.session()
    running = select(Proposal.id, Building.postcode, Proposal.reply_by).where(
        Proposal.state == ProposalState.OFFERED,
        Proposal.reminded_on.is_(None),
        Proposal.reply_by <= (now + BEFORE + timedelta(days=1)).date(),
    )
    rows = session.execute(
        running.join(Dwelling, Dwelling.id == Proposal.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .order_by(Proposal.reply_by, Proposal.id)
    ).all()
    session.rollback()
    count = 0
    for proposal_id, postcode, reply_by in rows:
        there = now.astimezone(ZoneInfo(zone_of(postcode)))
        if there.hour in HOURS and reply_by is not None and there.date() <= reply_by <= there.date() + BEFORE:
            count += _remind(session, proposal_id, there.date())
    return count


def written(proposal_ids: Iterable[str]) -> dict[str, Reminder]:
    """The reminders of these proposals, by proposal; of proposals within the caller's scope."""
    rows = db.session.execute(
        select(OutgoingMail.topic_id, OutgoingMail.id, OutgoingMail.state, OutgoingMail.sent_at).where(
            OutgoingMail.topic == Topic.PROPOSAL,
            OutgoingMail.topic_id.in_(list(proposal_ids)),
            OutgoingMail.purpose == Purpose.REPLY_REMINDER,
        )
    )
    return {str(proposal): Reminder(mail_id, state, sent_at) for proposal, mail_id, state, sent_at in rows}


def _remind(session: Session, proposal_id: str, today: date) -> int:
    """Write one reminder; 0 when the offer was answered or recalled meanwhile, or nobody can be written to."""
    found = session.execute(
        select(Proposal, Candidate, Dwelling, Building)
        .join(Candidate, Candidate.id == Proposal.candidate_id)
        .join(Dwelling, Dwelling.id == Proposal.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Proposal.id == proposal_id)
        .with_for_update(of=Proposal)
    ).one()
    proposal, candidate, dwelling, building = found
    waits = proposal.state == ProposalState.OFFERED and proposal.reminded_on is None and proposal.reply_by is not None
    if not waits or candidate.erased_at is not None or not mail.usable(candidate.email):
        session.rollback()
        return 0
    proposal.reminded_on = today
    mail.write_in(session, _draft(session, proposal, candidate, dwelling, building))
    audit.record(session, "server", "proposal.reminded", "proposal", proposal.id, proposal.landlord_id)
    session.commit()
    return 1


def _draft(
    session: Session, proposal: Proposal, candidate: Candidate, dwelling: Dwelling, building: Building
) -> mail.Draft:
    language = candidate.language if candidate.language in {"fr", "en"} else "fr"
    place = ", ".join(
        part for part in (building.street, dwelling.detail, f"{building.postcode} {building.town}") if part
    )
    # Within the job that sends it there is nobody whose language could be asked for: it is the candidate's.
    with force_locale(language):
        day = long_day(proposal.reply_by or proposal.created_at.date(), language)
        return mail.Draft(
            landlord_id=proposal.landlord_id,
            agency_id=building.agency_id,
            purpose=Purpose.REPLY_REMINDER,
            to=candidate.email.strip(),
            language=language,
            subject=_("Rappel : votre réponse est attendue au plus tard le %(day)s à minuit", day=day),
            body=_text(
                candidate.name, place, day, dalo=proposal.dalo, agency=session.get_one(Agency, building.agency_id)
            )
            + "\n\n"
            + session.get_one(Landlord, proposal.landlord_id).name,
            topic=Topic.PROPOSAL,
            topic_id=proposal.id,
            recipient_id=candidate.id,
        )


def _text(name: str, place: str, day: str, *, dalo: bool, agency: Agency) -> str:
    lines = [
        _("Bonjour %(name)s,", name=name),
        _("Nous vous avons proposé un logement : %(place)s.", place=place),
        _("Votre réponse doit nous parvenir au plus tard le %(day)s à minuit.", day=day),
        _(
            "Sans réponse ce jour-là, la loi considère que vous refusez : le logement est alors proposé à quelqu’un d’autre."
        ),
        _("Ce que vous avez dit pendant la visite est un avis, pas la réponse officielle."),
    ]
    if dalo:
        lines.append(
            _(
                "Vous êtes reconnu prioritaire (DALO) : refuser, ou ne pas répondre, peut vous faire perdre cette priorité. Parlez-nous-en avant."
            )
        )
    lines.append(_("Vous avez déjà répondu par écrit ? Ce message est alors sans objet."))
    lines.append(_("Une question ? Appelez-nous au %(phone)s.", phone=agency.phone))
    return "\n\n".join(lines)
