"""The tests' own server really stops, and comes back where it was."""

import http.client
from pathlib import Path

import pytest

from tests.support.server import live_server


def test_a_stopped_server_refuses_connections_and_comes_back_on_the_same_port(tmp_path: Path) -> None:
    with live_server(tmp_path, with_worker=False) as server:
        port = server.port
        assert _status(port) == 200
        server.stop()
        with pytest.raises(ConnectionRefusedError):
            _status(port)
        server.start()
        assert server.port == port
        assert _status(port) == 200


def _status(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/health")
    status = connection.getresponse().status
    connection.close()
    return status
