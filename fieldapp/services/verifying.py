"""Checking a file that anybody may send: in a process of its own, within a time limit."""

from fieldapp.child import Child, Died, TooSlow
from fieldapp.reports import authority
from fieldapp.reports.verdict import Verdict, unreadable
from fieldapp.reports.verify import verify
from fieldapp.services.installation import config

MOST_BYTES = 60_000_000
SECONDS = 30

_child = Child(SECONDS)


def verify_file(pdf: bytes) -> Verdict:
    """What this file proves; one that stalls or kills its process is unreadable."""
    settings = config()
    roots = authority.trust_roots(settings.authority, settings.seal_pkcs12, settings.seal_passphrase)
    try:
        return _child.do(verify, pdf, roots)
    except (Died, TooSlow):
        return unreadable()
