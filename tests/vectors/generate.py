"""Writes the shared vectors: states of inventories, and the records, checks and days that both languages must give.

Run `.venv/bin/python tests/vectors/generate.py` after a change of the rules, and read the difference before committing it:
the vectors are what Python says today, and the JavaScript tests hold the other side to it.
"""

import copy
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from fieldapp.domain import completeness, deadline, house_catalogue, public_holidays, record, reply_clock  # noqa: E402
from fieldapp.domain.charge_proposal import gone_ids, proposals  # noqa: E402
from sync import canonical  # noqa: E402
from tests.vectors import exits  # noqa: E402

CATALOGUE = json.loads((HERE / "catalogue.json").read_text())
LEGAL = json.loads((HERE / "legal.json").read_text())
ELEMENTS = {row["code"]: row for row in CATALOGUE["elements"]}
ROOMS = {row["code"]: row for row in CATALOGUE["rooms"]}
MATERIALS = {"floor": "Parquet chêne", "wall": "Peinture blanche", "ceiling": "Peinture blanche"}
ESTABLISHED = "2026-11-20T08:30:00.000Z"

State = dict[str, Any]


def uid(number: int) -> str:
    """A UUIDv7-like id that a reader can recognise."""
    return f"019a0000-0000-7000-8000-{number:012x}"


class Inventory:
    """Builds one state entity by entity."""

    def __init__(self, *, lease_kind: str = "dwelling", language: str = "fr", meters: list[str] | None = None) -> None:
        self._next = 1
        self.entities: dict[str, Any] = {}
        self.id = self.add(
            "inventory",
            kind="move_in",
            number="E26-004817",
            lease_kind=lease_kind,
            language=language,
            context=_context(lease_kind, ["cold_water", "electricity_base"] if meters is None else meters),
        )

    @property
    def state(self) -> State:
        return {"entities": self.entities}

    def add(self, kind: str, /, **fields: Any) -> str:
        """Adds an entity and gives its id."""
        entity_id = uid(self._next)
        self._next += 1
        self.entities[entity_id] = {"kind": kind, "fields": fields}
        return entity_id

    def set(self, entity_id: str, **fields: Any) -> None:
        """Writes fields."""
        self.entities[entity_id]["fields"].update(fields)

    def room(self, kind: str, label: str, /, **fields: Any) -> str:
        """Adds a room with its catalogue elements, everything still to be said; other fields go to each element."""
        position = sum(entity["kind"] == "room" for entity in self.entities.values()) + 1
        room_id = self.add("room", room_kind=kind, label=label, position=position)
        for place, code in enumerate(ROOMS[kind]["elements"], 1):
            surface = ELEMENTS[code]["surface"]
            described = {"material": MATERIALS[surface], "material_confirmed": True} if surface else {}
            self.add(
                "element",
                room_id=room_id,
                element_kind=code,
                label=ELEMENTS[code]["label"]["fr"],
                position=place,
                **(described | fields if fields else {}),
            )
        return room_id

    def photo(self, subject_kind: str, subject_id: str, minute: int, **fields: Any) -> str:
        """Adds a photo taken so many minutes into the visit."""
        number = self._next
        size = {"bytes": 90_000 + number, "width": 1000, "height": 750}
        return self.add(
            "photo",
            body={
                "subject_kind": subject_kind,
                "subject_id": subject_id,
                "room_id": None,
                "taken_at": f"2026-11-20T08:{minute:02d}:00.000Z",
                "source": "camera",
                "archive": {"sha256": f"{number:064x}", "bytes": 210_000 + number, "width": 1600, "height": 1200},
                "report": {"sha256": f"{number + 1000:064x}", **size},
                "thumb": {"sha256": f"{number + 2000:064x}", "bytes": 9_000},
            },
            **fields,
        )

    def elements(self, room_id: str) -> list[str]:
        """The ids of a room's elements."""
        return [key for key, entity in self.entities.items() if entity["fields"].get("room_id") == room_id]

    def people(self) -> tuple[str, str]:
        """Adds a tenant and the agent."""
        tenant = self.add(
            "party", name="Mme Awa Diallo", quality="tenant", position=1, present=True, email="awa@mail.example"
        )
        agent = self.add("party", name="M. Karim Benali", quality="agent", position=2, present=True)
        return tenant, agent

    def handover(self) -> None:
        """Everything around the rooms is as it should be: meters, keys, equipment, insurance, dates."""
        self.set(
            self.id,
            established_at=ESTABLISHED,
            keys_handed_at="2026-11-20T09:40:00.000Z",
            insurance={"seen": True, "insurer": "MAIF", "expires": "2027-10-31"},
        )
        self.add(
            "meter",
            meter_kind="cold_water",
            label="Eau froide",
            serial="00731942",
            place="Gaine",
            unit="m³",
            index="00482,137",
            state="read",
            position=1,
        )
        self.add(
            "meter",
            meter_kind="electricity_base",
            label="Électricité",
            point="21976000000123",
            unit="kWh",
            state="inaccessible",
            reason="Gaine fermée à clé",
            position=2,
        )
        self.add(
            "key",
            key_kind="flat_key",
            label="Clé du logement",
            destination="Porte palière",
            quantity=3,
            number="A1 4471",
            confirmed=True,
            position=1,
        )
        self.add(
            "key", key_kind="badge", label="", destination="Portes du hall", quantity=2, confirmed=True, position=2
        )
        self.add(
            "equipment",
            equipment_kind="smoke_detector",
            label="",
            present=True,
            place="Entrée",
            installed_on="2022-05-12",
            tested="works",
            position=1,
        )

    def sign(self, party_id: str, quality: str, decision: str = "signed", **more: Any) -> None:
        """Adds a party's act."""
        said = {"party_id": party_id, "quality": quality, "decision": decision, "at": "2026-11-20T10:00:00.000Z"}
        self.add("act", body=said | more)

    def party(self, quality: str) -> str:
        """The id of the first party of this quality."""
        return next(key for key, entity in self.entities.items() if entity["fields"].get("quality") == quality)


