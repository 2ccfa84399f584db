"""An agent's action over the control socket: every action of the one table, and bodies of every kind."""

from __future__ import annotations

import getpass
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fs_control.errors import NoReply, UserMistake
from fs_control.records import Action
from fs_control.testing.control import Acted


def test_an_action_is_done_in_the_name_of_the_user_at_the_other_end(ask, control):
    control.told = {"call": "first"}
    status, answer = ask("POST", "/agents/801/actions/transfer", {"to": "802", "note": "张三要退货"})
    assert (status, answer) == (200, {"done": True, "values": {"call": "first"}})
    values = {"to": "802", "note": "张三要退货"}
    assert control.acted == [Acted("801", Action.TRANSFER, getpass.getuser(), values)]


@pytest.mark.parametrize("name", ["hang_up", "hang-up"])
def test_an_action_needs_no_body_and_its_name_is_written_either_way(ask, control, name):
    assert ask("POST", f"/agents/801/actions/{name}")[0] == 200
    assert [acted.action for acted in control.acted] == [Action.HANG_UP]


def test_what_the_moment_does_not_allow_is_refused_by_the_one_table(ask, control):
    assert ask("POST", "/agents/801/actions/resume") == (409, {"code": "not_on_hold", "values": {"agent": "801"}})
    assert ask("POST", "/agents/802/actions/hold")[1]["code"] == "agent_not_signed_in"
    assert control.acted == []


def test_what_depends_on_more_is_refused_by_whoever_owns_the_action(ask, control):
    control.refusal = UserMistake("agent_unknown", agent="899")
    assert ask("POST", "/agents/801/actions/consult", {"to": "899"})[0] == 404
    control.refusal = NoReply("centre_silent")
    assert ask("POST", "/agents/801/actions/consult", {"to": "802"})[0] == 503


def test_an_action_that_does_not_exist_names_the_nearest(ask):
    status, answer = ask("POST", "/agents/801/actions/holt")
    assert (status, answer["code"], answer["values"]["nearest"]) == (404, "action_unknown", "hold")


@pytest.mark.parametrize(
    ("body", "code", "fields"),
    [
        ({"too": "802"}, "fields_unknown", ["too"]),
        ({"to": 802}, "fields_invalid", ["to"]),
        ({"to": "8\r\n02", "note": "\0"}, "fields_invalid", ["to", "note"]),
        ({"note": "x" * 501}, "fields_invalid", ["note"]),
        ({"reason": "a\u202eb"}, "fields_invalid", ["reason"]),
        (["to", "802"], "fields_invalid", ["body"]),
        (None, None, None),
    ],
)
def test_a_body_that_cannot_be_read_names_its_fields_and_does_nothing(ask, control, body, code, fields):
    status, answer = ask("POST", "/agents/801/actions/transfer", body)
    if code is None:
        assert status == 200
        return
    assert (status, answer) == (422, {"code": code, "values": {"fields": fields}})
    assert control.acted == []


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff\xfe", b'{"to": "\\ud800"}', b"1" * 5000])
def test_nonsense_is_the_askers_mistake(ask, control, body):
    assert ask("POST", "/agents/801/actions/transfer", body)[0] in (400, 422)
    assert control.acted == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["to", "note", "x"]) | st.text(), inner),
    )
)
def test_no_body_is_a_defect(ask, body):
    assert ask("POST", "/agents/801/actions/mute", json.dumps(body).encode())[0] in (200, 400, 422)
