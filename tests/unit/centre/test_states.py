"""What agents choose and what follows a call: breaks, wrap-up, the state at sign-in, and phones that are gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from fs_control.agents import AgentState, AgentStatus, Break, BreakCause
from fs_control.calls import CallState
from fs_control.centre.board import board_of
from fs_control.centre.views import agents_of
from fs_control.events import ActionRequested, SwitchLost
from fs_control.ids import AgentId, RequestId, TimerId, seconds
from fs_control.records import Action, AgentDefaults, BreakReason, Directory
from fs_control.testing.builders import a_directory, loaded
from fs_control.testing.play import Play

BREAKS = (BreakReason("meal", "meal", "用餐"), BreakReason("training", "training", "培训"))


def office(
    groups: Mapping[str, tuple[int, ...]] | None = None,
    wrap_up: Mapping[str | int, float] | None = None,
    default: float | None = None,
    **defaults: Any,
) -> Directory:
    """Make a directory with breaks; `wrap_up` is that of groups by name and of agents by number."""
    directory = a_directory(groups or {"sales": (1, 2)})
    said = wrap_up or {}
    return replace(
        directory,
        breaks=BREAKS,
        defaults=AgentDefaults(wrap_up_s=default, **defaults),
        groups={key: replace(each, wrap_up_s=said.get(each.name)) for key, each in directory.groups.items()},
        agents={key: replace(each, wrap_up_s=said.get(int(key))) for key, each in directory.agents.items()},
    )


def act(play: Play, agent: int, action: Action, reason: str = "") -> str | None:
    """Ask for an action and return the code by which it is refused."""
    request = RequestId(f"{action}-{agent}")
    play.tell(ActionRequested(request=request, agent=AgentId(agent), by="test", action=action, reason=reason))
    assert play.replies[-1].request == request
    return play.replies[-1].refusal


def doing(play: Play, agent: int) -> tuple[AgentStatus, AgentState]:
    return play.agent(agent).status, play.agent(agent).state


READY, BREAK = AgentStatus.READY, AgentStatus.BREAK
IDLE, WRAP_UP = AgentState.IDLE, AgentState.WRAP_UP


# --- wrap-up -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrap_up", "default", "length"),
    [
        ({1: 30, "sales": 60}, 90, 30),
        ({1: 0, "sales": 60}, 90, 0),
        ({"sales": 60}, 90, 60),
        ({}, 90, 90),
        ({}, None, 0),
    ],
)
def test_A13_the_time_for_notes_is_the_agents_else_the_groups_else_the_enterprises(
    wrap_up: Mapping[str | int, float], default: float | None, length: float
) -> None:
    play = Play(directory=office({"sales": (1,)}, wrap_up, default))
    play.sign_in(1)
    play.caller()
    play.serve(1)
    over = play.centre.at
    assert play.agent(1).wrap_up_until == (over + seconds(length) if length else None)
    waiting = play.caller()
    if length:
        play.wait(length - 0.1)
        assert (play.state(waiting), doing(play, 1)) == (CallState.WAITING, (READY, WRAP_UP))
        play.wait(1)
    assert play.rung_for(waiting) == [1]


def test_A13_in_several_groups_the_notes_hold_for_all_of_them() -> None:
    """No offer for N seconds after ANY call ends, also when the agent is in several queues (complaint 10)."""
    play = Play(directory=office({"sales": (1,), "service": (1,)}, {"sales": 60, "service": 10}))
    play.sign_in(1)
    play.caller()
    play.serve(1)
    play.caller("4002")
    waiting = play.caller("4002")
    play.press(waiting, "2")
    play.wait(59)
    assert play.rung_for(waiting) == []
    play.wait(2)
    assert play.rung_for(waiting) == [1]


@pytest.mark.parametrize("who", ["caller", "agent"])
def test_A13_whoever_hangs_up_notes_follow(who: str) -> None:
    play = Play(directory=office(default=30))
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    play.wait(5)
    play.hang_up(call) if who == "caller" else play.agent_hangs_up(1)
    assert doing(play, 1) == (READY, WRAP_UP)


def test_A13_who_only_let_it_ring_has_nothing_to_note() -> None:
    play = Play(directory=office(default=30))
    play.sign_in(1)
    call = play.caller()
    play.decline(1)
    assert doing(play, 1) == (READY, IDLE)
    play.wait(3)
    play.hang_up(call)
    assert doing(play, 1) == (READY, IDLE)


def test_A13_who_hangs_up_before_being_joined_has_nothing_to_note() -> None:
    directory = office({"sales": (1,)}, default=30)
    groups = {key: replace(each, whisper="a-sales-call") for key, each in directory.groups.items()}
    play = Play(directory=replace(directory, groups=groups))
    play.sign_in(1)
    play.caller()
    play.answer(1)
    play.agent_hangs_up(1)
    assert doing(play, 1) == (READY, IDLE)


def test_A13_a_directory_that_is_loaded_does_not_end_the_notes() -> None:
    play = Play(directory=office(default=30))
    play.sign_in(1)
    play.caller()
    play.serve(1)
    until = play.agent(1).wrap_up_until
    play.tell(loaded(office(default=5)))
    assert (play.agent(1).wrap_up_until, len(play.timers("wrapup"))) == (until, 1)


def test_A13_the_end_is_in_the_centre_so_a_restart_does_not_move_it() -> None:
    play = Play(directory=office(default=30))
    play.sign_in(1)
    play.caller()
    play.serve(1)
    timer = TimerId("wrapup:1")
    due = play.centre.timers[timer]
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    assert play.centre.timers[timer] == due == play.agent(1).wrap_up_until


def test_A8_ready_ends_the_notes_at_once() -> None:
    play = Play(directory=office({"sales": (1,)}, default=600))
    play.sign_in(1)
    play.caller()
    play.serve(1)
    waiting = play.caller()
    assert act(play, 1, Action.READY) is None
    assert (play.rung_for(waiting), play.timers("wrapup")) == ([1], [])


def test_signing_out_ends_the_notes_too() -> None:
    play = Play(directory=office(default=600))
    play.sign_in(1)
    play.caller()
    play.serve(1)
    assert act(play, 1, Action.SIGN_OUT) is None
    assert (doing(play, 1), play.timers("wrapup")) == ((AgentStatus.SIGNED_OUT, IDLE), [])


def test_who_signed_out_in_the_talk_has_no_notes() -> None:
    play = Play(directory=office(default=600))
    play.sign_in(1)
    play.caller()
    play.answer(1)
    assert act(play, 1, Action.SIGN_OUT) is None
    play.agent_hangs_up(1)
    assert doing(play, 1) == (AgentStatus.SIGNED_OUT, IDLE)


def test_Q7_the_end_of_the_notes_is_the_beginning_of_being_idle_and_Q6_counts_from_the_call() -> None:
    play = Play(directory=office({"sales": (1,)}, default=30))
    play.sign_in(1)
    play.caller()
    play.serve(1)
    ended = play.centre.at
    play.wait(40)
    agent = play.agent(1)
    assert (agent.idle_since, agent.idle_state_since) == (ended, ended + seconds(30))


def test_A13_who_is_passed_over_for_notes_is_passed_over_with_that_reason() -> None:
    play = Play(directory=office({"sales": (1, 2)}, {1: 60}))
    play.sign_in(1, 2)
    play.caller()
    play.serve(1)
    call = play.caller()
    (against,) = play.live(call).record.offers[0].decision.passed_over
    assert (against.agent, against.reason) == (1, "reason.wrap_up")


# --- breaks --------------------------------------------------------------------------------------------------------


def test_A7_a_break_gives_the_calls_to_others_until_the_agent_is_ready_again() -> None:
    play = Play(directory=office())
    play.sign_in(1, 2)
    assert act(play, 1, Action.BREAK, "meal") is None
    assert play.agent(1).on_break == Break(play.centre.at, BreakCause.CHOSEN, "meal")
    assert play.rung_for(play.caller()) == [2]
    assert act(play, 1, Action.READY) is None
    assert play.rung_for(play.caller()) == [1]


def test_A9_every_reason_stops_offers() -> None:
    """Creating state 'training' and setting it stops offers."""
    for reason in BREAKS:
        play = Play(directory=office({"sales": (1,)}))
        play.sign_in(1)
        assert act(play, 1, Action.BREAK, reason.code) is None
        call = play.caller()
        play.wait(100)
        assert (play.rung_for(call), play.state(call)) == ([], CallState.WAITING)


@pytest.mark.parametrize(("reason", "code"), [("", "break_reason_missing"), ("golf", "break_reason_unknown")])
def test_A9_a_break_has_one_of_the_enterprises_reasons(reason: str, code: str) -> None:
    play = Play(directory=office())
    play.sign_in(1)
    assert act(play, 1, Action.BREAK, reason) == code
    assert play.replies[-1].values["valid"] == "meal, training"
    assert doing(play, 1) == (READY, IDLE)


def test_where_the_enterprise_names_no_reasons_a_break_needs_none() -> None:
    play = Play(directory=replace(office(), breaks=()))
    play.sign_in(1)
    assert act(play, 1, Action.BREAK, "meal") == "no_break_reasons"
    assert act(play, 1, Action.BREAK) is None
    assert play.agent(1).on_break == Break(play.centre.at, BreakCause.CHOSEN)


def test_A7_after_the_call_a_break_begins_when_the_notes_are_over() -> None:
    play = Play(directory=office({"sales": (1,)}, default=30))
    play.sign_in(1)
    play.caller()
    play.answer(1)
    assert act(play, 1, Action.BREAK, "meal") == "break_in_call"
    assert act(play, 1, Action.BREAK_AFTER_CALL, "meal") is None
    assert agents_of(play.centre)[0].break_after_call == "meal"
    play.agent_hangs_up(1)
    assert doing(play, 1) == (READY, WRAP_UP)
    play.wait(30)
    assert (doing(play, 1), play.agent(1).on_break) == (
        (BREAK, IDLE),
        Break(play.centre.at, BreakCause.CHOSEN, "meal"),
    )
    assert play.rung_for(play.caller()) == []


def test_A7_a_break_asked_for_while_the_phone_rings_begins_when_that_is_over() -> None:
    play = Play(directory=office())
    play.sign_in(1, 2)
    call = play.caller()
    assert act(play, 1, Action.BREAK_AFTER_CALL, "meal") is None
    play.decline(1)
    assert (doing(play, 1), play.rung_for(call)) == ((BREAK, IDLE), [1, 2])
    assert play.timers("rest") == []


def test_A7_a_break_to_come_is_taken_back_and_only_once() -> None:
    play = Play(directory=office({"sales": (1,)}))
    play.sign_in(1)
    play.caller()
    play.answer(1)
    assert act(play, 1, Action.BREAK_AFTER_CALL, "meal") is None
    assert [act(play, 1, Action.STAY), act(play, 1, Action.STAY)] == [None, "no_break_to_come"]
    play.agent_hangs_up(1)
    assert doing(play, 1) == (READY, IDLE)


def test_A8_being_ready_in_the_notes_takes_the_break_to_come_back_too() -> None:
    play = Play(directory=office({"sales": (1,)}, default=30))
    play.sign_in(1)
    play.caller()
    play.serve(1)
    assert act(play, 1, Action.BREAK_AFTER_CALL, "meal") is None
    assert act(play, 1, Action.READY) is None
    assert (doing(play, 1), play.agent(1).break_after_call) == ((READY, IDLE), None)


def test_callers_wait_for_who_is_on_a_break_of_their_own() -> None:
    play = Play(directory=office({"sales": (1,)}))
    play.sign_in(1)
    play.caller()
    play.answer(1)
    waiting = play.caller()
    assert act(play, 1, Action.BREAK_AFTER_CALL, "meal") is None
    play.agent_hangs_up(1)
    play.wait(60)
    assert play.state(waiting) is CallState.WAITING
    assert act(play, 1, Action.READY) is None
    assert play.rung_for(waiting) == [1]


def test_Q7_after_a_break_the_agent_moves_to_the_end_under_Q7_and_not_under_Q6() -> None:
    play = Play(directory=office())
    play.sign_in(1, 2)
    before = play.agent(1)
    assert act(play, 1, Action.BREAK, "meal") is None
    play.wait(60)
    assert act(play, 1, Action.READY) is None
    agent = play.agent(1)
    assert (agent.idle_since, agent.idle_state_since) == (before.idle_since, play.centre.at)


def test_D8_who_is_on_a_break_of_their_own_is_passed_over_with_that_reason() -> None:
    play = Play(directory=office())
    play.sign_in(1, 2)
    assert act(play, 1, Action.BREAK, "meal") is None
    (against,) = play.live(play.caller()).record.offers[0].decision.passed_over
    assert (against.agent, against.reason) == (1, "reason.own_break")


# --- signing in ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "default", "status"),
    [(None, None, READY), (True, None, BREAK), (None, True, BREAK), (False, True, READY)],
)
def test_A10_an_agent_begins_as_preset(own: bool | None, default: bool | None, status: AgentStatus) -> None:
    """Agent preset busy gets no call after login until set idle."""
    directory = office({"sales": (1,)}, starts_on_break=default)
    agents = {key: replace(each, starts_on_break=own) for key, each in directory.agents.items()}
    play = Play(directory=replace(directory, agents=agents))
    play.sign_in(1)
    assert play.agent(1).status is status
    call = play.caller()
    assert play.rung_for(call) == ([] if status is BREAK else [1])
    if status is BREAK:
        assert act(play, 1, Action.READY) is None
        assert play.rung_for(call) == [1]


def test_A10_who_begins_with_a_break_while_the_phone_rests_leaves_no_timer_behind() -> None:
    play = Play(directory=office({"sales": (1, 2)}, starts_on_break=True))
    play.sign_in(1)
    assert act(play, 1, Action.READY) is None
    play.caller()
    play.decline(1)
    assert (play.agent(1).rest is not None, len(play.timers("rest"))) == (True, 1)
    assert act(play, 1, Action.SIGN_OUT) is None
    assert act(play, 1, Action.SIGN_IN) is None
    assert (play.agent(1).rest, play.timers("rest"), doing(play, 1)) == (None, [], (BREAK, IDLE))


def test_who_is_signed_in_is_not_signed_in_again_and_a_break_of_their_own_is_not_ended_by_it() -> None:
    play = Play(directory=office())
    play.sign_in(1)
    assert act(play, 1, Action.BREAK, "meal") is None
    assert act(play, 1, Action.SIGN_IN) == "agent_already_signed_in"
    assert doing(play, 1) == (BREAK, IDLE)


def test_what_nobody_waits_for_is_done_without_an_answer() -> None:
    play = Play(directory=office())
    asked = ActionRequested(request=RequestId(""), agent=AgentId(1), by="plan", action=Action.SIGN_IN)
    play.tell(asked)
    assert (play.agent(1).status, play.replies) == (READY, [])


# --- phones that are gone (complaint 11) ---------------------------------------------------------------------------


def gone(play: Play) -> None:
    """Agent 1 lets the phone ring three times."""
    play.sign_in(1)
    play.caller()
    play.wait(80)
    assert play.agent(1).is_gone


def test_C1_a_break_for_not_answering_ends_when_the_phone_that_was_gone_is_back() -> None:
    play = Play(directory=office({"sales": (1,)}))
    gone(play)
    play.unregister(1)
    play.register(1)
    assert doing(play, 1) == (READY, IDLE)
    assert play.reasons[-1] == "break_over.phone_is_back"


def test_C1_a_phone_that_only_says_again_that_it_is_there_ends_no_break() -> None:
    """FreeSWITCH tells each REGISTER of a phone, and a phone that is there sends one every few minutes."""
    play = Play(directory=office({"sales": (1,)}))
    gone(play)
    play.register(1)
    assert play.agent(1).is_gone


def test_a_phone_that_is_back_ends_no_break_of_the_agents_own() -> None:
    play = Play(directory=office({"sales": (1,)}))
    play.sign_in(1)
    assert act(play, 1, Action.BREAK, "meal") is None
    play.unregister(1)
    play.register(1)
    assert doing(play, 1) == (BREAK, IDLE)


def test_C1_who_is_ready_and_whose_phone_is_gone_is_not_shown_as_free() -> None:
    play = Play(directory=office({"sales": (1,)}))
    play.sign_in(1)
    play.unregister(1)
    board = board_of(play.centre, play.centre.at)
    assert (board.agents[0].doing, board.groups[0].idle, board.groups[0].others) == (
        "unregistered",
        0,
        {"unregistered": 1},
    )
    assert not agents_of(play.centre)[0].is_phone_there
    play.register(1)
    assert board_of(play.centre, play.centre.at).agents[0].doing == "idle"


def test_A19_whose_calls_are_diverted_is_to_be_had_although_the_phone_is_gone() -> None:
    directory = office({"sales": (1,)})
    agents = {key: replace(each, divert_to="13900139000", diverts=True) for key, each in directory.agents.items()}
    play = Play(directory=replace(directory, agents=agents))
    play.sign_in(1)
    play.unregister(1)
    assert board_of(play.centre, play.centre.at).agents[0].doing == "idle"
    assert agents_of(play.centre)[0].is_phone_there


# --- what leaders see ----------------------------------------------------------------------------------------------


def test_a_break_is_shown_with_its_names_and_the_notes_with_their_end() -> None:
    play = Play(directory=office({"sales": (1, 2)}, {1: 60}))
    play.sign_in(1, 2)
    play.caller()
    play.serve(1)
    assert act(play, 2, Action.BREAK, "training") is None
    first, second = agents_of(play.centre)
    assert (first.state, first.wrap_up_until) == (WRAP_UP, play.centre.at + seconds(60))
    assert (second.break_reason, second.break_names) == ("training", {"en": "training", "zh": "培训"})
    shown = board_of(play.centre, play.centre.at)
    assert [each.doing for each in shown.agents] == ["wrap_up", "break"]
    assert shown.groups[0].others == {"wrap_up": 1, "break": 1}