def _context(lease_kind: str, meters: list[str]) -> dict[str, Any]:
    return {
        "landlord": {
            "name": "Habitat des Deux-Rives",
            "kind": "Office public de l’habitat",
            "seat": {"street": "3 place du Marché", "postcode": "61990", "town": "Orme-la-Vallée"},
            "siren": "000 000 000",
        },
        "agency": {"name": "Agence du Centre", "street": "1 rue Basse", "postcode": "61990", "town": "Orme-la-Vallée"},
        "agent": {
            "id": uid(0xA),
            "name": "M. Karim Benali",
            "quality": "Chargé de gestion locative",
            "mandate": "Délégation n° 2021-07",
            "domicile": "1 rue Basse, 61990 Orme-la-Vallée",
        },
        "dwelling": {
            "id": uid(0xD),
            "reference": "0417-B-032",
            "kind": "Appartement T3",
            "area": "64.30",
            "street": "5 allée des Glycines",
            "postcode": "61990",
            "town": "Orme-la-Vallée",
            "meters_required": meters,
            "zone": "Europe/Paris",
        },
        "tenancy": {
            "id": uid(0xE),
            "reference": "B-2026-118",
            "lease_kind": lease_kind,
            "rent": "412.37",
            "deposit": "412.37",
        },
        "demonstration": True,
    }


def f3() -> Inventory:
    """The F3 of the tap budget: eight rooms, exceptions, photos, meters and keys, ready to be signed."""
    it = Inventory()
    it.people()
    rooms = [
        ("entrance", "Entrée"),
        ("living_room", "Séjour"),
        ("kitchen", "Cuisine"),
        ("bedroom", "Chambre 1"),
        ("bedroom", "Chambre 2"),
        ("bathroom", "Salle de bains"),
        ("toilet", "WC"),
        ("cellar", "Cave n° 14"),
    ]
    minute = 31
    for kind, label in rooms:
        room = it.room(kind, label, state="good", filled_at_one_touch=True)
        it.photo("room", room, minute)
        first, *_, last = it.elements(room)
        it.set(
            first,
            state="poor",
            filled_at_one_touch=False,
            defects=["scratch", "stain"],
            note="Trois rayures près de la fenêtre",
        )
        it.photo("element", first, minute + 1, caption="Rayures")
        it.photo("element", first, minute)
        it.set(last, working="yes", cleanliness="to_clean", quantity=2)
        minute += 3
    ceiling = it.elements(
        next(key for key, entity in it.entities.items() if entity["fields"].get("room_kind") == "bathroom")
    )[2]
    it.set(ceiling, state="worn", filled_at_one_touch=False, promise={"text": "Repeindre", "due": "2026-12-15"})
    it.handover()
    return it


