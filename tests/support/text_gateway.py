"""A gateway for text messages, as a provider would write it: a program of its own that keeps each message once.

Arguments: a folder, the bearer token and a port. The file `faults` in the folder holds one status a line, answered instead, one a
request. What was accepted is in `messages.jsonl`, one JSON object a line with the token that came with it.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock


class Handler(BaseHTTPRequestHandler):
    """One request."""

    folder: Path
    token: str
    line = Lock()

    def do_POST(self) -> None:
        """Take a message, once however often it comes."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Authorization"] != f"Bearer {self.token}":
            self._answer(401)
            return
        with self.line:
            fault = self._fault()
            if fault:
                self._answer(fault)
                return
            message, kept = json.loads(body), self.folder / "messages.jsonl"
            known = kept.read_text() if kept.exists() else ""
            if self.headers["Idempotency-Key"] not in known:
                kept.write_text(known + json.dumps(message) + "\n")
        self._answer(202, {"id": f"gw-{message['id'][-6:]}"})

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def _fault(self) -> int:
        path = self.folder / "faults"
        waiting = path.read_text().split() if path.exists() else []
        path.write_text("\n".join(waiting[1:]))
        return int(waiting[0]) if waiting else 0

    def _answer(self, status: int, said: object = None) -> None:
        body = b"" if said is None else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until killed."""
    Handler.folder, Handler.token = Path(sys.argv[1]), sys.argv[2]
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[3])), Handler)
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
