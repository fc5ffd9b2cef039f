"""The tablet's store in a real browser: what is on its disk, what survives, what a second tab may do."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.tablet_page import (
    CODE,
    EMAIL,
    Planned,
    assets,
    bare_page,
    code_of_failure,
    context_of,
    enrolled_page,
    open_inventory,
)
from tests.fieldwork.estate import PASSWORD
from tests.support.chromium import LaunchOptions
from tests.support.server import live_server

DUMP = """async () => {
  const found = [];
  const words = (value) => {
    if (value instanceof ArrayBuffer) return new TextDecoder("latin1").decode(value) + new TextDecoder().decode(value);
    if (value instanceof Blob) return "A BLOB";
    if (Array.isArray(value)) return value.map(words).join("\\n");
    if (value && typeof value === "object") return Object.entries(value).map(words).join("\\n");
    return String(value);
  };
  const asked = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store);
      found.push(`${name}/${store}`, words(await asked(rows.getAllKeys())), words(await asked(rows.getAll())));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url, await (await cache.match(request)).text());
    }
  }
  found.push(...Object.entries(localStorage).flat(), ...Object.entries(sessionStorage).flat(), document.cookie);
  return found.join("\\n");
}"""

KEEP_RELEASE = """async (base) => {
  const { startWorker } = await import(`${base}/register.js`);
  await startWorker({ mayUpdate: () => false, writing: () => false });
  await navigator.serviceWorker.ready;
}"""

SHOOT = """async (room) => {
  const canvas = new OffscreenCanvas(1280, 960);
  const context = canvas.getContext("2d");
  for (let n = 0; n < 60; n += 1) {
    context.fillStyle = `hsl(${n * 6} 60% 50%)`;
    context.fillRect(n * 20, 0, 20, 960);
  }
  const blob = canvas.transferToImageBitmap();
  return inventory.addPhoto({ subjectKind: "room", subjectId: room, roomId: room, source: "camera", blob });
}"""


FILL = """async (room) => {
  for (let shots = 0; shots < 60; shots += 1) {
    const noise = new ImageData(crypto.getRandomValues(new Uint8ClampedArray(65536)), 128, 128);
    const tile = new OffscreenCanvas(128, 128);
    tile.getContext("2d").putImageData(noise, 0, 0);
    const canvas = new OffscreenCanvas(1600, 1200);
    const context = canvas.getContext("2d");
    context.fillStyle = context.createPattern(tile, "repeat");
    context.fillRect(0, 0, 1600, 1200);
    const blob = canvas.transferToImageBitmap();
    await inventory.addPhoto({ subjectKind: "room", subjectId: room, roomId: room, source: "camera", blob });
  }
}"""


@pytest.fixture(scope="module")
def browser(chromium_options: LaunchOptions) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**chromium_options)
        yield chromium
        chromium.close()


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[Planned]:
    with live_server(tmp_path) as server:
        yield Planned(server)


def note(page: Page, planned: Planned, text: str) -> None:
    """Write the room's label; returns when the tablet says that it is durable."""
    page.evaluate("([room, text]) => inventory.set(room, 'room', 'label', text)", [planned.room, text])


def test_an_inventory_is_written_with_the_server_really_stopped_and_arrives_afterwards(
    browser: Browser, planned: Planned
) -> None:
    with context_of(browser) as context:
        page = enrolled_page(context, planned)
        planned.server.stop()
        note(page, planned, "Chambre bleue")
        photo = page.evaluate(SHOOT, planned.room)
        page.evaluate("() => store.transfer.syncNow()")
        assert page.evaluate("() => store.transfer.state().online") is False
        assert page.evaluate("(id) => inventory.where(id).place", photo) == "tablet"
        planned.server.start()
        page.evaluate("() => store.transfer.syncNow()")
        state = page.evaluate("() => store.transfer.state()")
        assert (state["online"], state["pendingOps"], state["pendingPhotos"]) == (True, 0, 0)
        assert page.evaluate("(id) => inventory.where(id).place", photo) == "safe"


