"""The middle of a report as a column of blocks with their heights in points: headings, texts, tables, galleries.

The numbers repeat `report.css`; where they are a little wrong, a page ends a little emptier, and nothing else happens.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from fieldapp.reports.advances import REGULAR, SEMIBOLD, lines

MM = 72 / 25.4
TEXT_WIDTH = 174 * MM

_FIRST, _LAST = frozenset({"advice", "changes", "meters"}), frozenset({"promises", "remarks", "signatures"})
_WIDTH = re.compile(r"width:([\d.]+)mm")


@dataclass(frozen=True, slots=True)
class Solid:
    """Something that is never split; `sticks` keeps it on the page of what follows, `margin` goes at a page's top."""

    height: float
    margin: float = 0.0
    sticks: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a head that is repeated on each page."""

    head: float
    rows: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Gallery:
    """Photographs to be set in rows, as the texts of their captions."""

    captions: tuple[str, ...]


Block = Solid | Table | Gallery


def read(html: str) -> list[Block]:
    """The blocks between the cover and the signatures."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks


@dataclass
class _Cell:
    bold: bool
    texts: list[str] = field(default_factory=lambda: [""])
    small: list[str] = field(default_factory=list)

    def height(self, room: float) -> float:
        font = SEMIBOLD if self.bold else REGULAR
        main = sum(lines(text, 8.25, room, font) for text in self.texts if text.strip())
        return 11 * main + 10 * sum(lines(text, 7.5, room) for text in self.small)


@dataclass
class _Card:
    """A change between entry and exit: texts on a third of the width beside a pair of photographs."""

    bare: bool
    depth: int = 0
    pictured: bool = False
    texts: list[str] = field(default_factory=lambda: [""])

    def opened(self, tag: str) -> None:
        self.depth += tag == "div"
        self.pictured = self.pictured or tag == "img"
        if tag in {"p", "br", "small"}:
            self.texts.append("")

    def closed(self, tag: str) -> bool:
        """Whether the card ends here."""
        self.depth -= tag == "div"
        return self.depth == 0

    def height(self) -> float:
        room = TEXT_WIDTH if self.bare else 55.3 * MM
        texts = sum(11 * lines(text, 8.25, room) + 1.5 for text in self.texts[1:] if text.strip())
        return 27 + max(texts, 41.5 * MM + 15.5 if self.pictured else 0)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._inside = False
        self._text: str | None = None
        self._legend = False
        self._widths: list[float | None] = []
        self._heads: list[str] = []
        self._rows: list[list[_Cell]] = []
        self._cell: _Cell | None = None
        self._in_small = False
        self._in_head = False
        self._captions: list[str] | None = None
        self._card: _Card | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "section":
            self._inside = (self._inside or said.get("id") in _FIRST) and said.get("id") not in _LAST
        if not self._inside:
            return
        kind = said.get("class", "")
        if self._card is not None or (tag == "div" and kind.startswith("change")):
            self._card = self._card or _Card(bare=kind.endswith("bare"))
            self._card.opened(tag)
            return
        if tag in {"h2", "h3", "p", "figcaption"}:
            self._text, self._legend = "", kind == "legend"
        elif tag == "div" and kind == "gallery":
            self._captions = []
        elif tag == "table":
            self._widths, self._heads, self._rows = [], [], []
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr" and not self._in_head:
            self._rows.append([])
        elif tag in {"td", "th"}:
            self._open_cell(tag, said)
        elif tag == "small":
            self._in_small = True
            if self._cell is not None:
                self._cell.small.append("")
        elif tag == "br" and self._cell is not None:
            self._cell.texts.append("")

    def _open_cell(self, tag: str, said: dict[str, str]) -> None:
        if self._in_head:
            found = _WIDTH.search(said.get("style", ""))
            self._widths.append(float(found[1]) * MM if found else None)
            self._text = ""
        else:
            self._cell = _Cell(bold=tag == "th")
            self._rows[-1].append(self._cell)

    def handle_data(self, data: str) -> None:
        if self._card is not None:
            self._card.texts[-1] += data
            return
        if self._cell is not None:
            texts = self._cell.small if self._in_small else self._cell.texts
            texts[-1] += data
        elif self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if not self._inside:
            return
        if self._card is not None:
            if self._card.closed(tag):
                self.blocks.append(Solid(self._card.height()))
                self._card = None
            return
        text = self._text or ""
        if tag == "h2":
            self.blocks.append(Solid(28.25, margin=13, sticks=True))
        elif tag == "h3":
            self.blocks.append(Solid(17, margin=9, sticks=True))
        elif tag == "p" and self._captions is None:
            self.blocks.append(self._paragraph(text))
        elif tag == "figcaption" and self._captions is not None:
            self._captions.append(text)
        elif tag == "div" and self._captions is not None:
            self.blocks.append(Gallery(tuple(self._captions)))
            self._captions = None
        elif tag == "thead":
            self._in_head = False
        elif tag == "table":
            self.blocks.append(self._table())
        elif tag == "small":
            self._in_small = False
        elif tag in {"td", "th"}:
            if self._in_head:
                self._heads.append(text)
            self._cell = None
        if tag in {"h2", "h3", "p", "figcaption", "th"}:
            self._text = None

    def _paragraph(self, text: str) -> Solid:
        if self._legend:
            return Solid(10.5 * lines(text, 7.5, TEXT_WIDTH - 70 * MM) + 4, sticks=True)
        return Solid(12.5 * lines(text, 9, TEXT_WIDTH) + 6)

    def _table(self) -> Table:
        free = TEXT_WIDTH - sum(width or 0 for width in self._widths)
        share = free / max(1, self._widths.count(None))
        rooms = [(share if width is None else width) - 3 * MM for width in self._widths]
        if rooms:
            rooms[-1] += 3 * MM
        heads = max((lines(text, 7.5, room) for text, room in zip(self._heads, rooms, strict=False)), default=1)
        heights = [
            max((cell.height(room) for cell, room in zip(row, rooms, strict=False)), default=11) + 6
            for row in self._rows
        ]
        return Table(9.5 * heads + 6.35, tuple(heights))
