"""Each kind of ghost is seen once and left alone, seen twice and healed, and then nothing of it is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from immutables import Map

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.centre.views import status_of
from fs_control.commands import BringBack, HangUp, KeepGhost, RaiseAlarm, StartTimer
from fs_control.events import ActionRequested, Event, LegAnswered, LegHungUp, LegsBridged, StateCompared, SwitchLost
from fs_control.ids import NEVER, AgentId, CallId, GroupId, LegId, Micros, RequestId, TimerId, seconds
from fs_control.records import (
    Action,
    Disposition,
    EndedBy,
    Ghost,
    GhostKind,
    Remedy,
    Stranger,
    Strategy,
    SuperviseWish,
    TerminalKind,
)
from fs_control.testing.builders import LINE, a_directory, phone_of
from fs_control.testing.happening import Happening
from fs_control.testing.looking import AGAIN_AFTER_S, examine, listing, look
from fs_control.testing.play import Play
from tests.unit.centre import test_talks as talks
from tests.unit.centre.test_supervision import listening
from tests.unit.centre.test_terminals import MOBILE, with_agent

GONE = CallId("gone")


class Forgetful(Play):
    """A play in which some of what the switch tells is lost on its way, and in which the centre may be damaged."""

    def lose(self, *kinds: type[Event]) -> None:
        """Lose events of these kinds from now on."""
        self.lost = kinds

    def feed(self, event: Event) -> None:
        """Let something happen, unless that is lost."""
        if not isinstance(event, getattr(self, "lost", ())):
            super().feed(event)

    def damage(self, **fields: object) -> None:
        """Put something into the centre that no event can."""
        self.centre = replace(self.centre, **fields)  # type: ignore[arg-type]  # tests name the fields

    def check(self, happening: Happening) -> None:
        """The rules tell of the damage as long as it is there, so that is not asked."""


def a_talk() -> tuple[Forgetful, CallId, LegId]:
    play = Forgetful(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    play.answer(1)
    return play, call, play.switch.talking_leg(phone_of(1))


def healed_at_the_second_look(play: Play) -> Ghost:
    """See that one look does nothing, a second one heals, and a third one finds nothing; returns the ghost."""
    before = (play.centre.calls, play.centre.agents, play.centre.closing)
    assert look(play) == []
    assert (play.centre.calls, play.centre.agents, play.centre.closing) == before
    assert len(play.centre.suspected) == 1
    play.wait(AGAIN_AFTER_S)
    (ghost,) = look(play)
    assert examine(play) == []
    return ghost


def asks(agent: int, action: Action, to: str) -> ActionRequested:
    return ActionRequested(request=RequestId("r"), agent=AgentId(agent), by="test", action=action, to=to)


# --- legs that the switch does not have -------------------------------------------------------------------------------


def test_a_call_whose_caller_is_gone_is_closed_and_its_agent_freed() -> None:
    play, call, agent_leg = a_talk()
    leg = play.live(call).call.leg
    for each in (leg, agent_leg):
        del play.switch.legs[each]
    ghost = healed_at_the_second_look(play)
    assert (ghost.kind, ghost.call, ghost.legs, ghost.done) == (GhostKind.CALLER_GONE, call, (leg,), Remedy.CLOSED)
    assert (play.records[call].ended_by, play.records[call].cause) == (EndedBy.SWITCH, "SWITCH_LOST")
    play.wait(2)
    assert play.agent(1).state is AgentState.IDLE


def test_an_agents_leg_that_is_gone_ends_the_talk_and_the_caller_goes_on() -> None:
    play, call, leg = a_talk()
    del play.switch.legs[leg]
    ghost = healed_at_the_second_look(play)
    assert (ghost.kind, ghost.legs, ghost.agent) == (GhostKind.LEG_GONE, (leg,), "801")
    assert play.agent(1).state is AgentState.IDLE
    play.wait(10)
    assert play.records[call].disposition is Disposition.ANSWERED


def test_a_colleague_who_is_gone_leaves_agent_and_customer_two_again() -> None:
    play, call, _ = a_talk()
    play.tell(asks(1, Action.CONSULT, "802"))
    play.wait(1)
    play.answer(2)
    del play.switch.legs[play.switch.talking_leg(phone_of(2))]
    assert healed_at_the_second_look(play).kind is GhostKind.LEG_GONE
    assert play.live(call).call.talk.consulted is None
    assert play.agent(2).state is AgentState.IDLE


def test_a_leader_who_is_gone_is_free() -> None:
    play, _, leg = listening(SuperviseWish.LISTEN)
    del play.switch.legs[leg]
    assert healed_at_the_second_look(play).kind is GhostKind.LEG_GONE
    assert not play.centre.supervised
    assert play.agent(2).state is AgentState.IDLE


def hangs_up_unheard(play: Play, call: CallId) -> None:
    """The caller leaves, and the order to end the agent's leg goes nowhere."""
    caller = play.live(call).call.leg
    play.switch.dead = True
    play.feed(LegHungUp(leg=caller, cause="NORMAL_CLEARING"))
    play.switch.dead = False
    del play.switch.legs[caller]


