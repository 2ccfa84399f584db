"""The link to the switch breaks and comes back, and orders fail: what we missed is found out, nobody is stuck."""

from __future__ import annotations

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.commands import BringBack, HangUp
from fs_control.events import CommandFailed, LegHungUp, Outcome, SwitchFound, SwitchLost
from fs_control.ids import CallId, LegId, OpId
from fs_control.records import Disposition, EndedBy, OfferResult
from fs_control.testing.play import Play

LOST = SwitchLost(reason="test")


def found(play: Play, *missing: str, core: str = "core") -> SwitchFound:
    """The link stands; these legs are not there any more."""
    for leg in missing:
        play.switch.legs.pop(LegId(leg))
    return SwitchFound(core=core, legs=tuple(play.switch.legs))


def talking(play: Play, agent: int = 1) -> tuple[CallId, LegId]:
    """A call in a talk, with the leg of its agent."""
    call = play.caller()
    play.answer(agent)
    return call, play.switch.talking_leg(f"100{agent}")


def test_who_is_still_there_talks_on() -> None:
    play = Play()
    play.sign_in(1)
    call, _ = talking(play)
    play.tell(LOST)
    play.wait(30)
    play.tell(found(play))
    assert play.state(call) is CallState.TALKING


def test_calls_that_ended_while_we_were_deaf_are_closed_and_agents_are_freed() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    first, _ = talking(play, 1)
    second, agent_leg = talking(play, 2)
    play.tell(LOST)
    play.tell(found(play, f"leg-of-{first}", agent_leg))
    assert (play.records[first].ended_by, play.records[first].cause) == (EndedBy.SWITCH, "SWITCH_LOST")
    assert play.records[second].ended_by is EndedBy.AGENT
    assert [play.agent(1).state, play.agent(2).state] == [AgentState.IDLE, AgentState.IDLE]


def test_a_restarted_switch_has_ended_all_calls_when_the_link_broke() -> None:
    """FreeSWITCH restarts: its calls are closed with the true end and cause, agents are freed."""
    play = Play(switch_ahead_s=100)
    play.sign_in(1)
    call, _ = talking(play)
    play.wait(10)
    play.tell(LOST)
    play.wait(40)
    play.tell(found(play, core="another core"))
    segment = play.records[call].segments[0]
    assert segment.ended_at is not None
    assert segment.ended_at - segment.started_at == 10_000_000
    assert play.agent(1).state is AgentState.IDLE


def test_a_call_that_came_while_we_were_deaf_is_left_alone() -> None:
    play = Play(switch_ahead_s=-3600)
    play.tell(LOST)
    play.wait(1)
    call = play.caller("4002")
    play.tell(SwitchFound(core="core", legs=()))
    assert play.state(call) is CallState.IN_FLOW


def unheard(play: Play, call: CallId) -> None:
    """What the caller hears ends, and nobody tells us."""
    play.switch.legs[play.live(call).call.leg].op = None


def test_a_prompt_whose_end_we_did_not_hear_is_followed_by_what_comes_next() -> None:
    play = Play()
    call = play.caller("4002")
    play.tell(LOST)
    unheard(play, call)
    play.wait(60)
    assert play.heard(call) == ["welcome"]
    play.tell(found(play))
    assert play.heard(call) == ["welcome", "main-menu"]


def test_keys_that_we_did_not_hear_are_asked_for_again() -> None:
    play = Play()
    call = play.caller("4002")
    play.wait(3)
    play.tell(LOST)
    unheard(play, call)
    play.tell(found(play))
    assert play.heard(call) == ["welcome", "main-menu", "no-key"]


def test_after_a_start_every_call_is_from_before_it() -> None:
    play = Play()
    play.tell(LOST)
    play.wait(1)
    call = play.caller("4002")
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.tell(found(play, f"leg-of-{call}"))
    assert play.records[call].cause == "SWITCH_LOST"


def test_a_pair_whose_join_we_did_not_hear_is_joined_and_not_cut() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    unheard(play, call)
    play.switch.answer("1001")
    event = play.switch.take()
    assert event is not None
    play.feed(event)
    leg = play.switch.talking_leg("1001")
    assert play.switch.take() is not None  # they are joined, and nobody tells us
    play.tell(LOST)
    play.tell(failed("BridgeLegs", play.live(call).call.leg, Outcome.NO_REPLY))
    play.wait(25)
    assert play.state(call) is CallState.CONNECTING
    play.tell(found(play))
    assert (play.state(call), leg in play.centre.closing) == (CallState.TALKING, False)


def test_nobody_is_rung_without_a_link_and_everybody_as_soon_as_it_stands() -> None:
    play = Play()
    play.sign_in(1)
    play.tell(LOST)
    call = play.caller()
    play.wait(5)
    assert play.rung == []
    play.tell(found(play))
    assert play.rung == [(1, call)]


