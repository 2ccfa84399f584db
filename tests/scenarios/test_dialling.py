"""Agents call customers, on a whole system: the customer first or the agent, and everything that comes of it."""

from __future__ import annotations

from pathlib import Path

import gevent
import pytest

from fs_control.agents import Moment
from fs_control.centre.moments import moment_of
from fs_control.errors import UserMistake
from fs_control.events import ActionRequested
from fs_control.records import Action, CallRecord, Direction, Disposition, EndedBy, OfferResult, SegmentKind
from fs_control.virtual_switch.script import CallerScript, PhoneBehaviour, Reaction, WaitForAnswer, WaitForTalk
from tests.scenarios.house import House, assert_adds_up, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001", rights: call dial}
  - {number: "8002", name: 李雷, phone: "1002", rights: call dial}
  - {number: "8003", name: 韩梅, phone: "1003"}
groups:
  - {name: sales, ring: 10, members: ["8001", "8002"]}
numbers:
  - {number: "4001000001", flow: sales}
"""
FLOW = """
flow: sales
language: zh
start: line
steps:
  line: {do: queue, group: sales, served: end, nobody_signed_in: end}
  end: {do: hangup}
"""
CUSTOMER = "02112345678"
WRITTEN = "(021) 1234-5678"
E164 = "+862112345678"
TALKS = PhoneBehaviour(answer_after=0.4, talk=1.0)
LISTENS = PhoneBehaviour(answer_after=0.4)
"""Stays until the other one hangs up."""
NEVER = PhoneBehaviour(Reaction.NO_ANSWER)


@pytest.fixture
def dialling(house: House, tmp_path: Path) -> House:
    """A house in which agent 8001 is there, and may call."""
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "sales.yaml").write_text(FLOW, encoding="utf-8")
    house.configure(DIRECTORY, folder)
    house.phone("1001", TALKS)
    house.sign_in("8001")
    return house


def dial(house: House, number: str = WRITTEN, first: str = "customer", agent: str = "8001") -> None:
    """Let an agent call somebody."""
    who = house.agent(agent)
    house.engine.requests.ask(
        lambda request: ActionRequested(
            request=request, agent=who, by="test", action=Action.DIAL, to=number, first=first, note="about the offer"
        )
    )


def the_record(house: House) -> CallRecord:
    """Wait until everything is over and return the record of the last call."""
    house.settle()
    house.wait_for(lambda: bool(house.records.recent(1)))
    (record,) = house.records.recent(1)
    assert_adds_up(record)
    house.wait_for(lambda: not house.stage.snapshot().channels)
    return record


def test_O1_the_customer_is_called_first_and_then_the_agents_phone_rings(dialling: House) -> None:
    """Customer leg is dialled first, agent leg after answer; customer hears ring/music while agent's phone rings."""
    dialling.outsider(CUSTOMER, LISTENS)
    dial(dialling)
    record = the_record(dialling)
    assert (record.direction, record.disposition) == (Direction.OUTBOUND, Disposition.ANSWERED)
    assert (record.caller.e164, record.number) == (E164, "4001000001")
    assert (record.dialled_by, record.note) == (dialling.agent("8001"), "about the offer")
    assert kinds(record) == [SegmentKind.RING, SegmentKind.RING, SegmentKind.TALK]
    assert [segment.agent for segment in record.segments] == [None, record.dialled_by, record.dialled_by]
    (offer,) = record.offers
    assert (offer.result, offer.decision.rule) == (OfferResult.ACCEPTED, "named.by_dialling")
    assert record.ended_by is EndedBy.AGENT
    agent = dialling.engine.centre.agents[dialling.agent("8001")]
    assert (agent.state, agent.outbound_today, agent.inbound_today) == ("idle", 1, 0)


def test_O1_the_agent_first_where_that_is_wished(dialling: House) -> None:
    """Both orders configurable, default customer-first."""
    dialling.phone("1001", PhoneBehaviour(answer_after=0.4))
    dialling.outsider(CUSTOMER, TALKS)
    dial(dialling, first="agent")
    record = the_record(dialling)
    assert record.disposition is Disposition.ANSWERED
    assert kinds(record) == [SegmentKind.RING, SegmentKind.RING, SegmentKind.TALK]
    assert [segment.agent for segment in record.segments] == [record.dialled_by, None, record.dialled_by]
    assert record.ended_by is EndedBy.OUTSIDE
    assert dialling.engine.centre.agents[dialling.agent("8001")].outbound_today == 1


