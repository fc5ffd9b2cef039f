"""What goes wrong around a tablet: its storage stops in the middle, its network loses, repeats and delays."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from sync.store import Contents, MemoryStore
from sync.transport import Answer, Transport, Unreachable


class Crash(BaseException):
    """The tablet stops here, without any handler of its own running."""


class CrashableStore(MemoryStore):
    """A store that can stop just before or just after what it keeps is durable."""

    def __init__(self) -> None:
        super().__init__()
        self._saves_left: int | None = None
        self._durable = False

    def stop_at(self, save: int, *, durable: bool) -> None:
        """Stop at the `save`th save from now (1 is the next), after it reached the disk or before."""
        self._saves_left, self._durable = save, durable

    def go_on(self) -> None:
        """Forget the planned stop."""
        self._saves_left = None

    def save(self, contents: Contents) -> None:
        """Replace the contents, unless the tablet stops before."""
        if self._saves_left is not None:
            self._saves_left -= 1
            if self._saves_left == 0:
                self._saves_left = None
                if self._durable:
                    super().save(contents)
                raise Crash
        super().save(contents)


class Fault(StrEnum):
    """What happens to one request."""

    NONE = "none"
    REQUEST_LOST = "request lost"
    REPLY_LOST = "reply lost"
    TWICE = "delivered twice, the second reply read"
    LATE = "delivered later, when the tablet has given it up"
    PORTAL = "answered by a captive portal"


class FaultyNetwork:
    """A transport that asks `choose` for the fate of each request; late ones wait in `on_the_way`."""

    def __init__(self, server: Transport, choose: Callable[[], Fault]) -> None:
        self._server = server
        self._choose = choose
        self.on_the_way: list[tuple[str, str, Mapping[str, str], bytes]] = []

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send one request, or lose it; raises `Unreachable`."""
        request = (method, path, headers, body)
        match self._choose():
            case Fault.NONE:
                return self._server(*request)
            case Fault.TWICE:
                self._server(*request)
                return self._server(*request)
            case Fault.REPLY_LOST:
                self._server(*request)
            case Fault.LATE:
                self.on_the_way.append(request)
            case Fault.REQUEST_LOST | Fault.PORTAL:
                pass
        raise Unreachable("no answer of ours")

    def deliver(self, index: int) -> None:
        """One of the late requests arrives, in any order; nobody reads the reply."""
        self._server(*self.on_the_way.pop(index))
