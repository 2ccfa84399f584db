"""Who was lost, which pairs were cut, which records are missing or wrong, who is stuck: rules over what was seen.

Pure. Each rule takes the evidence and names every case with its reason, so that a figure other than zero can be looked
into. Easy to break: a rule must believe the witness who cannot be wrong (the switch's file of a leg, the script of a
caller) and never the control plane, whose word is what is judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chaos.evidence import Evidence, Joined, Leg, Outage, Placed
from chaos.people import EndsBy, Story
from fs_control.ids import Micros, seconds

SOON = seconds(2)
"""How long after the end of one leg of a pair the other one is told that they are apart."""
ACT_LASTS = seconds(25)
"""How long what an agent was told may change a talk: the engine may die over it, and take it up again."""


class Fault(StrEnum):
    """What may be wrong."""

    LOST = "callers lost"
    CUT = "talking pairs cut"
    MISSING = "records missing"
    DOUBLED = "records doubled"
    OTHER_END = "records that tell another end than the switch"
    STUCK = "agents stuck"
    LEFT = "legs left at the switch"
    SILENCE = "new callers of an outage who heard no music"
    OUT_OF_PLACE = "callers back in line at another place"
    DIED = "control planes that ended by themselves"
    LEDGER = "complaints of ledger verify"


@dataclass(frozen=True, slots=True)
class Finding:
    """One case of something wrong: of what, and why."""

    fault: Fault
    about: str
    why: str
    at: Micros | None = None


def judge(evidence: Evidence) -> tuple[Finding, ...]:
    """Return everything that is wrong."""
    case = _Case(evidence)
    return (
        *_lost(case),
        *_cut(case),
        *_missing(case),
        *_doubled(case),
        *_other_end(case),
        *_stuck(case),
        *(Finding(Fault.LEFT, leg, "still there when all callers have gone") for leg in evidence.left),
        *(Finding(Fault.SILENCE, each.leg, "no music") for each in evidence.newcomers if not each.heard_music),
        *(Finding(Fault.OUT_OF_PLACE, each.call, "overtaken") for each in evidence.returns if not each.in_place),
        *(
            Finding(Fault.DIED, f"life {n}", "nobody killed it", life.ended_at)
            for n, life in enumerate(evidence.lives, start=1)
            if life.ended_by_itself
        ),
        *(Finding(Fault.LEDGER, "ledger verify", complaint) for complaint in evidence.complaints),
    )


class _Case:
    """The evidence, with what the rules look up in it."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.joins: defaultdict[str, list[Joined]] = defaultdict(list)
        """By each of the two legs."""
        self._call_of: dict[str, str] = {}
        """Legs that have ever been joined are legs of one call; by the leg, another one of the call or itself."""
        for joined in evidence.joins:
            self.joins[joined.one].append(joined)
            self.joins[joined.other].append(joined)
            self._call_of[self._call(joined.one)] = self._call(joined.other)
        self._acts: defaultdict[str, list[Micros]] = defaultdict(list)
        for act in evidence.acts:
            self._acts[self._call(act.leg)].append(act.at)

    def _call(self, leg: str) -> str:
        """Return the leg by which the call of a leg is known."""
        while self._call_of.get(leg, leg) != leg:
            leg = self._call_of[leg]
        return leg

    def acted_on(self, leg: str, at: Micros) -> bool:
        """Whether an agent was told to do something in this leg's call, not long before."""
        return any(act - SOON <= at <= act + ACT_LASTS for act in self._acts[self._call(leg)])

    def switch_died(self, since: Micros, until: Micros) -> bool:
        """Whether the switch died within a time."""
        return any(since <= outage.since <= until for outage in self.evidence.outages)


# --- lost ----------------------------------------------------------------------------------------------------------


def _lost(case: _Case) -> Iterator[Finding]:
    for placed in case.evidence.placed:
        why = _why_lost(case, placed)
        if why:
            leg = case.evidence.legs.get(placed.leg)
            at = placed.at if leg is None else leg.ended_at
            yield Finding(Fault.LOST, f"{placed.leg}, who {placed.story}", why, at)


def _why_lost(case: _Case, placed: Placed) -> str:
    """Say why a caller counts as lost; nothing where caller, flow or agent ended the call as the story says."""
    leg = case.evidence.legs.get(placed.leg)
    if leg is None:  # a leg of a killed switch has no file
        died = any(placed.at <= outage.until for outage in case.evidence.outages)
        return "" if died else "the switch has no file of the leg"
    if placed.story.ends_by is EndsBy.CALLER:
        return "" if leg.left_itself else f"ended with {leg.cause} ({leg.disposition}) before the caller wanted it"
    return _why_not_let_go(case, leg)


