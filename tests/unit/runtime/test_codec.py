"""Events and centres, written down and read again: the same, or a fault that says where."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fs_control.centre import CallCentre
from fs_control.errors import RemoteFault
from fs_control.events import VERSIONS, CallOffered, DrainRequested, Event, PhoneRegistered, SwitchFound, UrlFetched
from fs_control.ids import AgentId, GroupId, LegId
from fs_control.records import (
    AgentDefaults,
    AgentProfile,
    BreakReason,
    Calendar,
    Directory,
    Group,
    Hours,
    ServiceNumber,
    ZoneOffset,
)
from fs_control.runtime import codec
from fs_control.runtime.codec import decode_event, decode_head, encode_event, encode_head
from tests.unit.runtime.desk import Desk, a_day, the_evening_before

NO_TEXT = r"surrogate|utf-8"
FINITE = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(Group, st.builds(Group, ring_s=FINITE))
st.register_type_strategy(AgentProfile, st.builds(AgentProfile, wrap_up_s=st.none() | FINITE))
st.register_type_strategy(AgentDefaults, st.builds(AgentDefaults, wrap_up_s=st.none() | FINITE))
HOURS = st.lists(st.from_type(Hours), max_size=2).map(tuple)
st.register_type_strategy(
    Calendar,
    st.builds(
        Calendar,
        regular=st.dictionaries(st.integers(1, 7), HOURS, max_size=2),
        special=st.dictionaries(st.dates(), HOURS, max_size=2),
        holidays=st.dictionaries(st.dates(), st.text(), max_size=2),
        working_days=st.dictionaries(st.dates(), st.integers(1, 7), max_size=2),
    ),
)
st.register_type_strategy(
    Directory,
    st.builds(
        Directory,
        numbers=st.dictionaries(st.text(), st.from_type(ServiceNumber), max_size=3),
        groups=st.dictionaries(st.integers().map(GroupId), st.from_type(Group), max_size=3),
        agents=st.dictionaries(st.integers().map(AgentId), st.from_type(AgentProfile), max_size=3),
        calendars=st.dictionaries(st.text(), st.from_type(Calendar), max_size=2),
        offsets=st.lists(st.from_type(ZoneOffset), max_size=2).map(tuple),
        defaults=st.from_type(AgentDefaults),
        breaks=st.lists(st.from_type(BreakReason), max_size=2).map(tuple),
    ),
)

VALUES = st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), FINITE, st.booleans()), max_size=3)
st.register_type_strategy(UrlFetched, st.builds(UrlFetched, values=VALUES))

KINDS = sorted(VERSIONS, key=lambda kind: kind.__name__)
MANY_SHAPES = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def names_of(base: type[Event]) -> set[str]:
    """The names of a class and all below it."""
    return {base.__name__}.union(*(names_of(kind) for kind in base.__subclasses__()))


def changed(line: bytes, **values: Any) -> bytes:
    """A line as programs without checksums wrote them."""
    was = json.loads(line)
    del was["crc"]
    return json.dumps({**was, **values}).encode()


def test_every_event_has_a_version() -> None:
    assert {kind.__name__ for kind in VERSIONS} == names_of(Event) - {"Event", "SwitchEvent"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@MANY_SHAPES
@given(st.data(), st.integers(0, 10**15))
def test_every_event_comes_back_as_it_was(kind: type[Event], data: st.DataObject, sequence: int) -> None:
    event = data.draw(st.from_type(kind))
    line = encode_event(sequence, event)
    assert line.index(b"\n") == len(line) - 1
    assert decode_event(line[:-1]) == (sequence, event)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_line_names_its_event_and_version_and_holds_every_field(kind: type[Event]) -> None:
    line = json.loads(encode_event(7, _example(kind)))
    assert (line["seq"], line["type"], line["v"]) == (7, kind.__name__, VERSIONS[kind])
    assert set(line["event"]) == {field.name for field in fields(kind)}


def _example(kind: type[Event]) -> Event:
    return next(event for batch in a_day() for event in batch if type(event) is kind)


@given(st.binary() | st.text().map(str.encode) | st.from_type(dict).map(repr).map(str.encode))
def test_any_bytes_are_an_event_or_a_fault(line: bytes) -> None:
    with pytest.raises(RemoteFault):
        decode_event(line)


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists), st.sampled_from("seq v event".split())
)
def test_any_value_in_a_line_is_read_or_a_fault(value: object, name: str) -> None:
    line = changed(encode_event(1, DrainRequested()), **{name: value})
    with pytest.raises(RemoteFault, match="journal_"):
        decode_event(line)


def test_an_event_that_we_do_not_know_is_refused() -> None:
    line = changed(encode_event(1, DrainRequested()), type="AgentPromoted")
    with pytest.raises(RemoteFault) as refused:
        decode_event(line)
    assert refused.value.code == "journal_event_unknown"
    assert refused.value.values == {"event": "AgentPromoted", "version": 1}


def test_an_event_of_a_newer_program_is_refused_and_never_half_read() -> None:
    line = changed(encode_event(1, PhoneRegistered(phone="1001")), v=2)
    with pytest.raises(RemoteFault, match="journal_event_unknown"):
        decode_event(line)


def test_the_words_of_a_fault_hold_no_value_of_a_caller() -> None:
    line = changed(encode_event(1, DrainRequested()), event={"at": "13800138000"[:3] + "x"})
    with pytest.raises(RemoteFault) as refused:
        decode_event(line)
    assert "138" not in str(refused.value.values["why"])
    assert "at" in str(refused.value.values["why"])


def test_an_old_shape_is_brought_up_version_by_version(monkeypatch: pytest.MonkeyPatch) -> None:
    old = changed(encode_event(5, PhoneRegistered(phone="")), event={"at": 1, "user": "1001"})
    monkeypatch.setitem(VERSIONS, PhoneRegistered, 3)
    monkeypatch.setitem(codec.UPGRADES, ("PhoneRegistered", 1), lambda was: {"at": was["at"], "tel": was["user"]})
    monkeypatch.setitem(codec.UPGRADES, ("PhoneRegistered", 2), lambda was: {"at": was["at"], "phone": was["tel"]})
    assert decode_event(old) == (5, PhoneRegistered(at=1, phone="1001"))  # type: ignore[arg-type]


def test_a_switch_that_was_found_before_ends_were_asked_for_folds_as_it_did_then() -> None:
    found = SwitchFound(core="core", legs=(LegId("a"),))
    shape = {"at": 0, "core": "core", "legs": ["a"], "answered": [], "held": None, "still": []}
    old = changed(encode_event(5, found), v=3, event=shape)
    assert decode_event(old) == (5, replace(found, asks_ends=False))
    assert decode_event(encode_event(5, found)) == (5, found)


def test_an_old_shape_without_a_way_up_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    old = encode_event(5, PhoneRegistered(phone="1001"))[:-1]
    monkeypatch.setitem(VERSIONS, PhoneRegistered, 2)
    with pytest.raises(RemoteFault, match="journal_line_unreadable"):
        decode_event(old)


@given(st.data())
def test_a_line_of_which_one_bit_has_changed_is_refused(data: st.DataObject) -> None:
    line = bytearray(encode_event(5, PhoneRegistered(phone="1001"))[:-1])
    bit = data.draw(st.integers(0, 8 * len(line) - 1))
    line[bit // 8] ^= 1 << bit % 8
    with pytest.raises(RemoteFault, match=r"journal_(checksum_wrong|line_foreign)"):
        decode_event(bytes(line))


def test_a_line_without_a_checksum_is_one_of_yesterday() -> None:
    assert decode_event(changed(encode_event(5, DrainRequested()))) == (5, DrainRequested())


def test_text_that_is_no_text_cannot_be_written() -> None:
    with pytest.raises(ValueError, match=NO_TEXT):
        encode_event(1, CallOffered(leg="a", call="b", dialled="1", caller="\ud800"))  # type: ignore[arg-type]


def test_a_centre_comes_back_as_it_was_after_every_event(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        for event in (event for batch in [*the_evening_before(), *a_day()] for event in batch):
            desk.take(event)
            head = encode_head(9, desk.centre)
            assert head.count(b"\n") == 1
            assert decode_head(head[:-1]) == (desk.centre, 9)
    centre = desk.centre
    assert all([centre.calls, centre.unstored, centre.timers, centre.flows, centre.lines, centre.closing])


NEWER = codec.CENTRE_VERSION + 1


@pytest.mark.parametrize(
    "change", [{"v": NEWER}, {"v": 0}, {"next": "x"}, {"snapshot": {"at": "soon"}}, {"snapshot": []}]
)
def test_a_head_that_is_none_or_a_newer_one_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RemoteFault, match="snapshot_unreadable"):
        decode_head(changed(encode_head(1, CallCentre()), **change))
