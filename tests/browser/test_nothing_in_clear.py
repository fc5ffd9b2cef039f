"""Nothing personal stands in the clear in any store of the browser, nor in the files that it keeps for itself."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from sqlalchemy import select

from fieldapp.demo.people import PASSWORD
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.landlord import Landlord
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.web import create_app
from fieldapp.worker import handlers, work_once
from sync import tablet as python_tablet
from sync.transport import HttpTransport
from tests.browser.demonstration import demonstrating
from tests.browser.tablet_page import CODE
from tests.fieldwork.tablets import Key
from tests.photos.pictures import jpeg
from tests.support.chromium import LaunchOptions
from tests.support.server import LiveServer

AGENT = "agent1@demo.fieldapp.example"
NOTE = "Impact derrière la porte, montré par Madame Ozturk"
TENANT = {"email": "ozturk@courriel.example", "phone": "06 39 98 77 66", "domicile": "9 impasse du Lavoir"}
CONSENT = "Je reconnais avoir lu cet état des lieux"
STROKE = "[1234,567,8901]"
DISTINCT = 5
"""Shorter words are found in ciphertext by chance."""

WORK = """async ({ note, tenant, consent }) => {
  const { draft } = document.querySelector("fa-overview-screen");
  const [room] = draft.list("room");
  const element = draft.list("element").find((each) => each.room_id === room.id);
  const party = draft.list("party").find((each) => each.quality !== "agent");
  await draft.set(element.id, "element", "note", note);
  for (const [field, value] of Object.entries(tenant)) await draft.set(party.id, "party", field, value);
  const canvas = Object.assign(document.createElement("canvas"), { width: 1600, height: 1200 });
  canvas.getContext("2d").fillRect(200, 200, 700, 700);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
  const subject = { subjectKind: "room", subjectId: room.id, roomId: room.id };
  const photo = await draft.addPhoto({ ...subject, source: "file", blob });
  await draft.set(photo, "photo", "caption", note);
  const act = { act_id: crypto.randomUUID(), inventory_id: draft.id, party_id: party.id, name: party.name };
  await draft.inventory.signAct({ ...act, consent, method: "drawn", strokes: [[[1234, 567, 8901], [1300, 600, 8950]]] });
  await draft.inventory.saveRecord(new TextEncoder().encode(JSON.stringify({ note, party })), "0".repeat(64));
  const kept = new Uint8Array(await draft.inventory.photoBytes(photo, "report"));
  return btoa(String.fromCharCode(...kept.slice(-400)));
}"""

DUMP = """async () => {
  const found = [];
  const base64 = async (buffer) => {
    const url = await new Promise((done) => {
      const reader = Object.assign(new FileReader(), { onload: () => done(reader.result) });
      reader.readAsDataURL(new Blob([buffer]));
    });
    return url.slice(url.indexOf(",") + 1);
  };
  const take = async (place, value) => {
    if (value instanceof CryptoKey) found.push({ place, kind: "key", value: value.extractable });
    else if (value instanceof Blob) found.push({ place, kind: "blob", value: await base64(await value.arrayBuffer()) });
    else if (value instanceof ArrayBuffer) found.push({ place, kind: "bytes", value: await base64(value) });
    else if (ArrayBuffer.isView(value)) found.push({ place, kind: "bytes", value: await base64(value.slice()) });
    else if (value && typeof value === "object") {
      for (const [name, each] of Object.entries(value)) await take(`${place}.${name}`, each);
    } else found.push({ place, kind: "text", value: String(value) });
  };
  const asked = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    found.push({ place: "name of a database", kind: "text", value: name });
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const place = `${name.length > 10 ? "vault" : name}/${store}`;
      const rows = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([asked(rows.getAllKeys()), asked(rows.getAll())]);
      for (const key of keys) await take(`${place} key`, key);
      for (const value of values) await take(place, value);
      for (const index of rows.indexNames ?? []) found.push({ place: `${place} index`, kind: "text", value: index });
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      found.push({ place: "cache", kind: "address", value: request.url });
      found.push({ place: request.url, kind: "file", value: await base64(await response.arrayBuffer()) });
      found.push({ place: request.url, kind: "headers", value: JSON.stringify([...response.headers]) });
    }
  }
  for (const [name, text] of [...Object.entries(localStorage), ...Object.entries(sessionStorage)]) {
    found.push({ place: "web storage", kind: "text", value: name }, { place: name, kind: "text", value: text });
  }
  found.push({ place: "cookies", kind: "cookie", value: document.cookie });
  return found;
}"""

CANARY = """async (word) => {
  localStorage.setItem("canary", word);
  const cache = await caches.open("canary");
  await cache.put("/canary", new Response(word));
  const wide = Uint16Array.from(word, (letter) => letter.charCodeAt(0));
  await new Promise((done) => {
    const opening = indexedDB.open("canary");
    opening.onupgradeneeded = () => opening.result.createObjectStore("rows");
    opening.onsuccess = () => {
      const rows = opening.result.transaction("rows", "readwrite");
      rows.objectStore("rows").put({ deep: [wide.buffer] }, "a");
      rows.objectStore("rows").put(new Blob([word]), word);
      rows.oncomplete = () => done(opening.result.close());
    };
  });
}"""

PLAIN = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # identifiers
    r"|fieldapp(-[0-9a-f-]{36})?"
    r"|[0-9a-f]{64}"  # SHA-256
    r"|\d{1,9}|\d{13}-[0-9a-f]{4}"  # numbers and the clock
    r"|[A-Za-z0-9_-]{43}"  # a name of a key, or a coordinate of the public one (RFC 7638, RFC 7518)
    r"|EC|P-256|null|true|fr|en|report|archive|thumb|view|tablet|away|safe|organisation|root_id|sha256"
    r"|current|language|fieldapp-vault"
    r"|account|catalogue|house_catalogue|legal|prices|wear|estimates|pack|cursor|clock|owner|recovery"
)


@dataclass(frozen=True)
class Found:
    """One thing that the browser keeps: where, what it is, and its bytes."""

    place: str
    kind: str
    data: bytes

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Found":
        """From a row of the dump; binary values come as base64."""
        binary = row["kind"] in {"bytes", "blob", "file"}
        data = base64.b64decode(row["value"]) if binary else str(row["value"]).encode()
        return cls(row["place"], row["kind"], data)


@dataclass
class Tablet:
    """A tablet on which an agent has worked, and what must not be read from it."""

    context: BrowserContext
    page: Page
    profile: Path
    secrets: set[str]
    photo: bytes


@pytest.fixture(scope="module")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("clear") / "server"
    with demonstrating(folder, demonstration, with_worker=False) as server:
        app = create_app(server.config)
        with app.app_context():
            photographed_elsewhere(server)
            while work_once(app, "worker", handlers()):
                pass
            db.engine.dispose()
        yield server


def photographed_elsewhere(server: LiveServer) -> None:
    """A colleague's tablet took a photograph in the agent's first flat: its thumbnail will be fetched."""
    key = Key()
    line = HttpTransport(server.url)
    colleague = python_tablet.Tablet(line, sign=key.sign)
    colleague.enrol(AGENT, PASSWORD, "Tablette 5", key.jwk)
    inventory = colleague.fetch_pack()["inventories"][0]
    element = next(entity for entity in inventory["entities"] if entity["kind"] == "element")
    room = element["fields"]["room_id"]["value"]
    subject = {"subject_kind": "element", "subject_id": element["entity_id"], "room_id": room}
    colleague.add_photo(inventory["id"], subject, jpeg((1000, 750)), jpeg((1600, 1200)))
    colleague.sync()
    line.close()


@pytest.fixture(scope="module")
def tablet(
    server: LiveServer, chromium_options: LaunchOptions, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tablet]:
    profile = tmp_path_factory.mktemp("profile")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(str(profile), **chromium_options)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{server.url}/field/")
        answers = {"email": AGENT, "password": PASSWORD, "deviceName": "Tablette 4", "code": CODE, "repeat": CODE}
        for name, text in answers.items():
            page.locator(f"#{name}").fill(text)
        with page.expect_response("**/api/field/enrol") as enrolled:
            page.locator("fa-enrol-screen form .button").click()
        page.locator("fa-day-screen .day li a").first.wait_for()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        expect(page.locator(".ready")).to_contain_text(re.compile(r"\d+ photos? à comparer"), timeout=60_000)
        server.stop()
        page.locator("fa-day-screen .day li a").first.click()
        page.locator("fa-overview-screen .rounds").first.wait_for()
        page.locator("fa-overview-screen a[href*='/room/']").first.click()
        expect(page.locator("fa-room-screen h1")).to_be_visible()
        type_in_the_room(page)
        page.go_back()
        page.locator("fa-overview-screen .rounds").first.wait_for()
        page.locator("fa-overview-screen a[href$='/parties']").first.click()
        type_about_the_tenant(page)
        page.go_back()
        page.locator("fa-overview-screen .rounds").first.wait_for()
        page.wait_for_function("!document.querySelector('fa-overview-screen').draft.saving")
        photo = base64.b64decode(page.evaluate(WORK, {"note": NOTE, "tenant": TENANT, "consent": CONSENT}))
        worked = {NOTE, "Ozturk", CONSENT, STROKE, *TENANT.values(), PASSWORD, enrolled.value.json()["token"]}
        yield Tablet(context, page, profile, worked | personal_words(server), photo)
        context.close()


def type_in_the_room(page: Page) -> None:
    """A note, as a person types it: browsers keep what is in a form, too."""
    page.locator("fa-element-row .tool.note").first.click()
    page.locator("fa-element-row textarea, fa-room-screen textarea").first.fill(NOTE)


def type_about_the_tenant(page: Page) -> None:
    """Address and telephone of the first tenant."""
    page.locator("fa-parties-screen details.fold summary").first.click()
    page.locator("fa-parties-screen input[type=email]").first.fill(TENANT["email"])
    page.locator("fa-parties-screen input[type=tel]").first.fill(TENANT["phone"])


def personal_words(server: LiveServer) -> set[str]:
    """Every name, address, telephone and reference of the demonstration, whole and, for names, in parts."""
    with create_app(server.config).app_context():
        columns = (
            *(Landlord.name, Landlord.street, Landlord.phone, Landlord.email),
            *(Agency.name, Agency.street, Agency.phone),
            *(Account.name, Account.email, Account.domicile, Account.mandate),
            *(Building.name, Building.street, Building.reference, Dwelling.reference, Tenancy.reference),
            *(TenancyParty.name, TenancyParty.email, TenancyParty.phone, TenancyParty.domicile),
        )
        words = {str(text) for column in columns for text in db.session.scalars(select(column)) if text}
        for name in db.session.scalars(select(TenancyParty.name).union(select(Account.name))):
            words.update(name.split())
        db.session.remove()
        db.engine.dispose()
    return {word for word in words if len(word) >= DISTINCT}


def spellings(word: str) -> set[bytes]:
    """The word as the stores of a browser may hold it."""
    escaped = json.dumps(word)[1:-1]
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
    return {text.encode(encoding, "ignore") for text in (word, escaped) for encoding in encodings}


def leaks(found: list[Found], words: set[str]) -> set[str]:
    """Which words stand where."""
    sought = {spelling: word for word in words for spelling in spellings(word)}
    anything = re.compile(b"|".join(re.escape(spelling) for spelling in sorted(sought, key=len, reverse=True)))
    return {f"{sought[match[0]]!r} in {each.place}" for each in found for match in anything.finditer(each.data)}


def dump(tablet: Tablet) -> list[Found]:
    """Everything that scripts of this origin can read back."""
    return [Found.of(row) for row in tablet.page.evaluate(DUMP)]


def test_no_store_of_the_browser_holds_a_personal_word(tablet: Tablet) -> None:
    found = dump(tablet)
    places = {each.place for each in found}
    for kept in ("entities", "outbox", "headers", "records", "files", "blobs", "meta"):
        assert any(place.startswith(f"vault/{kept}") for place in places), f"nothing of {kept} was looked at"
    assert len(tablet.secrets) > 60
    assert leaks(found, tablet.secrets) == set()


def test_photographs_are_kept_as_ciphertext_and_never_as_files(tablet: Tablet) -> None:
    kept = [each for each in dump(tablet) if each.place.startswith("vault/")]
    assert [each.place for each in kept if each.kind == "blob"] == []
    own = 3
    assert sum(each.place == "vault/blobs.data" for each in kept) > own, "those that were fetched too"
    for each in kept:
        assert tablet.photo not in each.data
        assert not each.data.startswith(b"\xff\xd8\xff"), each.place


def test_keys_indexes_and_whatever_is_not_ciphertext_are_identifiers_hashes_and_known_words(tablet: Tablet) -> None:
    texts = [each for each in dump(tablet) if each.kind == "text"]
    assert len(texts) > 200
    assert {
        f"{each.data.decode()} in {each.place}" for each in texts if not PLAIN.fullmatch(each.data.decode())
    } == set()


def test_no_key_on_the_disk_can_be_read_by_a_script(tablet: Tablet) -> None:
    keys = [each for each in dump(tablet) if each.kind == "key"]
    assert len(keys) >= 2
    assert {each.data for each in keys} == {b"False"}


def test_there_is_no_cookie(tablet: Tablet) -> None:
    assert tablet.context.cookies() == []


def test_what_is_looked_for_would_be_found(tablet: Tablet) -> None:
    tablet.page.evaluate(CANARY, "Wéronika")
    places = leaks(dump(tablet), {"Wéronika"})
    assert {place.rpartition(" in ")[2].rpartition("/")[2] for place in places} == {
        "canary",
        "rows",
        "rows key",
        "rows.deep.0",
    }


def test_the_browsers_own_files_hold_no_personal_word_either(tablet: Tablet) -> None:
    """History, forms, caches of answers: what no script can list. Some are compressed, so the dump above is needed too.

    The agent's own address stays: the sign-in form offers it to the browser's memory of accounts (WCAG 1.3.5).
    """
    tablet.context.close()
    files = [path for path in tablet.profile.rglob("*") if path.is_file() and not path.is_symlink()]
    read = [Found(path.relative_to(tablet.profile).as_posix(), "file", path.read_bytes()) for path in files]
    assert any(each.place.endswith("History") for each in read)
    assert leaks(read, tablet.secrets - {AGENT}) == set()