def test_what_was_written_is_there_after_the_page_was_killed(browser: Browser, planned: Planned) -> None:
    with context_of(browser) as context:
        page = enrolled_page(context, planned)
        note(page, planned, "Chambre bleue")
        photo = page.evaluate(SHOOT, planned.room)
        with page.expect_event("crash"), suppress(Error):
            page.goto("chrome://crash")
        again = bare_page(context, planned)
        again.evaluate("(code) => store.unlock(code)", CODE)
        open_inventory(again, planned)
        assert again.evaluate("(room) => inventory.get(room).fields.label", planned.room) == "Chambre bleue"
        assert again.evaluate("async (id) => (await inventory.thumb(id)).startsWith('blob:')", photo)


def test_the_browser_keeps_nothing_personal_in_any_of_its_stores(browser: Browser, planned: Planned) -> None:
    with context_of(browser) as context:
        page = enrolled_page(context, planned)
        page.evaluate(KEEP_RELEASE, assets(page))
        note(page, planned, "Chambre de Madame Ozturk")
        page.evaluate(SHOOT, planned.room)
        shown = json.loads(page.evaluate("() => JSON.stringify(inventory.state().entities)"))
        tenant = shown[planned.flat.ids["tenant"]]["fields"]["name"]
        street = shown[planned.root]["fields"]["context"]["dwelling"]["street"]
        dump = page.evaluate(DUMP)
        assert len(dump) > 20_000
        assert "A BLOB" not in dump
        for word in (tenant, street, "Ozturk", "Nadia", EMAIL, PASSWORD, CODE, "Quimper"):
            assert word not in dump, word


def test_a_full_disk_is_said_and_nothing_is_half_written(browser: Browser, planned: Planned) -> None:
    with context_of(browser) as context:
        # Before anything is written: a browser remembers for a while how much room it found.
        session = context.new_cdp_session(context.new_page())
        session.send("Storage.overrideQuotaForOrigin", {"origin": planned.server.url, "quotaSize": 2_000_000})
        page = enrolled_page(context, planned)
        planned.server.stop()
        assert code_of_failure(page, FILL, planned.room) == "storage_full"
        kept = page.evaluate("() => inventory.list('photo').map((photo) => photo.id)")
        assert page.evaluate("() => store.transfer.state().pendingPhotos") == len(kept)
        assert page.evaluate(
            "async () => (await Promise.all(inventory.list('photo').map((p) => inventory.thumb(p.id)))).every(Boolean)"
        )
        planned.server.start()
        page.evaluate("() => store.transfer.syncNow()")
        received = [path for path in (planned.server.config.blobs / "photos").rglob("*") if path.is_file()]
        assert len(received) == 2 * len(kept), "a full tablet can still give what it holds"


def test_a_second_tab_waits_until_it_takes_over(browser: Browser, planned: Planned) -> None:
    with context_of(browser) as context:
        first = enrolled_page(context, planned)
        note(first, planned, "Un")
        second = bare_page(context, planned)
        assert second.evaluate("() => store.status().elsewhere") is True
        assert code_of_failure(second, "(root) => store.openInventory(root)", planned.root) == "elsewhere"
        second.evaluate("() => store.takeOver()")
        second.evaluate("(code) => store.unlock(code)", CODE)
        open_inventory(second, planned)
        note(second, planned, "Deux")
        write = "(room) => inventory.set(room, 'room', 'label', 'Perdu')"
        assert code_of_failure(first, write, planned.room) == "elsewhere"
        assert first.evaluate("() => store.status().elsewhere") is True
        assert second.evaluate("(room) => inventory.get(room).fields.label", planned.room) == "Deux"


def test_the_work_comes_back_to_a_tab_when_the_other_one_is_closed(browser: Browser, planned: Planned) -> None:
    with context_of(browser) as context:
        first = enrolled_page(context, planned)
        second = bare_page(context, planned)
        second.evaluate(
            "() => { window.back = new Promise((done) => store.subscribe((status) => status.elsewhere || done(true))); }"
        )
        first.close()
        assert second.evaluate("() => window.back") is True
        second.evaluate("(code) => store.unlock(code)", CODE)
        open_inventory(second, planned)
        note(second, planned, "Bureau")


def test_the_application_starts_cold_with_the_server_stopped(browser: Browser, planned: Planned) -> None:
    with context_of(browser) as context:
        page = context.new_page()
        page.goto(f"{planned.server.url}/field/")
        page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        page.close()
        planned.server.stop()
        cold = context.new_page()
        failures: list[str] = []
        cold.on("pageerror", lambda error: failures.append(str(error)))
        cold.goto(f"{planned.server.url}/field/")
        cold.locator("fa-app h1").first.wait_for()
        assert failures == []
