"""How long the office waits for the account of an exit, and the tablet for its estimate, with their growth."""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from fieldapp.domain.charge_proposal import proposals
from fieldapp.extensions import db
from fieldapp.records.charge_line import ChargeRow
from fieldapp.records.inventory import Inventory
from fieldapp.services import assessing, charging, installation, settling
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope
from fieldapp.services.settling import AccountAnswers
from fieldapp.web import create_app
from fieldapp.web.assets import AssetTree
from sync import canonical
from tests.bench import tablet
from tests.bench.figure import Figure, log, report
from tests.bench.quantile import median, quantile
from tests.domain.vectors import read
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.leaving import KEYS_ON, left, priced
from tests.support.server import live_server

ELEMENTS = (20, 80, 200)
USUAL = 80
SERVER_MS, BROWSER_MS = 50.0, 10.0
RUNS = 60

_IN_BROWSER = """async ([base, lines, grid, account, runs]) => {
  const { assess, total } = await import(`${base}/wear.js`);
  const { settle } = await import(`${base}/settlement.js`);
  const took = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    const found = lines.map((line) => assess(line, grid));
    total(found);
    const retained = found
      .filter((one) => one.due !== null)
      .map((one) => ({ line_id: one.line_id, due: one.due, proof: "price_list", is_loss: false }));
    settle({ ...account, retained }, "2029-01-01");
    took.push(performance.now() - start);
  }
  return took;
}"""


def measure() -> None:
    """Print the time for half as many charge lines as elements: the account drawn up, saved and shown to be approved."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, tablet.browsers() as chromium:
        folder = Path(name)
        with live_server(folder / "server", with_worker=False) as server:
            app = create_app(server.config)
            estate = Estate.build(app)
            priced(estate)
            flat = left(estate)
            with app.app_context():
                took = {count: _settle(estate, flat, count) for count in ELEMENTS}
            assets: AssetTree = app.extensions["fieldapp.assets"]
            with tablet.profile(chromium, folder / "profile") as context:
                page = context.new_page()
                page.goto(f"{server.url}/field/")
                base = f"{server.url}/assets/{assets.release}/field/rules"
                ran = {count: _in_browser(page, base, count // 2) for count in ELEMENTS}
    _say("settling an exit of {0} elements and {1} charge lines, on the server: p95", took, SERVER_MS)
    _say("the same rules in the browser, {0} elements and {1} charge lines: p95", ran, BROWSER_MS)


def _say(what: str, took: dict[int, list[float]], target: float) -> None:
    growth = {f"{count} elements, median": round(median(times), 2) for count, times in took.items()}
    log(str(growth))
    value = round(quantile(took[USUAL], 0.95), 2)
    report(Figure(what.format(USUAL, USUAL // 2), value, "ms", target, "lower", {**growth, "unit": "ms"}))


def _settle(estate: Estate, flat: Flat, count: int) -> list[float]:
    scope, actor = Scope(estate.landlord_id), estate.agents["nadia"]
    _make_large(flat, count)
    said = AccountAnswers(KEYS_ON, KEYS_ON)
    times = []
    with _in_time():
        for _ in range(RUNS):
            start = time.perf_counter()
            settling.save_account(scope, flat.root_id, said, actor)
            settling.digest(assessing.open_exit(scope, flat.root_id))
            db.session.rollback()
            times.append((time.perf_counter() - start) * 1000)
    return times


@contextmanager
def _in_time() -> Iterator[None]:
    """The days of the tests lie ahead: settled on the day after the keys."""
    kept = assessing.today_in
    assessing.today_in = lambda zone: date(2028, 7, 1)  # noqa: ARG005 - the same day everywhere
    try:
        yield
    finally:
        assessing.today_in = kept


def _make_large(flat: Flat, count: int) -> None:
    """Give the exit a record of so many elements, half of them changed and priced."""
    session = db.session()
    inventory = session.get_one(Inventory, flat.root_id)
    record = json.loads(installation.blobs().path(f"records/{inventory.record_sha256}").read_bytes())
    room = record["rooms"][0]
    wall = next(element for element in room["elements"] if element["kind"] == "walls")
    quiet = next(element for element in room["elements"] if element["kind"] == "floor")
    record["keys"] = []
    room["elements"] = [deepcopy(wall if place % 2 else quiet) | {"id": new_id()} for place in range(count)]
    raw = canonical.dumps(record)
    inventory.record_sha256 = canonical.sha256_hex(raw)
    installation.blobs().put(f"records/{inventory.record_sha256}", raw)
    charging.open_in(session, inventory, assessing.exit_in(session, inventory))
    session.query(ChargeRow).delete()
    session.add_all(_row(flat.root_id, proposal.line_id) for proposal in proposals(record, {}))
    session.commit()


def _row(root_id: str, line_id: str) -> ChargeRow:
    return ChargeRow(
        inventory_id=root_id,
        line_id=line_id,
        label="Peinture murale",
        quantity=100,
        unit="m2",
        price=1450,
        vat=1000,
        wear_kind="paint",
        proof="price_list",
        reference="paint_wall",
        started_on=date(2024, 5, 12),
        basis="renewal",
    )


def _in_browser(page: Page, base: str, count: int) -> list[float]:
    vectors = read("wear/lines.json")
    some: list[dict[str, Any]] = [case["line"] for case in vectors["generated"] if case["grid"] == "a"]
    lines = [some[place % len(some)] for place in range(count)]
    account = read("wear/settlements.json")["cases"][1]["account"]
    took: list[float] = page.evaluate(_IN_BROWSER, [base, lines, vectors["grids"]["a"], account, RUNS])
    return took