def test_a_leg_whose_end_was_ordered_and_not_told_keeps_nobody_busy() -> None:
    play, call, leg = a_talk()
    hangs_up_unheard(play, call)
    del play.switch.legs[leg]
    assert leg in play.centre.closing
    ghost = healed_at_the_second_look(play)
    assert (ghost.kind, ghost.done) == (GhostKind.END_UNTOLD, Remedy.FREED)
    assert play.agent(1).state is AgentState.IDLE


def test_a_leg_that_lives_though_its_end_was_ordered_is_ended_again() -> None:
    play, call, leg = a_talk()
    hangs_up_unheard(play, call)
    ghost = healed_at_the_second_look(play)
    assert (ghost.kind, ghost.legs, ghost.done) == (GhostKind.NOT_ENDED, (leg,), Remedy.ENDED_AGAIN)
    assert not play.switch.legs


def test_a_phone_that_was_taken_up_untold_talks() -> None:
    play = Forgetful()
    play.sign_in(1)
    call = play.caller()
    play.lose(LegAnswered, LegsBridged)
    play.answer(1)
    play.lose()
    ghost = healed_at_the_second_look(play)
    assert (ghost.kind, ghost.done) == (GhostKind.ANSWER_UNTOLD, Remedy.TAKEN_UP)
    assert play.state(call) is CallState.TALKING


def test_somebody_outside_who_was_taken_up_untold_talks_and_is_not_cut_off() -> None:
    play = Forgetful({"sales": (1,)}, talks.NUMBERS, (LINE, talks.REACH, talks.DIAL, talks.IN_TURN))
    call = talks.dials(play)
    play.lose(LegAnswered, LegsBridged)
    play.party_answers(talks.OUTSIDE)
    play.lose()
    assert healed_at_the_second_look(play).kind is GhostKind.ANSWER_UNTOLD
    play.wait(60)
    assert play.state(call) is CallState.OUTSIDE
    assert not [command for command in play.commands if isinstance(command, HangUp)]


def test_a_phone_that_is_gone_beside_one_that_asks_for_a_key_does_not_make_that_one_talk() -> None:
    mobile = with_agent(
        a_directory({"sales": (1, 2)}, strategy=Strategy.RING_ALL), terminals={TerminalKind.PHONE: MOBILE}
    )
    play = Forgetful(directory=with_agent(mobile, phone=None))
    play.sign_in(1, 2)
    call = play.caller()
    play.switch.answer(MOBILE)
    play.wait(0)
    del play.switch.legs[play.switch.ringing_leg(phone_of(2))]
    assert healed_at_the_second_look(play).kind is GhostKind.LEG_GONE
    assert play.state(call) is CallState.RINGING_AGENT
    play.switch.accept(MOBILE)
    play.wait(1)
    assert play.state(call) is CallState.TALKING


# --- what the centre keeps by name ------------------------------------------------------------------------------------


def test_an_agent_who_is_busy_with_no_call_is_free_again() -> None:
    play = Forgetful()
    play.sign_in(1)
    stuck = replace(play.agent(1), state=AgentState.ON_CALL, call=GONE)
    play.damage(agents=play.centre.agents.set(AgentId(1), stuck))
    ghost = healed_at_the_second_look(play)
    assert (ghost.kind, ghost.agent, ghost.done) == (GhostKind.AGENT_ALONE, "801", Remedy.FREED)
    assert (play.agent(1).state, play.agent(1).call) == (AgentState.IDLE, None)


def test_a_wrap_up_that_nothing_ends_is_ended() -> None:
    play = Forgetful()
    play.sign_in(1)
    stuck = replace(play.agent(1), state=AgentState.WRAP_UP, wrap_up_until=play.centre.at)
    play.damage(agents=play.centre.agents.set(AgentId(1), stuck))
    assert healed_at_the_second_look(play).kind is GhostKind.AGENT_ALONE
    assert (play.agent(1).state, play.agent(1).wrap_up_until) == (AgentState.IDLE, None)


@pytest.mark.parametrize(
    ("kind", "damage"),
    [
        (GhostKind.LEFT_IN_LINE, lambda: {"lines": Map({GroupId(1): (GONE,)})}),
        (GhostKind.LEFT_LEG, lambda: {"legs": Map({LegId("leg"): GONE})}),
    ],
)
def test_a_name_of_a_call_that_is_no_more_is_removed(kind: GhostKind, damage: Callable[[], dict[str, object]]) -> None:
    play = Forgetful()
    play.damage(**damage())
    ghost = healed_at_the_second_look(play)
    assert (ghost.kind, ghost.call, ghost.done) == (kind, GONE, Remedy.REMOVED)
    assert (dict(play.centre.lines), dict(play.centre.legs)) == ({}, {})


@pytest.mark.parametrize("timer", ["wait:gone", "ring:gone", "rest:7", "closing:gone"])
def test_a_timer_without_anything_to_wait_for_is_stopped(timer: str) -> None:
    play = Forgetful()
    play.damage(timers=play.centre.timers.set(TimerId(timer), Micros(play.centre.at + seconds(3600))))
    assert healed_at_the_second_look(play).kind is GhostKind.LEFT_TIMER
    assert TimerId(timer) not in play.centre.timers


