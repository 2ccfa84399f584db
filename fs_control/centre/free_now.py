"""Whether somebody could be rung for a caller at this very moment: for those whom the flow lets wait for nobody (N7).

Asks the same that the match asks. Easy to break: as long as it is not known who calls, their own agent may be free, who
belongs to no group of theirs; so nobody is sent away before that is known.
"""

from __future__ import annotations

from fs_control.centre.muster import Muster
from fs_control.centre.state import LiveCall
from fs_control.centre.step import Step
from fs_control.ids import GroupId


def may_be(step: Step, live: LiveCall, group_id: GroupId) -> bool:
    """Tell whether a member of a group, or the caller's own agent, may be offered this caller now, or may turn out to.

    Groups that help out count only where they do so at once.
    """
    groups = step.centre.directory.groups
    if live.being_looked_up or group_id not in groups:
        return live.being_looked_up
    at_once = [each.group for each in groups[group_id].overflow if each.after_s == 0 and each.group in groups]
    asked = [groups[each] for each in (group_id, *at_once)]
    muster = Muster(step, asked)
    return any(muster.decide(group, live) is not None for group in asked)
