"""The whole call centre of one enterprise as one value, and the root transition.

`transition(centre, event)` answers with the next centre, the orders that follow, and the reason. It knows the
machines (flow, calls, queues, agents, cdr) and no shell. Easy to break: whatever a handler changes goes through the
`Step`, so that a handler that raises leaves the old centre untouched.
"""

from fs_control.centre.keys import is_awaited
from fs_control.centre.state import CallCentre, LiveCall
from fs_control.centre.transition import Transition, call_of, due_timers, transition

__all__ = [
    "CallCentre",
    "LiveCall",
    "Transition",
    "call_of",
    "due_timers",
    "is_awaited",
    "transition",
]
