"""Whose customer: the owner or whoever dialled the caller last is rung, and who stands in for them is in the record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fs_control.activating import activate_flows
from fs_control.ids import seconds
from fs_control.records import CallRecord, Disposition, OfferResult, SegmentKind
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Press,
    Reaction,
    Step,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
    WaitForTalk,
)
from tests.scenarios.house import House, kinds

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
  - {number: "8002", name: 李雷, phone: "1002"}
  - {number: "8003", name: 陈静, phone: "1003"}
  - {number: "8009", name: 周敏, phone: "1009"}
groups:
  - {name: sales, ring: 3, returning_customer: yes, members: ["8001", "8002", "8003"]}
  - {name: service, ring: 3, members: ["8009"]}
numbers:
  - {number: "4001000001", flow: straight, takes_memory: yes, memory_valid: 1h}
  - {number: "4001000002", flow: straight}
  - {number: "4001000003", flow: straight, takes_memory: yes, absent_flow: absent}
  - {number: "4001000004", flow: transfer}
"""
SELECTED, NOT_SELECTED, WITH_ABSENT_FLOW, WITH_TRANSFER = "4001000001", "4001000002", "4001000003", "4001000004"
FLOWS = {
    "straight": """
flow: straight
language: zh
start: line
steps:
  line: {do: queue, group: sales, nobody_signed_in: closed}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
""",
    "transfer": """
flow: transfer
language: zh
start: own
steps:
  own: {do: transfer, mode: ani, targets: [8001, 8009], group: sales, nobody_signed_in: closed}
  closed: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
""",
    "absent": """
flow: absent
language: zh
start: sorry
steps:
  sorry: {do: play, prompt: no-key, next: end}
  end: {do: hangup}
""",
}
X, STRANGER = "13800138000", "13900139000"
OWNER, COLLEAGUES = "8009", ("8001", "8002", "8003")
"""The owner is no member of the group in whose line the callers wait."""
TALKS = PhoneBehaviour(answer_after=0.4, talk=1.0)


@pytest.fixture(autouse=True)
def configured(house: House, tmp_path: Path) -> None:
    """Three colleagues in one group, somebody else's agent in another, and everybody has a phone that is answered."""
    folder = tmp_path / "flows"
    folder.mkdir()
    for name, flow in FLOWS.items():
        (folder / f"{name}.yaml").write_text(flow, encoding="utf-8")
    house.configure(DIRECTORY, folder)
    for phone in ("1001", "1002", "1003", "1009"):
        house.phone(phone, TALKS)


def caller(number: str = SELECTED, who: str = X, *steps: Step) -> CallerScript:
    """Somebody who calls and waits for whatever comes."""
    return CallerScript(number, who, b"", steps or (WaitForAnswer(),))


def attempts(house: House, record: CallRecord) -> list[tuple[str | None, str, OfferResult | None]]:
    """Return whom the caller was offered to, by which rule, and what came of it."""
    return [(house.number_of(offer.agent), offer.decision.rule, offer.result) for offer in record.offers]


def keep_busy(house: House, agent: str, talk_s: float = 12.0) -> str:
    """Let an agent talk with a customer of theirs; returns that caller's leg."""
    house.phone("1009", PhoneBehaviour(answer_after=0.2, talk=talk_s), TALKS)
    house.save_customer("13700137000", agent)
    leg = house.call(caller(who="13700137000"))
    house.wait_for(lambda: house.engine.centre.agents[house.agent(agent)].state == "on_call")
    return leg


def substitute_in(house: House, record: CallRecord) -> None:
    """Check the last attempt: a colleague, drawn at random, who is known to stand in, talked with the caller."""
    last = record.offers[-1]
    assert house.number_of(last.agent) in COLLEAGUES
    assert (last.decision.rule, last.result) == ("colleague.random", OfferResult.ACCEPTED)
    assert last.decision.is_substitute
    assert house.number_of(last.decision.claim.agent if last.decision.claim else None) == OWNER
    assert record.segments[-1].kind is SegmentKind.TALK


# --- memory --------------------------------------------------------------------------------------------------------


