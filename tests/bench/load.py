"""A load generator in a process of its own: prepared requests over kept connections, as many lanes as asked for."""

import http.client
import multiprocessing
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Request:
    """One request, and what must be in its answer: a header with a value, or `marker` in its body."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    receipt: str | None = None
    marker: bytes = b""


Task = Sequence[Request]
"""Requests that follow each other on one connection; what is measured is the time of all of them."""


@dataclass(frozen=True)
class Outcome:
    """How long everything took, and each task, in seconds; `failures` are the answers that were not as they should be."""

    seconds: float
    latencies: list[float]
    failures: list[str]


def drive(port: int, lanes: Sequence[Sequence[Task]]) -> Outcome:
    """Send every lane's tasks one after the other, all lanes at once; the clock runs in the other process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_run, args=(there, port, lanes), daemon=True)
    process.start()
    there.close()
    try:
        outcome: Outcome = here.recv()
    finally:
        process.join(TIMEOUT_SECONDS)
        process.kill()
    return outcome


def insist(outcome: Outcome) -> Outcome:
    """The outcome, when every answer was a good one; else raises RuntimeError: a number without its work is none."""
    if outcome.failures:
        raise RuntimeError(f"{len(outcome.failures)} wrong answers, the first: {outcome.failures[0]}")
    return outcome


def _run(
    answer: "multiprocessing.connection.Connection[Outcome, None]", port: int, lanes: Sequence[Sequence[Task]]
) -> None:
    latencies: list[float] = []
    failures: list[str] = []
    start = threading.Barrier(len(lanes) + 1)

    def lane(tasks: Sequence[Task]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        connection.connect()
        start.wait()
        for task in tasks:
            began = time.perf_counter()
            wrong = [said for said in (_send(connection, request) for request in task) if said]
            latencies.append(time.perf_counter() - began)
            failures.extend(wrong)
        connection.close()

    threads = [threading.Thread(target=lane, args=(tasks,)) for tasks in lanes]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    answer.send(Outcome(time.perf_counter() - began, latencies, failures))


def _send(connection: http.client.HTTPConnection, request: Request) -> str:
    """Send one request; gives what was wrong with its answer, or nothing."""
    try:
        connection.request(request.method, request.path, request.body, request.headers)
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return f"{request.method} {request.path}: {error!r}"
    received = request.receipt is None or response.headers["Fieldapp-Receipt"] == request.receipt
    if response.status < 300 and received and request.marker in body:
        return ""
    return f"{request.method} {request.path}: {response.status} {body[:200]!r}"
