"""What agents do on their telephones, on a whole system: 0000, codes, colleagues, terminals, diversion (A11 to A19)."""

from __future__ import annotations

from pathlib import Path

import pytest

from fs_control.agents import AgentState, AgentStatus
from fs_control.errors import UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.records import Action, AgentProfile, CallRecord, Disposition, OfferResult, TerminalKind
from fs_control.runtime.control import EngineControl
from fs_control.store.pins import PostgresPinStore
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    PhoneBehaviour,
    Press,
    Step,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
    WaitForTalk,
)
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: zh}
phones: ["1003", "1009"]
agents:
  - {number: "8001", name: 王芳, phone: "1001", extension: "601"}
  - {number: "8002", name: 李雷, phone: "1002", extension: "602"}
  - {number: "8003", name: 韩梅, phone: "1003"}
groups:
  - {name: sales, ring: 5, members: ["8001"]}
numbers:
  - {number: "4001000001", flow: sales}
"""

FLOW = """
flow: sales
language: zh
start: line
steps:
  line: {do: queue, group: sales, wait_at_most: 8, nobody_signed_in: end, waited_too_long: end}
  end: {do: hangup}
"""
PIN = "471193582604"
"""So long that no moment in a journal holds it by chance."""
TALKS = PhoneBehaviour(answer_after=0.3, talk=1.5)
LISTENS = PhoneBehaviour(answer_after=0.3)
MOBILE = "13900139000"
ACCEPTS = PhoneBehaviour(answer_after=0.3, steps=(Wait(1.0), Press("1"), Wait(1.5), HangUp()))
"""Somebody on a mobile who takes the call, listens a moment, presses 1, talks, and hangs up."""
TO_THE_END = 30.0


@pytest.fixture
def office(house: House, tmp_path: Path) -> House:
    """Agents with phones, and a PIN for the first."""
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "sales.yaml").write_text(FLOW, encoding="utf-8")
    house.configure(DIRECTORY, folder)
    PostgresPinStore(house.database, DEFAULT_ENTERPRISE).set("8001", PIN)
    for phone in ("1001", "1002", "1003"):
        house.phone(phone, TALKS)
    return house


def dials(house: House, phone: str, number: str, *steps: Step) -> tuple[CallRecord, list[str]]:
    """One of our phones dials and stays; the record, and what it heard."""
    leg = house.call(CallerScript(number, phone=phone, steps=(WaitForAnswer(), *steps)))
    record = house.record_of(leg)
    return record, [Path(each).stem for each in house.stage.journal(leg).heard() if "/prompts/" in each]


def binds(house: House, phone: str, pin: str = PIN, times: int = 1) -> tuple[CallRecord, list[str]]:
    """Dial 0000 and type number and PIN."""
    once = (WaitForPrompt("enter-agent-number"), Press("8001#"), WaitForPrompt("enter-pin"), Press(f"{pin}#"))
    return dials(house, phone, "0000", *(once * times))


def customer(house: House, *steps: Step) -> CallRecord:
    return house.play(CallerScript("4001000001", "13800138000", b"", (WaitForAnswer(), *steps)))


def told(record: CallRecord) -> list[str]:
    """What our own phone was told at the end."""
    return [step.detail for step in record.steps if step.kind == "told"]


def journal_of(house: House) -> bytes:
    return b"".join(path.read_bytes() for path in house.engine.journal_folder.iterdir())


# --- 0000 ----------------------------------------------------------------------------------------------------------


def test_A17_0000_with_number_and_pin_binds_the_phone_and_the_next_call_rings_it(office: House) -> None:
    """From a registered phone 0000 + agent number + PIN binds; next call rings it."""
    office.sign_in("8001")
    record, _heard = binds(office, "1003")
    assert (record.disposition, told(record)) == (Disposition.PHONE_CODE, ["phone-bound", "state-ready"])
    assert [offer.phone for offer in customer(office).offers] == ["1003"]
    journal = journal_of(office)
    assert PIN.encode() not in journal
    assert b"KeyPressed" not in journal  # nor key by key


def test_A17_a_second_phone_takes_over_and_the_first_is_told(office: House) -> None:
    """A second phone takes over and the first is told."""
    office.sign_in("8001")
    office.phone("1003", LISTENS)
    binds(office, "1003")
    before = len(office.stage.snapshot().channels)
    assert before == 0
    leg = office.call(
        CallerScript(
            "0000",
            phone="1002",
            steps=(
                WaitForAnswer(),
                WaitForPrompt("enter-agent-number"),
                Press("8001#"),
                WaitForPrompt("enter-pin"),
                Press(f"{PIN}#"),
            ),
        )
    )
    office.wait_for(lambda: any(each["uuid"] != leg for each in office.stage.snapshot().channels))
    assert told(office.record_of(leg)) == ["phone-bound", "state-ready"]
    office.wait_for(lambda: not office.stage.snapshot().channels)  # it has been told, and hung up
    assert [offer.phone for offer in customer(office).offers] == ["1002"]


def test_A17_a_wrong_pin_binds_nothing_and_three_end_the_call(office: House) -> None:
    record, heard = binds(office, "1003", "4711", times=3)
    assert told(record) == ["pin-wrong"]
    assert heard.count("enter-pin") == 3
    assert not office.engine.centre.bound


def test_A18_a_phone_at_which_nobody_is_says_so(office: House) -> None:
    """Each missing item gives its own error text."""
    office.phone("1009")
    record, heard = dials(office, "1009", "*11")
    assert told(record) == ["phone-of-nobody"]
    assert heard == ["phone-of-nobody"]


# --- codes ---------------------------------------------------------------------------------------------------------


def test_codes_sign_in_and_out_and_are_spoken_back(office: House) -> None:
    assert told(dials(office, "1001", "*11")[0]) == ["state-ready"]
    assert office.engine.centre.agents[office.agent("8001")].status is AgentStatus.READY
    assert told(dials(office, "1001", "*141")[0]) == ["state-break"]
    assert told(dials(office, "1001", "*13")[0]) == ["state-ready"]
    assert told(dials(office, "1001", "*16")[0]) == ["state-ready"]
    assert told(dials(office, "1001", "*15")[0]) == ["code-refused", "state-ready"]
    record, heard = dials(office, "1001", "*12")
    assert (told(record), heard) == (["state-signed-out"], ["state-signed-out"])


# --- colleagues ----------------------------------------------------------------------------------------------------


def test_A15_an_agent_calls_a_colleague_by_extension(office: House) -> None:
    """8001 dials 8002."""
    office.sign_in("8001", "8002")
    record, _heard = dials(office, "1001", "602", WaitForTalk(), Wait(TO_THE_END))
    (offer,) = record.offers
    assert (offer.phone, offer.result, offer.decision.rule) == ("1002", OfferResult.ACCEPTED, "named.by_colleague")
    assert (record.disposition, record.caller.raw) == (Disposition.ANSWERED, "601")
    agents = office.engine.centre.agents
    assert {agents[office.agent(number)].state for number in ("8001", "8002")} == {AgentState.IDLE}


def test_A15_the_caller_may_hang_up_first(office: House) -> None:
    office.phone("1002", LISTENS)
    office.sign_in("8001", "8002")
    record, _heard = dials(office, "1001", "8002", WaitForTalk(), Wait(1.0), HangUp())
    assert record.disposition is Disposition.ANSWERED
    assert office.engine.centre.agents[office.agent("8002")].state is AgentState.IDLE


def test_A15_an_agent_without_an_extension_cannot_be_called(office: House) -> None:
    """An agent without extension cannot be dialled internally."""
    office.sign_in("8003")
    record, heard = dials(office, "1001", "8003")
    assert (told(record), heard) == (["colleague-without-extension"], ["colleague-without-extension"])
    assert record.disposition is Disposition.COLLEAGUE_NOT_REACHED


def test_A15_a_colleague_who_is_not_signed_in_or_busy_is_told_about(office: House) -> None:
    office.sign_in("8001")
    assert told(dials(office, "1001", "602")[0]) == ["colleague-signed-out"]
    office.sign_in("8002")
    office.phone("1002", registered=False)
    office.wait_for(lambda: office.engine.centre.phones.get("1002") is False)
    assert told(dials(office, "1001", "602")[0]) == ["colleague-busy"]


# --- terminals -----------------------------------------------------------------------------------------------------


def act(house: House, number: str, terminal: str = "") -> None:
    EngineControl(house.engine).act(number, Action.SIGN_IN, "test", terminal=terminal)


def test_A12_a_terminal_that_is_not_allowed_is_refused(office: House) -> None:
    """A mode that is not enabled is refused at login."""
    with pytest.raises(UserMistake) as refused:
        act(office, "8001", "app")
    assert refused.value.code == "terminal_not_allowed"
    office.type("agent set 8001 --without-right call")
    office.wait_for(lambda: not office.engine.centre.directory.agents[office.agent("8001")].rights)
    with pytest.raises(UserMistake) as refused:
        act(office, "8001")
    assert refused.value.code == "no_call_right"


def test_A3_signing_in_elsewhere_moves_it(office: House) -> None:
    """After sign-in the next call rings that terminal; signing in elsewhere moves it."""
    office.type("agent set 8001 --terminal softphone=1009")
    office.phone("1009", TALKS)
    office.wait_for(lambda: TerminalKind.SOFTPHONE in _profile(office, "8001").codes)
    act(office, "8001", "softphone")
    assert [offer.phone for offer in customer(office).offers] == ["1009"]
    act(office, "8001", "sip")
    assert [offer.phone for offer in customer(office).offers] == ["1001"]


def test_A11_the_default_terminal_rings_where_none_was_named(office: House) -> None:
    """Login without a mode uses the default and rings that terminal."""
    office.type("agent set 8001 --terminal softphone=1009 --default-terminal softphone")
    office.phone("1009", TALKS)
    office.wait_for(lambda: _profile(office, "8001").default_terminal is TerminalKind.SOFTPHONE)
    act(office, "8001")
    assert [offer.phone for offer in customer(office).offers] == ["1009"]


def _profile(house: House, number: str) -> AgentProfile:
    return house.engine.centre.directory.agents[house.agent(number)]


# --- diversion, and phones that are none of ours -------------------------------------------------------------------


def diverted(house: House, setting: str) -> None:
    """The first agent's phone is not there; their calls are diverted, or are not."""
    house.type(f"agent set 8001 --divert-to {MOBILE} --divert {setting}")
    house.wait_for(lambda: _profile(house, "8001").diverts is (setting == "on"))
    house.sign_in("8001")
    house.phone("1001", registered=False)
    house.wait_for(lambda: house.engine.centre.phones.get("1001") is False)