def test_M1_who_dialled_a_customer_is_rung_when_the_customer_calls(house: House) -> None:
    """Agent B calls X; X calls the service number; B is rung first."""
    house.sign_in(*COLLEAGUES, OWNER)
    house.remember(X, OWNER)
    record = house.play(caller())
    assert attempts(house, record) == [(OWNER, "claim.memory", OfferResult.ACCEPTED)]
    assert kinds(record)[-2:] == [SegmentKind.RING, SegmentKind.TALK]


def test_M2_a_memory_that_has_expired_leads_nowhere_and_the_record_names_the_expiry(house: House) -> None:
    """One second before expiry → B; one second after → normal queue; the decision record names the expiry."""
    house.sign_in("8001", OWNER)
    house.remember(X, OWNER, seconds_ago=3601)
    (offer,) = house.play(caller()).offers
    assert (house.number_of(offer.agent), offer.decision.rule) == ("8001", "rule.longest_idle_time")
    lapsed = offer.decision.lapsed
    assert lapsed is not None
    assert (house.number_of(lapsed.agent), lapsed.reason) == (OWNER, "reason.memory_expired")
    assert 0 < offer.offered_at - lapsed.values["at"] < seconds(600)


def test_M3_with_the_remembered_agent_signed_out_the_caller_enters_the_chosen_flow(house: House) -> None:
    """B signed out: caller enters the configured flow, not the queue; B online but busy: M7 applies."""
    house.sign_in("8001")
    house.remember(X, OWNER)
    leg = house.call(caller(WITH_ABSENT_FLOW))
    record = house.record_of(leg)
    told = [(step.kind, step.detail) for step in record.steps if step.kind in ("own_agent_absent", "flow")]
    assert told == [("own_agent_absent", OWNER), ("flow", "absent")]
    assert (record.offers, record.disposition) == ((), Disposition.ENDED_BY_FLOW)
    assert house.stage.journal(leg).heard()[-1].endswith("no-key.wav")


def test_M3_with_the_remembered_agent_busy_a_colleague_answers(house: House) -> None:
    """B online but busy: M7 applies."""
    house.sign_in(*COLLEAGUES, OWNER)
    house.remember(X, OWNER)
    busy = keep_busy(house, OWNER)
    substitute_in(house, house.play(caller(WITH_ABSENT_FLOW)))
    house.record_of(busy)


def test_M4_a_service_number_that_is_not_selected_takes_no_part(house: House) -> None:
    """Same customer, number A (selected) → B; number C (not selected) → queue."""
    house.sign_in("8001", OWNER)
    house.remember(X, OWNER)
    selected, other = house.play(caller(SELECTED)), house.play(caller(NOT_SELECTED))
    assert house.number_of(selected.offers[0].agent) == OWNER
    assert house.number_of(other.offers[0].agent) == "8001"
    assert other.offers[0].decision.lapsed is not None
    assert other.offers[0].decision.lapsed.reason == "reason.number_takes_no_memory"


# --- owners --------------------------------------------------------------------------------------------------------


def test_M6_a_known_number_rings_only_the_owner_for_the_ring_time(house: House) -> None:
    """Known number rings only the owner for the configured ring time."""
    house.sign_in(*COLLEAGUES, OWNER)
    house.save_customer(X, OWNER)
    house.phone("1009", PhoneBehaviour(Reaction.NO_ANSWER))
    record = house.play(caller(NOT_SELECTED, X, WaitForTalk(), Wait(0.5), HangUp()))
    first, second = record.offers
    assert (house.number_of(first.agent), first.decision.rule) == (OWNER, "claim.owner")
    assert first.ended_at is not None
    assert first.ended_at - first.offered_at > seconds(1.9)  # a switch counts whole seconds
    assert second.offered_at >= first.ended_at


