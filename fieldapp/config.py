"""The settings, read from the environment once and refused with a clear message when wrong."""

import contextlib
import difflib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

SHORTEST_SECRET = 32
OURS = "FIELDAPP_"
HOST_NAME = re.compile(r"(?!.{254})(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE)
Network = IPv4Network | IPv6Network
RATE = re.compile(r"(?P<most>[0-9]{1,7})(\s*(/|per)?\s*(?P<window>s|sec|second|m|min|minute|h|hour|d|day)s?)?")
WINDOWS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})


class BadSetting(ValueError):
    """A setting that cannot be used: its name, and what it should be."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many requests within a window of time."""

    most: int
    window: timedelta


class _Asked:
    """The environment, and which of our names were asked for: any other is a setting that somebody misspelt."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._names: list[str] = []

    def get(self, name: str) -> str | None:
        self._names.append(name)
        return self._environ.get(name)

    def refuse_the_rest(self) -> None:
        """Raise `BadSetting` for the first name that is ours and means nothing."""
        for name in sorted(self._environ):
            if name.startswith(OURS) and name not in self._names:
                ends = [known.removeprefix(OURS) for known in self._names]
                near = difflib.get_close_matches(name.removeprefix(OURS), ends, 1)
                hint = f"{OURS}{near[0]}?" if near else "see bin/run --help"
                raise BadSetting(name, f"no such setting; {hint}")


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that may differ between two installations.

    `data` is an existing folder; `public_url` has no trailing slash; `trusted_proxies` counts the proxies
    between the browser and this server whose forwarded headers are believed; the URLs of the mail server,
    of the gateway for text messages and of the time-stamping authority are `None` when there is none; `api_rate` is for each system that asks;
    `connector_networks` are the near networks that events and text messages may go to, `exchange` the folder of those that only know files.
    """

    data: Path
    database_url: str
    host: str
    port: int
    public_url: str
    trusted_proxies: int
    smtp_url: str | None
    tsa_url: str | None
    sms_url: str | None
    sms_token: str | None
    seal_pkcs12: Path | None
    seal_passphrase: str | None
    secret_key: str
    demo: bool
    api_rate: Rate
    connector_networks: tuple[Network, ...]
    exchange: Path

    @property
    def listens_at(self) -> str:
        """Host and port to listen at, as in an address."""
        return _authority(self.host, self.port)

    @property
    def blobs(self) -> Path:
        """The folder of photographs, records and reports."""
        return self.data / "blobs"

    @property
    def authority(self) -> Path:
        """The folder of the demonstration authority's keys."""
        return self.data / "authority"

    @property
    def recovery(self) -> Path:
        """The folder of the keys that recover tablets."""
        return self.data / "recovery"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Read the settings, creating the data folder and its secret when they are missing.

        Raises `BadSetting` for the first setting that cannot be used; nothing is created before all are read.
        """
        env = _Asked(os.environ if environ is None else environ)
        data = Path(env.get("FIELDAPP_DATA") or "data").expanduser().absolute()
        if data.exists() and not data.is_dir():
            raise BadSetting("FIELDAPP_DATA", f"{data} is a file; name a folder")
        host = _host(env.get("FIELDAPP_HOST") or "127.0.0.1")
        port = _port(env.get("FIELDAPP_PORT") or "8000")
        public_url = _public_url(env.get("FIELDAPP_PUBLIC_URL"), host, port)
        database_url = _database_url(env.get("FIELDAPP_DATABASE_URL"), data)
        trusted_proxies = _count("FIELDAPP_TRUSTED_PROXIES", env.get("FIELDAPP_TRUSTED_PROXIES") or "0")
        smtp_url = _url("FIELDAPP_SMTP_URL", env.get("FIELDAPP_SMTP_URL"), ("smtp", "smtps", "smtp+starttls"))
        sms_url = _url("FIELDAPP_SMS_URL", env.get("FIELDAPP_SMS_URL"), ("http", "https"))
        sms_token = env.get("FIELDAPP_SMS_TOKEN") or None
        tsa_url = _url("FIELDAPP_TSA_URL", env.get("FIELDAPP_TSA_URL"), ("http", "https"))
        seal_pkcs12 = _file("FIELDAPP_SEAL_PKCS12", env.get("FIELDAPP_SEAL_PKCS12"))
        demo = _flag("FIELDAPP_DEMO", env.get("FIELDAPP_DEMO") or "no")
        connector_networks = _networks("FIELDAPP_CONNECTOR_NETWORKS", env.get("FIELDAPP_CONNECTOR_NETWORKS") or "")
        api_rate = _rate("FIELDAPP_API_RATE", env.get("FIELDAPP_API_RATE") or "600/minute")
        secret = env.get("FIELDAPP_SECRET_KEY") or None
        if secret is not None and len(secret) < SHORTEST_SECRET:
            raise BadSetting("FIELDAPP_SECRET_KEY", "at least 32 characters, or leave it out to have one made")
        seal_passphrase = env.get("FIELDAPP_SEAL_PASSPHRASE") or None
        env.refuse_the_rest()
        _make_folder(data)
        return cls(
            data=data,
            database_url=database_url,
            host=host,
            port=port,
            public_url=public_url,
            trusted_proxies=trusted_proxies,
            smtp_url=smtp_url,
            tsa_url=tsa_url,
            sms_url=sms_url,
            sms_token=sms_token,
            seal_pkcs12=seal_pkcs12,
            seal_passphrase=seal_passphrase,
            secret_key=secret or _secret(data),
            demo=demo,
            api_rate=api_rate,
            connector_networks=connector_networks,
            exchange=Path(env.get("FIELDAPP_EXCHANGE") or data / "exchange").expanduser().absolute(),
        )


def _host(text: str) -> str:
    """An address without brackets, or a name."""
    bare = text.removeprefix("[").removesuffix("]") if ":" in text else text
    with contextlib.suppress(ValueError):
        return str(ip_address(bare))
    # Digits and dots alone are an address that is wrong, not a name.
    if not HOST_NAME.fullmatch(bare) or not re.search(r"[a-z-]", bare, re.IGNORECASE):
        raise BadSetting("FIELDAPP_HOST", f"{text!r} is no address to listen on; such as 127.0.0.1, 0.0.0.0 or ::1")
    return bare


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise BadSetting("FIELDAPP_PORT", f"{text!r} is no port; a number from 1 to 65535")
    return int(text)


def _count(name: str, text: str) -> int:
    if not text.isdecimal() or int(text) > 9:
        raise BadSetting(name, f"{text!r} is no count; a number from 0 to 9")
    return int(text)


def _flag(name: str, text: str) -> bool:
    if text not in {"yes", "no"}:
        raise BadSetting(name, f"{text!r}; say yes or no")
    return text == "yes"


def _rate(name: str, text: str) -> Rate:
    """A number a minute, or `NUMBER/second`, `/minute`, `/hour`, `/day`; a space or "per" will do too."""
    found = RATE.fullmatch(text.strip().lower())
    if found is None or not 1 <= int(found["most"]) <= 1_000_000:
        raise BadSetting(name, f"{text!r} is no rate; such as 600, 600/minute, 10/second or 20000/hour")
    return Rate(int(found["most"]), WINDOWS[(found["window"] or "minute")[0]])


def _networks(name: str, text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise BadSetting(name, f"{text!r}; networks such as 10.20.0.0/16, separated by commas") from error


def _split(name: str, text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise BadSetting(name, "not an address") from error
    return parts


def _url(name: str, text: str | None, schemes: tuple[str, ...]) -> str | None:
    if not text:
        return None
    parts = _split(name, text)
    if parts.scheme not in schemes or not parts.hostname:
        raise BadSetting(name, "an address beginning with " + " or ".join(f"{s}://" for s in schemes))
    return text


def _public_url(text: str | None, host: str, port: int) -> str:
    if not text:
        return f"http://{_authority('127.0.0.1' if host in {'0.0.0.0', '::'} else host, port)}"  # noqa: S104 - compared, not bound
    parts = _split("FIELDAPP_PUBLIC_URL", text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting("FIELDAPP_PUBLIC_URL", "an address such as https://edl.example.org")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise BadSetting("FIELDAPP_PUBLIC_URL", "https:// is needed for any host but this machine itself")
    if "@" in parts.netloc:
        raise BadSetting("FIELDAPP_PUBLIC_URL", "without name and password: everybody reads this address")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise BadSetting("FIELDAPP_PUBLIC_URL", "only scheme, host and port: the app lives at the root of its host")
    return f"{parts.scheme}://{parts.netloc}"


def _database_url(text: str | None, data: Path) -> str:
    if not text:
        return f"sqlite:///{data / 'fieldapp.sqlite3'}"
    # A database in memory would be another one for each process.
    if text.startswith("sqlite:///") and text.removeprefix("sqlite:///").partition("?")[0] not in {"", ":memory:"}:
        return text
    if re.match(r"postgresql(\+psycopg)?://", text) and _split("FIELDAPP_DATABASE_URL", text).path.strip("/"):
        return re.sub(r"^postgresql(\+psycopg)?://", "postgresql+psycopg://", text)
    raise BadSetting("FIELDAPP_DATABASE_URL", "sqlite:///FILE or postgresql://USER@HOST/NAME")


def _file(name: str, text: str | None) -> Path | None:
    if not text:
        return None
    path = Path(text).expanduser().absolute()
    if not path.is_file():
        raise BadSetting(name, "no such file")
    return path


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting("FIELDAPP_DATA", f"the folder cannot be made ({error.strerror})") from error
    if not os.access(data, os.W_OK | os.X_OK):
        raise BadSetting("FIELDAPP_DATA", "the folder cannot be written to")


def _secret(data: Path) -> str:
    """The installation's own secret, made at its first start and readable by its owner alone."""
    path = data / "secret-key"
    if not path.exists():
        draft = data / f".secret-key.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # two processes may start at once: the first link wins
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii")
