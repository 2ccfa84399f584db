"""Calls that ended while we were deaf: closed by what the switch has left of their legs, lost where it has nothing."""

from __future__ import annotations

from dataclasses import replace

from fs_control.agents import AgentState
from fs_control.calls import CallState
from fs_control.centre import LiveCall
from fs_control.commands import FindLegEnds, HangUp
from fs_control.events import ActionRequested, LegEndsFound, LegHeld, SwitchFound, SwitchLost
from fs_control.ids import SECOND, AgentId, CallId, LegId, Micros, RequestId
from fs_control.records import Action, CallRecord, Disposition, EndedBy, OfferResult, SegmentKind, SwitchLeg
from fs_control.testing.play import Play
from tests.unit.centre import test_outbound as outbound

IVR, LINE_, RING, TALK = SegmentKind.IVR, SegmentKind.LINE, SegmentKind.RING, SegmentKind.TALK


def an_end(play: Play, leg: LegId, after_s: float, disposition: str, cause: str = "NORMAL_CLEARING") -> SwitchLeg:
    """How the switch tells the end of a leg, some seconds after this moment."""
    now = play.centre.at
    return SwitchLeg(
        leg=leg,
        call=None,
        core="core",
        direction="inbound",
        caller="13800138000",
        number="4001",
        created_at=Micros(now - SECOND),
        answered_at=now,
        ended_at=Micros(now + round(after_s * SECOND)),
        cause=cause,
        disposition=disposition,
        talked_to=None,
    )


def deaf(play: Play, *ends: SwitchLeg) -> None:
    """Lose the link, and let legs end that we hear nothing of."""
    play.tell(SwitchLost(reason="test"))
    for end in ends:
        play.leg_ends[end.leg] = end
        play.switch.legs.pop(end.leg, None)


def found(play: Play, core: str = "core") -> None:
    """Half a minute later the link stands."""
    play.pass_over(30)
    play.tell(SwitchFound(core=core, legs=tuple(play.switch.legs), answered=tuple(play.switch.legs)))


def a_talk() -> tuple[Play, LiveCall, LegId]:
    """Somebody talks with agent 1: the call and the agent's leg."""
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    live = play.live(call)
    assert live.call.state is CallState.TALKING
    assert live.call.offer is not None
    return play, live, live.call.offer.leg


def record(play: Play, call: CallId) -> CallRecord:
    return play.records[call]


def spent(closed: CallRecord) -> list[tuple[SegmentKind, EndedBy | None]]:
    return [(segment.kind, segment.ended_by) for segment in closed.segments]


def test_a_caller_who_hung_up_meanwhile_has_the_switchs_moment_and_cause() -> None:
    play, live, agent = a_talk()
    own = an_end(play, live.call.leg, 7, "recv_bye")
    deaf(play, own, replace(an_end(play, agent, 6.998, "send_bye"), talked_to=own.leg))
    found(play)
    closed = record(play, live.call.id)
    assert (closed.ended_at, closed.ended_by, closed.cause) == (own.ended_at, EndedBy.CALLER, "NORMAL_CLEARING")
    assert spent(closed)[-1] == (TALK, EndedBy.CALLER)
    assert play.centre.agents[AgentId(1)].state in (AgentState.IDLE, AgentState.WRAP_UP)
    assert not play.centre.closing


def test_D1_a_caller_of_whose_answer_nobody_heard_was_answered_when_the_switch_says() -> None:
    play, live, _ = a_talk()
    own = replace(an_end(play, live.call.leg, 7, "recv_bye"), answered_at=Micros(live.record.started_at + 1))
    unheard = replace(live, record=replace(live.record, answered_at=None))
    play.centre = replace(play.centre, calls=play.centre.calls.set(live.call.id, unheard))
    deaf(play, own)
    found(play)
    assert record(play, live.call.id).answered_at == own.answered_at


def test_an_agent_who_hung_up_meanwhile_ends_the_talk_and_not_the_call() -> None:
    play, live, agent = a_talk()
    theirs = replace(an_end(play, agent, 4, "recv_bye"), talked_to=live.call.leg)
    deaf(play, theirs)
    found(play)
    talks = [segment for segment in record(play, live.call.id).segments if segment.kind is TALK]
    assert [(each.ended_at, each.ended_by) for each in talks] == [(theirs.ended_at, EndedBy.AGENT)]
    assert play.centre.agents[AgentId(1)].state in (AgentState.IDLE, AgentState.WRAP_UP)


def test_who_left_after_the_agent_had_is_told_from_who_left_the_talk() -> None:
    play, live, agent = a_talk()
    theirs = replace(an_end(play, agent, 4, "recv_bye"), talked_to=live.call.leg)
    own = an_end(play, live.call.leg, 9, "recv_bye")
    deaf(play, own, theirs)
    found(play)
    closed = record(play, live.call.id)
    assert [by for kind, by in spent(closed) if kind is TALK] == [EndedBy.AGENT]
    assert (spent(closed)[-1][0], closed.ended_at) == (IVR, own.ended_at)


