"""What a caller puts in, as the centre sees it: keys ahead of questions, messages, other people's servers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.centre import is_awaited, typing_ahead
from fs_control.commands import CollectDigits, FetchUrl, PlayPrompt, RecordMessage
from fs_control.events import (
    CallerLinkLost,
    CallReturned,
    CommandFailed,
    DigitsCollected,
    KeyPressed,
    Outcome,
    PromptFinished,
    SwitchFound,
    SwitchLost,
    UrlFetched,
)
from fs_control.flow import Ask
from fs_control.ids import CallId, LegId, OpId, seconds
from fs_control.records import Disposition, FlowText, ServiceNumber
from fs_control.testing.play import Play

TEXT = """
flow: inputs
language: zh
on_hangup: tell
start: welcome
steps:
  welcome: {do: play, prompt: welcome, next: ask}
  ask:
    do: collect
    prompt: main-menu
    length: 4
    into: code
    tries: 1
    timeout: 5
    between: 2
    on_record: true
    next: look-up
    wrong: {next: end}
    no_key: {next: end}
  look-up:
    do: http
    url: "https://crm.example.com/{code}"
    into: {balance: balance}
    next: pin
    failed: leave
  pin:
    do: collect
    prompt: main-menu
    length: 2
    into: pin
    sensitive: true
    next: check
    wrong: {next: leave}
    no_key: {next: leave}
  check: {do: http, url: "https://crm.example.com/?pin={pin}", next: end, failed: leave}
  leave: {do: message, box: sales, prompt: nobody-signed-in, silence: 4, next: end}
  end: {do: hangup}
  tell: {do: http, url: "https://crm.example.com/gone", next: end, failed: end}