def f3_in_english() -> Inventory:
    """The same flat for a tenant who reads English: catalogue words change, people's own words do not."""
    it = f3()
    it.set(it.id, language="en")
    return it


def empty() -> Inventory:
    """An inventory that nobody has begun: only what scheduling knows."""
    return Inventory()


def untouched_rooms() -> Inventory:
    """Rooms that were opened and left: states, materials, keys and meters are all missing."""
    it = Inventory()
    it.people()
    it.room("living_room", "Séjour")
    it.room("bedroom", "Chambre 1", state="good", material="", material_confirmed=False)
    kitchen = it.room("kitchen", "Cuisine", state="good", material="Parquet chêne", material_confirmed=False)
    it.set(it.elements(kitchen)[0], state="absent")
    it.room("balcony", "Balcon", state="new")
    it.add("room", room_kind="cellar", label="Cave", position=9)
    walls = it.elements(it.room("toilet", "WC", state="good"))[1]
    it.set(walls, deleted=True)
    it.add("meter", meter_kind="electricity_hphc", label="", index="004217", index_low=" ", state="read", position=1)
    it.add("meter", meter_kind="gas", state="inaccessible", reason="\u00a0\u202f", position=2)
    it.add("meter", meter_kind="gas", label="Gaz du garage", position=3)
    it.add("key", key_kind="badge", destination="", quantity=-1, position=1)
    it.set(it.id, insurance={"seen": True, "insurer": "MAIF", "expires": "2026-11-19"}, established_at=ESTABLISHED)
    it.add("equipment", equipment_kind="smoke_detector", present=True, position=1)
    it.add("equipment", equipment_kind="smoke_detector", present=False, position=2)
    it.add("equipment", equipment_kind="smoke_detector", present=True, tested="fails", position=3)
    return it


def garage() -> Inventory:
    """A garage let alone: no ten days, no insurance, no smoke detector, no meter."""
    it = Inventory(lease_kind="garage", meters=[])
    it.people()
    it.room("garage", "Garage", state="good", material="Béton brut")
    it.set(it.id, established_at=ESTABLISHED, keys_handed_at=ESTABLISHED)
    it.add("key", key_kind="remote", destination="Porte du parking", quantity=1, confirmed=True, position=1)
    return it


def commercial() -> Inventory:
    """Business premises: insurance is asked for, the ten days of the dwelling are not promised."""
    it = Inventory(lease_kind="commercial")
    it.people()
    it.room("shop", "Local", state="worn", material="Carrelage")
    it.handover()
    it.set(it.id, insurance={"seen": True, "insurer": "", "expires": "2027-01-01"})
    return it


def foyer() -> Inventory:
    """A room in a hostel: detector and conciliation, no ten-day window."""
    it = Inventory(lease_kind="foyer", meters=[])
    it.people()
    it.room("bedroom", "Chambre", state="good")
    it.handover()
    return it


def furnished() -> Inventory:
    """Let furnished: pieces are counted, one is absent and one was forgotten; a room without any has nothing to count."""
    it = f3()
    context = it.entities[it.id]["fields"]["context"]
    context["tenancy"]["furnished"] = True
    room = next(key for key, entity in it.entities.items() if entity["fields"].get("label") == "Chambre 1")
    pieces: list[dict[str, Any]] = [{"quantity": 2}, {"state": "absent"}, {"quantity": None}, {"quantity": "one"}]
    for position, piece in enumerate(pieces, 20):
        it.add("element", room_id=room, element_kind="bed", position=position, **{"state": "good", **piece})
    return it


def furnished_without_furniture() -> Inventory:
    """Let furnished, and nobody has added the furniture."""
    it = f3()
    it.entities[it.id]["fields"]["context"]["tenancy"]["furnished"] = True
    return it


