"""Another system reads and writes the central record, and is told exactly why when it may not."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from fieldapp.config import Rate
from fieldapp.extensions import db
from fieldapp.records.api_token import ApiToken
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.services import clients, once
from fieldapp.services.scope import Scope
from fieldapp.web.v1 import paging
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import sealed
from tests.fieldwork.systems import System, building, dwelling, system
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import fill


def actions(estate: Estate) -> list[str]:
    with estate.app.app_context():
        return list(db.session.scalars(select(AuditEntry.action)))


def test_a_system_fills_the_stock_and_reads_it_back(estate: Estate) -> None:
    own = system(estate)
    made = own.post("/buildings", building(estate))
    assert made.status_code == 201
    there = made.get_json()
    assert made.headers["Location"] == f"/api/v1/buildings/{there['id']}"
    flat = own.post("/dwellings", dwelling(there["id"], dpe_class="D", dpe_cost_low="700.00")).get_json()
    assert (flat["area"], flat["dpe_cost_low"], flat["type"]) == ("64.30", "700.00", "")
    lease = {
        "dwelling_id": flat["id"],
        "reference": "BAIL-1",
        "lease_kind": "dwelling",
        "lease_signed_on": "2026-11-02",
        "starts_on": "2026-11-21",
        "rent": "412.37",
        "charges": "60.00",
        "deposit": "412.37",
        "parties": [
            {"name": "Camille Essai", "quality": "tenant"},
            {"name": "Dominique Essai", "quality": "co_tenant"},
        ],
    }
    tenancy = own.post("/tenancies", lease).get_json()
    assert [party["name"] for party in tenancy["parties"]] == ["Camille Essai", "Dominique Essai"]
    planned = own.post(
        "/appointments",
        {
            "kind": "move_in",
            "agent_id": estate.agents["nadia"],
            "tenancy_id": tenancy["id"],
            "starts_at": "2026-12-01T10:00:00+01:00",
        },
    ).get_json()
    assert (planned["starts_at"], planned["ends_at"]) == ("2026-12-01T09:00:00.000Z", "2026-12-01T10:00:00.000Z")
    inventory = own.get(f"/inventories/{planned['inventory_id']}").get_json()
    assert (inventory["state"], inventory["dwelling_id"]) == ("planned", flat["id"])
    assert own.get(f"/tenancies/{tenancy['id']}").get_json() == tenancy
    assert {"building.created", "tenancy.created", "appointment.created", "tenancy.read"} <= set(actions(estate))


def test_a_list_goes_by_cursor_and_misses_nothing_that_was_there(estate: Estate) -> None:
    own = system(estate)
    for number in range(5):
        own.post("/buildings", building(estate, reference=f"N{number}"))
    found = own.listed("/buildings")
    assert sorted(one["reference"] for one in found) == ["B1", "N0", "N1", "N2", "N3", "N4"]
    assert own.listed("/buildings?reference=N3")[0]["reference"] == "N3"


def test_a_stale_or_foreign_cursor_is_told_apart_and_says_what_to_do(
    quick_estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = system(quick_estate)
    own.post("/buildings", building(quick_estate))
    cursor = own.get("/buildings?limit=1").get_json()["next_cursor"]
    foreign = [f"/dwellings?cursor={cursor}", f"/buildings?reference=B1&cursor={cursor}", "/buildings?cursor=nonsense"]
    for address in foreign:
        answer = own.get(address)
        assert (answer.status_code, answer.get_json()["code"]) == (404, "bad_cursor")
    assert system(quick_estate).get(f"/buildings?cursor={cursor}").get_json()["code"] == "bad_cursor"
    monkeypatch.setattr(paging, "DAY_SECONDS", -1)
    answer = own.get(f"/buildings?cursor={cursor}", Accept_Language="en")
    assert (answer.status_code, answer.get_json()["code"]) == (410, "stale_cursor")
    assert "without a cursor" in answer.get_json()["title"]


def test_a_change_needs_the_version_that_was_read_and_never_writes_over_another_one(estate: Estate) -> None:
    own = system(estate)
    there = own.post("/buildings", building(estate)).get_json()
    path = f"/buildings/{there['id']}"
    version = own.get(path).headers["ETag"]
    assert own.get(path, If_None_Match=version).status_code == 304
    assert own.patch(path, {"name": "Les Frênes"}).get_json()["code"] == "precondition_required"
    changed = own.patch(path, {"name": "Les Frênes"}, If_Match=version)
    assert (changed.status_code, changed.get_json()["name"], changed.get_json()["street"]) == (
        200,
        "Les Frênes",
        there["street"],
    )
    late = own.patch(path, {"name": "Les Ormes"}, If_Match=version)
    assert (late.status_code, late.get_json()["code"]) == (412, "changed")
    assert own.get(path).get_json()["name"] == "Les Frênes"
    assert own.patch(path, {"name": "x"}, If_Match="no quotes").get_json()["code"] == "bad_header"


def test_people_of_a_lease_keep_their_id_when_the_list_is_written_again(estate: Estate) -> None:
    flat = estate.plan()
    own = system(estate)
    path = f"/tenancies/{flat.ids['tenancy']}"
    first = own.get(path)
    (camille,) = first.get_json()["parties"]
    wanted = [{"name": "Dominique Essai", "quality": "co_tenant"}, camille | {"phone": "06 00 00 00 00"}]
    after = own.patch(path, {"parties": wanted}, If_Match=first.headers["ETag"]).get_json()["parties"]
    assert [party["name"] for party in after] == ["Dominique Essai", "Camille Essai"]
    assert after[1]["id"] == camille["id"]
    stranger = [{"id": flat.ids["room"], "name": "X", "quality": "tenant"}]
    assert own.patch(path, {"parties": stranger}, If_Match="*").get_json()["code"] == "unknown_reference"


def test_an_appointment_is_moved_handed_over_and_cancelled_until_somebody_begins(estate: Estate) -> None:
    flat, begun, own = estate.plan(), estate.plan(), system(estate)
    path, late = (
        f"/appointments/{own.listed('/appointments?dwelling_id=' + one.ids['dwelling'])[0]['id']}"
        for one in (flat, begun)
    )
    first = own.get(path)
    assert own.patch(path, {"minutes": 90}).get_json()["code"] == "precondition_required"
    moved = own.patch(path, {"starts_at": "2030-03-04T09:00:00.000Z"}, If_Match=first.headers["ETag"])
    assert (moved.status_code, moved.get_json()["starts_at"]) == (200, "2030-03-04T09:00:00.000Z")
    assert moved.get_json()["ends_at"] == "2030-03-04T10:00:00.000Z"
    other = own.patch(path, {"agent_id": estate.agents["sonia"]}, If_Match="*").get_json()
    assert other["agent_id"] == estate.agents["sonia"]
    for wrong in ({"starts_at": "2020-03-04T09:00:00.000Z"}, {"minutes": 30, "cancel_reason": "Panne"}):
        assert own.patch(path, wrong, If_Match="*").get_json()["code"] == "inconsistent"
    assert own.patch(path, {"cancel_reason": ""}, If_Match="*").get_json()["code"] == "invalid"
    assert own.patch(path, {"cancel_reason": "Logement inondé"}, If_Match="*").get_json()["state"] == "cancelled"
    assert own.patch(path, {"minutes": 30}, If_Match="*").get_json()["code"] == "inconsistent"
    tablet = enrolled(estate)
    tablet.fetch_pack()
    fill(tablet, begun)
    tablet.sync()
    refused = own.patch(late, {"cancel_reason": "Panne"}, If_Match="*")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "inconsistent")


def test_the_same_creation_under_one_key_is_done_once(estate: Estate) -> None:
    own = system(estate)
    first = own.post("/buildings", building(estate), Idempotency_Key="one")
    again = own.post("/buildings", building(estate), Idempotency_Key="one")
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    other = own.post("/buildings", building(estate, reference="B9"), Idempotency_Key="one")
    assert (other.status_code, other.get_json()["code"]) == (422, "key_reused")
    assert len(own.listed("/buildings?reference=B9")) == 0
    twice = own.post("/buildings", building(estate))
    assert (twice.status_code, twice.get_json()["code"]) == (409, "already_there")
    with estate.app.app_context():
        once.clear_old(datetime.now(UTC) + timedelta(days=3))
    assert own.post("/buildings", building(estate), Idempotency_Key="one").status_code == 409


@pytest.mark.parametrize(
    ("changes", "pointer"),
    (
        ({"area": 64}, "/area"),
        ({"area": "64.3"}, "/area"),
        ({"area": "0.00"}, "/area"),
        ({"colour": "red"}, "/colour"),
        ({"reference": " "}, "/reference"),
        ({"reference": "a\u0000b"}, "/reference"),
        ({"dpe_date": "2026-02-31"}, "/dpe_date"),
        ({"kind": "castle"}, "/kind"),
    ),
)
def test_a_wrong_field_is_named_and_nothing_is_written(
    quick_estate: Estate, changes: dict[str, object], pointer: str
) -> None:
    own = system(quick_estate)
    answer = own.post("/dwellings", dwelling(quick_estate.building_id, **changes))
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer)
    assert answer.mimetype == "application/problem+json"
    assert own.listed("/dwellings") == []


def test_fields_that_do_not_go_together_are_named(quick_estate: Estate) -> None:
    costs = {"dpe_cost_low": "900.00", "dpe_cost_high": "800.00"}
    answer = system(quick_estate).post("/dwellings", dwelling(quick_estate.building_id, **costs))
    assert (answer.status_code, answer.get_json()["code"]) == (409, "inconsistent")
    assert answer.get_json()["errors"][0]["pointer"] == "/dpe_cost_low"


def test_what_is_no_json_is_told_so(quick_estate: Estate) -> None:
    own = system(quick_estate)
    sent = {"Authorization": f"Bearer {own.token}"}
    for body, kind, code in (("{", "application/json", "malformed"), ("{}", "text/plain", "not_json")):
        answer = own.client.post("/api/v1/buildings", data=body, content_type=kind, headers=sent)
        assert answer.get_json()["code"] == code
    assert own.get("/buildings?colour=red").get_json()["code"] == "bad_parameter"
    assert own.get("/buildings?limit=0").get_json()["code"] == "bad_parameter"


def test_without_a_good_token_nothing_is_said(quick_estate: Estate) -> None:
    own = system(quick_estate)
    for token in ("", "fieldapp_wrong"):
        answer = System(own.client, token).get("/dwellings")
        assert (answer.status_code, answer.get_json()["code"]) == (401, "token")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    with quick_estate.app.app_context():
        row = db.session.scalars(select(ApiToken)).one()
        assert own.token not in (row.token_sha256, row.name)
        row.revoked_at = datetime.now(UTC)
        db.session.commit()
    assert own.get("/dwellings").status_code == 401


def test_a_reading_token_writes_nothing(quick_estate: Estate) -> None:
    own = system(quick_estate, "read")
    answer = own.post("/buildings", building(quick_estate))
    assert (answer.status_code, answer.get_json()["code"]) == (403, "insufficient_scope")
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    assert len(own.listed("/buildings")) == 1


def test_who_asks_too_often_is_told_when_to_come_back(quick_estate: Estate) -> None:
    settings = quick_estate.app.extensions["fieldapp.config"]
    quick_estate.app.extensions["fieldapp.config"] = _with_rate(settings, Rate(2, timedelta(minutes=1)))
    own, other = system(quick_estate), system(quick_estate)
    assert [own.get("/agencies").status_code for _ in range(3)] == [200, 200, 429]
    assert 1 <= int(own.get("/agencies").headers["Retry-After"]) <= 61
    assert other.get("/agencies").status_code == 200
    nobody = System(own.client, "guess")
    assert [nobody.get("/agencies").status_code for _ in range(3)] == [401, 401, 429]


def test_another_landlord_and_another_agency_do_not_exist(estate: Estate) -> None:
    flat = estate.plan()
    stranger = system(Estate.build(estate.app, "Autre Habitat"))
    south = system(estate, agency="south")
    paths = [
        f"/buildings/{estate.building_id}",
        f"/dwellings/{flat.ids['dwelling']}",
        f"/tenancies/{flat.ids['tenancy']}",
        f"/meters/{flat.ids['meter']}",
        f"/inventories/{flat.root_id}",
        f"/inventories/{flat.root_id}/report",
        f"/inventories/{flat.root_id}/record",
    ]
    for own in (stranger, south):
        assert [own.get(path).status_code for path in paths] == [404] * len(paths)
        for name in ("dwellings", "tenancies", "appointments", "inventories", "meters", "readings", "events"):
            assert own.listed(f"/{name}") == []
        answer = own.post("/dwellings", dwelling(estate.building_id))
        assert (answer.status_code, answer.get_json()["code"]) == (409, "unknown_reference")


def test_a_system_brings_a_reading_and_leading_zeros_stay(estate: Estate) -> None:
    flat = estate.plan()
    own = system(estate)
    told = {"meter_id": flat.ids["meter"], "state": "read", "index": "00123", "read_at": "2026-11-20T08:00:00Z"}
    made = own.post("/readings", told)
    assert made.status_code == 201
    (reading,) = own.listed(f"/readings?meter_id={flat.ids['meter']}")
    assert (reading["index"], reading["unit"], reading["inventory_id"]) == ("00123", "m³", None)


def test_a_system_fetches_the_signed_record_and_the_sealed_report_and_that_is_journalled(quick_estate: Estate) -> None:
    flat = sealed(quick_estate)
    own = system(quick_estate, "read")
    header = own.get(f"/inventories/{flat.root_id}").get_json()
    record = own.get(f"/inventories/{flat.root_id}/record")
    assert record.headers["ETag"] == f'"{header["record_sha256"]}"'
    assert record.get_json()["id"] == flat.root_id
    report = own.get(f"/inventories/{flat.root_id}/report")
    assert (report.mimetype, report.data[:5]) == ("application/pdf", b"%PDF-")
    planned = quick_estate.plan()
    assert own.get(f"/inventories/{planned.root_id}/report").get_json()["code"] == "not_sealed"
    assert {"record.read", "report.read"} <= set(actions(quick_estate))


def test_the_document_is_for_everybody_and_says_401_403_and_429_everywhere(quick_estate: Estate) -> None:
    answer = quick_estate.app.test_client().get("/api/v1/openapi.json")
    document = answer.get_json()
    assert (answer.status_code, document["openapi"]) == (200, "3.1.0")
    operations = [
        operation
        for path in document["paths"].values()
        for verb, operation in path.items()
        if verb in {"get", "post", "patch"}
    ]
    assert len(operations) > 20
    assert all({"401", "403", "429"} <= operation["responses"].keys() for operation in operations)


def test_a_token_of_no_landlord_is_not_made(quick_estate: Estate) -> None:
    Estate.build(quick_estate.app, "Autre Habitat")
    with quick_estate.app.app_context(), pytest.raises(clients.NoLandlord):
        clients.only_landlord()
    with quick_estate.app.app_context():
        token = clients.give(Scope(quick_estate.landlord_id), "x", "read")
        assert token.startswith("fieldapp_")


def _with_rate(settings: object, rate: Rate) -> object:
    from dataclasses import replace

    return replace(settings, api_rate=rate)  # type: ignore[type-var]
