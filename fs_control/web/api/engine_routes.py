"""The API's own state: whether calls are taken, and whose token it is that asks."""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint

from fs_control.centre.views import status_of
from fs_control.web.api.gate import Gate
from fs_control.web.api.shapes import Health, Me, moment
from fs_control.web.control_api import Control


def engine_blueprint(control: Control, gate: Gate) -> APIBlueprint:
    """Return /v1/health, which needs no token and tells no number, and /v1/token."""
    routes = APIBlueprint("engine", __name__, tag="Engine", url_prefix="/v1")

    @routes.get("/health")
    @routes.output(Health)
    @routes.doc(responses={503: "No calls are taken"})
    def health() -> tuple[Health, int]:
        """Whether calls are taken: 200, or 503 and why not."""
        status = status_of(control.centre())
        if status.is_draining:
            return Health(status="draining"), HTTPStatus.SERVICE_UNAVAILABLE
        if not status.is_switch_there:
            return Health(status="switch_away"), HTTPStatus.SERVICE_UNAVAILABLE
        return Health(status="ok"), HTTPStatus.OK

    @routes.get("/token")
    @gate.needs(routes)
    @routes.output(Me)
    def me() -> Me:
        """What the token of this request allows."""
        token = gate.token
        profile = None if token.agent is None else control.centre().directory.agents.get(token.agent)
        return Me(
            name=token.name,
            scopes=sorted(token.scopes),
            agent=None if profile is None else profile.number,
            expires_at=moment(token.expires_at),
        )

    return routes
