"""What is well with a switch, and what is not: each rule with the facts on both sides of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.errors import NoReply, RemoteFault
from fs_control.face.doctor import checks, questions, sip_checks
from fs_control.face.doctor.facts import (
    Binding,
    CdrProbe,
    ClockSample,
    Door,
    Limits,
    NeededPrompt,
    Profile,
    RecordingsProbe,
    SwitchFacts,
    Version,
)
from fs_control.face.doctor.findings import Severity
from fs_control.settings import Settings, SwitchSettings

SWITCH = SwitchSettings(
    password="a-generated-secret", recordings="/there", directory_password="another-secret", cdrs="/cdrs"
)
DIRECTORY = Binding("http://127.0.0.1:8085/directory", shows_our_password=True)
SETTINGS = Settings(max_calls=500, switch=SWITCH)
LISTS = ("fs_control_controllers",)
PROMPTS = questions.prompt_files("/srv/prompts", [NeededPrompt("zh", "sale"), NeededPrompt("en", "welcome")])
OTHERWISE = (Severity.WARNING, "directory_asked_otherwise")
RUNNING = (Profile("phones", ("PCMA", "OPUS"), 1800), Profile("trunks", ("PCMU",), 1800))
WELL = SwitchFacts(
    version=Version((1, 10, 12), "1.10.12-release"),
    limits=Limits(True, 500, 1000),
    modules=dict.fromkeys(
        (
            *questions.MODULES,
            *questions.CODEC_MODULES.values(),
            questions.DIRECTORY_MODULE,
            questions.CDR_MODULE,
        ),
        True,
    ),
    door=Door("127.0.0.1", LISTS, False),
    running=RUNNING,
    configured={"phones": {"rtp-timeout-sec": "300"}, "trunks": {"rtp-timeout-sec": "300"}},
    actions=(("socket", "127.0.0.1:8084 async full"),),
    media_timeout=None,
    clock=ClockSample(1_000_000, 1_000_600, 1_001_000),
    files=dict.fromkeys((*PROMPTS, questions.hold_music(SWITCH)), True),
    gateways={"carrier": "REGED"},
    bindings=(DIRECTORY,),
    recordings=RecordingsProbe("/here", is_seen=True),
    prompts=PROMPTS,
    cdrs=CdrProbe("/ours", is_seen=True, waiting=3, oldest_s=4.0),
)


def found(name, switch=SWITCH, settings=SETTINGS, **changes):
    """Severity and code of one check on a switch that is well but for these facts."""
    finding = checks.CHECKS[name](replace(WELL, **changes), settings, switch)
    return finding.severity, finding.code


def test_a_switch_that_is_well_has_nothing_to_complain_of():
    items = checks.judge_switch(WELL, SETTINGS, SWITCH)
    assert [item.name for item in items] == ["event_socket", *checks.CHECKS]
    assert {item.finding.severity for item in items} == {Severity.OK}


def test_a_switch_that_tells_nothing_is_never_well_by_what_it_did_not_tell():
    items = checks.judge_switch(SwitchFacts(), SETTINGS, SWITCH)
    assert {item.name for item in items if item.finding.severity is Severity.OK} == {"event_socket", "password"}


@pytest.mark.parametrize(
    ("check", "facts", "finding"),
    [
        ("door", {"door": Door("::1", LISTS, True)}, (Severity.OK, "door_on_loopback")),
        ("door", {"door": Door("0.0.0.0", LISTS, False)}, (Severity.OK, "door_behind_list")),
        ("door", {"door": Door("0.0.0.0", LISTS, True)}, (Severity.BAD, "door_open")),
        ("version", {"version": Version((1, 8, 7), "1.8.7")}, (Severity.BAD, "version_old")),
        ("version", {"version": Version((1, 11, 0), "1.11.0")}, (Severity.WARNING, "version_unknown")),
        ("ready", {"limits": Limits(False, 500, 1000)}, (Severity.BAD, "switch_not_ready")),
        ("modules", {"modules": {**WELL.modules, "mod_sofia": False}}, (Severity.BAD, "modules_lacking")),
        ("sessions_per_second", {"limits": Limits(True, 30, 1000)}, (Severity.WARNING, "sessions_per_second_low")),
        ("sessions_per_second", {"limits": Limits(True, 60, 1000)}, (Severity.OK, "sessions_per_second_enough")),
        ("max_sessions", {"limits": Limits(True, 500, 999)}, (Severity.WARNING, "max_sessions_low")),
        ("profiles", {"running": RUNNING[:1]}, (Severity.BAD, "profiles_down")),
        ("profiles", {"running": (), "configured": {}}, (Severity.BAD, "profiles_none")),
        ("codecs", {"running": (Profile("trunks", ("OPUS",), 0),)}, (Severity.BAD, "codecs_without_g711")),
        ("codecs", {"modules": {"mod_opus": False}}, (Severity.WARNING, "codecs_without_module")),
        ("codecs", {"modules": {}}, (Severity.OK, "codecs_good")),
        ("hand_over", {"actions": ()}, (Severity.BAD, "hand_over_elsewhere")),
        ("hand_over", {"actions": (("socket", "10.0.0.9:8084 full"),)}, (Severity.BAD, "hand_over_elsewhere")),
        ("hand_over", {"actions": (("socket", "h:1|127.0.0.1:8084 full"),)}, (Severity.OK, "hand_over_here")),
        ("hand_over", {"actions": (("socket", "${where} full"),)}, (Severity.SKIPPED, "hand_over_not_told")),
        ("gateways", {"gateways": {}}, (Severity.OK, "gateways_none")),
        ("gateways", {"gateways": {"a": "NOREG"}}, (Severity.OK, "gateways_up")),
        ("gateways", {"gateways": {"a": "REGED", "b": "TRYING"}}, (Severity.WARNING, "gateways_trying")),
        ("gateways", {"gateways": {"a": "REGISTER", "b": "FAIL_WAIT"}}, (Severity.BAD, "gateways_down")),
        ("gateways", {"gateways": {"a": "DOWN"}}, (Severity.BAD, "gateways_down")),
        ("recordings", {"recordings": None}, (Severity.SKIPPED, "recordings_not_set")),
        (
            "recordings",
            {"recordings": RecordingsProbe("/here", "Permission denied")},
            (Severity.WARNING, "recordings_not_written"),
        ),
        (
            "recordings",
            {"recordings": RecordingsProbe("/here", is_seen=False)},
            (Severity.WARNING, "recordings_apart"),
        ),
        ("recordings", {"recordings": RecordingsProbe("/here")}, (Severity.SKIPPED, "recordings_not_told")),
        ("cdrs", {"cdrs": None}, (Severity.WARNING, "cdrs_not_set")),
        ("cdrs", {"modules": {"mod_json_cdr": False}}, (Severity.WARNING, "cdrs_not_made")),
        ("cdrs", {"cdrs": CdrProbe("/ours", "Permission denied")}, (Severity.WARNING, "cdrs_not_written")),
        ("cdrs", {"cdrs": CdrProbe("/ours", is_seen=False)}, (Severity.WARNING, "cdrs_apart")),
        ("cdrs", {"cdrs": CdrProbe("/ours")}, (Severity.SKIPPED, "cdrs_not_told")),
        ("cdrs", {"cdrs": CdrProbe("/ours", is_seen=True, oldest_s=90.0)}, (Severity.WARNING, "cdrs_lie")),
        ("cdrs", {"cdrs": CdrProbe("/ours", is_seen=True, unread=1)}, (Severity.WARNING, "cdrs_unread")),
        ("hold_music", {"files": {questions.hold_music(SWITCH): False}}, (Severity.BAD, "files_unseen")),
    ],
)
def test_each_rule_has_its_other_side(check, facts, finding):
    assert found(check, **facts) == finding


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        ({}, (Severity.WARNING, "media_timeouts_none")),
        ({"media_timeout": "20000"}, (Severity.OK, "media_timeouts_for_all")),
        ({"media_timeout": "0"}, (Severity.WARNING, "media_timeouts_none")),
        ({"actions": (("set", "media_timeout=20000"),)}, (Severity.OK, "media_timeouts_of_callers")),
        ({"configured": None}, (Severity.SKIPPED, "media_timeouts_not_told")),
    ],
)
def test_a_media_timeout_may_come_from_profile_variable_or_dialplan(facts, finding):
    one_without = {"phones": {"rtp-timeout-sec": "300"}, "trunks": {}}
    assert found("media_timeouts", **{"configured": one_without, **facts}) == finding


def test_a_session_timer_needs_a_length_and_must_not_be_switched_off():
    off = (Severity.WARNING, "session_timers_off")
    assert found("session_timers", running=(Profile("trunks", (), 0),)) == off
    assert found("session_timers", configured={"phones": {"enable-timer": "false"}}) == off


@pytest.mark.parametrize(
    ("ahead_us", "round_trip_us", "severity"),
    [
        (999_999, 0, Severity.OK),
        (1_000_000, 0, Severity.WARNING),
        (-1_000_000, 0, Severity.WARNING),
        (1_400_000, 1_000_000, Severity.OK),
        (-60_000_000, 0, Severity.BAD),
    ],
)
def test_clocks_are_compared_in_the_middle_of_the_way_there_and_back(ahead_us, round_trip_us, severity):
    theirs = 10**15 + round_trip_us // 2 + ahead_us
    assert found("clock", clock=ClockSample(10**15, theirs, 10**15 + round_trip_us))[0] is severity


def test_a_prompt_that_the_switch_does_not_see_is_named():
    unseen = PROMPTS[3]
    finding = checks.prompts(replace(WELL, files={**WELL.files, unseen: False}), SETTINGS, SWITCH)
    assert (finding.severity, finding.values["unseen"], finding.values["file"]) == (Severity.BAD, 1, unseen)


def test_hold_music_that_streams_is_no_file_and_needs_its_module():
    streaming = replace(SWITCH, hold_music="local_stream://moh")
    assert found("hold_music", streaming) == (Severity.SKIPPED, "music_is_stream")
    assert found("modules", streaming) == (Severity.BAD, "modules_lacking")


@pytest.mark.parametrize(
    ("password", "severity"),
    [("ClueCon", Severity.BAD), ("elevensigns", Severity.WARNING), ("twelve-signs", Severity.OK)],
)
def test_a_password_that_everybody_knows_is_bad_and_is_never_shown(password, severity):
    finding = checks.password(WELL, SETTINGS, SwitchSettings(password=password))
    assert finding.severity is severity
    assert password not in repr(finding)


def test_a_port_of_zero_says_nothing_about_the_dialplan():
    assert found("hand_over", settings=Settings(listen_port=0)) == (Severity.SKIPPED, "hand_over_any_port")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (RemoteFault("switch_unreachable", reason="Connection refused"), "event_socket_unreachable"),
        (RemoteFault("switch_password_wrong"), "event_socket_password_wrong"),
        (RemoteFault("switch_closed"), "event_socket_closed"),
        (RemoteFault("switch_silent"), "event_socket_silent"),
        (NoReply("no_reply"), "event_socket_silent"),
        (RemoteFault("esl_frame_broken"), "event_socket_broken"),
    ],
)
def test_a_switch_that_cannot_be_asked_is_one_bad_item(fault, code):
    first, rest = checks.judge_unreached(fault, SWITCH)
    assert (first.finding.severity, first.finding.code) == (Severity.BAD, code)
    assert rest.finding.severity is Severity.SKIPPED


def test_the_gateway_by_which_flows_dial_has_to_be_there():
    wanted = replace(SWITCH, gateway="carrier")
    there, missing = {"carrier": "NOREG"}, {"other": "REGED"}
    assert sip_checks.gateways(replace(WELL, gateways=there), SETTINGS, wanted).severity is Severity.OK
    finding = sip_checks.gateways(replace(WELL, gateways=missing), SETTINGS, wanted)
    assert (finding.severity, finding.code) == (Severity.BAD, "gateway_unknown")


def test_gateways_that_are_not_up_are_named_with_their_states():
    states = {"one": "REGED", "two": "FAIL_WAIT", "three": "TRYING"}
    finding = sip_checks.gateways(replace(WELL, gateways=states), SETTINGS, SWITCH)
    assert finding.values["gateways"] == ("two (FAIL_WAIT)", "three (TRYING)")


@pytest.mark.parametrize(
    ("facts", "password", "finding"),
    [
        ({"modules": {}}, "w", (Severity.SKIPPED, "directory_not_told")),
        ({"modules": {questions.DIRECTORY_MODULE: False}}, "w", (Severity.WARNING, "directory_by_files")),
        ({}, "", (Severity.WARNING, "directory_not_answered")),
        ({"bindings": None}, "w", (Severity.WARNING, "directory_asked_otherwise")),
        ({"bindings": (replace(DIRECTORY, shows_our_password=False),)}, "w", OTHERWISE),
        ({"bindings": (replace(DIRECTORY, url="http://127.0.0.1:80:80/"),)}, "w", OTHERWISE),
        ({"bindings": (replace(DIRECTORY, url="http://127.0.0.1/directory"),)}, "w", OTHERWISE),
        ({"bindings": (replace(DIRECTORY, url="http://x/"), DIRECTORY)}, "w", (Severity.OK, "directory_asked")),
    ],
)
def test_phones_are_asked_of_us_at_our_port_and_with_our_password(facts, password, finding):
    assert found("phone_directory", replace(SWITCH, directory_password=password), **facts) == finding
