"""A close-up tells what is so of one call, and two of them tell what changed."""

from __future__ import annotations

import pytest

from fs_control.centre.closeup import Change, Fact, agents_in, changes, closeup_of
from fs_control.events import RecordStored
from fs_control.ids import AgentId, CallId
from fs_control.testing.play import Play

ONE, OTHER = CallId("call-one"), CallId("call-other")


@pytest.fixture
def play() -> Play:
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1)
    return play


def said(play, call, name, of=""):
    return closeup_of(play.centre, call).get(Fact(name, of))


def test_callers_in_line_have_their_places(play):
    for call in ("first", ONE, OTHER):
        play.caller(call=call)
    assert (said(play, ONE, "state"), said(play, ONE, "place", "sales")) == ("waiting", "2/3")
    assert said(play, OTHER, "place", "sales") == "3/3"


def test_a_phone_that_rings_is_an_offer_and_its_agent_has_to_do_with_the_call(play):
    play.caller(call=ONE)
    assert said(play, ONE, "offer", "801") == "rings"
    assert said(play, ONE, "agent", "801") == "ringing"
    assert agents_in(play.centre, ONE) == (1,)


def test_what_is_different_is_told_with_what_was_before(play):
    before = closeup_of(play.centre, ONE)
    play.caller(call=ONE)
    after = closeup_of(play.centre, ONE)
    assert before == {}
    assert Change(Fact("state"), None, "ringing_agent") in changes(before, after)
    assert changes(after, after) == ()


def test_a_call_that_is_over_is_a_record_that_waits_and_then_nothing(play):
    play.caller(call=ONE)
    play.serve(1, talk_s=3)
    assert said(play, ONE, "record") == "waits"
    play.tell(RecordStored(call=ONE))
    assert closeup_of(play.centre, ONE) == {}
    assert closeup_of(play.centre, ONE, [AgentId(1)]) == {Fact("agent", "801"): "idle"}


def test_a_call_that_nobody_knows_is_nothing(play):
    assert closeup_of(play.centre, CallId("nobody")) == {}
