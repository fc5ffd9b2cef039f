"""The work that failed too often, as the office sees it: what it was about, and asking for it again."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.job import Job
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.photo import PhotoUse
from fieldapp.services import audit, jobs
from fieldapp.services.scope import Scope


class UnknownJob(LookupError):
    """No such failed job in this scope."""


@dataclass(frozen=True, slots=True)
class Failed:
    """One job that was given up, or is tried every hour; `number` is its inventory's."""

    id: int
    kind: str
    inventory_id: str
    number: str
    attempts: int
    created_at: datetime


def failed(scope: Scope) -> tuple[Failed, ...]:
    """The jobs of the inventories in scope that failed too often, the oldest first."""
    session = db.session()
    found = []
    for job in session.scalars(_wanted().order_by(Job.id)):
        inventory = _inventory_of(session, scope, job)
        if inventory is not None:
            found.append(Failed(job.id, job.kind, inventory.id, inventory.number, job.attempts, job.created_at))
    return tuple(found)


def retry(scope: Scope, job_id: int, account_id: str) -> None:
    """Try a job again now, with all its tries ahead; raises `UnknownJob`."""
    session = db.session()
    job = session.scalars(_wanted().where(Job.id == job_id).with_for_update()).one_or_none()
    inventory = None if job is None else _inventory_of(session, scope, job)
    if job is None or inventory is None:
        session.rollback()
        raise UnknownJob(str(job_id))
    job.state, job.attempts, job.run_at = "waiting", 0, datetime.now(UTC)
    actor = f"account:{account_id}"
    audit.record(session, actor, "job.retried", "inventory", inventory.id, inventory.landlord_id, kind=job.kind)
    session.commit()


def _wanted() -> Select[Job]:
    hourly = (Job.state == "waiting") & (Job.attempts >= jobs.MOST_ATTEMPTS)
    return select(Job).where(or_(Job.state == "given_up", hourly))


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