def test_M6_a_customer_in_line_gets_the_owner_who_hangs_up(house: House) -> None:
    """Second and later calls of a saved customer go to the owner first."""
    house.sign_in(OWNER)
    house.save_customer(X, OWNER)
    house.phone("1009", PhoneBehaviour(answer_after=0.2, talk=2.0))
    busy = house.call(caller())
    house.wait_for(lambda: house.engine.centre.agents[house.agent(OWNER)].state == "on_call")
    record = house.play(caller())
    assert attempts(house, record) == [(OWNER, "claim.owner", OfferResult.ACCEPTED)]
    assert SegmentKind.LINE in kinds(record)
    house.record_of(busy)


@pytest.mark.parametrize(
    ("behaviour", "result"),
    [
        (PhoneBehaviour(Reaction.NO_ANSWER), OfferResult.NO_ANSWER),
        (PhoneBehaviour(Reaction.BUSY), OfferResult.BUSY),
        (PhoneBehaviour(Reaction.UNREACHABLE), OfferResult.UNREACHABLE),
    ],
)
def test_M7_a_colleague_answers_when_the_owner_cannot(
    house: House, behaviour: PhoneBehaviour, result: OfferResult
) -> None:
    """Three tests (busy, no answer, endpoint unreachable) each land on a random idle agent and the CDR has both
    attempts with reasons.
    """
    house.sign_in(*COLLEAGUES, OWNER)
    house.save_customer(X, OWNER)
    house.phone("1009", behaviour)
    record = house.play(caller())
    assert attempts(house, record)[0] == (OWNER, "claim.owner", result)
    assert len(record.offers) == 2
    assert {each.agent: each.reason for each in record.offers[1].decision.passed_over}[house.agent(OWNER)] in (
        "reason.resting",
        "reason.tried_before",
    )
    substitute_in(house, record)


def test_M7_a_colleague_answers_when_the_owner_talks_with_somebody_else(house: House) -> None:
    """Busy: lands on a random idle agent, and the record says why it was not the owner."""
    house.sign_in(*COLLEAGUES, OWNER)
    house.save_customer(X, OWNER)
    busy = keep_busy(house, OWNER)
    record = house.play(caller())
    (offer,) = record.offers
    against = {each.agent: each.reason for each in offer.decision.passed_over}
    assert against[house.agent(OWNER)] == "reason.on_call"
    substitute_in(house, record)
    house.record_of(busy)


def test_M7_a_colleague_answers_when_the_owners_phone_is_not_registered(house: House) -> None:
    """Endpoint unreachable: both attempts are in the record, or the reason why there was no first one."""
    house.sign_in(*COLLEAGUES, OWNER)
    house.save_customer(X, OWNER)
    house.phone("1009", registered=False)
    substitute_in(house, house.play(caller()))


# --- strangers and returning customers -----------------------------------------------------------------------------


def test_M10_a_customer_of_another_enterprise_is_a_stranger_here(house: House) -> None:
    """A number saved by any agent of the tenant is not a stranger; a number saved by another tenant is."""
    house.sign_in("8001", OWNER)
    other = house.found_enterprise("other", 'agents: [{number: "8001", name: theirs}]')
    house.save_customer(STRANGER, "8001", other)
    house.save_customer(X, OWNER)
    stranger, known = house.play(caller(who=STRANGER)), house.play(caller(who=X))
    assert attempts(house, stranger) == [("8001", "rule.longest_idle_time", OfferResult.ACCEPTED)]
    assert attempts(house, known) == [(OWNER, "claim.owner", OfferResult.ACCEPTED)]


def test_Q2_a_caller_whom_an_agent_served_before_goes_to_that_agent(house: House) -> None:
    """Caller previously served by B is offered to B although A is idle longer; if B is not ready the base strategy
    applies, and the decision record says so.
    """
    house.sign_in("8002")
    house.play(caller(who=STRANGER))
    house.sign_in("8001")
    house.sign_out("8002")
    house.play(caller(who=X))
    house.sign_in("8002")  # is idle for longer: their last call ended before that of 8001
    back = house.play(caller(who=X))
    assert attempts(house, back) == [("8001", "claim.returning_customer", OfferResult.ACCEPTED)]
    house.sign_out("8001")
    (offer,) = house.play(caller(who=X)).offers
    assert (house.number_of(offer.agent), offer.decision.rule) == ("8002", "rule.longest_idle_time")
    against = {each.agent: each.reason for each in offer.decision.passed_over}
    assert against[house.agent("8001")] == "reason.signed_out"


