"""`gateway`, `dial-rule`, `dialling` and `dial` at the command line: what is set is shown, and a password never is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fs_control.errors import UserMistake
from fs_control.face.dial_rule import amount_text, thousandths
from fs_control.testing.control import FakeControl
from fs_control.testing.play import Play
from fs_control.web.control import ControlSocket


def answer(terminal, *words: str):
    return json.loads(terminal.type(*words, "--json").stdout)


def test_O1_a_gateway_is_kept_and_its_password_shown_to_nobody(terminal_with_database, tmp_path):
    word = tmp_path / "word"
    word.write_text("s3cret\n", encoding="utf-8")
    login = ("--user", "me", "--password-file", str(word), "--register", "--max-calls", "30")
    terminal_with_database.type("gateway", "add", "carrier", "--proxy", "sip.example.com", *login)
    printed = terminal_with_database.type("gateway", "list", "--json").stdout
    (gateway,) = json.loads(printed)["gateways"]
    assert (gateway["name"], gateway["username"], gateway["max_calls"]) == ("carrier", "me", 30)
    assert "s3cret" not in printed
    assert "carrier" in terminal_with_database.type("gateway", "list").stdout
    terminal_with_database.type("gateway", "set", "carrier", "--max-calls", "0", "--disable")
    (gateway,) = answer(terminal_with_database, "gateway", "list")["gateways"]
    assert (gateway["max_calls"], gateway["enabled"]) == (None, False)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--proxy", "a b"), "proxy cannot be"),
        (("--proxy", "127.0.0.1", "--register"), "needs a user and a password"),
        (("--proxy", '127.0.0.1" x="', "--realm", "r"), "proxy cannot be"),
    ],
)
def test_a_gateway_that_could_not_be_said_to_the_switch_is_refused(terminal_with_database, options, sentence):
    refused = terminal_with_database.type("gateway", "add", "carrier", *options)
    assert sentence in refused.stderr


def test_a_rule_that_names_a_gateway_keeps_it(terminal_with_database):
    terminal_with_database.type("gateway", "add", "carrier", "--proxy", "203.0.113.7")
    terminal_with_database.type("dial-rule", "allow", "+44", "--cost", "0.125", "--gateway", "carrier")
    (rule,) = answer(terminal_with_database, "dial-rule", "list")["rules"]
    assert "0.125" in terminal_with_database.type("dial-rule", "list").stdout
    assert rule == {"target": "+44", "allowed": True, "cost": "0.125", "gateway": "carrier"}
    assert "+44" in terminal_with_database.type("gateway", "remove", "carrier", "--yes").stderr
    terminal_with_database.type("dial-rule", "remove", "+44")
    terminal_with_database.type("gateway", "remove", "carrier", "--yes")


def test_a_number_is_judged_as_the_engine_would(terminal_with_database):
    assert "+8613800138000" in terminal_with_database.type("dial-rule", "test", "138 0013 8000").stdout
    assert "emergency" in terminal_with_database.type("dial-rule", "test", "110").stderr
    terminal_with_database.type("dial-rule", "allow", "gb", "--cost", "0.1")
    assert "GB" in terminal_with_database.type("dial-rule", "test", "+44 20 7946 0000").stdout
    assert "fits no number" in terminal_with_database.type("dial-rule", "deny", "+").stderr


def test_O4_the_number_that_is_shown_and_the_limits_are_set_and_shown(terminal_with_database):
    terminal_with_database.type("dialling", "caller-id", "02161234567")
    terminal_with_database.type("dialling", "limit", "--each-agent", "--per-hour", "-", "--spend", "12.5")
    shown = answer(terminal_with_database, "dialling", "show")
    assert shown["caller_id"] == "02161234567"
    assert shown["limits"]["agent"] == {"per_minute": 10, "per_hour": None, "per_day": 600, "spend_per_day": "12.5"}
    assert "each agent" in terminal_with_database.type("dialling", "show").stdout


@pytest.mark.parametrize("text", ["", "x", "-1", "0.0001", "1e99", "NaN", "Infinity"])
def test_what_is_no_amount_of_money_is_refused(text):
    with pytest.raises(UserMistake, match="amount_bad"):
        thousandths(text)


@pytest.mark.parametrize(("text", "shown"), [("0.12", "0.12"), ("3", "3"), ("0", "0"), ("1.005", "1.005")])
def test_an_amount_is_shown_as_it_was_typed(text, shown):
    assert amount_text(thousandths(text)) == shown


def test_O1_dial_asks_the_engine_and_says_which_call_it_is(terminal, control_of):
    control = control_of(terminal)
    control.told = {"call": "0123456789abcdef"}
    told = terminal.type("dial", "13800138000", "--agent", "801", "--first", "agent", "--note", "offer")
    assert (told.exit_code, "01234567" in told.stdout) == (0, True)
    (asked,) = control.acted
    assert (asked.agent, asked.action) == ("801", "dial")
    assert asked.values == {"to": "13800138000", "first": "agent", "note": "offer"}


@pytest.fixture
def control_of():
    """Run an engine beside a terminal, in which the agent 801 is signed in."""
    doors = []

    def beside(terminal):
        play = Play()
        play.sign_in(1)
        control = FakeControl(play.centre)
        door = ControlSocket(Path(terminal.environment["FS_CONTROL_VAR"]) / "control.sock")
        door.start(control)
        doors.append(door)
        return control

    yield beside
    for door in doors:
        door.stop()
