"""OpenAPI: the schema is true, its page is our own, and no generated request finds a hole in either."""

import json
import os
import re
from itertools import cycle
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.contrib.staticfiles import finders
from django.core.wsgi import get_wsgi_application
from django.test import Client
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from tests import world
from tests.api.callers import STEPS, Caller, bring

from yousu.api.app import api
from yousu.org import accounts

Callers = dict[str, Caller]
# As many as two minutes take; the long run takes its time.
EXAMPLES = int(os.environ.get("YOUSU_SCHEMATHESIS_EXAMPLES", "400" if os.environ.get("YOUSU_LONG") == "1" else "40"))
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
# Everything a caller could be allowed, so that a request goes as deep as it can.
ROLES = ("call_taker", "dispatcher", "handler", "call_back_officer", "supervisor", "security_administrator")


def _operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(path_prefix="api/v1/"))))
    schema.app = get_wsgi_application()
    return [found.ok() for found in schema.get_all_operations()]


@pytest.fixture(scope="module")
def everybody(callers: Callers) -> Caller:
    """One account with every role that commands ask for, at the unit that leads."""
    accounts.create("everybody", None, roles=ROLES, unit="heating", name_zh="全", name_en="all")
    return Caller("everybody", accounts.create_token("everybody"))


@pytest.fixture(scope="module")
def stages(callers: Callers) -> dict[str, str]:
    """The number of a case in each stage."""
    return {stage: bring(callers, stage)["number"] for stage in STEPS}


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", _operations(), ids=lambda operation: operation.label)
def test_no_generated_request_gets_an_undocumented_answer(
    operation: Any, mode: GenerationMode, everybody: Caller, stages: dict[str, str]
) -> None:
    numbers = cycle(stages.values())

    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def ask(case: Any) -> None:
        headers = {"Authorization": f"Bearer {everybody.token}"}
        if "number" in (case.path_parameters or {}):
            # Numbers nobody has are soon tried; a live case goes deeper, at its very version.
            # Who is recused from a case sees it no more, so that each recusal takes a case of its own.
            is_recusal = operation.label.endswith("/recuse")
            case.path_parameters["number"] = world.recorded().number if is_recusal else next(numbers)
            if "If-Match" in (case.headers or {}):
                headers["If-Match"] = everybody.get(f"/appeals/{case.path_parameters['number']}")["ETag"]
        case.call_and_validate(headers=headers, checks=CHECKS)

    if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query or operation.headers):
        pytest.skip("takes nothing that could be wrong")
    ask()


def test_the_schema_is_openapi_3_1_and_needs_no_token() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")


def test_every_refusal_is_declared_as_a_problem() -> None:
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            assert {401, 503} <= set(operation["responses"]), (method, path)
            for status, response in operation["responses"].items():
                if status >= 400:
                    assert list(response["content"]) == ["application/problem+json"], (method, path)


def test_every_operation_has_a_name_of_its_own() -> None:
    paths = api.get_openapi_schema()["paths"].values()
    names = [operation["operationId"] for operations in paths for operation in operations.values()]
    assert len(names) == len(set(names))


def test_the_docs_page_asks_nobody_else_and_holds_no_script() -> None:
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    sources = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert all(source.startswith(("/static/", "/api/", "data:")) for source in sources)
    assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL) == ["", ""]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert all(finders.find(source.removeprefix("/static/")) for source in sources if source.startswith("/static/"))
