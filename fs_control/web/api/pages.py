"""The page on which people read the API and try it: Swagger UI from this machine, nothing from elsewhere.

Owns /docs and its files. Easy to break: the page runs a big script of others, so it may load and ask nothing but this
server (Content-Security-Policy), and whatever a script could be told by an address is left alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, send_from_directory

import fs_control.web

ROOM: Final = Path(fs_control.web.__file__).parent
VENDOR: Final = ROOM / "vendor" / "swagger-ui"
STATIC: Final = ROOM / "api" / "static"

FILES: Final = {
    "docs.js": STATIC,
    "swagger-ui-bundle.js": VENDOR,
    "swagger-ui.css": VENDOR,
}

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Swagger UI writes styles into its elements, and its pictures are data."""


def docs_blueprint() -> Blueprint:
    """Return /docs and what it loads."""
    routes = Blueprint("docs", __name__)

    @routes.get("/docs")
    def page() -> Response:
        return _with_policy(send_from_directory(STATIC, "docs.html"))

    @routes.get("/docs/<name>")
    def file(name: str) -> Response:
        return _with_policy(send_from_directory(FILES.get(name, STATIC), name))

    return routes


def _with_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response
