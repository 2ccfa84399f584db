"""Offers, on a whole system: misses and breaks, phones that ring together, and a word to the agent before the join."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.agents import AgentStatus
from fs_control.events import (
    DirectoryLoaded,
)
from fs_control.records import Action, CallRecord, Disposition, OfferResult, SegmentKind
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
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
groups:
  - {name: hotline, strategy: STRATEGY, ring: RING, members: ["8001", "8002", "8003"]}
numbers:
  - {number: "4007654321", flow: hotline}
"""

AGENTS = ("8001", "8002", "8003")
NEVER = PhoneBehaviour(Reaction.NO_ANSWER)
SOON = PhoneBehaviour(answer_after=0.4, talk=1.0)
LATER = PhoneBehaviour(answer_after=1.2, talk=1.0)
LISTENS = PhoneBehaviour(answer_after=0.4, talk=5.0)
"""Stays on the phone for longer than the whisper takes."""


def caller(*steps: Step, who: str = "13800138000") -> CallerScript:
    """Somebody who calls the hotline."""
    return CallerScript("4007654321", who, b"", (WaitForAnswer(), *steps))


def open_hotline(house: House, *phones: PhoneBehaviour | None, strategy: str = "ring_all", ring: float = 4) -> None:
    """Put phones on the stage and let their agents sign in; None is a phone that is not registered."""
    house.configure(DIRECTORY.replace("STRATEGY", strategy).replace("RING", str(ring)))
    for place, behaviour in enumerate(phones):
        house.phone(f"100{place + 1}", *([behaviour] if behaviour else []), registered=behaviour is not None)
    house.sign_in(*AGENTS[: len(phones)])


def results(house: House, record: CallRecord) -> dict[str | None, OfferResult | None]:
    """What came of each agent's newest offer."""
    return {house.number_of(offer.agent): offer.result for offer in record.offers}


def all_idle(house: House) -> bool:
    """Whether nobody rings or talks."""
    return all(agent.state == "idle" for agent in house.engine.centre.agents.values())


def status(house: House, number: str) -> AgentStatus:
    return house.engine.centre.agents[house.agent(number)].status


# --- not answering -------------------------------------------------------------------------------------------------


def test_C1_three_misses_are_a_break_that_one_action_ends(house: House) -> None:
    """Three misses in a row put the agent on a break that the leader sees and one key undoes."""
    open_hotline(house, NEVER, strategy="longest_idle_time", ring=1)
    record = house.play(caller())
    assert record.disposition is Disposition.NOBODY_SIGNED_IN
    assert [offer.result for offer in record.offers] == [OfferResult.NO_ANSWER] * 3
    assert status(house, "8001") is AgentStatus.BREAK
    house.phone("1001", SOON)
    house.act("8001", Action.READY)
    assert results(house, house.play(caller())) == {"8001": OfferResult.ACCEPTED}


# --- ring-all ------------------------------------------------------------------------------------------------------


def test_Q13_all_ring_at_once_and_the_first_to_answer_has_the_caller(house: House) -> None:
    """First to answer wins, the others stop at once; no agent has two offers."""
    open_hotline(house, LATER, SOON, NEVER)
    record = house.play(caller(WaitForTalk()))
    elsewhere = OfferResult.ANSWERED_ELSEWHERE
    assert results(house, record) == {"8001": elsewhere, "8002": OfferResult.ACCEPTED, "8003": elsewhere}
    assert len({offer.offered_at for offer in record.offers}) == 1
    assert kinds(record)[-2:] == [SegmentKind.RING, SegmentKind.TALK]
    assert [house.number_of(segment.agent) for segment in record.segments[-2:]] == ["8002", "8002"]
    assert all_idle(house)


def test_C1_who_is_busy_or_declines_drops_out_while_the_others_ring_on(house: House) -> None:
    """Busy and declined ones drop out while the others go on."""
    open_hotline(house, PhoneBehaviour(Reaction.BUSY), PhoneBehaviour(Reaction.DECLINE), LATER)
    record = house.play(caller(WaitForTalk()))
    expected = {"8001": OfferResult.BUSY, "8002": OfferResult.DECLINED, "8003": OfferResult.ACCEPTED}
    assert results(house, record) == expected


def test_C1_a_phone_that_is_not_registered_keeps_nobody_from_ringing(house: House) -> None:
    open_hotline(house, None, LATER)
    record = house.play(caller(WaitForTalk()))
    assert results(house, record) == {"8001": OfferResult.UNREGISTERED, "8002": OfferResult.ACCEPTED}


