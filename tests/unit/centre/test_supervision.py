"""A leader on the call of an agent: what is refused, what is ordered, how it ends, and what is kept of it (C7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.agents import AgentState, Moment
from fs_control.calls import CallState
from fs_control.centre.moments import moment_of
from fs_control.centre.views import agents_of
from fs_control.commands import BridgeLegs, ChangeSupervision, HangUp, StoreSupervision, Supervise
from fs_control.events import (
    ActionRequested,
    CommandFailed,
    KeyPressed,
    Outcome,
    SuperviseRequested,
    SupervisionStored,
    SwitchFound,
    SwitchLost,
)
from fs_control.ids import AgentId, CallId, LegId, RequestId
from fs_control.records import Action, Directory, Right, SuperviseMode, SuperviseWish, SupervisionEntry
from fs_control.testing.builders import a_directory, phone_of
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import Play

AGENT, LEADER = 1, 2


def led(directory: Directory, *leaders: int) -> Directory:
    agents = {
        each.id: replace(each, rights=each.rights | {Right.LEADER}) if each.id in leaders else each
        for each in directory.agents.values()
    }
    return replace(directory, agents=agents)


def a_talk(**fields: object) -> tuple[Play, CallId]:
    """Agent 1 talks with a customer; 2 and 3 are leaders."""
    play = Play(directory=led(a_directory({"sales": (1,), "office": (2, 3)}), 2, 3))
    play.sign_in(AGENT)
    call = play.caller()
    play.answer(AGENT)
    assert play.state(call) is CallState.TALKING
    return play, call


def ask(play: Play, wish: SuperviseWish, leader: int = LEADER, agent: int = AGENT) -> str | None:
    """Somebody asks for a leader; returns the refusal."""
    request = RequestId(f"wish-{len(play.replies)}")
    play.tell(SuperviseRequested(request=request, leader=AgentId(leader), agent=AgentId(agent), by="root", wish=wish))
    (reply,) = [reply for reply in play.replies if reply.request == request]
    return reply.refusal


def listening(wish: SuperviseWish = SuperviseWish.LISTEN) -> tuple[Play, CallId, LegId]:
    play, call = a_talk()
    assert ask(play, wish) is None
    play.answer(LEADER)
    return play, call, play.switch.talking_leg(phone_of(LEADER))


def log_of(play: Play) -> list[SupervisionEntry]:
    return [command.entry for command in play.commands if isinstance(command, StoreSupervision)]


# --- what is asked --------------------------------------------------------------------------------------------------


def test_C7_a_leader_is_rung_for_the_customers_leg() -> None:
    play, call = a_talk()
    assert ask(play, SuperviseWish.WHISPER) is None
    (order,) = [command for command in play.commands if isinstance(command, Supervise)]
    assert (order.customer_leg, order.phone) == (play.live(call).call.leg, phone_of(LEADER))
    assert order.mode is SuperviseMode.WHISPER
    assert play.agent(LEADER).state is AgentState.RINGING


def test_C7_who_is_no_leader_is_refused() -> None:
    play = Play(directory=led(a_directory({"sales": (1,), "office": (2,)})))
    play.sign_in(AGENT)
    play.caller()
    play.answer(AGENT)
    assert ask(play, SuperviseWish.LISTEN) == "supervise_no_right"


@pytest.mark.parametrize(
    ("wish", "leader", "agent", "refusal"),
    [
        (SuperviseWish.LISTEN, 2, 3, "supervise_no_talk"),
        (SuperviseWish.LISTEN, 2, 99, "agent_unknown"),
        (SuperviseWish.LISTEN, 99, 1, "agent_unknown"),
        (SuperviseWish.LISTEN, 2, 2, "supervise_self"),
        (SuperviseWish.STOP, 2, 1, "supervise_nothing"),
    ],
)
def test_C7_each_missing_thing_has_its_own_refusal(wish: SuperviseWish, leader: int, agent: int, refusal: str) -> None:
    play, _ = a_talk()
    before = play.centre
    assert ask(play, wish, leader, agent) == refusal
    assert play.centre.supervised == before.supervised
    assert play.centre.agents == before.agents


def test_C7_a_leader_without_a_phone_that_is_there_is_refused() -> None:
    play, _ = a_talk()
    play.unregister(LEADER)
    assert ask(play, SuperviseWish.LISTEN) == "supervise_no_phone"


def test_C7_a_leader_who_has_a_call_is_refused() -> None:
    play, _ = a_talk()
    ask(play, SuperviseWish.LISTEN)
    play.answer(LEADER)
    play.sign_in(3)
    play.caller(number="13900000000")
    assert ask(play, SuperviseWish.LISTEN, leader=LEADER, agent=3) == "supervise_elsewhere"


# --- while it lasts -------------------------------------------------------------------------------------------------


def test_C7_whoever_listens_is_busy_and_is_shown() -> None:
    play, _, _ = listening()
    assert moment_of(play.centre, AgentId(LEADER)) is Moment.SUPERVISING
    shown = {agent.number: agent.supervised_by for agent in agents_of(play.centre)}
    assert shown == {"801": ("802",), "802": (), "803": ()}


def test_C7_another_mode_is_ordered_and_counts_when_the_switch_tells() -> None:
    play, _, leg = listening()
    play.wait(10)
    assert ask(play, SuperviseWish.JOIN) is None
    assert ChangeSupervision(play.centre.supervised[leg].call, leg, SuperviseMode.JOIN) in play.commands
    assert play.centre.supervised[leg].mode is SuperviseMode.JOIN
    (listened,) = log_of(play)
    assert (listened.mode, listened.ended_at - listened.began_at) == (SuperviseMode.LISTEN, 10_000_000)


def test_C7_a_key_of_the_leaders_phone_does_the_same() -> None:
    play, _, leg = listening()
    play.tell(KeyPressed(leg=leg, key="1"))
    assert play.centre.supervised[leg].mode is SuperviseMode.WHISPER
    play.tell(KeyPressed(leg=leg, key="1"))  # once more is no change
    assert [entry.mode for entry in log_of(play)] == [SuperviseMode.LISTEN]


def test_C7_two_leaders_may_be_on_one_call() -> None:
    play, _, _ = listening()
    assert ask(play, SuperviseWish.LISTEN, leader=3) is None
    play.answer(3)
    assert len(play.centre.supervised) == 2


def test_C7_hold_does_not_end_it() -> None:
    play, _, leg = listening()
    play.tell(ActionRequested(request=RequestId("h"), agent=AgentId(AGENT), by="test", action=Action.HOLD))
    assert leg in play.centre.supervised


# --- the end --------------------------------------------------------------------------------------------------------


def test_C7_it_ends_with_the_talk() -> None:
    play, _, leg = listening()
    play.agent_hangs_up(AGENT)
    assert HangUp(CallId("call-1"), leg, "NORMAL_CLEARING") in play.commands
    assert not play.centre.supervised
    assert play.agent(LEADER).state is AgentState.IDLE
    assert [entry.mode for entry in log_of(play)] == [SuperviseMode.LISTEN]


def test_C7_it_ends_with_the_customer() -> None:
    play, call, _ = listening()
    play.hang_up(call)
    assert not play.centre.supervised
    assert play.agent(LEADER).state is AgentState.IDLE


def test_C7_a_leader_who_stops_or_hangs_up_leaves_the_talk_alone() -> None:
    for leaves in ("stop", "phone"):
        play, call, _ = listening()
        if leaves == "stop":
            assert ask(play, SuperviseWish.STOP) is None
        else:
            play.agent_hangs_up(LEADER)
        assert play.state(call) is CallState.TALKING
        assert not play.centre.supervised
        assert len(log_of(play)) == 1


@pytest.mark.parametrize("manner", [Manner.UNREGISTERED, Manner.BUSY, Manner.DECLINES])
def test_C7_a_leader_who_does_not_take_it_up_is_free_again_and_nothing_is_kept(manner: Manner) -> None:
    play, call = a_talk()
    play.set_phone(LEADER, manner)
    assert ask(play, SuperviseWish.LISTEN) is None
    assert not play.centre.supervised
    assert play.agent(LEADER).state is AgentState.IDLE
    assert log_of(play) == []
    assert play.state(call) is CallState.TALKING


def test_C7_a_phone_that_nobody_takes_up_stops() -> None:
    play, _ = a_talk()
    ask(play, SuperviseWish.LISTEN)
    play.wait(40)
    assert not play.centre.supervised
    assert play.agent(LEADER).state is AgentState.IDLE


def test_C7_an_order_that_the_switch_refuses_ends_it() -> None:
    play, _ = a_talk()
    play.set_phone(LEADER, Manner.RINGS)
    ask(play, SuperviseWish.LISTEN)
    (leg,) = play.centre.supervised
    play.tell(CommandFailed(leg=leg, command="Supervise", outcome=Outcome.REFUSED))
    assert not play.centre.supervised


def test_C7_a_leader_who_left_while_we_were_deaf_is_free() -> None:
    play, call, leg = listening()
    play.tell(SwitchLost(reason="closed"))
    live = play.live(call).call
    assert live.offer is not None
    play.tell(SwitchFound(core="core", legs=(live.leg, live.offer.leg), answered=(live.leg, live.offer.leg)))
    assert leg not in play.centre.supervised
    assert play.agent(LEADER).state is AgentState.IDLE


# --- taking over ----------------------------------------------------------------------------------------------------


def test_C7_a_leader_takes_the_customer_over() -> None:
    play, call, leg = listening()
    assert ask(play, SuperviseWish.TAKE) is None
    live = play.live(call)
    assert live.call.offer is not None
    assert (live.call.offer.agent, live.call.offer.leg) == (LEADER, leg)
    assert BridgeLegs(call, live.call.leg, leg) in play.commands
    assert play.agent(AGENT).state is AgentState.IDLE
    assert play.agent(LEADER).state is AgentState.ON_CALL
    assert [entry.mode for entry in log_of(play)] == [SuperviseMode.LISTEN, SuperviseMode.TAKE]
    play.agent_hangs_up(LEADER)
    assert play.agent(LEADER).state is AgentState.IDLE


def test_C7_a_key_takes_over_too() -> None:
    play, call, leg = listening()
    play.tell(KeyPressed(leg=leg, key="4"))
    offer = play.live(call).call.offer
    assert offer is not None
    assert offer.agent == LEADER
    assert log_of(play)[-1].by == "802"


def test_C7_whoever_wants_to_take_over_at_once_has_the_customer_when_the_switch_listens() -> None:
    play, call, leg = listening(SuperviseWish.TAKE)
    offer = play.live(call).call.offer
    assert offer is not None
    assert (offer.agent, offer.leg) == (LEADER, leg)


def test_C7_a_second_leader_does_not_stay_with_the_one_who_took_over() -> None:
    play, _, _ = listening()
    ask(play, SuperviseWish.LISTEN, leader=3)
    play.answer(3)
    ask(play, SuperviseWish.TAKE)
    assert not play.centre.supervised


def test_C7_whoever_is_still_rung_cannot_do_more_yet() -> None:
    play, _ = a_talk()
    ask(play, SuperviseWish.LISTEN)
    assert ask(play, SuperviseWish.WHISPER) == "supervise_still_rings"
    assert ask(play, SuperviseWish.TAKE) == "supervise_still_rings"


# --- what is kept ---------------------------------------------------------------------------------------------------


def test_C7_an_entry_is_kept_until_the_database_has_it() -> None:
    play, _, _ = listening()
    ask(play, SuperviseWish.STOP)
    (entry,) = log_of(play)
    assert dict(play.centre.unstored_supervisions) == {entry.id: entry}
    assert (entry.leader_number, entry.agent_number, entry.by) == ("802", "801", "root")
    play.tell(SupervisionStored(entry=entry.id))
    assert not play.centre.unstored_supervisions
