"""Reading the legs that a switch has (trace live-state)."""

from __future__ import annotations

import json

import pytest

from fs_control.errors import RemoteFault
from fs_control.ids import LegId
from fs_control.runtime.introduction import Listing, read_listing


def test_each_row_is_a_leg():
    listing = '{"row_count":2,"rows":[{"uuid":"a","state":"CS_EXECUTE"},{"uuid":"b"}]}'
    assert read_listing(listing) == Listing((LegId("a"), LegId("b")), ())


def test_a_leg_that_was_answered_is_told_from_one_that_rings():
    states = {"a": "ACTIVE", "b": "RINGING", "c": "EARLY"}
    listing = json.dumps({"rows": [{"uuid": leg, "callstate": state} for leg, state in states.items()]})
    assert read_listing(listing).answered == (LegId("a"),)


def test_a_leg_that_was_hung_up_and_lingers_is_over():
    listing = json.dumps({"rows": [{"uuid": "a", "callstate": "HANGUP"}, {"uuid": "b", "callstate": "ACTIVE"}]})
    assert read_listing(listing).legs == (LegId("b"),)


def test_a_switch_without_legs_has_no_rows():
    assert read_listing('{"row_count":0}\n') == Listing((), ())


@pytest.mark.parametrize("listing", ["", "-ERR no", "[]", '{"rows":[{}]}', '{"rows":7}', '{"rows":["a"]}', "null"])
def test_anything_else_is_not_believed(listing: str):
    with pytest.raises(RemoteFault, match="switch_listing_unreadable"):
        read_listing(listing)


def test_a_leg_that_stands_still_is_told_from_one_that_does_something():
    states = {"a": "CS_RESET", "b": "CS_EXECUTE"}
    listing = json.dumps({"rows": [{"uuid": leg, "state": state} for leg, state in states.items()]})
    assert read_listing(listing).still == (LegId("a"),)


def test_who_hears_the_music_of_our_dialplan_is_told_from_whoever_hears_something_else():
    music = {"direction": "inbound", "application": "playback", "context": "fs_control"}
    rows = {
        "waits": {**music, "application_data": "local_stream://fs_control"},
        "comes-back": {**music, "context": "fs_control_return", "application_data": "/srv/music.wav"},
        "hears-that-nobody-came": {**music, "application_data": "/usr/share/prompts/zh/apology.wav"},
        "is-ours": {**music, "application": "socket", "application_data": "127.0.0.1:8084 async full"},
        "is-an-agent": {**music, "direction": "outbound", "application_data": "local_stream://fs_control"},
        "is-somebody-elses": {**music, "context": "public", "application_data": "local_stream://moh"},
    }
    listing = json.dumps({"rows": [{"uuid": leg, **row} for leg, row in rows.items()]})
    assert read_listing(listing).in_music == (LegId("waits"), LegId("comes-back"))
