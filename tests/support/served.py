"""What the tests' web processes serve: `gunicorn tests.support.served:app`.

`TESTS_PACKAGE` names a changed copy of the package's files to serve, which makes another release.
"""

import os
from pathlib import Path

from fieldapp.config import Config
from fieldapp.web import create_app
from fieldapp.web.assets import AssetTree

app = create_app(Config.from_environ())
if changed := os.environ.get("TESTS_PACKAGE"):
    app.extensions["fieldapp.assets"] = AssetTree.read(Path(changed))
