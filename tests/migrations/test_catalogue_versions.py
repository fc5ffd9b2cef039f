"""A catalogue that was imported before versions were kept is the first version after the step."""

import json
from pathlib import Path

from alembic import command
from sqlalchemy import text

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.records.schema import _last, _settings
from fieldapp.web import create_app
from sync import canonical


def test_a_landlords_lines_become_its_first_version(tmp_path: Path) -> None:
    app = create_app(Config.from_environ({"FIELDAPP_DATA": str(tmp_path / "data")}))
    with app.app_context(), db.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            command.upgrade(_settings(connection), "0029")
            for place, (reference, label) in enumerate((("EVIER", "Évier deux bacs"), ("PLAN", "Plan de travail")), 1):
                connection.execute(
                    text(
                        "INSERT INTO catalogue_element VALUES (:id, 'a', 'kitchen', :reference, 'sink', :label, '', :place)"
                    ),
                    {"id": f"e{place}", "reference": reference, "label": label, "place": place},
                )
            command.upgrade(_settings(connection), _last())
            version, sha256, document = connection.execute(
                text("SELECT version, sha256, document FROM house_catalogue WHERE landlord_id = 'a'")
            ).one()
            command.downgrade(_settings(connection), "0029")
    assert (version, sha256) == (1, canonical.sha256_hex(document.encode()))
    labels = [element["label"] for element in json.loads(document)["rooms"][0]["elements"]]
    assert labels == ["Évier deux bacs", "Plan de travail"]
    with app.app_context():
        db.engine.dispose()
