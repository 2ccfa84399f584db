"""What calls outside cost, as an estimate: each minute that begins is counted when it begins.

So a call that never ends is seen while it lasts, and not when the bill comes. It is the leg that costs: a customer who
was called and somebody outside who is asked cost twice. Easy to break: whoever ends such a leg has to end this too
(`stop`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.centre import alarms, dial_ledger
from fs_control.centre.state import Charge, LiveCall
from fs_control.centre.step import Step
from fs_control.ids import AgentId, LegId, TimerId, seconds

MINUTE: Final = seconds(60)


def begin(step: Step, live: LiveCall, leg: LegId, agent: AgentId | None, cost: int) -> LiveCall:
    """Somebody outside has answered, whom an agent or a flow dialled: count the first minute of the leg, once."""
    if leg in live.charges:
        return live
    live = step.keep(replace(live, charges={**live.charges, leg: Charge(agent, cost)}))
    another_minute(step, leg)
    return live


def another_minute(step: Step, leg: LegId) -> None:
    """Count the minute of a leg that has begun, and come again when the next one does."""
    live = step.live_on(leg)
    charge = live.charges.get(leg) if live is not None else None
    if charge is None:
        return
    step.change(dials=dial_ledger.charged(step.centre.dials, charge.agent, charge.cost))
    alarms.spent(step, charge.agent)
    step.start_timer(TimerId(f"charge:{leg}"), MINUTE)


def stop(step: Step, live: LiveCall, leg: LegId) -> LiveCall:
    """A leg of somebody outside is over; one that cost nothing yet, or never does, is no mistake."""
    step.cancel_timer(TimerId(f"charge:{leg}"))
    step.change(dials=dial_ledger.over(step.centre.dials, leg))
    if leg not in live.charges:
        return live
    return step.keep(replace(live, charges={each: paid for each, paid in live.charges.items() if each != leg}))
