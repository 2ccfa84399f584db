"""The line: who stands where in it, who may go ahead, which groups help out, and when it takes nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fs_control.calls import CallState
from fs_control.centre.place import BY_CUSTOMER, position_of, raise_priority
from fs_control.centre.step import Step
from fs_control.commands import RingAgent
from fs_control.events import DrainRequested
from fs_control.ids import AgentId, CallId
from fs_control.records import Directory, Disposition, FlowText, ServiceNumber
from fs_control.testing.builders import LINE, MENU, SALES, SERVICE, SERVICE_LINE, a_directory, loaded
from fs_control.testing.play import Play

VIP_LINE = FlowText(
    "vip",
    LINE.text.replace("flow: line", "flow: vip")
    .replace("start: line", "start: raise")
    .replace("steps:\n", "steps:\n  raise: {do: priority, level: 5, next: line}\n"),
)
NUMBERS = (ServiceNumber("4001", "line"), ServiceNumber("4008", "service"), ServiceNumber("4009", "vip"))
VIP = "4009"
HELPED = {"sales": ((30.0, "service"),)}


def a_play(
    groups: Mapping[str, Sequence[int]] | None = None, numbers: Sequence[ServiceNumber] = NUMBERS, **settings: object
) -> Play:
    """A play in which 4001 leads to the line of sales, 4008 to that of service, and 4009 is for VIPs."""
    directory = a_directory(groups or {"sales": (1,)}, numbers, **settings)  # type: ignore[arg-type]
    return Play(directory=directory, flows=(LINE, SERVICE_LINE, MENU, VIP_LINE))


def all_busy(play: Play, *agents: int) -> list[CallId]:
    """Let agents sign in and talk."""
    play.sign_in(*agents)
    calls = [play.caller() for _ in agents]
    for agent in agents:
        play.answer(agent)
    return calls


def places(play: Play, *calls: CallId) -> list[int | None]:
    """Where the callers stand in the line of their own group."""
    return [position_of(play.centre, play.live(call).call) for call in calls]


def notes(play: Play, call: CallId, kind: str) -> list[str]:
    """What the record of a live call says of one kind."""
    return [each.detail for each in play.live(call).record.steps if each.kind == kind]


# --- by priority, then by arrival ---


def test_N8_a_vip_is_offered_to_the_next_free_agent_and_the_others_move_back_by_one() -> None:
    """With three callers waiting, a caller marked VIP by the flow is offered to the next free agent; the position the
    others hear moves back by one."""
    play = a_play()
    all_busy(play, 1)
    waiting = [play.caller() for _ in range(3)]
    assert places(play, *waiting) == [1, 2, 3]
    vip = play.caller(VIP)
    assert places(play, vip, *waiting) == [1, 2, 3, 4]
    assert notes(play, vip, "vip") == ["3"]
    play.agent_hangs_up(1)
    assert play.rung[-1] == (1, vip)


def test_N8_among_vips_of_one_level_who_came_first_goes_first() -> None:
    play = a_play()
    all_busy(play, 1)
    first, second, ordinary = play.caller(VIP), play.caller(VIP), play.caller()
    assert places(play, first, second, ordinary) == [1, 2, 3]
    assert notes(play, second, "vip") == []


def test_N8_a_vip_takes_no_phone_away_that_rings_for_somebody() -> None:
    play = a_play()
    play.sign_in(1)
    rings = play.caller()
    play.caller(VIP)
    play.answer(1)
    assert play.state(rings) is CallState.TALKING


def test_N8_whom_nobody_answered_waits_behind_the_vip_who_came_meanwhile() -> None:
    play = a_play({"sales": (1, 2)})
    play.sign_in(1)
    rings, vip = play.caller(), play.caller(VIP)
    play.wait(20)
    play.sign_in(2)
    assert play.rung[-1] == (2, vip)
    assert places(play, vip, rings) == [1, 2]


def test_N8_an_agent_of_several_groups_takes_the_vip_before_who_has_waited_longest() -> None:
    play = a_play({"sales": (1,), "service": (1,)})
    all_busy(play, 1)
    play.caller("4008")
    play.wait(5)
    vip = play.caller(VIP)
    play.agent_hangs_up(1)
    assert play.rung[-1] == (1, vip)


def test_a_ready_agent_of_several_groups_takes_the_longest_waiting_caller() -> None:
    play = a_play({"sales": (1,), "service": (1,)})
    all_busy(play, 1)
    longest = play.caller("4008")
    play.wait(5)
    play.caller()
    play.agent_hangs_up(1)
    assert play.rung[-1] == (1, longest)


def raised(play: Play, call: CallId, level: int) -> None:
    """Do what the look-up of a caller does when its answer comes."""
    step = Step(play.centre, DrainRequested(at=play.centre.at))
    raise_priority(step, play.live(call), level, BY_CUSTOMER)
    play.centre = step.centre


def test_N8_a_customer_who_is_found_to_be_a_vip_moves_forward_in_the_line_they_are_in() -> None:
    play = a_play()
    all_busy(play, 1)
    calls = [play.caller() for _ in range(3)]
    raised(play, calls[2], 3)
    assert places(play, *calls) == [2, 3, 1]
    assert notes(play, calls[2], "vip") == ["2"]


def test_N8_a_priority_is_never_lowered() -> None:
    play = a_play()
    all_busy(play, 1)
    vip = play.caller(VIP)
    raised(play, vip, 2)
    assert play.live(vip).call.priority == 5


# --- groups that help out ---


def test_after_some_time_in_line_an_agent_of_another_group_is_rung_too() -> None:
    play = a_play({"sales": (1,), "service": (2,)}, overflow=HELPED)
    all_busy(play, 1)
    play.sign_in(2)
    call = play.caller()
    play.wait(29)
    assert play.rung_for(call) == []
    play.wait(1)
    assert play.rung_for(call) == [2]
    play.answer(2)
    (offer,) = play.live(call).record.offers
    assert (offer.group, notes(play, call, "overflow")) == (SERVICE, ["service"])
    assert dict(play.centre.lines) == {}


def test_who_comes_by_overflow_stands_behind_all_who_wait_there() -> None:
    play = a_play({"sales": (1,), "service": (2,)}, overflow=HELPED)
    all_busy(play, 1)
    play.sign_in(2)
    talks = play.caller("4008")
    play.answer(2)
    visitor = play.caller()
    play.wait(10)
    host = play.caller("4008")
    play.wait(20)
    assert play.centre.lines[SERVICE] == (host, visitor)
    assert (play.state(talks), places(play, visitor, host)) == (CallState.TALKING, [1, 1])
    play.agent_hangs_up(2)
    assert play.rung[-1] == (2, host)


def test_who_is_free_in_both_groups_rings_once_for_a_caller_of_both_lines() -> None:
    play = a_play({"sales": (1, 2), "service": (2, 3)}, overflow=HELPED)
    all_busy(play, 1)
    play.sign_in(2, 3)
    busy = [play.caller(), play.caller("4008")]
    play.answer(2)
    play.answer(3)
    call = play.caller()
    play.wait(40)
    rung_before = len(play.rung)
    play.agent_hangs_up(3)
    play.agent_hangs_up(2)
    assert play.rung[rung_before:] == [(3, call)]
    assert len(busy) == 2


def test_where_nobody_of_the_own_group_is_signed_in_the_helping_group_takes_the_caller_at_once() -> None:
    play = a_play({"sales": (1,), "service": (2,)}, overflow=HELPED)
    play.sign_in(2)
    assert play.rung_for(play.caller()) == [2]


def test_the_helping_group_takes_those_over_whose_own_group_has_gone_home() -> None:
    play = a_play({"sales": (1,), "service": (2,)}, overflow=HELPED)
    all_busy(play, 1)
    play.sign_in(2)
    call = play.caller()
    play.sign_out(1)
    assert play.rung_for(call) == [2]


def test_where_nobody_is_signed_in_anywhere_the_flow_goes_on() -> None:
    play = a_play({"sales": (1,), "service": (2,)}, overflow=HELPED)
    call = play.caller()
    play.wait(3)
    assert play.records[call].disposition is Disposition.NOBODY_SIGNED_IN


def without_sales(play: Play) -> None:
    """Take a group out of the directory."""
    directory = play.centre.directory
    others = {key: group for key, group in directory.groups.items() if key != SALES}
    play.tell(loaded(replace(directory, groups=others), flows=(LINE, SERVICE_LINE, MENU, VIP_LINE)))


def a_customer_in_two_lines() -> tuple[Play, CallId]:
    """A customer of agent 9, who talks, waits for sales and for service, and so do the agents of both."""
    play = a_play({"sales": (1,), "service": (2,), "help": (9,)}, overflow=HELPED)
    play.callers.save("13800138000", 9)
    play.sign_in(9)
    play.caller()
    play.answer(9)
    play.sign_in(1, 2)
    play.caller(number="13900139000")
    play.answer(1)
    play.caller("4008", "13900139000")
    play.answer(2)
    call = play.caller()
    play.wait(30)
    assert play.live(call).call.lines == (SALES, SERVICE)
    return play, call


def test_M6_the_own_agent_is_rung_in_the_line_of_the_helping_group_when_the_own_group_is_no_more() -> None:
    play, call = a_customer_in_two_lines()
    without_sales(play)
    play.agent_hangs_up(9)
    assert play.rung_for(call) == [9]


def test_M6_who_waits_for_the_own_agent_alone_waits_on_when_the_own_group_is_no_more() -> None:
    play, call = a_customer_in_two_lines()
    play.sign_out(2)
    without_sales(play)
    assert play.state(call) is CallState.WAITING
    play.sign_out(9)
    assert play.heard(call)[-1] == "nobody-signed-in"


def test_a_caller_leaves_when_the_helping_group_has_gone_home_too() -> None:
    play = a_play({"sales": (1,), "service": (2,)}, overflow=HELPED)
    play.sign_in(2)
    rings = play.caller()
    play.answer(2)
    waits = play.caller()
    play.sign_out(2)
    assert play.heard(waits)[-1] == "nobody-signed-in"
    assert play.state(rings) is CallState.TALKING


def test_limits_stay_those_of_the_own_group() -> None:
    play = a_play({"sales": (1,), "service": (2,)}, overflow=HELPED)
    all_busy(play, 1)
    play.sign_in(2)
    play.caller("4008")
    play.answer(2)
    call = play.caller()
    play.wait(603)
    assert play.records[call].disposition is Disposition.WAITED_TOO_LONG
    assert dict(play.centre.lines) == {}


def test_callers_in_line_learn_of_a_new_helping_group_and_forget_one_that_is_no_more() -> None:
    groups = {"sales": (1,), "service": (2,)}
    play = a_play(groups)
    all_busy(play, 1)
    play.sign_in(2)
    play.caller("4008")
    play.answer(2)
    call = play.caller()
    play.wait(10)
    load(play, a_directory(groups, NUMBERS, overflow=HELPED))
    play.wait(20)
    assert play.centre.lines[SERVICE] == (call,)
    load(play, a_directory({"sales": (1,)}, NUMBERS))
    assert (play.live(call).call.lines, play.centre.lines[SALES]) == ((SALES,), (call,))


def load(play: Play, directory: Directory) -> None:
    play.tell(loaded(directory, flows=(LINE, SERVICE_LINE, MENU, VIP_LINE)))


# --- the line is full ---


def test_who_comes_to_a_full_line_leaves_it_at_once() -> None:
    play = a_play(max_waiting=2)
    all_busy(play, 1)
    waiting = [play.caller(), play.caller()]
    call = play.caller()
    play.wait(3)
    assert play.heard(call) == ["nobody-signed-in"]  # the flow has no exit of its own for it
    assert play.records[call].disposition is Disposition.LINE_FULL
    assert places(play, *waiting) == [1, 2]


def test_a_full_line_keeps_nobody_from_an_agent_who_is_free() -> None:
    play = a_play({"sales": (1, 2)}, max_waiting=1)
    play.sign_in(1, 2)
    calls = [play.caller(), play.caller(), play.caller()]
    assert [play.state(call) for call in calls] == [
        CallState.RINGING_AGENT,
        CallState.RINGING_AGENT,
        CallState.WAITING,
    ]


def test_the_flow_may_have_a_step_for_a_full_line() -> None:
    full = FlowText(
        "line", LINE.text.replace("nobody_signed_in: closed", "nobody_signed_in: closed, line_full: too-long")
    )
    play = Play(directory=a_directory({"sales": (1,)}, max_waiting=1), flows=(full, SERVICE_LINE, MENU))
    all_busy(play, 1)
    play.caller()
    assert play.heard(play.caller()) == ["waited-too-long"]


def test_visitors_take_no_room_of_the_groups_own_callers() -> None:
    play = a_play({"sales": (1,), "service": (2,)}, overflow=HELPED, max_waiting=1)
    all_busy(play, 1)
    play.sign_in(2)
    play.caller("4008")
    play.answer(2)
    visitor = play.caller()
    play.wait(31)
    host = play.caller("4008")
    assert play.centre.lines[SERVICE] == (visitor, host)


def test_the_ring_is_that_of_the_group_whose_agent_is_rung() -> None:
    directory = a_directory({"sales": (1,), "service": (2,)}, NUMBERS, overflow=HELPED)
    groups = {key: replace(group, ring_s=7.0 if key == SERVICE else 20.0) for key, group in directory.groups.items()}
    play = Play(directory=replace(directory, groups=groups), flows=(LINE, SERVICE_LINE, MENU, VIP_LINE))
    play.sign_in(2)
    play.caller()
    (ring,) = [each.ring for each in play.commands if isinstance(each, RingAgent)]
    assert (ring, play.agent(2).id) == (7_000_000, AgentId(2))
