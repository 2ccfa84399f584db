"""A6: every action at every moment, asked of the centre: what the one table forbids is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest

from fs_control.agents import AgentState, Moment, refusal_of
from fs_control.calls import Consulted, Talk, TalkState
from fs_control.centre import CallCentre, transition
from fs_control.centre.moments import moment_of
from fs_control.commands import Reply
from fs_control.events import ActionRequested
from fs_control.ids import AgentId, LegId, RequestId
from fs_control.records import Action, AgentDefaults, BreakReason
from fs_control.testing.builders import a_directory
from fs_control.testing.play import Play
from fs_control.texts import LANGUAGES, sentence

AGENT: Final = AgentId(1)
MEAL: Final = BreakReason("meal", "meal", "用餐")


def an_office() -> Play:
    """Agent 1 alone, with a minute for notes."""
    directory = replace(a_directory({"sales": (1,), "service": (2,)}), breaks=(MEAL,))
    return Play(directory=replace(directory, defaults=AgentDefaults(wrap_up_s=60)))


def asked(action: Action, reason: str = "") -> ActionRequested:
    return ActionRequested(request=RequestId("wish"), agent=AGENT, by="test", action=action, reason=reason)


def signed_out() -> CallCentre:
    return an_office().centre


def idle() -> CallCentre:
    play = an_office()
    play.sign_in(1)
    return play.centre


def on_break() -> CallCentre:
    play = an_office()
    play.sign_in(1)
    play.tell(asked(Action.BREAK, MEAL.code))
    return play.centre


def rung() -> CallCentre:
    play = an_office()
    play.sign_in(1)
    play.caller()
    return play.centre


def reserved() -> CallCentre:
    """The phone has not told that it rings."""
    centre = rung()
    agent = replace(centre.agents[AGENT], state=AgentState.RESERVED)
    return replace(centre, agents=centre.agents.set(AGENT, agent))


def talking(state: TalkState = TalkState.TALKING, consulted: Consulted | None = None) -> CallCentre:
    play = an_office()
    play.sign_in(1)
    call = play.caller()
    play.answer(1)
    live = play.live(call)
    live = replace(live, call=replace(live.call, talk=Talk(state=state, consulted=consulted)))
    return replace(play.centre, calls=play.centre.calls.set(call, live))


def wrapping_up() -> CallCentre:
    play = an_office()
    play.sign_in(1)
    play.caller()
    play.serve(1)
    return play.centre


def leaving() -> CallCentre:
    """The agent has handed the customer over, and the leg's end has not been told."""
    centre = in_consult(TalkState.CONSULTING)()
    (live,) = centre.calls.values()
    assert live.call.offer is not None
    taken = replace(live.call, offer=replace(live.call.offer, agent=AgentId(2)), talk=Talk())
    return replace(centre, calls=centre.calls.set(live.call.id, replace(live, call=taken)))


def in_consult(state: TalkState) -> Callable[[], CallCentre]:
    return lambda: talking(state, Consulted(LegId("colleague"), AgentId(2), "802"))


MOMENTS: Final[dict[Moment, Callable[[], CallCentre]]] = {
    Moment.SIGNED_OUT: signed_out,
    Moment.IDLE: idle,
    Moment.BREAK: on_break,
    Moment.RESERVED: reserved,
    Moment.RINGING: rung,
    Moment.WRAP_UP: wrapping_up,
    Moment.TALKING: talking,
    Moment.HELD: lambda: talking(TalkState.HELD),
    Moment.CONSULT_RINGING: in_consult(TalkState.CONSULT_RINGING),
    Moment.CONSULTING: in_consult(TalkState.CONSULTING),
    Moment.SWAPPED: in_consult(TalkState.SWAPPED),
    Moment.THREE_WAY: in_consult(TalkState.THREE_WAY),
    Moment.LEAVING: leaving,
    Moment.CONSULTED: lambda: talking(TalkState.CONSULTING, Consulted(LegId("colleague"), AGENT, "801")),
}
"""How the centre comes to be at a moment of agent 1."""

