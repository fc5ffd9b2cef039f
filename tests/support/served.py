"""What the tests' server processes run: `gunicorn tests.support.served:app`, and this file itself for the worker.

`TESTS_PACKAGE` names a changed copy of the package's files to serve, which makes another release.
"""

import os
from pathlib import Path

from fieldapp import worker
from fieldapp.config import Config
from fieldapp.web import create_app
from fieldapp.web.assets import AssetTree

app = create_app(Config.from_environ())
if changed := os.environ.get("TESTS_PACKAGE"):
    app.extensions["fieldapp.assets"] = AssetTree.read(Path(changed))

if __name__ == "__main__":
    worker.main(app)
