"""Whatever is sent to the API ends in an answer of its own and never in a defect."""

from __future__ import annotations

import json
import socket
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fs_control.records import Action

NAMES = st.sampled_from(["agent", "to", "note", "reason", "terminal", "limit", "after", "caller", "started_from"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES | st.text(), inner),
)
ROUTES = st.sampled_from(["/v1/dial", "/v1/agents/801/actions/hold", "/v1/agents/801/actions/transfer"])
FUZZED = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZED
@given(ROUTES, JSON | st.dictionaries(NAMES, st.text()), st.text(max_size=5))
def test_no_body_is_a_defect(api, route, body, language):
    answer = api.ask("POST", route, json.dumps(body).encode(), Accept_Language=quote(language))
    assert answer.status in (200, 400, 404, 409, 422), answer.text


@FUZZED
@given(ROUTES, st.binary(max_size=200))
def test_no_bytes_are_a_defect(api, route, body):
    assert api.ask("POST", route, body).status in (200, 400, 404, 409, 422)


@FUZZED
@given(st.dictionaries(NAMES, st.text(max_size=30)))
def test_no_question_is_a_defect(api, query):
    asked = "&".join(f"{quote(name)}={quote(value, errors='surrogatepass')}" for name, value in query.items())
    assert api.ask("GET", f"/v1/records?{asked}").status in (200, 404, 422)


@FUZZED
@given(st.text(max_size=30), st.sampled_from(list(Action)) | st.text(max_size=20))
def test_no_address_is_a_defect(api, number, action):
    parts = (quote(each, safe="", errors="surrogatepass") for each in (number, action))
    route = "/v1/agents/" + "/actions/".join(parts)
    assert api.ask("POST", route).status in (200, 308, 404, 405, 409, 422)


@FUZZED
@given(st.binary(max_size=300))
def test_no_bytes_on_the_port_end_it(api, stream):
    with socket.create_connection(("127.0.0.1", api.port), timeout=60) as stranger:
        stranger.sendall(stream)
        stranger.shutdown(socket.SHUT_WR)
        while stranger.recv(4096):
            pass
    assert api.ask("GET", "/v1/health").status == 200
