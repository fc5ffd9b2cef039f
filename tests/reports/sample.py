"""A realistic move-in inventory with real photographs and real act signatures, for tests and for the benchmark."""

import hashlib
import math
import random
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from PIL import Image

from fieldapp.demo import scenes
from fieldapp.domain import catalogue, record
from fieldapp.reports.authority import HOLDER_NAME, ISSUER_NAME
from fieldapp.reports.evidence import Evidence, SealPlan
from sync import canonical

Json = dict[str, Any]

ROOT = "019a0000-0000-7000-8000-00000000000a"
DEVICE = "019a0000-0000-7000-8000-0000000000d1"
START = datetime(2026, 11, 16, 8, 12, tzinfo=UTC)
ROOMS = {
    "dwelling": "entrance living_room kitchen bedroom bedroom bathroom toilet cellar",
    "garage": "garage",
    "commercial": "shop stockroom toilet",
    "foyer": "furnished_room kitchenette shower_room",
}
MATERIALS = {
    "floor": "Parquet massif vitrifié",
    "walls": "Peinture acrylique blanche",
    "ceiling": "Peinture mate blanche",
}
SCENES = {
    "floor": "parquet",
    "walls": "wall",
    "ceiling": "ceiling",
    "sink": "kitchen_sink",
    "tap": "kitchen_sink",
    "trap": "kitchen_sink",
    "washbasin": "washbasin",
    "bath": "bath",
    "seals": "bath",
    "screen": "bath",
    "toilet_pan": "toilet",
    "toilet_seat": "toilet",
    "cistern": "toilet",
    "door": "door",
    "entrance_door": "door",
    "window": "window",
    "shutter": "window",
    "radiator": "radiator",
    "electrical_panel": "panel",
    "smoke_detector": "ceiling",
    "meter": "meter",
    "keys": "keys",
    "entrance": "entrance",
    "living_room": "living_room",
    "bedroom": "living_room",
    "kitchen": "kitchen",
    "bathroom": "bathroom",
    "toilet": "toilet_room",
    "cellar": "cellar",
}
MARKED = frozenset({2, 4})
"""A photograph that lies and one that stands, drawn on."""
MARKS = [
    {"shape": "circle", "x": 4000, "y": 3000, "r": 1200},
    {"shape": "arrow", "x": 500, "y": 500, "x2": 3000, "y2": 2400},
]
DETAILS = {"meter": "00012", "keys": "3"}
NOTES = {
    "shutter": "Descend lentement, sangle d'origine (2008)",
    "walls": "Refaits le 12/05/2026, aucun trou",
    "seals": "Date de pose inconnue",
    "radiator": "Point de rouille sous le robinet, 3 cm",
}
RESERVATION = (
    "Je ne suis pas d'accord pour le robinet : j’ai signalé le calcaire deux fois au gardien (mars et octobre), "
    "personne n'est venu. L’eau est très dure dans tout l’immeuble 💧"
)


@dataclass(frozen=True)
class Sample:
    """What a report is made of, as bytes and files."""

    record: bytes
    acts: bytes
    files: dict[str, Path]
    evidence: Evidence

    @property
    def sha256(self) -> str:
        """The hash of the record, as it is printed."""
        return canonical.sha256_hex(self.record)


def build(
    folder: Path,
    *,
    photos: int = 20,
    language: str = "fr",
    lease_kind: str = "dwelling",
    decisions: tuple[str, ...] = ("signed", "signed_with_reservations"),
    seal: SealPlan | None = None,
    state: Json | None = None,
    zone: str = "Europe/Paris",
    couple: bool = False,
) -> Sample:
    """A move-in of eight rooms and about eighty elements; the agent signs, then each tenant decides.

    A `couple` are two tenants who are married: the first one signs for both.

    `folder` receives the photographs; the same arguments give the same bytes, except for the signatures of the acts.
    """
    entities = entities_of(folder, photos, language, lease_kind, len(decisions)) if state is None else state
    entities[ROOT]["fields"]["context"]["dwelling"]["zone"] = zone
    people = _parties(len(decisions))
    also_for: list[str] = []
    if couple:
        people, also_for = people[:2], [_id("1", 2)]
        entities[also_for[0]]["fields"] |= {"spouse": _id("1", 1), "bond": "married"}
    said = canonical.dumps(record.build({"entities": entities}, catalogue.load(), catalogue.load_legal()))
    key = device_key()
    acts = [
        act(said, party, decision, minute, key, language, [] if party["quality"] == "agent" else also_for)
        for minute, (party, decision) in enumerate(zip(people, ("signed", *decisions), strict=not couple))
    ]
    audit = {
        "format": "fieldapp.audit/1",
        "inventory_id": ROOT,
        "received_at": moment(95),
        "device_id": DEVICE,
        "copies": [{"name": "Mme Nguyễn Thị Lan", "channel": "print", "at": moment(93), "done": True}],
        "events": [{"at": moment(95), "action": "inventory.closed"}],
    }
    return Sample(
        record=said,
        acts=canonical.dumps(acts),
        files={path.stem: path for path in folder.glob("*.jpg")},
        evidence=Evidence(
            keys=canonical.dumps([{"device_id": DEVICE, "public_key": jwk(key)}]),
            audit=canonical.dumps(audit),
            verify_url="https://edl.example/verify",
            seal=seal or SealPlan(HOLDER_NAME, ISSUER_NAME, demonstration=True, stamper=None),
        ),
    )