def furnished_and_counted() -> Inventory:
    """Let furnished, everything counted."""
    it = furnished_without_furniture()
    room = next(key for key, entity in it.entities.items() if entity["fields"].get("label") == "Chambre 1")
    it.add("element", room_id=room, element_kind="bed", position=20, state="good", quantity=1)
    return it


def deletions() -> Inventory:
    """What was deleted is hidden with all that hangs on it; what was restored is back."""
    it = Inventory()
    tenant, agent = it.people()
    gone = it.room("kitchen", "Cuisine", state="good")
    it.photo("room", gone, 32)
    it.photo("element", it.elements(gone)[0], 33)
    it.set(gone, deleted=True)
    kept = it.room("living_room", "Séjour", state="good")
    sockets = it.elements(kept)[4]
    it.photo("element", sockets, 34)
    it.set(sockets, deleted=True)
    back = it.elements(kept)[3]
    it.set(back, deleted=False)
    it.photo("element", back, 35, deleted=True)
    it.photo("element", back, 36)
    it.photo("element", uid(0xFFFF), 37)
    it.handover()
    meter = next(key for key, entity in it.entities.items() if entity["kind"] == "meter")
    it.photo("meter", meter, 38)
    it.set(meter, deleted=True)
    it.add("party", name="", quality="witness", position=3, deleted=True)
    it.add("alert", body={"reason": "gas", "text": "", "at": ESTABLISHED}, deleted=True)
    it.sign(tenant, "tenant", "signed_with_reservations")
    it.sign(agent, "agent")
    return it


def weird_unicode() -> Inventory:
    """Names and words as people really write them: they come back byte for byte."""
    it = Inventory()
    it.add("party", name="Nguyễn Thị Lan 🏠", quality="tenant", position=1)
    it.add("party", name='O’Brien-Łukasz "dit" \\ /', quality="co_tenant", position=2)
    it.add("party", name="مريم بن علي", quality="agent", position=3)
    room = it.room("bedroom", "Chambre ٣", state="good")
    it.room("bedroom", "Chambre 12", state="good")
    it.room("bedroom", "  ", state="good")
    first = it.elements(room)[0]
    it.set(
        first,
        label="Sol\u0000\u001f\u007f\u2028\u2029",
        material="e\u0301 é ﬁ \ud7ff\ue000\U0010ffff",
        note="ligne 1\r\nligne 2\t…",
        promise={"\ue000": 1, "\U0001f600": 2, "a": 3},
    )
    it.photo("element", first, 40, caption="\u202erenversé\u202c <b>&amp;</b>")
    it.set(it.id, remark="👩‍👩‍👧 « très » bien", number="E26\u202f004")
    it.handover()
    return it


def represented() -> Inventory:
    """A sister comes for the tenant: her mandate and her identity decide whether anything may be signed."""
    it = f3()
    tenant = next(key for key, entity in it.entities.items() if entity["fields"].get("quality") == "tenant")
    proxy = it.add(
        "party",
        name="Mme Fatou Diallo",
        quality="proxy",
        represents=tenant,
        mandate="Écrit du 18/11/2026",
        domicile="2 rue Haute, 61990 Orme-la-Vallée",
        identity_seen="passport",
        present=True,
        position=3,
    )
    it.photo("party", proxy, 58, caption="Mandat")
    it.sign(proxy, "proxy")
    return it


def unproven() -> Inventory:
    """A relative without a mandate, without papers, for nobody in particular."""
    it = f3()
    it.add("party", name="M. Diallo", quality="proxy", present=True, position=3)
    it.add("party", name="Mme Absente", quality="guardian", present=False, position=4)
    return it


def curator() -> Inventory:
    """Under curatelle the tenant signs; the curator is there, has not signed, and nothing waits for it."""
    it = f3()
    tenant = next(key for key, entity in it.entities.items() if entity["fields"].get("quality") == "tenant")
    agent = next(key for key, entity in it.entities.items() if entity["fields"].get("quality") == "agent")
    it.add(
        "party",
        name="Mme Ève Martin",
        quality="curator",
        represents=tenant,
        mandate="Ordonnance n° 26/114 vue",
        present=True,
        position=3,
    )
    it.sign(tenant, "tenant")
    it.sign(agent, "agent")
    return it


