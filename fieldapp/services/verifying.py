"""Checking a file that anybody may send: in a process of its own, within a time limit."""

from fieldapp.child import Child, Died, TooSlow
from fieldapp.reports import authority
from fieldapp.reports.verdict import Verdict, unreadable
from fieldapp.services.installation import config

MOST_BYTES = 60_000_000
SECONDS = 30

_child = Child(SECONDS)


def verify_file(pdf: bytes) -> Verdict:
    """What this file proves; one that stalls or kills its process is unreadable."""
    settings = config()
    roots = authority.trust_roots(settings.authority, settings.seal_pkcs12, settings.seal_passphrase)
    try:
        return _child.do(_look, pdf, roots)
    except (Died, TooSlow):
        return unreadable()


def _look(pdf: bytes, roots: tuple[bytes, ...]) -> Verdict:
    # In the child alone: what reads signatures would cost every web process a second at its start, and 30 MB.
    from fieldapp.reports.verify import verify

    return verify(pdf, roots)
