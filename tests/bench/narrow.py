"""A narrow line that breaks: a proxy on loopback between a browser and the server."""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

BLOCK_BYTES = 32 * 1024
"""What is forwarded at a time, and after which the line may break."""

LATENCY_SECONDS = 0.02
"""Each way: 40 ms for a question and its answer, as mobile networks have on a good day."""


@dataclass
class Narrow:
    """Forwards to `server_port`: the sent bytes of all connections share `bits_per_second`, the answers come freely.

    After each block that was sent the connection breaks with this chance; `breaks` counts, `sent` is in bytes.
    """

    server_port: int
    bits_per_second: float
    chance: float
    seed: int = 1
    port: int = 0
    breaks: int = 0
    sent: int = 0
    _free_at: float = 0.0
    _random: random.Random = field(init=False)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    async def serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        """Forward until `stop` is set."""
        # A small window towards the browser: what it believes to have sent is nearly what went over the line.
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0, limit=BLOCK_BYTES)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            await stop.wait()
        for task in self._running:
            task.cancel()

    async def _connect(self, browser_in: asyncio.StreamReader, browser_out: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        ends = [browser_out]
        try:
            server_in, server_out = await asyncio.open_connection("127.0.0.1", self.server_port)
            ends.append(server_out)
            await asyncio.gather(self._up(browser_in, server_out), self._down(server_in, browser_out))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for end in ends:
                end.transport.abort()

    async def _up(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while block := await source.read(BLOCK_BYTES):
            await self._turn(len(block))
            target.write(block)
            await target.drain()
            self.sent += len(block)
            if self._random.random() < self.chance * len(block) / BLOCK_BYTES:
                self.breaks += 1
                raise ConnectionResetError
        raise ConnectionResetError

    async def _down(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while block := await source.read(BLOCK_BYTES):
            await asyncio.sleep(2 * LATENCY_SECONDS)
            target.write(block)
            await target.drain()
        raise ConnectionResetError

    async def _turn(self, size: int) -> None:
        """Wait until these bytes have gone over the line, behind those of the other connections."""
        loop = asyncio.get_running_loop()
        self._free_at = max(loop.time(), self._free_at) + size * 8 / self.bits_per_second
        await asyncio.sleep(self._free_at - loop.time())


@contextmanager
def narrow(server_port: int, bits_per_second: float, chance: float) -> Iterator[Narrow]:
    """Such a line, in a thread of its own."""
    line, ready = Narrow(server_port, bits_per_second, chance), threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(line.serve(ready, stop)), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