# --- the transfer step ---------------------------------------------------------------------------------------------


def test_N11_a_transfer_step_sends_a_known_number_to_its_owner_if_that_is_a_target(house: House) -> None:
    """`transfer: {mode: ani, targets: [...]}` sends a known number to its owner; removing the owner's code from targets
    makes the owner unreachable through this step and validation warns.
    """
    house.sign_in("8001", "8002", OWNER)
    house.save_customer(X, OWNER)
    house.save_customer(STRANGER, "8002")
    target, no_target = house.play(caller(WITH_TRANSFER)), house.play(caller(WITH_TRANSFER, STRANGER))
    assert attempts(house, target) == [(OWNER, "claim.owner", OfferResult.ACCEPTED)]
    (offer,) = no_target.offers
    assert (house.number_of(offer.agent), offer.decision.rule) == ("8001", "rule.longest_idle_time")
    assert offer.decision.lapsed is not None
    assert offer.decision.lapsed.reason == "reason.not_a_target"
    (warning,) = activate_flows(house.flows, house.database, "test").warnings
    assert (warning.code, warning.values["agents"]) == ("flow_owner_not_a_target", "8002")


# --- waiting for the own agent -------------------------------------------------------------------------------------


@pytest.fixture
def asking(house: House) -> None:
    """The group lets callers wait a minute for their own agent, and asks them first."""
    directory = house.engine.centre.directory
    (sales,) = (group for group in directory.groups.values() if group.name == "sales")
    sales = replace(sales, own_agent_wait_s=60.0, own_agent_ask=True)
    house.change_directory(replace(directory, groups={**directory.groups, sales.id: sales}))


ASKED = WaitForPrompt("part-own-agent-busy")


@pytest.mark.usefixtures("asking")
def test_M7_a_caller_who_wants_a_colleague_presses_2(house: House) -> None:
    """Busy: lands on a random idle agent, here only when the caller wants that."""
    house.sign_in(*COLLEAGUES, OWNER)
    house.save_customer(X, OWNER)
    busy = keep_busy(house, OWNER)
    record = house.play(caller(SELECTED, X, WaitForAnswer(), ASKED, Wait(1), Press("2")))
    assert [(step.kind, step.detail) for step in record.steps][:2] == [
        ("heard", "own-agent-busy-ask"),
        ("pressed", "2"),
    ]
    assert len(record.offers) == 1
    substitute_in(house, record)
    house.record_of(busy)


@pytest.mark.usefixtures("asking")
def test_M6_a_caller_who_waits_gets_the_own_agent_who_hangs_up(house: House) -> None:
    """Key 1 waits for the own agent, though colleagues are idle."""
    house.sign_in(*COLLEAGUES, OWNER)
    house.save_customer(X, OWNER)
    busy = keep_busy(house, OWNER)
    record = house.play(caller(SELECTED, X, WaitForAnswer(), ASKED, Wait(1), Press("1")))
    assert attempts(house, record) == [(OWNER, "claim.owner", OfferResult.ACCEPTED)]
    house.record_of(busy)


@pytest.mark.usefixtures("asking")
def test_M6_the_question_is_cut_short_by_the_own_agent_who_becomes_free(house: House) -> None:
    """If the own agent becomes free while the caller is asked, the phone rings."""
    house.sign_in(*COLLEAGUES, OWNER)
    house.save_customer(X, OWNER)
    busy = keep_busy(house, OWNER, talk_s=4.0)
    leg = house.call(caller(SELECTED, X, WaitForAnswer(), ASKED))
    record = house.record_of(leg)
    assert "part-own-agent-busy" in house.stage.journal(leg).heard()[0]
    assert attempts(house, record) == [(OWNER, "claim.owner", OfferResult.ACCEPTED)]
    assert kinds(record) == [SegmentKind.LINE, SegmentKind.RING, SegmentKind.TALK]
    house.record_of(busy)
