"""Agents call customers, on a whole system: the customer first or the agent first, and everything that can come of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.errors import UserMistake
from fs_control.events import ActionRequested
from fs_control.records import Action, CallRecord, Direction, Disposition, EndedBy, OfferResult, SegmentKind
from fs_control.virtual_switch.script import PhoneBehaviour, Reaction
from tests.scenarios.house import House, assert_adds_up, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002"}
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
