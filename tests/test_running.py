"""What `bin/run` starts: one command that serves, works, comes back by itself and leaves nothing behind."""

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 120
PAUSE_SECONDS = 0.1


@contextmanager
def running(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The process of `bin/run` once it answers; whatever is left of it afterwards is ended."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}
    ours = {"FIELDAPP_DATA": str(folder), "FIELDAPP_PORT": str(port), "FIELDAPP_DEMO": "yes"}
    with (folder.parent / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "fieldapp", "run"],
            cwd=ROOT,
            env=inherited | ours,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        until(lambda: process.poll() is not None or health(port) == 200)
        assert process.poll() is None, (folder.parent / "log").read_text()
        yield process
    finally:
        if group(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(true: Callable[[], object]) -> None:
    """Wait for what must come."""
    pause = threading.Event()
    for _ in range(int(PATIENCE_SECONDS / PAUSE_SECONDS)):
        if true():
            return
        pause.wait(PAUSE_SECONDS)
    raise AssertionError("it never came")


def health(port: int) -> int:
    """What the server answers; 0 when nothing listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def group(leader: int) -> dict[int, str]:
    """The living processes that it started, with their commands."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, members = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(members) == leader and state != "Z":
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ").strip()
        except (OSError, ValueError):
            continue
    return found


def workers(leader: int) -> list[int]:
    """The processes that do the jobs."""
    return [process for process, command in group(leader).items() if command.endswith("fieldapp worker")]


def test_it_answers_with_a_seal_brings_its_worker_back_ends_whole_and_starts_again(tmp_path: Path) -> None:
    folder, port = tmp_path / "data", free_port()
    with running(folder, port) as process:
        seal = folder / "authority" / "seal.pem"
        assert seal.is_file(), "whoever signs first needs it"
        certificate = seal.read_bytes()
        (first,) = workers(process.pid)
        os.kill(first, signal.SIGKILL)
        until(lambda: [pid for pid in workers(process.pid) if pid != first])
        assert health(port) == 200
        process.terminate()
        assert process.wait(PATIENCE_SECONDS) == 0
        until(lambda: not group(process.pid))
    with running(folder, port) as process:
        assert seal.read_bytes() == certificate
        assert len(workers(process.pid)) == 1
        said = (tmp_path / "log").read_text()
        assert said.count(f"fieldapp: http://127.0.0.1:{port}") == 2
        process.terminate()
        assert process.wait(PATIENCE_SECONDS) == 0
        until(lambda: not group(process.pid))
