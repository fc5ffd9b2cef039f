"""A setting that cannot be used is refused by name, before anything is made."""

from pathlib import Path

import pytest

from fieldapp.config import BadSetting, Config


def read(tmp_path: Path, **settings: str) -> Config:
    return Config.from_environ({"FIELDAPP_DATA": str(tmp_path / "data"), **settings})


def test_without_settings_the_app_serves_this_machine_with_sqlite_inside_its_folder(tmp_path: Path) -> None:
    config = read(tmp_path)
    assert (config.host, config.port, config.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert config.database_url == f"sqlite:///{tmp_path / 'data' / 'fieldapp.sqlite3'}"


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = read(tmp_path)
    assert read(tmp_path).secret_key == first.secret_key
    assert len(first.secret_key) == 64
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_postgresql_is_spoken_to_through_psycopg_3(tmp_path: Path) -> None:
    config = read(tmp_path, FIELDAPP_DATABASE_URL="postgresql://fieldapp@localhost/fieldapp")
    assert config.database_url == "postgresql+psycopg://fieldapp@localhost/fieldapp"


@pytest.mark.parametrize(
    ("host", "listens_at", "url"),
    (
        ("::1", "[::1]:8000", "http://[::1]:8000"),
        ("[::1]", "[::1]:8000", "http://[::1]:8000"),
        ("::", "[::]:8000", "http://127.0.0.1:8000"),
        ("0.0.0.0", "0.0.0.0:8000", "http://127.0.0.1:8000"),  # noqa: S104
        ("localhost", "localhost:8000", "http://localhost:8000"),
        ("edl-1.example.org", "edl-1.example.org:8000", "http://edl-1.example.org:8000"),
    ),
)
def test_where_to_listen_may_be_a_name_or_an_address_of_either_kind(
    tmp_path: Path, host: str, listens_at: str, url: str
) -> None:
    config = read(tmp_path, FIELDAPP_HOST=host)
    assert (config.listens_at, config.public_url) == (listens_at, url)


def test_postgresql_may_be_reached_through_its_socket(tmp_path: Path) -> None:
    config = read(tmp_path, FIELDAPP_DATABASE_URL="postgresql:///fieldapp")
    assert config.database_url == "postgresql+psycopg:///fieldapp"


@pytest.mark.parametrize(
    ("name", "value"),
    (
        ("FIELDAPP_API_RATE", "often"),
        ("FIELDAPP_API_RATE", "0/minute"),
        ("FIELDAPP_HOST", "not a host"),
        ("FIELDAPP_HOST", "127.0.0.256"),
        ("FIELDAPP_HOST", "http://127.0.0.1"),
        ("FIELDAPP_HOST", "127.0.0.1:8000"),
        ("FIELDAPP_PORT", "eighty"),
        ("FIELDAPP_PORT", "0"),
        ("FIELDAPP_PORT", "70000"),
        ("FIELDAPP_TRUSTED_PROXIES", "-1"),
        ("FIELDAPP_TRUSTED_PROXIES", "many"),
        ("FIELDAPP_PUBLIC_URL", "edl.example.org"),
        ("FIELDAPP_PUBLIC_URL", "http://edl.example.org"),
        ("FIELDAPP_PUBLIC_URL", "https://edl.example.org/app"),
        ("FIELDAPP_PUBLIC_URL", "https://edl.example.org:port"),
        ("FIELDAPP_PUBLIC_URL", "https://name:password@edl.example.org"),
        ("FIELDAPP_DATABASE_URL", "sqlite:///"),
        ("FIELDAPP_DATABASE_URL", "sqlite:///:memory:"),
        ("FIELDAPP_DATABASE_URL", "postgresql://"),
        ("FIELDAPP_DATABASE_URL", "postgresql://localhost"),
        ("FIELDAPP_DATABASE_URL", "postgresql://localhost:port/fieldapp"),
        ("FIELDAPP_DATABASE_URL", "mysql://localhost/fieldapp"),
        ("FIELDAPP_SMTP_URL", "mail.example.org"),
        ("FIELDAPP_SMS_URL", "sms.example.org"),
        ("FIELDAPP_TSA_URL", "ftp://tsa.example.org"),
        ("FIELDAPP_SEAL_PKCS12", "no/such/file.p12"),
        ("FIELDAPP_SECRET_KEY", "short"),
        ("FIELDAPP_DEMO", "perhaps"),
    ),
)
def test_a_wrong_setting_is_refused_by_name_and_nothing_is_made(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name) as caught:
        read(tmp_path, **{name: value})
    assert caught.value.name == name
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(BadSetting, match="FIELDAPP_DATA"):
        read(tmp_path)


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(BadSetting, match="FIELDAPP_DATA"):
        Config.from_environ({"FIELDAPP_DATA": str(tmp_path / "file" / "data")})


@pytest.mark.parametrize(
    ("text", "most", "seconds"),
    (("600", 600, 60), ("10/second", 10, 1), ("20000 per hour", 20000, 3600), ("5/min", 5, 60), ("9/day", 9, 86400)),
)
def test_how_often_another_system_may_ask_is_a_number_in_a_time(
    tmp_path: Path, text: str, most: int, seconds: int
) -> None:
    rate = read(tmp_path, FIELDAPP_API_RATE=text).api_rate
    assert (rate.most, rate.window.total_seconds()) == (most, seconds)


@pytest.mark.parametrize(
    ("name", "why"),
    (("FIELDAPP_PROT", "no such setting; FIELDAPP_PORT?"), ("FIELDAPP_XYZ", "no such setting; see bin/run --help")),
)
def test_a_misspelt_setting_is_refused_and_the_near_one_named(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(tmp_path, **{name: "9000"})
    assert (refused.value.name, refused.value.why) == (name, why)
    assert not (tmp_path / "data").exists()
