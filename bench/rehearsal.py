"""Whole calls through the centre, without a shell: an ideal switch answers every order, and every event is kept.

Callers are strangers, which the database says at once.

The centre is a value, so what happened once can be applied again to the same centre and gives the same: that is what
`transitions` measures.
"""

from __future__ import annotations

from dataclasses import replace

from fs_control.centre import CallCentre, transition
from fs_control.commands import LookUpCaller, StoreRecord
from fs_control.events import (
    ActionRequested,
    CallerLookedUp,
    CallOffered,
    Event,
    RecordStored,
    SwitchFound,
)
from fs_control.ids import AgentId, CallId, Extension, LegId, Micros, RequestId, seconds
from fs_control.records import Action, CallerFacts, FlowText, ServiceNumber
from fs_control.testing.builders import LINE, a_directory, loaded, phone_of
from fs_control.testing.ideal_switch import IdealSwitch

MEMBERS = 10
"""Agents in a group; a decision gives a reason for each of them, so its cost depends on this and not on the calls."""
BEGINNING = Micros(1_795_000_000_000_000)


class Rehearsal:
    """A centre of so many groups, all agents signed in."""

    def __init__(self, groups: int) -> None:
        self.centre = CallCentre()
        self.events: list[Event] = []
        self._switch = IdealSwitch()
        self._calls = 0
        self._now = BEGINNING
        names = [f"group-{place}" for place in range(groups)]
        members = {name: range(1 + place * MEMBERS, 1 + (place + 1) * MEMBERS) for place, name in enumerate(names)}
        numbers = [ServiceNumber(str(4000 + place), name) for place, name in enumerate(names)]
        flows = [_line_of(name) for name in names]
        self._tell(loaded(a_directory(members, numbers), flows, max_calls=groups * MEMBERS))
        self._tell(SwitchFound(core="core", legs=()))
        for agent in range(1, groups * MEMBERS + 1):
            self._tell(
                ActionRequested(
                    request=RequestId(f"in-{agent}"), agent=AgentId(agent), by="bench", action=Action.SIGN_IN
                )
            )

    def connect(self, group: int) -> Extension:
        """Somebody calls and an agent answers; returns that agent's phone."""
        self._calls += 1
        call = CallId(f"call-{self._calls}")
        leg = LegId(f"leg-{self._calls}")
        self._switch.offer_leg(leg)
        dialled = str(4000 + group)
        self._tell(CallOffered(leg=leg, switch_at=self._now, call=call, dialled=dialled, caller="13800138000"))
        offer = self.centre.calls[call].call.offer
        if offer is None:
            raise RuntimeError(f"no agent was free in group {group}")
        phone = phone_of(offer.agent)
        self._switch.answer(phone)
        self._drain()
        return phone

    def whole_call(self, group: int) -> None:
        """Somebody calls, an agent answers, talks and hangs up, the record is stored."""
        phone = self.connect(group)
        self._switch.hang_up(self._switch.talking_leg(phone))
        self._drain()

    def _tell(self, event: Event) -> None:
        self._feed(event)
        self._drain()

    def _drain(self) -> None:
        while (event := self._switch.take()) is not None:
            self._feed(event)

    def _feed(self, event: Event) -> None:
        self._now = self._switch.now = Micros(self._now + seconds(0.001))
        event = replace(event, at=self._now)
        self.events.append(event)
        result = transition(self.centre, event)
        self.centre = result.centre
        for command in result.commands:
            self._switch.obey(command)
        for command in result.commands:
            if isinstance(command, StoreRecord):
                self._feed(RecordStored(call=command.record.call_id))
            elif isinstance(command, LookUpCaller):
                self._feed(CallerLookedUp(call=command.call, facts=CallerFacts()))


def _line_of(group: str) -> FlowText:
    return FlowText(group, LINE.text.replace("flow: line", f"flow: {group}").replace("sales", group))
