"""What the tenant may still ask after signing, with its dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.deadline import heating_month, ten_days_until
from fieldapp.domain.entry import EXITS
from fieldapp.domain.local_day import local_day, long_day
from fieldapp.domain.snapshot import Snapshot
from fieldapp.domain.wording import Wording


def rights_of(snapshot: Snapshot, catalogue: Mapping[str, Any], legal: Mapping[str, Any]) -> dict[str, str | None]:
    """The rights that this lease kind carries, as sentences and ISO days.

    Completing the inventory within ten days and during the first month of the heating season: loi 89-462 art. 3-2. A
    right that the lease kind does not carry is null, and so is a date while the inventory has none. At the end of a
    tenancy nothing is completed any more; the deposit comes back (art. 22).
    """
    if snapshot.inventory.text("kind") in EXITS:
        return _at_exit(snapshot, catalogue, legal)
    wording = Wording(catalogue, snapshot.language)
    carried = wording.row("lease_kinds", snapshot.lease_kind).get("rights") or []
    established_on = local_day(snapshot.inventory.value("established_at"), snapshot.zone)
    until = ten_days_until(established_on) if established_on and "ten_days" in carried else None
    first, last = heating_month(established_on) if established_on and "heating" in carried else (None, None)

    def sentence(right: str, **days: Any) -> str | None:
        text = wording.pick((legal.get("rights") or {}).get(right)) if right in carried else ""
        for name, value in days.items():
            text = text.replace(f"{{{name}}}", long_day(value, wording.language) if value else "…")
        return text or None

    return {
        "ten_days": sentence("ten_days", until=until),
        "ten_days_until": until.isoformat() if until else None,
        "heating": sentence("heating", **{"from": first, "until": last}),
        "heating_from": first.isoformat() if first else None,
        "heating_until": last.isoformat() if last else None,
        "conciliation": sentence("conciliation"),
    }


def _at_exit(snapshot: Snapshot, catalogue: Mapping[str, Any], legal: Mapping[str, Any]) -> dict[str, str | None]:
    wording = Wording(catalogue, snapshot.language)
    carried = wording.row("lease_kinds", snapshot.lease_kind).get("rights") or []
    texts = legal.get("exit_rights") or {}
    none_of_entry = ("ten_days", "ten_days_until", "heating", "heating_from", "heating_until")
    return {
        **dict.fromkeys(none_of_entry),
        **{
            right: (wording.pick(texts.get(right)) if right in carried else "") or None
            for right in ("conciliation", "deposit")
        },
    }