def _why_not_let_go(case: _Case, leg: Leg) -> str:
    """The caller stays until let go: that is after a talk that somebody has ended, and by an orderly good-bye."""
    if leg.disposition != "send_bye" or leg.cause != "NORMAL_CLEARING":
        return f"ended with {leg.cause} ({leg.disposition})"
    talks = [joined for joined in case.joins[leg.leg] if not joined.apart]
    if not talks:
        return "let go without any talk"
    last = talks[-1].other if talks[-1].one == leg.leg else talks[-1].one
    partner = case.evidence.legs.get(last)
    if partner is not None and partner.left_itself and partner.ended_at <= leg.ended_at:
        return ""
    return "" if case.acted_on(leg.leg, leg.ended_at) else "let go though nobody had ended the talk"


# --- pairs ---------------------------------------------------------------------------------------------------------


def _cut(case: _Case) -> Iterator[Finding]:
    for joined in case.evidence.joins:
        if joined.apart:
            why = _why_cut(case, joined)
            if why:
                yield Finding(Fault.CUT, f"{joined.one} and {joined.other}", why, joined.at)


def _why_cut(case: _Case, joined: Joined) -> str:
    """Say why a parting was nobody's wish."""
    one, other = (case.evidence.legs.get(leg) for leg in (joined.one, joined.other))
    if any(leg is not None and leg.left_itself and leg.ended_at <= joined.at + SOON for leg in (one, other)):
        return ""
    if case.acted_on(joined.one, joined.at):
        return ""
    if case.switch_died(Micros(joined.at - SOON), Micros(joined.at + SOON)):
        return ""
    return f"parted; the legs ended as {_end_of(one)} and {_end_of(other)}"


def _end_of(leg: Leg | None) -> str:
    return "unknown" if leg is None else f"{leg.cause} ({leg.disposition})"


# --- records -------------------------------------------------------------------------------------------------------


def _missing(case: _Case) -> Iterator[Finding]:
    stored = {row.leg for row in case.evidence.rows}
    for placed in case.evidence.placed:
        leg = case.evidence.legs.get(placed.leg)
        if leg is not None and leg.leg not in stored and not _was_never_ours(case, leg):
            yield Finding(Fault.MISSING, leg.leg, f"who {placed.story}", leg.ended_at)


def _was_never_ours(case: _Case, leg: Leg) -> bool:
    """Nobody was told of a caller who came while no control plane was there, and left before the next one was."""
    if leg.leg in case.evidence.told:
        return False
    return any(since <= leg.ended_at and leg.created_at <= until for since, until in absences(case.evidence))


def absences(evidence: Evidence) -> list[tuple[Micros, Micros]]:
    """Return the times in which no control plane could take a caller."""
    found = []
    for before, after in zip(evidence.lives, evidence.lives[1:], strict=False):
        if before.ended_at is not None:
            found.append((before.ended_at, Micros((after.ready_at or after.ended_at or after.started_at) + SOON)))
    return found


def _doubled(case: _Case) -> Iterator[Finding]:
    for leg, times in Counter(row.leg for row in case.evidence.rows).items():
        if times > 1:
            yield Finding(Fault.DOUBLED, leg, f"{times} records")


def _other_end(case: _Case) -> Iterator[Finding]:
    """A record must say of the caller what the switch's file says: that they left, or that they were let go."""
    for row in case.evidence.rows:
        leg = case.evidence.legs.get(row.leg)
        if leg is None:
            if row.leg and not (row.ended_by == "switch" and _in_outage(case.evidence.outages)):
                yield Finding(Fault.OTHER_END, row.leg, f"no file, and the record says {row.ended_by}, {row.cause}")
            continue
        if leg.left_itself != (row.ended_by == "caller"):
            said = f"the switch says {leg.cause} ({leg.disposition}), the record {row.ended_by}, {row.cause}"
            yield Finding(Fault.OTHER_END, row.leg, said, leg.ended_at)


def _in_outage(outages: Sequence[Outage]) -> bool:
    return bool(outages)


# --- agents --------------------------------------------------------------------------------------------------------


def _stuck(case: _Case) -> Iterator[Finding]:
    for agent in case.evidence.agents:
        if (agent.status, agent.state, agent.call) != (agent.expected, "idle", None):
            yield Finding(Fault.STUCK, agent.number, f"{agent.status}, {agent.state}, call {agent.call}")


def told_story(finding: Finding) -> Story | None:
    """Return the story that a finding is about, where it is about a caller."""
    return next((story for story in Story if finding.about.endswith(story.value)), None)
