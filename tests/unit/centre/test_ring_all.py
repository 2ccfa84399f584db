"""Ring-all: every free agent's phone rings at once, the first to answer has the caller, and all others stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from fs_control.agents import AgentState, AgentStatus
from fs_control.calls import CallState
from fs_control.centre.views import calls_of
from fs_control.commands import HangUp, RingAgent
from fs_control.events import (
    BridgeEnded,
    CommandFailed,
    LegAnswered,
    LegHungUp,
    LegsBridged,
    Outcome,
    SwitchFound,
    SwitchLost,
)
from fs_control.ids import AgentId, CallId, LegId, Micros, TimerId
from fs_control.records import Claim, ClaimKind, Disposition, OfferResult, SegmentKind, Strategy
from fs_control.testing.builders import SALES, a_directory, loaded
from fs_control.testing.ideal_switch import WHISPER_LENGTH, Manner
from fs_control.testing.play import Play

IDLE, ON_CALL = AgentState.IDLE, AgentState.ON_CALL
ELSEWHERE, NO_ANSWER = OfferResult.ANSWERED_ELSEWHERE, OfferResult.NO_ANSWER


def ringing_all(
    agents: Sequence[int] = (1, 2, 3),
    groups: Mapping[str, Sequence[int]] | None = None,
    returning_customer: bool = False,
    whisper: str | None = None,
) -> Play:
    """Agents of a group that rings all, signed in one after the other."""
    play = Play(
        groups=groups or {"sales": agents},
        strategy=Strategy.RING_ALL,
        returning_customer=returning_customer,
        whisper=whisper,
    )
    play.sign_in(*agents)
    return play


def results(play: Play, call: CallId) -> dict[int, OfferResult | None]:
    """What came of each agent's newest offer."""
    record = play.records.get(call) or play.live(call).record
    return {offer.agent: offer.result for offer in record.offers}


def states(play: Play, *agents: int) -> list[AgentState]:
    return [play.agent(agent).state for agent in agents]


def leg_of(play: Play, call: CallId, agent: int) -> LegId:
    """The leg on which an agent was last rung for a call."""
    return [offer.leg for offer in play.live(call).record.offers if offer.agent == agent][-1]


# --- who rings -----------------------------------------------------------------------------------------------------


def test_all_free_agents_ring_at_once_by_one_order_and_each_has_an_offer_of_their_own() -> None:
    play = ringing_all()
    call = play.caller()
    (ring,) = [command for command in play.commands if isinstance(command, RingAgent)]
    assert [ring.phone, *(other.phone for other in ring.others)] == ["1001", "1002", "1003"]
    assert states(play, 1, 2, 3) == [AgentState.RINGING] * 3
    assert [offer.leg for offer in play.live(call).record.offers] == [ring.leg, *(each.leg for each in ring.others)]


def test_Q13_who_is_busy_does_not_ring_and_nobody_rings_for_two_callers() -> None:
    """No agent has two offers."""
    play = ringing_all()
    first = play.caller()
    play.answer(2)
    second = play.caller()
    third = play.caller()
    assert play.rung_for(first) == [1, 2, 3]
    assert play.rung_for(second) == [1, 3]
    assert (play.rung_for(third), play.state(third)) == ([], CallState.WAITING)


def test_D8_each_offer_says_why_and_that_the_others_ring_as_well() -> None:
    play = ringing_all(agents=(1, 2))
    play.sign_out(2)
    play.sign_in(2)
    call = play.caller()
    first, second = play.live(call).record.offers
    assert (first.decision.rule, second.decision.rule) == ("rule.ring_all", "rule.ring_all")
    assert [(each.agent, each.reason) for each in first.decision.passed_over] == [(2, "reason.rings_as_well")]
    assert [(each.agent, each.reason) for each in second.decision.passed_over] == [(1, "reason.rings_as_well")]


def test_who_was_tried_in_vain_rings_when_the_others_were_too() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    play.wait(20)
    assert results(play, call) == {1: NO_ANSWER, 2: NO_ANSWER}
    play.wait(10)
    assert play.rung_for(call) == [1, 2, 1, 2]


def test_a_new_colleague_rings_before_those_who_were_tried_in_vain() -> None:
    play = Play(groups={"sales": (1, 2, 3)}, strategy=Strategy.RING_ALL)
    play.sign_in(1, 2)
    call = play.caller()
    play.wait(15)
    play.sign_in(3)
    play.wait(5)
    assert play.rung_for(call) == [1, 2, 3]


