"""FreeSWITCH's words, as 1.10.12 printed them, become facts; anything else becomes nothing and never a crash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.face.doctor import reading
from fs_control.face.doctor.facts import Binding, Limits, Profile, Version

STATUS = """UP 0 years, 0 days, 0 hours, 0 minutes, 1 second, 559 milliseconds, 456 microseconds
FreeSWITCH (Version 1.10.12-release  64bit) is {ready}
7 session(s) since startup
3 session(s) - peak 4, last 5min 4 
1 session(s) per Sec out of max 500, peak 2, last 5min 2 
1000 session(s) max
min idle cpu 0.00/100.00
Current Stack Size/Max 240K/8192K
"""  # noqa: W291 - FreeSWITCH has blanks there
XML = '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
PROFILES = (
    f"{XML}<profiles>\n<alias>\n<name>127.0.0.1</name>\n<type>alias</type>\n<data>phones</data>\n"
    "<state>ALIASED</state>\n</alias>\n<profile>\n<name>phones</name>\n<state>RUNNING (0)</state>\n</profile>\n"
    "<profile>\n<name>phones</name>\n<state>RUNNING (0) (TLS)</state>\n</profile>\n"
    "<gateway>\n<name>carrier</name>\n<state>FAIL_WAIT</state>\n</gateway>\n (retry: 9s)\n</profiles>\n"
)
PROFILE = (
    f"{XML}<profile>\n  <profile-info>\n    <name>phones</name>\n"
    "    <inbound-codecs>PCMA,opus@48000h@20i</inbound-codecs>\n"
    "    <session-to>1800</session-to>\n  </profile-info>\n</profile>\n"
)
SOFIA = """<configuration name="sofia.conf"><profiles><profile name="trunks">
<gateways><gateway name="carrier"><param name="password" value="secret"></param></gateway></gateways>
<settings><param name="rtp-timeout-sec" value="300"></param></settings></profile></profiles></configuration>"""
GATEWAYS = f"""{XML}<gateways>
  <gateway>
    <name>carrier</name>
    <profile>trunks</profile>
    <from>&lt;sip:us@carrier.example&gt;</from>
    <state>{{state}}</state>
    <status>{{status}}</status>
  </gateway>
</gateways>
"""
XML_CURL = """<configuration name="xml_curl.conf"><bindings><binding name="fs_control">
<param name="gateway-url" value="http://127.0.0.1:8085/directory" bindings="{bindings}"></param>
<param name="gateway-credentials" value="fs_control:word"></param><param name="timeout" value="1"></param>
</binding></bindings></configuration>"""
EVENT_SOCKET = """<configuration name="event_socket.conf"><settings>
<param name="apply-inbound-acl" value="one"></param><param name="apply-inbound-acl" value="two"></param>
</settings></configuration>"""
DIALPLAN = """<section name="dialplan"><context name="fs_control"><extension name="all"><condition>
<action application="set" data="media_timeout=20000"></action>
<action application="socket" data="127.0.0.1:8084 async full"></action>
</condition></extension></context></section>"""
TCP = """  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F94 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0100007F:1F55 0100007F:B2C8 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1
"""


@pytest.mark.parametrize(
    ("words", "version"),
    [
        ("FreeSWITCH Version 1.10.12-release~64bit ( 64bit)\n", Version((1, 10, 12), "1.10.12-release")),
        ("FreeSWITCH Version 1.8.7+git~2019~64bit (git 6047ebd)\n", Version((1, 8, 7), "1.8.7")),
        ("Asterisk 20", None),
    ],
)
def test_the_version_is_read(words, version):
    assert reading.version_of(words) == version


def test_the_limits_are_read_from_the_status():
    assert reading.limits_of(STATUS.format(ready="ready")) == Limits(True, 500, 1000)
    assert reading.limits_of(STATUS.format(ready="not ready")) == Limits(False, 500, 1000)
    assert reading.limits_of("UP") is None


def test_profiles_are_those_that_run_without_aliases_and_gateways():
    assert reading.running_profiles(PROFILES) == ("phones",)
    assert reading.running_profiles("") is None


def test_a_profile_has_codecs_and_a_session_timeout():
    assert reading.profile_of("phones", PROFILE) == Profile("phones", ("PCMA", "OPUS"), 1800)
    assert reading.profile_of("phones", "Invalid Profile!\n") is None


def test_a_gateways_parameters_are_not_taken_for_the_profiles():
    assert reading.configured_profiles(SOFIA) == {"trunks": {"rtp-timeout-sec": "300"}}
    assert reading.configured_profiles("can't find anything\n") is None


@pytest.mark.parametrize(
    ("state", "status", "told"),
    [
        ("REGED", "UP", "REGED"),
        ("NOREG", "UP", "NOREG"),
        ("NOREG", "DOWN", "DOWN"),
        ("FAIL_WAIT", "DOWN", "FAIL_WAIT"),
    ],
)
def test_a_gateway_has_its_state_and_is_down_where_pings_do_not_reach_it(state, status, told):
    assert reading.gateways_of(GATEWAYS.format(state=state, status=status)) == {"carrier": told}


def test_no_gateways_are_told_apart_from_no_answer():
    assert reading.gateways_of(f"{XML}<gateways>\n</gateways>\n") == {}
    assert reading.gateways_of("USAGE:") is None


def test_of_a_binding_the_password_is_compared_and_left_behind():
    text = XML_CURL.format(bindings="dialplan|directory")
    url = "http://127.0.0.1:8085/directory"
    assert reading.directory_bindings(text, "fs_control:word") == (Binding(url, True),)
    assert reading.directory_bindings(text, "fs_control:other") == (Binding(url, False),)
    assert reading.directory_bindings(XML_CURL.format(bindings="dialplan"), "") == ()
    assert reading.directory_bindings("can't find anything\n", "") is None


def test_a_setting_may_stand_several_times():
    assert reading.settings_of(EVENT_SOCKET) == [("apply-inbound-acl", "one"), ("apply-inbound-acl", "two")]


def test_the_actions_of_the_dialplan_are_read():
    actions = reading.actions_of(DIALPLAN)
    assert actions == (("set", "media_timeout=20000"), ("socket", "127.0.0.1:8084 async full"))
    assert [reading.sets_media_timeout(*action) for action in actions] == [True, False]


@pytest.mark.parametrize("data", ["media_timeout=0", "execute_on_media_timeout=log", "my_media_timeout=5"])
def test_what_only_looks_like_a_media_timeout_is_none(data):
    assert not reading.sets_media_timeout("set", data)


def test_only_ports_that_listen_are_listed():
    assert reading.listening_ports(TCP) == {8084}


def test_the_limit_of_open_files_is_the_soft_one():
    line = (
        "Max processes             63000      63000      processes\nMax open files            {}      1048576   files\n"
    )
    assert reading.open_files_of(line.format(1024)) == 1024
    assert reading.open_files_of(line.format("unlimited")) is None


@given(
    st.text()
    | st.sampled_from([each[:-9] for each in (STATUS, PROFILES, PROFILE, SOFIA, GATEWAYS, XML_CURL, DIALPLAN, TCP)])
)
def test_no_answer_makes_the_reading_fail(words):
    of_the_core = (reading.version_of, reading.limits_of, reading.micros_of, reading.truth_of, reading.listening_ports)
    of_xml = (reading.running_profiles, reading.settings_of, reading.configured_profiles, reading.actions_of)
    for read in (*of_the_core, *of_xml, reading.gateways_of):
        read(words)
    reading.directory_bindings(words, "fs_control:word")
    reading.profile_of("phones", words)