def entities_of(folder: Path, photos: int, language: str, lease_kind: str, tenants: int) -> Json:
    """The entities of one inventory, as the server keeps them."""
    words, out = catalogue.load(), _fixed(language, lease_kind, tenants)
    shots: list[tuple[str, str, str]] = []
    first_seen: set[str] = set()
    for number, code in enumerate(ROOMS[lease_kind].split(), 1):
        row = catalogue.row(words, "rooms", code)
        label = row["label"]["fr"] + (f" {number - 3}" if code == "bedroom" else "")
        room = _id("a", number)
        out[room] = _entity("room", room_kind=code, label=label, position=number)
        shots.append(("room", room, code))
        for place, kind in enumerate(row["elements"][:11], 1):
            element = _id("b", number * 100 + place)
            out[element] = _element(kind, room, place, new=kind not in first_seen)
            first_seen.add(kind)
            shots.append(("element", element, kind))
    shots = _chosen(shots, photos)
    for number, (kind, subject, scene) in enumerate(shots, 1):
        shot = photograph(folder, scene, number, upright=number % 9 == 4)
        body: Json = {
            "subject_kind": kind,
            "subject_id": subject,
            "room_id": None,
            "taken_at": moment(number),
            "source": "camera",
        }
        body |= {"archive": shot, "report": shot, "thumb": shot}
        caption = "vue depuis la porte" if kind == "room" else ""
        drawn = {"marks": MARKS} if number in MARKED else {}
        out[_id("c", number)] = _entity("photo", body=body, caption=caption, **drawn)
    return out


def _fixed(language: str, lease_kind: str, tenants: int) -> Json:
    dwelling = lease_kind == "dwelling"
    out = {
        ROOT: _entity(
            "inventory",
            kind="move_in",
            number="EDL-E-2026-001873",
            lease_kind=lease_kind,
            language=language,
            context=context(lease_kind),
            established_at=moment(80),
            keys_handed_at=moment(85),
            insurance={"seen": True, "insurer": "MAIF", "expires": "2027-11-15"} if dwelling else None,
        ),
        _id("d", 1): _meter("cold_water", 1, serial="C21 FA 004 217", index="00012", unit="m³", place="Gaine palière"),
        _id("d", 2): _meter("hot_water", 2, serial="C21 FA 009 981", index="00004", unit="m³", place="Salle de bains"),
        _id("d", 3): _meter(
            "electricity_hphc",
            3,
            serial="021 976 000 001",
            point="00000000000001",
            index="004217",
            index_low="002980",
            unit="kWh",
            place="Gaine palière",
        ),
        _id("d", 4): _entity(
            "meter", meter_kind="allocator", state="inaccessible", reason="Placard fermé par le syndic", position=4
        ),
        _id("e", 1): _key("key", 1, "Porte palière", 3, "A1 4471"),
        _id("e", 2): _key("badge", 2, "Portes du hall et du sous-sol", 3, "B-0417, B-0418, B-0419"),
        _id("e", 3): _key("letterbox_key", 3, "Boîte aux lettres n° 32", 2, "32"),
        _id("e", 4): _key("padlock_key", 4, "Cadenas de la cave n° 14", 2, ""),
        _id("f", 1): _entity(
            "equipment",
            equipment_kind="smoke_detector",
            present=True,
            place="Plafond de l'entrée",
            installed_on="2026-05-12",
            tested="works",
            position=1,
        ),
        _id("f", 2): _entity(
            "equipment",
            equipment_kind="heating",
            present=True,
            energy="district",
            scope="collective",
            last_maintenance="2026-09-21",
            certificate_seen=True,
            position=2,
        ),
    }
    for position, party in enumerate(_parties(tenants), 1):
        out[party["id"]] = _entity("party", position=position, **{k: v for k, v in party.items() if k != "id"})
    return out


