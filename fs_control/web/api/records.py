"""The API's records of ended calls: in pages, or one with everything below it.

Owns routes. A page ends at a call, not at a number of calls, so that what comes in meanwhile moves nothing. Easy to
break: a token of one agent sees the calls of that agent alone, also where somebody knows the id of another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from apiflask import APIBlueprint

from fs_control.centre import CallCentre
from fs_control.centre.views import agent_numbered
from fs_control.errors import UserMistake
from fs_control.ids import AgentId, CallId, GroupId, Micros, parse_phone_number
from fs_control.ports import CallPages, CallPlace, CallsWanted
from fs_control.records import CallRecord, Scope
from fs_control.web.api.gate import Gate
from fs_control.web.api.questions import RecordQuery, cursor_of, place_of
from fs_control.web.api.record_shapes import RecordNames, is_about, record_shape, whole_record
from fs_control.web.api.shapes import RecordPage, WholeRecord
from fs_control.web.control_api import Control

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def records_blueprint(control: Control, gate: Gate, pages: CallPages) -> APIBlueprint:
    """Return the routes below /v1/records."""
    routes = APIBlueprint("records", __name__, tag="Records", url_prefix="/v1")

    @routes.get("/records")
    @gate.needs(routes, Scope.CALLS_READ)
    @routes.input(RecordQuery, location="query")
    @routes.output(RecordPage)
    def list_records(query_data: RecordQuery) -> RecordPage:
        """Ended calls, the newest first."""
        centre = control.centre()
        if query_data.agent is not None:
            gate.refuse_other_agents(query_data.agent)
        wanted = _wanted(centre, query_data, gate.own_agent)
        behind = None if query_data.after is None else place_of(query_data.after)
        found = pages.page(wanted, behind, query_data.limit + 1)
        names = RecordNames(centre.directory)
        shown = [record_shape(record, names) for record in found[: query_data.limit]]
        return RecordPage(records=shown, next=_next(found, query_data.limit))

    @routes.get("/records/<call>")
    @gate.needs(routes, Scope.CALLS_READ)
    @routes.output(WholeRecord)
    def show_record(call: str) -> WholeRecord:
        """One ended call with its segments, offers and steps."""
        found = pages.ended([CallId(call)])
        if not found or not is_about(found[0], gate.own_agent):
            raise UserMistake("record_not_found", call=call)
        return whole_record(found[0], RecordNames(control.centre().directory))

    return routes


def _next(found: Sequence[CallRecord], limit: int) -> str | None:
    if len(found) <= limit:
        return None
    last = found[limit - 1]
    return cursor_of(CallPlace(last.started_at, last.call_id))


def _wanted(centre: CallCentre, query: RecordQuery, own: AgentId | None) -> CallsWanted:
    return CallsWanted(
        started_from=_micros(query.started_from),
        started_before=_micros(query.started_before),
        number=query.number,
        caller=None if query.caller is None else _caller(centre, query.caller),
        agent=own if query.agent is None else _agent(centre, query.agent),
        group=None if query.group is None else _group(centre, query.group),
        disposition=query.disposition,
    )


def _micros(at: datetime | None) -> Micros | None:
    return None if at is None else Micros((at - _EPOCH) // _MICROSECOND)


def _caller(centre: CallCentre, text: str) -> str:
    return parse_phone_number(text, centre.directory.region).key or text


def _agent(centre: CallCentre, number: str) -> AgentId:
    profile = agent_numbered(centre, number)
    if profile is None:
        raise UserMistake("agent_unknown", agent=number)
    return profile.id


def _group(centre: CallCentre, name: str) -> GroupId:
    found = next((group.id for group in centre.directory.groups.values() if group.name == name), None)
    if found is None:
        raise UserMistake("group_unknown", group=name, nearest=None)
    return found
