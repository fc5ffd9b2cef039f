"""How long the second `bin/run` takes, from the command to the first answer."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from tests.bench.figure import Figure, log, report
from tests.bench.product import ROOT, end_session, wait_until_it_answers
from tests.bench.quantile import median
from tests.support.ports import free_port

RUNS = 3
TARGET_SECONDS = 5.0


def measure() -> None:
    """Print the median of some starts on a folder in which the demonstration is already there."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        first = _start(Path(name))
        again = [_start(Path(name)) for _ in range(RUNS)]
    log(f"bin/run: first {first:.1f} s, then {[round(seconds, 1) for seconds in again]}")
    against = {"first start, with the demonstration made": round(first, 2), "unit": "s"}
    report(Figure("second start of bin/run", round(median(again), 2), "s", TARGET_SECONDS, "lower", against))


def _start(folder: Path) -> float:
    port = free_port()
    own = {"FIELDAPP_DATA": str(folder / "data"), "FIELDAPP_PORT": str(port)}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}
    with (folder / "log").open("ab") as log_file:
        began = time.monotonic()
        process = subprocess.Popen(
            [ROOT / "bin" / "run"],
            env=inherited | own,
            stdin=subprocess.DEVNULL,
            stdout=log_file,
            stderr=log_file,
            start_new_session=True,
        )
        try:
            wait_until_it_answers(port, process)
            return time.monotonic() - began
        finally:
            end_session(process)
