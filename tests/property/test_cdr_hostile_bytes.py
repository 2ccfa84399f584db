"""Whatever is in the folder of ended legs, reading it ends in a leg or in a named fault."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from fs_control.errors import RemoteFault
from fs_control.switch.cdr import LONGEST_NAME, decode_cdr

FILES = sorted((Path(__file__).parents[1] / "data" / "cdrs").glob("*.cdr.json"))
WHOLE = [path.read_bytes() for path in FILES]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def read(data: bytes) -> None:
    """Read, and look at what came out."""
    try:
        found = decode_cdr(data)
    except RemoteFault:
        return
    leg = found.leg
    texts = (leg.leg, leg.core, leg.direction, leg.caller, leg.number, leg.cause, leg.disposition)
    assert all(text.isprintable() and len(text) <= LONGEST_NAME for text in texts)
    assert leg.created_at > 0
    assert leg.ended_at > 0


@given(st.binary(max_size=300))
@example(b"[" * 100_000)
@example(b'{"variables": 1, "callflow": []}')
def test_any_bytes(data: bytes) -> None:
    read(data)


@given(st.sampled_from(WHOLE), st.integers(0, 6000), st.binary(max_size=6))
def test_a_file_with_bytes_overwritten(whole: bytes, place: int, patch: bytes) -> None:
    place %= len(whole)
    read(whole[:place] + patch + whole[place + len(patch) :])


@given(st.sampled_from(WHOLE), st.integers(0, 60), VALUES)
def test_a_file_with_something_else_in_one_place(whole: bytes, place: int, value: object) -> None:
    found = json.loads(whole.decode("utf-8", "replace"))
    shelves = [found, found["variables"], *found["callflow"], found["callflow"][-1]["caller_profile"]]
    shelves.append(found["callflow"][0]["times"])
    shelf = shelves[place % len(shelves)]
    shelf[sorted(shelf)[place % len(shelf)]] = value
    read(json.dumps(found).encode("utf-8", "surrogatepass"))
