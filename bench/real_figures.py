"""The figures of a run on a real switch: ratios first, then each contender's own, with where our time goes.

Pure: rounds come in, figures go out. A ratio is taken round by round, for both halves then met the same machine. Easy
to break: a caller who was placed and never joined counts as endless, and goals hold at one pace only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from bench.figures import Figure, Goal, percentile, ratios
from bench.real_contenders import BARE, CALLCENTER, GREENSWITCH, OURS
from bench.real_rounds import RateRun, Round
from bench.real_watch import WatchedCall

GOAL_CALLS_PER_S = 20.0
TO_BRIDGE = Goal(60)
TO_BRIDGE_P99 = Goal(120)
INVITE_TO_200_P99 = Goal(20)

Taken = Callable[[Round], Sequence[float]]


def real_figures(run: RateRun) -> list[Figure]:
    """Everything about one pace."""
    return [*_joining(run), *_answering(run), *_cpu(run)]


def to_bridge(one: Round) -> tuple[float, ...]:
    """From answer to bridge, in milliseconds, of all callers of a round."""
    never = (math.inf,) * (one.placed - len(one.calls))
    return (*(call.to_bridge for call in one.calls), *never)


def invite_to_200(one: Round) -> tuple[float, ...]:
    """From INVITE to 200, in milliseconds, as the callers see it."""
    return (*one.invite_to_200, *((math.inf,) * (one.placed - len(one.invite_to_200))))


def switch_cpu(one: Round) -> tuple[float, ...]:
    """Milliseconds of the switch's CPU per call."""
    return (one.switch_cpu,)


def controller_cpu(one: Round) -> tuple[float, ...]:
    """Milliseconds of the controller's CPU per call, where there is a controller."""
    return () if one.controller_cpu is None else (one.controller_cpu,)


def all_of(run: RateRun, contender: str, taken: Taken) -> tuple[float, ...]:
    """What was taken down of a contender, over all rounds."""
    return tuple(value for one in run.rounds[contender] for value in taken(one))


def _joining(run: RateRun) -> Iterable[Figure]:
    what = f"answer to bridge, {run.calls_per_s:g}/s, FreeSWITCH"
    ours = all_of(run, OURS, to_bridge)
    bridged = f"{sum(map(math.isfinite, ours))} of {len(ours)} bridged, load {run.load:.1f} at the start"
    yield Figure(f"{what}: mod_callcenter / ours", "x", _ratio(run, CALLCENTER, OURS, to_bridge))
    yield Figure("- ours / a bare bridge", "x", _ratio(run, OURS, BARE, to_bridge))
    yield Figure(f"- ours ({bridged})", " ms", ours, _goal(run, TO_BRIDGE))
    yield Figure("- ours, the slowest of a hundred", " ms", (percentile(ours, 99),), _goal(run, TO_BRIDGE_P99))
    yield Figure("- of this until the agent's phone has answered", " ms", _parts(run, lambda call: call.to_agent))
    yield Figure("- and from there on", " ms", _parts(run, lambda call: call.to_bridge - call.to_agent))
    yield from _peers(run, to_bridge)


def _answering(run: RateRun) -> Iterable[Figure]:
    what = f"INVITE to 200, {run.calls_per_s:g}/s, FreeSWITCH"
    ours = all_of(run, OURS, invite_to_200)
    yield Figure(f"{what}: greenswitch / ours", "x", _ratio(run, GREENSWITCH, OURS, invite_to_200))
    yield Figure("- ours, the slowest of a hundred", " ms", (percentile(ours, 99),), _goal(run, INVITE_TO_200_P99))
    yield Figure("- ours", " ms", ours)
    yield Figure("- of this since the switch made the leg", " ms", _parts(run, lambda call: call.opening))
    yield from _peers(run, invite_to_200)


def _cpu(run: RateRun) -> Iterable[Figure]:
    what = f"CPU per call, {run.calls_per_s:g}/s, FreeSWITCH"
    yield Figure(f"{what}: the switch, ours / mod_callcenter", "x", _ratio(run, OURS, CALLCENTER, switch_cpu))
    yield Figure("- the switch with ours", " ms", all_of(run, OURS, switch_cpu))
    for peer in (CALLCENTER, BARE, GREENSWITCH):
        yield Figure(f"- the switch with {peer}", " ms", all_of(run, peer, switch_cpu))
    for controller in (OURS, GREENSWITCH):
        yield Figure(f"- the controller: {controller}", " ms", all_of(run, controller, controller_cpu))


def _peers(run: RateRun, taken: Taken) -> Iterable[Figure]:
    return (Figure(f"- {peer}", " ms", all_of(run, peer, taken)) for peer in (CALLCENTER, BARE, GREENSWITCH))


def _parts(run: RateRun, part: Callable[[WatchedCall], float]) -> tuple[float, ...]:
    """A part of our own calls' time, of those that were joined."""
    joined = (call for one in run.rounds[OURS] for call in one.calls if math.isfinite(call.to_agent + call.to_bridge))
    return tuple(part(call) for call in joined) or (math.inf,)


def _ratio(run: RateRun, above: str, below: str, taken: Taken) -> tuple[float, ...]:
    medians = [[percentile(taken(one), 50) for one in run.rounds[name]] for name in (above, below)]
    return ratios(*medians)


def _goal(run: RateRun, goal: Goal) -> Goal | None:
    return goal if run.calls_per_s == GOAL_CALLS_PER_S else None
