"""Nothing that art. 2 of décret 2016-382 asks for is missing when the parties sign."""

from typing import Any

import pytest

from fieldapp.domain.completeness import blocking, check
from fieldapp.domain.completeness_papers import signatories
from fieldapp.domain.finding import Item
from fieldapp.domain.snapshot import Snapshot
from tests.domain.vectors import CATALOGUE, names, read

State = dict[str, Any]


@pytest.fixture
def f3() -> State:
    state: State = read("state/f3.json")
    return state


def found(state: State, **options: bool) -> set[str]:
    return {item.code for item in blocking(check(state, CATALOGUE, **options))}


def one(state: State, kind: str, /, **fields: Any) -> dict[str, Any]:
    """The fields of the first entity of a kind whose fields hold these values."""
    return next(
        entity["fields"]
        for entity in state["entities"].values()
        if entity["kind"] == kind and fields.items() <= entity["fields"].items()
    )


@pytest.mark.parametrize("name", names("completeness"))
def test_what_is_missing_is_what_the_shared_vector_says(name: str) -> None:
    vector = read(f"completeness/{name}.json")
    state = read(f"state/{name}.json")
    assert [item.as_json() for item in check(state, CATALOGUE)] == vector["items"]
    assert [item.as_json() for item in check(state, CATALOGUE, closing=True)] == vector["closing"]


def test_a_complete_f3_may_be_signed(f3: State) -> None:
    assert found(f3) == set()


def test_every_clause_from_a_to_i_is_answered_once_when_nothing_is_missing(f3: State) -> None:
    assert "".join(item.clause for item in check(f3, CATALOGUE) if len(item.clause) == 1) == "abcdefghi"


@pytest.mark.parametrize(
    ("clause", "code", "kind", "change"),
    (
        ("a", "type_missing", "inventory", {"kind": ""}),
        ("b", "established_missing", "inventory", {"established_at": None}),
        ("c", "location_missing", "inventory", {"context": {}}),
        ("d", "landlord_missing", "inventory", {"context": {}}),
        ("d", "tenant_missing", "party", {"quality": "witness"}),
        ("d", "name_missing", "party", {"name": " \u00a0"}),
        ("e", "agent_missing", "inventory", {"context": {}}),
        ("f", "reading_missing", "meter", {"state": None}),
        ("f", "index_missing", "meter", {"index": ""}),
        ("f", "meter_missing", "meter", {"deleted": True}),
        ("g", "destination_missing", "key", {"destination": ""}),
        ("g", "key_unconfirmed", "key", {"confirmed": False}),
        ("g", "quantity_missing", "key", {"quantity": None}),
        ("h", "states_missing", "element", {"state": None}),
        ("h", "materials_missing", "element", {"material": ""}),
        ("h", "materials_missing", "element", {"material_confirmed": False}),
        ("h", "floor_missing", "element", {"deleted": True}),
        ("insurance", "insurance_missing", "inventory", {"insurance": None}),
        (
            "insurance",
            "insurance_past",
            "inventory",
            {"insurance": {"seen": True, "insurer": "MAIF", "expires": "2026-11-19"}},
        ),
        ("smoke", "smoke_unsaid", "equipment", {"present": None}),
        ("smoke", "smoke_untested", "equipment", {"tested": None}),
        ("alert", "interrupted", "inventory", {"interruption": {"reason": "unsafe", "at": "2026-11-20T08:30:00.000Z"}}),
    ),
)
def test_what_is_taken_away_blocks_the_signature(
    f3: State, clause: str, code: str, kind: str, change: dict[str, Any]
) -> None:
    one(f3, kind).update(change)
    assert (clause, code) in {(item.clause, item.code) for item in blocking(check(f3, CATALOGUE))}


def test_a_wide_photo_is_not_asked_for_by_law(f3: State) -> None:
    f3["entities"] = {key: entity for key, entity in f3["entities"].items() if entity["kind"] != "photo"}
    assert found(f3) == set()


def test_a_meter_out_of_reach_with_its_reason_is_enough(f3: State) -> None:
    meter = one(f3, "meter", state="inaccessible")
    assert found(f3) == set()
    meter["reason"] = ""
    assert found(f3) == {"reason_missing"}


def test_either_electricity_meter_answers_for_the_other(f3: State) -> None:
    meter = one(f3, "meter", meter_kind="electricity_base")
    meter.update(meter_kind="electricity_hphc", state="read", index="1", index_low="2")
    assert found(f3) == set()


def test_a_collective_dwelling_without_meters_asks_for_none(f3: State) -> None:
    one(f3, "inventory")["context"]["dwelling"]["meters_required"] = []
    for entity in f3["entities"].values():
        if entity["kind"] == "meter":
            entity["fields"]["deleted"] = True
    assert found(f3) == set()


def test_what_is_not_there_needs_no_material(f3: State) -> None:
    floor = one(f3, "element", element_kind="floor")
    floor.update(material="", state="absent")
    assert found(f3) == set()
    floor["state"] = "not_checked"
    assert found(f3) == {"materials_missing"}


