"""What the first visit of a tablet brings over the network before it can be used."""

import tempfile
from pathlib import Path
from typing import Any

from fieldapp.web import create_app
from fieldapp.web.assets import AssetTree
from tests.bench import tablet
from tests.bench.figure import Figure, report
from tests.support.server import live_server

TARGET_KB = 150.0


def measure() -> None:
    """Print the compressed bytes until the sign-in form stands."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, tablet.browsers() as chromium:
        folder = Path(name)
        with live_server(folder / "server", with_worker=False) as server:
            with tablet.profile(chromium, folder / "profile") as context:
                page = context.new_page()
                network = context.new_cdp_session(page)
                bodies: list[int] = []
                everything: list[int] = []
                network.on("Network.dataReceived", lambda event: bodies.append(_bytes(event)))
                network.on("Network.loadingFinished", lambda event: everything.append(_bytes(event)))
                network.send("Network.enable")
                page.goto(f"{server.url}/field/")
                page.locator("fa-enrol-screen form").wait_for()
                visited, count, with_headers = sum(bodies), len(everything), sum(everything)
            assets: AssetTree = create_app(server.config).extensions["fieldapp.assets"]
    kept = sum(len(asset.gzipped or asset.body) for asset in assets.tablet_files())
    against = {
        "files": count,
        "with the headers of plain HTTP": round(with_headers / 1000, 1),
        "all that is kept for working offline": round(kept / 1000, 1),
        "unit": "kB",
    }
    what = "first load of the tablet until the first screen, compressed"
    report(Figure(what, round(visited / 1000, 1), "kB", TARGET_KB, "lower", against))


def _bytes(event: dict[str, Any]) -> int:
    return int(event["encodedDataLength"])
