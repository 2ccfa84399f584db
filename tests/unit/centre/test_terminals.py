"""What is rung for an agent: the terminal of the sign-in, the phone they bound, or where their calls go (A19)."""

from __future__ import annotations

from dataclasses import replace

from immutables import Map

from fs_control.agents import Agent, AgentState
from fs_control.calls import CallState
from fs_control.centre import CallCentre
from fs_control.centre.answering import Endpoint, endpoint_of, owner_of
from fs_control.commands import RingAgent
from fs_control.events import DirectoryLoaded, PhoneRegistered, PhoneUnregistered
from fs_control.ids import AgentId, Extension
from fs_control.records import Directory, OfferResult, TerminalKind
from fs_control.testing.builders import LINE, PROMPTS, a_directory
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import Play

ONE = AgentId(1)
MOBILE = "13900139000"


def with_agent(directory: Directory, **fields: object) -> Directory:
    profile = replace(directory.agents[ONE], **fields)  # type: ignore[arg-type]
    return replace(directory, agents={**directory.agents, ONE: profile})


def a_play(agents: tuple[int, ...] = (1,), **fields: object) -> Play:
    play = Play(directory=with_agent(a_directory({"sales": agents}), **fields))
    play.sign_in(*agents)
    return play


def on_mobile(agents: tuple[int, ...] = (1,)) -> Play:
    """Agent 1 is signed in on an ordinary phone."""
    return a_play(agents, phone=None, terminals={TerminalKind.PHONE: "+86 139 0013 9000"})


def last_ring(play: Play) -> RingAgent:
    return [command for command in play.commands if isinstance(command, RingAgent)][-1]


def phones_offered(play: Play, call: str) -> list[str]:
    live = play.live(call)  # type: ignore[arg-type]
    return [offer.phone for offer in live.record.offers]


# --- terminals -----------------------------------------------------------------------------------------------------


def test_A14_the_dial_string_is_derived_from_type_and_code() -> None:
    """APP / SIP / PC softphone / ordinary phone, each with a destination code."""
    for kind, code in [(TerminalKind.APP, "1201"), (TerminalKind.SOFTPHONE, "1101"), (TerminalKind.PHONE, MOBILE)]:
        play = a_play(terminals={kind: code}, default_terminal=kind)
        play.caller()
        assert (last_ring(play).phone, last_ring(play).accept is not None) == (code, kind is TerminalKind.PHONE)


def test_A11_without_a_default_the_desk_phone_rings() -> None:
    play = a_play(terminals={TerminalKind.PHONE: MOBILE})
    play.caller()
    assert last_ring(play).phone == "1001"


def test_A12_a_terminal_that_was_taken_away_is_rung_no_more() -> None:
    play = a_play(terminals={TerminalKind.APP: "1201"})
    agent = replace(play.agent(1), terminal=TerminalKind.APP)
    assert endpoint_of(with_state(play, agent), ONE) == Endpoint(TerminalKind.APP, "1201")
    gone = replace(with_state(play, agent), directory=with_agent(play.centre.directory, terminals={}))
    assert endpoint_of(gone, ONE) == Endpoint(TerminalKind.SIP, "1001")


def with_state(play: Play, agent: Agent, bound: dict[str, int] | None = None) -> CallCentre:
    held = Map({Extension(phone): AgentId(holder) for phone, holder in (bound or {}).items()})
    return replace(play.centre, agents=play.centre.agents.set(agent.id, agent), bound=held)


def test_A17_the_phone_that_was_bound_is_rung_whatever_the_directory_says() -> None:
    play = a_play(terminals={TerminalKind.PHONE: MOBILE}, default_terminal=TerminalKind.PHONE)
    agent = replace(play.agent(1), bound_phone=Extension("1009"))
    centre = with_state(play, agent, {"1009": 1})
    assert endpoint_of(centre, ONE) == Endpoint(TerminalKind.SIP, "1009")
    assert owner_of(centre, Extension("1009")) == ONE


def test_A17_who_has_lost_the_phone_to_a_colleague_is_not_rung_there() -> None:
    play = a_play((1, 2))
    centre = with_state(play, replace(play.agent(2), bound_phone=Extension("1001")), {"1001": 2})
    assert endpoint_of(centre, ONE) is None
    assert endpoint_of(centre, AgentId(2)) == Endpoint(TerminalKind.SIP, "1001")
    assert owner_of(centre, Extension("1001")) == 2


