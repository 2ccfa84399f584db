"""What OpenAPI says beyond what the routes say themselves: the problems of all of them, in one place.

Owns the finishing of the specification. Easy to break: whatever a client is generated from this has to know the
refusals too, so each operation lists those that it can give.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from fs_control.records import Action
from fs_control.web.api.once import HEADER, LONGEST_KEY
from fs_control.web.api.problems import MEDIA_TYPE, PROBLEM_SCHEMA

_WITH_TOKEN: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
_READING: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE)
_DOING: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

_KEY: Final[dict[str, Any]] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
    "description": "Chosen by the asker: the same key again is answered as before, and done once",
}

DESCRIPTION: Final = (
    "Agents, calls, lines and records of one call centre. Refusals are problem+json: `code` for programs, `detail` "
    "for people, in the language of Accept-Language (English, Chinese)."
)


def described(specification: dict[str, Any] | str) -> dict[str, Any] | str:
    """Return the specification with its problems, and with the header that keeps a wish from being done twice."""
    if isinstance(specification, str):  # as YAML, which nobody asks for
        return specification
    specification["info"]["description"] = DESCRIPTION
    specification.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    for path in specification["paths"].values():
        for method, operation in path.items():
            if method in ("get", "post"):
                _describe(operation, is_doing=method == "post")
    return specification


def _describe(operation: dict[str, Any], *, is_doing: bool) -> None:
    if "security" not in operation:
        return
    for status in (*_WITH_TOKEN, *_READING, *(_DOING if is_doing else ())):
        operation["responses"][str(status.value)] = _problem(status)
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "action":
            parameter["schema"] = {"type": "string", "enum": [action.replace("_", "-") for action in Action]}
    if is_doing:
        operation.setdefault("parameters", []).append(_KEY)
    if "requestBody" in operation:
        operation["requestBody"]["required"] = False


def _problem(status: HTTPStatus) -> dict[str, Any]:
    return {
        "description": status.phrase,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
