"""Whatever happens, and whatever of it is never told: nobody has two offers, and the state doctor leaves no ghost.

The day is that of `test_talk_machine` (customers, holds, consults, transfers, lost phones and links, restarts), with
leaders on calls, agents who dial, schedules that sign agents in and out by the minute, and events that are lost.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule
from hypothesis.stateful import run_state_machine_as_test as run

from fs_control.calls import CallState, TalkState
from fs_control.events import (
    ActionRequested,
    BridgeEnded,
    Event,
    LegAnswered,
    LegHungUp,
    LegRinging,
    LegsBridged,
    SuperviseRequested,
)
from fs_control.ids import SECOND, AgentId, Micros, RequestId, ScheduleId
from fs_control.records import Action, Schedule, SuperviseWish
from fs_control.testing.builders import LINE, MENU, SERVICE_LINE, loaded, phone_of
from fs_control.testing.looking import AGAIN_AFTER_S, examine, look
from fs_control.testing.play import MORNING, Play
from fs_control.testing.talk_rules import ALL_IS_OVER_WITHIN, Talks
from tests.property.test_talk_machine import CHOICE, EXAMPLES, SEED, WHO, TalkMachine

STEPS: Final = 60
CUSTOMER: Final = "13912345678"
"""Whom agents call."""
LOSABLE: Final = (LegHungUp, BridgeEnded, LegAnswered, LegRinging, LegsBridged)
"""What is told of legs; the answers to orders come on a wire that loses nothing."""

MINUTE_NOW: Final = (lambda now: now.hour * 60 + now.minute)(datetime.fromtimestamp(MORNING / SECOND, UTC))
PLANS: Final = tuple(
    Schedule(
        ScheduleId(place),
        f"plan {place}",
        (AgentId(1 + place % 4),),
        sign_in=MINUTE_NOW + place,
        sign_out=MINUTE_NOW + place + 2,
        weekdays=tuple(range(1, 8)),
    )
    for place in range(1, 16)
)
"""One every minute, for the longest of these days."""

pytestmark = pytest.mark.timeout(max(120, EXAMPLES * 10))


class LossyTalks(Talks):
    """Talks of which some events are never told; whoever is alone then is so until the state doctor has looked."""

    def __init__(self, slowness_s: float) -> None:
        self.to_lose = 0
        self.lost: Counter[str] = Counter()
        self.healed: Counter[str] = Counter()
        super().__init__(slowness_s)
        directory = replace(self.centre.directory, schedules=PLANS, caller_id="02161234567")
        self.tell(loaded(directory, (LINE, SERVICE_LINE, MENU), 100))

    def feed(self, event: Event) -> None:
        """Let something happen, unless it is lost on its way."""
        if self.to_lose and isinstance(event, LOSABLE):
            self.to_lose -= 1
            self.lost[type(event).__name__] += 1
        else:
            super().feed(event)

    def _set_now(self, now: Micros) -> None:
        """Measure no silence."""
        Play._set_now(self, now)

    def have_examined(self) -> None:
        """Have the state doctor look twice: what differed at the first look does not at the next one."""
        self.to_lose = 0
        look(self)
        first = set(self.centre.suspected)
        self.wait(AGAIN_AFTER_S)
        self.healed.update(str(ghost.kind) for ghost in look(self))
        assert not first & set(self.centre.suspected)
        self.wait(1)
        look(self)
        assert not first & set(self.centre.suspected)

    def check_the_end(self) -> None:
        """Nothing is left, whatever was lost: by the state doctor, and by the times that everything has."""
        self.to_lose = 0
        if self.switch.deaf:
            self.find_link()
        self.puts_down(CUSTOMER)
        self.customers_leave()
        self.wait(ALL_IS_OVER_WITHIN)
        self.have_examined()
        self.have_examined()
        super().check_the_end()


class DoctorMachine(TalkMachine):
    """A day of talks of which a part is never told."""

    lossy: ClassVar[bool] = True
    talks: LossyTalks

    def __init__(self) -> None:
        super().__init__()
        self.talks = LossyTalks(self.slowness)

    @rule(leader=WHO, agent=WHO, wish=st.sampled_from(SuperviseWish))
    def a_leader_wants_to_be_on_a_call(self, leader: int, agent: int, wish: SuperviseWish) -> None:
        self.talks.tell(
            SuperviseRequested(
                request=RequestId("s"), leader=AgentId(leader), agent=AgentId(agent), by="test", wish=wish
            )
        )

    @rule(agent=WHO, first=st.sampled_from(("customer", "agent")))
    def an_agent_dials(self, agent: int, first: str) -> None:
        self.talks.tell(
            ActionRequested(
                request=RequestId("d"),
                agent=AgentId(agent),
                by="test",
                action=Action.DIAL,
                to=CUSTOMER,
                first=first,
            )
        )

    @rule()
    def who_was_dialled_picks_up(self) -> None:
        self.talks.picks_up(CUSTOMER)

    @rule(length=st.sampled_from((61.0, 121.0)))
    def a_schedule_is_due(self, length: float) -> None:
        self.talks.wait(length)

    @rule(
        agent=WHO, picks_up=st.booleans(), count=st.integers(1, 4), length=st.sampled_from((0.0, 1.0, 8.0)), by=CHOICE
    )
    def something_is_not_told(self, agent: int, picks_up: bool, count: int, length: float, by: int) -> None:
        """A phone is taken up or put down, or a customer leaves, and what the switch says of it is lost."""
        if not self.lossy:
            return
        self.everybody_is_there()
        if by % 2:
            self.everybody_picks_up()
        self.talks.to_lose += count
        if by % 3 == 0:
            self.a_customer_leaves(by)
        elif picks_up:
            self.talks.picks_up(phone_of(agent))
        else:
            self.talks.puts_down(phone_of(agent))
        self.talks.wait(length)
        if not self.talks.switch.deaf:
            self.talks.have_examined()

    @rule()
    def the_state_doctor_looks(self) -> None:
        """Twice where something differs; where nothing was lost nothing does."""
        if self.talks.switch.deaf:
            return
        if self.lossy:
            self.talks.have_examined()
        else:
            assert examine(self.talks) == []

    def teardown(self) -> None:
        super().teardown()
        self.seen.update({f"lost {kind}": count for kind, count in self.talks.lost.items()})
        self.seen.update({f"healed {kind}": count for kind, count in self.talks.healed.items()})


def play_days(name: str, slowness: float, *, lossy: bool) -> Counter[str]:
    """Play many days, and return what was seen in them."""
    seen: Counter[str] = Counter()
    machine = type(f"{name}_{slowness}", (DoctorMachine,), {"slowness": slowness, "seen": seen, "lossy": lossy})
    run(
        seed(f"{SEED}/{name}/{slowness}")(machine),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    print(f"{name}, slowness {slowness}, seed {SEED}: {dict(seen)}")
    return seen


@pytest.mark.parametrize("slowness", [0.0, 0.06], ids=["at once", "slow"])
def test_Q13_no_offer_to_the_busy_and_no_two_to_anybody_whatever_is_lost_and_healed(slowness: float) -> None:
    """Over random state changes no offer is made to an agent that is not idle at offer time, and no agent has two."""
    seen = play_days("lossy", slowness, lossy=True)
    assert {*TalkState, CallState.CALLING} <= set(seen)
    assert sum(count for kind, count in seen.items() if kind.startswith("healed ")) > 0


@pytest.mark.parametrize("slowness", [0.0, 0.06], ids=["at once", "slow"])
def test_a_healthy_centre_has_no_ghosts_at_any_moment(slowness: float) -> None:
    seen = play_days("healthy", slowness, lossy=False)
    assert set(TalkState) <= set(seen)
