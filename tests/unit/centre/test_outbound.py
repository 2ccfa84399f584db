"""Calls that agents make, in a centre alone: what the switch tells late, twice or never, and what is forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.agents import Moment
from fs_control.calls import CallState
from fs_control.centre.moments import moment_of
from fs_control.commands import CallOut, CallPhone, HangUp, RaiseAlarm, RingAgent
from fs_control.events import (
    ActionRequested,
    CallCrashed,
    CallOffered,
    CallReturned,
    CommandFailed,
    GatewayChanged,
    LegAnswered,
    Outcome,
    RingFailed,
    SwitchFound,
    SwitchLost,
)
from fs_control.ids import AgentId, CallId, LegId, RequestId
from fs_control.records import (
    Action,
    DialLimits,
    DialRule,
    Direction,
    Disposition,
    EndedBy,
    Gateway,
    OfferResult,
    Right,
    SegmentKind,
)
from fs_control.testing.builders import a_directory
from fs_control.testing.ideal_switch import Manner
from fs_control.testing.play import Play

CUSTOMER = "13912345678"
AGENT = AgentId(1)


def a_play(**fields: object) -> Play:
    """A centre in which agent 1 is there, and may call."""
    directory = replace(a_directory(), caller_id="02161234567", **fields)  # type: ignore[arg-type]
    rights = frozenset(Right)
    agents = {key: replace(agent, rights=rights) for key, agent in directory.agents.items()}
    play = Play(directory=replace(directory, agents=agents))
    play.sign_in(1)
    return play


def dial(play: Play, to: str = CUSTOMER, first: str = "", agent: int = 1) -> str | None:
    """Let an agent call somebody; the code of the refusal, or None."""
    request = RequestId(f"dial-{len(play.events)}")
    play.tell(
        ActionRequested(
            request=request, agent=AgentId(agent), by="test", action=Action.DIAL, to=to, first=first, note="offer"
        )
    )
    return play.replies[-1].refusal


def call_of(play: Play) -> CallId:
    """The only call."""
    (call,) = play.centre.calls
    return call


def hang_up(play: Play) -> None:
    """The agent does not want to wait any longer."""
    play.tell(ActionRequested(request=RequestId("up"), agent=AGENT, by="test", action=Action.HANG_UP))


def the_only_record_of(play: Play) -> tuple[Disposition | None, EndedBy | None]:
    """What became of the only call, when nothing is left of it."""
    assert not play.centre.calls
    assert not play.switch.legs
    assert play.centre.agents[AGENT].state == "idle"
    assert not [timer for timer in play.centre.timers if timer.startswith(("calling:", "charge:", "goodbye:"))]
    assert not play.centre.dials.calls
    (record,) = play.records.values()
    assert record.direction is Direction.OUTBOUND
    return record.disposition, record.ended_by


def test_O1_while_the_customers_phone_rings_the_agent_is_nobody_elses() -> None:
    play = a_play()
    assert dial(play) is None
    assert play.replies[-1].values == {"call": call_of(play)}
    assert moment_of(play.centre, AGENT) is Moment.DIALLING
    waiting = play.caller("4001")
    play.wait(5)
    assert play.live(waiting).call.state is CallState.WAITING
    assert dial(play, "13912340000") == "dial_in_call"


def test_O1_a_customer_who_does_not_answer_is_left_alone_after_a_while() -> None:
    play = a_play()
    dial(play)
    play.wait(120)
    assert the_only_record_of(play) == (Disposition.NO_ANSWER, EndedBy.SWITCH)


@pytest.mark.parametrize("first", ["customer", "agent"])
def test_O1_the_two_talk_in_whichever_order_they_were_called(first: str) -> None:
    play = a_play()
    dial(play, first=first)
    for number in (CUSTOMER, "1001") if first == "customer" else ("1001", CUSTOMER):
        play.wait(2)
        play.switch.answer(number)
        play.wait(1)
    call = call_of(play)
    assert play.live(call).call.state is CallState.TALKING
    assert moment_of(play.centre, AGENT) is Moment.TALKING
    play.wait(30)
    play.agent_hangs_up(1)
    play.wait(5)
    assert the_only_record_of(play) == (Disposition.ANSWERED, EndedBy.AGENT)
    record = play.records[call]
    assert [segment.kind for segment in record.segments][-1] is SegmentKind.TALK
    assert play.centre.agents[AGENT].outbound_today == 1


@pytest.mark.parametrize("first", ["customer", "agent"])
def test_O1_a_number_to_which_no_leg_leads_is_told_by_the_job_alone(first: str) -> None:
    play = a_play()
    play.switch.manners[CUSTOMER] = Manner.UNREGISTERED
    dial(play, first=first)
    if first == "agent":
        play.answer(1)
    play.wait(5)
    assert the_only_record_of(play)[0] is Disposition.UNREACHABLE


def test_an_order_that_the_switch_refuses_ends_the_call() -> None:
    play = a_play()
    dial(play)
    leg = play.live(call_of(play)).call.leg
    play.switch.legs.clear()
    play.tell(CommandFailed(leg=leg, command="CallOut", outcome=Outcome.REFUSED))
    assert the_only_record_of(play)[0] is Disposition.NOT_CARRIED


def test_a_switch_that_never_tells_what_came_of_it_does_not_keep_the_agent() -> None:
    play = a_play()
    dial(play)
    play.switch.dead = True
    play.wait(120)
    assert play.centre.agents[AGENT].state == "idle"
    assert not play.centre.calls


def test_O1_the_agent_hangs_up_on_a_phone_that_rings() -> None:
    play = a_play()
    dial(play)
    play.wait(2)
    hang_up(play)
    assert the_only_record_of(play) == (Disposition.CANCELLED, EndedBy.AGENT)


def test_a_customer_who_answers_what_was_cancelled_is_not_left_in_silence() -> None:
    """The order to end the leg came before there was one."""
    play = a_play()
    dial(play)
    live = play.live(call_of(play))
    play.feed(ActionRequested(request=RequestId("up"), agent=AGENT, by="test", action=Action.HANG_UP))
    before = len(play.commands)
    play.feed(LegAnswered(leg=live.call.leg))
    play.feed(CallReturned(leg=live.call.leg, call=live.call.id))
    assert [type(each) for each in play.commands[before:] if isinstance(each, HangUp)] == [HangUp]
    play.wait(60)
    assert not play.centre.calls


def test_the_agents_phone_is_rung_again_after_a_silence_of_the_link() -> None:
    play = a_play()
    dial(play)
    play.switch.answer(CUSTOMER)
    play.wait(1)
    live = play.live(call_of(play))
    assert live.call.state is CallState.RINGING_AGENT
    play.tell(SwitchLost(reason="test"))
    agent_leg = play.switch.ringing_leg("1001")
    del play.switch.legs[agent_leg]
    play.switch.legs[live.call.leg].bridging = None
    play.tell(SwitchFound(core="core", legs=(live.call.leg,), answered=(live.call.leg,)))
    play.wait(10)
    play.answer(1)
    play.wait(1)
    assert play.live(call_of(play)).call.state is CallState.TALKING


def test_a_customer_whose_phone_rings_outlives_our_own_end() -> None:
    play = a_play()
    dial(play)
    leg = play.live(call_of(play)).call.leg
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.tell(SwitchFound(core="core", legs=(leg,)))
    play.wait(30)
    play.switch.answer(CUSTOMER)
    play.wait(1)
    play.answer(1)
    play.wait(1)
    assert play.live(call_of(play)).call.state is CallState.TALKING


def test_what_the_switch_has_no_more_after_a_silence_is_over() -> None:
    play = a_play()
    dial(play)
    play.tell(SwitchLost(reason="test"))
    play.switch.legs.clear()
    play.tell(SwitchFound(core="another", legs=()))
    assert the_only_record_of(play)[0] is Disposition.FAILED


@pytest.mark.parametrize("attempt", [1, 2, 3, 4])
def test_a_defect_of_ours_frees_the_agent(attempt: int) -> None:
    play = a_play()
    dial(play)
    play.tell(CallCrashed(call=call_of(play), place="test", error="Boom", attempt=attempt))
    play.wait(120)
    assert play.centre.agents[AGENT].state == "idle"
    assert not play.centre.calls


def test_an_agent_who_does_not_take_the_call_up_leaves_an_apology_behind() -> None:
    play = a_play()
    dial(play)
    play.switch.answer(CUSTOMER)
    play.wait(1)
    play.decline(1)
    play.wait(10)
    assert the_only_record_of(play)[0] is Disposition.AGENT_NOT_REACHED


def test_an_agent_first_call_that_the_agent_leaves_is_cancelled() -> None:
    play = a_play()
    dial(play, first="agent")
    assert [type(each) for each in play.commands if isinstance(each, CallOut | CallPhone)] == [CallPhone]
    play.answer(1)
    play.wait(1)
    play.agent_hangs_up(1)
    play.wait(5)
    assert the_only_record_of(play) == (Disposition.CANCELLED, EndedBy.AGENT)


def test_a_customer_who_hangs_up_as_the_agents_phone_rings_has_left() -> None:
    play = a_play()
    dial(play)
    play.switch.answer(CUSTOMER)
    play.wait(1)
    play.switch.hang_up(play.live(call_of(play)).call.leg)
    play.wait(1)
    assert the_only_record_of(play) == (Disposition.CUSTOMER_LEFT, EndedBy.OUTSIDE)
    (record,) = play.records.values()
    assert [offer.result for offer in record.offers] == [OfferResult.CALLER_LEFT]


def test_a_job_that_ended_well_or_late_is_no_news() -> None:
    play = a_play()
    dial(play)
    leg = play.live(call_of(play)).call.leg
    play.switch.hang_up(leg, "USER_BUSY")
    play.wait(1)
    play.tell(RingFailed(leg=leg, cause="USER_BUSY"))
    assert the_only_record_of(play)[0] is Disposition.BUSY


# --- limits, money, alarms -----------------------------------------------------------------------------------------


def test_each_minute_that_begins_is_paid_when_it_begins() -> None:
    play = a_play(dial_rules=(DialRule("+86", allowed=True, cost=100),))
    dial(play)
    assert play.centre.dials.of("enterprise").spent_today == 0
    play.switch.answer(CUSTOMER)
    play.wait(1)
    play.answer(1)
    play.wait(130)
    assert play.centre.dials.of("enterprise").spent_today == 300
    play.agent_hangs_up(1)
    play.wait(300)
    assert play.centre.dials.of("agent:1").spent_today == 300


def alarms(play: Play) -> list[str]:
    """The alarms that were raised."""
    return [each.code for each in play.commands if isinstance(each, RaiseAlarm)]


def test_a_limit_that_is_reached_refuses_and_raises_one_alarm() -> None:
    play = a_play(agent_limits=DialLimits(per_hour=1))
    dial(play)
    hang_up(play)
    assert dial(play) == "dial_limit_per_hour_agent"
    assert dial(play) == "dial_limit_per_hour_agent"
    assert alarms(play) == ["alarm.dial_limit"]
    assert [each.code for each in play.centre.alarms] == ["alarm.dial_limit"]


def test_money_that_is_nearly_spent_raises_an_alarm_while_the_call_lasts() -> None:
    expensive = (DialRule("+86", allowed=True, cost=40),)
    play = a_play(dial_rules=expensive, agent_limits=DialLimits(spend_per_day=100))
    dial(play)
    play.switch.answer(CUSTOMER)
    play.wait(1)
    play.answer(1)
    play.wait(30)
    assert alarms(play) == []
    play.wait(100)
    assert alarms(play) == ["alarm.spend_agent"]


def test_who_tries_numbers_that_are_not_allowed_again_and_again_raises_an_alarm() -> None:
    play = a_play()
    assert [dial(play, "+442079460000") for _ in range(6)] == ["dial_abroad"] * 6
    assert alarms(play) == ["alarm.dial_barred"]
    assert not play.centre.calls


# --- from a phone of ours ------------------------------------------------------------------------------------------


def dial_at_phone(play: Play, to: str = CUSTOMER) -> CallId:
    """Agent 1 takes the phone up and dials."""
    call, leg = CallId("at-phone"), LegId("leg-at-phone")
    play.switch.offer_leg(leg)
    play.tell(CallOffered(leg=leg, call=call, dialled=to, caller="1001", phone="1001"))
    return call


def test_O1_an_agent_dials_a_customer_at_the_phone() -> None:
    play = a_play()
    call = dial_at_phone(play)
    assert moment_of(play.centre, AGENT) is Moment.DIALLING
    assert play.live(call).call.direction is Direction.OUTBOUND
    play.wait(3)
    play.switch.answer(CUSTOMER)
    play.wait(1)
    assert moment_of(play.centre, AGENT) is Moment.TALKING
    play.switch.hang_up(play.live(call).call.leg)
    play.wait(5)
    assert the_only_record_of(play) == (Disposition.ANSWERED, EndedBy.OUTSIDE)
    assert play.records[call].dialled_by == AGENT


def test_an_agent_who_puts_the_phone_down_while_it_rings_has_cancelled() -> None:
    play = a_play()
    dial_at_phone(play)
    play.wait(3)
    play.switch.hang_up(LegId("leg-at-phone"))
    play.wait(5)
    assert the_only_record_of(play) == (Disposition.CANCELLED, EndedBy.AGENT)


def test_a_number_that_may_not_be_called_is_not_called_from_a_phone_either() -> None:
    play = a_play()
    call = dial_at_phone(play, "00442079460000")
    play.wait(20)
    assert not [each for each in play.commands if isinstance(each, CallOut)]
    assert play.records[call].direction is Direction.INTERNAL
    assert next(step.kind for step in play.records[call].steps) == "not_dialled"


def test_a_gateway_that_the_switch_reaches_no_more_is_passed_over_and_told_of() -> None:
    play = a_play(gateways=(Gateway("one"), Gateway("two")))
    play.tell(GatewayChanged(gateway="one", state="FAIL_WAIT", is_up=False))
    play.tell(GatewayChanged(gateway="stranger", state="DOWN", is_up=False))
    assert alarms(play) == ["alarm.gateway_down"]
    dial(play)
    assert [each.gateway for each in play.commands if isinstance(each, CallOut)] == ["two"]
    hang_up(play)
    play.tell(GatewayChanged(gateway="one", state="REGED", is_up=True))
    dial(play)
    assert [each.gateway for each in play.commands if isinstance(each, CallOut)] == ["two", "one"]


def test_A14_an_agents_mobile_is_rung_by_a_gateway_of_the_directory() -> None:
    play = a_play(gateways=(Gateway("off", enabled=False), Gateway("one")))
    play.caller("4001")
    play.wait(5)
    assert [each.gateway for each in play.commands if isinstance(each, RingAgent)] == ["one"]
