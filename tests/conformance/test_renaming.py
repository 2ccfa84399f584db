"""The rules by which two recordings of the same thing may differ, one by one."""

from __future__ import annotations

import pytest

from tests.conformance.renaming import Ids, same

ONE = "e60d4de6-4e30-4108-a46c-e60caa40e31f"
OTHER = "22bf4c55-b72b-4fc1-978f-987a8b6105f2"
THIRD = "01380fbb-7499-4f5c-befd-5b784939139a"


@pytest.mark.parametrize(
    ("name", "theirs", "ours"),
    [
        ("Caller-Channel-Answered-Time", "1795320072957228", "1795999999000000"),
        ("Event-Date-Local", "2026-11-22 04:42:41", "2027-01-01 00:00:00"),
        ("Event-Calling-Line-Number", "2967", "0"),
        ("variable_start_epoch", "1795319537", "1795999999"),
        ("variable_billmsec", "3580", "3600"),
        ("variable_sip_to_tag", "3pDr9j13v6QvF", "1VirtualTo"),
        ("variable_sip_full_to", "<sip:1@127.0.0.1:5060>;tag=3pDr", "<sip:1@127.0.0.1:5060>;tag=xx"),
        ("variable_sip_from_uri", "13800138000@127.0.0.1:5099", "13800138000@127.0.0.1:15061"),
        ("variable_transfer_history", f"1795320073:{ONE}:uuid_br:{OTHER}", f"1795999999:{OTHER}:uuid_br:{THIRD}"),
        ("variable_rtp_audio_out_media_bytes", "11180", "11352"),
        ("variable_switch_r_sdp", "o=user1 53655765 2353687637 IN IP4", "o=user1 53655765 2353687632 IN IP4"),
        ("variable_sip_full_via", f"SIP/2.0/UDP 127.0.0.1;branch=z9-{ONE}-2", "SIP/2.0/UDP 127.0.0.1;branch=z9-1-0"),
        ("Record-File-Path", "/tmp/record-call-mclm6kzf/recordings/a.wav", "/usr/local/freeswitch/recordings/a.wav"),
        ("variable_playback_ms", "63000", "66000"),
        ("call-id", "1-19859@127.0.0.1", "7-virtual@127.0.0.1"),
    ],
)
def test_what_may_differ(name: str, theirs: str, ours: str) -> None:
    assert same(name, theirs, ours, Ids())


@pytest.mark.parametrize(
    ("name", "theirs", "ours"),
    [
        ("Hangup-Cause", "USER_BUSY", "NORMAL_CLEARING"),
        ("Caller-Channel-Bridged-Time", "1795320072957228", "0"),
        ("variable_answer_epoch", "0", "1795319537"),
        ("variable_billmsec", "3580", "9000"),
        ("variable_playback_ms", "6000", "9000"),
        ("Record-File-Path", "/tmp/record-call-mclm6kzf/recordings/a.wav", "/recordings/a.wav"),
        ("variable_rtp_audio_out_media_bytes", "11180", "0"),
        ("variable_sip_to_uri", "1001@127.0.0.1:6001", "1001@127.0.0.1:6002"),
        ("Channel-Name", "sofia/internal/1001@127.0.0.1:6001", "sofia/internal/1002@127.0.0.1:6001"),
        ("variable_sip_term_status", "486", "200"),
        ("variable_originate_causes", f"{ONE};NONE", f"{ONE};USER_BUSY"),
        ("variable_bridge_uuid", ONE, "none"),
    ],
)
def test_what_may_not_differ(name: str, theirs: str, ours: str) -> None:
    assert not same(name, theirs, ours, Ids())


def test_an_id_stands_for_the_same_one_everywhere() -> None:
    ids = Ids()
    assert same("Unique-ID", ONE, OTHER, ids)
    assert same("variable_call_uuid", ONE, OTHER, ids)
    assert not same("variable_bridge_uuid", ONE, THIRD, ids)


def test_two_ids_never_stand_for_one() -> None:
    ids = Ids()
    assert same("Unique-ID", ONE, THIRD, ids)
    assert not same("Unique-ID", OTHER, THIRD, ids)


def test_numbers_of_members_are_renamed_like_ids() -> None:
    ids = Ids()
    assert same("Member-ID", "4", "1", ids)
    assert same("New-ID", "4", "1", ids)
    assert not same("Old-ID", "5", "1", ids)