def _parties(tenants: int) -> list[Json]:
    agent = {
        "id": _id("1", 0),
        "name": "M. Karim Benali",
        "quality": "agent",
        "mandate": "Délégation n° 2021-07 du 04/01/2021",
        "domicile": "4 place des Tisserands, 61990 Orme-la-Vallée",
    }
    people = [("Mme Nguyễn Thị Lan", "tenant"), ("M. Julien Dupont", "co_tenant"), ("Mme Zoé Martin", "co_tenant")]
    return [agent] + [
        {"id": _id("1", number), "name": name, "quality": quality, "identity_seen": "identity_card"}
        for number, (name, quality) in enumerate(people[:tenants], 1)
    ]


def context(lease_kind: str = "dwelling") -> Json:
    """What the office knows of the landlord, the agent, the premises and the lease."""
    kinds = {
        "dwelling": "Appartement T3",
        "garage": "Garage",
        "commercial": "Local commercial",
        "foyer": "Chambre meublée",
    }
    return {
        "landlord": {
            "name": "Val d'Orme Habitat",
            "kind": "Office public de l'habitat",
            "seat": {"street": "4 place des Tisserands", "postcode": "61990", "town": "Orme-la-Vallée"},
            "siren": "SIREN 000 000 000",
            "phone": "02 00 00 00 00",
            "email": "contact@valdorme-habitat.example",
            "colours": {"brand": "#1f4e79", "signal": "#b1121c"},
        },
        "agency": {
            "name": "Agence Centre",
            "street": "8 rue Haute",
            "postcode": "61990",
            "town": "Orme-la-Vallée",
            "phone": "",
        },
        "agent": {
            "id": _id("9", 1),
            "name": "M. Karim Benali",
            "quality": "Chargé de gestion locative",
            "mandate": "Délégation n° 2021-07 du 04/01/2021",
            "domicile": "4 place des Tisserands, 61990 Orme-la-Vallée",
        },
        "dwelling": {
            "id": _id("9", 2),
            "reference": "0417-B-032",
            "kind": kinds[lease_kind],
            "type": "T3",
            "area": "64.30",
            "building": "Bâtiment B",
            "street": "12 rue des Lilas",
            "detail": "Bâtiment B, 3e étage, porte 32",
            "postcode": "61990",
            "town": "Orme-la-Vallée",
            "annexes": "Cave n° 14 (sous-sol, bâtiment B)" if lease_kind == "dwelling" else "",
            "heating": {
                "scope": "collective",
                "energy": "district",
                "hot_water_scope": "individual",
                "text": "Chauffage collectif par réseau de chaleur ; eau chaude à compteur individuel",
            },
            "dpe": {
                "class": "C",
                "number": "2261E0000001X",
                "date": "2022-03-11",
                "cost_low": "640",
                "cost_high": "910",
            },
            "meters_required": ["cold_water", "hot_water", "electricity_hphc"],
            "zone": "Europe/Paris",
        },
        "tenancy": {
            "id": _id("9", 3),
            "reference": "B-2026-0882",
            "lease_kind": lease_kind,
            "lease_signed_on": "2026-11-12",
            "starts_on": "2026-11-16",
            "rent": "412.37",
            "charges": "96.20",
            "deposit": "412.37",
        },
        "demonstration": True,
    }


def _element(kind: str, room: str, place: int, *, new: bool) -> Json:
    states = {"shutter": "worn", "tap": "poor", "radiator": "worn", "peephole": "not_checked", "cupboard": "absent"}
    fields: Json = {
        "room_id": room,
        "element_kind": kind,
        "label": "",
        "position": place,
        "state": states.get(kind, "good"),
    }
    fields |= {
        "material": MATERIALS.get(kind, ""),
        "filled_at_one_touch": kind not in states and kind != "smoke_detector",
    }
    if new and kind in NOTES:
        fields["note"] = NOTES[kind]
    if kind == "tap":
        fields |= {"defects": ["limescale", "stuck"], "working": "yes", "cleanliness": "to_clean"}
        fields["promise"] = {"text": "Remplacement du robinet mitigeur", "due": "2026-12-15"}
    if kind == "sockets":
        fields["quantity"] = 5
    return _entity("element", **fields)


def _meter(kind: str, position: int, **fields: Any) -> Json:
    return _entity("meter", meter_kind=kind, state="read", position=position, **fields)


def _key(kind: str, position: int, destination: str, quantity: int, number: str) -> Json:
    return _entity(
        "key",
        key_kind=kind,
        position=position,
        destination=destination,
        quantity=quantity,
        number=number,
        confirmed=True,
    )


