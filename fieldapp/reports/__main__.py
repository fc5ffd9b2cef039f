"""The child process that renders one report: a job in JSON on standard input, the PDF in the file that it names.

On failure it exits 3 and prints `{reason, where}`: the error's name and the line of code, never a value of the record.
"""

import gc
import json
import sys
import traceback
from pathlib import Path
from typing import Any

from fieldapp.reports.evidence import Evidence, SealPlan

FAILED = 3


def main() -> int:
    """Runs the job of standard input."""
    gc.disable()  # one report, then the process ends: collecting costs a tenth of the time
    job = json.loads(sys.stdin.buffer.read())
    try:
        from fieldapp.reports.render import render_inventory

        pdf = render_inventory(
            job["record"].encode(),
            job["acts"].encode(),
            {name: Path(path) for name, path in job["files"].items()},
            _evidence(job["evidence"]),
        )
        Path(job["out"]).write_bytes(pdf)
    except Exception as error:  # noqa: BLE001  # whatever it is, the parent is told its name
        sys.stdout.write(json.dumps({"reason": type(error).__name__, "where": _where(error)}))
        return FAILED
    return 0


def _evidence(said: dict[str, Any]) -> Evidence:
    return Evidence(
        keys=said["keys"].encode(),
        audit=said["audit"].encode(),
        verify_url=said["verify_url"],
        seal=SealPlan(**said["seal"]),
    )


def _where(error: Exception) -> str:
    package = str(Path(__file__).parent.parent)
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(package)]
    return f"{Path(lines[-1].filename).name}:{lines[-1].lineno}" if lines else ""


if __name__ == "__main__":
    sys.exit(main())
