"""The state doctor's looks at the ideal switch, for plays: what a listing would say, and what came of it.

Easy to break: a leg that a leader listens by carries no call, as the dialect has it, and is nobody's stranger.
"""

from __future__ import annotations

from collections.abc import Iterator

from fs_control.commands import KeepGhost
from fs_control.events import StateCompared
from fs_control.ids import CallId, LegId
from fs_control.records import Ghost, Stranger
from fs_control.testing.ideal_switch import Leg
from fs_control.testing.play import Play

AGAIN_AFTER_S = 10.0
"""Seconds between the two looks, as in life."""


def listing(play: Play, without: LegId | None = None) -> StateCompared:
    """Return what the switch says of its legs at this moment."""
    legs = [leg for leg in play.switch.legs.values() if not leg.over and leg.id != without]
    answered = tuple(leg.id for leg in legs if leg.answered)
    return StateCompared(
        core=play.centre.core or "",
        legs=tuple(leg.id for leg in legs),
        answered=answered,
        strangers=tuple(_strangers(play, legs)),
    )


def _strangers(play: Play, legs: list[Leg]) -> Iterator[Stranger]:
    centre = play.centre
    for leg in legs:
        known = leg.id in centre.legs or leg.id in centre.closing or leg.id in centre.supervised
        carries_call = leg.call is not None or (leg.phone is not None and leg.listens_to is None)
        is_alone = leg.bridging is None and play.switch.hears(leg.id) != "voice"
        if not known and carries_call and is_alone:
            yield Stranger(leg.id, leg.call or CallId("gone"), is_caller=leg.phone is None)


def look(play: Play) -> list[Ghost]:
    """Compare once; return what was healed by that."""
    before = len(play.commands)
    play.tell(listing(play))
    return [each.ghost for each in play.commands[before:] if isinstance(each, KeepGhost)]


def examine(play: Play) -> list[Ghost]:
    """Compare, and where something differs once more, as the runtime does; return what was healed."""
    healed = look(play)
    if play.centre.suspected:
        play.wait(AGAIN_AFTER_S)
        healed += look(play)
    return healed
