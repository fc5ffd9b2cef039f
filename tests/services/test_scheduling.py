"""Planning an appointment: the tablet finds the dwelling sheet, and nothing that nobody has seen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fieldapp.domain import catalogue, completeness
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.tenancy import Tenancy
from fieldapp.services.scheduling import AnotherLandlord, schedule
from fieldapp.services.snapshot import state_of
from sync import canonical
from tests.fieldwork.estate import Estate, Flat, account_of

MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def fields(root_id: str, entity_id: str) -> dict[str, Any]:
    found: dict[str, Any] = state_of(root_id)["entities"][entity_id]["fields"]
    return found


@pytest.fixture
def flat(estate: Estate) -> Flat:
    return estate.plan("nadia", MORNING)


def test_the_inventory_waits_planned_with_a_number_that_can_be_read_aloud(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        inventory = db.session.get_one(Inventory, flat.root_id)
        assert (inventory.state, inventory.kind, inventory.lease_kind) == ("planned", "move_in", "dwelling")
        day, _, letters = inventory.number.partition("-")
        assert day == "E261123"
        assert len(letters) == 5
        assert set(letters).isdisjoint("ILOU")


def test_the_appointment_lasts_an_hour_and_points_to_its_inventory(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        appointment = db.session.query(Appointment).one()
        assert appointment.inventory_id == flat.root_id
        assert appointment.ends_at - appointment.starts_at == timedelta(hours=1)
        assert appointment.agency_id == estate.agencies["north"]


def test_rooms_and_elements_keep_the_ids_of_the_dwelling(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        assert fields(flat.root_id, flat.ids["room"]) == {"room_kind": "living_room", "label": "Séjour", "position": 1}
        floor = fields(flat.root_id, flat.ids["floor"])
        assert floor["room_id"] == flat.ids["room"]
        assert floor["material"] == "Parquet"


def test_no_state_is_filled_in_and_no_material_is_confirmed(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        for entity in state_of(flat.root_id)["entities"].values():
            assert not {"state", "material_confirmed", "filled_at_one_touch", "confirmed", "present", "index"} & set(
                entity["fields"]
            )


def test_the_tenant_and_the_agent_are_parties_with_their_domiciles(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        tenant = fields(flat.root_id, flat.ids["tenant"])
        agent = fields(flat.root_id, estate.agents["nadia"])
        assert (tenant["quality"], tenant["position"]) == ("tenant", 1)
        assert (agent["quality"], agent["position"]) == ("agent", 2)
        assert tenant["domicile"]
        assert agent["domicile"]


def test_the_context_says_whose_dwelling_it_is_where_and_under_which_lease(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        context = fields(flat.root_id, flat.root_id)["context"]
        assert context["landlord"]["kind"] == "Office public de l'habitat"
        assert context["landlord"]["seat"]["town"] == "Quimper"
        assert context["dwelling"]["kind"] == "Appartement T1"
        assert context["dwelling"]["area"] == "28.50"
        assert context["dwelling"]["meters_required"] == ["cold_water"]
        assert context["dwelling"]["zone"] == "Europe/Paris"
        assert context["tenancy"]["rent"] == "412.37"
        assert canonical.dumps(context)


def test_the_same_dwelling_can_be_planned_again_without_touching_the_first_inventory(
    estate: Estate, flat: Flat
) -> None:
    with estate.app.app_context():
        before = state_of(flat.root_id)
        again = schedule(
            db.session(),
            AppointmentKind.MOVE_IN,
            db.session.get_one(Dwelling, flat.ids["dwelling"]),
            db.session.get_one(Tenancy, flat.ids["tenancy"]),
            account_of(estate.agents["nadia"]),
            MORNING + timedelta(days=1),
        )
        db.session.commit()
        made = again.inventory_made
        assert made != flat.root_id
        assert set(state_of(made)["entities"]) - {made} == set(before["entities"]) - {flat.root_id}
        assert state_of(flat.root_id) == before


def test_a_furnished_tenancy_says_so_and_asks_for_its_furniture(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        tenancy = db.session.get_one(Tenancy, flat.ids["tenancy"])
        tenancy.furnished = True
        dwelling = db.session.get_one(Dwelling, flat.ids["dwelling"])
        agent = account_of(estate.agents["nadia"])
        again = schedule(db.session(), AppointmentKind.MOVE_IN, dwelling, tenancy, agent, MORNING + timedelta(days=1))
        db.session.commit()
        state = state_of(again.inventory_made)
        assert state["entities"][again.inventory_made]["fields"]["context"]["tenancy"]["furnished"] is True
        assert "furnished" not in fields(flat.root_id, flat.root_id)["context"]["tenancy"]
        codes = {item.code for item in completeness.blocking(completeness.check(state, catalogue.load()))}
        assert "furniture_missing" in codes


def test_another_dwellings_tenancy_is_refused(estate: Estate, flat: Flat) -> None:
    other = estate.plan("nadia", MORNING)
    with estate.app.app_context(), pytest.raises(AnotherLandlord):
        schedule(
            db.session(),
            AppointmentKind.MOVE_IN,
            db.session.get_one(Dwelling, flat.ids["dwelling"]),
            db.session.get_one(Tenancy, other.ids["tenancy"]),
            account_of(estate.agents["nadia"]),
            MORNING,
        )


def test_overseas_the_number_and_the_record_follow_the_clock_of_the_dwelling(estate: Estate) -> None:
    estate.stand_at("97400")
    flat = estate.plan("nadia", datetime(2026, 11, 23, 20, 30, tzinfo=UTC))
    with estate.app.app_context():
        assert db.session.get_one(Inventory, flat.root_id).number.startswith("E261124-")
        assert fields(flat.root_id, flat.root_id)["context"]["dwelling"]["zone"] == "Indian/Reunion"
