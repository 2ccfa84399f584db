"""What an agent does with a customer, on a whole system: hold, transfer, consult, swap, three-way, mute; who leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fs_control.agents import Moment
from fs_control.errors import UserMistake
from fs_control.ids import CallId
from fs_control.records import Action, CallRecord, Disposition, EndedBy, SegmentKind
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Press,
    Reaction,
    Step,
    Wait,
    WaitForAnswer,
    WaitForTalk,
)
from tests.scenarios.house import House, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001", rights: call dial}
  - {number: "8002", name: 李雷, phone: "1002"}
  - {number: "8003", name: 韩梅, phone: "1003"}
groups:
  - {name: sales, ring: 5, members: ["8001"]}
  - {name: service, ring: 5, members: ["8002"]}
numbers:
  - {number: "4001000001", flow: sales}
"""

FLOW = """
flow: sales
language: zh
start: line
steps:
  line: {do: queue, group: sales, served: goodbye, nobody_free: goodbye, nobody_signed_in: goodbye}
  goodbye: {do: play, prompt: goodbye, next: end}
  end: {do: hangup}
"""
OUTSIDE = "02112345678"
ANSWERS = PhoneBehaviour(answer_after=0.4)
SOON = PhoneBehaviour(answer_after=0.4, talk=2.0)
RINGS_ON = PhoneBehaviour(Reaction.NO_ANSWER)

IVR, LINE, RING, TALK = SegmentKind.IVR, SegmentKind.LINE, SegmentKind.RING, SegmentKind.TALK
HOLD, CONSULT = SegmentKind.HOLD, SegmentKind.CONSULT


@pytest.fixture
def centre(house: House, tmp_path: Path) -> House:
    """Three agents at their phones, of whom the first one serves the callers of sales."""
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "sales.yaml").write_text(FLOW, "utf-8")
    house.configure(DIRECTORY, tmp_path / "flows")
    for phone in ("1001", "1002", "1003"):
        house.phone(phone, ANSWERS)
    house.sign_in("8001", "8002", "8003")
    return house


def talking(house: House, *steps: Step) -> str:
    """Let a customer call and be talking with 8001; the customer's leg."""
    leg = house.call(CallerScript("4001000001", "13800138000", steps=(WaitForAnswer(), WaitForTalk(), *steps)))
    house.wait_until("8001", Moment.TALKING)
    return leg


def joined(house: House) -> None:
    """Wait until customer and agent have been joined."""

    def are_joined() -> bool:
        talk = house.engine.centre.calls[_call(house)].call.talk
        return not (talk.apart or talk.joining)

    house.wait_for(are_joined)


def ended(house: House, leg: str) -> CallRecord:
    """Let whoever talks with the customer hang up, and return the record."""
    joined(house)
    for number in ("8001", "8002", "8003"):
        if house.moment(number) in (Moment.TALKING, Moment.HELD):
            house.act(number, Action.HANG_UP)
    return house.record_of(leg)


def notes(record: CallRecord) -> list[tuple[str, str]]:
    told = {"held", "resumed", "muted", "unmuted", "consulted", "swapped", "three_way", "consult_cancelled"}
    told |= {"handed_over", "colleague_left", "colleague_not_reached", "transferred", "transfer_back"}
    return [(step.kind, step.detail) for step in record.steps if step.kind in told | {"transfer_in_line"}]


def agents_of(house: House, record: CallRecord, kind: SegmentKind) -> list[str | None]:
    return [house.number_of(segment.agent) for segment in record.segments if segment.kind is kind]


# --- hold -----------------------------------------------------------------------------------------------------------


def test_C2_a_customer_on_hold_hears_the_music_and_is_taken_back(centre: House) -> None:
    """Customer hears the configured music during hold and nothing of the agent; resume restores two-way audio; hold
    seconds are on the CDR."""
    leg = talking(centre)
    for _ in range(2):  # the first hold takes a `bridge` apart, the second one what resume has joined
        centre.act("8001", Action.HOLD)
        centre.wait_until("8001", Moment.HELD)
        centre.wait_for(lambda: centre.engine.centre.calls[_call(centre)].call.op is not None)  # music
        centre.act("8001", Action.RESUME)
        joined(centre)
    record = ended(centre, leg)
    assert [kind for kind in kinds(record) if kind in (TALK, HOLD)] == [TALK, HOLD, TALK, HOLD, TALK]
    assert agents_of(centre, record, HOLD) == ["8001", "8001"]
    assert (record.disposition, record.ended_by) == (Disposition.ANSWERED, EndedBy.FLOW)


