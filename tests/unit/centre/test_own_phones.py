"""Calls that our own phones make: 0000 with number and PIN, codes that are spoken back, and colleagues (A15, A17)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.agents import AgentState, AgentStatus, Moment
from fs_control.calls import CallState
from fs_control.centre.moments import moment_of
from fs_control.commands import CollectDigits, PlayPrompt, PlaySentence, RingAgent, VerifyPin
from fs_control.events import (
    ActionRequested,
    CallOffered,
    DirectoryLoaded,
    PhoneUnregistered,
    PinChecked,
    SwitchFound,
    SwitchLost,
)
from fs_control.ids import AgentId, CallId, LegId, RequestId
from fs_control.records import Action, BreakReason, Direction, Directory, Disposition, Right, TerminalKind
from fs_control.testing.builders import LINE, PROMPTS, a_directory
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import Play

ONE, TWO = AgentId(1), AgentId(2)


def a_play(agents: tuple[int, ...] = (1, 2), breaks: tuple[str, ...] = (), **fields: object) -> Play:
    """Agents with extensions; what is named is so of the first."""
    directory = a_directory({"sales": agents})
    profiles = {
        key: replace(profile, extension=f"60{key}", **(fields if key == 1 else {}))  # type: ignore[arg-type]
        for key, profile in directory.agents.items()
    }
    reasons = tuple(BreakReason(code, code, code) for code in breaks)
    return Play(directory=replace(directory, agents=profiles, breaks=reasons))


def dials(play: Play, dialled: str, phone: str = "1001") -> CallId:
    """One of our phones dials; what it says of itself is a lie."""
    number = len(play.events)
    call, leg = CallId(f"own-{number}"), LegId(f"leg-own-{number}")
    play.switch.offer_leg(leg)
    play.tell(CallOffered(leg=leg, call=call, dialled=dialled, caller="4711", phone=phone))
    return call


def heard(play: Play, call: CallId) -> list[str]:
    """Every prompt that was ordered for a call."""
    names: list[str] = []
    for command in play.commands:
        match command:
            case PlayPrompt() if command.call == call:
                names.append(command.prompt.name)
            case PlaySentence() | CollectDigits() if command.call == call:
                names += [prompt.name for prompt in command.prompts]
    return names


def codes(play: Play, dialled: str, phone: str = "1001") -> list[str]:
    """Dial a code and hear what is said back."""
    call = dials(play, dialled, phone)
    play.wait(60)
    assert call in play.records
    return heard(play, call)


def binds(play: Play, phone: str, number: str = "801", pin: str = "4711") -> CallId:
    """Dial 0000 and type number and PIN; whether it is right is not said yet."""
    call = dials(play, "0000", phone)
    play.press(call, f"{number}#")
    play.press(call, f"{pin}#")
    return call


def says(play: Play, call: CallId, phone: str, *, ok: bool, number: str = "801", fault: str = "") -> None:
    """The database has looked."""
    play.tell(PinChecked(call=call, number=number, phone=phone, ok=ok, fault=fault))


def bound(play: Play, phone: str, number: str = "801") -> CallId:
    call = binds(play, phone, number)
    says(play, call, phone, ok=True, number=number)
    play.wait(60)
    return call


def changed(play: Play, directory: Directory) -> None:
    play.tell(DirectoryLoaded(directory=directory, flows=(LINE,), prompts=PROMPTS, max_calls=100))


# --- 0000 ----------------------------------------------------------------------------------------------------------


def test_A17_a_phone_is_bound_and_rings_at_the_next_call() -> None:
    """From a registered phone 0000 + agent number + PIN binds; the next call rings it."""
    play = a_play((1,))
    play.sign_in(1)
    call = bound(play, "1009")
    assert heard(play, call) == ["enter-agent-number", "enter-pin", "phone-bound", "state-ready"]
    caller = play.caller()
    assert [offer.phone for offer in play.live(caller).record.offers] == ["1009"]


def test_A17_the_pin_is_a_secret_input_and_in_no_event() -> None:
    play = a_play()
    binds(play, "1009", pin="4711")
    asked = [command for command in play.commands if isinstance(command, CollectDigits)]
    assert [bool(command.secret) for command in asked] == [False, True]
    assert "4711" not in repr([event for event in play.events if not isinstance(event, CallOffered)])
    assert next(command for command in play.commands if isinstance(command, VerifyPin)).number == "801"


def test_A17_a_second_phone_takes_over_and_the_first_is_told() -> None:
    play = a_play((1,))
    play.sign_in(1)
    bound(play, "1009")
    bound(play, "1008")
    assert [(told.phone, told.prompt.name) for told in play.switch.told] == [
        ("1001", "phone-moved"),
        ("1009", "phone-moved"),
    ]
    assert play.agent(1).bound_phone == "1008"
    assert dict(play.centre.bound) == {"1008": ONE}


def test_A17_who_takes_a_colleagues_phone_has_it_alone() -> None:
    play = a_play()
    play.sign_in(1, 2)
    bound(play, "1009", "801")
    bound(play, "1009", "802")
    assert (play.agent(1).bound_phone, play.agent(2).bound_phone) == (None, "1009")
    assert codes(play, "*16", "1009") == ["state-ready"]


def test_A17_after_three_wrong_pins_the_call_is_over() -> None:
    play = a_play()
    call = binds(play, "1009")
    for again in (True, True, False):
        says(play, call, "1009", ok=False)
        if again:
            play.press(call, "801#")
            play.press(call, "4712#")
    play.wait(60)
    assert play.records[call].disposition is Disposition.PHONE_CODE
    assert heard(play, call)[-1] == "pin-wrong"
    assert not play.centre.bound


def test_A17_after_five_wrong_pins_an_agent_is_locked_for_a_while_from_whatever_phone() -> None:
    play = a_play()
    for tried in range(5):
        call = binds(play, f"11{tried:02}")
        play.hang_up(call)  # before anybody has said whether it was right
        says(play, call, f"11{tried:02}", ok=False)
    locked = binds(play, "1009")
    play.wait(60)
    assert heard(play, locked)[-1] == "pin-locked"
    play.wait(15 * 60)
    assert bound(play, "1009") in play.records
    assert play.agent(1).bound_phone == "1009"


def test_A17_a_right_pin_forgets_the_wrong_ones() -> None:
    play = a_play()
    for _ in range(3):
        call = binds(play, "1009")
        says(play, call, "1009", ok=False)
        play.hang_up(call)
        bound(play, "1009")
    assert not play.centre.pin_tries


def test_A17_a_database_that_is_away_is_no_wrong_pin() -> None:
    play = a_play()
    call = binds(play, "1009")
    says(play, call, "1009", ok=False, fault="database_away")
    play.wait(60)
    assert heard(play, call)[-1] == "apology"
    assert not play.centre.pin_tries


def test_A17_wrong_pins_are_not_forgotten_because_one_could_not_be_looked_up() -> None:
    play = a_play()
    call = binds(play, "1009")
    says(play, call, "1009", ok=False)
    before = play.centre.pin_tries
    says(play, binds(play, "1009"), "1009", ok=False, fault="database_away")
    assert {key: tries.count for key, tries in play.centre.pin_tries.items()} == {
        key: tries.count for key, tries in before.items()
    }


def test_A17_a_pin_that_is_not_here_any_more_is_asked_for_again() -> None:
    play = a_play()
    call = binds(play, "1009")
    says(play, call, "1009", ok=False, fault="secret_lost")
    assert heard(play, call)[-1] == "enter-agent-number"
    assert play.live(call).own is not None


def test_A17_whoever_types_nothing_is_let_go() -> None:
    play = a_play()
    call = dials(play, "0000", "1009")
    play.wait(120)
    assert call in play.records


def test_A17_nobody_waits_for_an_answer_that_never_comes() -> None:
    play = a_play()
    call = binds(play, "1009")
    play.wait(60)
    assert heard(play, call)[-1] == "apology"
    assert call in play.records


def test_A18_who_may_not_telephone_binds_no_phone() -> None:
    """Each missing item gives its own error text."""
    play = a_play(rights=frozenset())
    call = bound(play, "1009")
    assert heard(play, call)[-1] == "no-right-to-call"
    assert not play.centre.bound


def test_A18_a_phone_of_nobody_says_so_whatever_it_dials() -> None:
    play = a_play()
    for dialled in ("*11", "602", "13800138000"):
        assert codes(play, dialled, "1009") == ["phone-of-nobody"]


# --- codes ---------------------------------------------------------------------------------------------------------


def test_codes_sign_in_and_out_and_are_spoken_back() -> None:
    play = a_play()
    assert codes(play, "*16") == ["state-signed-out"]
    assert codes(play, "*11") == ["state-ready"]
    assert (play.agent(1).status, play.agent(1).terminal) == (AgentStatus.READY, TerminalKind.SIP)
    assert codes(play, "*11") == ["state-ready"]
    assert codes(play, "*12") == ["state-signed-out"]
    assert play.agent(1).status is AgentStatus.SIGNED_OUT


def test_a_break_has_the_reason_whose_number_stands_behind_the_code() -> None:
    play = a_play(breaks=("lunch", "training"))
    play.sign_in(1)
    assert codes(play, "*142") == ["state-break"]
    on_break = play.agent(1).on_break
    assert on_break is not None
    assert on_break.reason == "training"
    assert codes(play, "*13") == ["state-ready"]


@pytest.mark.parametrize("dialled", ["*14", "*143", "*140", "*14x", "*14²"])
def test_a_reason_that_is_none_changes_nothing(dialled: str) -> None:
    play = a_play(breaks=("lunch", "training"))
    play.sign_in(1)
    assert codes(play, dialled) == ["code-no-reason", "state-ready"]


def test_a_break_in_wrap_up_begins_after_it_and_the_code_for_its_end_ends_it() -> None:
    play = a_play((1,), wrap_up_s=600.0)
    play.sign_in(1)
    play.caller()
    play.serve(1)
    assert codes(play, "*16") == ["state-wrap-up"]
    assert codes(play, "*14") == ["state-break-to-come"]
    assert codes(play, "*15") == ["state-ready"]
    assert codes(play, "*15") == ["code-refused", "state-ready"]


@pytest.mark.parametrize("dialled", ["*99", "*", "*111", "*1", "*16#", "**11"])
def test_a_code_that_is_none_is_named_so(dialled: str) -> None:
    play = a_play()
    assert codes(play, dialled) == ["code-unknown"]


def test_the_code_of_a_softphone_signs_in_there_and_moves_the_agent() -> None:
    play = a_play((1,), terminals={TerminalKind.SOFTPHONE: "1101"})
    play.sign_in(1)
    assert codes(play, "*11", "1101") == ["state-ready"]
    caller = play.caller()
    assert [offer.phone for offer in play.live(caller).record.offers] == ["1101"]


def test_a_call_of_a_phone_counts_as_none_of_a_customer() -> None:
    play = a_play()
    call = dials(play, "*16")
    play.wait(60)
    record = play.records[call]
    assert (record.direction, record.disposition) == (Direction.INTERNAL, Disposition.PHONE_CODE)
    assert (record.caller.raw, record.caller_name) == ("601", "Agent 1")
    assert (play.centre.admitted, dict(play.centre.loads)) == (0, {})


# --- colleagues ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dialled", ["602", "802"])
def test_A15_a_colleague_is_called_by_extension_or_number(dialled: str) -> None:
    """8001 dials 8002."""
    play = a_play()
    play.sign_in(1, 2)
    call = dials(play, dialled)
    assert moment_of(play.centre, ONE) is Moment.INTERNAL
    play.answer(2)
    assert play.live(call).call.state is CallState.TALKING
    assert [moment_of(play.centre, agent) for agent in (ONE, TWO)] == [Moment.INTERNAL] * 2
    play.wait(5)
    play.agent_hangs_up(2)
    play.wait(1)
    record = play.records[call]
    assert (record.direction, record.disposition) == (Direction.INTERNAL, Disposition.ANSWERED)
    assert record.offers[0].decision.rule == "named.by_colleague"
    assert [play.agent(agent).state for agent in (1, 2)] == [AgentState.IDLE] * 2
    assert [play.agent(agent).inbound_today for agent in (1, 2)] == [0, 0]


@pytest.mark.parametrize("who", [1, 2])
def test_A15_either_of_the_two_may_hang_up_by_a_click(who: int) -> None:
    play = a_play()
    play.sign_in(1, 2)
    call = dials(play, "602")
    play.answer(2)
    play.tell(ActionRequested(request=RequestId("end"), agent=AgentId(who), by="test", action=Action.HANG_UP))
    play.wait(1)
    assert play.replies[-1].refusal is None
    assert play.records[call].disposition is Disposition.ANSWERED
    assert [play.agent(agent).state for agent in (1, 2)] == [AgentState.IDLE] * 2


def test_A15_a_colleague_is_no_customer_and_leaves_no_notes_to_finish() -> None:
    play = a_play(wrap_up_s=60.0)
    play.sign_in(1, 2)
    call = dials(play, "601", "1002")
    play.answer(1)
    play.hang_up(call)
    play.wait(1)
    assert play.agent(1).state is AgentState.IDLE


def test_A15_without_an_extension_nobody_can_be_called() -> None:
    play = a_play()
    agents = {key: replace(profile, extension=None) for key, profile in play.centre.directory.agents.items()}
    changed(play, replace(play.centre.directory, agents=agents))
    play.sign_in(1, 2)
    assert codes(play, "802") == ["colleague-without-extension"]


def test_A15_whoever_cannot_be_had_is_told_with_the_reason() -> None:
    play = a_play()
    play.sign_in(1)
    assert codes(play, "602") == ["colleague-signed-out"]
    play.sign_in(2)
    play.tell(PhoneUnregistered(phone="1002"))
    assert codes(play, "602") == ["colleague-busy"]
    assert codes(play, "601") == ["colleague-busy"]  # oneself
    assert play.agent(1).state is AgentState.IDLE


def test_A15_a_colleague_who_does_not_answer_or_is_busy_leaves_a_sentence() -> None:
    play = a_play()
    play.sign_in(1, 2)
    assert codes(play, "602") == ["colleague-no-answer"]
    play.wait(60)
    play.set_phone(2, Manner.BUSY)
    assert codes(play, "602") == ["colleague-busy"]
    assert play.agent(1).state is AgentState.IDLE


def test_A15_who_calls_a_colleague_is_offered_nobody_meanwhile() -> None:
    play = a_play()
    play.sign_in(1, 2)
    call = dials(play, "602")
    play.answer(2)
    caller = play.caller()
    assert play.rung_for(caller) == []
    play.hang_up(call)
    play.wait(1)
    assert play.rung_for(caller) != []


def test_A15_the_caller_may_be_signed_out() -> None:
    play = a_play()
    play.sign_in(2)
    call = dials(play, "602")
    play.answer(2)
    play.hang_up(call)
    play.wait(1)
    assert (play.agent(1).state, play.agent(1).status) == (AgentState.IDLE, AgentStatus.SIGNED_OUT)


def test_A15_the_colleague_sees_who_calls() -> None:
    play = a_play()
    play.sign_in(1, 2)
    dials(play, "602")
    (ring,) = [command for command in play.commands if isinstance(command, RingAgent)]
    assert (ring.phone, ring.caller_number) == ("1002", "601")
    assert "Agent 1" in ring.caller_name


def test_a_service_number_is_one_for_our_phones_too() -> None:
    play = a_play()
    play.sign_in(2)
    call = dials(play, "4001")
    assert play.live(call).session is not None
    assert play.rung_for(call) == [2]


def test_A18_a_number_outside_needs_the_right_to_dial_and_a_rule() -> None:
    """Each missing item gives its own error text."""
    play = a_play()
    assert codes(play, "13800138000") == ["code-refused"]  # not signed in
    play.sign_in(1)
    assert codes(play, "13800138000") == ["no-right-to-dial"]
    agents = play.centre.directory.agents
    may = replace(agents[ONE], rights=frozenset({Right.CALL, Right.DIAL}))
    changed(play, replace(play.centre.directory, agents={**agents, ONE: may}))
    assert codes(play, "999999") == ["no-number"]


def test_nobody_is_left_in_silence_after_the_switch_could_tell_nothing() -> None:
    play = a_play()
    call = dials(play, "0000", "1009")
    play.tell(SwitchLost(reason="gone"))
    leg = play.live(call).call.leg
    play.tell(SwitchFound(core="core", legs=(leg,), answered=(leg,)))
    play.wait(60)
    assert heard(play, call)[-1] == "apology"
    assert call in play.records


def test_an_agent_who_is_no_more_keeps_no_phone() -> None:
    play = a_play()
    play.sign_in(1)
    bound(play, "1009")
    left = {key: profile for key, profile in play.centre.directory.agents.items() if key != ONE}
    groups = {key: replace(group, members=(TWO,)) for key, group in play.centre.directory.groups.items()}
    changed(play, replace(play.centre.directory, agents=left, groups=groups))
    assert not play.centre.bound


def test_A18_who_may_telephone_no_more_is_signed_out() -> None:
    play = a_play()
    play.sign_in(1)
    agents = {**play.centre.directory.agents, ONE: replace(play.centre.directory.agents[ONE], rights=frozenset())}
    changed(play, replace(play.centre.directory, agents=agents))
    assert play.agent(1).status is AgentStatus.SIGNED_OUT
    assert codes(play, "*11") == ["no-right-to-call"]
    assert Right.CALL not in play.centre.directory.agents[ONE].rights
