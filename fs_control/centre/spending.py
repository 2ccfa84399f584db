"""What calls outside cost, as an estimate: each minute that begins is counted when it begins.

So a call that never ends is seen while it lasts, and not when the bill comes. Easy to break: whoever ends such a call,
or its costly leg, has to end this too (`stop`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.centre import alarms, dial_ledger
from fs_control.centre.state import Charge, LiveCall
from fs_control.centre.step import Step
from fs_control.ids import AgentId, TimerId, seconds

MINUTE: Final = seconds(60)


def begin(step: Step, live: LiveCall, agent: AgentId | None, cost: int) -> LiveCall:
    """Somebody outside has answered, whom an agent or a flow dialled: count the first minute, once."""
    if live.charge is not None:
        return live
    live = step.keep(replace(live, charge=Charge(agent, cost)))
    another_minute(step, live)
    return live


def another_minute(step: Step, live: LiveCall) -> None:
    """Count the minute that has begun, and come again when the next one does."""
    if live.charge is None:
        return
    step.change(dials=dial_ledger.charged(step.centre.dials, live.charge.agent, live.charge.cost))
    alarms.spent(step, live.charge.agent)
    step.start_timer(TimerId(f"charge:{live.call.id}"), MINUTE)


def stop(step: Step, live: LiveCall) -> LiveCall:
    """The costly leg is over."""
    step.cancel_timer(TimerId(f"charge:{live.call.id}"))
    step.change(dials=dial_ledger.over(step.centre.dials, live.call.id))
    return step.keep(replace(live, charge=None)) if live.charge is not None else live
