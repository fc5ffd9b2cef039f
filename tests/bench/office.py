"""How long the office waits for its list, its search and a file, with the whole stock behind them, and the growth from a tenth.

By default a small stock that is made in seconds; `bin/bench --large --only office` is the whole: 100,000 dwellings,
300,000 inventories, 10 million photographs on PostgreSQL, and a tenth of it on SQLite.
"""

import os
import tempfile
import time
from collections.abc import Callable

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.records.schema import upgrade
from fieldapp.web import create_app
from tests.bench.databases import BOTH, database
from tests.bench.figure import Figure, log, report
from tests.bench.quantile import median, quantile
from tests.bench.stock import INVENTORIES_EACH, Stock
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, colleague, sealed

LARGE = "FIELDAPP_BENCH_LARGE" in os.environ
DWELLINGS = {"SQLite": 10_000, "PostgreSQL": 100_000} if LARGE else dict.fromkeys(BOTH, 2_000)
PHOTOS_EACH = 33 if LARGE else 3
P95_MS = 300.0
RUNS = 24
LISTS = ("", "?show=pressing", "?kind=move_out", "?reason=refused", "?state=planned", "?from=2026-10-01&to=2026-10-31")
QUESTIONS = ("marcor", "macror", "MARCOR Fergan", "12 rue des bacoreries", "T00042", "quimper dulau", "bacorries")


def measure() -> None:
    """Print the p95 of each page on each kind of database."""
    for name in BOTH:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, database(name) as environ:
            _measure(name, Config.from_environ({"FIELDAPP_DATA": folder, **environ}))


def _measure(name: str, config: Config) -> None:
    app = create_app(config)
    with app.app_context():
        upgrade(db.engine)
    estate = Estate.build(app)
    flat, own, stock, dwellings = sealed(estate), colleague(estate), Stock(estate, PHOTOS_EACH), DWELLINGS[name]
    pages: dict[str, Callable[[int], None]] = {
        "a page of the list": lambda run: _list(own, run),
        "a search": lambda run: _search(own, run),
        "a file": lambda _run: _open(own, f"/office/inventories/{flat.root_id}"),
    }
    took: list[dict[str, list[float]]] = []
    for first, last in ((0, dwellings // 10), (dwellings // 10, dwellings)):
        start = time.perf_counter()
        with app.app_context():
            stock.grow(first, last)
        log(f"{last} dwellings on {name} in {time.perf_counter() - start:.0f} s")
        took.append({what: _timed(page) for what, page in pages.items()})
    with app.app_context():
        db.engine.dispose()
    inventories = dwellings * INVENTORIES_EACH
    for what in pages:
        few, many = (times[what] for times in took)
        against = {
            f"median at {inventories // 10} inventories": round(median(few)),
            f"median at {inventories} inventories": round(median(many)),
            "times the median": round(median(many) / median(few), 2),
            "unit": "ms",
        }
        text = f"{what} of the office among {inventories} inventories of {dwellings} dwellings, {name}: p95 of {RUNS}"
        report(Figure(text, round(quantile(many, 0.95)), "ms", P95_MS, "lower", against))


def _timed(page: Callable[[int], None]) -> list[float]:
    took = []
    for run in range(RUNS + 1):
        start = time.perf_counter()
        page(run)
        took.append((time.perf_counter() - start) * 1000)
    # The first one compiles the page.
    return took[1:]


def _list(own: Browser, run: int) -> None:
    _open(own, f"/office/inventories/{LISTS[run % len(LISTS)]}")


def _search(own: Browser, run: int) -> None:
    own.client.application.config["WTF_CSRF_ENABLED"] = False
    answer = own.client.post("/office/search", data={"words": QUESTIONS[run % len(QUESTIONS)]}, buffered=True)
    assert answer.status_code == 200


def _open(own: Browser, address: str) -> None:
    assert own.get(address).status_code == 200
