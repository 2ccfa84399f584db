"""OpenAPI and the page that shows it: whole, true to the routes, and without anything from elsewhere."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from fs_control.records import Action, Scope
from fs_control.web.api.pages import VENDOR

PAGE = Path(__file__).parents[4] / "docs" / "api.md"

SHIPPED = {
    "swagger-ui-bundle.js": "e6a898692f2d768e807c3ba4626068a69a2c5dd960dd6c76f3e4d3a3de180af2",
    "swagger-ui.css": "5ed08757e53da3e026d6cbecc61fe5d43585c9560b302d534ad56692519a273d",
}
"""Of swagger-ui-dist 5.35.0 as npm has it."""


@pytest.fixture
def specification(api):
    answer = api.ask("GET", "/openapi.json", token="")
    assert answer.status == 200
    return answer.json


def operations(specification):
    for path, methods in specification["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def references(value):
    if isinstance(value, dict):
        yield from ([value["$ref"]] if isinstance(value.get("$ref"), str) else [])
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from references(each)


def test_it_is_of_the_version_that_knows_json_schema(specification):
    assert specification["openapi"].startswith("3.1.")


def test_where_the_api_is_nobody_can_tell_by_a_header(api):
    told = api.ask("GET", "/openapi.json", token="", Host="evil.example")
    assert told.json["servers"] == [{"url": "/"}]


def test_every_reference_leads_somewhere(specification):
    named = {f"#/components/schemas/{name}" for name in specification["components"]["schemas"]}
    assert set(references(specification)) <= named


def test_every_operation_is_named_once_and_every_part_of_its_address_is_told(specification):
    ids = [operation["operationId"] for _, _, operation in operations(specification)]
    assert len(ids) == len(set(ids))
    for path, _, operation in operations(specification):
        told = {each["name"] for each in operation.get("parameters", []) if each["in"] == "path"}
        assert told == set(re.findall(r"{(\w+)}", path))


def test_everything_but_health_needs_a_token_and_says_for_what(specification):
    for path, _, operation in operations(specification):
        assert ("security" in operation) == (path != "/v1/health"), path
        if path not in ("/v1/health", "/v1/token"):
            assert operation["x-scope"] in set(Scope)


def test_every_refusal_is_a_problem(specification):
    for path, method, operation in operations(specification):
        assert method == "get" or {"409", "422"} <= operation["responses"].keys()
        for status, answer in operation["responses"].items():
            if int(status) >= 400 and path != "/v1/health":
                assert list(answer["content"]) == ["application/problem+json"]


def test_the_actions_are_those_of_the_one_list(specification):
    parameters = specification["paths"]["/v1/agents/{number}/actions/{action}"]["post"]["parameters"]
    (action,) = [each for each in parameters if each["name"] == "action"]
    assert action["schema"]["enum"] == [each.replace("_", "-") for each in Action]


def test_the_page_loads_nothing_from_elsewhere_and_may_not(api):
    page = api.ask("GET", "/docs", token="")
    assert page.status == 200
    links = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    assert [link for link in links if not link.startswith(("/docs/", "data:"))] == []
    for link in links:
        if link.startswith("/"):
            assert api.ask("GET", link, token="").status == 200
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy


@pytest.mark.parametrize("route", ["/docs/door.py", "/docs/..%2Fdoor.py", "/docs/LICENSE", "/docs/%2e%2e/door.py"])
def test_the_page_serves_its_own_files_alone(api, route):
    assert api.ask("GET", route, token="").status == 404


@pytest.mark.parametrize(("name", "digest"), SHIPPED.items())
def test_the_script_of_others_is_the_one_that_was_read(name, digest):
    assert sha256((VENDOR / name).read_bytes()).hexdigest() == digest
    assert (VENDOR / "LICENSE").is_file()


def test_the_page_of_the_documents_names_every_address_scope_and_action(specification):
    page = PAGE.read_text(encoding="utf-8")
    named = [*specification["paths"], *Scope, *(action.replace("_", "-") for action in Action)]
    assert [each for each in named if f"`{each}`" not in page and f" {each}`" not in page] == []
