"""A tablet to measure: the store below the screens in a real Chromium, with photographs that are already developed."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page, sync_playwright

from tests.bench import picture
from tests.browser.tablet_page import CODE, EMAIL
from tests.fieldwork.estate import PASSWORD
from tests.support.chromium import launch_options

PATIENCE_MS = 120_000

_OPEN = """async ([code, email, password, root]) => {
  const base = `/assets/${document.documentElement.dataset.release}/field`;
  const { openStore } = await import(`${base}/tablet.js`);
  const { developPhoto } = await import(`${base}/photos/developing.js`);
  const sha256 = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)),
    (byte) => byte.toString(16).padStart(2, "0")).join("");
  // Given prints, it hands them out under new bytes; given a picture, it develops it as the product does.
  const develop = async (source) => {
    if (!window.prints) return developPhoto(source);
    const prints = {};
    for (const [size, { bytes, width, height }] of Object.entries(window.prints)) {
      const own = bytes.slice();
      window.printed = (window.printed ?? 0) + 1;
      new DataView(own.buffer).setUint32(14, 0x00010001 + window.printed);
      prints[size] = { bytes: own, width, height, sha256: await sha256(own) };
    }
    return prints;
  };
  window.store = await openStore({ develop });
  if (!store.status().enrolled) await store.enrol({ email, password, deviceName: "Tablette", code });
  if (store.status().locked) await store.unlock(code);
  window.inventory = await store.openInventory(root);
}"""

_GIVE_PRINTS = """(text) => {
  const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  window.prints = {};
  for (const [size, print] of Object.entries(JSON.parse(text))) {
    window.prints[size] = { ...print, bytes: bytesOf(print.bytes) };
  }
}"""

_TAKE = """async ([room, count]) => {
  const photo = { subjectKind: "room", subjectId: room, roomId: room, source: "camera", blob: new Blob() };
  for (let taken = 0; taken < count; taken += 1) await inventory.addPhoto(photo);
  window.prints = undefined;
}"""

Sizes = dict[str, tuple[int, int, int]]
"""Kilobytes, width and height of each size of a photograph."""


@contextmanager
def browsers() -> Iterator[BrowserType]:
    """What starts a Chromium."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@contextmanager
def profile(chromium: BrowserType, folder: Path) -> Iterator[BrowserContext]:
    """A Chromium with its profile in a folder: a private window would keep everything in memory and wait for no disk."""
    context = chromium.launch_persistent_context(
        folder, viewport={"width": 768, "height": 1024}, has_touch=True, **launch_options()
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield context
    finally:
        context.close()


def enrolled_page(context: BrowserContext, url: str, root: str) -> Page:
    """A tablet that is signed in, with `window.inventory` open, under the real security policy."""
    page = context.new_page()
    page.route("**/field/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{url}/field/")
    page.evaluate(_OPEN, [CODE, EMAIL, PASSWORD, root])
    return page


def take_photos(page: Page, room: str, count: int, sizes: Sizes) -> None:
    """Put photographs into the open inventory; each has bytes of its own, none is drawn or developed."""
    prints = {
        size: {"bytes": base64.b64encode(picture.weighing(*shape)).decode(), "width": shape[1], "height": shape[2]}
        for size, shape in sizes.items()
    }
    page.evaluate(_GIVE_PRINTS, json.dumps(prints))
    page.evaluate(_TAKE, [room, count])


def give_file(page: Page, path: Path) -> None:
    """Put a file from the disk into `window.file`, as an agent picks one."""
    page.evaluate(
        """() => {
          const input = Object.assign(document.createElement("input"), { type: "file", id: "given" });
          input.addEventListener("change", () => { window.file = input.files[0]; });
          document.getElementById("given")?.remove();
          document.body.append(input);
        }"""
    )
    page.locator("#given").set_input_files(path)
