"""What a report prints and carries besides the signed record."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A PAdES level (ETSI EN 319 142-1): what the seal of a file can prove."""

    B_B = "B-B"
    B_T = "B-T"


@dataclass(frozen=True, slots=True)
class SealPlan:
    """The seal that the file is about to get; printed on the page, so the file may only exist with exactly this seal.

    `holder` and `issuer` are the common names of the certificate that will sign and of who issued it; `demonstration`
    says that it has no legal value; `stamper` is the host of the time-stamping authority, None without one.
    """

    holder: str
    issuer: str
    demonstration: bool
    stamper: str | None

    @property
    def level(self) -> Level:
        """B-T with a time-stamping authority, else B-B."""
        return Level.B_T if self.stamper else Level.B_B


@dataclass(frozen=True, slots=True)
class Evidence:
    """The attachments that are not the record or its acts, and the seal to come.

    `keys` is the canonical list `[{device_id, public_key: JWK}]` of the tablets that signed the acts; `audit` is the
    canonical object `{format, inventory_id, received_at, device_id, copies: [{name, channel, at, done}], events: [{at,
    action}]}`; `verify_url` is where anyone may verify the file.
    """

    keys: bytes
    audit: bytes
    verify_url: str
    seal: SealPlan
