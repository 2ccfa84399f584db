"""Refusals and faults as problem+json (RFC 9457): the sentence of the command line, in the asker's language.

Owns what a refused request is told; which status it gets is for `web.error_map`. Easy to break: of a defect of ours
only its class leaves, its words may be somebody's data.
"""

from __future__ import annotations

from typing import Any, Final

import structlog
from flask import Response, jsonify, request
from werkzeug.exceptions import HTTPException

from fs_control.errors import FsControlError, UserMistake
from fs_control.texts import LANGUAGES, sentence
from fs_control.web.error_map import answer_to_error, status_of_error
from fs_control.web.invalid import as_mistake, bad_fields, in_our_words

log = structlog.get_logger(__name__)

MEDIA_TYPE: Final = "application/problem+json"

_CHALLENGES: Final[dict[str, str]] = {
    "token_missing": 'Bearer realm="fs_control"',
    "token_refused": 'Bearer realm="fs_control", error="invalid_token"',
    "token_expired": 'Bearer realm="fs_control", error="invalid_token"',
    "token_lacks_scope": 'Bearer realm="fs_control", error="insufficient_scope", scope="{scope}"',
}
"""What RFC 6750 wants to be said beside a refusal."""

PROBLEM_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["title", "status", "detail", "code", "values"],
    "properties": {
        "title": {"type": "string", "description": "The status in words"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "The sentence for a person, in the language of Accept-Language"},
        "code": {"type": "string", "description": "The same for a program"},
        "values": {"type": "object", "description": "What the sentence is about"},
        "errors": {
            "type": "array",
            "description": "Each field that cannot be read",
            "items": {"type": "object", "properties": {"field": {"type": "string"}, "kind": {"type": "string"}}},
        },
    },
}


def language_asked() -> str:
    """Return the language of `Accept-Language`; English where none of ours is wanted."""
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def problem_of(raised: Exception) -> Response:
    """Return the answer to a request that raised."""
    error = as_mistake(raised)
    if not isinstance(error, FsControlError | HTTPException):
        log.error("request crashed", action="api_request_crashed", path=request.path, exc_info=error)
    told, status = answer_to_error(in_our_words(error)), status_of_error(error)
    body = {
        "title": status.phrase,
        "status": status.value,
        "detail": sentence(told.code, told.values, language_asked()),
        "code": told.code,
        "values": told.values,
    }
    fields = [{"field": each.field, "kind": each.kind} for each in bad_fields(raised)]
    response = jsonify({**body, "errors": fields} if fields else body)
    response.status_code, response.mimetype = status.value, MEDIA_TYPE
    response.headers["Content-Language"] = language_asked()
    response.vary.add("Accept-Language")
    _add_headers(response, error)
    return response


def _add_headers(response: Response, error: Exception) -> None:
    if isinstance(error, HTTPException):
        response.headers.extend(
            [header for header in error.get_headers() if header[0].lower() not in ("content-type", "content-length")]
        )
    if not isinstance(error, UserMistake):
        return
    if error.code in _CHALLENGES:
        response.headers["WWW-Authenticate"] = _CHALLENGES[error.code].format_map(error.values)
    if error.code == "too_many_refusals":
        response.headers["Retry-After"] = str(error.values["seconds"])
