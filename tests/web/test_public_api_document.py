"""A machine that only knows the document asks for everything that it can think of, and the server keeps its word."""

from contextlib import closing
from typing import Any

import hypothesis
import pytest
import schemathesis
from jsonschema import Draft202012Validator
from schemathesis.checks import load_all_checks
from schemathesis.core.result import Ok

from tests.fieldwork.estate import Estate
from tests.fieldwork.office import sealed
from tests.fieldwork.systems import system

EXAMPLES = 12
"""A try at each operation; `FIELDAPP_SOAK` has its own profile with many more."""


def test_every_shape_of_the_document_is_a_good_schema(quick_estate: Estate) -> None:
    document = quick_estate.app.test_client().get("/api/v1/openapi.json").get_json()
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_whatever_is_asked_the_answer_is_the_one_of_the_document(quick_estate: Estate) -> None:
    flat = sealed(quick_estate)
    own = system(quick_estate)

    def nearby(environ: dict[str, Any], start_response: Any) -> Any:
        parts: Any = quick_estate.app({"REMOTE_ADDR": "127.0.0.1", **environ}, start_response)
        with closing(parts):
            return [b"".join(parts)]

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", nearby)
    load_all_checks()
    known = {
        "agencies": quick_estate.agencies["north"],
        "agents": quick_estate.agents["nadia"],
        "buildings": quick_estate.building_id,
        "dwellings": flat.ids["dwelling"],
        "meters": flat.ids["meter"],
        "tenancies": flat.ids["tenancy"],
        "inventories": flat.root_id,
    }
    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) > 20
    for operation in operations:
        _try(operation, own.token, known)


def _try(operation: Any, token: str, known: dict[str, str]) -> None:
    @hypothesis.seed(20261127)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy(), found=hypothesis.strategies.booleans())
    def ask(case: Any, found: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        part = case.path.split("/")[1]
        if found and "id" in (case.path_parameters or {}) and part in known:
            case.path_parameters["id"] = known[part]
            if case.method == "PATCH":
                case.headers["If-Match"] = "*"  # nobody can guess a version
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    ask()


@pytest.mark.parametrize("path", ("/api/v1/nothing", "/api/v1/dwellings/nothing", "/api/v1/"))
def test_what_is_not_there_is_a_problem_and_no_page(quick_estate: Estate, path: str) -> None:
    answer = quick_estate.app.test_client().get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_verb_that_is_not_there_names_those_that_are(quick_estate: Estate) -> None:
    answer = quick_estate.app.test_client().delete("/api/v1/dwellings")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert {"GET", "POST"} <= {verb.strip() for verb in answer.headers["Allow"].split(",")}
