"""The tests' own server really stops, and comes back where it was."""

import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.support.server import live_server


def test_a_stopped_server_refuses_connections_and_comes_back_on_the_same_port(tmp_path: Path) -> None:
    with live_server(tmp_path, with_worker=False) as server:
        first = server.url
        assert _status(first) == 200
        server.stop()
        with pytest.raises(URLError, match="refused"):
            _status(first)
        server.start()
        assert server.url == first
        assert _status(first) == 200


def _status(url: str) -> int:
    with urllib.request.urlopen(f"{url}/health") as answer:
        status: int = answer.status
        return status