def spouses() -> Inventory:
    """Two holders of the lease are married; one of them signs for both, and nothing else is waited for."""
    it = f3()
    tenant, agent = it.party("tenant"), it.party("agent")
    other = it.add("party", name="M. Loïc Martin", quality="co_tenant", spouse=tenant, bond="married", position=3)
    it.sign(tenant, "tenant", also_for=[other])
    it.sign(agent, "agent")
    return it


def claimed_for_a_flatmate() -> Inventory:
    """Flatmates without a bond: an act that claims to be for the other one leaves the other one's signature missing."""
    it = f3()
    tenant, agent = it.party("tenant"), it.party("agent")
    flatmate = it.add("party", name="M. Loïc Roux", quality="co_tenant", spouse=tenant, bond=None, position=3)
    it.sign(tenant, "tenant", also_for=[flatmate])
    it.sign(agent, "agent")
    return it


def refused_with_keys() -> Inventory:
    """The tenant refuses: the keys stay on the table, and that stops neither the refusal nor the closing."""
    it = f3()
    it.set(it.id, keys_handed_at=None)
    tenant = next(key for key, entity in it.entities.items() if entity["fields"].get("quality") == "tenant")
    agent = next(key for key, entity in it.entities.items() if entity["fields"].get("quality") == "agent")
    it.sign(tenant, "tenant", "refused")
    it.sign(agent, "agent")
    return it


def absent_proxy() -> Inventory:
    """The sister who was to sign stayed away: the tenant, who came, answers for herself."""
    it = represented()
    it.set(
        next(key for key, entity in it.entities.items() if entity["fields"].get("quality") == "proxy"), present=False
    )
    _unsign(it)
    tenant = next(key for key, entity in it.entities.items() if entity["fields"].get("quality") == "tenant")
    it.sign(tenant, "tenant")
    return it


def signed_without_papers() -> Inventory:
    """Somebody noted as absent signed for the tenant with no paper at all: nothing can be closed."""
    it = f3()
    tenant = next(key for key, entity in it.entities.items() if entity["fields"].get("quality") == "tenant")
    agent = next(key for key, entity in it.entities.items() if entity["fields"].get("quality") == "agent")
    proxy = it.add("party", name="M. Diallo", quality="proxy", present=False, represents=agent, position=3)
    for party, quality in ((tenant, "tenant"), (agent, "agent"), (proxy, "proxy")):
        it.sign(party, quality)
    return it


def _unsign(it: Inventory) -> None:
    it.entities = {key: entity for key, entity in it.entities.items() if entity["kind"] != "act"}


def alerts() -> Inventory:
    """Danger and indecency: open, stopped and let through, and a visit that was broken off."""
    it = f3()
    for number, decision in enumerate(
        [
            None,
            {"outcome": "stop", "by": "office", "at": ESTABLISHED, "reason": "Gaz"},
            {"outcome": "proceed", "by": "office", "at": ESTABLISHED, "reason": "Réparé"},
        ]
    ):
        alert = it.add(
            "alert",
            body={
                "reason": ["gas", "no_heating", "unknown"][number],
                "text": "Odeur près du compteur",
                "subject_id": None,
                "at": f"2026-11-20T08:3{2 - number}:00.000Z",
            },
        )
        if decision:
            it.set(alert, decision=decision)
    it.set(it.id, interruption={"reason": "unsafe", "at": ESTABLISHED})
    return it


def strange_values() -> Inventory:
    """Fields of the wrong type: nothing is lost in silence and nothing falls over."""
    it = Inventory(language="de")
    it.set(it.id, kind="party", established_at="2026-02-31T00:00:00.000Z", insurance="yes", interruption={})
    it.add("room", room_kind="unknown_kind", label="Grenier", position="3")
    room = it.add("room", position=True)
    it.add("element", room_id=room, element_kind="unknown", state="splendid", defects="hole", position=None)
    it.add(
        "element",
        room_id=room,
        element_kind="floor",
        state="good",
        material=7,
        material_confirmed="yes",
        defects=["hole", 3, "moss"],
    )
    it.add("key", quantity=True, confirmed="yes")
    it.add("photo", body="nothing")
    it.add("photo", body={"subject_id": room})
    it.add("party", represents=uid(0xFFFF), quality="proxy")
    it.add("unheard_of", position=1)
    return it


