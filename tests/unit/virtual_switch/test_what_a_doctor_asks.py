"""The questions about the switch itself that a check of an installation asks, in FreeSWITCH's words."""

from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest

from tests.unit.virtual_switch.box import Box
from tests.unit.virtual_switch.calls import answered_call


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("module_exists mod_sofia", "true"),
        ("module_exists mod_none", "false"),
        ("module_exists", "-ERR no reply\n"),
        ("file_exists /nowhere/at all.wav", "false"),
        ("file_exists", "false"),
        ("acl 127.0.0.1 loopback.auto", "true"),
        ("acl 192.0.2.1 loopback.auto", "false"),
        ("acl nonsense loopback.auto", "false"),
        ("acl 127.0.0.1 nosuch", "false"),
        ("acl", "false"),
        ("global_getvar media_timeout", "-ERR no reply\n"),
        ("xml_locate configuration configuration name sofia.conf", "can't find anything\n"),
        ("xml_locate dialplan", "can't find anything\n"),
        ("xml_locate two words", "-ERR bad args\n"),
        ("sofia xmlstatus profile nosuch", "Invalid Profile!\n"),
    ],
)
def test_answers_in_the_words_of_freeswitch(box: Box, command: str, answer: str) -> None:
    assert box.inbound().ask(f"api {command}") == answer


def test_sees_the_files_of_this_machine(box: Box, tmp_path) -> None:
    (tmp_path / "hold music.wav").touch()
    assert box.inbound().ask(f"api file_exists {tmp_path}/hold music.wav") == "true"


def test_tells_the_time_in_microseconds(box: Box) -> None:
    before = time.time_ns() // 1000
    told = int(box.inbound().ask("api strmicroepoch"))
    assert before - 1_000_000 <= told <= time.time_ns() // 1000 + 1_000_000


def test_has_one_sip_profile_that_runs(box: Box) -> None:
    line = box.inbound()
    page = ElementTree.fromstring(line.ask("api sofia xmlstatus"))
    profiles = page.iterfind("profile")
    assert [(each.findtext("name"), each.findtext("state")) for each in profiles] == [("internal", "RUNNING (0)")]
    profile = ElementTree.fromstring(line.ask("api sofia xmlstatus profile internal"))
    assert profile.findtext("profile-info/inbound-codecs") == "PCMU,PCMA"
    lines = [each.split() for each in line.ask("api sofia status").splitlines()]
    assert ["internal", "profile", "sip:mod_sofia@127.0.0.1:5060", "RUNNING", "(0)"] in lines


def test_says_how_sofia_is_asked(box: Box) -> None:
    assert box.inbound().ask("api sofia").startswith("USAGE:\n---")


def test_global_variables_stand_behind_those_of_a_channel(box: Box) -> None:
    _, line = answered_call(box)
    line.app("set", "found=${recordings_dir}/${hostname}")
    assert line.ask("getvar found") == "/usr/local/freeswitch/recordings/virtual-switch"
    line.app("set", "recordings_dir=/srv")
    line.app("set", "found=${recordings_dir}")
    assert line.ask("getvar found") == "/srv"


def test_global_variables_are_listed_without_a_name(box: Box) -> None:
    assert "base_dir=/usr/local/freeswitch\n" in box.inbound().ask("api global_getvar")
