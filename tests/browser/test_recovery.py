"""The landlord's recovery key opens what a tablet holds, with nothing of the tablet but its rows."""

import base64
import os
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import sync_playwright

from tests.browser.tablet_page import Planned, context_of, enrolled_page
from tests.support.chromium import LaunchOptions
from tests.support.server import live_server

ROW = """async ([root, entity]) => {
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const names = (await indexedDB.databases()).map(({ name }) => name);
  const database = await asked(indexedDB.open(names.find((name) => name !== "fieldapp")));
  const row = await asked(database.transaction("entities").objectStore("entities").get([root, entity]));
  database.close();
  return { key_id: row.key_id, nonce: text(row.nonce), data: text(row.data) };
}"""


def test_the_recovery_key_and_the_rows_of_a_tablet_give_its_work_back(
    chromium_options: LaunchOptions, tmp_path: Path
) -> None:
    with live_server(tmp_path / "server", with_worker=False) as server, sync_playwright() as playwright:
        planned = Planned(server)
        browser = playwright.chromium.launch(**chromium_options)
        with context_of(browser) as context:
            page = enrolled_page(context, planned)
            page.evaluate("() => store.transfer.syncNow()")
            server.stop()
            page.evaluate("(room) => inventory.set(room, 'room', 'label', 'Chambre bleue')", planned.room)
            row = page.evaluate(ROW, [planned.root, planned.room])
        browser.close()

        device, key_id, _, name = fieldapp(server.folder, "recovery").split()
        assert (key_id, name) == (row["key_id"], "Tablette")
        fieldapp(server.folder, "recovery", device, "-o", str(tmp_path / "wrapped.bin"))
        (private,) = (path for path in server.config.recovery.glob("*.pem") if not path.match("*.public.pem"))
        key = AESGCM(opened(private, tmp_path / "wrapped.bin"))
        place = f"entities/{planned.root}/{planned.room}"
        plain = key.decrypt(base64.b64decode(row["nonce"]), base64.b64decode(row["data"]), place.encode())
        assert "Chambre bleue" in plain.decode()


def opened(private_key: Path, wrapped: Path) -> bytes:
    """The data key, by the command that the documentation gives."""
    options = ("rsa_padding_mode:oaep", "rsa_oaep_md:sha256", "rsa_mgf1_md:sha256")
    command = ["openssl", "pkeyutl", "-decrypt", "-inkey", str(private_key), "-in", str(wrapped)]
    for option in options:
        command += ["-pkeyopt", option]
    return subprocess.run(command, capture_output=True, check=True).stdout


def fieldapp(data: Path, *arguments: str) -> str:
    """What the command line says about this installation."""
    environ = {**os.environ, "FIELDAPP_DATA": str(data)}
    command = [sys.executable, "-m", "fieldapp", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, check=True, text=True).stdout
