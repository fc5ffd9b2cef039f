"""Ports for servers that tests start."""

import secrets
import socket
from contextlib import suppress

LOWEST, HIGHEST = 20_000, 32_000
"""Below those that a system gives to outgoing connections: none takes a server's port while the server is stopped."""


def free_port() -> int:
    """A loopback port that nothing listens on now; by chance, so that two runs side by side seldom want the same."""
    while True:
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