def marked_photos() -> Inventory:
    """Photos that somebody drew on, one from which the marks went again, and what is no mark."""
    it = empty()
    room = it.room("living_room", "Séjour")
    circle, arrow = {"shape": "circle", "x": 5000, "y": 0, "r": 10_000}, {"shape": "arrow", "x": 1, "y": 2}
    for minute, marks in enumerate(
        (
            [circle, {**arrow, "x2": 9999, "y2": 10_000, "colour": "red"}],
            None,
            [],
            [arrow, {**circle, "r": 10_001}, {**circle, "x": -1}, {**circle, "y": True}, {"shape": 7}, "circle", None],
            {"shape": "circle"},
        )
    ):
        it.photo("room", room, minute, marks=marks)
    return it


def house_words() -> Inventory:
    """The landlord's own catalogue: its words and the version that was offered are in what is signed."""
    it = garage()
    it.set(it.id, house_catalogue="ab" * 32)
    room = next(key for key, entity in it.entities.items() if entity["kind"] == "room")
    it.add(
        "element",
        room_id=room,
        element_kind="floor",
        label="Dalle béton lissé de la résidence",
        material="Béton",
        material_confirmed=True,
        state="good",
        position=40,
    )
    return it


CASES = (
    marked_photos,
    f3,
    f3_in_english,
    empty,
    untouched_rooms,
    garage,
    commercial,
    foyer,
    furnished,
    furnished_without_furniture,
    furnished_and_counted,
    deletions,
    weird_unicode,
    represented,
    unproven,
    curator,
    spouses,
    claimed_for_a_flatmate,
    refused_with_keys,
    absent_proxy,
    signed_without_papers,
    alerts,
    strange_values,
    house_words,
)


HOUSE = {
    "format": house_catalogue.FORMAT,
    "rooms": [
        {
            "kind": "kitchen",
            "elements": [
                {"reference": "EVIER", "kind": "sink", "label": "Évier deux bacs", "material": "Inox"},
                {"reference": "walls", "kind": "hood", "label": "Hotte", "material": ""},
                {"reference": "SOL", "kind": "floor", "label": "Dalle", "material": "Béton"},
            ],
        },
        {"kind": "toilet", "elements": []},
    ],
}


def write_house_catalogues() -> None:
    """What rooms of some kinds start with, with and without a catalogue of the landlord's own."""
    rooms = [(house, kind) for house in (HOUSE, None) for kind in ("kitchen", "toilet", "cellar", "unheard_of")]
    cases = [
        {"house": house is not None, "room": kind, "usual": house_catalogue.usual_elements(CATALOGUE, house, kind)}
        for house, kind in rooms
    ]
    about = "The elements of a new room: the landlord's lines and the coverings that they lack, or else ours."
    write(HERE / "house" / "usual.json", {"about": about, "house": HOUSE, "cases": cases}, most=2000)


