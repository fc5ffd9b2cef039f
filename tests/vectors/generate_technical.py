"""Writes the shared vectors of technical visits: what was found, and the record that both languages must give.

Run `.venv/bin/python tests/vectors/generate_technical.py` after a change of the rules, and read the difference before
committing it.
"""

import copy
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from fieldapp.domain import catalogue, technical_record  # noqa: E402
from sync import canonical  # noqa: E402
from tests.vectors.generate_slips import CONTEXT, VISIT  # noqa: E402

Json = dict[str, Any]

DOCUMENT = "019a0000-0000-7000-8000-000000000012"
FIRM: Json = {
    "id": "019a0000-0000-7000-8000-000000000013",
    "company": "Peinture Odet",
    "person": "Sacha Exemple",
    "present": True,
}
WALLS, TAP = "019a0000-0000-7000-8000-000000000014", "019a0000-0000-7000-8000-000000000015"
PICTURE: Json = {"sha256": "a" * 64, "bytes": 1200, "width": 1000, "height": 750}


def work(work_id: str, title: str, result: str, **changes: Any) -> Json:
    """One request with what became of it."""
    said: Json = {"id": work_id, "title": title, "where": "Cuisine", "result": result, "note": "", "element": None}
    return said | changes


BODY: Json = {
    "document_kind": "acceptance",
    "number": "R261121-7KQ2M-1",
    "language": "fr",
    "made_at": "2026-11-21T09:40:00.000Z",
    "firm": FIRM,
    "words": "",
    "points": [
        {"id": "019a0000-0000-7000-8000-000000000016", "code": "finished", "answer": "yes", "note": ""},
        {"id": "019a0000-0000-7000-8000-000000000017", "code": "papers", "answer": "none", "note": ""},
    ],
    "works": [
        work(
            WALLS,
            "Repeindre les murs",
            "done",
            element={"id": WALLS, "label": "Cuisine, Murs", "dated": "renewed_on", "on": "2026-11-21"},
        ),
    ],
    "readings": [],
    "snags": [],
    "photos": [
        {
            "id": "019a0000-0000-7000-8000-000000000018",
            "subject_id": WALLS,
            "taken_at": "2026-11-21T09:30:00.000Z",
            "caption": "",
            "marks": [],
            "report": PICTURE,
            "archive": PICTURE | {"sha256": "b" * 64, "width": 1600, "height": 1200},
        }
    ],
}

CHECK: Json = {
    "document_kind": "vacant_check",
    "firm": None,
    "works": [],
    "photos": [],
    "points": [
        {
            "id": "019a0000-0000-7000-8000-000000000019",
            "code": "water",
            "answer": "no",
            "note": "Fuite sous l’évier",
        }
    ],
    "readings": [
        {
            "id": "019a0000-0000-7000-8000-00000000001a",
            "label": "Eau froide",
            "serial": "D21FA123456",
            "state": "read",
            "index": "00412",
            "index_low": "",
            "unit": "m³",
            "reason": "",
        }
    ],
    "snags": [{"id": TAP, "label": "Fuite, humidité", "note": "Sous l’évier", "urgent": True}],
}

CASES: list[tuple[str, str, Json]] = [
    ("accepted", "works accepted without reserve, with the firm", {}),
    (
        "reserved",
        "a reserve, a work that is not done, and a firm that is not there, in English",
        {
            "language": "en",
            "firm": FIRM | {"present": False, "person": ""},
            "works": [
                work(WALLS, "Repeindre les murs", "reserved", note="Deuxième couche"),
                work(TAP, "Changer le robinet", "not_done"),
            ],
        },
    ),
    ("checked", "the check of a vacant dwelling", CHECK),
    (
        "strange",
        "codes that no catalogue knows, and values of another shape",
        {"firm": {}, "points": None, "works": [1, {"id": WALLS, "result": "perhaps"}], "photos": "none", "snags": [{}]},
    ),
]


def main() -> None:
    """Writes one file a case."""
    folder = HERE / "technical"
    folder.mkdir(exist_ok=True)
    for name, about, change in CASES:
        body = copy.deepcopy(BODY) | change
        words = {**json.loads((HERE / "catalogue.json").read_text()), "visits": catalogue.load_visits()}
        record = technical_record.build(DOCUMENT, {"id": VISIT, "context": CONTEXT}, body, words)
        vector = {
            "about": about,
            "document_id": DOCUMENT,
            "visit": {"id": VISIT, "context": CONTEXT},
            "body": body,
            "record": record,
            "sha256": canonical.sha256_hex(canonical.dumps(record)),
        }
        (folder / f"{name}.json").write_text(json.dumps(vector, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
