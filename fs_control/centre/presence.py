"""Who is there to be waited for: whether anybody is signed in for a group, or for one caller.

Reads the directory and what agents chose; whether they are free at this moment is no matter here. Easy to break: a
caller's own agent counts too, who need not be a member of the group, and so does one who may yet turn out to be.
"""

from __future__ import annotations

from fs_control.centre.own_agent import own_agent_of
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.ids import GroupId


def someone_signed_in(step: Step, group: GroupId) -> bool:
    """Tell whether a group has a signed-in member; one that the directory has no more has nobody.

    Who is on a break of their own will be back, and counts; who is on one for not answering does not: callers must not
    wait for nobody, for ever.
    """
    known = step.centre.directory.groups.get(group)
    return known is not None and any(step.agent(member).is_there for member in known.members)


def someone_for(step: Step, live: LiveCall, group: GroupId) -> bool:
    """Tell whether somebody is signed in for this caller: a member of the group, or the caller's own agent.

    As long as the caller is being looked up there may be.
    """
    if group not in step.centre.directory.groups:
        return False
    own = own_agent_of(live, step.centre.directory)
    is_own_there = own is not None and step.agent(own).is_there
    return is_own_there or live.being_looked_up or someone_signed_in(step, group)