def test_C2_an_agent_who_leaves_a_customer_on_hold_ends_the_talk(centre: House) -> None:
    leg = talking(centre)
    centre.act("8001", Action.HOLD)
    record = ended(centre, leg)
    assert kinds(record)[-2:] == [HOLD, IVR]
    assert record.segments[-2].ended_by is EndedBy.AGENT


def test_C2_a_customer_who_leaves_while_on_hold_frees_the_agent(centre: House) -> None:
    leg = talking(centre, Wait(2.0), HangUp())
    centre.act("8001", Action.HOLD)
    record = centre.record_of(leg)
    assert (kinds(record)[-1], record.ended_by) == (HOLD, EndedBy.CALLER)
    centre.wait_until("8001", Moment.IDLE)


# --- transfer -------------------------------------------------------------------------------------------------------


def test_C3_a_customer_is_transferred_to_a_colleague(centre: House) -> None:
    """After transfer the agent is in wrap-up, customer talks to the target."""
    leg = talking(centre)
    centre.act("8001", Action.TRANSFER, "8002")
    centre.wait_until("8002", Moment.TALKING)
    centre.wait_until("8001", Moment.IDLE)
    record = ended(centre, leg)
    assert agents_of(centre, record, TALK) == ["8001", "8002"]
    assert notes(record) == [("transferred", "8002")]
    assert record.disposition is Disposition.ANSWERED


def test_C3_a_customer_is_transferred_from_hold_to_another_group(centre: House) -> None:
    leg = talking(centre)
    centre.act("8001", Action.HOLD)
    centre.act("8001", Action.TRANSFER, "service")
    centre.wait_until("8002", Moment.TALKING)
    record = ended(centre, leg)
    assert agents_of(centre, record, TALK) == ["8001", "8002"]
    assert [segment.group for segment in record.segments if segment.kind is TALK] == [1, 2]


def test_C3_a_customer_is_transferred_outside(centre: House) -> None:
    """The number is normalised."""
    centre.outsider(OUTSIDE, SOON)
    leg = talking(centre)
    centre.act("8001", Action.TRANSFER, "+86 21 1234-5678")
    record = centre.record_of(leg)
    assert notes(record) == [("transferred", OUTSIDE)]
    assert agents_of(centre, record, TALK) == ["8001", None]


def test_C3_a_failed_transfer_brings_the_customer_back_to_the_agent(centre: House) -> None:
    """Failed target returns the customer to the agent."""
    centre.phone("1002", PhoneBehaviour(Reaction.DECLINE))
    leg = talking(centre)
    centre.act("8001", Action.TRANSFER, "8002")
    centre.wait_for(lambda: "transfer_back" in str(centre.engine.centre.calls[_call(centre)].record.steps))
    centre.wait_until("8001", Moment.TALKING)
    record = ended(centre, leg)
    assert notes(record) == [("transferred", "8002"), ("transfer_back", "8001")]
    assert agents_of(centre, record, TALK) == ["8001", "8001"]


def test_C3_who_cannot_go_back_to_the_agent_is_first_in_line(centre: House) -> None:
    """If that agent is gone, to the head of the group's line."""
    centre.phone("1002", PhoneBehaviour(Reaction.DECLINE))
    centre.phone("1001", ANSWERS, PhoneBehaviour(Reaction.BUSY), ANSWERS)
    leg = talking(centre)
    centre.act("8001", Action.TRANSFER, "8002")
    centre.wait_for(lambda: "transfer_back" in str(centre.engine.centre.calls[_call(centre)].record.steps))
    centre.wait_until("8001", Moment.TALKING)
    record = ended(centre, leg)
    assert notes(record)[1:] == [("transfer_back", "8001"), ("transfer_in_line", "sales")]
    assert LINE in kinds(record)[kinds(record).index(TALK) :]


@pytest.mark.parametrize(
    ("to", "code"),
    [("8001", "target_is_self"), ("8009", "target_unknown"), ("8003", "colleague_not_free.signed_out")],
)
def test_C3_a_transfer_to_nobody_is_refused_and_changes_nothing(centre: House, to: str, code: str) -> None:
    centre.sign_out("8003")
    leg = talking(centre)
    with pytest.raises(UserMistake, match=code):
        centre.act("8001", Action.TRANSFER, to)
    assert centre.moment("8001") is Moment.TALKING
    assert notes(ended(centre, leg)) == []


# --- consult --------------------------------------------------------------------------------------------------------


def consulting(house: House, *steps: Step, to: str = "8002") -> str:
    """Let 8001, who talks with a customer, speak with a colleague; the customer's leg."""
    leg = talking(house, *steps)
    house.act("8001", Action.CONSULT, to)
    house.wait_until("8001", Moment.CONSULTING)
    return leg


