"""Renders a report in a process of its own, which ends with it: WeasyPrint never enters the one that asks."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from fieldapp.reports import rewrite
from fieldapp.reports.evidence import Evidence
from fieldapp.reports.printed import printed

TIME_LIMIT = 120.0
"""Seconds; 300 photographs take about five."""


class RenderFailed(RuntimeError):
    """The report could not be rendered; `reason` is the name of the error, `where` a line of code: no personal data."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{reason} {where}".strip())
        self.reason = reason
        self.where = where


class RenderTimedOut(RenderFailed):
    """The report took longer than the limit; the process was ended."""

    def __init__(self, seconds: float) -> None:
        super().__init__("RenderTimedOut", f"after {seconds:g} s")


def render_inventory(
    record: bytes, acts: bytes, files: Mapping[str, Path], evidence: Evidence, *, time_limit: float = TIME_LIMIT
) -> bytes:
    """The report of a signed inventory, ready to be sealed: `render.render_inventory` in a fresh process, then rewritten.

    Raises RenderFailed or RenderTimedOut, and PhotographChanged when a photograph inside is not, byte for byte, the one
    of the record.
    """
    page = _rendered(record, acts, files, evidence, time_limit)
    return rewrite.rewritten(page, {photo["report"]["sha256"] for photo in printed(json.loads(record))})


def _rendered(record: bytes, acts: bytes, files: Mapping[str, Path], evidence: Evidence, time_limit: float) -> bytes:
    said = asdict(evidence) | {"keys": evidence.keys.decode(), "audit": evidence.audit.decode()}
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        out = Path(folder) / "report.pdf"
        job = {
            "record": record.decode(),
            "acts": acts.decode(),
            "files": {name: str(path) for name, path in files.items()},
            "evidence": said,
            "out": str(out),
        }
        try:
            ended = subprocess.run(
                [sys.executable, "-m", "fieldapp.reports"],
                input=json.dumps(job).encode(),
                capture_output=True,
                timeout=time_limit,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RenderTimedOut(time_limit) from error
        if ended.returncode != 0 or not out.is_file():
            raise _failure(ended)
        return out.read_bytes()


def _failure(ended: subprocess.CompletedProcess[bytes]) -> RenderFailed:
    try:
        said = json.loads(ended.stdout)
        return RenderFailed(said["reason"], said["where"])
    except (ValueError, KeyError, TypeError):
        return RenderFailed("RenderCrashed", f"exit {ended.returncode}")
