"""Sending the papers of a settlement to a tenant by e-mail: letter, assessment, and what proves its prices."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from fieldapp.domain.message import Purpose, Topic
from fieldapp.domain.settlement_state import SettlementState
from fieldapp.extensions import db
from fieldapp.records.landlord import Landlord
from fieldapp.services import assessing, audit, mail, settlement_document, settling
from fieldapp.services.assessing import Exit
from fieldapp.services.mail import ATTACHED_BYTES, Attachment
from fieldapp.services.scope import Scope
from fieldapp.services.settling import NotInThisState


class NotATenant(LookupError):
    """The exit knows no such tenant."""


def send(scope: Scope, inventory_id: str, party_id: str, to: str, account_id: str) -> int:
    """Write to a tenant with everything attached, in as many messages as a mail server takes; gives how many.

    Raises `NothingToAssess`, `NotATenant`, `BadAddress` of `mail`, and `NotInThisState` before the papers are sealed.
    """
    session, address = db.session(), mail.checked(to)
    inventory = assessing.locked(session, scope, inventory_id)
    found = assessing.exit_in(session, inventory)
    name = next((party["name"] for party in tenants_of(found) if party["id"] == party_id), None)
    if name is None:
        session.rollback()
        raise NotATenant(party_id)
    files = files_in(session, found)
    if found.state not in {SettlementState.APPROVED, SettlementState.SENT} or not files:
        session.rollback()
        raise NotInThisState
    parcels = parcelled(files)
    language = found.record["language"]
    landlord = session.get_one(Landlord, inventory.landlord_id)
    for number, parcel in enumerate(parcels, 1):
        with force_locale(language):
            draft = mail.Draft(
                landlord_id=inventory.landlord_id,
                agency_id=inventory.agency_id,
                purpose=Purpose.SETTLEMENT_PAPERS,
                to=address,
                language=language,
                subject=_subject(found, number, len(parcels)),
                body=_body(found, name, landlord, parcel, number),
                topic=Topic.SETTLEMENT,
                topic_id=inventory.id,
                recipient_id=party_id,
                attachments=parcel,
                account_id=account_id,
            )
        mail.write_in(session, draft)
    audit.record(
        session,
        f"account:{account_id}",
        "settlement.mail_written",
        "inventory",
        inventory.id,
        inventory.landlord_id,
        party_id=party_id,
        messages=len(parcels),
    )
    session.commit()
    return len(parcels)


def tenants_of(found: Exit) -> list[dict[str, str]]:
    """Those who leave, as the signed record names them."""
    return [party for party in found.record["parties"] if party["quality"] in settlement_document.PEOPLE]


def files_in(session: Session, found: Exit) -> list[Attachment]:
    """The sealed papers, the letter first, then what proves the lines that cost something; none before they are sealed."""
    papers = settling.papers_in(session, found.inventory.id)
    if len(papers) < len(settlement_document.KINDS):
        return []
    sealed = {kind: f"{prefix}-{found.inventory.number}.pdf" for kind, prefix in settlement_document.KINDS.items()}
    files = [
        Attachment("reports", papers[kind].sha256, papers[kind].bytes, name)
        for kind, name in sorted(sealed.items(), reverse=True)
    ]
    proofs: dict[str, Attachment] = {}
    for line in found.sheet.charged:
        for one in found.papers.get(line.line_id, ()):
            proofs.setdefault(one.sha256, Attachment("proofs", one.sha256, one.bytes, one.name, one.media_type))
    return [*files, *proofs.values()]


def parcelled(files: Sequence[Attachment]) -> list[tuple[Attachment, ...]]:
    """The files in their order, in as few messages as `ATTACHED_BYTES` allows; a heavier one goes alone."""
    parcels: list[tuple[Attachment, ...]] = []
    for one in files:
        last = parcels[-1] if parcels else None
        if last is not None and sum(file.bytes for file in last) + one.bytes <= ATTACHED_BYTES:
            parcels[-1] = (*last, one)
        else:
            parcels.append((one,))
    return parcels


def _subject(found: Exit, number: int, count: int) -> str:
    paper = f"{settlement_document.KINDS[settlement_document.LETTER]}-{found.inventory.number}"
    if count == 1:
        return _("Votre décompte %(number)s", number=paper)
    return _("Votre décompte %(number)s, message %(which)s sur %(count)s", number=paper, which=number, count=count)


def _body(found: Exit, name: str, landlord: Landlord, parcel: Sequence[Attachment], number: int) -> str:
    if number == 1:
        opening = _("Voici le décompte de votre sortie %(number)s.", number=found.inventory.number)
        how = _("L’évaluation montre le calcul de chaque somme, et les justificatifs l’accompagnent.")
    else:
        opening = _("Voici la suite de votre décompte : d’autres justificatifs.")
        how = ""
    listed = _("En pièces jointes :") + "\n" + "\n".join(f"- {one.name}" for one in parcel)
    asked = _("Une question, un désaccord ? Appelez-nous au %(phone)s.", phone=landlord.phone)
    return "\n\n".join(
        part for part in (_("Bonjour %(name)s,", name=name), opening, how, listed, asked, landlord.name) if part
    )