def _chosen(shots: list[tuple[str, str, str]], wanted: int) -> list[tuple[str, str, str]]:
    """As many subjects as photographs are wanted, spread over the rooms; some are taken more than once."""
    fixed = [("meter", _id("d", n), "meter") for n in (1, 2, 3)] + [("key", _id("e", 1), "keys")]
    chosen = fixed[: wanted // 3]
    spread = wanted - len(chosen)
    return chosen + [shots[index * len(shots) // spread] for index in range(spread)]


def act(
    said: bytes,
    party: Json,
    decision: str,
    minute: int,
    key: ec.EllipticCurvePrivateKey,
    language: str,
    also_for: list[str],
) -> Json:
    """What one party decided, for somebody else too, signed by the tablet's key."""
    signs = decision.startswith("signed")
    remarks = [{"subject_kind": "element", "subject_id": _id("b", 307), "text": RESERVATION}]
    body = {
        "act_id": _id("2", int(party["id"][-2:], 16)),
        "inventory_id": ROOT,
        "party_id": party["id"],
        "name": party["name"],
        "quality": party["quality"],
        "decision": decision,
        "consent": catalogue.load_legal()["consent"][decision][language],
        "record_sha256": canonical.sha256_hex(said),
        "remarks": remarks if decision == "signed_with_reservations" else [],
        "method": "drawn" if signs else "none",
        "strokes": handwriting(len(party["name"])) if signs else None,
        "typed_name": None,
        "reason": None if signs else "N'est pas d'accord avec ce qui est noté",
        "witnesses": None,
        "at": moment(86 + minute),
        "device_id": DEVICE,
        **({"also_for": also_for} if also_for else {}),
    }
    return sign(body, key)


def sign(body: Json, key: ec.EllipticCurvePrivateKey) -> Json:
    """The body with its signature: ECDSA P-256 over the canonical bytes, as raw r and s in base64url."""
    r, s = decode_dss_signature(key.sign(canonical.dumps(body), ec.ECDSA(SHA256())))
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return body | {"signature": urlsafe_b64encode(raw).rstrip(b"=").decode()}


@cache
def device_key() -> ec.EllipticCurvePrivateKey:
    """The key of the one tablet of these tests."""
    return ec.generate_private_key(ec.SECP256R1())


def jwk(key: ec.EllipticCurvePrivateKey) -> Json:
    """The public half as a JSON Web Key."""
    numbers = key.public_key().public_numbers()
    x, y = (urlsafe_b64encode(n.to_bytes(32, "big")).rstrip(b"=").decode() for n in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def handwriting(seed: int) -> list[list[list[int]]]:
    """A plausible signature in the box of 3000 by 1150: uneven loops along a rising line, and a flourish."""
    rng = random.Random(seed)
    pen: list[list[int]] = []
    x, base = 200.0, 700.0
    for letter in range(9):
        tall = rng.uniform(520, 640) if letter == 0 else rng.choice((90, 140, 180, 220, 470))
        wide = rng.uniform(120, 280)
        for step in range(12):
            turn = 2 * math.pi * step / 12
            height = tall * (1 - math.cos(turn)) / 2
            pen.append(
                [int(x + wide * step / 12 - 90 * math.sin(turn) + height * 0.4), int(base - height), len(pen) * 14]
            )
        x, base = x + wide, base - rng.uniform(0, 14)
    flourish = [[int(x - 240 * step), int(880 + 40 * math.sin(step)), len(pen) * 14 + step * 16] for step in range(8)]
    return [pen, flourish]


def photograph(folder: Path, subject: str, seed: int, *, upright: bool = False) -> Json:
    """Writes one JPEG of 1000 px under its hash; `{sha256, bytes, width, height}`."""
    width, height = (750, 1000) if upright else (1000, 750)
    rng = random.Random(seed)
    image = _scene(SCENES.get(subject, "wall"))
    wide = image.height * width / height if upright else image.width - 40
    high = image.height - 40 if not upright else image.height
    x, y = rng.uniform(0, image.width - wide), rng.uniform(0, image.height - high)
    image = image.resize((width, height), Image.Resampling.BILINEAR, (x, y, x + wide, y + high))
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    data = out.getvalue()
    name = hashlib.sha256(data).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.jpg").write_bytes(data)
    return {"sha256": name, "bytes": len(data), "width": width, "height": height}


@cache
def _scene(name: str) -> Image.Image:
    with Image.open(BytesIO(scenes.shoot(name, DETAILS.get(name, "")).report)) as image:
        return image.convert("RGB")


def moment(minute: int) -> str:
    """A moment of the visit."""
    return (START + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _entity(entity_kind: str, **fields: Any) -> Json:
    return {"kind": entity_kind, "fields": fields}


def _id(group: str, number: int) -> str:
    return f"019a0000-0000-7000-8000-{group}{number:011x}"
