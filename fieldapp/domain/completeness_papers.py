"""The papers of an inventory: its type, its dates, its place, its people and their signatures (art. 2, 1°, a to e and i)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fieldapp.domain.entry import EXITS
from fieldapp.domain.finding import Item, done, missing, warning
from fieldapp.domain.local_day import moment
from fieldapp.domain.snapshot import Entity, Snapshot, filled
from fieldapp.domain.wording import Wording

TENANTS = frozenset({"tenant", "co_tenant"})
MANDATED = frozenset({"proxy", "guardian"})
"""Who signs for somebody else, and only with papers."""
BESIDE = frozenset({"curator", "witness"})
"""Who may be there without having to answer: a curator is advised and never blocks."""
SIGNATURES = frozenset({"signed", "signed_with_reservations"})
_KINDS = frozenset({"move_in", "move_out", "pre_exit"})


def kind_of_inventory(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    """Which inventory it is (a)."""
    kind = snapshot.inventory.text("kind")
    if kind in _KINDS:
        yield done("a", "type", "check", kind=wording.label("inventory_kinds", kind))
    else:
        yield missing("a", "type_missing", "check")


def dates(snapshot: Snapshot) -> Iterator[Item]:
    """When it is made (b); keys that were not handed over are said and stop nothing: their day may be another one."""
    established_at = snapshot.inventory.value("established_at")
    if moment(established_at):
        yield done("b", "established", "check", at=established_at)
    else:
        yield missing("b", "established_missing", "check")
    if snapshot.inventory.text("kind") in EXITS:
        return
    if snapshot.all("key") and not moment(snapshot.inventory.value("keys_handed_at")):
        yield warning("b", "keys_date_missing", "keys")


def location(snapshot: Snapshot) -> Iterator[Item]:
    """Where the dwelling is (c)."""
    dwelling = snapshot.context_of("dwelling")
    if all(_said(dwelling, name) for name in ("street", "postcode", "town")):
        address = f"{_text(dwelling, 'street')}, {_text(dwelling, 'postcode')} {_text(dwelling, 'town')}"
        yield done("c", "location", "check", address=address)
    else:
        yield missing("c", "location_missing", "check")


def parties(snapshot: Snapshot) -> Iterator[Item]:
    """Who the parties are, and the landlord’s seat (d)."""
    landlord = snapshot.context_of("landlord")
    seat = landlord.get("seat")
    seated = isinstance(seat, Mapping) and all(_said(seat, name) for name in ("street", "postcode", "town"))
    tenants = [party for party in snapshot.all("party") if party.text("quality") in TENANTS]
    lacks: list[Item] = []
    if not _said(landlord, "name") or not seated:
        lacks.append(missing("d", "landlord_missing", "check"))
    if not tenants:
        lacks.append(missing("d", "tenant_missing", "parties"))
    lacks += [
        missing("d", "name_missing", "parties", party)
        for party in snapshot.all("party")
        if not filled(party.text("name"))
    ]
    names = ", ".join(party.text("name") for party in tenants)
    yield from lacks or [done("d", "parties", "parties", tenants=names, landlord=_text(landlord, "name"))]


def mandates(snapshot: Snapshot, *, closing: bool) -> Iterator[Item]:
    """Who acts for somebody, with which mandate, and the paper that shows who it is (e; Cass. 3e civ., 3 July 2025).

    Who stayed away needs no paper; who signed does, whatever was noted about having come.
    """
    agent = snapshot.context_of("agent")
    acts = [act.body() for act in snapshot.all("act")] if closing else []
    signed = {act.get("party_id") for act in acts if act.get("decision") in SIGNATURES}
    mandated = [
        party
        for party in snapshot.all("party")
        if party.text("quality") in MANDATED and (party.value("present") is not False or party.id in signed)
    ]
    lacks: list[Item] = []
    if not all(_said(agent, name) for name in ("name", "domicile")):
        lacks.append(missing("e", "agent_missing", "check"))
    lacks += [item for party in mandated for item in unproven(snapshot, party)]
    names = ", ".join([_text(agent, "name"), *(party.text("name") for party in mandated)])
    yield from lacks or [done("e", "mandates", "parties", names=names)]


def unproven(snapshot: Snapshot, party: Entity) -> Iterator[Item]:
    """What keeps somebody who signs for another from signing: for whom, where from, by which mandate, shown by what."""
    if party.text("quality") not in MANDATED:
        return
    name = party.text("name")
    represented = snapshot.find(party.value("represents"))
    if represented is None or represented.text("quality") not in TENANTS:
        yield missing("e", "represents_missing", "parties", party, name=name)
    if not filled(party.text("domicile")):
        yield missing("e", "domicile_missing", "parties", party, name=name)
    if not filled(party.text("mandate")):
        yield missing("e", "mandate_missing", "parties", party, name=name)
    if not party.text("identity_seen"):
        yield missing("e", "identity_missing", "parties", party, name=name)


def signatures(snapshot: Snapshot, *, closing: bool) -> Iterator[Item]:
    """Who has answered (i), at closing only."""
    if not closing:
        yield warning("i", "signatures_next", "sign")
        return
    acts = [act.body() for act in snapshot.all("act")]
    done_with = answered(snapshot, acts)
    lacks = [
        missing("i", "signature_missing", "sign", party, name=party.text("name"))
        for party in signatories(snapshot)
        if party.id not in done_with
    ]
    if not any(party.text("quality") == "agent" for party in signatories(snapshot)):
        lacks.append(missing("i", "agent_signature_missing", "sign"))
    yield from lacks or [done("i", "signatures", "sign", count=len(acts))]


def signatories(snapshot: Snapshot) -> list[Entity]:
    """Whose act the record needs: everybody but those who stand beside, those for whom somebody who came signs, and
    whoever was to sign for another and stayed away: then the tenant answers.
    """
    parties = snapshot.all("party")
    mandated = [party for party in parties if party.text("quality") in MANDATED]
    away = {party.id for party in mandated if party.value("present") is False}
    represented = {party.value("represents") for party in mandated if party.id not in away}
    return [
        party
        for party in parties
        if party.text("quality") not in BESIDE and party.id not in away and party.id not in represented
    ]


def answered(snapshot: Snapshot, acts: Iterable[Mapping[str, Any]]) -> set[str]:
    """Who needs no other act: whoever decided, and the spouse for whom one of them signed too."""
    decided: set[str] = set()
    for act in acts:
        party = snapshot.find(act.get("party_id"))
        if party is None or not act.get("decision"):
            continue
        decided.add(party.id)
        other, also_for = spouse_of(snapshot, party), act.get("also_for")
        if other and act["decision"] in SIGNATURES and isinstance(also_for, list) and other.id in also_for:
            decided.add(other.id)
    return decided


def spouse_of(snapshot: Snapshot, party: Entity) -> Entity | None:
    """The other holder of the lease to whom this one is bound, whichever of the two the bond was written on."""
    if party.text("quality") not in TENANTS:
        return None
    holders = [each for each in snapshot.all("party") if each.text("quality") in TENANTS and each.id != party.id]
    named = [each for each in holders if party.text("bond") and party.value("spouse") == each.id]
    naming = [each for each in holders if each.text("bond") and each.value("spouse") == party.id]
    return next(iter(named + naming), None)


def bond_of(party: Entity, spouse: Entity) -> str:
    """What binds these two."""
    return (party if party.value("spouse") == spouse.id and party.text("bond") else spouse).text("bond")


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _said(values: Mapping[str, Any], name: str) -> bool:
    return filled(_text(values, name))
