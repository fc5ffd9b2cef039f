"""A manager takes a lost tablet's access away, and has failed work tried again."""

from datetime import UTC, datetime

from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.device import Device
from fieldapp.records.job import Job
from fieldapp.services.enrolment import tablet_of
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


def test_the_others_of_the_office_have_no_upkeep(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "reviewer")
    assert own.get("/office/upkeep").status_code == 403
    assert "/office/upkeep" not in own.text("/office/inventories/")
