"""A call's states and the meaning of hang-up causes."""

from __future__ import annotations

from itertools import product

import pytest

from fs_control.calls import (
    Call,
    CallState,
    CallTrigger,
    LiveOffer,
    advance,
    ended_by_of,
    offer_result_of,
    outbound_verdict_of,
)
from fs_control.errors import BrokenInvariant
from fs_control.ids import AgentId, CallId, GroupId, LegId
from fs_control.records import Disposition, EndedBy, OfferResult

ALLOWED = {
    (CallState.IN_FLOW, CallTrigger.JOINED_LINE): CallState.WAITING,
    (CallState.WAITING, CallTrigger.OFFERED): CallState.RINGING_AGENT,
    (CallState.RINGING_AGENT, CallTrigger.OFFER_FAILED): CallState.WAITING,
    (CallState.RINGING_AGENT, CallTrigger.AGENT_ANSWERED): CallState.CONNECTING,
    (CallState.CONNECTING, CallTrigger.OFFER_FAILED): CallState.WAITING,
    (CallState.CONNECTING, CallTrigger.BRIDGED): CallState.TALKING,
    (CallState.WAITING, CallTrigger.LEFT_LINE): CallState.IN_FLOW,
    (CallState.TALKING, CallTrigger.LEFT_LINE): CallState.IN_FLOW,
    (CallState.IN_FLOW, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.WAITING, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.TALKING, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.LEAVING, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.IN_FLOW, CallTrigger.OFFERED): CallState.RINGING_AGENT,
    (CallState.RINGING_AGENT, CallTrigger.UNREACHED): CallState.IN_FLOW,
    (CallState.CONNECTING, CallTrigger.UNREACHED): CallState.IN_FLOW,
    (CallState.IN_FLOW, CallTrigger.DIALLED): CallState.DIALLING,
    (CallState.DIALLING, CallTrigger.UNREACHED): CallState.IN_FLOW,
    (CallState.DIALLING, CallTrigger.BRIDGED): CallState.OUTSIDE,
    (CallState.OUTSIDE, CallTrigger.LEFT_LINE): CallState.IN_FLOW,
    (CallState.DIALLING, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.OUTSIDE, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.CALLING, CallTrigger.REACHED): CallState.IN_FLOW,
    (CallState.CALLING, CallTrigger.BRIDGED): CallState.TALKING,
    (CallState.CALLING, CallTrigger.DISMISSED): CallState.LEAVING,
    (CallState.TALKING, CallTrigger.TRANSFERRED): CallState.IN_FLOW,
    (CallState.TALKING, CallTrigger.HANDED_OUTSIDE): CallState.OUTSIDE,
}


def a_call(state: CallState = CallState.IN_FLOW) -> Call:
    return Call(CallId("call"), LegId("leg"), "4001", state=state)


@pytest.mark.parametrize(("state", "trigger"), list(product(CallState, CallTrigger)))
def test_only_what_the_table_lists_may_happen(state: CallState, trigger: CallTrigger) -> None:
    if (state, trigger) in ALLOWED:
        assert advance(a_call(state), trigger).state is ALLOWED[state, trigger]
    else:
        with pytest.raises(BrokenInvariant, match="call_transition"):
            advance(a_call(state), trigger)


def test_every_application_has_a_name_of_its_own() -> None:
    call, first = a_call().with_next_op()
    call, second = call.with_next_op()
    assert (first, second, call.op) == ("call.1", "call.2", "call.2")


@pytest.mark.parametrize(
    ("cause", "result"),
    [
        ("USER_BUSY", OfferResult.BUSY),  # trace bridge-busy
        ("CALL_REJECTED", OfferResult.DECLINED),  # trace bridge-declined
        ("NO_ANSWER", OfferResult.NO_ANSWER),  # trace bridge-no-answer
        ("SUBSCRIBER_ABSENT", OfferResult.UNREGISTERED),  # trace originate-results
        ("USER_NOT_REGISTERED", OfferResult.UNREGISTERED),
        ("NORMAL_TEMPORARY_FAILURE", OfferResult.UNREACHABLE),  # trace originate-results
        ("CHAN_NOT_IMPLEMENTED", OfferResult.FAILED),  # trace originate-results
        ("", OfferResult.FAILED),
    ],
)
def test_a_cause_says_how_an_offer_ended(cause: str, result: OfferResult) -> None:
    assert offer_result_of(cause) is result


