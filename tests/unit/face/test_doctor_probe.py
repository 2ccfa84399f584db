"""Asking a switch: one that says what a script says, and the one in the box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fs_control.errors import NoReply
from fs_control.face.doctor import checks, probe, questions
from fs_control.face.doctor.facts import Door, Limits, RecordingsProbe, SwitchFacts
from fs_control.face.doctor.findings import Severity
from fs_control.face.doctor.probe_file import probe_file
from fs_control.media.prompts import prompts_folder
from fs_control.runtime.clock import WallClock
from fs_control.runtime.faults import PasswordRefused, SwitchTurnedUsAway, SwitchUnreachable
from fs_control.settings import Settings, SwitchSettings
from fs_control.testing.fake_event_socket import PASSWORD, RUDE_REJECTION, FakeSwitch, response
from fs_control.virtual_switch.process import start_virtual_switch

EVENT_SOCKET = (
    '<configuration name="event_socket.conf"><settings><param name="listen-ip" value="{address}"></param>'
    '<param name="password" value="the-secret"></param>{lists}</settings></configuration>'
)
ONE_LIST = '<param name="apply-inbound-acl" value="everybody"></param>'
LOCATE = "api xml_locate configuration configuration name event_socket.conf"
UNKNOWN = {"api": response("-ERR it Command not found!\n")}


@pytest.fixture
def switch() -> Iterator[FakeSwitch]:
    """A FreeSWITCH that knows no api command but those that a test gives it."""
    fake = FakeSwitch(UNKNOWN)
    yield fake
    fake.stop()


def examine(switch: FakeSwitch, password: str = PASSWORD) -> SwitchFacts:
    return probe.examine(SwitchSettings(event_port=switch.port, password=password), WallClock(), 5.0)


def test_a_switch_that_knows_no_question_told_nothing(switch):
    switch.script = {key: text for key, text in switch.script.items() if not key.startswith("api ")}
    assert examine(switch) == SwitchFacts()


def test_only_questions_that_change_nothing_are_asked_and_good_bye_is_said(switch):
    examine(switch)
    asked = {command.split()[1] for command in switch.peers[0].commands if command.startswith("api ")}
    assert asked <= {
        *("version", "status", "module_exists", "sofia", "xml_locate", "acl"),
        *("global_getvar", "strmicroepoch", "file_exists"),
    }
    assert switch.peers[0].heard("exit") == 1


@pytest.mark.parametrize(
    ("lists", "answer", "door"),
    [
        ("", "false", Door("0.0.0.0", ("loopback.auto",), False)),
        (ONE_LIST, "false", Door("0.0.0.0", ("everybody",), False)),
        (ONE_LIST, "true", Door("0.0.0.0", ("everybody",), True)),
        (ONE_LIST, "-ERR no reply\n", Door("0.0.0.0", ("everybody",), True)),
    ],
)
def test_the_switch_itself_says_whether_a_stranger_passes(switch, lists, answer, door):
    switch.script[LOCATE] = response(EVENT_SOCKET.format(address="0.0.0.0", lists=lists))
    switch.script["api acl 192.0.2.1 "] = response(answer)
    assert examine(switch).door == door


def test_of_several_lists_one_that_turns_strangers_away_is_enough(switch):
    both = ONE_LIST + ONE_LIST.replace("everybody", "us")
    switch.script[LOCATE] = response(EVENT_SOCKET.format(address="0.0.0.0", lists=both))
    switch.script["api acl 192.0.2.1 everybody"] = response("true")
    switch.script["api acl 192.0.2.1 us"] = response("false")
    assert examine(switch).door == Door("0.0.0.0", ("everybody", "us"), False)


def test_the_passwords_of_a_configuration_get_nowhere(switch):
    switch.script[LOCATE] = response(EVENT_SOCKET.format(address="0.0.0.0", lists=ONE_LIST))
    facts = examine(switch)
    judged = checks.judge_switch(facts, Settings(), SwitchSettings(password=PASSWORD))
    assert "the-secret" not in repr((facts, judged))


def test_the_password_that_the_switch_shows_us_gets_nowhere(switch):
    switch.script["api xml_locate configuration configuration name xml_curl.conf"] = response(
        '<configuration name="xml_curl.conf"><bindings><binding><param name="gateway-url" value="http://127.0.0.1:1/"/>'
        '<param name="gateway-credentials" value="fs_control:the-secret"/></binding></bindings></configuration>'
    )
    facts = examine(switch)
    assert [binding.url for binding in facts.bindings or ()] == ["http://127.0.0.1:1/"]
    assert "the-secret" not in repr(facts)


@pytest.mark.parametrize(("answer", "is_seen"), [("true", True), ("false", False), ("-ERR no reply\n", None)])
def test_the_switch_is_asked_for_the_file_by_its_own_name_for_the_folder(switch, tmp_path, answer, is_seen):
    with probe_file(tmp_path) as file:
        switch.script[f"api file_exists /there/{file.name}"] = response(answer)
        assert file.name in {path.name for path in tmp_path.iterdir()}
        there = SwitchSettings(event_port=switch.port, password=PASSWORD, recordings="/there")
        facts = probe.examine(there, WallClock(), 5.0, file)
    assert facts.recordings == RecordingsProbe(str(tmp_path), is_seen=is_seen)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_file_is_told_with_the_reason(switch, tmp_path):
    with probe_file(tmp_path / "nowhere") as file:
        facts = probe.examine(
            SwitchSettings(event_port=switch.port, password=PASSWORD, recordings="/there"), WallClock(), 5.0, file
        )
    assert facts.recordings == RecordingsProbe(str(tmp_path / "nowhere"), "No such file or directory")


def test_each_way_of_not_being_let_in_is_told_apart(switch):
    with pytest.raises(PasswordRefused):
        examine(switch, "wrong")
    switch.greeting = RUDE_REJECTION
    with pytest.raises(SwitchTurnedUsAway):
        examine(switch)
    switch.stop()
    with pytest.raises(SwitchUnreachable):
        examine(switch)


def test_a_switch_that_falls_silent_is_not_waited_for_for_ever(switch):
    switch.script["api status"] = b""
    with pytest.raises(NoReply):
        probe.examine(SwitchSettings(event_port=switch.port, password=PASSWORD), WallClock(), 0.05)


def test_the_switch_in_the_box_is_well_as_far_as_it_can_tell():
    process = start_virtual_switch("127.0.0.1:8084", "a-generated-secret")
    try:
        switch = SwitchSettings(event_port=process.event_port, password="a-generated-secret")
        prompts = questions.prompt_files(str(prompts_folder()))
        facts = probe.examine(switch, WallClock(), 5.0, prompts=prompts)
    finally:
        process.stop()
    found = {item.name: item.finding for item in checks.judge_switch(facts, Settings(), switch)}
    assert facts.limits == Limits(True, 1000, 5000)
    assert found["prompts"].values["count"] == len(prompts)
    assert not any(finding.severity is Severity.BAD for finding in found.values())
    assert {name for name, finding in found.items() if finding.severity is Severity.SKIPPED} == {
        *("door", "media_timeouts", "hand_over", "gateways", "recordings")
    }
