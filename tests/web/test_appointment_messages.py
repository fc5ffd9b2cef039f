"""The office writes to those who are expected at an appointment and sees how far each message has come."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.tenancy import TenancyParty
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import colleague

ANSWERS = {"person": "", "purpose": "convocation", "channel": "email", "language": ""}


def page_of(estate: Estate, flat: Flat, email: str) -> str:
    with estate.app.app_context():
        db.session.execute(update(TenancyParty).values(email=email))
        row = db.session.scalars(select(Appointment.id).where(Appointment.inventory_id == flat.root_id)).one()
        db.session.commit()
    return f"/office/appointments/{row}/messages"


@pytest.fixture
def flat(quick_estate: Estate) -> Flat:
    return quick_estate.plan(starts_at=datetime.now(UTC) + timedelta(days=9))


def test_a_convocation_is_written_and_listed_on_its_appointment(quick_estate: Estate, flat: Flat) -> None:
    page = page_of(quick_estate, flat, "camille@tenant.example")
    own = colleague(quick_estate)
    assert page in own.text(f"/office/inventories/{flat.root_id}/appointment")
    assert own.send(page, page, **ANSWERS).status_code == 302
    text = own.text(page)
    assert "Le message est dans la boîte d’envoi" in text
    assert "Reste ici" in text
    assert "Ce qu’il faut préparer" in own.text(
        text.split('href="/office/outbox/')[1].split('"')[0].join(("/office/outbox/", ""))
    )


@pytest.mark.parametrize(
    ("answers", "said"),
    (
        ({"channel": "text"}, "Pas de téléphone portable connu"),
        ({"channel": "pigeon"}, "Par quel moyen"),
        ({"person": "nobody"}, "À qui"),
    ),
)
def test_what_cannot_be_written_says_why_where_it_was_asked(
    quick_estate: Estate, flat: Flat, answers: dict[str, str], said: str
) -> None:
    page = page_of(quick_estate, flat, "camille@tenant.example")
    answer = colleague(quick_estate).send(page, page, **{**ANSWERS, **answers})
    assert (answer.status_code, said in answer.text) == (400, True)