def test_Q2_while_the_agent_with_a_claim_is_to_be_had_only_they_ring() -> None:
    play = ringing_all(returning_customer=True)
    play.sign_out(1, 2, 3)
    play.sign_in(1)
    play.caller()
    play.answer(1)
    call = play.caller()
    known = replace(play.live(call), served_before_by=AgentId(3))
    play.centre = replace(play.centre, calls=play.centre.calls.set(call, known))
    play.sign_in(3)
    assert play.rung_for(call) == [3]
    play.sign_in(2)
    play.decline(3)
    assert play.rung_for(call) == [3, 2]
    last = play.live(call).record.offers[-1].decision
    assert (last.rule, last.claim) == ("rule.ring_all", Claim(AgentId(3), ClaimKind.RETURNING_CUSTOMER))


def test_no_more_than_thirty_phones_ring_at_once() -> None:
    play = ringing_all(agents=range(1, 34))
    call = play.caller()
    assert len(play.rung_for(call)) == 30
    decision = play.live(call).record.offers[0].decision
    assert [each.agent for each in decision.passed_over if each.reason == "reason.enough_ring"] == [31, 32, 33]


# --- the first to answer -------------------------------------------------------------------------------------------


def test_the_first_to_answer_has_the_caller_and_the_others_stop_without_a_rest_or_a_miss() -> None:
    play = ringing_all()
    call = play.caller()
    play.wait(5)
    play.answer(2)
    assert (play.state(call), states(play, 1, 2, 3)) == (CallState.TALKING, [IDLE, ON_CALL, IDLE])
    assert results(play, call) == {1: ELSEWHERE, 2: None, 3: ELSEWHERE}
    assert [(play.agent(agent).rest, play.agent(agent).misses) for agent in (1, 3)] == [(None, 0)] * 2
    assert play.rung_for(play.caller()) == [1, 3]


def test_D1_the_record_has_one_ring_segment_of_the_one_who_answered() -> None:
    play = ringing_all()
    call = play.caller()
    assert play.live(call).record.segments[-1].agent is None
    assert calls_of(play.centre)[0].agent is None
    play.wait(5)
    play.serve(2)
    kinds = [(segment.kind, segment.agent) for segment in play.records[call].segments]
    assert kinds == [(SegmentKind.RING, 2), (SegmentKind.TALK, 2)]
    assert results(play, call)[2] is OfferResult.ACCEPTED


def test_of_two_who_answer_in_one_moment_the_switch_says_who_has_the_caller() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    one, two = leg_of(play, call, 1), leg_of(play, call, 2)
    play.switch.dead = True
    play.tell(LegAnswered(leg=one))
    play.tell(LegAnswered(leg=two))
    play.tell(LegsBridged(leg=play.live(call).call.leg, other=two))
    assert (play.state(call), play.agent(2).state) == (CallState.TALKING, ON_CALL)
    play.tell(LegHungUp(leg=one, cause="LOSE_RACE"))
    assert (results(play, call), play.agent(1).state) == ({1: ELSEWHERE, 2: None}, IDLE)
    assert play.live(call).record.segments[-1].agent == 2


def test_the_talk_of_whoever_was_rung_first_or_last_ends_as_any_other() -> None:
    for agent in (1, 3):
        play = ringing_all(groups={"sales": (1, 2, 3), "service": ()})
        call = play.caller("4002")
        play.wait(3)
        play.press(call, "1")
        play.answer(agent)
        play.agent_hangs_up(agent)
        assert (play.heard(call)[-1], play.timers("free")) == ("goodbye", [])


def test_a_loser_of_whom_nothing_is_told_is_hung_up_and_free_when_the_leg_is_over() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    loser = leg_of(play, call, 1)
    play.switch.dead = True
    play.tell(LegsBridged(leg=play.live(call).call.leg, other=leg_of(play, call, 2)))
    assert HangUp(call, loser, "LOSE_RACE") in play.commands
    assert play.agent(1).state is AgentState.RINGING
    play.tell(LegHungUp(leg=loser, cause="LOSE_RACE"))
    assert play.agent(1).state is IDLE


# --- dropping out --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("manner", "result"), [(Manner.BUSY, OfferResult.BUSY), (Manner.DECLINES, OfferResult.DECLINED)]
)
def test_C1_who_is_busy_or_declines_drops_out_and_the_others_ring_on(manner: Manner, result: OfferResult) -> None:
    play = ringing_all()
    play.set_phone(1, manner)
    call = play.caller()
    assert (play.state(call), results(play, call)) == (CallState.RINGING_AGENT, {1: result, 2: None, 3: None})
    assert play.agent(1).state is IDLE
    play.answer(3)
    assert (play.state(call), results(play, call)[1]) == (CallState.TALKING, result)


