"""Who calls is looked up while the flow plays; where that fails the caller is a stranger, and the record says so."""

from __future__ import annotations

from dataclasses import replace

from fs_control.calls import CallState
from fs_control.commands import LookUpCaller
from fs_control.events import CallerLookedUp, SwitchFound, SwitchLost
from fs_control.ids import NEVER, AgentId, CallId, CustomerId
from fs_control.records import CallerFacts, SavedCustomer
from fs_control.runtime.codec import decode_head, encode_head
from fs_control.testing.builders import loaded
from fs_control.testing.play import Play

CALLER = "13800138000"
OF_AGENT_2 = CallerFacts(SavedCustomer(CustomerId(1), "+8613800138000", "", AgentId(2)))


def a_play(*, database_hangs: bool = False) -> Play:
    play = Play(groups={"sales": (1, 2), "service": (3,)})
    play.sign_in(1, 2)
    play.database_hangs = database_hangs
    return play


def not_looked_up(play: Play, call: CallId) -> list[str]:
    return [step.detail for step in play.live(call).record.steps if step.kind == "not_looked_up"]


def test_M6_who_calls_is_asked_as_soon_as_the_caller_is_admitted() -> None:
    play = a_play()
    call = play.caller("4002", CALLER)
    (asked,) = [command for command in play.commands if isinstance(command, LookUpCaller)]
    assert (asked.call, asked.caller.e164, asked.number, asked.at) == (call, "+8613800138000", "4002", play.centre.at)
    assert play.heard(call) == ["welcome"]


def test_of_a_caller_without_a_number_nobody_is_asked() -> None:
    play = a_play()
    call = play.caller("4001", "anonymous")
    assert not any(isinstance(command, LookUpCaller) for command in play.commands)
    assert play.rung_for(call) == [1]


def test_of_a_caller_who_is_turned_away_nobody_is_asked() -> None:
    play = a_play()
    play.caller("4003", CALLER)
    assert not any(isinstance(command, LookUpCaller) for command in play.commands)


def test_a_caller_in_line_keeps_the_place_and_is_not_matched_before_the_answer() -> None:
    play = a_play(database_hangs=True)
    call = play.caller("4001", CALLER)
    play.database_hangs = False
    second = play.caller("4001", "13900139000")
    assert (play.state(call), play.heard(call)) == (CallState.WAITING, [])
    assert play.rung_for(second) == [1]
    play.tell(CallerLookedUp(call=call, facts=CallerFacts()))
    assert play.rung_for(call) == [2]
    assert play.centre.lines[play.live(call).call.group] == (call, second)  # type: ignore[index]  # they wait


def test_after_300_ms_the_caller_is_a_stranger_and_the_record_says_why() -> None:
    play = a_play(database_hangs=True)
    call = play.caller("4001", CALLER)
    play.wait(0.29)
    assert play.rung_for(call) == []
    play.wait(0.01)
    assert play.rung_for(call) == [1]
    assert not_looked_up(play, call) == ["too_slow"]


def test_a_fault_of_the_database_makes_a_stranger_at_once_and_the_record_says_why() -> None:
    play = a_play(database_hangs=True)
    call = play.caller("4001", CALLER)
    play.tell(CallerLookedUp(call=call, facts=CallerFacts(), fault="database_away"))
    assert play.rung_for(call) == [1]
    assert not_looked_up(play, call) == ["database_away"]
    assert play.timers("lookup") == []


def test_a_late_answer_is_no_news() -> None:
    play = a_play(database_hangs=True)
    call = play.caller("4002", CALLER)
    play.wait(0.5)
    before = replace(play.centre)
    play.tell(CallerLookedUp(call=call, facts=OF_AGENT_2))
    assert play.centre.calls == before.calls
    play.hang_up(call)
    play.tell(CallerLookedUp(call=call, facts=OF_AGENT_2))
    assert call not in play.centre.calls


def test_after_a_restart_nobody_waits_for_an_answer_that_will_not_come() -> None:
    play = a_play(database_hangs=True)
    call = play.caller("4001", CALLER)
    play.centre = decode_head(encode_head(1, play.centre))[0]
    play.tell(loaded(play.centre.directory))
    play.wait(0.3)
    assert play.rung_for(call) == [1]


def test_nobody_signed_in_is_only_said_when_it_is_known_that_nobody_else_is_there_for_the_caller() -> None:
    play = Play(groups={"sales": (1,), "service": (2,)})
    play.sign_in(2)
    play.database_hangs = True
    of_2, stranger = play.caller("4001", CALLER), play.caller("4001", "13900139000")
    play.tell(CallerLookedUp(call=of_2, facts=OF_AGENT_2))
    assert play.rung_for(of_2) == [2]
    play.wait(0.3)
    assert play.heard(stranger) == ["nobody-signed-in"]


def test_a_caller_whose_link_is_lost_while_being_looked_up_is_offered_when_back() -> None:
    play = a_play(database_hangs=True)
    call = play.caller("4001", CALLER)
    play.tell(SwitchLost(reason="test"))
    play.tell(CallerLookedUp(call=call, facts=OF_AGENT_2))
    assert play.rung_for(call) == []
    play.tell(SwitchFound(core="core", legs=(play.live(call).call.leg,)))
    assert play.rung_for(call) == [2]


def test_a_process_that_asks_nobody_rings_at_once() -> None:
    play = a_play()
    play.tell(loaded(play.centre.directory, look_up_within=NEVER))
    assert play.rung_for(play.caller("4001", CALLER)) == [1]
