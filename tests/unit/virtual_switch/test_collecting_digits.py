"""play_and_get_digits: tries, time-outs, terminators, patterns, and digits that came early."""

from __future__ import annotations

from tests.unit.virtual_switch.box import Box, Headers, Line
from tests.unit.virtual_switch.calls import answered_call


def collect(line: Line, argument: str) -> None:
    """Order a collection and wait until it runs."""
    line.app("play_and_get_digits", argument, wait=False)
    line.event("CHANNEL_EXECUTE", Application="play_and_get_digits")


def result(line: Line) -> Headers:
    return line.event("CHANNEL_EXECUTE_COMPLETE", Application="play_and_get_digits")


def test_takes_one_key_during_the_prompt(box: Box) -> None:
    uuid, line = answered_call(box)
    collect(line, "1 1 3 5000 # silence_stream://5000 silence_stream://20 menu [12] 3000")
    line.ask(f"api uuid_recv_dtmf {uuid} 2")
    done = result(line)
    assert (done["variable_menu"], done["variable_read_result"]) == ("2", "success")


def test_takes_keys_that_were_pressed_before(box: Box) -> None:
    uuid, line = answered_call(box)
    line.app("playback", "silence_stream://300", "event-lock: true", wait=False)
    line.event("CHANNEL_EXECUTE", Application="playback")
    line.app("set", "playback_terminators=none", wait=False)
    line.event("CHANNEL_EXECUTE_COMPLETE", Application="set")
    # Key and order are sent as one, so that no frame begins between them: the park would take the key.
    argument = "1 1 1 3000 # silence_stream://3000 silence_stream://20 menu [12] 3000"
    order = f"sendmsg\ncall-command: execute\nexecute-app-name: play_and_get_digits\nexecute-app-arg: {argument}"
    line.send(f"api uuid_recv_dtmf {uuid} 1\n\n{order}")
    assert result(line)["variable_menu"] == "1"


def test_a_terminator_ends_a_long_number(box: Box) -> None:
    uuid, line = answered_call(box)
    collect(line, r"1 18 1 5000 # silence_stream://3000 silence_stream://20 id_number \d+ 2000")
    line.ask(f"api uuid_recv_dtmf {uuid} 520123#")
    done = result(line)
    assert (done["variable_id_number"], done["variable_read_terminator_used"]) == ("520123", "#")


def test_a_wrong_key_is_noted_and_another_try_begins(box: Box) -> None:
    uuid, line = answered_call(box)
    collect(line, "1 1 3 5000 # silence_stream://40 silence_stream://40 menu [12] 3000")
    line.ask(f"api uuid_recv_dtmf {uuid} 9")
    line.event("DTMF", DTMF_Digit="9")
    line.ask(f"api uuid_recv_dtmf {uuid} 2")
    done = result(line)
    assert (done["variable_menu"], done["variable_menu_invalid"]) == ("2", "9")


def test_no_key_at_all_ends_after_the_last_try(box: Box) -> None:
    _, line = answered_call(box)
    collect(line, "1 1 2 800 # silence_stream://20 silence_stream://20 menu [12] 500")
    done = result(line)
    assert "variable_menu" not in done
    assert done["variable_read_result"] == "failure"
    # A time-out below a second is a second: two tries cannot take less than two.
    began = next(event for event in line.events if event.get("Application") == "play_and_get_digits")
    assert int(done["Event-Date-Timestamp"]) - int(began["Event-Date-Timestamp"]) >= 2_000_000


def test_digits_after_the_first_have_their_own_time_out(box: Box) -> None:
    uuid, line = answered_call(box)
    collect(line, r"1 8 1 20000 # silence silence_stream://20 number \d+ 400")
    line.ask(f"api uuid_recv_dtmf {uuid} 12")
    done = result(line)
    assert (done["variable_number"], done["variable_read_result"]) == ("12", "timeout")


def test_the_caller_leaving_ends_it(box: Box) -> None:
    uuid, line = answered_call(box)
    collect(line, "1 1 3 5000 # silence_stream://5000 silence_stream://20 menu [12] 3000")
    box.inbound().ask(f"api uuid_kill {uuid}")
    assert result(line)["Answer-State"] == "hangup"


def test_a_pattern_that_does_not_compile_accepts_nothing(box: Box) -> None:
    uuid, line = answered_call(box)
    collect(line, "1 1 1 1000 # silence_stream://3000 silence_stream://20 menu ( 1000")
    line.ask(f"api uuid_recv_dtmf {uuid} 1")
    assert "variable_menu" not in result(line)