def test_only_the_phone_at_which_an_agent_sits_brings_them_back_by_registering() -> None:
    play = a_play(terminals={TerminalKind.SOFTPHONE: "1101"}, default_terminal=TerminalKind.SOFTPHONE)
    for phone in ("1001", "1101"):
        play.tell(PhoneUnregistered(phone=phone))
    call = play.caller()
    play.tell(PhoneRegistered(phone="1001"))
    assert play.rung_for(call) == []
    play.tell(PhoneRegistered(phone="1101"))
    assert play.rung_for(call) == [1]


# --- ordinary phones -----------------------------------------------------------------------------------------------


def test_an_ordinary_phone_has_the_caller_when_the_key_was_pressed() -> None:
    play = on_mobile()
    call = play.caller()
    assert (last_ring(play).phone, last_ring(play).accept.name) == (MOBILE, "press-one-to-accept")  # type: ignore[union-attr]
    play.switch.answer(MOBILE)
    play.wait(5)
    assert (play.live(call).call.state, play.agent(1).state) == (CallState.RINGING_AGENT, AgentState.RINGING)
    play.switch.accept(MOBILE)
    play.wait(1)
    assert (play.live(call).call.state, play.agent(1).state) == (CallState.TALKING, AgentState.ON_CALL)


def test_a_voicemail_that_answers_never_gets_the_caller() -> None:
    play = on_mobile((1, 2))
    call = play.caller()
    play.switch.answer(MOBILE)
    play.wait(25)
    assert play.rung_for(call) == [1, 2]
    assert play.live(call).record.offers[0].result is OfferResult.NO_ANSWER
    assert (play.agent(1).misses, play.agent(1).inbound_today) == (1, 0)


def test_a_voicemail_that_hangs_up_has_not_answered() -> None:
    play = on_mobile((1, 2))
    call = play.caller()
    play.switch.answer(MOBILE)
    play.wait(3)
    play.switch.hang_up(play.switch.talking_leg(MOBILE))
    play.wait(1)
    assert play.live(call).record.offers[0].result is OfferResult.NO_ANSWER
    assert play.rung_for(call) == [1, 2]


# --- diversion -----------------------------------------------------------------------------------------------------


def test_A19_the_mobile_rings_in_place_of_a_phone_that_is_not_registered() -> None:
    """Endpoint not registered + setting on: the mobile rings; the record shows the diversion."""
    play = a_play(divert_to=MOBILE, diverts=True)
    play.tell(PhoneUnregistered(phone="1001"))
    call = play.caller()
    assert (last_ring(play).phone, last_ring(play).accept is not None) == (MOBILE, True)
    noted = [step.detail for step in play.live(call).record.steps if step.kind == "diverted"]
    assert noted == [f"801/1001/{MOBILE}"]


def test_A19_off_means_the_next_agent() -> None:
    play = a_play((1, 2), divert_to=MOBILE, diverts=False)
    play.tell(PhoneUnregistered(phone="1001"))
    assert play.rung_for(play.caller()) == [2]


def test_A19_a_phone_that_turns_out_not_to_be_there_is_replaced_at_once() -> None:
    play = a_play(divert_to=MOBILE, diverts=True)
    play.set_phone(1, Manner.UNREGISTERED)
    call = play.caller()
    assert phones_offered(play, call) == ["1001", MOBILE]


def test_A19_a_phone_that_is_back_is_rung_again() -> None:
    play = a_play(divert_to=MOBILE, diverts=True)
    play.tell(PhoneUnregistered(phone="1001"))
    play.tell(PhoneRegistered(phone="1001"))
    assert phones_offered(play, play.caller()) == ["1001"]


def test_A19_switched_on_for_somebody_whom_a_caller_waits_for_it_counts_at_once() -> None:
    play = a_play()
    play.tell(PhoneUnregistered(phone="1001"))
    call = play.caller()
    assert play.rung_for(call) == []
    directory = with_agent(play.centre.directory, divert_to=MOBILE, diverts=True)
    play.tell(DirectoryLoaded(directory=directory, flows=(LINE,), prompts=PROMPTS, max_calls=100))
    assert phones_offered(play, call) == [MOBILE]
