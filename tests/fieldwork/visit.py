"""A whole move-in at a studio, written by a tablet as an agent would: filled in, photographed, signed."""

from collections.abc import Mapping
from typing import Any

from fieldapp.domain import catalogue
from fieldapp.domain.record import build
from sync import canonical
from sync.tablet import Tablet
from tests.fieldwork.estate import Flat

ESTABLISHED = "2026-11-18T09:00:00.000Z"
STROKES = [[[100, 200, 0], [400, 260, 40], [900, 180, 95]]]


def fill(tablet: Tablet, flat: Flat) -> None:
    """Write all that art. 2 of décret 2016-382 asks for, signatures apart."""
    root, ids = flat.root_id, flat.ids
    for field, value in (
        ("started_at", ESTABLISHED),
        ("established_at", ESTABLISHED),
        ("keys_handed_at", "2026-11-18T10:00:00.000Z"),
        ("insurance", {"seen": True, "insurer": "Mutuelle des Essais", "expires": "2027-11-17"}),
    ):
        tablet.write(root, root, "inventory", field, value)
    for surface in ("floor", "wall", "ceiling"):
        tablet.write(root, ids[surface], "element", "material_confirmed", True)
        tablet.write(root, ids[surface], "element", "state", "good")
    tablet.write(root, ids["meter"], "meter", "state", "read")
    tablet.write(root, ids["meter"], "meter", "index", "00123")
    tablet.write(root, ids["key"], "key", "confirmed", True)
    tablet.write(root, ids["detector"], "equipment", "present", True)
    tablet.write(root, ids["detector"], "equipment", "tested", "works")
    for party in ("tenant", "agent"):
        tablet.write(root, ids[party], "party", "present", True)


LEFT = "2028-06-30T09:00:00.000Z"


def leave(tablet: Tablet, flat: Flat) -> None:
    """Write all that a move-out asks for: one wall is worse, one key is missing, the rest is as it was."""
    root, ids = flat.root_id, flat.ids
    for field, value in (
        ("started_at", LEFT),
        ("established_at", LEFT),
        ("keys_returned", {"how": "in_hand", "on": "2028-06-30", "proof": ""}),
    ):
        tablet.write(root, root, "inventory", field, value)
    for surface in ("floor", "wall", "ceiling"):
        tablet.write(root, ids[surface], "element", "material_confirmed", True)
        tablet.write(root, ids[surface], "element", "state", "poor" if surface == "wall" else "good")
    tablet.write(root, ids["wall"], "element", "defects", ["hole"])
    tablet.write(root, ids["meter"], "meter", "state", "read")
    tablet.write(root, ids["meter"], "meter", "index", "00456")
    tablet.write(root, ids["key"], "key", "quantity", 1)
    tablet.write(root, ids["key"], "key", "confirmed", True)
    tablet.write(root, ids["detector"], "equipment", "present", True)
    tablet.write(root, ids["detector"], "equipment", "tested", "works")
    for party in ("tenant", "agent"):
        tablet.write(root, ids[party], "party", "present", True)
    address = {"answer": "given", "text": "9 rue d’Après, 29000 Quimper"}
    tablet.write(root, ids["tenant"], "party", "new_address", address)


def photograph(tablet: Tablet, flat: Flat, report: bytes, archive: bytes, *, surface: str | None = None) -> str:
    """Take a wide photograph of the room, or one of its `floor`, `wall` or `ceiling`; gives its id."""
    kind = "element" if surface else "room"
    subject = {"subject_kind": kind, "subject_id": flat.ids[surface or "room"], "room_id": flat.ids["room"]}
    return tablet.add_photo(flat.root_id, subject, report, archive)


def record_of(tablet: Tablet, flat: Flat) -> bytes:
    """The canonical bytes that the tablet shows to be signed."""
    return canonical.dumps(build(tablet.state(flat.root_id), catalogue.load(), catalogue.load_legal()))


def act(flat: Flat, party: str, raw: bytes, **changes: Any) -> Mapping[str, Any]:
    """What a party decided: signed by drawing, unless `changes` say otherwise."""
    return {
        "party_id": flat.ids[party],
        "name": party.title(),
        "quality": party,
        "decision": "signed",
        "consent": "Je signe cet état des lieux.",
        "record_sha256": canonical.sha256_hex(raw),
        "remarks": [],
        "method": "drawn",
        "strokes": STROKES,
        "typed_name": None,
        "reason": None,
        "witnesses": None,
        "at": "2026-11-18T09:55:00.000Z",
        **changes,
    }


def refusal(flat: Flat, party: str, raw: bytes, decision: str = "refused") -> Mapping[str, Any]:
    """A party does not sign, or is not there."""
    return act(flat, party, raw, decision=decision, method="none", strokes=None, reason="Ne souhaite pas signer")


def sign_and_close(tablet: Tablet, flat: Flat, *, tenant: str = "signed") -> bytes:
    """Both parties decide over the present record, and the tablet closes it; gives the record."""
    raw = record_of(tablet, flat)
    decided = act(flat, "tenant", raw) if tenant == "signed" else refusal(flat, "tenant", raw, tenant)
    acts = [tablet.sign(flat.root_id, decided), tablet.sign(flat.root_id, act(flat, "agent", raw))]
    tablet.close(flat.root_id, raw, acts)
    return raw
