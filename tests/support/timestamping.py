"""A time-stamping authority of the tests' own (RFC 3161), with its root certificate and revocation list."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

from asn1crypto import x509
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

KEYS = ("root", "tsa")


@dataclass(frozen=True)
class TimeStampingAuthority:
    """`url` takes time-stamp requests; `root` is what a verifier must trust."""

    url: str
    root: x509.Certificate


@contextmanager
def authority(folder: Path) -> Iterator[TimeStampingAuthority]:
    """Makes keys in `folder`, serves on a loopback port, and stops."""
    for name in KEYS:
        (folder / f"{name}.pem").write_bytes(
            ec.generate_private_key(ec.SECP256R1()).private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    architectures: dict[ArchLabel, PKIArchitecture] = {}
    with make_server("127.0.0.1", 0, Animator(AnimatorArchStore(architectures)), handler_class=Silent) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        config = CertomancerConfig(_config(address), key_search_dir=str(folder))
        architectures.update(config.pki_archs)
        root = config.pki_archs[ArchLabel("tests")].get_cert(CertLabel("root"))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield TimeStampingAuthority(f"{address}/tests/tsa/tsa", root)
        finally:
            server.shutdown()
            thread.join()


class Silent(WSGIRequestHandler):
    """Keeps requests out of the tests' output."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the parent's name
        del format, args


def _config(address: str) -> dict[str, object]:
    valid = {"valid-from": "2020-01-01T00:00:00+0000", "valid-to": "2100-01-01T00:00:00+0000"}
    return {
        "external-url-prefix": address,
        "keysets": {"keys": {"keys": {name: {"path": f"{name}.pem"} for name in KEYS}}},
        "pki-architectures": {
            "tests": {
                "keyset": "keys",
                "entities": {
                    "root": {"country-name": "FR", "common-name": "Test root"},
                    "tsa": {"country-name": "FR", "common-name": "Test time-stamping authority"},
                },
                "certs": {
                    "root": {
                        "subject": "root",
                        "issuer": "root",
                        "validity": valid,
                        "extensions": [
                            {"id": "basic_constraints", "critical": True, "value": {"ca": True}},
                            {
                                "id": "key_usage",
                                "critical": True,
                                "smart-value": {"schema": "key-usage", "params": ["key_cert_sign", "crl_sign"]},
                            },
                        ],
                    },
                    "tsa": {
                        "subject": "tsa",
                        "issuer": "root",
                        "validity": valid,
                        "extensions": [
                            {
                                "id": "key_usage",
                                "critical": True,
                                "smart-value": {"schema": "key-usage", "params": ["digital_signature"]},
                            },
                            {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]},
                            {
                                "id": "crl_distribution_points",
                                "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": ["authority"]}},
                            },
                        ],
                    },
                },
                "services": {
                    "crl-repo": {
                        "authority": {
                            "for-issuer": "root",
                            "signing-key": "root",
                            "simulated-update-schedule": "P30D",
                        }
                    },
                    "time-stamping": {"tsa": {"signing-cert": "tsa"}},
                },
            }
        },
    }