@pytest.mark.parametrize(
    ("cause", "who"),
    [
        ("NORMAL_CLEARING", EndedBy.CALLER),
        ("ORIGINATOR_CANCEL", EndedBy.CALLER),
        ("MEDIA_TIMEOUT", EndedBy.SWITCH),
        ("MANAGER_REQUEST", EndedBy.SWITCH),
        ("SYSTEM_SHUTDOWN", EndedBy.SWITCH),
    ],
)
def test_a_cause_says_who_ended_a_callers_leg(cause: str, who: EndedBy) -> None:
    assert ended_by_of(cause) is who


def ringing(*legs: str) -> Call:
    """A call for which phones ring on these legs."""
    return a_call(CallState.RINGING_AGENT).with_offers(
        *(LiveOffer(LegId(leg), AgentId(number), GroupId(1)) for number, leg in enumerate(legs))
    )


def legs(call: Call) -> list[str]:
    return [offer.leg for offer in call.offers]


def test_several_offers_have_a_first_one_and_any_of_them_can_become_it() -> None:
    call = ringing("a", "b", "c")
    assert call.offer == call.offer_on(LegId("a"))
    assert (legs(call.led_by(LegId("c"))), legs(call.led_by(LegId("a")))) == (["c", "a", "b"], ["a", "b", "c"])


def test_an_offer_less_leaves_the_others_and_the_last_one_nothing() -> None:
    call = ringing("a", "b")
    assert legs(call.without_offer(LegId("a"))) == ["b"]
    assert legs(call.without_offer(LegId("gone"))) == ["a", "b"]
    empty = call.without_offer(LegId("a")).without_offer(LegId("b"))
    assert (empty.offer, empty.others, empty.offers) == (None, (), ())


def test_an_attempt_has_the_name_of_its_first_leg() -> None:
    alone = LiveOffer(LegId("a"), AgentId(1), GroupId(1))
    beside = LiveOffer(LegId("b"), AgentId(2), GroupId(1), first=LegId("a"))
    assert (alone.attempt, beside.attempt) == ("a", "a")


@pytest.mark.parametrize(
    ("cause", "disposition"),
    [
        ("NO_ANSWER", Disposition.NO_ANSWER),
        ("NO_USER_RESPONSE", Disposition.NO_ANSWER),
        ("ALLOTTED_TIMEOUT", Disposition.NO_ANSWER),
        ("USER_BUSY", Disposition.BUSY),
        ("CALL_REJECTED", Disposition.DECLINED),
        ("SUBSCRIBER_ABSENT", Disposition.UNREACHABLE),
        ("DESTINATION_OUT_OF_ORDER", Disposition.UNREACHABLE),
        ("UNALLOCATED_NUMBER", Disposition.NUMBER_UNKNOWN),
        ("INVALID_NUMBER_FORMAT", Disposition.NUMBER_UNKNOWN),
        ("NO_ROUTE_DESTINATION", Disposition.NUMBER_UNKNOWN),
        ("NORMAL_TEMPORARY_FAILURE", Disposition.NOT_CARRIED),
        ("INVALID_GATEWAY", Disposition.NOT_CARRIED),
        ("GATEWAY_DOWN", Disposition.NOT_CARRIED),
        ("NORMAL_CIRCUIT_CONGESTION", Disposition.NOT_CARRIED),
        ("OUTGOING_CALL_BARRED", Disposition.NOT_CARRIED),
        ("SOMETHING_NEW", Disposition.NOT_CARRIED),
        ("ORIGINATOR_CANCEL", Disposition.CANCELLED),
        ("SWITCH_LOST", Disposition.FAILED),
    ],
)
def test_O1_the_cause_of_a_call_that_was_never_answered_says_what_became_of_it(
    cause: str, disposition: Disposition
) -> None:
    assert outbound_verdict_of(cause) is disposition
