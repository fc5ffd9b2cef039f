"""Importing dwellings: a file is read, compared and written, on each kind of database, and how that grows with its length.

`FIELDAPP_BENCH_LARGE=1` brings the whole stock of 100,000 dwellings, then a file of 200,000 leases by the command line, with the
memory that this takes; without it a tenth of the stock and no such file.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.databases import BOTH, database
from tests.bench.figure import Figure, log, report
from tests.bench.product import ROOT, SAMPLE_SECONDS, Product, arranged, environment, product
from tests.fieldwork.estate import Estate
from tests.fieldwork.imports import DPE, brought, csv_of

LARGE, SMALL, TENTH = 100_000, 10_000, 10
LONGEST = 200_000
SECONDS_FOR_LARGE = 60.0
HOMES_A_BUILDING = 50
MEGABYTES = 250
GROWTH = 1.5
"""A line of a long file may cost this much of one of a short file."""


def measure() -> None:
    """Print seconds for the whole file, and how a line's cost grows from a tenth of it."""
    large = os.environ.get("FIELDAPP_BENCH_LARGE") == "1"
    whole = LARGE if large else SMALL
    for name in BOTH:
        with (
            tempfile.TemporaryDirectory(prefix="bench-") as folder,
            database(name, durable=True) as environ,
            product(Path(folder), environ) as installed,
            arranged(installed.app()) as app,
        ):
            estate = Estate.build(app)
            part = _seconds(estate, "A", whole // TENTH)
            seconds = _seconds(estate, "B", whole)
            if large:
                _longest(estate, installed, whole, name)
        log(f"import of {whole} dwellings on {name}: {seconds:.1f} s, of {whole // TENTH}: {part:.1f} s")
        what = f"import of {whole} dwellings, {name}"
        report(Figure(what, round(seconds, 1), "s", SECONDS_FOR_LARGE * whole / LARGE, "lower"))
        growth = seconds / TENTH / part
        report(Figure(f"{what}: a line's cost to that in a tenth of the file", round(growth, 2), "x", GROWTH, "lower"))


def _longest(estate: Estate, installed: Product, dwellings: int, name: str) -> None:
    """Report how long 200,000 leases take from the command line, and the most memory that its process holds."""
    dates, sums = ("20/08/2021", "01/09/2021"), ("412,37", "86,00", "412,37", "non")
    path = installed.folder / "leases.csv"
    lines = ((f"BAIL-{one:06}", f"B-{one % dwellings}", "dwelling", *dates, *sums) for one in range(LONGEST))
    path.write_bytes(csv_of("tenancies", list(lines)))
    command = (sys.executable, "-m", "fieldapp", "import", "tenancies", str(path), "--landlord", estate.landlord_id)
    begun = time.monotonic()
    with (installed.folder / "import.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(installed.config), stdout=log, stderr=log)
        most = 0
        while process.poll() is None:
            most = max(most, _held(process.pid))
            time.sleep(SAMPLE_SECONDS)
    seconds = time.monotonic() - begun
    if process.returncode:
        raise RuntimeError((installed.folder / "import.log").read_text()[-2000:])
    what = f"import of {LONGEST} leases, {name}"
    report(Figure(what, round(seconds, 1), "s", SECONDS_FOR_LARGE * LONGEST / LARGE, "lower"))
    report(Figure(f"{what}: memory", round(most / 1024), "MB", MEGABYTES, "lower"))


def _held(pid: int) -> int:
    """The most kilobytes that a process has held so far; what `wait` says counts the measuring parent too."""
    try:
        found = re.search(r"VmHWM:\s+([0-9]+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0


def _seconds(estate: Estate, stock: str, number: int) -> float:
    """How long the dwellings take; their buildings are there."""
    houses = max(1, number // HOMES_A_BUILDING)
    place = ("Agence north", "Résidence", "1 rue des Essais", "29000", "Quimper")
    brought(estate, "buildings", csv_of("buildings", [(f"{stock}{one}", *place) for one in range(houses)]))
    heated = ("individual", "gas", "individual", *DPE)
    lines = [
        (f"{stock}-{one}", f"{stock}{one % houses}", "Appartement", "T2", "45,20", f"Porte {one}", "", "", *heated)
        for one in range(number)
    ]
    data = csv_of("dwellings", lines)
    begun = time.monotonic()
    tally = brought(estate, "dwellings", data)
    seconds = time.monotonic() - begun
    if tally.created != number:
        raise RuntimeError(f"{tally.created} of {number} dwellings were imported")
    return seconds
