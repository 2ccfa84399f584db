"""A wish that is sent twice under one key is carried out once."""

from __future__ import annotations

import gevent
import pytest
from gevent.event import Event

from fs_control.errors import NoReply, RemoteFault, UserMistake
from fs_control.records import Scope
from fs_control.web.api import once

HOLD = "/v1/agents/801/actions/hold"


def hold(api, key: str, **more):
    return api.ask("POST", HOLD, Idempotency_Key=key, **more)


def test_the_same_key_is_answered_as_before_and_done_once(api, control):
    control.told = {"call": "first"}
    first, second = hold(api, "k1"), hold(api, "k1")
    assert (first.json, second.json, len(control.acted)) == (second.json, first.json, 1)
    assert (first.headers["Idempotency-Replayed"], second.headers["Idempotency-Replayed"]) == (None, "true")


def test_another_key_no_key_and_another_token_are_other_wishes(api, control):
    other = api.let_in(*Scope)
    hold(api, "k1")
    hold(api, "k2")
    hold(api, "k1", token=other)
    api.ask("POST", HOLD)
    assert len(control.acted) == 4


def test_a_key_of_another_wish_is_refused(api, control):
    hold(api, "k1")
    answer = api.ask("POST", "/v1/agents/801/actions/mute", Idempotency_Key="k1")
    assert (answer.status, answer.code) == (422, "key_of_other_request")
    body = api.ask("POST", HOLD, {"note": "x"}, Idempotency_Key="k1")
    assert (body.code, len(control.acted)) == ("key_of_other_request", 1)


@pytest.mark.parametrize(
    ("raised", "is_kept"),
    [
        (UserMistake("already_on_hold", agent="801"), True),
        (NoReply("centre_silent"), True),
        (RemoteFault("database_away", reason="x"), False),
        (RuntimeError("defect"), False),
    ],
)
def test_a_refusal_is_kept_unless_the_wish_was_surely_not_done(api, control, raised, is_kept):
    control.refusal = raised
    before = hold(api, "k1")
    control.refusal = None
    after = hold(api, "k1")
    assert (after.text == before.text, len(control.acted)) == (is_kept, 0 if is_kept else 1)


def test_a_wish_that_is_under_way_is_not_begun_again(api, control):
    begun, go_on = Event(), Event()

    def take_time() -> None:
        begun.set()
        go_on.wait(60)

    control.before_acting = take_time
    first = gevent.spawn(hold, api, "k1")
    assert begun.wait(60)
    assert hold(api, "k1").code == "key_in_use"
    go_on.set()
    assert first.get(timeout=60).status == 200
    assert (hold(api, "k1").status, len(control.acted)) == (200, 1)


@pytest.mark.parametrize("key", ["", "x" * 256, "schlüssel"])
def test_a_key_has_a_form(api, control, key):
    answer = hold(api, key)
    assert (answer.status, answer.code, control.acted) == (422, "key_unusable", [])


def test_keys_are_forgotten_after_a_day_and_when_there_are_too_many(api, control, monkeypatch):
    monkeypatch.setattr(once, "MOST_KEYS", 2)
    for key in ("k1", "k2", "k3", "k1"):
        hold(api, key)
    assert len(control.acted) == 4
    control.idle_for = once.KEPT_FOR
    hold(api, "k1")
    assert len(control.acted) == 5
