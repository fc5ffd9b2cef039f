"""What is silent when it goes wrong: a photograph that was laid out nowhere, or beyond the edge of its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

MARGIN_TOP, MARGIN_BOTTOM, MARGIN_SIDE = 15, 22, 18
"""Margins of `report.css` in millimetres, the smaller one where the first page differs."""

_PIXELS = 96 / 25.4
_ROUNDING = 1.0


class Page(Protocol):
    """A laid-out page: sizes and anchors in CSS pixels from its top left corner."""

    width: float
    height: float
    anchors: Mapping[str, tuple[float, float]]


class PhotographLost(RuntimeError):
    """Photographs of the record are missing from the pages, or lie partly outside of one; `marks` names them."""

    def __init__(self, marks: Iterable[str]) -> None:
        self.marks = sorted(marks)
        super().__init__(", ".join(self.marks))


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: tuple[float, float]) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


def check(pages: Iterable[Page], photos: Iterable[Mapping[str, Any]]) -> None:
    """Every photograph begins and ends on the same page, inside its margins; raises PhotographLost."""
    lost = {str(photo["mark"]) for photo in photos}
    for page in pages:
        frame = _frame(page)
        lost -= {
            mark
            for mark, point in page.anchors.items()
            if mark in lost and frame.holds(point) and (end := page.anchors.get(f"{mark}-end")) and frame.holds(end)
        }
    if lost:
        raise PhotographLost(lost)


def _frame(page: Page) -> _Frame:
    return _Frame(
        left=MARGIN_SIDE * _PIXELS - _ROUNDING,
        top=MARGIN_TOP * _PIXELS - _ROUNDING,
        right=page.width - MARGIN_SIDE * _PIXELS + _ROUNDING,
        bottom=page.height - MARGIN_BOTTOM * _PIXELS + _ROUNDING,
    )
