"""The commands answer people with sentences, and programs with what they exit with."""

import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives.serialization import NoEncryption, load_pem_private_key, pkcs12

from fieldapp.cli import main
from fieldapp.extensions import db
from fieldapp.records import schema
from fieldapp.reports import authority, process, seal
from tests.fieldwork.estate import Estate
from tests.fieldwork.fixtures import quick_estate, sqlite_pattern
from tests.fieldwork.office import PDF, sealed
from tests.fieldwork.systems import System
from tests.reports.sample import build
from tests.support.ports import free_port

__all__ = ["quick_estate", "sqlite_pattern"]

Command = Callable[..., Result]


@pytest.fixture
def fieldapp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command in an empty folder, with the given settings and no other."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("DATA", "DATABASE_URL", "HOST", "PORT", "PUBLIC_URL", "SEAL_PKCS12", "SEAL_PASSPHRASE", "DEMO"):
        monkeypatch.delenv(f"FIELDAPP_{name}", raising=False)

    def run(*words: object, **settings: object) -> Result:
        environ = {f"FIELDAPP_{name.upper()}": str(value) for name, value in settings.items()}
        return CliRunner().invoke(main, [str(word) for word in words], env=environ)

    return run


@pytest.fixture(scope="module")
def own_seal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate with its key, as a landlord buys one."""
    folder = tmp_path_factory.mktemp("bought")
    authority.load(folder / "source")
    certificate, root = (
        x509.load_pem_x509_certificate((folder / "source" / name).read_bytes()) for name in ("seal.pem", "root.pem")
    )
    key = load_pem_private_key((folder / "source" / "seal-key.pem").read_bytes(), None)
    file = folder / "seal.p12"
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, [root], NoEncryption()))  # type: ignore[arg-type]
    return file


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, own_seal: Path) -> Path:
    """A report under that seal."""
    folder = tmp_path_factory.mktemp("report")
    who = authority.load(folder / "unused", own_seal)
    sample = build(folder / "photos", seal=who.plan(None), photos=2)
    page = process.render_inventory(sample.record, sample.acts, sample.files, sample.evidence)
    file = folder / "report.pdf"
    file.write_bytes(seal.seal(page, who, None))
    return file


def test_help_names_every_command(fieldapp: Command) -> None:
    said = fieldapp("--help")
    assert said.exit_code == 0
    for name in (
        "begin",
        "run",
        "worker",
        "migrate",
        "doctor",
        "inventories",
        "report",
        "verify",
        "settle",
        "recovery",
        "token",
    ):
        assert f"\n  {name} " in said.output


def test_a_seal_of_the_landlords_own_is_known_to_the_one_that_has_it(
    fieldapp: Command, report: Path, own_seal: Path
) -> None:
    known = fieldapp("verify", report, seal_pkcs12=own_seal)
    stranger = fieldapp("verify", report)
    assert (known.exit_code, stranger.exit_code) == (0, 0)
    assert known.output.startswith("Intact")
    assert len(stranger.output.splitlines()) == len(known.output.splitlines()) + 1, "it says that it does not know it"
    assert list(Path.cwd().iterdir()) == [], "a look makes nothing"


def test_an_altered_report_exits_with_1_and_what_is_none_with_2(
    fieldapp: Command, report: Path, tmp_path: Path
) -> None:
    altered, other = tmp_path / "altered.pdf", tmp_path / "other.pdf"
    data = bytearray(report.read_bytes())
    data[len(data) // 2] ^= 1
    altered.write_bytes(data)
    other.write_bytes(b"no report")
    assert fieldapp("verify", altered).exit_code == 1
    assert fieldapp("verify", other).exit_code == 2
    missing = fieldapp("verify", tmp_path / "nothing.pdf")
    assert missing.exit_code == 2
    assert "nothing.pdf" in missing.output


@pytest.mark.parametrize("there", (True, False))
def test_a_seal_that_cannot_be_loaded_says_nothing_of_the_report(
    fieldapp: Command, report: Path, tmp_path: Path, *, there: bool
) -> None:
    file = tmp_path / "seal.p12"
    if there:
        file.write_bytes(b"garbage")
    done = fieldapp("verify", report, seal_pkcs12=file)
    assert done.exit_code == 2
    assert done.output.startswith("FIELDAPP_SEAL_PKCS12: ")
    assert len(done.output.splitlines()) == 1


def test_nothing_is_served_with_a_seal_that_cannot_be_loaded(fieldapp: Command, tmp_path: Path) -> None:
    file = tmp_path / "seal.p12"
    file.write_bytes(b"garbage")
    done = fieldapp("run", seal_pkcs12=file)
    assert done.exit_code == 1
    assert done.output == "Error: FIELDAPP_SEAL_PKCS12: wrong passphrase, or not a PKCS#12 file\n"
    assert not Path("data/fieldapp.sqlite3").exists()


def test_a_sealed_report_is_written_byte_for_byte_and_an_open_one_is_not(
    fieldapp: Command, quick_estate: Estate, tmp_path: Path
) -> None:
    flat, empty = sealed(quick_estate), quick_estate.plan()
    with quick_estate.app.app_context(), db.engine.begin() as connection:
        command.stamp(schema._settings(connection), "head")
    settings = {"data": tmp_path, "database_url": quick_estate.app.config["SQLALCHEMY_DATABASE_URI"]}
    target = tmp_path / "out.pdf"
    done = fieldapp("report", flat.root_id, "-o", target, **settings)
    assert done.exit_code == 0, done.output
    assert target.read_bytes() == PDF + flat.root_id.encode()
    target.unlink()
    nowhere = tmp_path / "nowhere" / "out.pdf"
    done = fieldapp("report", flat.root_id, "-o", nowhere, **settings)
    assert (done.exit_code, done.output) == (1, f"Error: {nowhere} cannot be written (No such file or directory)\n")
    for unknown in (empty.root_id, "nothing"):
        done = fieldapp("report", unknown, "-o", target, **settings)
        assert done.exit_code == 1
        assert done.output.startswith("Error: ")
        assert not target.exists()


def test_the_doctor_finds_this_machine_ready(fieldapp: Command) -> None:
    assert fieldapp("migrate").exit_code == 0
    done = fieldapp("doctor")
    assert done.exit_code == 0, done.output
    assert "MISSING" not in done.output
    assert "absent   A mail server" in done.output


def test_the_doctor_tells_a_database_of_another_release_and_a_seal_that_cannot_be_loaded(
    fieldapp: Command, tmp_path: Path
) -> None:
    fresh = fieldapp("doctor")
    assert fresh.exit_code == 0, fresh.output
    assert "absent   The database has the shape of this release" in fresh.output
    assert not Path("data/authority").exists()
    assert fieldapp("migrate").exit_code == 0
    with closing(sqlite3.connect("data/fieldapp.sqlite3")) as later:
        later.execute("UPDATE alembic_version SET version_num = 'of-tomorrow'")
        later.commit()
    seal = tmp_path / "seal.p12"
    seal.write_bytes(b"garbage")
    done = fieldapp("doctor", seal_pkcs12=seal)
    assert done.exit_code == 1
    assert "MISSING  The database has the shape of this release" in done.output
    assert "MISSING  The seal can be loaded" in done.output


def test_the_doctor_names_what_is_missing_and_exits_with_1(fieldapp: Command) -> None:
    done = fieldapp("doctor", database_url="sqlite:////no/such/folder/file")
    assert done.exit_code == 1
    assert "MISSING  The database answers" in done.output


def test_a_token_is_the_last_line_alone_and_opens_the_interface(
    fieldapp: Command, quick_estate: Estate, tmp_path: Path
) -> None:
    with quick_estate.app.app_context(), db.engine.begin() as connection:
        command.stamp(schema._settings(connection), "head")
    settings = {"data": tmp_path, "database_url": quick_estate.app.config["SQLALCHEMY_DATABASE_URI"]}
    done = fieldapp("token", "Progiciel", "--scope", "read", **settings)
    assert done.exit_code == 0, done.output
    own = System(quick_estate.app.test_client(), done.output.splitlines()[-1])
    assert own.get("/dwellings").status_code == 200
    assert fieldapp("token", "Progiciel", "--scope", "everything", **settings).exit_code == 2
    assert fieldapp("token", " ", "--scope", "read", **settings).exit_code == 2


@pytest.mark.parametrize("command", ("run", "migrate", "inventories"))
@pytest.mark.parametrize(
    ("address", "why"),
    (
        ("sqlite:////no/such/folder/file", "unable to open database file"),
        ("postgresql://somebody:secret@127.0.0.1:1/none", 'connection to server at "127.0.0.1", port 1 failed'),
    ),
)
def test_a_database_that_does_not_answer_is_one_sentence(
    fieldapp: Command, command: str, address: str, why: str
) -> None:
    done = fieldapp(command, database_url=address, port=free_port())
    assert done.exit_code == 1
    said = done.output or str(done.exception)
    assert "FIELDAPP_DATABASE_URL: the database does not answer" in said
    assert why in said
    assert "secret" not in said
    assert len(said.splitlines()) == 1


def test_an_address_that_is_taken_is_said_before_anything_is_made(fieldapp: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = fieldapp("run", port=other.getsockname()[1])
    assert done.exit_code == 1
    assert done.output.startswith("Error: FIELDAPP_PORT: another program listens at 127.0.0.1:")
    assert not Path("data/fieldapp.sqlite3").exists()


def test_an_address_of_another_machine_is_refused(fieldapp: Command) -> None:
    done = fieldapp("run", host="192.0.2.1", public_url="https://edl.example.org", trusted_proxies=1, port=free_port())
    assert done.exit_code == 1
    assert done.output.startswith("Error: FIELDAPP_HOST: cannot listen at 192.0.2.1:")


def test_a_file_is_imported_whole_or_its_faults_are_told(
    fieldapp: Command, quick_estate: Estate, tmp_path: Path
) -> None:
    with quick_estate.app.app_context(), db.engine.begin() as connection:
        command.stamp(schema._settings(connection), "head")
    settings = {"data": tmp_path, "database_url": quick_estate.app.config["SQLALCHEMY_DATABASE_URI"]}
    file = tmp_path / "agencies.csv"
    file.write_text("reference,name,street,postcode,town\nA-1,Agence,1 rue,2900,Quimper\n")
    done = fieldapp("import", "agencies", file, **settings)
    assert done.exit_code == 1
    assert "agencies.csv:2:4: postcode: " in done.output
    file.write_text(file.read_text().replace("2900", "29000"))
    for words, said in (
        (("--dry-run",), "1 new, 0 changed, 0 the same: nothing was written.\n"),
        ((), "1 new, 0 changed, 0 the same: written.\n"),
        ((), "0 new, 0 changed, 1 the same: written.\n"),
    ):
        done = fieldapp("import", "agencies", file, *words, **settings)
        assert (done.exit_code, done.stdout) == (0, said)