def test_nobody_answers_and_the_caller_waits_on_and_rings_all_again(house: House) -> None:
    open_hotline(house, NEVER, NEVER, ring=1)
    house.phone("1002", NEVER, SOON)
    record = house.play(caller(WaitForTalk()))
    assert [offer.result for offer in record.offers[:2]] == [OfferResult.NO_ANSWER] * 2
    assert results(house, record) == {"8001": OfferResult.ANSWERED_ELSEWHERE, "8002": OfferResult.ACCEPTED}


def test_C1_a_caller_who_leaves_while_all_ring_frees_everybody(house: House) -> None:
    """The caller leaving at any moment frees everybody."""
    open_hotline(house, NEVER, NEVER, NEVER)
    record = house.play(caller(WaitForPrompt("hold"), Wait(1), HangUp()))
    assert set(results(house, record).values()) == {OfferResult.CALLER_LEFT}
    assert record.disposition is Disposition.ABANDONED_RINGING
    assert all_idle(house)
    house.wait_for(lambda: not house.stage.snapshot().channels)


def test_an_agent_who_signs_out_stops_ringing_and_the_others_ring_on(house: House) -> None:
    open_hotline(house, NEVER, PhoneBehaviour(answer_after=2.5, talk=1.0))
    leg = house.call(caller(WaitForTalk()))
    house.wait_for(lambda: house.engine.centre.agents[house.agent("8001")].state == "ringing")
    house.sign_out("8001")
    record = house.record_of(leg)
    assert results(house, record) == {"8001": OfferResult.FAILED, "8002": OfferResult.ACCEPTED}


def test_Q13_two_callers_ring_different_phones(house: House) -> None:
    """No agent has two offers: the second caller rings all who have not been taken by the first."""
    talks = PhoneBehaviour(answer_after=0.4, talk=4.0)
    open_hotline(house, talks, PhoneBehaviour(answer_after=1.2, talk=1.0))
    first = house.call(caller(WaitForTalk()))
    house.wait_for(lambda: house.engine.centre.agents[house.agent("8001")].state == "on_call")
    second = house.record_of(house.call(caller(WaitForTalk(), who="13900139000")))
    assert results(house, second) == {"8002": OfferResult.ACCEPTED}
    assert results(house, house.record_of(first))["8001"] is OfferResult.ACCEPTED


# --- a word before the join ----------------------------------------------------------------------------------------


@pytest.fixture
def whispering(house: House) -> House:
    """A hotline that whispers; the agents ring one after the other."""
    open_hotline(house, LISTENS, LISTENS, strategy="longest_idle_time")
    whisper(house)
    return house


def whisper(house: House) -> None:
    """Have the hotline whisper from now on."""
    loaded = house.engine.centre.directory
    groups = {key: replace(group, whisper="goodbye") for key, group in loaded.groups.items()}
    _, flows = house._directory.load()
    event = DirectoryLoaded(directory=replace(loaded, groups=groups), flows=flows, prompts=PROMPTS, max_calls=100)
    house.engine.inbox.put(event)
    house.wait_for(lambda: all(group.whisper for group in house.engine.centre.directory.groups.values()))


PROMPTS = ("welcome", "nobody-signed-in", "goodbye", "main-menu", "no-key", "wrong-key", "waited-too-long")


def test_the_talk_begins_when_the_whisper_is_over(whispering: House) -> None:
    record = whispering.play(caller(WaitForTalk()))
    (offer,) = record.offers
    talk = record.segments[-1]
    assert (offer.result, talk.kind) == (OfferResult.ACCEPTED, SegmentKind.TALK)
    assert offer.answered_at is not None
    assert talk.started_at - offer.answered_at > 200_000  # the shortest of prompts, and a join takes a tick


def test_C1_who_hangs_up_on_the_whisper_has_declined_and_the_next_is_rung(whispering: House) -> None:
    whispering.phone("1001", PhoneBehaviour(answer_after=0.4, talk=0.1))
    record = whispering.play(caller(WaitForTalk()))
    assert results(whispering, record) == {"8001": OfferResult.DECLINED, "8002": OfferResult.ACCEPTED}


def test_the_others_stop_when_one_is_whispered_to(house: House) -> None:
    open_hotline(house, LATER, LISTENS)
    whisper(house)
    record = house.play(caller(WaitForTalk()))
    assert results(house, record) == {"8001": OfferResult.ANSWERED_ELSEWHERE, "8002": OfferResult.ACCEPTED}
    assert all_idle(house)