def test_registrations_that_we_knew_of_count_no_more_after_a_time_without_a_link() -> None:
    play = Play()
    play.sign_in(1)
    play.unregister(1)
    call = play.caller()
    play.tell(LOST)
    play.tell(found(play))
    assert play.rung == [(1, call)]


def test_hang_ups_that_went_nowhere_are_ordered_again() -> None:
    play = Play()
    play.sign_in(1)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.tell(LOST)
    play.feed(LegHungUp(leg=LegId(f"leg-of-{call}"), cause="NORMAL_CLEARING"))
    orders = len(play.commands)
    play.feed(SwitchFound(core="core", legs=(leg,)))
    assert [each for each in play.commands[orders:] if isinstance(each, HangUp)] == [
        HangUp(call, leg, "ORIGINATOR_CANCEL")
    ]


def test_the_first_link_and_a_second_loss_change_nothing() -> None:
    play = Play()
    play.sign_in(1)
    call, _ = talking(play)
    play.tell(SwitchFound(core="core", legs=()))
    play.tell(LOST)
    lost_at = play.centre.link_lost_at
    play.wait(3)
    play.tell(LOST)
    assert play.centre.link_lost_at == lost_at
    assert play.state(call) is CallState.TALKING


def failed(command: str, leg: LegId, outcome: Outcome, op: OpId | None = None) -> CommandFailed:
    return CommandFailed(leg=leg, command=command, outcome=outcome, op=op)


def test_an_originate_that_is_refused_goes_on_to_the_next() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.switch.legs[play.live(call).call.leg].bridging = None
    del play.switch.legs[leg]
    play.tell(failed("RingAgent", leg, Outcome.REFUSED))
    assert play.rung_for(call) == [1, 2]
    assert play.live(call).record.offers[0].result is OfferResult.FAILED


def test_an_originate_without_a_reply_may_ring_and_is_hung_up() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.feed(failed("RingAgent", leg, Outcome.NO_REPLY))
    assert leg in play.centre.closing
    play.wait(0)
    assert leg not in play.centre.closing
    assert play.rung_for(call) == [1, 2]


def test_a_join_that_is_refused_frees_the_agent_and_goes_on_to_the_next() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    call = play.caller()
    leg = play.switch.ringing_leg("1001")
    play.switch.legs[leg].answered = True
    play.tell(LOST)
    play.feed(SwitchFound(core="core", legs=tuple(play.switch.legs), answered=(leg,)))
    play.feed(failed("BridgeLegs", play.live(call).call.leg, Outcome.REFUSED))
    assert leg in play.centre.closing
    play.wait(0)
    assert play.rung_for(call) == [1, 2]


def test_a_prompt_or_collect_that_never_began_does_not_hold_the_caller_up() -> None:
    play = Play()
    call = play.caller("4002")
    for command in ("PlayPrompt", "CollectDigits"):
        live = play.live(call)
        play.tell(failed(command, live.call.leg, Outcome.REFUSED, live.call.op))
    assert play.heard(call) == ["welcome", "main-menu", "no-key"]


def test_an_order_to_a_leg_that_is_gone_gives_its_end_a_moment_to_be_told() -> None:
    play = Play()
    call = play.caller("4002")
    live = play.live(call)
    play.tell(failed("PlayPrompt", live.call.leg, Outcome.GONE, live.call.op))
    assert play.heard(call) == ["welcome"]
    play.wait(6)
    assert play.records[call].disposition is Disposition.FAILED


def test_a_caller_told_twice_is_one_call() -> None:
    play = Play()
    call = play.caller("4002")
    before = play.live(call)
    play.tell(play.events[-2])
    assert play.live(call) == before
    assert play.records == {}


def test_a_hang_up_of_the_caller_that_is_never_told_is_given_up_after_a_while() -> None:
    play = Play()
    call = play.caller("9999")
    play.switch.dead = True
    play.wait(20 + 29)
    assert play.state(call) is CallState.LEAVING
    play.wait(1)
    assert call in play.records


def test_who_stands_still_after_a_start_is_brought_back_and_nobody_else() -> None:
    """A leg that is in no application hears nothing, and comes back only when that is asked for."""
    play = Play()
    still, comes_alone = (play.caller("4002") for _ in range(2))
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    leg = play.live(still).call.leg
    play.commands.clear()
    play.tell(SwitchFound(core="core", legs=tuple(play.switch.legs), still=(leg,)))
    assert [each for each in play.commands if isinstance(each, BringBack)] == [BringBack(still, leg)]
    assert not play.live(still).call.away
    assert play.live(comes_alone).call.away