@pytest.mark.parametrize(
    ("behaviour", "disposition"),
    [
        (PhoneBehaviour(Reaction.BUSY), Disposition.BUSY),
        (PhoneBehaviour(Reaction.DECLINE), Disposition.DECLINED),
        (None, Disposition.NOT_CARRIED),
    ],
)
@pytest.mark.parametrize("first", ["customer", "agent"])
def test_O1_a_customer_who_cannot_be_had_says_why(
    dialling: House, behaviour: PhoneBehaviour | None, disposition: Disposition, first: str
) -> None:
    """None: nobody listens where the gateway leads."""
    dialling.phone("1001", LISTENS)
    if behaviour is not None:
        dialling.outsider(CUSTOMER, behaviour)
    dial(dialling, first=first)
    record = the_record(dialling)
    assert (record.disposition, record.answered_at) == (disposition, None)
    assert dialling.engine.centre.agents[dialling.agent("8001")].state == "idle"
    assert dialling.engine.centre.agents[dialling.agent("8001")].outbound_today == 0


def test_O1_an_agent_who_does_not_answer_leaves_the_customer_with_an_apology(dialling: House) -> None:
    """The customer is there already: they are told, and the record says that it was not for them."""
    dialling.phone("1001", NEVER)
    dialling.outsider(CUSTOMER, LISTENS)
    dial(dialling)
    record = the_record(dialling)
    assert record.disposition is Disposition.AGENT_NOT_REACHED
    assert [offer.result for offer in record.offers] == [OfferResult.NO_ANSWER]
    assert ("told", "agent-not-free") in [(step.kind, step.detail) for step in record.steps]


def test_O1_a_customer_who_hangs_up_while_the_agents_phone_rings_is_gone(dialling: House) -> None:
    dialling.phone("1001", NEVER)
    dialling.outsider(CUSTOMER, TALKS)
    dial(dialling)
    record = the_record(dialling)
    assert (record.disposition, record.ended_by) == (Disposition.CUSTOMER_LEFT, EndedBy.OUTSIDE)
    assert [offer.result for offer in record.offers] == [OfferResult.CALLER_LEFT]


@pytest.mark.parametrize("first", ["customer", "agent"])
def test_O1_the_agent_may_hang_up_before_anybody_talks(dialling: House, first: str) -> None:
    dialling.phone("1001", LISTENS)
    dialling.outsider(CUSTOMER, NEVER)
    dial(dialling, first=first)
    dialling.wait_for(lambda: _stage_of(dialling) == "customer_rings")
    act(dialling, Action.HANG_UP)
    record = the_record(dialling)
    assert (record.disposition, record.ended_by) == (Disposition.CANCELLED, EndedBy.AGENT)


def _stage_of(house: House) -> str:
    stages = [live.outgoing.stage for live in house.engine.centre.calls.values() if live.outgoing is not None]
    return stages[0] if stages else ""


def act(house: House, action: Action, agent: str = "8001") -> None:
    """Let an agent do something."""
    who = house.agent(agent)
    house.engine.requests.ask(lambda request: ActionRequested(request=request, agent=who, by="test", action=action))


def test_an_agent_whose_phone_is_not_taken_up_calls_nobody(dialling: House) -> None:
    dialling.phone("1001", PhoneBehaviour(Reaction.DECLINE))
    dialling.outsider(CUSTOMER, LISTENS)
    dial(dialling, first="agent")
    record = the_record(dialling)
    assert record.disposition is Disposition.AGENT_NOT_REACHED
    assert not [step for step in record.steps if step.kind == "dialled"]


# --- what has to be there ------------------------------------------------------------------------------------------


def refusal(house: House, number: str = CUSTOMER, agent: str = "8001") -> str:
    """Let an agent dial in vain; why."""
    with pytest.raises(UserMistake) as refused:
        dial(house, number, agent=agent)
    assert not house.engine.centre.calls
    return refused.value.code


def test_O4_who_has_no_number_to_show_may_not_dial(dialling: House) -> None:
    """Dialling without one is refused with `no_caller_id`."""
    dialling.outsider(CUSTOMER, TALKS)
    more = '\nnumbers:\n  - {number: "4001000002", flow: sales}\n'
    dialling.configure("enterprise: {name: Test, language: zh}" + more, dialling.flows)
    assert refusal(dialling) == "no_caller_id"
    dialling.type("dialling caller-id 4001000002")
    dialling.wait_for(lambda: dialling.engine.centre.directory.caller_id is not None)
    dial(dialling)
    assert the_record(dialling).number == "4001000002"


def test_A18_each_thing_that_is_missing_has_its_own_sentence(dialling: House) -> None:
    assert refusal(dialling, agent="8002") == "agent_not_signed_in"
    dialling.sign_in("8003")
    assert refusal(dialling, agent="8003") == "dial_no_right"
    assert refusal(dialling, "021-1234;ext=5") == "dial_number_bad"
    assert refusal(dialling, "+442079460000") == "dial_abroad"
    assert refusal(dialling, "110") == "dial_emergency"
    dialling.stage.expire_phone("1001")
    dialling.wait_for(lambda: dialling.engine.centre.phones.get("1001") is False)
    assert refusal(dialling) == "dial_phone_not_registered"


# --- whose customer it is then -------------------------------------------------------------------------------------