ELSEWHERE: Final = frozenset({Moment.DIALLING, Moment.INTERNAL, Moment.SUPERVISING})
"""Moments of calls without a customer in line: their cells are asked of the table alone."""

CELLS: Final = [(moment, action) for moment in MOMENTS for action in Action]


def test_A6_every_moment_is_walked_or_named() -> None:
    assert MOMENTS.keys() | ELSEWHERE == set(Moment)
    assert {moment: moment_of(make(), AGENT) for moment, make in MOMENTS.items()} == {each: each for each in MOMENTS}


@pytest.mark.parametrize(("moment", "action"), [cell for cell in CELLS if refusal_of(cell[1], cell[0]) is not None])
def test_A6_what_is_forbidden_is_refused_in_both_languages_and_changes_nothing(moment: Moment, action: Action) -> None:
    """State x action matrix test; forbidden actions return a reason."""
    before = MOMENTS[moment]()
    after = transition(before, replace(asked(action), at=before.at))
    code = refusal_of(action, moment)
    assert code is not None
    assert after.commands == (Reply(RequestId("wish"), code, {"agent": "801"}),)
    assert after.centre == before
    english, chinese = (sentence(code, {"agent": "801"}, language) for language in sorted(LANGUAGES))
    assert "801" in english
    assert "801" in chinese
    assert english != chinese


READINESS: Final = (
    *(Action.SIGN_IN, Action.SIGN_OUT, Action.READY),
    *(Action.BREAK, Action.BREAK_AFTER_CALL, Action.STAY),
)


@pytest.mark.parametrize(
    ("moment", "action"), [cell for cell in CELLS if cell[1] in READINESS and refusal_of(cell[1], cell[0]) is None]
)
def test_A6_what_the_table_allows_is_done_or_refused_for_something_else_than_the_moment(
    moment: Moment, action: Action
) -> None:
    before = MOMENTS[moment]()
    reason = MEAL.code if action in (Action.BREAK, Action.BREAK_AFTER_CALL) else ""
    after = transition(before, replace(asked(action, reason), at=before.at))
    (reply,) = [command for command in after.commands if isinstance(command, Reply)]
    if reply.refusal is None:
        assert after.centre.agents[AGENT] != before.agents.get(AGENT)
    else:
        assert reply.refusal in ("agent_already_signed_in", "no_break_to_come")
        assert after.centre == before


@pytest.mark.parametrize("moment", sorted(ELSEWHERE))
def test_A6_every_refusal_at_the_other_moments_has_its_sentence_too(moment: Moment) -> None:
    for action in Action:
        code = refusal_of(action, moment)
        assert code is None or "801" in sentence(code, {"agent": "801"}, "en")


@pytest.mark.parametrize("moment", sorted({Moment.TALKING, Moment.RINGING, Moment.WRAP_UP, Moment.BREAK}))
def test_A7_a_break_is_taken_only_from_idle(moment: Moment) -> None:
    """From busy / in call / wrap-up it is refused with the reason."""
    assert refusal_of(Action.BREAK, Moment.IDLE) is None
    assert refusal_of(Action.BREAK, moment) is not None


def test_A8_ready_comes_only_from_a_break_or_notes() -> None:
    assert [moment for moment in Moment if refusal_of(Action.READY, moment) is None] == [Moment.BREAK, Moment.WRAP_UP]


def test_A6_hold_and_transfer_need_a_call_and_a_busy_agent_gets_none() -> None:
    """Idle: may receive calls; may NOT hold/transfer/consult. In call: may hold/transfer/consult."""
    for action in (Action.HOLD, Action.TRANSFER, Action.CONSULT):
        assert refusal_of(action, Moment.IDLE) == refusal_of(action, Moment.BREAK) == "action_without_call"
        assert refusal_of(action, Moment.TALKING) is None
