"""The tablets' addresses: who may, what is refused and how, and that it is surely us who answers."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from fieldapp.extensions import db
from fieldapp.records.change import Change
from fieldapp.records.holding import Holding
from sync import canonical, envelope
from sync.store import Enrolment
from sync.tablet import Tablet
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.fieldwork.imports import brought, csv_of
from tests.fieldwork.tablets import Key, enrolled
from tests.fieldwork.visit import fill, photograph, sign_and_close


@pytest.fixture
def client(estate: Estate) -> FlaskClient:
    return estate.app.test_client(use_cookies=False)


@pytest.fixture
def flat(estate: Estate) -> Flat:
    return estate.plan()


@pytest.fixture
def tablet(estate: Estate, flat: Flat) -> Tablet:
    ready = enrolled(estate)
    ready.fetch_pack()
    return ready


def own(tablet: Tablet) -> Enrolment:
    assert tablet.contents.enrolment is not None
    return tablet.contents.enrolment


def bearer(tablet: Tablet, **headers: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {own(tablet).token}", **headers}


def push(client: FlaskClient, tablet: Tablet, message: Mapping[str, Any] | bytes) -> TestResponse:
    body = message if isinstance(message, bytes) else envelope.write(message)
    return client.post("/api/field/push", data=body, headers=bearer(tablet))


def a_push(tablet: Tablet, flat: Flat, operations: int = 1) -> dict[str, Any]:
    for _ in range(operations):
        tablet.write(flat.root_id, flat.ids["floor"], "element", "note", "rayures")
    return envelope.Push(own(tablet).device_id, tablet.contents.outbox).dump()


def written_by(estate: Estate, tablet: Tablet) -> int:
    with estate.app.app_context():
        mine = Change.device_id == own(tablet).device_id
        return db.session.scalar(select(func.count()).select_from(Change).where(mine)) or 0


def is_problem(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.headers["Fieldapp-Server"] == "1"
    problem: dict[str, Any] = response.get_json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["title"]
    return problem


ADDRESSES = (
    ("GET", "/api/field/pack"),
    ("GET", "/api/field/pull"),
    ("POST", "/api/field/push"),
    ("POST", "/api/field/blobs/missing"),
    ("POST", "/api/field/inventories/0190f5a0-0000-7000-8000-0000000000ee/close"),
    ("POST", "/api/field/uploads"),
)


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
@pytest.mark.parametrize("authorization", ("", "Bearer", "Bearer wrong", "Basic eDp5", "Bearer \xe9"))
def test_without_a_good_token_the_answer_is_401_and_surely_ours(
    quick_estate: Estate, method: str, path: str, authorization: str
) -> None:
    client = quick_estate.app.test_client(use_cookies=False)
    response = client.open(path, method=method, headers={"Authorization": authorization})
    is_problem(response, 401, "token")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_push_is_answered_operation_by_operation(client: FlaskClient, tablet: Tablet, flat: Flat) -> None:
    response = push(client, tablet, a_push(tablet, flat, 2))
    answer = envelope.PushAnswer.parse(response.data)
    assert [(ack.status, ack.rev) for ack in answer.acks] == [("applied", 1), ("applied", 2)]
    assert response.headers["Fieldapp-Server"] == "1"
    assert response.headers["Cache-Control"] == "no-store"


def test_an_empty_push_is_answered(client: FlaskClient, tablet: Tablet) -> None:
    assert push(client, tablet, envelope.Push(own(tablet).device_id, ()).dump()).get_json()["acks"] == []


@pytest.mark.parametrize(
    "body",
    (b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 50_000, b'{"v":1,"device_id":7,"ops":[]}', b'{"v":NaN}'),
    ids=("nothing", "cut off", "a list", "no text", "null", "deep", "no device", "no number"),
)
def test_what_is_no_push_is_refused_in_words(client: FlaskClient, tablet: Tablet, body: bytes) -> None:
    is_problem(push(client, tablet, body), 400, "malformed")


def test_one_malformed_operation_refuses_the_push_and_is_named(
    estate: Estate, client: FlaskClient, tablet: Tablet, flat: Flat
) -> None:
    message = a_push(tablet, flat, 3)
    del message["ops"][1]["hlc"]
    problem = is_problem(push(client, tablet, message), 400, "malformed")
    assert problem["index"] == 1
    assert problem["detail"] == "ops[1]: hlc is missing"
    assert written_by(estate, tablet) == 0


@pytest.mark.parametrize("where", ("push", "operation"))
def test_an_unknown_version_is_told_which_are_spoken(
    client: FlaskClient, tablet: Tablet, flat: Flat, where: str
) -> None:
    message = a_push(tablet, flat)
    if where == "push":
        message["v"] = 2
    else:
        message["ops"][0]["schema_v"] = 2
    assert is_problem(push(client, tablet, message), 409, "unknown_version")["supported"] == [1]


def test_too_many_operations_are_refused_whole(estate: Estate, client: FlaskClient, tablet: Tablet, flat: Flat) -> None:
    message = a_push(tablet, flat)
    message["ops"] *= envelope.MOST_OPS + 1
    assert is_problem(push(client, tablet, message), 413, "too_large")["most_operations"] == 500
    assert written_by(estate, tablet) == 0


@pytest.mark.parametrize("honest", ("with its length", "without"))
def test_too_many_bytes_are_refused_before_they_are_read(client: FlaskClient, tablet: Tablet, honest: str) -> None:
    body = b" " * (envelope.MOST_BYTES + 1)
    headers = bearer(tablet) if honest == "with its length" else bearer(tablet, **{"Transfer-Encoding": "chunked"})
    response = client.post(
        "/api/field/push", data=body, headers=headers, environ_overrides={"wsgi.input_terminated": True}
    )
    is_problem(response, 413, "too_large")


def test_a_push_of_exactly_one_mebibyte_is_read(client: FlaskClient, tablet: Tablet, flat: Flat) -> None:
    body = envelope.write(a_push(tablet, flat))
    response = push(client, tablet, body + b" " * (envelope.MOST_BYTES - len(body)))
    assert response.get_json()["acks"][0]["status"] == "applied"


def test_a_push_in_another_devices_name_is_refused(client: FlaskClient, tablet: Tablet, flat: Flat) -> None:
    message = a_push(tablet, flat)
    message["device_id"] = flat.root_id
    is_problem(push(client, tablet, message), 403, "not_yours")


@pytest.mark.parametrize("cursor", ("-1", "x", "1.5", "", "9" * 19, "\u0661"))
def test_a_cursor_is_a_whole_number(client: FlaskClient, tablet: Tablet, cursor: str) -> None:
    response = client.get("/api/field/pull", query_string={"cursor": cursor}, headers=bearer(tablet))
    is_problem(response, 400, "malformed")


def test_a_pull_gives_what_is_new(client: FlaskClient, tablet: Tablet, flat: Flat) -> None:
    push(client, tablet, a_push(tablet, flat))
    cursor = tablet.contents.cursor
    answer = envelope.Pull.parse(client.get(f"/api/field/pull?cursor={cursor}", headers=bearer(tablet)).data)
    assert [(change.field, change.value) for change in answer.changes] == [("note", "rayures")]


def test_a_pack_is_compressed_for_those_who_ask(client: FlaskClient, tablet: Tablet) -> None:
    plain = client.get("/api/field/pack", headers=bearer(tablet))
    small = client.get("/api/field/pack", headers=bearer(tablet, **{"Accept-Encoding": "gzip"}))
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) * 3 < len(plain.data)
    assert json.loads(gzip.decompress(small.data))["inventories"] == plain.get_json()["inventories"]


def test_a_pack_that_the_tablet_has_is_not_sent_again(estate: Estate, client: FlaskClient, tablet: Tablet) -> None:
    first = client.get("/api/field/pack", headers=bearer(tablet))
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/api/field/pack", headers=bearer(tablet, **known))
    assert (again.status_code, again.data) == (304, b"")
    estate.plan()
    assert client.get("/api/field/pack", headers=bearer(tablet, **known)).status_code == 200


def test_a_landlords_own_catalogue_is_named_by_the_pack_and_given_by_its_hash(
    estate: Estate, client: FlaskClient, tablet: Tablet, flat: Flat
) -> None:
    def named() -> dict[str, Any]:
        found: dict[str, Any] = client.get("/api/field/pack", headers=bearer(tablet)).get_json()["house_catalogues"]
        return found

    assert named() == {"current": None, "all": []}
    brought(estate, "catalogue", csv_of("catalogue", [("kitchen", "EVIER", "sink", "Évier deux bacs", "Inox")]))
    first = named()["current"]
    tablet.write(flat.root_id, flat.root_id, "inventory", "house_catalogue", first)
    tablet.sync()
    brought(estate, "catalogue", csv_of("catalogue", [("kitchen", "EVIER", "sink", "Évier", "Grès")]))
    assert named()["current"] != first
    assert set(named()["all"]) == {first, named()["current"]}
    document = client.get(f"/api/field/catalogues/{first}", headers=bearer(tablet)).get_json()
    assert document["rooms"][0]["elements"][0]["label"] == "Évier deux bacs"
    assert canonical.sha256_hex(canonical.dumps(document)) == first
    stranger = Estate.build(estate.app, "Autre Habitat")
    stranger.plan()
    other = enrolled(stranger)
    is_problem(client.get(f"/api/field/catalogues/{first}", headers=bearer(other)), 404, "no_catalogue")
    is_problem(client.get("/api/field/catalogues/0", headers=bearer(tablet)), 400, "malformed")


def test_a_pack_brings_only_the_agents_own_day_and_is_remembered(estate: Estate, flat: Flat) -> None:
    stranger = enrolled(estate, "paul")
    assert stranger.fetch_pack()["inventories"] == []
    mine = enrolled(estate)
    assert [inventory["id"] for inventory in mine.fetch_pack()["inventories"]] == [flat.root_id]
    with estate.app.app_context():
        held = db.session.execute(select(Holding.device_id, Holding.root_id)).all()
    assert [tuple(row) for row in held] == [(own(mine).device_id, flat.root_id)]


def test_a_pack_of_no_day_is_refused(client: FlaskClient, tablet: Tablet) -> None:
    is_problem(client.get("/api/field/pack?day=tomorrow", headers=bearer(tablet)), 400, "malformed")


def ask_missing(client: FlaskClient, tablet: Tablet, hashes: Any) -> TestResponse:
    return client.post("/api/field/blobs/missing", data=envelope.write({"sha256": hashes}), headers=bearer(tablet))


def test_the_server_says_which_photographs_it_wants(client: FlaskClient, tablet: Tablet, flat: Flat) -> None:
    photograph(tablet, flat, b"report", b"archive")
    tablet.sync()
    here, wanted = canonical.sha256_hex(b"report"), canonical.sha256_hex(b"another")
    answer = ask_missing(client, tablet, [here, wanted, wanted]).get_json()
    assert answer == {"missing": [{"sha256": wanted, "offset": 0}], "present": [here]}


@pytest.mark.parametrize("hashes", (None, "a", [7], ["A" * 64], ["a" * 63], ["../etc"], ["a" * 64] * 501), ids=str)
def test_what_is_no_list_of_hashes_is_refused(quick_estate: Estate, hashes: Any) -> None:
    tablet = enrolled(quick_estate)
    client = quick_estate.app.test_client(use_cookies=False)
    is_problem(ask_missing(client, tablet, hashes), 400, "malformed")


def close(client: FlaskClient, tablet: Tablet, flat: Flat, raw: bytes, sha256: str) -> TestResponse:
    headers = bearer(tablet, **{"Fieldapp-Record": sha256, "Content-Type": "application/json"})
    return client.post(f"/api/field/inventories/{flat.root_id}/close", data=raw, headers=headers)


def test_a_tablet_closes_from_the_first_write_to_the_receipt(client: FlaskClient, tablet: Tablet, flat: Flat) -> None:
    fill(tablet, flat)
    photograph(tablet, flat, b"report", b"archive")
    raw = sign_and_close(tablet, flat)
    tablet.sync()
    sha256 = canonical.sha256_hex(raw)
    assert tablet.contents.records[flat.root_id].state == "sealing"
    assert all(file.receipted for file in tablet.contents.files.values())
    assert close(client, tablet, flat, raw, sha256).get_json() == {"state": "sealing", "record_sha256": sha256}


def test_closing_before_the_photographs_names_them_and_is_accepted(
    client: FlaskClient, tablet: Tablet, flat: Flat
) -> None:
    fill(tablet, flat)
    photograph(tablet, flat, b"report", b"archive")
    raw = sign_and_close(tablet, flat)
    push(client, tablet, envelope.Push(own(tablet).device_id, tablet.contents.outbox).dump())
    problem = is_problem(close(client, tablet, flat, raw, canonical.sha256_hex(raw)), 409, "missing_photos")
    assert problem["missing"] == sorted(map(canonical.sha256_hex, (b"report", b"archive")))
    tablet.sync()
    assert tablet.contents.records[flat.root_id].state == "sealing"


def test_closing_in_vain_says_why(client: FlaskClient, tablet: Tablet, flat: Flat) -> None:
    is_problem(close(client, tablet, flat, b"{}", "0" * 64), 400, "hash_mismatch")
    is_problem(close(client, tablet, flat, b"{}", canonical.sha256_hex(b"{}")), 409, "not_signed")
    raw = sign_and_close(tablet, flat)
    push(client, tablet, envelope.Push(own(tablet).device_id, tablet.contents.outbox).dump())
    problem = is_problem(close(client, tablet, flat, raw, canonical.sha256_hex(raw)), 422, "not_complete")
    assert {"b", "f"} <= {item["clause"] for item in problem["items"]}


def enrol(client: FlaskClient, **changes: Any) -> TestResponse:
    asked = {
        "email": "nadia@estate.example",
        "password": PASSWORD,
        "device_name": "Tablette 1",
        "public_key": Key().jwk,
        **changes,
    }
    return client.post("/api/field/enrol", data=json.dumps(asked))


def test_an_agent_enrols_and_works(client: FlaskClient, estate: Estate) -> None:
    response = enrol(client)
    assert response.status_code == 201
    given = response.get_json()
    assert given["actor"] == {
        "id": estate.agents["nadia"],
        "name": "Nadia",
        "role": "agent",
        "agency_id": estate.agencies["north"],
    }
    assert (given["organisation_key"]["kty"], given["organisation_key"]["alg"]) == ("RSA", "RSA-OAEP-256")
    pack = client.get("/api/field/pack", headers={"Authorization": f"Bearer {given['token']}"})
    assert pack.get_json()["agent"]["id"] == estate.agents["nadia"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    (
        ({"password": "guess"}, 401, "bad_credentials"),
        ({"email": "nobody@estate.example"}, 401, "bad_credentials"),
        ({"email": "reviewer@estate.example"}, 403, "not_an_agent"),
        ({"public_key": {}}, 400, "bad_key"),
        ({"public_key": None}, 400, "bad_key"),
        ({"password": 7}, 400, "malformed"),
        ({"device_name": "x" * 30_000}, 413, "too_large"),
    ),
    ids=lambda value: str(value)[:40],
)
def test_who_may_not_enrol_is_told_so(client: FlaskClient, changes: dict[str, Any], status: int, code: str) -> None:
    is_problem(enrol(client, **changes), status, code)


def test_guessing_passwords_is_stopped(client: FlaskClient) -> None:
    for _ in range(10):
        assert enrol(client, password="guess").status_code == 401
    response = enrol(client)
    problem = is_problem(response, 429, "too_many_attempts")
    assert int(response.headers["Retry-After"]) == problem["retry_after"] > 0


def test_refusals_speak_the_language_that_the_tablet_asks_for(client: FlaskClient) -> None:
    asked = json.dumps({"email": "x@y.example", "password": "x", "device_name": "x", "public_key": Key().jwk})
    french = client.post("/api/field/enrol", data=asked, headers={"Accept-Language": "fr"})
    assert is_problem(french, 401, "bad_credentials")["title"].startswith("L’adresse")


@pytest.mark.parametrize("path", ("/api/field/nothing", "/api/field/push"))
def test_an_address_or_a_method_that_is_not_there_is_surely_our_refusal(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in {404, 405}
    assert response.headers["Fieldapp-Server"] == "1"


def test_a_cookie_opens_nothing(quick_estate: Estate) -> None:
    with_cookies = quick_estate.app.test_client()
    with_cookies.post("/office/sign-in", data={"email": "reviewer@estate.example", "password": PASSWORD})
    is_problem(with_cookies.get("/api/field/pull"), 401, "token")
