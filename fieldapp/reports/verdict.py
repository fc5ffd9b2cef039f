"""What a look at a report found: whether it is what was sealed, by whom, when, and at what level."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fieldapp.domain.zone import PARIS
from fieldapp.reports.evidence import Level


class Status(StrEnum):
    """The answer in one word."""

    INTACT = "intact"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


class Check(StrEnum):
    """One thing that was looked at, in the order in which it is told."""

    FORM = "form"
    SEAL = "seal"
    STAMP = "stamp"
    RECORD = "record"
    ACTS = "acts"
    TABLET = "tablet"
    PHOTOS = "photos"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and its result; `detail` names what differs, in code words or marks."""

    check: Check
    ok: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a verification; everything but `status` and `findings` is known only as far as the file was readable.

    `trusted` says whether the seal hangs on a certificate that the verifier knows: a stranger's seal can be intact.
    `demonstration` says that the certificate calls itself one, without legal value. `sealed_at` is the time-stamp at
    level B-T, else the server's own clock; `zone` is where the dwelling stands. `amends` is the number of the document that an addendum
    completes, and the SHA-256 of its record.
    """

    status: Status
    findings: tuple[Finding, ...]
    number: str = ""
    record_sha256: str = ""
    sealed_by: str = ""
    issued_by: str = ""
    sealed_at: datetime | None = None
    zone: str = PARIS
    level: Level | None = None
    demonstration: bool = False
    trusted: bool = False
    acts: int = 0
    photos: int = 0
    decisions: tuple[tuple[str, str], ...] = field(default=())
    amends: tuple[str, str] | None = None

    @property
    def intact(self) -> bool:
        """Whether the file is, byte for byte, what was sealed."""
        return self.status is Status.INTACT

    @property
    def unreadable(self) -> bool:
        """Whether the file is something else than a sealed report."""
        return self.status is Status.UNREADABLE


def unreadable() -> Verdict:
    """This is no sealed report."""
    return Verdict(Status.UNREADABLE, (Finding(Check.FORM, ok=False, detail="not_a_report"),))


def altered(check: Check, detail: str) -> Verdict:
    """A report that could not even be read to its end."""
    return Verdict(Status.ALTERED, (Finding(check, ok=False, detail=detail),))
