"""Whose turn it was: how round robin (Q3) keeps its place when the members of a group change."""

from __future__ import annotations

from collections.abc import Sequence

from fs_control.ids import AgentId


def turn_after_change(last: AgentId, before: Sequence[AgentId], after: Sequence[AgentId]) -> AgentId | None:
    """Return who counts as the last one to have had a turn, when the members were `before` and are `after`.

    That is the same agent, or the nearest one ahead of them who is still a member, so that the turn goes on where it
    was; None where nobody is left, and the turn begins anew.
    """
    place = before.index(last) + 1 if last in before else 0
    backwards = (last, *reversed(before[:place]), *reversed(before[place:]))
    return next((agent for agent in backwards if agent in after), None)
