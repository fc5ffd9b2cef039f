"""Another system in the tests: a client of the programming interface with a token of its own."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp.services import clients
from fieldapp.services.scope import Scope
from tests.fieldwork.estate import Estate

Json = dict[str, Any]


@dataclass
class System:
    """Speaks JSON with a bearer token."""

    client: FlaskClient
    token: str

    def ask(self, method: str, path: str, *, json: object = None, **headers: str) -> TestResponse:
        """Send a request below /api/v1; headers are named with underscores."""
        sent = {
            "Authorization": f"Bearer {self.token}",
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        return self.client.open(f"/api/v1{path}", method=method, json=json, headers=sent, buffered=True)

    def get(self, path: str, **headers: str) -> TestResponse:
        """Read."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, values: object, **headers: str) -> TestResponse:
        """Make."""
        return self.ask("POST", path, json=values, **headers)

    def patch(self, path: str, values: object, **headers: str) -> TestResponse:
        """Change."""
        return self.ask("PATCH", path, json=values, **headers)

    def listed(self, path: str) -> list[Json]:
        """Everything of a list, page by page."""
        found: list[Json] = []
        cursor, mark = "", "&" if "?" in path else "?"
        while True:
            page = self.get(f"{path}{mark}limit=2{cursor}").get_json()
            found += page["items"]
            if page["next_cursor"] is None:
                return found
            cursor = f"&cursor={page['next_cursor']}"


def system(estate: Estate, scope: str = "write", agency: str | None = None) -> System:
    """A system of the landlord, or of one agency."""
    with estate.app.app_context():
        own = Scope(estate.landlord_id, estate.agencies[agency] if agency else None)
        token = clients.give(own, "Progiciel", scope)
    return System(estate.app.test_client(), token)


def building(estate: Estate, **changes: object) -> Json:
    """A building as it is sent."""
    place = {"street": "2 rue Neuve", "postcode": "29000", "town": "Quimper"}
    return {"agency_id": estate.agencies["north"], "reference": "B2", "name": "Les Tilleuls", **place, **changes}


def dwelling(building_id: str, **changes: object) -> Json:
    """A dwelling as it is sent."""
    heating = {"heating_scope": "individual", "heating_energy": "gas", "hot_water_scope": "individual"}
    return {"building_id": building_id, "reference": "L-1", "kind": "apartment", "area": "64.30", **heating, **changes}