def test_C4_a_consult_is_completed_and_the_colleague_has_the_customer(centre: House) -> None:
    """Customer on hold music; agent leaving completes the transfer."""
    leg = consulting(centre)
    assert centre.moment("8002") is Moment.CONSULTED
    centre.act("8001", Action.COMPLETE)
    centre.wait_until("8001", Moment.IDLE)
    centre.wait_until("8002", Moment.TALKING)
    record = ended(centre, leg)
    assert [kind for kind in kinds(record) if kind in (TALK, CONSULT)] == [TALK, CONSULT, TALK]
    assert agents_of(centre, record, TALK) == ["8001", "8002"]
    assert notes(record) == [("consulted", "8002"), ("handed_over", "8002")]


def test_C4_a_consult_is_cancelled_and_the_customer_is_back(centre: House) -> None:
    leg = consulting(centre)
    centre.act("8001", Action.CANCEL)
    joined(centre)
    centre.wait_until("8002", Moment.IDLE)
    record = ended(centre, leg)
    assert agents_of(centre, record, TALK) == ["8001", "8001"]


def test_C4_a_consult_out_of_a_hold(centre: House) -> None:
    leg = talking(centre)
    centre.act("8001", Action.HOLD)
    centre.act("8001", Action.CONSULT, "8002")
    centre.wait_until("8001", Moment.CONSULTING)
    centre.act("8001", Action.COMPLETE)
    centre.wait_until("8002", Moment.TALKING)
    record = ended(centre, leg)
    assert [kind for kind in kinds(record) if kind in (TALK, HOLD, CONSULT)] == [TALK, HOLD, CONSULT, TALK]


@pytest.mark.parametrize("reaction", [Reaction.DECLINE, Reaction.BUSY, Reaction.UNREACHABLE])
def test_C4_a_colleague_who_cannot_be_reached_leaves_the_two_talking(centre: House, reaction: Reaction) -> None:
    centre.phone("1002", PhoneBehaviour(reaction))
    leg = talking(centre)
    centre.act("8001", Action.CONSULT, "8002")
    centre.wait_for(lambda: "colleague_not_reached" in str(centre.engine.centre.calls[_call(centre)].record.steps))
    centre.wait_until("8001", Moment.TALKING)
    assert notes(ended(centre, leg))[1][0] == "colleague_not_reached"


def test_C4_a_colleague_who_leaves_returns_to_two(centre: House) -> None:
    """Consultant leaving returns to two-way."""
    leg = consulting(centre)
    centre.act("8002", Action.HANG_UP)
    centre.wait_until("8001", Moment.TALKING)
    record = ended(centre, leg)
    assert notes(record)[1][0] == "colleague_left"
    assert agents_of(centre, record, TALK) == ["8001", "8001"]


def test_C4_an_agent_who_puts_the_phone_down_in_a_consult_has_handed_over(centre: House) -> None:
    leg = consulting(centre)
    centre.act("8001", Action.HANG_UP)
    centre.wait_until("8002", Moment.TALKING)
    joined(centre)
    record = ended(centre, leg)
    assert agents_of(centre, record, TALK) == ["8001", "8002"]


def test_C4_an_agent_who_puts_the_phone_down_while_the_colleague_rings_has_transferred(centre: House) -> None:
    centre.phone("1002", PhoneBehaviour(answer_after=3.0))
    leg = talking(centre)
    centre.act("8001", Action.CONSULT, "8002")
    centre.wait_until("8002", Moment.RINGING)
    centre.act("8001", Action.COMPLETE)
    centre.wait_until("8002", Moment.TALKING)
    record = ended(centre, leg)
    assert notes(record) == [("consulted", "8002"), ("transferred", "8002")]


def test_C4_a_customer_who_leaves_in_a_consult_frees_both(centre: House) -> None:
    leg = consulting(centre, Wait(4.0), HangUp())
    record = centre.record_of(leg)
    assert (kinds(record)[-1], record.ended_by) == (CONSULT, EndedBy.CALLER)
    centre.wait_until("8001", Moment.IDLE)
    centre.wait_until("8002", Moment.IDLE)


def test_C4_swap_and_swap_back(centre: House) -> None:
    leg = consulting(centre)
    centre.act("8001", Action.SWAP)
    assert centre.moment("8001") is Moment.SWAPPED
    joined(centre)
    centre.act("8001", Action.SWAP)
    centre.wait_for(lambda: centre.engine.centre.calls[_call(centre)].call.op is not None)  # music again
    joined(centre)
    centre.act("8001", Action.SWAP)
    joined(centre)
    centre.act("8001", Action.COMPLETE)
    centre.wait_until("8002", Moment.TALKING)
    joined(centre)
    record = ended(centre, leg)
    told = [kind for kind in kinds(record) if kind in (TALK, CONSULT)]
    assert told == [TALK, CONSULT, TALK, CONSULT, TALK, TALK]