def test_a_caller_who_gave_up_waiting_has_waited_until_then() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    first, waiting = play.caller(), play.caller()
    own = an_end(play, play.live(waiting).call.leg, 5, "recv_bye")
    deaf(play, own)
    found(play)
    closed = record(play, waiting)
    assert (closed.ended_at, closed.ended_by) == (own.ended_at, EndedBy.CALLER)
    assert spent(closed)[-1] == (LINE_, EndedBy.CALLER)
    assert first in play.centre.calls


def test_a_leg_that_the_switch_ended_is_not_the_callers_doing() -> None:
    play, live, agent = a_talk()
    own = an_end(play, live.call.leg, 7, "send_bye", "MEDIA_TIMEOUT")
    deaf(play, own, an_end(play, agent, 7.1, "send_bye"))
    found(play)
    closed = record(play, live.call.id)
    assert (closed.ended_by, closed.cause) == (EndedBy.SWITCH, "MEDIA_TIMEOUT")


def test_an_agent_who_took_the_call_unheard_has_talked() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    live = play.live(call)
    assert live.call.offer is not None
    own = an_end(play, live.call.leg, 9, "recv_bye")
    theirs = replace(
        an_end(play, live.call.offer.leg, 9, "send_bye"),
        talked_to=own.leg,
        answered_at=Micros(play.centre.at + 3 * SECOND),
    )
    deaf(play, own, theirs)
    found(play)
    closed = record(play, call)
    assert spent(closed)[-1] == (TALK, EndedBy.CALLER)
    assert closed.segments[-1].started_at == own.ended_at - 6 * SECOND
    assert closed.offers[-1].result is OfferResult.ACCEPTED


def test_a_phone_that_refused_unheard_has_refused() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    offer = play.live(call).call.offer
    assert offer is not None
    deaf(play, replace(an_end(play, offer.leg, 2, "recv_refuse", "CALL_REJECTED"), answered_at=None))
    found(play)
    assert play.live(call).record.offers[0].result is OfferResult.DECLINED


def test_ringing_that_our_own_end_broke_off_is_no_answer_of_the_phones() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    offer = play.live(call).call.offer
    assert offer is not None
    deaf(play, replace(an_end(play, offer.leg, 0.1, "send_cancel", "ORIGINATOR_CANCEL"), answered_at=None))
    found(play)
    ended = play.live(call).record.offers[0]
    assert (ended.result, ended.cause) == (OfferResult.FAILED, "SWITCH_LOST")


def test_what_the_switch_has_not_left_is_lost() -> None:
    play, live, _agent = a_talk()
    play.switch.legs.clear()
    play.tell(SwitchLost(reason="test"))
    found(play)
    closed = record(play, live.call.id)
    assert (closed.ended_by, closed.cause) == (EndedBy.SWITCH, "SWITCH_LOST")


def test_calls_that_a_switch_took_with_it_are_closed_with_that_cause_when_we_lost_it() -> None:
    play, live, _agent = a_talk()
    play.switch.legs.clear()
    play.tell(SwitchLost(reason="test"))
    lost_at = play.centre.at
    found(play, core="another")
    closed = record(play, live.call.id)
    assert (closed.ended_by, closed.cause, closed.ended_at) == (EndedBy.SWITCH, "SWITCH_LOST", lost_at)


def test_a_call_that_had_ended_before_its_switch_died_has_its_own_end() -> None:
    play, live, agent = a_talk()
    own = an_end(play, live.call.leg, 7, "recv_bye")
    deaf(play, own, replace(an_end(play, agent, 6.998, "send_bye"), talked_to=own.leg))
    play.switch.legs.clear()
    found(play, core="another")
    closed = record(play, live.call.id)
    assert (closed.ended_at, closed.ended_by, closed.cause) == (own.ended_at, EndedBy.CALLER, "NORMAL_CLEARING")


class Silent(Play):
    """Whoever should look for the ends does not answer."""

    def _answer(self, command: object) -> None:
        if not isinstance(command, FindLegEnds):
            super()._answer(command)  # type: ignore[arg-type]


def test_an_answer_that_never_comes_is_not_waited_for() -> None:
    play = Silent(groups={"sales": (1,)})
    play.sign_in(1)
    call, waiting = play.caller(), play.caller()
    legs = [play.live(each).call.leg for each in (call, waiting)]
    deaf(play)
    play.switch.legs.clear()
    found(play)
    assert set(play.centre.unclear) == {call, waiting}
    play.wait(3)
    assert not play.centre.calls
    assert not play.centre.unclear
    assert record(play, waiting).cause == "SWITCH_LOST"
    play.tell(LegEndsFound(ends=(), missing=tuple(legs)))  # and what comes then is no news


