"""A page of the server looked at as axe and a ruler do, on three screens and in both lights."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
WIDTHS = (320, 768, 1280)
# No page has sound, so nothing is to be loaded before axe can judge.
EVERYTHING = {"resultTypes": ["violations"], "preload": False}
COLOURS = EVERYTHING | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LIGHTS = {"light": EVERYTHING, "dark": COLOURS}
"""What axe is asked. The dark look has other colours and differs in nothing else (tests/web/test_look.py)."""


def looked_at(page: Page) -> list[str]:
    """What axe and a ruler find on the open page, at every width and in both lights."""
    page.evaluate(AXE.read_text())
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"overflows at {width}")
        for light, rules in LIGHTS.items():
            page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
            result = page.evaluate("(rules) => axe.run(rules)", rules)
            found += [f"{width} {light} {rule['id']}: {_where(rule)}" for rule in result["violations"]]
    return found


def _where(rule: dict[str, Any]) -> str:
    return "; ".join(" ".join(map(str, node["target"])) for node in rule["nodes"][:4])