def test_the_person_is_led_to_the_first_element_of_the_room(f3: State) -> None:
    for entity in f3["entities"].values():
        if entity["kind"] == "element":
            entity["fields"]["state"] = None
    items = [item for item in check(f3, CATALOGUE) if item.code == "states_missing"]
    assert [item.params["room"] for item in items][:3] == ["Entrée", "Séjour", "Cuisine"]
    assert items[0].params == {"room": "Entrée", "count": 4, "element": "Sol"}
    first = f3["entities"][items[0].entity_id or ""]["fields"]
    assert (first["element_kind"], first["room_id"]) == ("floor", items[0].room_id)


def test_a_representative_shows_a_mandate_and_a_paper() -> None:
    codes = found(read("state/unproven.json"))
    assert codes == {"represents_missing", "domicile_missing", "mandate_missing", "identity_missing"}
    assert found(read("state/represented.json")) == set()


def test_a_representative_who_did_not_come_needs_no_paper() -> None:
    state = read("state/unproven.json")
    one(state, "party", name="M. Diallo")["present"] = False
    assert found(state) == set()


def test_who_stayed_away_signs_for_nobody_so_the_tenant_answers() -> None:
    state = read("state/represented.json")
    assert [party.text("quality") for party in signatories(Snapshot(state))] == ["agent", "proxy"]
    one(state, "party", quality="proxy")["present"] = False
    assert [party.text("quality") for party in signatories(Snapshot(state))] == ["tenant", "agent"]
    assert "signature_missing" in found(state, closing=True)
    assert found(state) == set()


def test_a_curator_is_not_waited_for_and_takes_nobody_s_place() -> None:
    state = read("state/curator.json")
    assert [party.text("quality") for party in signatories(Snapshot(state))] == ["tenant", "agent"]
    assert found(state, closing=True) == set()


def test_a_signature_for_somebody_else_without_papers_closes_nothing() -> None:
    assert found(read("state/signed_without_papers.json"), closing=True) == {
        "represents_missing",
        "domicile_missing",
        "mandate_missing",
        "identity_missing",
    }


def test_nobody_signs_for_the_landlord_s_agent_or_for_himself() -> None:
    state = read("state/represented.json")
    proxy = one(state, "party", quality="proxy")
    for quality in ("agent", "proxy"):
        proxy["represents"] = next(
            key for key, entity in state["entities"].items() if entity["fields"].get("quality") == quality
        )
        assert found(state) == {"represents_missing"}


def test_an_alert_stops_everything_until_the_office_lets_it_through(f3: State) -> None:
    alert: dict[str, Any] = {
        "kind": "alert",
        "fields": {"body": {"reason": "gas", "text": "", "at": "2026-11-20T08:40:00.000Z"}},
    }
    f3["entities"]["alert"] = alert
    assert found(f3) == {"alert_open"}
    alert["fields"]["decision"] = {"outcome": "stop"}
    assert found(f3) == {"alert_stop"}
    alert["fields"]["decision"] = {"outcome": "proceed"}
    assert found(f3) == set()


def test_an_absent_or_silent_detector_is_written_down_without_stopping(f3: State) -> None:
    detector = one(f3, "equipment")
    detector["present"] = False
    assert found(f3) == set()
    assert "smoke_absent" in {item.code for item in check(f3, CATALOGUE) if not item.ok}


@pytest.mark.parametrize("name", ("garage", "foyer"))
def test_other_leases_are_asked_only_what_concerns_them(name: str) -> None:
    assert found(read(f"state/{name}.json")) == set()


def test_business_premises_are_asked_for_their_insurer() -> None:
    assert found(read("state/commercial.json")) == {"insurer_missing"}


def signature_items(state: State) -> list[Item]:
    return [item for item in check(state, CATALOGUE, closing=True) if item.clause == "i"]


def test_at_closing_everybody_who_must_has_acted() -> None:
    state = read("state/represented.json")
    assert [item.params.get("name") for item in signature_items(state)] == ["M. Karim Benali"]
    agent = next(key for key, entity in state["entities"].items() if entity["fields"].get("quality") == "agent")
    state["entities"]["act"] = {"kind": "act", "fields": {"body": {"party_id": agent, "decision": "signed"}}}
    assert [item.ok for item in signature_items(state)] == [True]


def test_at_closing_somebody_signs_for_the_landlord(f3: State) -> None:
    one(f3, "party", quality="agent")["deleted"] = True
    assert "agent_signature_missing" in found(f3, closing=True)


def test_keys_that_were_not_handed_over_are_said_and_stop_nothing(f3: State) -> None:
    one(f3, "inventory")["keys_handed_at"] = None
    assert "keys_date_missing" in {item.code for item in check(f3, CATALOGUE)}
    assert "keys_date_missing" not in found(f3) | found(f3, closing=True)
