"""How long a sealed report takes, beside the bare render of the same page in the same run."""

import json
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from fieldapp.reports import authority
from tests.bench.figure import Figure, log, report
from tests.reports.sample import build
from tests.support.verapdf import validate

RUNS = {20: 3, 100: 3, 300: 1}
"""Photographs to number of runs; the median counts."""

COLD_SECONDS = {20: 2.5, 100: 4.0, 300: 10.0}
BARE_RATIO = 1.3
RENDER_MB = 300
VALIDATION_SECONDS = 5.0


def measure() -> None:
    """Print the figures of reports with 20, 100 and 300 photographs."""
    with tempfile.TemporaryDirectory(prefix="bench-report-") as name:
        for photos, runs in RUNS.items():
            _measure(Path(name) / str(photos), photos, runs)


def _measure(folder: Path, photos: int, runs: int) -> None:
    log(f"reports of {photos} photographs")
    keys = folder / "authority"
    folder.mkdir()
    made = build(folder / "photos", photos=photos, seal=authority.load(keys).plan(None))
    sample, page, bare, sealed = (folder / name for name in ("sample", "page.html", "bare.pdf", "sealed.pdf"))
    sample.write_bytes(pickle.dumps(made))
    _run("tests.bench.bare_render", "page", sample, page)
    ours: list[dict[str, Any]] = []
    theirs: list[float] = []
    memory: list[float] = []
    for _ in range(runs):
        begin = time.perf_counter()
        memory.append(float(_run("tests.bench.bare_render", "pdf", page, bare)))
        theirs.append(time.perf_counter() - begin)
        ours.append(json.loads(_run("tests.bench.seal_once", sample, keys, sealed)))
    against = {"seconds": round(median(theirs), 2), "bytes": bare.stat().st_size, "MB": round(max(memory))}
    _tell(photos, ours, median(theirs), against)
    if photos == max(RUNS):
        _validate(sealed)


def _tell(photos: int, ours: list[dict[str, Any]], bare_seconds: float, bare: dict[str, Any]) -> None:
    name, seconds = f"sealed report, {photos} photos", median(run["seconds"] for run in ours)
    against = {"bare render of the same page": bare}
    report(Figure(f"{name}, cold", round(seconds, 2), "s", COLD_SECONDS[photos], "lower", against))
    report(
        Figure(f"{name}, against the bare render", round(seconds / bare_seconds, 2), "×", BARE_RATIO, "lower", against)
    )
    rss = max(run["render_rss_mb"] for run in ours)
    report(Figure(f"{name}, memory of the rendering process", round(rss), "MB", RENDER_MB, "lower", against))
    size = ours[-1]["bytes"]
    report(Figure(f"{name}, size", size, "bytes", round(bare["bytes"] * 1.3), "lower", against))


def _validate(sealed: Path) -> None:
    begin = time.perf_counter()
    faults = validate(sealed, ("3a",))
    seconds = round(time.perf_counter() - begin, 2)
    what = "validation of a sealed report of 300 photos by veraPDF, Java's start included"
    report(Figure(what, None if faults else seconds, "s", VALIDATION_SECONDS, "lower"))


def _run(module: str, *arguments: object) -> bytes:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


if __name__ == "__main__":
    measure()
