"""An empty installation is begun by one command, whose last line lets its administrator in."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fieldapp.cli import main
from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.web import create_app
from tests.fieldwork.office import Browser

PLACE = ("--street", "1 rue des Essais", "--postcode", "29000", "--town", "Quimper", "--phone", "02 00 00 00 00")
WHO = ("--admin-name", "Ada Essai", "--siren", "123456789", "--kind", "oph", "--email", "contact@habitat.example")
PASSWORD = "quatre mots sans lien"


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {"FIELDAPP_DATA": str(tmp_path / "data"), "FIELDAPP_DEMO": "no"}


def begin(settings: dict[str, str], admin: str = "Ada@Habitat.example") -> Result:
    words = ["begin", "Habitat des Essais", *PLACE, *WHO, "--admin-email", admin]
    return CliRunner().invoke(main, words, env=settings)


def test_the_administrator_chooses_a_password_and_is_led_to_the_second_code(settings: dict[str, str]) -> None:
    assert begin(settings).exit_code == 1, "there are no tables yet"
    assert CliRunner().invoke(main, ["migrate"], env=settings).exit_code == 0
    assert begin(settings, "nobody").exit_code == 1
    done = begin(settings)
    assert done.exit_code == 0, done.output
    path = done.output.splitlines()[-1].removeprefix("http://127.0.0.1:8000")
    app = create_app(Config.from_environ(settings))
    own = Browser(app.test_client())
    assert own.send(path, path, password=PASSWORD, again=PASSWORD).status_code == 302
    assert own.sign_in("ada@habitat.example", PASSWORD).status_code == 302
    assert own.get("/office/accounts").headers["Location"] == "/office/account"
    again = begin(settings)
    assert (again.exit_code, "already" in again.output) == (1, True)
    with app.app_context():
        db.engine.dispose()