"""


@pytest.fixture
def play() -> Play:
    """A centre with one number and one flow."""
    return Play(numbers=(ServiceNumber("4001", "inputs"),), flows=(FlowText("inputs", TEXT),))


def newest(play: Play, kind: type) -> object:
    """The last order of a kind."""
    return next(command for command in reversed(play.commands) if isinstance(command, kind))


def leg_of(call: CallId) -> LegId:
    return LegId(f"leg-of-{call}")


def answer(play: Play, call: CallId, reason: str = "", **values: int) -> None:
    """The server answers what was asked last."""
    asked = newest(play, FetchUrl)
    assert isinstance(asked, FetchUrl)
    assert asked.op is not None
    play.tell(UrlFetched(call=call, op=asked.op, ok=not reason, values=values, reason=reason))


def at_message(play: Play) -> CallId:
    """A caller who hears the tone."""
    call = play.caller()
    play.press(call, "1234")
    answer(play, call, "timeout")
    play.wait(3.1)
    return call


# --- keys ----------------------------------------------------------------------------------------------------------


def test_prompts_of_a_flow_may_be_skipped(play: Play) -> None:
    play.caller()
    assert [command.skip for command in play.commands if isinstance(command, PlayPrompt)] == [True]


def test_keys_pressed_in_one_go_are_a_whole_answer(play: Play) -> None:
    call = play.caller()
    play.press(call, "1234")
    assert newest(play, FetchUrl).url.endswith("/1234")  # type: ignore[attr-defined]
    assert not [command for command in play.commands if isinstance(command, CollectDigits)]


def test_what_is_missing_is_listened_for_in_silence(play: Play) -> None:
    call = play.caller()
    play.press(call, "12")
    collect = newest(play, CollectDigits)
    assert isinstance(collect, CollectDigits)
    assert (collect.prompts, collect.max_digits, collect.timeout) == ((), 2, seconds(2))
    play.press(call, "34")
    assert newest(play, FetchUrl).url.endswith("/1234")  # type: ignore[attr-defined]


def test_a_key_that_falls_between_two_orders_is_not_lost(play: Play) -> None:
    """Told before the switch has begun to collect: the switch collects one less than it was to, and gives up."""
    call = play.caller()
    play.press(call, "1")
    collect = newest(play, CollectDigits)
    assert isinstance(collect, CollectDigits)
    for key in "234":
        play.tell(KeyPressed(leg=leg_of(call), key=key))
    play.tell(DigitsCollected(leg=leg_of(call), op=collect.op, digits="34"))
    assert newest(play, FetchUrl).url.endswith("/1234")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("told", "collected", "ask", "digits", "left"),
    [
        ("", "", Ask("p", 4, 5), "", ""),
        ("", "12", Ask("p", 4, 5), "12", ""),
        ("12", "12", Ask("p", 4, 5), "12", ""),
        ("912", "12", Ask("p", 4, 5), "912", ""),
        ("12#", "12", Ask("p", 4, 5, end_key="#"), "12", ""),
        ("12#34", "", Ask("p", 4, 5, end_key="#"), "12", "34"),
        ("1234#", "1234", Ask("p", 4, 5, end_key="#"), "1234", ""),
        ("123456", "3456", Ask("p", 4, 5), "1234", "56"),
        ("34", "1234", Ask("p", 4, 5), "1234", ""),
        ("#", "", Ask("p", 4, 5, end_key="#"), "", ""),
        ("12", "12", Ask("p", 4, 5, min_digits=3), "", ""),
    ],
)
def test_keys_told_one_by_one_and_at_the_end_count_once(
    play: Play, told: str, collected: str, ask: Ask, digits: str, left: str
) -> None:
    from fs_control.centre.step import Step
    from fs_control.events import DrainRequested

    live = replace(play.live(play.caller()), typed=told, heard=ask)
    live, got = typing_ahead.collected(Step(play.centre, DrainRequested()), live, collected)
    assert (got.digits, live.typed) == (digits, left)


def test_what_is_typed_into_a_secret_input_is_not_known_one_by_one(play: Play) -> None:
    call = play.caller()
    key = KeyPressed(leg=leg_of(call), key="7")
    assert is_awaited(play.centre, key)
    play.press(call, "1234")
    assert not is_awaited(play.centre, key), "the secret input is the next step"
    answer(play, call, balance=7)
    assert newest(play, CollectDigits).secret == "secret:pin"  # type: ignore[attr-defined]
    assert not is_awaited(play.centre, key)


def test_a_secret_is_a_word_to_the_flow(play: Play) -> None:
    call = play.caller()
    play.press(call, "1234")
    answer(play, call, balance=7)
    play.press(call, "77")
    assert newest(play, FetchUrl).url == "https://crm.example.com/?pin={secret:pin}"  # type: ignore[attr-defined]
    live = play.live(call)
    assert live.session is not None
    assert live.session.variables == {"code": "1234", "balance": 7, "pin": "secret:pin"}
    assert live.typed == ""


# --- servers -------------------------------------------------------------------------------------------------------


def test_an_answer_that_never_comes_is_a_time_out(play: Play) -> None:
    """The process that asked is no more; the timer is started again by the next one."""
    call = play.caller()
    play.press(call, "1234")
    play.wait(3 + 2)
    assert play.live(call).session is not None
    assert ("fetched", "timeout") in [(step.kind, step.detail) for step in play.live(call).record.steps]


def test_an_answer_to_an_older_question_is_no_news(play: Play) -> None:
    call = play.caller()
    play.press(call, "1234")
    before = play.live(call)
    play.tell(UrlFetched(call=call, op=OpId("other"), ok=True, values={"balance": 1}))
    play.tell(UrlFetched(call=CallId("gone"), op=OpId("other"), ok=True))
    assert play.live(call) == before


def test_a_caller_may_come_and_go_while_a_server_is_asked(play: Play) -> None:
    call = play.caller()
    play.press(call, "1234")
    play.tell(CallerLinkLost(leg=leg_of(call)))
    play.tell(CallReturned(leg=leg_of(call), call=call))
    answer(play, call, balance=7)
    assert newest(play, CollectDigits).secret  # type: ignore[attr-defined]


def test_servers_are_told_that_the_caller_has_gone(play: Play) -> None:
    call = play.caller()
    play.hang_up(call)
    told = newest(play, FetchUrl)
    assert isinstance(told, FetchUrl)
    assert (told.url, told.op) == ("https://crm.example.com/gone", None)


# --- messages ------------------------------------------------------------------------------------------------------


def test_N7_a_message_is_a_part_of_the_record(play: Play) -> None:
    call = at_message(play)
    play.wait(0.6)
    play.switch.speak(leg_of(call), seconds(5))
    play.wait(10)
    record = play.records[call]
    (message,) = record.messages
    ordered = newest(play, RecordMessage)
    assert isinstance(ordered, RecordMessage)
    assert (message.file, message.box, message.length) == (ordered.file, "sales", seconds(5))
    assert record.disposition is Disposition.LEFT_MESSAGE


def test_N7_silence_is_no_message(play: Play) -> None:
    call = at_message(play)
    play.wait(10)
    assert play.records[call].messages == ()
    assert play.records[call].disposition is Disposition.ENDED_BY_FLOW


def test_N7_who_hangs_up_leaves_what_was_said(play: Play) -> None:
    """How long it is tells the time between the tone and the hang-up."""
    call = at_message(play)
    play.wait(0.4 + 3)
    play.hang_up(call)
    (message,) = play.records[call].messages
    assert message.length == seconds(3)


def test_N7_what_was_recorded_while_we_were_gone_is_kept(play: Play) -> None:
    call = at_message(play)
    play.wait(0.4 + 2)
    play.switch.lose_controller()
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.wait(5)
    play.tell(CallReturned(leg=leg_of(call), call=call))
    play.wait(1)
    assert [message.length for message in play.records[call].messages] == [seconds(7)]


def test_N7_a_message_that_did_not_begin_is_begun_again(play: Play) -> None:
    """We died in the tone: nobody knows whether anything was recorded."""
    call = at_message(play)
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.tell(CallReturned(leg=leg_of(call), call=call))
    files = [command.file for command in play.commands if isinstance(command, RecordMessage)]
    assert len(set(files)) == 2


def test_N7_a_caller_who_is_gone_when_we_come_back_has_left_a_message(play: Play) -> None:
    call = at_message(play)
    play.wait(0.4 + 2)
    play.switch.lose_controller()
    play.tell(SwitchLost(reason=SwitchLost.STARTED))
    play.wait(2)
    play.tell(SwitchFound(core="core", legs=()))
    assert [message.length for message in play.records[call].messages] == [seconds(4)]


def test_N7_a_recording_that_is_refused_is_no_message(play: Play) -> None:
    call = at_message(play)
    op = play.live(call).message.op  # type: ignore[union-attr]
    failed = CommandFailed(leg=leg_of(call), command="RecordMessage", outcome=Outcome.REFUSED, op=op)
    play.tell(failed)
    play.wait(1)
    assert play.records[call].messages == ()


def test_N7_an_end_that_is_never_told_does_not_hold_the_caller(play: Play) -> None:
    call = at_message(play)
    play.switch.dead = True
    play.feed(PromptFinished(leg=leg_of(call), op=OpId(f"{play.live(call).message.op}.beep"), completed=True))  # type: ignore[union-attr]
    play.wait(120 + 10)
    assert play.live(call).record.messages != ()
    assert play.live(call).message is None