def test_A19_a_phone_that_is_not_registered_is_replaced_by_the_mobile(office: House) -> None:
    """Endpoint not registered + setting on: mobile rings; CDR shows the diversion."""
    office.outsider(MOBILE, ACCEPTS)
    diverted(office, "on")
    record = customer(office)
    (offer,) = record.offers
    assert (offer.phone, offer.result, record.disposition) == (MOBILE, OfferResult.ACCEPTED, Disposition.ANSWERED)
    assert [step.detail for step in record.steps if step.kind == "diverted"] == [f"8001/1001/{MOBILE}"]


def test_A19_without_the_setting_the_phone_is_just_not_there(office: House) -> None:
    """Off: next agent."""
    diverted(office, "off")
    record = customer(office)
    assert (record.offers, record.disposition) == ((), Disposition.WAITED_TOO_LONG)


def test_A19_a_voicemail_never_gets_the_customer(office: House) -> None:
    office.outsider(MOBILE, PhoneBehaviour(answer_after=0.3))
    diverted(office, "on")
    leg = office.call(CallerScript("4001000001", "13800138000", b"", (WaitForAnswer(), Wait(28.0), HangUp())))
    record = office.record_of(leg)
    assert record.offers[0].result is OfferResult.NO_ANSWER
    assert "talk_start" not in {note.kind for note in office.stage.journal(leg).notes}
    assert record.disposition is not Disposition.ANSWERED


def test_A14_an_agent_signed_in_on_an_ordinary_phone_is_rung_there(office: House) -> None:
    """After sign-in with a mobile number the next call rings that mobile (A3)."""
    office.outsider(MOBILE, ACCEPTS)
    office.type(f"agent set 8001 --terminal phone={MOBILE}")
    office.wait_for(lambda: TerminalKind.PHONE in _profile(office, "8001").codes)
    act(office, "8001", "phone")
    record = customer(office)
    assert [(offer.phone, offer.result) for offer in record.offers] == [(MOBILE, OfferResult.ACCEPTED)]
