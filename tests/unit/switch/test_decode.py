"""What a real FreeSWITCH said, as the events it means: exactly these and no others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.esl import ChannelData, Connect, EventMessage, Headers
from fs_control.events import (
    BridgeEnded,
    CallOffered,
    CallReturned,
    DigitsCollected,
    Event,
    KeyPressed,
    LegHeld,
    LegUnheld,
    PromptFinished,
    SwitchEvent,
    TransferKeyPressed,
)
from fs_control.ids import CallId, LegId
from fs_control.switch import SecretDigits, decode_event, decode_offer, decode_return
from fs_control.switch import decode as decode_room
from fs_control.switch.decode import FILTERS, SUBSCRIPTION

CALL = CallId("call")
LEG = LegId("leg")
AGENT = "99999999-0001-3333-4444-555555555555"
SECOND_AGENT = "99999999-0002-3333-4444-555555555555"

MEANINGS = {
    ("queue-uuid-bridge", "inbound"): [
        "LegAnswered 80b7ac0b",
        "LegRinging 22222222",
        "LegAnswered 22222222",
        "LegsBridged 80b7ac0b 22222222",
    ],
    ("queue-uuid-bridge", "outbound-1"): [
        "LegAnswered 80b7ac0b",
        "PromptFinished 80b7ac0b False",  # cut short by the join
        "LegsBridged 80b7ac0b 22222222",
        "PromptFinished 80b7ac0b True",
        "LegHungUp 80b7ac0b NORMAL_CLEARING",
    ],
    ("bridge-busy", "outbound-1"): [
        "LegAnswered 3b5d54e3",
        "BridgeEnded 3b5d54e3 0c8b2c55 USER_BUSY",
        "PromptFinished 3b5d54e3 True",
        "LegHungUp 3b5d54e3 NORMAL_CLEARING",
    ],
    ("bridge-answered", "outbound-1"): [
        "LegAnswered 22bf4c55",
        "LegsBridged 22bf4c55 11111111",
        "BridgeEnded 22bf4c55 6e416a95 SUCCESS",
        "PromptFinished 22bf4c55 True",
        "LegHungUp 22bf4c55 NORMAL_CLEARING",
    ],
    ("ivr-digits", "outbound-1"): [
        "LegAnswered 143fa88b",
        "PromptFinished 143fa88b True",
        "KeyPressed 143fa88b 1",
        "DigitsCollected 143fa88b ",  # into a variable that is not ours
        "LegHungUp 143fa88b NORMAL_CLEARING",
    ],
    ("ivr-digits-timeout", "outbound-1"): [
        "LegAnswered 52fbba4e",
        "DigitsCollected 52fbba4e ",
        *(f"KeyPressed 52fbba4e {key}" for key in "520123#"),
        "DigitsCollected 52fbba4e ",
        *(f"KeyPressed 52fbba4e {key}" for key in "92"),
        "DigitsCollected 52fbba4e ",
        "LegHungUp 52fbba4e NORMAL_CLEARING",
    ],
    ("registrations", "inbound"): ["PhoneRegistered 1001", "PhoneUnregistered 1001", "PhoneRegistered 1001"],
    ("bridge-agent-bye", "inbound"): [
        "LegsBridged c53414ea 99999999",
        "LegHungUp 99999999 NORMAL_CLEARING",
        "LegHungUp c53414ea NORMAL_CLEARING",
    ],
    ("caller-abandons-while-agent-rings", "inbound"): [
        "LegRinging 4eed5a1c",
        "LegHungUp 67ea6406 NORMAL_CLEARING",
        "LegHungUp 4eed5a1c ORIGINATOR_CANCEL",
    ],
    ("caller-hangs-up-in-playback", "outbound-1"): [
        "LegAnswered 2c0961d1",
        "LegHungUp 2c0961d1 NORMAL_CLEARING",
        "PromptFinished 2c0961d1 False",
    ],
    ("whisper-one", "inbound"): [
        "LegAnswered d171652a",
        "LegRinging 99999999",
        "LegAnswered 99999999",  # the end of what is whispered on this leg is told as well
        "LegsBridged d171652a 99999999",
        "LegHungUp 99999999 NORMAL_CLEARING",
        "BridgeEnded d171652a bbbb0000 SUCCESS",
        "LegHungUp d171652a NORMAL_CLEARING",
    ],
    ("keys-skip-prompt", "outbound-1"): [
        "LegAnswered 5cf557bd",
        "PromptFinished 5cf557bd True",
        "KeyPressed 5cf557bd 1",
        "PromptFinished 5cf557bd True",
        "KeyPressed 5cf557bd 2",
        "PromptFinished 5cf557bd True",
        *(f"KeyPressed 5cf557bd {key}" for key in "345"),
        "PromptFinished 5cf557bd True",
        "LegHungUp 5cf557bd NORMAL_CLEARING",
    ],
    ("collect-secret", "outbound-1"): [
        "LegAnswered cae4c993",
        "SecretDigits cae4c993 4711",
        *(f"KeyPressed cae4c993 {key}" for key in "12"),
        "DigitsCollected cae4c993 12",
        "LegHungUp cae4c993 NORMAL_CLEARING",
    ],
    ("message", "outbound-1"): [
        "LegAnswered 5d2c4531",
        "PromptFinished 5d2c4531 True",
        "MessageRecorded 5d2c4531 0 True",
        "PromptFinished 5d2c4531 True",
        *(f"KeyPressed 5d2c4531 {key}" for key in "1#"),
        "MessageRecorded 5d2c4531 0 False",
        "LegHungUp 5d2c4531 NORMAL_CLEARING",
    ],
    ("header-traps", "outbound-1"): ["LegHungUp a4c731cb MANAGER_REQUEST"],
}


MessagesOf = Callable[[str, str], list[EventMessage]]
ChannelOf = Callable[[str], ChannelData]


def told(event: Event | SecretDigits) -> str:
    """An event in short: its name, its leg or phone, and what it says."""
    names = ("leg", "phone", "other", "completed", "digits", "key", "cause", "length", "went_silent")
    words = [getattr(event, name, None) for name in names]
    return " ".join([type(event).__name__, *(str(word).split("-")[0] for word in words if word is not None)])


@pytest.mark.parametrize(("trace", "wire"), MEANINGS, ids="/".join)
def test_a_recording_means_exactly_these_events(messages: MessagesOf, trace: str, wire: str) -> None:
    events = [event for message in messages(trace, wire) if (event := decode_event(message)) is not None]
    assert [told(event) for event in events] == MEANINGS[trace, wire]
    assert all(event.at == 0 for event in events if isinstance(event, Event))


def test_the_switchs_own_time_comes_along(messages: MessagesOf) -> None:
    events = [decode_event(message) for message in messages("queue-uuid-bridge", "inbound")]
    times = [event.switch_at for event in events if isinstance(event, SwitchEvent)]
    assert times == [1_795_319_614_557_228, 1_795_319_614_617_228, 1_795_319_615_217_225, 1_795_319_615_297_225]


def test_a_new_caller_is_read_from_the_answer_to_connect(channel: ChannelOf) -> None:
    assert decode_offer(channel("queue-uuid-bridge"), CALL) == CallOffered(
        leg="80b7ac0b-1d2d-4765-8b0d-512adbfc6690",  # type: ignore[arg-type]  # ids are text here
        switch_at=1_795_319_614_537_232,  # type: ignore[arg-type]
        call=CALL,
        dialled="4001234567",
        caller="13800138000",
        caller_name="Zhang San",
    )


def test_a_phone_of_ours_that_dials_is_named_by_what_it_gave_its_password_for(channel: ChannelOf) -> None:
    offer = decode_offer(channel("phone-dials"), CALL)
    assert offer is not None
    assert (offer.phone, offer.dialled) == ("1001", "8002")


def test_a_callers_from_makes_no_phone_of_ours() -> None:
    lines = "Event-Name: CHANNEL_DATA\nUnique-ID: leg\nCaller-Caller-ID-Number: 1001\nvariable_sip_from_user: 1001\n"
    lines += "variable_sip_auth_username: 1001\nvariable_sip_h_X-fsc_phone: 1001\n"
    offer = decode_offer(ChannelData(Connect(), Headers(lines.encode())), CALL)
    assert offer is not None
    assert offer.phone == ""


def test_a_forged_header_in_a_callers_name_stays_in_the_name(channel: ChannelOf) -> None:
    offer = decode_offer(channel("header-traps"), CALL)
    assert offer is not None
    assert offer.caller_name == "Eve\nEvent-Name: CHANNEL_HANGUP"


def keys_of(messages: MessagesOf, trace: str) -> list[Event | SecretDigits]:
    events = (decode_event(message) for message in messages(trace, "inbound"))
    return [event for event in events if isinstance(event, LegHeld | LegUnheld | TransferKeyPressed)]


def test_C2_a_phones_hold_key_is_told_of_the_leg_that_holds(messages: MessagesOf) -> None:
    held = [told(event) for event in keys_of(messages, "key-hold")]
    assert held == ["LegHeld 99999999", "LegUnheld 99999999"] * 2


def test_C3_a_transfer_key_says_who_is_sent_to_which_number(messages: MessagesOf) -> None:
    _held, key, _unheld = keys_of(messages, "key-transfer")
    assert isinstance(key, TransferKeyPressed)
    assert (key.leg, key.to) == (AGENT, "8002")
    assert key.other is not None
    assert (key.colleague, key.own) == (None, None)


def test_C4_a_phone_that_joins_its_calls_says_which_legs(messages: MessagesOf, channel: ChannelOf) -> None:
    _held, key, _unheld = keys_of(messages, "key-transfer-attended")
    assert isinstance(key, TransferKeyPressed)
    assert key.other == channel("key-transfer-attended").get("Unique-ID")
    assert (key.to, key.colleague) == ("", SECOND_AGENT)
    assert key.own not in (None, AGENT, key.other, SECOND_AGENT)


def joining(first: str, second: str) -> Event | SecretDigits | None:
    """The transfer key of the phone at the leg `agent`, whose other call is on the leg `own`."""
    lines = (
        "Event-Name: CUSTOM\nEvent-Subclass: sofia%3A%3Atransferor\nUnique-ID: agent\nvariable_refer_uuid: own\n"
        f"att_xfer_original_call_id: {first}\natt_xfer_destination_call_id: {second}\n"
    )
    return decode_event(EventMessage(Headers(lines.encode()), b""))


def test_C4_a_phone_that_joins_a_call_which_led_to_nobody_yet_says_whom_it_sends_there() -> None:
    """As in trace phone-refer-attended-to-controller: the caller comes back as sent to what the phone had dialled."""
    key = joining("own", "caller")
    assert key == TransferKeyPressed(leg="agent", other="caller", own="own")  # type: ignore[arg-type]


def test_C4_a_phone_whose_caller_we_hold_already_joins_nobody_but_names_the_colleague() -> None:
    key = joining("agent", "colleague")
    expected = TransferKeyPressed(leg="agent", colleague="colleague", own="own")  # type: ignore[arg-type]
    assert key == expected


def returned(number: str, source: str = "", answered: int = 0) -> CallReturned:
    lines = (
        f"Event-Name: CHANNEL_DATA\nUnique-ID: leg\nCaller-Destination-Number: {number}\n"
        f"Caller-Context: fs_control_return\nvariable_transfer_source: {source}\n"
        f"Caller-Channel-Answered-Time: {answered}\n"
    )
    return decode_return(ChannelData(Connect(), Headers(lines.encode())), LEG, CALL)


def test_C3_a_leg_that_a_transfer_key_sent_says_where_to_and_by_which_transfer() -> None:
    back = returned("8002", "1795376467:5b1f:bl_xfer:8002/fs_control_return/XML")
    assert (back.sent_to, back.transfer) == ("8002", "5b1f")


def test_a_leg_that_comes_back_by_itself_was_sent_nowhere() -> None:
    back = returned("fs_control", "1795376467:5b1f:bl_xfer:fs_control/fs_control_return/XML")
    assert (back.sent_to, back.transfer) == ("", "")


def test_a_leg_that_comes_back_says_when_it_was_answered() -> None:
    assert returned("fs_control", answered=1_795_376_467_000_001).answered_at == 1_795_376_467_000_001
    assert returned("fs_control").answered_at is None


def test_a_leg_that_comes_back_says_whether_it_has_waited_for_long() -> None:
    for waited, is_long in (("long", True), ("no", False)):
        lines = f"Event-Name: CHANNEL_DATA\nUnique-ID: leg\nvariable_fsc_waited: {waited}\n"
        back = decode_return(ChannelData(Connect(), Headers(lines.encode())), LEG, CALL)
        assert back.waited_long is is_long


def test_what_a_phone_writes_as_a_number_is_cut() -> None:
    assert len(returned("9" * 500).sent_to) < 100


def message(name: str, body: str = "", **headers: str) -> EventMessage:
    lines = [f"Event-Name: {name}", *(f"{key.replace('_', '-')}: {value}" for key, value in headers.items())]
    return EventMessage(Headers("\n".join(lines).encode()), body.encode())


def test_keys_are_read_from_our_own_variable_and_the_application_by_its_name_of_ours() -> None:
    lines = b"Event-Name: CHANNEL_EXECUTE_COMPLETE\nUnique-ID: leg\nApplication: play_and_get_digits\n"
    event = EventMessage(Headers(lines + b"Application-UUID: call.3\nvariable_fsc_digits: 12%23\n"), b"")
    assert decode_event(event) == DigitsCollected(leg="leg", op="call.3", digits="12#")  # type: ignore[arg-type]


def test_a_prompt_is_heard_to_its_end_only_if_the_switch_says_so() -> None:
    said = {"Unique_ID": "leg", "Application": "playback", "Application_UUID": "op"}
    for response, completed in [("FILE%20PLAYED", True), ("PLAYBACK%20ERROR", False), ("FILE%20NOT%20FOUND", False)]:
        event = decode_event(message("CHANNEL_EXECUTE_COMPLETE", **said, Application_Response=response))
        assert event == PromptFinished(leg="leg", op="op", completed=completed)  # type: ignore[arg-type]


def test_the_end_of_an_attempt_or_a_talk_names_the_agents_leg_and_how_it_came() -> None:
    said = b"Event-Name: CHANNEL_EXECUTE_COMPLETE\nUnique-ID: leg\nApplication: bridge\nApplication-UUID: agent-leg\n"
    for disposition, cause in (("SUCCESS", "SUCCESS"), ("USER_BUSY", "USER_BUSY"), ("", "NORMAL_UNSPECIFIED")):
        how = f"variable_originate_disposition: {disposition}\n".encode()
        event = decode_event(EventMessage(Headers(said + how), b""))
        assert event == BridgeEnded(leg=LegId("leg"), other=LegId("agent-leg"), cause=cause)


def test_a_callers_own_leg_that_rings_is_no_news() -> None:
    assert decode_event(message("CHANNEL_PROGRESS", Unique_ID="leg", Call_Direction="inbound")) is None


def test_a_leg_that_is_handed_over_again_was_called_by_the_number_of_the_first_time() -> None:
    """Only where our journal is lost is that a new call, and it is one for the same number."""
    lines = (
        "Event-Name: CHANNEL_DATA\nUnique-ID: leg\nCaller-Destination-Number: fs_control\n"
        "Caller-Context: fs_control_return\nvariable_fsc_number: 4001\n"
    )
    offer = decode_offer(ChannelData(Connect(), Headers(lines.encode())), CALL)
    assert offer is not None
    assert offer.dialled == "4001"


@pytest.mark.parametrize(
    ("digit", "key"), [("1", "1"), ("%2A", "*"), ("*", "*"), ("%23", "#"), ("A", None), ("", None)]
)
def test_Q10_a_key_is_told_whatever_plays(digit: str, key: str | None) -> None:
    """A waiting customer can leave the queue and the flow continues."""
    headers = f"Event-Name: DTMF\nUnique-ID: caller\nDTMF-Digit: {digit}\nDTMF-Source: RTP\n"
    event = decode_event(EventMessage(Headers(headers.encode()), b""))
    assert event == (KeyPressed(leg=LegId("caller"), key=key) if key is not None else None)


@pytest.mark.parametrize("leg", ["", "two%20words", "x" * 201, "a%0Ab", "%00", "a)b", "a,b", "a'b", "a@b", "a$b"])
def test_a_caller_whose_leg_no_command_could_name_is_none(leg: str) -> None:
    channel = ChannelData(Connect(), Headers(f"Event-Name: CHANNEL_DATA\nUnique-ID: {leg}\n".encode()))
    assert decode_offer(channel, CALL) is None


def test_what_is_read_passes_the_filters_and_of_applications_only_those_whose_end_we_wait_for() -> None:
    passing = {(each.header, each.value) for each in FILTERS}
    names = {value for header, value in passing if header == "Event-Name"}
    assert names == set(decode_room._READERS) - {"CHANNEL_EXECUTE_COMPLETE"}
    assert passing - {("Event-Name", name) for name in names} == {
        ("Application", "playback"),
        ("Application", "play_and_get_digits"),
        ("Application", "bridge"),
        ("Application", "record"),
    }


NAMES = st.sampled_from([*SUBSCRIPTION.events, "CUSTOM", "CHANNEL_DATA"])
HEADERS = st.sampled_from(
    [
        *("Unique-ID", "Call-Direction", "Event-Date-Timestamp", "Hangup-Cause", "Application", "Application-UUID"),
        *("Application-Response", "Bridge-B-Unique-ID", "Other-Leg-Unique-ID", "Job-UUID", "Event-Subclass"),
        *("from-user", "user", "variable_fsc_digits", "Caller-Channel-Created-Time"),
    ]
)
VALUES = st.one_of(
    st.binary(max_size=30).map(lambda raw: raw.replace(b"\n", b"%0A")),
    st.sampled_from([b"outbound", b"playback", b"play_and_get_digits", b"sofia%3A%3Aregister", b"9" * 5000, b"0"]),
)


@given(name=NAMES, headers=st.dictionaries(HEADERS, VALUES), body=st.binary(max_size=40))
def test_whatever_a_header_holds_it_is_an_event_or_nothing(name: str, headers: dict[str, bytes], body: bytes) -> None:
    lines = [b"Event-Name: " + name.encode(), *(key.encode() + b": " + value for key, value in headers.items())]
    block = Headers(b"\n".join(lines))
    event = decode_event(EventMessage(block, body))
    assert not isinstance(event, Event) or event.at == 0
    decode_offer(ChannelData(Connect(), block), CALL)
