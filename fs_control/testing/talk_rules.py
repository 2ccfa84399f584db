"""Talks as people have them: customers, agents, colleagues and an unsteady switch do things in any order.

`Talks` is a play with words for all of it, and with what must hold while people are on the phone: nobody is alone and
in silence for more than two seconds, no phone has two legs, and nothing is left when all customers have gone. Easy to
break: what was ordered is not carried out yet on a slow switch, so silence is measured and not looked at once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from fs_control.agents import AgentState, refusal_of
from fs_control.calls import CallState
from fs_control.centre import CallCentre, transition
from fs_control.centre.hearing import FREE_WITHIN
from fs_control.centre.moments import moment_of
from fs_control.events import ActionRequested, Event, RecordStored, SwitchFound, SwitchLost
from fs_control.ids import SECOND, AgentId, CallId, LegId, Micros, RequestId, seconds
from fs_control.records import Action, Right
from fs_control.runtime.codec import decode_event, decode_head, encode_event, encode_head
from fs_control.testing.builders import a_directory
from fs_control.testing.happening import Happening
from fs_control.testing.ideal_switch import Leg
from fs_control.testing.play import Play

LONGEST_SILENCE: Final = seconds(2)

OUTSIDER: Final = "13900139000"
"""Somebody who is no agent, and can be reached by the gateway."""

ALL_IS_OVER_WITHIN: Final = 40.0
"""Seconds: longer than a phone rings and than the end of a leg is waited for."""


class Talks(Play):
    """Agents 1 to 4 in two groups, and whoever talks with them."""

    def __init__(self, slowness_s: float = 0.0) -> None:
        self._silent: dict[LegId, Micros] = {}
        self._linked_at: Micros | None = None
        self.seen: Counter[str] = Counter()
        """In which states calls and talks were, by the events after which they were."""
        directory = a_directory({"sales": (1, 2, 3), "service": (2, 3, 4)}, ring_s=15.0)
        who_dial = {key: replace(agent, rights=frozenset(Right)) for key, agent in directory.agents.items()}
        super().__init__(directory=replace(directory, agents=who_dial))
        self.switch.slowness = seconds(slowness_s)

    # --- people ---

    def customer(self) -> CallId:
        """Somebody dials the line of a group; whoever comes back is known by the leg, also before we had answered."""
        call = self.caller()
        leg = self.switch.legs.get(self.live(call).call.leg) if call in self.centre.calls else None
        if leg is not None:
            leg.call = call
        return call

    def asks(self, agent: int, action: Action, to: str = "") -> str | None:
        """An agent asks for something at the desk; returns the code of the refusal, which changes nothing, or None."""
        before = self.centre
        by_table = refusal_of(action, moment_of(before, AgentId(agent)))
        self.feed(ActionRequested(request=RequestId("r"), agent=AgentId(agent), by="test", action=action, to=to))
        refusal = self.replies[-1].refusal
        assert by_table is None or refusal == by_table, (action, by_table, refusal)
        if refusal is not None:
            assert (self.centre.calls, self.centre.agents) == (before.calls, before.agents), (action, refusal)
        self.wait(0)
        return refusal

    def picks_up(self, phone: str) -> None:
        """Somebody takes a ringing phone up."""
        if any(not leg.answered for leg in self._legs_of(phone)):
            self.switch.answer(phone)
            self.wait(0)

    def puts_down(self, phone: str, cause: str = "NORMAL_CLEARING") -> None:
        """Somebody puts the phone down, or refuses what rings."""
        for leg in self._legs_of(phone):
            self.switch.hang_up(leg.id, cause if leg.answered else "CALL_REJECTED")
        self.wait(0)

    def presses_hold(self, phone: str) -> None:
        """Somebody presses the hold key of the phone itself."""
        for leg in self._legs_of(phone):
            if leg.answered:
                self.switch.press_hold(leg.id)
        self.wait(0)

    def customers_leave(self) -> None:
        """Every customer puts the phone down."""
        for leg in [leg for leg in self.switch.legs.values() if leg.phone is None]:
            self.switch.hang_up(leg.id)
        self.wait(0)

    def _legs_of(self, phone: str) -> list[Leg]:
        return [leg for leg in self.switch.legs.values() if leg.phone == phone and not leg.over]

    # --- the switch and ourselves ---

    def lose_link(self) -> None:
        """We are linked to the switch no more; callers' own connections stand."""
        self.switch.lose_link()
        self.tell(SwitchLost(reason="test"))

    def find_link(self) -> None:
        """The link is there again, and what was ordered is done by now; what was missed is found by what there is."""
        self.wait(self.switch.slowness / SECOND)
        legs = [leg for leg in self.switch.legs.values() if not leg.over]
        answered = tuple(leg.id for leg in legs if leg.answered)
        self.switch.find_link()
        self.tell(SwitchFound(core="core", legs=tuple(leg.id for leg in legs), answered=answered))

    def restart(self, length_s: float) -> None:
        """Our process is killed, and the next one begins after a while."""
        self.switch.lose_controller()
        self.switch.lose_link()
        self.pass_over(length_s)
        self.tell(SwitchLost(reason=SwitchLost.STARTED))
        self.find_link()

    # --- what must hold ---

    def feed(self, event: Event) -> None:
        """Let something happen, as the journal holds it."""
        assert decode_event(encode_event(7, event)) == (7, event)
        super().feed(event)

    def check(self, happening: Happening) -> None:
        """See that every rule holds, and note how far talks have got."""
        super().check(happening)
        for live in happening.after.calls.values():
            self.seen[str(live.call.talk.state if live.call.state is CallState.TALKING else live.call.state)] += 1

    def _set_now(self, now: Micros) -> None:
        """Measure silence up to this moment; while we are not linked nobody can do anything about it.

        Whose partner has left meanwhile is known to be free a little later (`FREE_WITHIN`).
        """
        if self.switch.deaf:
            self._linked_at = now
        is_new = self._now < self._linked_at + FREE_WITHIN if self._linked_at else False
        self._silent = {} if self.switch.deaf or is_new else self.switch.once_silent(self._silent)
        super()._set_now(now)
        for leg, since in self._silent.items():
            assert now - since <= LONGEST_SILENCE, f"{leg} is alone and hears nothing"

    def check_phones(self) -> None:
        """No agent's phone has two legs."""
        there = [leg for leg in self.switch.legs.values() if leg.phone and not leg.over and not leg.is_customer]
        phones = Counter(leg.phone for leg in there)
        del phones[OUTSIDER]
        assert not [phone for phone, count in phones.items() if count > 1], phones

    def check_the_end(self) -> None:
        """All customers go: no leg is left, no agent is stuck, every call has a record, and the journal folds back."""
        if self.switch.deaf:
            self.find_link()
        self.customers_leave()
        self.wait(ALL_IS_OVER_WITHIN)
        assert self.switch.legs == {}
        left = (self.centre.calls, self.centre.legs, self.centre.lines, self.centre.closing)
        assert [dict(each) for each in left] == [{}] * 4
        stuck = [agent for agent in self.centre.agents.values() if agent.state is not AgentState.IDLE or agent.call]
        assert stuck == []
        for call in list(self.centre.unstored):
            self.tell(RecordStored(call=call))
        assert decode_head(encode_head(5, self.centre)) == (self.centre, 5)
        self._check_fold()

    def _check_fold(self) -> None:
        again = CallCentre()
        for event in self.events:
            again = transition(again, event).centre
        assert again == self.centre
