"""What comes before the keys: insurance, smoke detector, alerts."""

from collections.abc import Iterator, Mapping
from typing import Any

from fieldapp.domain.finding import Item, done, missing, warning
from fieldapp.domain.local_day import day, local_day
from fieldapp.domain.snapshot import Snapshot, filled
from fieldapp.domain.wording import Wording


def insurance(snapshot: Snapshot, *, asked: bool) -> Iterator[Item]:
    """The tenant’s insurance, valid on the day of the inventory (loi 89-462, art. 7 g)."""
    if not asked or snapshot.inventory.text("kind") != "move_in":
        return
    value = snapshot.inventory.value("insurance")
    seen: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    insurer = seen["insurer"] if isinstance(seen.get("insurer"), str) else ""
    expires = day(seen.get("expires"))
    established_on = local_day(snapshot.inventory.value("established_at"), snapshot.zone)
    if seen.get("seen") is not True:
        yield missing("insurance", "insurance_missing", "equipment")
    elif not filled(insurer):
        yield missing("insurance", "insurer_missing", "equipment")
    elif expires is None:
        yield missing("insurance", "insurance_end_missing", "equipment")
    elif established_on and expires < established_on:
        yield missing("insurance", "insurance_past", "equipment", expires=expires.isoformat())
    else:
        yield done("insurance", "insurance", "equipment", insurer=insurer)


def furniture(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    """The inventory of a furnished dwelling's furniture, with how many of each (loi 89-462, art. 25-5)."""
    if snapshot.context_of("tenancy").get("furnished") is not True:
        return
    pieces = [
        element
        for room in snapshot.all("room")
        for element in snapshot.elements_of(room)
        if wording.row("elements", element.value("element_kind")).get("furniture") is True
    ]
    uncounted = [
        piece for piece in pieces if piece.value("state") != "absent" and type(piece.value("quantity")) is not int
    ]
    if not pieces:
        yield missing("furniture", "furniture_missing", "rooms")
    elif uncounted:
        first = uncounted[0]
        yield Item(
            "furniture",
            "furniture_uncounted",
            ok=False,
            blocking=True,
            screen="room",
            entity_id=first.id,
            room_id=first.text("room_id"),
            params={
                "count": len(uncounted),
                "element": wording.own(first.text("label"), "elements", first.value("element_kind")),
            },
        )
    else:
        yield done("furniture", "furniture", "rooms", count=len(pieces))


def smoke(snapshot: Snapshot, *, asked: bool) -> Iterator[Item]:
    """The smoke detector: whether it is there and whether it works."""
    if not asked:
        return
    detectors = [thing for thing in snapshot.all("equipment") if thing.text("equipment_kind") == "smoke_detector"]
    if not detectors:
        yield missing("smoke", "smoke_unsaid", "equipment")
    for detector in detectors:
        present, tested = detector.value("present"), detector.value("tested")
        if present is False:
            yield warning("smoke", "smoke_absent", "equipment", detector)
        elif present is not True:
            yield missing("smoke", "smoke_unsaid", "equipment", detector)
        elif tested is None:
            yield missing("smoke", "smoke_untested", "equipment", detector)
        elif tested == "works":
            yield done("smoke", "smoke", "equipment")
        else:
            yield warning("smoke", "smoke_fails" if tested == "fails" else "smoke_not_tested", "equipment", detector)


def alerts(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    """Danger and indecency wait for the office’s decision; an interrupted visit is taken up again first."""
    for alert in snapshot.all("alert"):
        decision = alert.value("decision")
        outcome = decision.get("outcome") if isinstance(decision, Mapping) else None
        reason = wording.label("alert_reasons", alert.body().get("reason"))
        if outcome == "proceed":
            yield Item(
                "alert",
                "alert_proceed",
                ok=True,
                blocking=False,
                screen="alert",
                entity_id=alert.id,
                params={"reason": reason},
            )
        else:
            code = "alert_stop" if outcome == "stop" else "alert_open"
            yield missing("alert", code, "alert", alert, reason=reason)
    if snapshot.inventory.value("interruption") is not None:
        yield missing("alert", "interrupted", "interrupt")
