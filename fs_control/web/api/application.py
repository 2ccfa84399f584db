"""The API as one WSGI application: its routes, who may ask, how refusals look, and what every answer carries.

Owns the joining of its parts and nothing of what they do. Easy to break: whatever does something is noted with the name
of its token, whether it was done or refused, and never with what its body says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import structlog
from apiflask import APIFlask, HTTPError
from flask import Response, g, request

import fs_control
from fs_control.ports import CallMemories, CallPages
from fs_control.web.api.agents import agents_blueprint
from fs_control.web.api.calls import calls_blueprint
from fs_control.web.api.customers import customers_blueprint
from fs_control.web.api.engine_routes import engine_blueprint
from fs_control.web.api.gate import Gate
from fs_control.web.api.groups import groups_blueprint
from fs_control.web.api.once import REPLAYED, Once
from fs_control.web.api.pages import docs_blueprint
from fs_control.web.api.problems import problem_of
from fs_control.web.api.records import records_blueprint
from fs_control.web.api.specification import described
from fs_control.web.api.token_book import TokenBook
from fs_control.web.control_api import Control
from fs_control.web.json_request import JsonRequest

log = structlog.get_logger(__name__)

LARGEST_BODY: Final = 64 * 1024
"""Bytes; the largest that anybody needs is a note."""

LEFT_TO_US: Final = (
    *("AUTO_404_RESPONSE", "AUTO_VALIDATION_ERROR_RESPONSE", "AUTO_AUTH_ERROR_RESPONSE"),
    "AUTO_SERVERS",
)
"""What the framework would say of refusals, which `specification` says as it is; and of the server, in the words of
whoever asks first (the header Host).
"""

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""What every answer says to a browser; a page that needs more says so itself."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """What the API reads of the past."""

    records: CallPages
    memories: CallMemories


def api_application(control: Control, tokens: TokenBook, shelves: Shelves) -> APIFlask:
    """Return the WSGI application that answers for `control` whoever shows one of the `tokens`."""
    app = APIFlask(__name__, title="fs_control", version=fs_control.__version__, docs_path=None, json_errors=False)
    app.request_class = JsonRequest
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config.update(dict.fromkeys(LEFT_TO_US, False), AUTO_OPERATION_ID=True, SERVERS=[{"url": "/"}])
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of Flask's own provider
    gate = Gate(control, tokens)
    once = Once(gate, control.now)
    app.register_blueprint(engine_blueprint(control, gate))
    app.register_blueprint(agents_blueprint(control, gate, once))
    app.register_blueprint(calls_blueprint(control, gate))
    app.register_blueprint(groups_blueprint(control, gate))
    app.register_blueprint(records_blueprint(control, gate, shelves.records))
    app.register_blueprint(customers_blueprint(control, gate, shelves.memories))
    app.register_blueprint(docs_blueprint())
    app.spec_processor(described)
    app.register_error_handler(Exception, problem_of)
    app.register_error_handler(HTTPError, problem_of)
    app.after_request(_finished)
    return app


def _finished(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if g.get("is_replay"):
        response.headers[REPLAYED] = "true"
    if request.method == "POST":
        log.info("api request", **_audit(response))
    return response


def _audit(response: Response) -> dict[str, Any]:
    token = g.get("api_token")
    return {
        "action": "api_request",
        "token": None if token is None else token.name,
        "path": request.path,
        "status": response.status_code,
        "replay": bool(g.get("is_replay")),
    }
