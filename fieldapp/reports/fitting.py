"""Photographs are set in rows so that pages end full: which rows, is worked out from an estimate of the layout.

A row is never split, so one that does not fit leaves the foot of its page empty. Among the ways to cut a gallery into
rows of four, three or two, the one that wastes least is taken; what is estimated wrongly is only less pretty.
"""

import re
from collections.abc import Sequence
from functools import cache

from fieldapp.reports import blocks, gallery
from fieldapp.reports.advances import lines
from fieldapp.reports.blocks import MM, Block, Gallery, Table

PAGE = (297 - 24 - 22) * MM
"""Height of the text on every page but the first, in points."""

_CAPTION_WIDTH = {4: 40.4 * MM, 3: 55.3 * MM, 2: 41 * MM}
_PICTURE = {4: 30.3 * MM, 3: 41.5 * MM, 2: 30.3 * MM}
_ROW_MARGIN = 5.0
_UNLIKE = {4: 0.0, 3: 0.0, 2: 18.0 * MM}
"""What a row of small pictures costs, as millimetres of empty page: it is taken when it saves more."""

_GALLERY = re.compile(r'<div class="gallery">(.*?)</div>', re.DOTALL)
_FIGURE = re.compile(r"<figure.*?</figure>", re.DOTALL)


def fitted(html: str) -> str:
    """The page with each gallery cut into rows."""
    cuts = iter(cuts_of(blocks.read(html)))

    def cut(found: re.Match[str]) -> str:
        figures = _FIGURE.findall(found[1])
        sizes = next(cuts, None) or gallery.sizes(len(figures))
        if sum(sizes) != len(figures):
            sizes = gallery.sizes(len(figures))
        return "".join(
            f'<div class="photos by-{max(size, 2)}">{"".join(figures[start : start + size])}</div>'
            for start, size in gallery.spans(sizes)
        )

    return _GALLERY.sub(cut, html)


def cuts_of(column: Sequence[Block]) -> list[list[int]]:
    """The row sizes of each gallery, in order."""
    at, cuts = 0.0, []
    for index, block in enumerate(column):
        if isinstance(block, Gallery):
            sizes = _best(block, at, _need(column[index + 1 :]))
            cuts.append(sizes)
            for row in _rows(block, sizes):
                at = _after(at, row, _ROW_MARGIN)
        elif isinstance(block, Table):
            at = _after_table(at, block)
        else:
            # A heading that would stand alone goes with what follows it.
            room = _need(column[index:]) if block.sticks else block.height + block.margin
            at = block.height if at and at + room > PAGE else at + block.height + (block.margin if at else 0)
    return cuts


def _need(column: Sequence[Block]) -> float:
    """The height that must be free for the next blocks to begin: headings, then two rows, or one text."""
    height = 0.0
    for block in column:
        if isinstance(block, Table):
            return height + block.head + sum(block.rows[:2])
        if isinstance(block, Gallery):
            return height
        height += block.height + block.margin
        if not block.sticks:
            return height
    return height


def _after(at: float, height: float, margin: float) -> float:
    """Where the page stands after a block that is never split."""
    return height if at and at + margin + height > PAGE else at + (margin if at else 0) + height


def _after_table(at: float, table: Table) -> float:
    rows = list(table.rows)
    groups = [sum(rows[:2]), *rows[2:-2], sum(rows[-2:])] if len(rows) > 3 else [sum(rows)]
    at += table.head
    for group in groups:
        at = table.head + group if at + group > PAGE else at + group
    return at


def _rows(block: Gallery, sizes: Sequence[int]) -> list[float]:
    return [_row_height(block.captions[start : start + size], max(size, 2)) for start, size in gallery.spans(sizes)]


@cache
def _row_height(captions: tuple[str, ...], columns: int) -> float:
    text = 10 * max(lines(caption, 7.5, _CAPTION_WIDTH[columns]) for caption in captions) + 5.5
    return max(_PICTURE[columns], text) if columns == 2 else _PICTURE[columns] + text


def _best(block: Gallery, at: float, need: float) -> list[int]:
    """The sizes whose pages end fullest, from `at` on a page; `need` is what comes next and wants to begin there too."""
    captions, total = block.captions, len(block.captions)

    @cache
    def best(start: int, height: float) -> tuple[float, tuple[int, ...]]:
        if start == total:
            return (_waste(PAGE - height) if height + need > PAGE else 0.0), ()
        choices = []
        for size in (4, 3, 2):
            left = total - start - size
            if left < 0 and not (size == 2 and left == -1):
                continue
            row = _row_height(captions[start : start + size], size)
            breaks = height > 0 and height + _ROW_MARGIN + row > PAGE
            cost, sizes = best(min(start + size, total), round(_after(height, row, _ROW_MARGIN), 1))
            here = (_waste(PAGE - height) if breaks else 0.0) + _UNLIKE[size]
            # Two pictures beside their captions are for the end of a gallery.
            here += 1000 if size == 2 and left > 2 else 0
            choices.append((cost + here, (min(size, total - start), *sizes)))
        return min(choices)

    return list(best(0, round(at, 1))[1])


def _waste(height: float) -> float:
    """What an empty foot costs: little while it is small, more than in proportion when it is large."""
    return height * height / PAGE * 6