LEAVERS: dict[str, Callable[[House], None]] = {
    "the agent": lambda house: house.act("8001", Action.HANG_UP),
    "the agent by order": lambda house: house.act("8001", Action.COMPLETE),
    "the colleague": lambda house: house.act("8002", Action.HANG_UP),
    "the colleague by order": lambda house: house.act("8001", Action.CANCEL),
}


@pytest.mark.parametrize("who", LEAVERS)
@pytest.mark.parametrize("swapped", [False, True], ids=["", "swapped"])
def test_C4_whoever_leaves_a_three_way_call_the_other_two_talk(centre: House, who: str, swapped: bool) -> None:
    """Join makes three-way; agent leaving completes the transfer; consultant leaving returns to two-way."""
    leg = consulting(centre)
    if swapped:
        centre.act("8001", Action.SWAP)
        joined(centre)
    centre.act("8001", Action.JOIN)
    centre.wait_until("8001", Moment.THREE_WAY)
    joined(centre)
    LEAVERS[who](centre)
    stays = "8001" if "colleague" in who else "8002"
    centre.wait_until(stays, Moment.TALKING)
    joined(centre)
    centre.act(stays, Action.HOLD)  # and can go on as any two
    centre.wait_for(lambda: centre.engine.centre.calls[_call(centre)].call.op is not None)
    centre.act(stays, Action.RESUME)
    joined(centre)
    record = ended(centre, leg)
    assert agents_of(centre, record, TALK)[-1] == stays
    centre.wait_until("8001", Moment.IDLE)
    centre.wait_until("8002", Moment.IDLE)


def test_C4_a_customer_who_leaves_a_three_way_call_frees_both(centre: House) -> None:
    leg = consulting(centre, Wait(5.0), HangUp())
    centre.act("8001", Action.JOIN)
    assert centre.record_of(leg).ended_by is EndedBy.CALLER
    centre.wait_until("8001", Moment.IDLE)
    centre.wait_until("8002", Moment.IDLE)


def test_C4_a_colleague_who_is_busy_or_away_is_not_asked(centre: House) -> None:
    """Consult to busy/offline agent refused with the reason."""
    centre.sign_out("8003")
    leg = consulting(centre)
    with pytest.raises(UserMistake, match="consult_under_way"):
        centre.act("8001", Action.CONSULT, "8003")
    centre.act("8001", Action.CANCEL)
    joined(centre)
    with pytest.raises(UserMistake, match=r"colleague_not_free\.signed_out"):
        centre.act("8001", Action.CONSULT, "8003")
    assert centre.moment("8001") is Moment.TALKING
    ended(centre, leg)


def test_C4_somebody_outside_is_asked_and_takes_over(centre: House) -> None:
    """Consult another agent or an expert."""
    centre.outsider(OUTSIDE, PhoneBehaviour(answer_after=0.4, talk=4.0))
    leg = consulting(centre, to=OUTSIDE)
    centre.act("8001", Action.COMPLETE)
    centre.wait_until("8001", Moment.IDLE)
    record = centre.record_of(leg)
    assert notes(record) == [("consulted", OUTSIDE), ("handed_over", OUTSIDE)]
    assert agents_of(centre, record, TALK) == ["8001", None]


# --- mute, and the keys of the phone ---------------------------------------------------------------------------------


def test_C5_an_agent_is_muted_and_heard_again(centre: House) -> None:
    """Customer hears nothing, call stays up, state shown; unmute restores."""
    leg = talking(centre)
    centre.act("8001", Action.MUTE)
    with pytest.raises(UserMistake, match="already_muted"):
        centre.act("8001", Action.MUTE)
    centre.act("8001", Action.UNMUTE)
    assert notes(ended(centre, leg)) == [("muted", "8001"), ("unmuted", "8001")]


def test_C3_keys_of_the_phone_hold_and_transfer(centre: House) -> None:
    """DTMF codes for phones without such keys."""
    keys = (Wait(1.0), Press("*1"), Wait(2.0), Press("*1"), Wait(2.0), Press("*28002#"))
    centre.phone("1001", PhoneBehaviour(answer_after=0.4, steps=keys))
    leg = talking(centre)
    centre.wait_until("8002", Moment.TALKING)
    record = ended(centre, leg)
    assert notes(record) == [("held", "8001"), ("resumed", "8001"), ("transferred", "8002")]


def _call(house: House) -> CallId:
    """Return the only call there is."""
    (call,) = house.engine.centre.calls
    return call
