"""Signed slips and answers, made from the shared vectors, for tests of what a candidate receives."""

from pathlib import Path

from fieldapp.domain.slip_record import consent
from fieldapp.reports.evidence import Evidence, SealPlan
from sync import canonical
from tests.domain.vectors import read
from tests.reports.sample import DEVICE, Json, Sample, device_key, handwriting, jwk, sign

CATALOGUE = read("visits.json")


def build(name: str, seal: SealPlan, *, decision: str = "signed", copy: bool = True, **changes: Json) -> Sample:
    """The document of a vector with its one act; `changes` replace members of its record."""
    vector = read(f"slip/{name}.json")
    said: Json = vector["record"] | changes
    record = canonical.dumps(said)
    key = device_key()
    acts = canonical.dumps([sign(_act(said, record, decision), key)])
    candidate = said["candidate"]["name"]
    copies = [{"name": candidate, "channel": "print", "at": said["established_at"], "done": True}] if copy else []
    return Sample(
        record=record,
        acts=acts,
        files=dict[str, Path](),
        evidence=Evidence(
            keys=canonical.dumps([{"device_id": DEVICE, "public_key": jwk(key)}]),
            audit=canonical.dumps({"received_at": said["established_at"], "copies": copies, "events": []}),
            verify_url="https://bailleur.example/verify",
            seal=seal,
        ),
    )


def _act(said: Json, record: bytes, decision: str) -> Json:
    signs = decision == "signed"
    return {
        "act_id": "019a0000-0000-7000-8000-0000000000a1",
        "visit_id": said["visit_id"],
        "document_id": said["id"],
        "party_id": said["candidate"]["id"],
        "name": said["candidate"]["name"],
        "quality": "candidate",
        "decision": decision,
        "consent": consent(said["kind"], decision, CATALOGUE, said["language"]),
        "record_sha256": canonical.sha256_hex(record),
        "remarks": [],
        "method": "drawn" if signs else "none",
        "strokes": handwriting(12) if signs else None,
        "typed_name": None,
        "reason": None if signs else "Ne souhaite pas signer",
        "witnesses": None,
        "at": said["established_at"],
        "device_id": DEVICE,
    }
