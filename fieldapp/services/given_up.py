"""The work that failed too often, as the office sees it: what it was about, and asking for it again."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.import_run import ImportRun
from fieldapp.records.inventory import Inventory
from fieldapp.records.job import Job
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.photo import PhotoUse
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import audit, jobs
from fieldapp.services.scope import Scope


class UnknownJob(LookupError):
    """No such failed job in this scope."""


@dataclass(frozen=True, slots=True)
class About:
    """What a job is about: an `inventory`, a `visit`, a `message` or an `import`, and what it is called."""

    subject: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Failed:
    """One job that was given up, or is tried every hour."""

    id: int
    kind: str
    about: About
    attempts: int
    created_at: datetime


def failed(scope: Scope) -> tuple[Failed, ...]:
    """The jobs about what is in scope that failed too often, the oldest first."""
    session = db.session()
    found = []
    for job in session.scalars(_wanted().order_by(Job.id)):
        about = _about(session, scope, job)
        if about is not None:
            found.append(Failed(job.id, job.kind, about, job.attempts, job.created_at))
    return tuple(found)


def retry(scope: Scope, job_id: int, account_id: str) -> None:
    """Try a job again now, with all its tries ahead; raises `UnknownJob`."""
    session = db.session()
    job = session.scalars(_wanted().where(Job.id == job_id).with_for_update()).one_or_none()
    about = None if job is None else _about(session, scope, job)
    if job is None or about is None:
        session.rollback()
        raise UnknownJob(str(job_id))
    job.state, job.attempts, job.run_at = "waiting", 0, datetime.now(UTC)
    actor = f"account:{account_id}"
    audit.record(session, actor, "job.retried", about.subject, about.id, scope.landlord_id, kind=job.kind)
    session.commit()


def _wanted() -> Select[Job]:
    hourly = (Job.state == "waiting") & (Job.attempts >= jobs.MOST_ATTEMPTS)
    return select(Job).where(or_(Job.state == "given_up", hourly))


def _about(session: Session, scope: Scope, job: Job) -> About | None:
    """What in scope a job is about; None for another landlord's, or for what belongs to nobody."""
    inventory = _inventory_of(session, scope, job)
    if inventory is not None:
        return About("inventory", inventory.id, inventory.number)
    if "run_id" in job.args:
        own = scope.of(ImportRun.landlord_id, ImportRun.scope_id)
        run = session.scalar(select(ImportRun).where(ImportRun.id == job.args["run_id"], *own))
        return None if run is None else About("import", run.id, run.kind)
    if "mail_id" in job.args:
        own = scope.of(OutgoingMail.landlord_id, OutgoingMail.agency_id)
        letter = session.scalar(select(OutgoingMail).where(OutgoingMail.id == job.args["mail_id"], *own))
        return None if letter is None else About("message", letter.id, letter.id[-12:])
    if "document_id" in job.args:
        own = scope.of(Visit.landlord_id, Visit.agency_id)
        signed = select(VisitDocument).join(Visit, Visit.id == VisitDocument.visit_id)
        document = session.scalar(signed.where(VisitDocument.id == job.args["document_id"], *own))
        return None if document is None else About("visit", document.visit_id, document.number)
    return None


def _inventory_of(session: Session, scope: Scope, job: Job) -> Inventory | None:
    """The inventory in scope that a job is about; None for one of another landlord, or about none."""
    wanted = select(Inventory).where(*scope.conditions()).limit(1)
    if "root_id" in job.args:
        wanted = wanted.where(Inventory.id == job.args["root_id"])
    elif "mail_id" in job.args:
        wanted = wanted.join(OutgoingMail, OutgoingMail.topic_id == Inventory.id)
        wanted = wanted.where(OutgoingMail.id == job.args["mail_id"])
    elif "sha256" in job.args:
        wanted = wanted.join(PhotoUse, PhotoUse.root_id == Inventory.id).where(PhotoUse.sha256 == job.args["sha256"])
    else:
        return None
    return session.scalars(wanted).first()
