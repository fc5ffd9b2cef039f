"""How dates, numbers and sentences are set, in French and in English: authors type plain spaces and apostrophes."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from html import escape, unescape
from zoneinfo import ZoneInfo

from fieldapp.domain.local_day import MONTHS

NBSP, THIN = "\u00a0", "\u202f"

Rules = list[tuple[re.Pattern[str], str]]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return [(re.compile(pattern), replacement) for pattern, replacement in pairs]


_BOTH = (
    (r"(?<=\w)'(?=\w)", "’"),
    (
        r"(?<=\d) (?=(?:€|%|m²|m³|m\b|cm|mm|kWh|ans?\b|mois\b|jours?\b|h\b|photos?\b|pièces?\b|rooms?\b|days?\b))",
        NBSP,
    ),
    (r"\b(n°|art\.|M\.|Mme|Mmes|Mr|Mrs|Ms|p\.|no\.) (?=\w)", r"\1" + NBSP),
    (r"\b(page|ligne|article) (?=\d)", r"\1" + NBSP),
    (r" (?=[×+−=])", NBSP),
    (r" – ", NBSP + "– "),
    (r" — ", NBSP + "— "),
)
_RULES: dict[str, Rules] = {
    "fr": _rules(
        *_BOTH,
        (r" ?([;!?])(?=\s|$)", THIN + r"\1"),
        (r" :(?=\s|$)", NBSP + ":"),
        (r"« ?", "«" + NBSP),
        (r" ?»", NBSP + "»"),
        (r"(?<=\d) (?=(?:" + "|".join(MONTHS["fr"]) + r")\b)", NBSP),
        (r"\b1er (?=[a-zé])", "1er" + NBSP),
    ),
    "en": _rules(*_BOTH, (r" ([:;!?])(?=\s|$)", r"\1"), (r"(?<=\d) (?=(?:" + "|".join(MONTHS["en"]) + r")\b)", NBSP)),
}
_TAG = re.compile(r"(<[^>]*>)")
_SKIPPED = re.compile(r"<(style|code|svg|title|blockquote)\b")


@dataclass(frozen=True, slots=True)
class Typography:
    """Dates, numbers and spaces of one language; moments are shown in one IANA zone."""

    language: str
    zone: str

    def text(self, value: str) -> str:
        """One text with the spaces and apostrophes of the language."""
        for pattern, replacement in _RULES[self.language]:
            value = pattern.sub(replacement, value)
        return value

    def page(self, html: str) -> str:
        """Sets every text node once, except styles, codes, drawings and what someone said in their own words."""
        out: list[str] = []
        closing: str | None = None
        for piece in _TAG.split(html):
            if piece.startswith("<"):
                if closing is None and (match := _SKIPPED.match(piece)):
                    closing = f"</{match[1]}>"
                elif piece == closing:
                    closing = None
                out.append(piece)
            else:
                out.append(self._node(piece) if closing is None and piece.strip() else piece)
        return "".join(out)

    def _node(self, piece: str) -> str:
        # The semicolon of an entity is no punctuation: rules see the text as a reader does.
        return escape(self.text(unescape(piece)), quote=False)

    def number(self, value: int | str) -> str:
        """An integer or decimal string with separators: `1 234,50`, `1,234.50`; any other text as it is."""
        try:
            shown = f"{Decimal(value):,f}"
        except InvalidOperation:
            return str(value)
        shown = shown.replace("-", "−")
        return shown.replace(",", THIN).replace(".", ",") if self.language == "fr" else shown

    def euro(self, value: str) -> str:
        """A decimal string as an amount: `412,37 €`, `€412.37`."""
        return f"{self.number(value)}{NBSP}€" if self.language == "fr" else f"€{self.number(value)}"

    def day(self, value: str | date | None) -> str:
        """`16/05/2026` of an ISO day; any other text as it is."""
        found = _day(value)
        return str(value or "") if found is None else f"{found:%d/%m/%Y}"

    def long_day(self, value: str | date | None) -> str:
        """`16 mai 2026`, `16 May 2026`."""
        found = _day(value)
        if found is None:
            return str(value or "")
        number = "1er" if found.day == 1 and self.language == "fr" else str(found.day)
        return f"{number}{NBSP}{MONTHS[self.language][found.month - 1]}{NBSP}{found.year}"

    def local(self, value: str | None) -> datetime | None:
        """A UTC moment of a record, in the dwelling's zone."""
        return None if not value else datetime.fromisoformat(value).astimezone(ZoneInfo(self.zone))

    def moment(self, value: str | None) -> str:
        """`16/05/2026 à 11:05` in the dwelling's zone."""
        when = self.local(value)
        return (
            "" if when is None else f"{when:%d/%m/%Y}{NBSP}{'à' if self.language == 'fr' else 'at'}{NBSP}{when:%H:%M}"
        )

    def long_moment(self, value: str | None) -> str:
        """`16 mai 2026 à 11:05` in the dwelling's zone."""
        when = self.local(value)
        if when is None:
            return ""
        return f"{self.long_day(when.date())}{NBSP}{'à' if self.language == 'fr' else 'at'}{NBSP}{when:%H:%M}"


def grouped(digest: str, size: int = 4, count: int | None = None) -> str:
    """A fingerprint in groups of digits, all or the first `count` groups."""
    groups = [digest[start : start + size] for start in range(0, len(digest), size)]
    return " ".join(groups[:count])


def _day(value: str | date | None) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
