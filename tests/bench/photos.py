"""Records of twenty photographs, two tablets at once, and the memory that the whole product takes meanwhile."""

import tempfile
from itertools import count
from pathlib import Path

from tests.bench import picture
from tests.bench.figure import Figure, log, report
from tests.bench.load import Task, drive, insist
from tests.bench.product import MemoryWatch, Product, arranged, product
from tests.bench.visit import Author
from tests.fieldwork.estate import Estate
from tests.fieldwork.tablets import enrolled

TABLETS = 2
PHOTOS = 20
FIELDS = 100
RECORDS_EACH = 8
RATE = 75.0
MEMORY_MB = 250.0

USUAL = {"report": (140, 1000, 750), "archive": (360, 1600, 1200)}
"""Kilobytes, width and height of the two files that a tablet makes of a photograph: 500 kB together."""

LARGE = {"report": (4000, 4000, 3000), "archive": (12_000, 8000, 5000)}
"""More than any tablet of ours sends: 12 and 40 megapixels, the most that is taken."""

LARGE_PHOTOS = 4


def measure() -> None:
    """Print photographs a second, and the most memory with usual and with large ones."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, product(Path(folder)) as running:
        usual, large = _lanes(running)
        running.start()
        with MemoryWatch(running) as memory:
            insist(drive(running.config.port, [lane[:1] for lane in usual]))
            outcome = insist(drive(running.config.port, [lane[1:] for lane in usual]))
        with MemoryWatch(running) as more:
            insist(drive(running.config.port, large))
    rate = len(outcome.latencies) * PHOTOS / outcome.seconds
    log(f"photos: {rate:.0f}/s, {memory.peak / 1e6:.0f} MB, with large ones {more.peak / 1e6:.0f} MB")
    what = f"records of {PHOTOS} photos (two files each, 500 kB together), {TABLETS} at once, SQLite"
    peers = {"ODK Central, measured elsewhere": 34, "unit": "photos/s"}
    report(Figure(what, round(rate, 1), "photos/s", RATE, "higher", peers))
    for size, watch in (("", memory), (", photos of 16 MB and 40 megapixels", more)):
        name = f"memory of all server processes while records of photos come in{size}"
        report(Figure(name, round(watch.peak / 1e6), "MB", MEMORY_MB, "lower", watch.shares))


def _lanes(running: Product) -> tuple[list[list[Task]], list[list[Task]]]:
    numbers = count()
    with arranged(running.app()) as app:
        estate = Estate.build(app)
        authors = [Author.of(enrolled(estate)) for _ in range(TABLETS)]
        usual = [
            [_record(estate, author, numbers, USUAL, PHOTOS) for _ in range(RECORDS_EACH + 1)] for author in authors
        ]
        large = [[_record(estate, author, numbers, LARGE, LARGE_PHOTOS)] for author in authors]
    return usual, large


def _record(
    estate: Estate, author: Author, numbers: "count[int]", sizes: dict[str, tuple[int, int, int]], photos: int
) -> Task:
    """Everything that a tablet sends of one visit: its operations, the question what is missing, the files."""
    flat = estate.plan()
    shot = [
        {name: picture.distinct(picture.weighing(*size), next(numbers)) for name, size in sizes.items()}
        for _ in range(photos)
    ]
    files = [request for photo in shot for request in author.uploads(photo)]
    return [author.push(flat, shot, FIELDS), author.missing(shot), *files]