def test_a_call_of_which_nothing_is_known_yet_is_offered_to_nobody() -> None:
    play = Silent(groups={"sales": (1, 2)})
    play.sign_in(1)
    play.caller()
    waiting = play.caller()
    leg = play.live(waiting).call.leg
    deaf(play, an_end(play, leg, 1, "recv_bye"))
    found(play)
    play.sign_in(2)
    assert waiting not in [call for _, call in play.rung]
    play.tell(LegEndsFound(ends=(play.leg_ends[leg],)))
    assert record(play, waiting).ended_by is EndedBy.CALLER


def test_a_link_that_breaks_again_lets_everything_be_asked_anew() -> None:
    play = Silent(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller()
    play.switch.legs.clear()
    deaf(play)
    found(play)
    play.tell(SwitchLost(reason="test"))
    found(play)
    assert len([command for command in play.commands if isinstance(command, FindLegEnds)]) == 2
    assert len(play.centre.unclear) == 1


def test_D1_who_dies_while_asking_leaves_the_question_to_the_next_one_and_not_the_call_unanswered() -> None:
    play = Silent(groups={"sales": (1,)})
    play.sign_in(1)
    call = play.caller()
    deaf(play)
    play.switch.legs.clear()
    found(play)
    assert set(play.centre.unclear) == {call}
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    assert not play.centre.unclear
    play.wait(3)
    assert call in play.centre.calls
    asked = sum(isinstance(command, FindLegEnds) for command in play.commands)
    found(play)
    assert sum(isinstance(command, FindLegEnds) for command in play.commands) == asked + 1


def test_a_second_start_within_seconds_gives_nobody_up_before_the_switch_was_asked_again() -> None:
    play = Silent(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller()
    call = play.caller()
    own = an_end(play, play.live(call).call.leg, 5, "recv_bye")
    deaf(play, own)
    found(play)
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.wait(10)
    found(play)
    play.tell(LegEndsFound(ends=(own,)))
    assert (record(play, call).ended_by, record(play, call).ended_at) == (EndedBy.CALLER, own.ended_at)


def test_a_customer_who_answered_and_left_unheard_was_reached() -> None:
    play = outbound.a_play()
    outbound.dial(play)
    call = outbound.call_of(play)
    answered = Micros(play.centre.at + 5 * SECOND)
    deaf(play, replace(an_end(play, play.live(call).call.leg, 20, "recv_bye"), answered_at=answered))
    found(play)
    assert (record(play, call).answered_at, record(play, call).disposition) == (answered, Disposition.CUSTOMER_LEFT)


def test_an_agent_who_leaves_a_customer_to_somebody_outside_and_is_gone_is_free() -> None:
    play = outbound.a_play()
    call = play.caller()
    play.answer(1)
    for action, to in ((Action.CONSULT, outbound.CUSTOMER), (Action.COMPLETE, "")):
        if action is Action.COMPLETE:
            play.party_answers(outbound.CUSTOMER)
            play.tell(SwitchLost(reason="test"))
        play.tell(ActionRequested(request=RequestId("r"), agent=AgentId(1), by="test", action=action, to=to))
        play.wait(1)
    leaving = play.live(call).call.leaving
    assert leaving is not None
    deaf(play, an_end(play, leaving.leg, 1, "recv_bye"))
    found(play)
    assert (play.state(call), play.agent(1).state) == (CallState.OUTSIDE, AgentState.IDLE)
    assert not [command for command in play.commands if isinstance(command, HangUp)]


def test_an_agent_whose_phone_held_the_customer_and_who_hung_up_meanwhile_has_not_taken_them_back() -> None:
    play, live, agent = a_talk()
    play.wait(2)
    play.tell(LegHeld(leg=agent))
    theirs = replace(an_end(play, agent, 4, "recv_bye"), talked_to=live.call.leg)
    deaf(play, theirs)
    play.pass_over(30)
    play.tell(SwitchFound(core="core", legs=tuple(play.switch.legs), held=()))
    held = [segment for segment in record(play, live.call.id).segments if segment.kind is SegmentKind.HOLD]
    assert [segment.ended_at for segment in held] == [theirs.ended_at]


def test_a_limit_that_passed_while_nobody_was_there_says_nothing_of_a_caller_who_had_left_before() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller()
    call = play.caller()
    own = an_end(play, play.live(call).call.leg, 5, "recv_bye")
    deaf(play, own)
    play.pass_over(900)
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.wait(30)
    found(play)
    closed = record(play, call)
    assert (closed.disposition, closed.ended_at) == (Disposition.ABANDONED_IN_LINE, own.ended_at)


def test_a_limit_that_passed_while_nobody_was_there_holds_for_a_caller_who_is_there() -> None:
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller()
    call = play.caller()
    deaf(play)
    play.pass_over(900)
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.switch.lose_controller()
    play.wait(1)
    play.tell(SwitchFound(core="core", legs=tuple(play.switch.legs)))
    play.wait(30)
    assert record(play, call).disposition is Disposition.WAITED_TOO_LONG