def test_C1_a_phone_of_which_nothing_is_ever_told_was_not_registered() -> None:
    play = ringing_all(agents=(1, 2))
    play.set_phone(1, Manner.UNREGISTERED)
    call = play.caller()
    play.wait(20)
    assert results(play, call) == {1: OfferResult.UNREGISTERED, 2: NO_ANSWER}
    assert (play.agent(1).misses, play.agent(2).misses) == (0, 1)
    play.wait(29.9)
    assert play.rung_for(call) == [1, 2, 2]


def test_a_phone_that_was_not_registered_is_known_when_somebody_else_answers() -> None:
    play = ringing_all(agents=(1, 2))
    play.set_phone(1, Manner.UNREGISTERED)
    call = play.caller()
    play.answer(2)
    assert (results(play, call), play.agent(1).state) == ({1: OfferResult.UNREGISTERED, 2: None}, IDLE)


def test_no_phone_is_there_at_all() -> None:
    play = ringing_all(agents=(1, 2))
    play.set_phone(1, Manner.UNREGISTERED)
    play.set_phone(2, Manner.UNREGISTERED)
    call = play.caller()
    assert results(play, call) == {1: OfferResult.UNREGISTERED, 2: OfferResult.UNREGISTERED}
    assert (play.state(call), play.heard(call)) == (CallState.WAITING, ["music"])


def test_nobody_answers_and_all_have_missed_it_and_the_caller_waits_on() -> None:
    play = ringing_all()
    call = play.caller()
    play.wait(20)
    assert results(play, call) == {1: NO_ANSWER, 2: NO_ANSWER, 3: NO_ANSWER}
    assert (play.state(call), [play.agent(agent).misses for agent in (1, 2, 3)]) == (CallState.WAITING, [1, 1, 1])
    assert play.heard(call) == ["music"]
    assert len(play.live(call).record.segments) == 2


def test_C1_everybody_who_declines_drops_out_and_the_caller_waits_on() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    play.decline(2)
    assert play.state(call) is CallState.RINGING_AGENT
    play.decline(1)
    assert (play.state(call), len(play.rung)) == (CallState.WAITING, 2)


def test_three_rings_in_vain_put_the_whole_group_on_a_break() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    play.wait(80)
    assert [play.agent(agent).status for agent in (1, 2)] == [AgentStatus.BREAK] * 2
    assert play.heard(call)[-1] == "nobody-signed-in"


# --- ends in the middle --------------------------------------------------------------------------------------------


def test_a_caller_who_hangs_up_frees_everybody() -> None:
    play = ringing_all()
    call = play.caller()
    play.hang_up(call)
    assert (play.records[call].disposition, states(play, 1, 2, 3)) == (Disposition.ABANDONED_RINGING, [IDLE] * 3)
    assert set(results(play, call).values()) == {OfferResult.CALLER_LEFT}
    assert (play.timers("closing"), play.timers("ring")) == ([], [])


def test_an_agent_who_signs_out_stops_ringing_and_the_others_ring_on() -> None:
    play = ringing_all()
    call = play.caller()
    play.sign_out(1)
    assert (play.agent(1).state, play.state(call)) == (IDLE, CallState.RINGING_AGENT)
    play.answer(3)
    assert play.state(call) is CallState.TALKING


def test_the_last_one_who_rings_signs_out_and_the_caller_goes_where_nobody_is() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    play.sign_out(1, 2)
    assert play.heard(call)[-1] == "nobody-signed-in"


def test_an_agent_who_signs_out_while_the_music_stops_is_not_rung() -> None:
    play = ringing_all(groups={"sales": (1, 2, 3), "service": (3,)}, agents=(3,))
    play.caller()
    play.answer(3)
    call = play.caller()
    play.switch.dead = True
    play.sign_in(1)
    assert play.live(call).call.hushed
    play.sign_out(1)
    assert play.state(call) is CallState.WAITING


def test_M14_a_ringing_agent_who_is_removed_stops_ringing() -> None:
    play = ringing_all()
    call = play.caller()
    play.tell(loaded(a_directory({"sales": (2, 3)}, strategy=Strategy.RING_ALL)))
    assert play.agent(1).state is IDLE
    play.answer(2)
    assert play.state(call) is CallState.TALKING


