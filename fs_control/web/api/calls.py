"""The API's calls that are under way."""

from __future__ import annotations

from apiflask import APIBlueprint

from fs_control.calls import CallState
from fs_control.centre import CallCentre
from fs_control.centre.views import CallView, calls_of
from fs_control.errors import UserMistake
from fs_control.records import Scope
from fs_control.web.api.gate import Gate
from fs_control.web.api.shapes import LiveCallList, LiveCallShape, moment
from fs_control.web.control_api import Control


def calls_blueprint(control: Control, gate: Gate) -> APIBlueprint:
    """Return the routes below /v1/calls; a token of one agent sees the calls of that agent."""
    routes = APIBlueprint("calls", __name__, tag="Calls", url_prefix="/v1")

    def visible() -> dict[str, LiveCallShape]:
        centre = control.centre()
        own = gate.own_agent
        profile = None if own is None else centre.directory.agents.get(own)
        seen = (
            view for view in calls_of(centre) if own is None or (profile is not None and view.agent == profile.number)
        )
        return {view.call: _shape(view, centre) for view in seen}

    @routes.get("/calls")
    @gate.needs(routes, Scope.CALLS_READ)
    @routes.output(LiveCallList)
    def list_calls() -> LiveCallList:
        """Every call under way."""
        return LiveCallList(calls=list(visible().values()))

    @routes.get("/calls/<call>")
    @gate.needs(routes, Scope.CALLS_READ)
    @routes.output(LiveCallShape)
    def show_call(call: str) -> LiveCallShape:
        """One call under way; one that is over is among the records."""
        found = visible().get(call)
        if found is None:
            raise UserMistake("call_not_live", call=call)
        return found

    return routes


def _shape(view: CallView, centre: CallCentre) -> LiveCallShape:
    call = centre.calls[view.call].call
    return LiveCallShape(
        call=view.call,
        number=view.number,
        caller=view.caller,
        caller_name=view.caller_name,
        state=view.state,
        talk=call.talk.state if call.state is CallState.TALKING else None,
        group=view.group,
        agent=view.agent,
        started_at=moment(view.started_at),
        since=moment(view.since),
    )
