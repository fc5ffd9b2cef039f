"""Push with one photograph, eight tablets at once, on SQLite and on PostgreSQL, as many as the server takes."""

import tempfile
from itertools import count
from pathlib import Path

from tests.bench import picture
from tests.bench.databases import database
from tests.bench.figure import Figure, log, report
from tests.bench.load import Task, drive, insist
from tests.bench.product import Product, arranged, product
from tests.bench.quantile import median, quantile
from tests.bench.visit import Author
from tests.fieldwork.estate import Estate
from tests.fieldwork.tablets import enrolled

TABLETS = 8
INVENTORIES_EACH = 8
PUSHES_EACH = 75
WARM_UP_EACH = 5
FIELDS_A_PHOTO = 5
"""A visit of 100 photographs has some 600 operations."""

KILOBYTES = 500
TARGETS = {"SQLite": 100.0, "PostgreSQL": 70.0}
P95_MS = 250.0


def measure() -> None:
    """Print pushes a second and their p95, on each kind of database."""
    for name in TARGETS:
        with (
            tempfile.TemporaryDirectory(prefix="bench-") as folder,
            database(name, durable=True) as environ,
            product(Path(folder), environ) as running,
        ):
            _measure(name, running)


def _measure(name: str, running: Product) -> None:
    lanes = _lanes(running)
    running.start()
    insist(drive(running.config.port, [lane[:WARM_UP_EACH] for lane in lanes]))
    outcome = insist(drive(running.config.port, [lane[WARM_UP_EACH:] for lane in lanes]))
    running.stop()
    rate = len(outcome.latencies) / outcome.seconds
    p95 = quantile(outcome.latencies, 0.95) * 1000
    log(f"push on {name}: {rate:.0f}/s, median {median(outcome.latencies) * 1000:.0f} ms, p95 {p95:.0f} ms")
    what = f"push of {FIELDS_A_PHOTO + 1} operations and one {KILOBYTES} kB photo, {TABLETS} at once, {name}"
    peers = {"ODK Central, measured elsewhere": 34, "PouchDB Server, measured elsewhere": 50, "unit": "pushes/s"}
    report(Figure(what, round(rate, 1), "pushes/s", TARGETS[name], "higher", peers))
    report(Figure(f"{what}: p95 from the first byte to the receipt", round(p95, 1), "ms", P95_MS, "lower"))


def _lanes(running: Product) -> list[list[Task]]:
    """For each tablet its pushes in order: the operations, then the file that they name."""
    jpeg, numbers = picture.weighing(KILOBYTES, 1600, 1200), count()
    with arranged(running.app()) as app:
        estate = Estate.build(app)
        lanes = []
        for _ in range(TABLETS):
            author = Author.of(enrolled(estate))
            flats = [estate.plan() for _ in range(INVENTORIES_EACH)]
            lane: list[Task] = []
            for turn in range(WARM_UP_EACH + PUSHES_EACH):
                data = picture.distinct(jpeg, next(numbers))
                photo = {"report": data, "archive": data}
                pushed = author.push(flats[turn % len(flats)], [photo], FIELDS_A_PHOTO)
                lane.append([pushed, *author.uploads(photo)])
            lanes.append(lane)
    return lanes