def test_M1_whom_an_agent_has_dialled_comes_back_to_that_agent(dialling: House) -> None:
    """Agent B calls X; X calls the service number; B is rung first."""
    dialling.phone("1002", TALKS)
    dialling.sign_in("8002")
    dialling.outsider("13912345678", LISTENS)
    dialling.type("number set 4001000001 --memory")
    dialling.wait_for(lambda: dialling.engine.centre.directory.numbers["4001000001"].takes_memory)
    dial(dialling, "139 1234 5678", agent="8002")
    assert the_record(dialling).dialled_by == dialling.agent("8002")
    back = CallerScript("4001000001", "13912345678", b"", (WaitForAnswer(), WaitForTalk()))
    record = dialling.play(back)
    assert [offer.agent for offer in record.offers] == [dialling.agent("8002")]
    assert record.offers[0].decision.rule == "claim.memory"


# --- from a phone, and what goes on within -------------------------------------------------------------------------


def test_O1_a_customer_is_called_from_the_agents_own_phone(dialling: House) -> None:
    dialling.outsider(CUSTOMER, TALKS)
    dialling.call(CallerScript(CUSTOMER, phone="1001", steps=(WaitForAnswer(), WaitForTalk())))
    dialling.wait_for(lambda: bool(dialling.engine.centre.calls))
    record = the_record(dialling)
    assert (record.direction, record.disposition) == (Direction.OUTBOUND, Disposition.ANSWERED)
    assert (record.caller.e164, record.dialled_by) == (E164, dialling.agent("8001"))
    assert kinds(record) == [SegmentKind.RING, SegmentKind.TALK]


@pytest.mark.parametrize("first", ["customer", "agent"])
def test_C2_a_customer_whom_an_agent_called_is_held_and_taken_back(dialling: House, first: str) -> None:
    dialling.phone("1001", LISTENS)
    dialling.outsider(CUSTOMER, LISTENS)
    dial(dialling, first=first)
    dialling.wait_for(lambda: _moment(dialling) is Moment.TALKING)
    for action, moment in ((Action.HOLD, Moment.HELD), (Action.RESUME, Moment.TALKING)):
        act(dialling, action)
        dialling.wait_for(lambda wanted=moment: _moment(dialling) is wanted)  # type: ignore[misc]
        gevent.sleep(1)
    act(dialling, Action.HANG_UP)
    record = the_record(dialling)
    assert kinds(record)[-3:] == [SegmentKind.TALK, SegmentKind.HOLD, SegmentKind.TALK]
    assert record.disposition is Disposition.ANSWERED


def _moment(house: House) -> Moment:
    return moment_of(house.engine.centre, house.agent("8001"))


# --- flows ---------------------------------------------------------------------------------------------------------

CALLS_BACK = """
flow: callback
language: zh
start: whom
steps:
  whom: {do: set, values: {callback: "%s"}, next: call}
  call: {do: dial, number: "{callback}", ring: 5, served: served, failed: refused, no_answer: refused}
  served: {do: play, prompt: goodbye, next: end}
  refused: {do: play, prompt: wrong-key, next: end}
  end: {do: hangup}
"""


@pytest.mark.parametrize(
    ("number", "last", "noted"),
    [
        (WRITTEN, "goodbye", ("dialled", CUSTOMER)),
        ("+442079460000", "wrong-key", ("not_dialled", "+442079460000/dial_abroad")),
        ("${gateway}/1", "wrong-key", ("not_dialled", "${gateway}/1/dial_number_bad")),
    ],
)
def test_a_flow_dials_what_a_variable_holds_where_the_rules_let_it(
    dialling: House, tmp_path: Path, number: str, last: str, noted: tuple[str, str]
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "callback.yaml").write_text(CALLS_BACK % number, encoding="utf-8")
    dialling.configure('numbers:\n  - {number: "4001000003", flow: callback}\n', folder)
    dialling.outsider(CUSTOMER, TALKS)
    leg = dialling.call(CallerScript("4001000003", "13800138000", b"", (WaitForAnswer(),)))
    record = dialling.record_of(leg)
    assert noted in [(step.kind, step.detail) for step in record.steps]
    heard = [each for each in dialling.stage.journal(leg).heard() if "/prompts/" in each]
    assert Path(heard[-1]).stem == last


def test_rules_and_limits_of_the_command_line_count_at_once(dialling: House) -> None:
    dialling.outsider(CUSTOMER, TALKS)
    dialling.type("dial-rule deny +8621")
    dialling.wait_for(lambda: bool(dialling.engine.centre.directory.dial_rules))
    assert refusal(dialling) == "dial_denied"
    dialling.type("dial-rule remove +8621")
    dialling.type("dialling limit --each-agent --per-day 0")
    dialling.wait_for(lambda: dialling.engine.centre.directory.agent_limits.per_day == 0)
    assert refusal(dialling) == "dial_limit_per_day_agent"
    assert [alarm.code for alarm in dialling.engine.centre.alarms] == ["alarm.dial_limit"]
