"""What the tests' server processes run: `gunicorn tests.support.served:app`, and this file itself for the worker.

`TESTS_PACKAGE` names a changed copy of the package's files to serve, which makes another release. `TESTS_TODAY` is the
day on which settlements are drawn up: tenants of the tests leave in a year that has not come.
"""

import os
from datetime import date
from pathlib import Path

from fieldapp import worker
from fieldapp.config import Config
from fieldapp.services import assessing
from fieldapp.web import create_app
from fieldapp.web.assets import AssetTree

app = create_app(Config.from_environ())
if changed := os.environ.get("TESTS_PACKAGE"):
    app.extensions["fieldapp.assets"] = AssetTree.read(Path(changed))
if said := os.environ.get("TESTS_TODAY"):
    today = date.fromisoformat(said)

    def today_in(zone: str) -> date:
        """The day of the tests."""
        return today

    assessing.today_in = today_in

if __name__ == "__main__":
    worker.main(app)
