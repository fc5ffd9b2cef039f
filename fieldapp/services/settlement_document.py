"""The document of a settlement: one canonical JSON that the assessment and the letter are laid out from."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from fieldapp.domain import charge_words, wear_words
from fieldapp.domain.charge_sheet import Pricing, SheetLine
from fieldapp.domain.local_day import local_day
from fieldapp.domain.money import plain
from fieldapp.domain.settlement import Entry, Head, Settlement
from fieldapp.domain.tenancy import euros
from fieldapp.domain.wear_subject import subject
from fieldapp.domain.wear_words import Translate
from fieldapp.domain.zone import known_zone
from fieldapp.domain_words import in_language
from fieldapp.services.assessing import Exit

Json = dict[str, Any]

FORMAT = "fieldapp.settlement/1"
ASSESSMENT, LETTER = "assessment", "letter"
"""The two papers: the same document, laid out as the lines' working, or as a letter with the account."""

KINDS = {ASSESSMENT: "A", LETTER: "D"}
"""What the number of each paper begins with."""

PEOPLE = frozenset({"tenant", "co_tenant"})


def write(found: Exit, drawn: Settlement, made_at: str, people: Mapping[str, str]) -> Json:
    """Everything that the two papers print; `people` are who prepared and approved it, `made_at` a UTC moment.

    Amounts, percents and quantities are decimal text. Labels are in the language of the exit.
    """
    record = found.record
    language = record["language"]
    say = in_language(language)
    zone = known_zone(record["context"]["dwelling"].get("zone"))
    penalty = found.penalty(drawn)
    return {
        "format": FORMAT,
        "language": language,
        "zone": zone,
        "established_at": made_at,
        "made_on": _iso(local_day(made_at, zone)),
        "parties": [],
        "photos": [],
        "people": dict(people),
        "context": record["context"],
        "tenants": _tenants(record),
        "exit": {
            "number": record["number"],
            "record_sha256": found.record_sha256,
            "established_on": _iso(local_day(record["established_at"], zone)),
            "keys_returned_on": _iso(found.keys_on),
            "keys_returned_how": (record["keys_returned"] or {}).get("how_label", ""),
        },
        "compared_with": {
            name: record["entry"][name] for name in ("number", "record_sha256", "established_on", "origin")
        },
        "tenancy": {
            "reference": found.tenancy.reference,
            "starts_on": found.tenancy.starts_on.isoformat(),
            "rent": euros(found.tenancy.rent),
            "charges": euros(found.tenancy.charges),
            "notice_ends_on": _iso(found.row.notice_ends_on) if found.row else None,
        },
        "grid": _grid(found),
        "prices": _prices(found),
        "lines": [_line(found, line, number, say) for number, line in enumerate(found.sheet.lines, 1)],
        "total": euros(found.sheet.total),
        "account": {
            "entries": list(_entries(drawn, say)),
            "credit": euros(sum(entry.amount for entry in drawn.entries if entry.amount > 0)),
            "debit": euros(-sum(entry.amount for entry in drawn.entries if entry.amount < 0)),
            "balance": euros(drawn.balance),
            "returned": euros(drawn.returned),
            "still_due": euros(drawn.still_due),
            "penalty": euros(penalty),
            "to_pay": euros(drawn.returned + penalty),
        },
        "deadline": {
            "due_by": _iso(found.due_by),
            "conforms": found.sheet.conforms,
            "months_late": found.months_late,
            "address_given": found.address_given,
        },
    }


def paper(document: Json, kind: str) -> Json:
    """The document as one of its two papers."""
    return document | {"kind": kind, "number": f"{KINDS[kind]}-{document['exit']['number']}"}


def explained(line: SheetLine, language: str) -> str:
    """The sentence that tells the tenant what the line comes to."""
    say = in_language(language)
    begins = subject(line.row.element_kind, line.row.label) if line.row else subject("", line.proposal.label)
    if line.by_hand:
        why = wear_words.gate_words(line.assessment.reason, say)
        return say("{why} Le bailleur a fixé le montant : {reason}").format(why=why, reason=line.decision.decided_why)
    return wear_words.explain(line.assessment, begins, language, say)


def _tenants(record: Json) -> list[Json]:
    return [
        {"name": party["name"], "address": _address(party)} for party in record["parties"] if party["quality"] in PEOPLE
    ]


def _address(party: Json) -> str:
    given = party["new_address"] or {}
    return given.get("text", "") if given.get("answer") == "given" else ""


def _grid(found: Exit) -> Json | None:
    if found.grid is None:
        return None
    agreement = found.grid.agreement
    return {
        "title": agreement.title,
        "version": agreement.version,
        "signed_on": agreement.signed_on.isoformat(),
        "sha256": found.grid.sha256,
    }


def _prices(found: Exit) -> Json | None:
    if found.prices is None:
        return None
    kept = found.prices.prices
    return {
        "title": kept.title,
        "version": kept.version,
        "starts_on": kept.starts_on.isoformat(),
        "sha256": found.prices.sha256,
    }


def _line(found: Exit, line: SheetLine, number: int, say: Translate) -> Json:
    language = found.record["language"]
    proposal, decision, assessed = line.proposal, line.decision, line.assessment
    return {
        "no": f"L{number}",
        "line_id": line.line_id,
        "ref": proposal.ref,
        "label": proposal.label,
        "before": proposal.before,
        "after": proposal.after,
        "missing": proposal.missing,
        "cause": line.cause and line.cause.value,
        "cause_label": charge_words.cause_words(line.cause, say),
        "pricing": _pricing(decision.pricing, say) if decision.pricing else None,
        "started_on": _iso(decision.started_on),
        "basis_label": charge_words.basis_words(decision.basis, say) if decision.basis else "",
        "age": assessed.age,
        "share_percent": None if assessed.share is None else plain(assessed.share),
        "gross": euros(assessed.gross),
        "due": None if line.due is None else euros(line.due),
        "outcome": assessed.outcome.value,
        "reason": assessed.reason.value,
        "decided_why": decision.decided_why if line.by_hand else "",
        "rule": charge_words.rule_words(line, language, say),
        "words": explained(line, language),
        "papers": [{"name": paper.name, "sha256": paper.sha256} for paper in found.papers.get(line.line_id, ())],
    }


def _pricing(pricing: Pricing, say: Translate) -> Json:
    return {
        "label": pricing.label,
        "quantity": plain(Decimal(pricing.quantity) / 100),
        "unit": pricing.unit.value,
        "unit_label": charge_words.unit_words(pricing.unit, say),
        "price": euros(pricing.price),
        "vat_percent": plain(pricing.vat),
        "net": euros(pricing.net_cents),
        "tax": euros(pricing.gross - pricing.net_cents),
        "proof": pricing.proof.value,
        "proof_label": charge_words.proof_words(pricing.proof, say),
        "reference": pricing.reference,
    }


def _entries(drawn: Settlement, say: Translate) -> Iterator[Json]:
    """The account as it is printed: the charged lines in two sums, whose lines stand in the assessment."""
    for head in Head:
        entries = [entry for entry in drawn.entries if entry.head is head]
        if head in {Head.REPAIR, Head.LOSS}:
            entries = [Entry(head, sum(entry.amount for entry in entries))] if entries else []
        for entry in entries:
            count = sum(one.head is head for one in drawn.entries)
            yield {
                "head": head.value,
                "label": charge_words.head_words(head, say, given_back=entry.amount > 0),
                "lines": count if head in {Head.REPAIR, Head.LOSS} else 0,
                "amount": euros(entry.amount),
            }


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
