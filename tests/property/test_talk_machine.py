"""Customers, agents, colleagues, lost phones, lost links and restarts in random order, and every talk has an end.

Nobody is alone and silent for over 2 s, no leg is left when all have hung up, segments add up, the journal folds back,
and no agent is stuck or has two calls.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from fs_control.agents import Moment, allowed_actions
from fs_control.calls import TalkState
from fs_control.centre.moments import moment_of
from fs_control.ids import AgentId
from fs_control.records import Action
from fs_control.testing.builders import phone_of
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.looking import examine
from fs_control.testing.talk_rules import OUTSIDER, Talks

EXAMPLES: Final = int(os.environ.get("FS_CONTROL_EXAMPLES", "15"))
"""For each pace of the switch; more for a soak (docs/soak.md)."""

SEED: Final = os.environ.get("FS_CONTROL_SEED", "5")
STEPS: Final = 60
PHASES: Final = (Phase.explicit, Phase.reuse, Phase.generate)
"""A broken rule is shown as it was found: to make a day smaller takes longer than finding it."""

pytestmark = pytest.mark.timeout(max(120, EXAMPLES * 10))

AGENTS: Final = (1, 2, 3, 4)
WHO = st.sampled_from(AGENTS)
CHOICE = st.integers(0, 10_000)
"""Which of however many there are."""
PAUSE = st.sampled_from((0.0, 0.05, 0.1, 0.3, 1.0, 4.0))
SILENCE = st.sampled_from((0.3, 1.0, 3.0))
"""How long a link or a process is gone; what was ordered before has been carried out by then."""
MOST_CALLERS: Final = 3
TALK_ACTIONS: Final = (
    *(Action.HOLD, Action.RESUME, Action.MUTE, Action.UNMUTE, Action.HANG_UP),
    *(Action.TRANSFER, Action.CONSULT, Action.SWAP, Action.JOIN, Action.COMPLETE, Action.CANCEL),
)
BEGUN: Final = (
    *((), (Action.HOLD,), (Action.CONSULT,), (Action.CONSULT, Action.SWAP)),
    *((Action.CONSULT, Action.JOIN), (Action.CONSULT, Action.SWAP, Action.JOIN)),
)
"""How far the first talk of a day has got."""
TARGETS: Final = ("801", "802", "803", "804", "sales", "service", OUTSIDER, "nobody")


class TalkMachine(RuleBasedStateMachine):
    """Each rule is something that somebody does, and mostly what they would do next."""

    slowness: ClassVar[float] = 0.0
    seen: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.talks = Talks(self.slowness)

    @initialize(ready=st.integers(2, 4), begun=st.sampled_from(BEGUN))
    def the_day_begins(self, ready: int, begun: tuple[Action, ...]) -> None:
        """With a talk, and as far as that goes; what is done comes after everything before it."""
        self.talks.sign_in(*range(1, ready + 1))
        self.talks.customer()
        self.talks.wait(1)
        self.talks.picks_up(phone_of(1))
        for action in begun:
            self.talks.wait(1)
            self.talks.asks(1, action, "802")
            self.talks.wait(1)
            self.talks.picks_up(phone_of(2))

    # --- customers ---

    @precondition(lambda self: len(self.talks.centre.calls) < MOST_CALLERS)
    @rule()
    def a_customer_calls(self) -> None:
        self.talks.customer()

    @rule(pick=CHOICE)
    def a_customer_leaves(self, pick: int) -> None:
        calls = sorted(self.talks.centre.calls)
        if len(calls) > 1:  # with the last one everything would be over
            self.talks.hang_up(calls[pick % len(calls)])

    # --- agents ---

    @rule()
    def everybody_picks_up(self) -> None:
        for phone in (*map(phone_of, AGENTS), OUTSIDER):
            self.talks.picks_up(phone)

    @rule(agent=WHO)
    def an_agent_picks_up(self, agent: int) -> None:
        self.talks.picks_up(phone_of(agent))

    @rule(agent=WHO)
    def an_agent_puts_down(self, agent: int) -> None:
        self.talks.puts_down(phone_of(agent))

    @rule(agent=WHO)
    def an_agent_presses_the_hold_key(self, agent: int) -> None:
        """That of the phone itself."""
        self.talks.presses_hold(phone_of(agent))

    @rule()
    def the_outsider_puts_down(self) -> None:
        self.talks.puts_down(OUTSIDER)

    @rule(agent=WHO, action=st.sampled_from(TALK_ACTIONS), to=st.sampled_from(TARGETS))
    def an_agent_asks_for_anything(self, agent: int, action: Action, to: str) -> None:
        self.talks.asks(agent, action, to)

    @rule(choice=CHOICE, to=st.sampled_from(TARGETS))
    def whoever_talks_goes_on(self, choice: int, to: str) -> None:
        """With what is possible at that moment; by chance alone few talks would get as far as three."""
        self.go_on(choice, to)

    @rule(
        choices=st.lists(CHOICE, min_size=2, max_size=6),
        to=st.sampled_from(TARGETS),
        pause=PAUSE,
        are_there=st.booleans(),
    )
    def a_talk_goes_on_and_on(self, choices: list[int], to: str, pause: float, are_there: bool) -> None:
        """Whoever is rung takes it up, and for once everybody may be there."""
        if are_there:
            self.everybody_is_there()
        for choice in choices:
            self.talks.wait(pause)
            self.everybody_picks_up()
            self.talks.wait(pause)
            self.go_on(choice, to)

    def everybody_is_there(self) -> None:
        for agent in AGENTS:
            self.talks.register(agent)
            self.talks.sign_in(agent)
        if not self.talks.centre.calls:
            self.talks.customer()
        self.talks.wait(1)

    def go_on(self, choice: int, to: str) -> None:
        possible = [
            (agent, action)
            for agent in AGENTS
            for action in allowed_actions(moment_of(self.talks.centre, AgentId(agent)))
            if action in TALK_ACTIONS and action is not Action.HANG_UP
        ]
        if possible:
            agent, action = possible[choice % len(possible)]
            self.talks.asks(agent, action, to if choice % 3 else self.free_colleague(to))

    def free_colleague(self, otherwise: str) -> str:
        """Somebody who can be asked, and not only somebody."""
        moments = {agent: moment_of(self.talks.centre, AgentId(agent)) for agent in AGENTS}
        return next((f"80{agent}" for agent, moment in moments.items() if moment is Moment.IDLE), otherwise)

    @rule(agent=WHO)
    def an_agent_comes(self, agent: int) -> None:
        self.talks.sign_in(agent)

    @rule(agent=WHO)
    def an_agent_goes(self, agent: int) -> None:
        self.talks.sign_out(agent)

    # --- phones, the switch, ourselves ---

    @rule(agent=WHO)
    def a_phone_is_lost(self, agent: int) -> None:
        """With whatever was going on with it."""
        self.talks.puts_down(phone_of(agent), "NETWORK_OUT_OF_ORDER")
        self.talks.unregister(agent)

    @rule(agent=WHO)
    def a_phone_is_back(self, agent: int) -> None:
        self.talks.register(agent)

    @rule(agent=WHO, manner=st.sampled_from(Manner))
    def a_phone_does_something_else(self, agent: int, manner: Manner) -> None:
        self.talks.set_phone(agent, manner)

    @rule(length=SILENCE)
    def the_link_is_lost_for_a_while(self, length: float) -> None:
        self.talks.lose_link()
        self.talks.wait(length)
        self.talks.find_link()

    @rule(length=SILENCE)
    def the_process_is_killed(self, length: float) -> None:
        self.talks.restart(length)

    @rule(length=PAUSE | st.sampled_from((12.0, 31.0)))
    def time_passes(self, length: float) -> None:
        self.talks.wait(length)

    @rule()
    def the_state_doctor_looks(self) -> None:
        """Twice where something differs: in a healthy centre that was only on its way."""
        if not self.talks.switch.deaf:
            assert examine(self.talks) == []

    # --- what must hold ---

    @invariant()
    def no_phone_has_two_legs(self) -> None:
        self.talks.check_phones()

    def teardown(self) -> None:
        self.talks.check_the_end()
        self.seen.update(self.talks.seen)


@pytest.mark.parametrize("slowness", [0.0, 0.06], ids=["at once", "slow"])
def test_C4_whatever_people_do_every_talk_has_a_defined_end(slowness: float) -> None:
    """The consulted one leaves, the agent leaves, the customer leaves: each from each state has a defined end."""
    seen: Counter[str] = Counter()
    machine = type(f"TalkMachine_{slowness}", (TalkMachine,), {"slowness": slowness, "seen": seen})
    run(
        seed(f"{SEED}/{slowness}")(machine),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            phases=PHASES,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    print(f"slowness {slowness}, seed {SEED}: {dict(seen)}")
    assert set(TalkState) <= set(seen)  # days on which nobody talks would hold every rule