def test_a_timer_that_never_fired_is_started_again() -> None:
    play = Forgetful(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    ring = TimerId(f"ring:{play.switch.ringing_leg(phone_of(1))}")
    play.pass_over(90)
    play.feed(listing(play))
    play.pass_over(AGAIN_AFTER_S)
    play.feed(listing(play))
    assert StartTimer(ring, NEVER) in play.commands
    play.wait(0)
    assert play.state(call) is CallState.WAITING


def test_a_caller_who_stands_in_no_line_is_put_into_it() -> None:
    play = Forgetful()
    play.sign_in(1)
    play.caller()
    call = play.caller()
    play.damage(lines=Map({group: line[:1] for group, line in play.centre.lines.items()}))
    ghost = healed_at_the_second_look(play)
    assert (ghost.kind, ghost.done) == (GhostKind.NOT_IN_LINE, Remedy.PUT_IN_LINE)
    assert play.centre.lines[GroupId(1)][-1] == call


# --- callers who are out of reach, and legs that nobody knows ---------------------------------------------------------


def test_a_caller_whom_nothing_brings_back_is_brought_back() -> None:
    play = Forgetful()
    play.sign_in(1)
    call = play.caller()
    play.decline(1)
    live = play.live(call)
    lost = replace(live, call=replace(live.call, away=True, op=None))
    play.damage(calls=play.centre.calls.set(call, lost))
    ghost = healed_at_the_second_look(play)
    assert (ghost.kind, ghost.done) == (GhostKind.NOT_TAKEN_BACK, Remedy.BROUGHT_BACK)
    assert BringBack(call, live.call.leg) in play.commands
    assert not play.live(call).call.away


def a_stranger(is_caller: bool) -> StateCompared:
    return StateCompared(core="core", legs=(LegId("x"),), strangers=(Stranger(LegId("x"), GONE, is_caller),))


@pytest.mark.parametrize(
    ("is_caller", "ordered", "done"),
    [
        (True, BringBack(GONE, LegId("x")), Remedy.BROUGHT_BACK),
        (False, HangUp(GONE, LegId("x"), "NORMAL_CLEARING"), Remedy.HUNG_UP),
    ],
)
def test_a_leg_that_nobody_knows_is_taken_in_or_ended(is_caller: bool, ordered: object, done: Remedy) -> None:
    play = Play()
    play.tell(a_stranger(is_caller))
    assert ordered not in play.commands
    play.wait(AGAIN_AFTER_S)
    play.tell(a_stranger(is_caller))
    assert ordered in play.commands
    (kept,) = [each.ghost for each in play.commands if isinstance(each, KeepGhost)]
    assert (kept.kind, kept.done, kept.subject) == (GhostKind.STRANGER, done, "x")


# --- what is no ghost -------------------------------------------------------------------------------------------------


def test_what_was_only_on_its_way_is_forgotten_at_the_second_look() -> None:
    play, call, leg = a_talk()
    play.tell(listing(play, without=leg))
    play.wait(AGAIN_AFTER_S)
    assert look(play) == []
    assert not play.centre.suspected
    assert play.state(call) is CallState.TALKING


def test_two_looks_at_one_moment_are_one() -> None:
    play, call, leg = a_talk()
    for _ in range(3):
        play.tell(listing(play, without=leg))
        play.wait(1)
    assert play.state(call) is CallState.TALKING
    assert len(play.centre.suspected) == 1


def test_a_listing_of_before_the_link_was_lost_is_not_believed() -> None:
    play, call, leg = a_talk()
    gone = listing(play, without=leg)
    play.tell(gone)
    play.tell(SwitchLost(reason="test"))
    play.wait(AGAIN_AFTER_S)
    play.tell(gone)
    assert play.state(call) is CallState.TALKING
    assert not play.centre.suspected


def test_a_switch_that_lists_none_of_many_legs_ends_no_call() -> None:
    play = Play(groups={"sales": (1, 2, 3)})
    play.sign_in(1, 2, 3)
    calls = [play.caller() for _ in range(3)]
    for agent in (1, 2, 3):
        play.answer(agent)
    for _ in range(2):
        play.tell(StateCompared(core="core", legs=()))
        play.wait(AGAIN_AFTER_S)
    assert {play.state(call) for call in calls} == {CallState.TALKING}
    assert [each.code for each in play.commands if isinstance(each, RaiseAlarm)] == ["alarm.listing_not_believed"]


def test_ghosts_are_counted_by_the_day_and_raise_one_alarm() -> None:
    play, _, leg = a_talk()
    del play.switch.legs[leg]
    healed_at_the_second_look(play)
    assert status_of(play.centre).ghosts == 1
    assert [each.code for each in play.commands if isinstance(each, RaiseAlarm)] == ["alarm.ghost"]
    play.wait(24 * 3600)
    assert status_of(play.centre).ghosts == 0
