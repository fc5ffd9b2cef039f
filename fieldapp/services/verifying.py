"""Checking a file that anybody may send: in a process of its own, within a time limit."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Lock

from fieldapp.reports import authority
from fieldapp.reports.verdict import Verdict, unreadable
from fieldapp.reports.verify import verify
from fieldapp.services.installation import config

MOST_BYTES = 60_000_000
SECONDS = 30

_lock = Lock()
_pool: list[ProcessPoolExecutor] = []


def verify_file(pdf: bytes) -> Verdict:
    """What this file proves; one that stalls or kills its process is unreadable."""
    settings = config()
    roots = authority.trust_roots(settings.authority, settings.seal_pkcs12, settings.seal_passphrase)
    with _lock:
        if not _pool:
            _pool.append(ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")))
        try:
            return _pool[0].submit(verify, pdf, roots).result(SECONDS)
        except (BrokenProcessPool, TimeoutError):
            _drop()
            return unreadable()


def _drop() -> None:
    pool = _pool.pop()
    for process in list(pool._processes.values()):  # noqa: SLF001 - a stalled child has no public end
        process.kill()
    pool.shutdown(cancel_futures=True)
