"""Writes the shared vectors of addenda: what was amended, and the record that both languages must give.

Run `.venv/bin/python tests/vectors/generate_addenda.py` after a change of the rules, and read the difference before
committing it.
"""

import copy
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from fieldapp.domain import addendum, addendum_record, catalogue  # noqa: E402
from fieldapp.domain.addendum import AddendumKind  # noqa: E402
from sync import canonical  # noqa: E402
from tests.vectors.generate_slips import CONTEXT, VISIT  # noqa: E402
from tests.vectors.generate_technical import PICTURE  # noqa: E402

Json = dict[str, Any]

DOCUMENT = "019a0000-0000-7000-8000-000000000022"
TENANT, OTHER = "019a0000-0000-7000-8000-000000000023", "019a0000-0000-7000-8000-000000000024"
WALL, METER, KEY = (f"019a0000-0000-7000-8000-00000000002{last}" for last in "567")
FIRST, SECOND, THIRD, FOURTH = (f"019a0000-0000-7000-8000-00000000002{last}" for last in "89ab")
RECORD: Json = {"established_at": "2026-11-16T09:40:00.000Z", "zone": "Europe/Paris"}
ORIGINAL: Json = {
    "inventory_id": "019a0000-0000-7000-8000-00000000002c",
    "number": "E261116-7KQ2M",
    "kind": "move_in",
    "kind_label": "État des lieux d’entrée",
    "record_sha256": "c" * 64,
    "established_at": RECORD["established_at"],
    "parties": [
        {"id": TENANT, "name": "Camille Essai", "quality": "tenant", "quality_label": "Locataire"},
        {"id": OTHER, "name": "Alix Essai", "quality": "co_tenant", "quality_label": "Colocataire"},
    ],
    "parts": [
        {"kind": "element", "id": WALL, "where": "Séjour", "label": "Murs", "said": "Bon"},
        {"kind": "meter", "id": METER, "where": "", "label": "Eau froide", "said": "00412 m³", "unit": "m³"},
        {"kind": "key", "id": KEY, "where": "", "label": "Clé, porte palière", "said": "2"},
    ],
}


def person(party_id: str, name: str, **changes: Any) -> Json:
    """A tenant who is there."""
    return {"id": party_id, "name": name, "quality": "tenant", "person": "", "mandate": "", "present": True} | changes


def point(point_id: str, kind: str, subject_id: str | None, **changes: Any) -> Json:
    """One point in which nothing is said yet."""
    said: Json = {"id": point_id, "subject_kind": kind, "subject_id": subject_id, "state": None, "defects": []}
    return said | {"index": "", "index_low": "", "quantity": None, "note": ""} | changes


BODY: Json = {
    "document_kind": "addendum",
    "number": "A261121-7KQ2M-1",
    "language": "fr",
    "made_at": "2026-11-21T09:40:00.000Z",
    "people": [person(TENANT, "Camille Essai"), person(OTHER, "Alix Essai")],
    "amendments": [
        point(FIRST, "element", WALL, state="worn", defects=["hole", "stain"], note="Deux trous près de la fenêtre"),
        point(SECOND, "meter", METER, index="00421"),
        point(THIRD, "key", KEY, quantity=3),
        point(FOURTH, "general", None, note="La cave a été vue depuis."),
    ],
    "photos": [
        {
            "id": "019a0000-0000-7000-8000-00000000002d",
            "subject_id": FIRST,
            "taken_at": "2026-11-21T09:30:00.000Z",
            "caption": "",
            "marks": [],
            "report": PICTURE,
            "archive": PICTURE | {"sha256": "b" * 64, "width": 1600, "height": 1200},
        }
    ],
}


def asked(kind: AddendumKind, requested: date | None = None) -> Json:
    """What the office wrote down."""
    return addendum.request_of(kind, requested, date(2026, 12, 1), "Les murs du séjour", RECORD)


CASES: list[tuple[str, str, Json, Json]] = [
    ("in_time", "asked for within ten days", asked(AddendumKind.TENANT_REQUEST, date(2026, 11, 26)), {}),
    (
        "late",
        "asked for after ten days, by a representative, one tenant away, in English",
        asked(AddendumKind.TENANT_REQUEST, date(2026, 11, 27)),
        {
            "language": "en",
            "people": [
                person(TENANT, "Camille Essai", quality="proxy", person="Dominique Essai", mandate="Lettre du 20/11"),
                person(OTHER, "Alix Essai", present=False),
            ],
        },
    ),
    ("heating", "the heating in its first month", asked(AddendumKind.HEATING), {"photos": []}),
    ("correction", "corrected by agreement", asked(AddendumKind.CORRECTION), {"amendments": [], "photos": []}),
    (
        "strange",
        "codes that no catalogue knows, and values of another shape",
        {"kind": "perhaps"},
        {"people": [1, {}], "amendments": ["none", {"state": "perhaps", "defects": [1, "odd"]}], "photos": "none"},
    ),
]


def main() -> None:
    """Writes one file a case."""
    folder = HERE / "addendum"
    folder.mkdir(exist_ok=True)
    for name, about, request, change in CASES:
        body = copy.deepcopy(BODY) | change
        visit: Json = {"id": VISIT, "context": CONTEXT, "original": ORIGINAL, "request": request}
        words = {**json.loads((HERE / "catalogue.json").read_text()), "visits": catalogue.load_visits()}
        record = addendum_record.build(DOCUMENT, visit, body, words)
        vector = {
            "about": about,
            "document_id": DOCUMENT,
            "visit": visit,
            "body": body,
            "record": record,
            "sha256": canonical.sha256_hex(canonical.dumps(record)),
        }
        (folder / f"{name}.json").write_text(json.dumps(vector, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
