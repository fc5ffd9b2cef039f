"""A manager takes a lost tablet's access away, and has failed work tried again."""

from datetime import UTC, datetime

from sqlalchemy import select

from fieldapp.domain.message import Channel, MessageState, Purpose
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.device import Device
from fieldapp.records.import_run import ImportRun
from fieldapp.records.job import Job
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.services.enrolment import tablet_of
from fieldapp.services.identifier import new_id
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import colleague
from tests.fieldwork.tablets import enrolled


def actions(estate: Estate) -> list[str]:
    with estate.app.app_context():
        return list(db.session.scalars(select(AuditEntry.action)))


def test_a_lost_tablet_loses_its_access(quick_estate: Estate) -> None:
    tablet = enrolled(quick_estate)
    own = colleague(quick_estate, "manager")
    assert "Tablette, Nadia" in own.text("/office/upkeep")
    with quick_estate.app.app_context():
        device_id = db.session.scalars(select(Device.id)).one()
    assert own.send("/office/upkeep", f"/office/tablets/{device_id}/revoke").status_code == 302
    after = own.text("/office/upkeep")
    assert "Sans accès depuis le" in after
    assert "Retirer l’accès" not in after
    with quick_estate.app.app_context():
        assert tablet.contents.enrolment is not None
        assert tablet_of(tablet.contents.enrolment.token) is None
    assert "device.revoked" in actions(quick_estate)


def test_a_tablet_of_another_agency_is_not_there(quick_estate: Estate) -> None:
    enrolled(quick_estate, "sonia")
    enrolled(quick_estate, "nadia")
    own = colleague(quick_estate, "manager", "north")
    with quick_estate.app.app_context():
        theirs = db.session.scalars(select(Device.id).where(Device.account_id == quick_estate.agents["sonia"])).one()
    assert "Sonia" not in own.text("/office/upkeep")
    assert own.send("/office/upkeep", f"/office/tablets/{theirs}/revoke").status_code == 404


def test_work_that_was_given_up_is_listed_and_tried_again(quick_estate: Estate) -> None:
    flat, now = quick_estate.plan(), datetime.now(UTC)
    enrolled(quick_estate)
    with quick_estate.app.app_context():
        for state, attempts in (("given_up", 12), ("waiting", 2)):
            args = {"root_id": flat.root_id}
            db.session.add(Job(kind="seal", args=args, state=state, attempts=attempts, run_at=now, created_at=now))
        db.session.commit()
        job_id = db.session.scalars(select(Job.id).where(Job.state == "given_up")).one()
    own = colleague(quick_estate, "admin")
    assert own.text("/office/upkeep").count("Sceller le rapport") == 1
    assert own.send("/office/upkeep", f"/office/jobs/{job_id}/retry").status_code == 302
    assert "Travaux qui n’aboutissent pas" not in own.text("/office/upkeep")
    with quick_estate.app.app_context():
        assert db.session.get_one(Job, job_id).state == "waiting"
    assert "job.retried" in actions(quick_estate)


def test_an_import_and_a_letter_that_were_given_up_are_listed_for_their_own_landlord(quick_estate: Estate) -> None:
    now = datetime.now(UTC)
    own, other = colleague(quick_estate, "admin"), colleague(quick_estate, "manager", "north")
    with quick_estate.app.app_context():
        author = db.session.scalars(select(Account.id).where(Account.role == "admin")).one()
        mine = {"landlord_id": quick_estate.landlord_id, "created_at": now}
        run = ImportRun(
            id=new_id(),
            account_id=author,
            kind="dwellings",
            format="csv",
            sha256="a" * 64,
            bytes=12,
            state="writing",
            faults=[],
            sample=[],
            **mine,
        )
        letter = OutgoingMail(
            id=new_id(),
            purpose=Purpose.CONVOCATION,
            channel=Channel.LETTER,
            language="fr",
            to_address="1 rue des Essais",
            subject="Rendez-vous",
            body="",
            state=MessageState.WAITING,
            **mine,
        )
        db.session.add_all((run, letter))
        given_up = {"state": "given_up", "attempts": 12, "run_at": now, "created_at": now}
        db.session.add(Job(kind="write_import", args={"run_id": run.id}, **given_up))
        db.session.add(Job(kind="make_letter", args={"mail_id": letter.id, "document": "b" * 64}, **given_up))
        db.session.commit()
        jobs = db.session.scalars(select(Job.id).where(Job.state == "given_up").order_by(Job.id)).all()
        run_id, letter_id = run.id, letter.id
    page = own.text("/office/upkeep")
    assert f"/office/imports/runs/{run_id}" in page
    assert f"/office/outbox/{letter_id}" in page
    assert "Travaux qui n’aboutissent pas" not in other.text("/office/upkeep")
    for job_id in jobs:
        assert own.send("/office/upkeep", f"/office/jobs/{job_id}/retry").status_code == 302
    assert "Travaux qui n’aboutissent pas" not in own.text("/office/upkeep")


def test_the_others_of_the_office_have_no_upkeep(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "reviewer")
    assert own.get("/office/upkeep").status_code == 403
    assert "/office/upkeep" not in own.text("/office/inventories/")