def test_a_ring_of_which_the_switch_tells_nothing_is_given_up() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    play.switch.dead = True
    play.wait(30)
    assert results(play, call) == {1: NO_ANSWER, 2: NO_ANSWER}
    assert play.state(call) is CallState.WAITING
    play.wait(31)
    assert play.rung_for(call) == [1, 2, 1, 2]


def test_the_next_caller_in_line_rings_all_whose_phones_stop_when_one_of_them_answers() -> None:
    """They stop one after the other, and the first of them is not all there is."""
    for whisper in (None, "a-sales-call"):
        play = ringing_all(agents=(1, 2, 3, 4), whisper=whisper)
        play.caller()
        waits = play.caller()
        play.answer(2)
        assert play.rung_for(waits) == [1, 3, 4]


def test_the_next_caller_in_line_rings_all_whose_phones_stop_when_the_caller_gives_up() -> None:
    play = ringing_all()
    call, waits = play.caller(), play.caller()
    play.hang_up(call)
    assert play.rung_for(waits) == [1, 2, 3]


def test_phones_that_stopped_a_moment_apart_ring_together_again() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    one, two = leg_of(play, call, 1), leg_of(play, call, 2)
    play.switch.hang_up(one, "NO_ANSWER")
    play.wait(0.4)
    play.switch.hang_up(two, "NO_ANSWER")
    play.wait(9.9)
    assert play.rung_for(call) == [1, 2]
    play.wait(0.5)
    assert play.rung_for(call) == [1, 2, 1, 2]


def test_nobody_waits_for_a_phone_that_is_to_rest_for_longer() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    play.decline(1)
    play.wait(19)
    play.hang_up(call)
    assert play.rung_for(play.caller()) == [1, 2]
    other = ringing_all(agents=(1, 2))
    waits = other.caller()
    other.decline(1)
    other.wait(20)
    assert other.rung_for(waits) == [1, 2]


def test_nobody_waits_for_a_phone_that_never_rang() -> None:
    """No leg, and so no end of it, is ever told."""
    play = ringing_all()
    play.set_phone(3, Manner.UNREGISTERED)
    call, waits = play.caller(), play.caller()
    play.hang_up(call)
    assert play.rung_for(waits) == [1, 2]


def test_a_join_that_is_never_told_is_given_up() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    play.switch.dead = True
    play.tell(LegAnswered(leg=leg_of(play, call, 2)))
    play.wait(10)
    assert results(play, call) == {1: ELSEWHERE, 2: OfferResult.FAILED}
    assert play.state(call) is CallState.WAITING


def test_who_answers_and_is_gone_before_the_join_leaves_the_caller_to_the_others() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    play.switch.dead = True
    play.tell(LegAnswered(leg=leg_of(play, call, 2)))
    play.tell(LegHungUp(leg=leg_of(play, call, 2), cause="NORMAL_CLEARING"))
    assert (play.state(call), play.timers("connect")) == (CallState.RINGING_AGENT, [])
    play.tell(LegAnswered(leg=leg_of(play, call, 1)))
    play.tell(LegsBridged(leg=play.live(call).call.leg, other=leg_of(play, call, 1)))
    assert play.state(call) is CallState.TALKING


def test_an_order_to_ring_that_is_refused_ends_every_offer() -> None:
    play = ringing_all(agents=(1, 2))
    play.switch.dead = True
    call = play.caller()
    play.sign_out(1)
    first = leg_of(play, call, 1)
    play.tell(CommandFailed(leg=first, command="RingAgent", outcome=Outcome.REFUSED))
    assert results(play, call) == {1: OfferResult.FAILED, 2: OfferResult.FAILED}
    assert (play.state(call), states(play, 1, 2)) == (CallState.WAITING, [IDLE, IDLE])


def test_an_order_without_a_reply_is_given_up_for_all() -> None:
    play = ringing_all(agents=(1, 2))
    play.switch.dead = True
    call = play.caller()
    play.tell(CommandFailed(leg=leg_of(play, call, 1), command="RingAgent", outcome=Outcome.NO_REPLY))
    assert results(play, call) == {1: OfferResult.FAILED, 2: OfferResult.FAILED}
    assert play.state(call) is CallState.WAITING


