"""The API's calls that are under way."""

from __future__ import annotations

from apiflask import APIBlueprint

from fs_control.centre.views import CallView, calls_of
from fs_control.errors import UserMistake
from fs_control.records import Scope
from fs_control.web.api.gate import Gate
from fs_control.web.api.shapes import LiveCallList, LiveCallShape, moment
from fs_control.web.control_api import Control


def calls_blueprint(control: Control, gate: Gate) -> APIBlueprint:
    """Return the routes below /v1/calls; a token of one agent sees the calls of that agent."""
    routes = APIBlueprint("calls", __name__, tag="Calls", url_prefix="/v1")

    def visible() -> list[CallView]:
        centre = control.centre()
        own = gate.own_agent
        profile = None if own is None else centre.directory.agents.get(own)
        calls = calls_of(centre)
        return [view for view in calls if own is None or (profile is not None and view.agent == profile.number)]

    @routes.get("/calls")
    @gate.needs(routes, Scope.CALLS_READ)
    @routes.output(LiveCallList)
    def list_calls() -> LiveCallList:
        """Every call under way."""
        return LiveCallList(calls=[_shape(view) for view in visible()])

    @routes.get("/calls/<call>")
    @gate.needs(routes, Scope.CALLS_READ)
    @routes.output(LiveCallShape)
    def show_call(call: str) -> LiveCallShape:
        """One call under way; one that is over is among the records."""
        found = next((view for view in visible() if view.call == call), None)
        if found is None:
            raise UserMistake("call_not_live", call=call)
        return _shape(found)

    return routes


def _shape(view: CallView) -> LiveCallShape:
    return LiveCallShape(
        call=view.call,
        number=view.number,
        caller=view.caller,
        caller_name=view.caller_name,
        state=view.state,
        group=view.group,
        agent=view.agent,
        started_at=moment(view.started_at),
        since=moment(view.since),
    )