def write(path: Path, value: Any, *, most: int = 0) -> None:
    """Writes a vector, readable and stable; what fits into `most` characters stands on one line."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(dumped(value, most) + "\n")


def dumped(value: Any, most: int, depth: int = 0) -> str:
    """JSON with one thing a line."""
    line = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if not isinstance(value, dict | list) or not value or len(line) <= most:
        return line
    pad = " " * (depth + 1)
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {dumped(value[key], most, depth + 1)}" for key in sorted(value)
        ]
    else:
        parts = [dumped(item, most, depth + 1) for item in value]
    return f"{opening}\n" + ",\n".join(pad + part for part in parts) + f"\n{' ' * depth}{closing}"


def main() -> None:
    """Writes every vector."""
    entries = {case.__name__: ((case.__doc__ or "").strip(), case().state) for case in CASES}
    leaving = exits.cases(f3, garage, CATALOGUE, LEGAL)
    for name, (words, state) in {**entries, **leaving}.items():
        about = {"about": words, "state": name}
        before = copy.deepcopy(state)
        built = record.build(state, CATALOGUE, LEGAL)
        most = 3000 if name in leaving or name.startswith("furnished") else 0
        write(HERE / "state" / f"{name}.json", state, most=most)
        write(
            HERE / "record" / f"{name}.json",
            about | {"record": built, "sha256": canonical.sha256_hex(canonical.dumps(built))},
            most=most,
        )
        write(
            HERE / "completeness" / f"{name}.json",
            about
            | {
                "items": [item.as_json() for item in completeness.check(state, CATALOGUE)],
                "closing": [item.as_json() for item in completeness.check(state, CATALOGUE, closing=True)],
            },
            most=most // 10,
        )
        if state != before:
            raise SystemExit(f"{name}: the rules changed the state they were given")
    days = [date(2024, 1, 1) + timedelta(days=step) for step in range(0, 1461, 3)]
    days += [date(2022, 5, 16), date(2026, 12, 17), date(2026, 11, 20), date(2028, 2, 29), date(2026, 11, 16)]
    write(
        HERE / "deadline" / "days.json",
        {
            "about": "The ten-day window and the heating month of every third day of four years, and of known hard days.",
            "days": [
                [
                    day.isoformat(),
                    deadline.ten_days_until(day).isoformat(),
                    *(end.isoformat() for end in deadline.heating_month(day)),
                ]
                for day in days
            ],
            "holidays": {
                str(year): sorted(day.isoformat() for day in deadline.public_holidays(year))
                for year in range(2024, 2040)
            },
        },
    )
    write_proposals()
    write_reply_clocks()
    write_house_catalogues()


def write_proposals() -> None:
    """The lines that each exit of the records above proposes to be charged."""
    exits: dict[str, list[State]] = {}
    for path in sorted((HERE / "record").glob("*.json")):
        vector = json.loads(path.read_text())
        record = vector["record"]
        if record["kind"] != "move_out":
            continue
        entities = json.loads((HERE / "state" / f"{vector['state']}.json").read_text())["entities"]
        gone = {key: kind for key in gone_ids(record) if (kind := _kind_of(entities.get(key, {}).get("fields", {})))}
        exits[path.stem] = [
            {
                "line_id": line.line_id,
                "subject_id": line.subject_id,
                "subject_kind": line.subject_kind,
                "kind": line.kind,
                "label": line.label,
                "entry_state": line.entry_state,
                "exit_state": line.exit_state,
                "defects": list(line.defects),
                "missing": line.missing,
                "replaced": line.replaced,
                "started_on": line.started_on and line.started_on.isoformat(),
            }
            for line in proposals(record, gone)
        ]
    about = "What each move-out of ../record proposes to be charged, before causes and prices."
    write(HERE / "wear" / "proposals.json", {"about": about, "exits": exits}, most=600)


def _kind_of(fields: State) -> str:
    return next((fields[name] for name in ("element_kind", "key_kind", "equipment_kind") if fields.get(name)), "")


def write_reply_clocks() -> None:
    """The delay of every day of two years for departments with different holidays, and the departments of postcodes."""
    postcodes = ["29000", "57000", "67000", "68200", "97110", "97133", "97150", "97200", "97300", "97400", "97600"]
    postcodes += ["20000", "20190", "20200", "98800", "75 011", "1000", "abcde", ""]
    notified = [date(2026, 1, 1) + timedelta(days=step) for step in range(730)]
    write(
        HERE / "reply" / "clock.json",
        {
            "about": "The delay to answer an offer (R441-10) and the public holidays, by department.",
            "departments": {postcode: public_holidays.department_of(postcode) for postcode in postcodes},
            "holidays": {
                department: {
                    str(year): sorted(day.isoformat() for day in public_holidays.holidays_in(department, year))
                    for year in (2026, 2027, 2028)
                }
                for department in ("29", "57", "67", "68", "971", "972", "973", "974", "976", "977", "978", "")
            },
            "clocks": [
                [day.isoformat(), department, clock.tenth.isoformat(), clock.reply_by.isoformat()]
                for department in ("29", "67", "974", "971")
                for day in notified
                if (clock := reply_clock.reply_clock(day, department)).extended or day.day == 2
            ],
        },
    )


if __name__ == "__main__":
    main()