def test_a_crash_frees_everybody() -> None:
    play = ringing_all()
    call = play.caller()
    play.crash(call)
    assert (play.state(call), states(play, 1, 2, 3)) == (CallState.LEAVING, [IDLE] * 3)
    other = play.caller()
    play.crash(other, attempt=4)
    assert (other in play.centre.calls, play.timers("ring"), states(play, 1, 2, 3)) == (False, [], [IDLE] * 3)


# --- while we are deaf ---------------------------------------------------------------------------------------------


def found(play: Play, answered: Sequence[LegId] = (), core: str = "core") -> SwitchFound:
    return SwitchFound(core=core, legs=tuple(play.switch.legs), answered=tuple(answered))


def test_who_rings_on_over_a_lost_link_rings_on() -> None:
    play = ringing_all()
    call = play.caller()
    play.tell(SwitchLost(reason="test"))
    del play.switch.legs[leg_of(play, call, 1)]
    play.tell(found(play))
    assert (play.state(call), results(play, call)[1]) == (CallState.RINGING_AGENT, OfferResult.FAILED)
    play.answer(2)
    assert play.state(call) is CallState.TALKING


def test_who_answered_while_we_were_deaf_has_the_caller() -> None:
    play = ringing_all()
    call = play.caller()
    play.tell(SwitchLost(reason="test"))
    taken = leg_of(play, call, 3)
    for agent in (1, 2):
        del play.switch.legs[leg_of(play, call, agent)]
    play.switch.legs[taken].answered = True
    play.tell(found(play, [taken]))
    assert play.state(call) is CallState.TALKING
    assert results(play, call) == {1: ELSEWHERE, 2: ELSEWHERE, 3: None}
    assert states(play, 1, 2, 3) == [IDLE, IDLE, ON_CALL]


def test_a_restart_in_the_middle_of_a_ring_frees_everybody_and_the_caller_comes_back() -> None:
    play = ringing_all()
    call = play.caller()
    play.switch.lose_controller()
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.switch.return_leg(play.live(call).call.leg)
    play.tell(found(play))
    assert set(results(play, call).values()) == {OfferResult.FAILED}
    play.wait(10.25)
    assert play.rung_for(call) == [1, 2, 3] * 2


def test_a_restart_of_the_switch_ends_the_call_and_frees_everybody() -> None:
    play = ringing_all()
    call = play.caller()
    play.tell(SwitchLost(reason="test"))
    play.switch.legs.clear()
    play.tell(found(play, core="another"))
    assert (call in play.records, states(play, 1, 2, 3), play.timers("closing")) == (True, [IDLE] * 3, [])


def test_the_end_of_an_attempt_that_was_joined_and_not_told_frees_everybody() -> None:
    play = ringing_all(agents=(1, 2))
    call = play.caller()
    play.switch.dead = True
    play.tell(LegAnswered(leg=leg_of(play, call, 2)))
    attempt = play.live(call).call.bridging
    assert attempt == leg_of(play, call, 1)
    play.tell(BridgeEnded(leg=play.live(call).call.leg, other=attempt, cause="SUCCESS"))
    first, second = play.live(call).record.offers[:2]
    assert (first.result, second.result) == (ELSEWHERE, OfferResult.FAILED)
    assert (play.rung_for(call), play.agent(2).state) == ([1, 2, 1], IDLE)


# --- with a whisper ------------------------------------------------------------------------------------------------


def test_the_others_stop_as_soon_as_one_is_whispered_to() -> None:
    play = ringing_all(whisper="a-sales-call")
    call = play.caller()
    play.answer(2)
    assert (play.state(call), states(play, 1, 2, 3)) == (CallState.CONNECTING, [IDLE, ON_CALL, IDLE])
    assert results(play, call) == {1: ELSEWHERE, 2: None, 3: ELSEWHERE}
    play.wait(WHISPER_LENGTH / 1_000_000)
    assert play.state(call) is CallState.TALKING


def test_C1_who_hangs_up_on_the_whisper_has_declined_and_the_others_ring_again() -> None:
    play = ringing_all(whisper="a-sales-call")
    call = play.caller()
    play.answer(2)
    play.agent_hangs_up(2)
    assert (results(play, call)[2], play.rung_for(call)) == (OfferResult.DECLINED, [1, 2, 3, 1, 3])


def test_every_phone_has_the_same_time_to_ring() -> None:
    play = ringing_all()
    call = play.caller()
    due = {play.centre.timers[TimerId(f"ring:{offer.leg}")] for offer in play.live(call).record.offers}
    assert due == {Micros(play.centre.at + 30_000_000)}
    assert play.live(call).call.group == SALES
