"""What the centre tells a flow that wants to know: of the caller, the moment, and whether an office is open.

Easy to break: every fact of `flow.FACTS` must be told, for conditions may name any of them.
"""

from __future__ import annotations

from fs_control.centre.opening import clock_facts, told_hours
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.flow import HoursTold, Value, nothing_known
from fs_control.ids import AgentId, NumberKind, dialled_form
from fs_control.records import Directory


def facts_of(step: Step, live: LiveCall) -> dict[str, Value]:
    """Tell what is known of a caller at this moment; of one who could not be looked up, what the call itself says."""
    caller, facts, directory = live.record.caller, live.facts, step.centre.directory
    told = nothing_known()
    told |= {
        "caller.number": dialled_form(caller, directory.region),
        "caller.name": live.record.caller_name,
        "caller.anonymous": caller.kind is NumberKind.ANONYMOUS,
        "call.number": live.call.number,
        **clock_facts(step.centre, step.now),
    }
    if facts is not None and facts.customer is not None:
        customer = facts.customer
        told |= {
            "customer.known": True,
            "customer.name": customer.name,
            "customer.vip": customer.priority,
            "customer.owner": _number_of(directory, customer.owner),
        }
    if facts is not None and facts.last_talk is not None:
        told["customer.last_agent"] = _number_of(directory, facts.last_talk.agent)
    return told


def hours_of(step: Step, calendar: str) -> HoursTold:
    """Tell whether a calendar is open; one that is gone is closed."""
    return HoursTold(*told_hours(step.centre, calendar, step.now))


def _number_of(directory: Directory, agent: AgentId) -> str:
    known = directory.agents.get(agent)
    return known.number if known is not None else ""
