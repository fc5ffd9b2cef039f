"""Writes the shared vectors of visit slips and answers: what was said, and the record that both languages must give.

Run `.venv/bin/python tests/vectors/generate_slips.py` after a change of the rules, and read the difference before committing it.
"""

import copy
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from fieldapp.domain import catalogue, slip_record  # noqa: E402
from sync import canonical  # noqa: E402

Json = dict[str, Any]

VISIT = "019a0000-0000-7000-8000-000000000001"
DOCUMENT = "019a0000-0000-7000-8000-000000000002"
CANDIDATE = "019a0000-0000-7000-8000-000000000003"
AGENT = "019a0000-0000-7000-8000-000000000004"

CONTEXT: Json = {
    "landlord": {
        "name": "Val d’Orme Habitat",
        "kind": "Office public de l’habitat",
        "siren": "000000000",
        "seat": {"street": "4 place des Tisserands", "postcode": "61990", "town": "Orme-la-Vallée"},
    },
    "agent": {"id": AGENT, "name": "Karim Benali", "quality": "Chargé de gestion locative"},
    "dwelling": {
        "street": "12 rue des Lilas",
        "postcode": "61990",
        "town": "Orme-la-Vallée",
        "detail": "Bâtiment B, 3e étage, porte 32",
        "type": "T3",
        "area": "64.30",
        "zone": "Europe/Paris",
    },
    "costs": {
        "rent": "412.37",
        "charges": "96.40",
        "deposit": "412.37",
        "aids": None,
        "energy": None,
        "monthly": "508.77",
    },
    "offered": {"available_on": "2026-12-15", "floor": 3, "lift": True, "climate": "C"},
    "demonstration": True,
}

BODY: Json = {
    "document_kind": "visit_slip",
    "number": "V261121-7KQ2M-1",
    "language": "fr",
    "made_at": "2026-11-21T09:40:00.000Z",
    "candidate_id": CANDIDATE,
    "name": "Thomas Abega",
    "unique_number": "0610126000000X6190",
    "rank": 1,
    "presence": "present",
    "companions": [{"name": "Awa Abega", "quality": "co_applicant"}],
    "presented": ["rooms", "annexes"],
    "opinions": [
        {"criterion": "space", "label": "Surface et agencement", "opinion": "yes"},
        {"criterion": "place", "label": "Quartier, transports", "opinion": "rather_yes"},
    ],
    "outcome": "accepts",
    "due": None,
    "principal": None,
    "reasons": [],
    "words": "",
    "questions": [{"topic": "annexes", "text": "Le local vélos ferme-t-il à clé ?"}],
    "documents": ["tax_notice"],
    "papers": [{"paper": "risks", "at": "2026-11-21T09:35:00.000Z"}],
    "offer": {"notified_on": "2026-11-20", "reply_by": "2026-11-30", "dalo": False},
    "answer": None,
}

CASES: list[tuple[str, str, Json]] = [
    ("accepts", "a candidate with an offer who wants to say yes", {}),
    ("no_offer", "a visit before the commission: nothing to answer", {"offer": None, "rank": None}),
    (
        "thinking_in_english",
        "a candidate who thinks it over, in English, with DALO priority",
        {
            "language": "en",
            "outcome": "thinking",
            "due": "2026-12-01",
            "offer": {"notified_on": "2026-11-20", "reply_by": "2026-11-30", "dalo": True},
        },
    ),
    (
        "refuses_on_the_slip",
        "an opinion against, with three reasons, the principal one given last",
        {
            "outcome": "refuses",
            "principal": "floor_lift",
            "reasons": ["transport", "rent", "floor_lift"],
            "words": "L’ascenseur s’arrête au demi-palier : « cinq marches » avec la poussette.",
        },
    ),
    (
        "refusal",
        "the formal refusal of a DALO offer",
        {
            "document_kind": "visit_answer",
            "answer": "refuses",
            "principal": "noise",
            "reasons": ["noise", "distance"],
            "outcome": "refuses",
            "offer": {"notified_on": "2026-11-20", "reply_by": "2026-11-30", "dalo": True},
        },
    ),
    ("acceptance", "the formal acceptance", {"document_kind": "visit_answer", "answer": "accepts", "language": "en"}),
    (
        "strange",
        "codes that no catalogue knows, and values of another shape",
        {
            "outcome": "perhaps",
            "reasons": ["so"],
            "companions": [1],
            "unique_number": None,
            "presented": "rooms",
            "opinions": None,
            "presence": "late",
        },
    ),
]


def main() -> None:
    """Writes one file a case."""
    folder = HERE / "slip"
    folder.mkdir(exist_ok=True)
    for name, about, change in CASES:
        body = copy.deepcopy(BODY) | change
        record = slip_record.build(DOCUMENT, {"id": VISIT, "context": CONTEXT}, body, catalogue.load())
        vector = {
            "about": about,
            "document_id": DOCUMENT,
            "visit": {"id": VISIT, "context": CONTEXT},
            "body": body,
            "record": record,
            "sha256": canonical.sha256_hex(canonical.dumps(record)),
        }
        (folder / f"{name}.json").write_text(json.dumps(vector, ensure_ascii=False, indent=1) + "\n")
    (HERE / "visits.json").write_text(
        json.dumps({"version": 1, "visits": catalogue.load_visits()}, ensure_ascii=False, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
