"""One look at a switch that answers in words: who is asked about, and who is told of as a stranger."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field

import gevent

from fs_control.errors import CallGone, NoReply
from fs_control.esl import Api, ApiResponse, Command
from fs_control.events import StateCompared
from fs_control.ids import CallId, EnterpriseId, LegId
from fs_control.records import Stranger
from fs_control.runtime.callers import OnDone
from fs_control.runtime.comparison import Acquaintance, Comparison

OURS = EnterpriseId("default")


@dataclass
class Switch:
    """A switch with legs: each has what a listing shows of it (`direction`, `application`) and its variables."""

    legs: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    is_away: bool = False
    listings: list[str] = field(default_factory=list)
    """What is said of the legs, where it is not the truth."""

    def send(self, command: Command, on_done: OnDone | None = None, deadline_s: float | None = None) -> None:
        """Answer at once, in another greenlet as a reader is one."""
        assert isinstance(command, Api)
        assert on_done is not None
        line = f"{command.command} {command.argument}"
        self.asked.append(line)
        gevent.spawn(on_done, self._answer(command, line))

    def _answer(self, command: Api, line: str) -> ApiResponse | CallGone | NoReply:
        if self.is_away:
            return NoReply("switch_link_down")
        if line.startswith("uuid_getvar"):
            leg, variable = command.argument.split()
            if leg not in self.legs:
                return CallGone("leg_unknown")
            return ApiResponse(command, self.legs[leg].get(variable, "_undef_").encode())
        if line.startswith("show"):
            text = self.listings.pop(0) if self.listings else self._listing()
            return ApiResponse(command, text.encode())
        return ApiResponse(command, b"core")

    def _listing(self) -> str:
        shown = ("direction", "application", "callstate", "state")
        rows = [{"uuid": leg, **{name: of.get(name, "") for name in shown}} for leg, of in self.legs.items()]
        return json.dumps({"row_count": len(rows), "rows": rows})


def a_leg(call: str = "call-1", enterprise: str = OURS, direction: str = "outbound", **more: str) -> dict[str, str]:
    return {"fsc_enterprise": enterprise, "fsc_call_id": call, "direction": direction, **more}


def compare(
    switch: Switch, known: Collection[str] = (), once: Collection[str] = ("call-1",), not_ours: set[LegId] | None = None
) -> StateCompared | None:
    told: list[StateCompared] = []
    acquaintance = Acquaintance(OURS, lambda leg: leg in known, lambda names: set(names) & set(once))
    done = Comparison(switch, acquaintance, set() if not_ours is None else not_ours).hold(told.append)
    assert done is bool(told)
    return told[0] if told else None


def test_where_all_legs_are_known_one_listing_is_all_that_is_asked() -> None:
    switch = Switch({"a": a_leg(callstate="ACTIVE"), "b": a_leg(state="CS_RESET")})
    told = compare(switch, known=("a", "b"))
    assert told == StateCompared(
        core="core", legs=(LegId("a"), LegId("b")), answered=(LegId("a"),), still=(LegId("b"),)
    )
    assert switch.asked == ["global_getvar core_uuid", "show channels as json"]


def test_a_leg_of_ours_that_nobody_knows_and_that_is_alone_is_a_stranger() -> None:
    switch = Switch({"a": a_leg(), "b": a_leg(direction="inbound")})
    told = compare(switch)
    assert told is not None
    call = CallId("call-1")
    assert told.strangers == (Stranger(LegId("a"), call, False), Stranger(LegId("b"), call, True))


def test_a_leg_that_is_with_somebody_is_none() -> None:
    joined = a_leg(bridge_to="x")
    listening, ringing = a_leg(application="three_way"), a_leg(direction="inbound", application="bridge")
    told = compare(Switch({"a": joined, "b": listening, "c": ringing}))
    assert told is not None
    assert told.strangers == ()


def test_legs_of_others_are_none_and_are_asked_about_once() -> None:
    foreign = {"a": {"direction": "inbound"}, "b": a_leg(enterprise="other"), "c": a_leg(call="of-another-controller")}
    switch, not_ours = Switch(foreign), set[LegId]()
    for _ in range(2):
        told = compare(switch, not_ours=not_ours)
        assert told is not None
        assert told.strangers == ()
    assert not_ours == {"a", "b", "c"}
    assert len([line for line in switch.asked if line.startswith("uuid_getvar a ")]) == 2
    compare(Switch(), not_ours=not_ours)
    assert not not_ours


def test_a_caller_whom_another_controller_has_now_is_none_though_the_leg_was_ours() -> None:
    caller, made = a_leg(call="theirs", direction="inbound"), a_leg(call="unheard-of")
    told = compare(Switch({"a": caller, "b": made}), once=("a", "b"))
    assert told is not None
    assert [each.leg for each in told.strangers] == ["b"]


def test_a_leg_that_ends_between_two_questions_is_none() -> None:
    switch = Switch({"a": a_leg()})
    switch.listings = [switch._listing(), '{"row_count":0}\n']
    told = compare(switch)
    assert told is not None
    assert (told.legs, told.strangers) == ((), ())


def test_a_name_that_is_no_name_is_not_put_into_a_command() -> None:
    switch = Switch({"a b\nexit": a_leg(), "ok": a_leg()})
    assert compare(switch) is not None
    assert not [line for line in switch.asked if "exit" in line]


def test_a_switch_that_is_away_or_lists_nonsense_is_not_compared() -> None:
    assert compare(Switch(is_away=True)) is None
    assert compare(Switch(listings=["-ERR"])) is None
    assert compare(Switch({"a": a_leg()}, listings=['{"rows":[{"uuid":"a"}]}', "no"])) is None
