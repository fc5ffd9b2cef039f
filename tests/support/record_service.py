"""A landlord's own system of record, as somebody else would write it: a program of its own with its own database.

It knows nothing of fieldapp but the published convention. It keeps each event once, the readings by meter and inventory,
what the office accepted, and for each dwelling the keys and dates of the latest event. It misbehaves as the file `faults` beside its database says: one
word a line, used up one a request: `refuse` answers 503, `drop` keeps the event and hangs up without an answer, `stall` keeps
it and never answers, `redirect` points elsewhere. With no word left it answers as it should.
"""

import base64
import hashlib
import hmac
import json
import sqlite3
import sys
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

TABLES = """
CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, type TEXT, sequence INTEGER);
CREATE TABLE IF NOT EXISTS heard (id TEXT);
CREATE TABLE IF NOT EXISTS reading (meter TEXT, inventory TEXT, value TEXT, PRIMARY KEY (meter, inventory));
CREATE TABLE IF NOT EXISTS accepted (inventory TEXT PRIMARY KEY, at TEXT, readings TEXT, keys TEXT, dates TEXT);
CREATE TABLE IF NOT EXISTS dwelling (id TEXT PRIMARY KEY, sequence INTEGER, keys_handed_at TEXT, keys TEXT, elements TEXT,
    dates TEXT);
"""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: ThreadingHTTPServer
    folder: Path
    secret: bytes
    line = Lock()

    def do_POST(self) -> None:
        """Hear an event."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._is_signed(body):
            self._answer(401)
            return
        fault = self._fault()
        if fault == "refuse":
            self._answer(503)
            return
        if fault == "redirect":
            self._answer(307)
            return
        with self.line, closing(sqlite3.connect(self.folder / "record.sqlite3")) as database:
            keep(database, json.loads(body))
        if fault == "drop":
            self.close_connection = True
            return
        if fault == "stall":
            self.connection.recv(1)  # until the other side has had enough
            self.close_connection = True
            return
        self._answer(204)

    def log_message(self, *_words: object) -> None:
        """Nothing: the test reads the database."""

    def _is_signed(self, body: bytes) -> bool:
        told = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
        wanted = base64.b64encode(hmac.new(self.secret, told, hashlib.sha256).digest()).decode()
        return hmac.compare_digest(f"v1,{wanted}", self.headers["webhook-signature"])

    def _fault(self) -> str:
        with self.line:
            path = self.folder / "faults"
            words = path.read_text().split() if path.exists() else []
            path.write_text("\n".join(words[1:]))
        return words[0] if words else ""

    def _answer(self, status: int) -> None:
        self.send_response(status)
        if status == 307:
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()


def keep(database: sqlite3.Connection, event: dict) -> None:  # type: ignore[type-arg]  # it is a stranger's program
    """Keep an event once, and of two about one dwelling the later, whichever came first."""
    with database:
        database.execute("INSERT INTO heard VALUES (?)", (event["id"],))
        if database.execute("SELECT 1 FROM event WHERE id = ?", (event["id"],)).fetchone():
            return
        database.execute("INSERT INTO event VALUES (?, ?, ?)", (event["id"], event["type"], event["sequence"]))
        data = event["data"]
        if event["type"] == "inventory.accepted":
            readings = [(one["meter_id"], one["index"]) for one in data["readings"]]
            keys = [(key["label"], key["quantity"]) for key in data["keys"]]
            told = [json.dumps(one) for one in (readings, keys, data["dates"])]
            at = data["inventory"]["accepted_at"]
            database.execute("INSERT INTO accepted VALUES (?, ?, ?, ?, ?)", (data["inventory"]["id"], at, *told))
        if event["type"] != "inventory.sealed":
            return
        for reading in data["readings"]:
            row = (reading["meter_id"], data["inventory"]["id"], reading["index"])
            database.execute("INSERT INTO reading VALUES (?, ?, ?)", row)
        database.execute(
            "INSERT INTO dwelling VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence,"
            " keys_handed_at = excluded.keys_handed_at, keys = excluded.keys, elements = excluded.elements,"
            " dates = excluded.dates"
            " WHERE excluded.sequence > dwelling.sequence",
            (
                data["dwelling"]["id"],
                event["sequence"],
                data["inventory"]["keys_handed_at"],
                json.dumps([(key["label"], key["quantity"]) for key in data["keys"]]),
                json.dumps([(element["element_id"], element["state"]) for element in data["elements"]]),
                json.dumps(data["dates"]),
            ),
        )


def main() -> None:
    """`record_service.py FOLDER SECRET PORT`: serve until killed; says so on a line once it listens."""
    folder, secret, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    with closing(sqlite3.connect(folder / "record.sqlite3")) as database:
        database.executescript(TABLES)
    Handler.folder, Handler.secret = folder, base64.b64decode(secret.removeprefix("whsec_"))
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print("listening", flush=True)  # noqa: T201 - the test waits for it
    server.serve_forever()


if __name__ == "__main__":
    main()
