"""The state doctor looks once where all agrees, twice where it does not, one look after the other, and goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gevent
import pytest
from immutables import Map

from fs_control.centre import CallCentre, transition
from fs_control.events import Event, SwitchLost
from fs_control.ids import SECOND, CallId, LegId, Micros
from fs_control.records import Examination
from fs_control.runtime.inbound_link import InboundLink
from fs_control.runtime.introduction import Listing
from fs_control.runtime.state_doctor import StateDoctor
from fs_control.switch import FILTERS, SUBSCRIPTION
from fs_control.testing.fake_event_socket import CORE, PASSWORD, FakeSwitch, response, wait_until
from tests.unit.runtime.test_comparison import Switch, a_leg

NAMES_A_CALL = {LegId("gone"): CallId("gone")}


class Ward:
    """A centre, a switch and a doctor; between two looks passes the time that the doctor waits, and no other."""

    def __init__(self, journal: Path, switch: Switch | InboundLink, core: str = "core") -> None:
        self.centre = CallCentre(core=core)
        self.events: list[Event] = []
        self.doctor = StateDoctor(switch, self, lambda: self.centre, self.notice, journal)
        self._now = Micros(1_000 * SECOND)

    def now(self) -> Micros:
        """Return the moment."""
        return self._now

    def real_seconds(self, length: Micros) -> float:
        """Let it pass at once."""
        self._now = Micros(self._now + length)
        return 0.0

    def notice(self, event: Event) -> None:
        """Have the centre take an event."""
        self.events.append(event)
        result = transition(self.centre, replace(event, at=self._now))
        self.centre = result.centre
        self.doctor.taken(result)


def test_where_all_agrees_one_look_is_enough(tmp_path: Path) -> None:
    ward = Ward(tmp_path, Switch())
    assert ward.doctor.examine() == Examination(looked=True)
    assert len(ward.events) == 1


def test_what_differs_is_looked_at_again_and_healed(tmp_path: Path) -> None:
    ward = Ward(tmp_path, Switch())
    ward.centre = replace(ward.centre, legs=Map(NAMES_A_CALL))
    assert ward.doctor.examine() == Examination(looked=True, differences=1, healed=1)
    assert len(ward.events) == 2
    assert not ward.centre.legs


def test_a_stranger_is_one_only_if_the_journal_knows_its_call(tmp_path: Path) -> None:
    ward = Ward(tmp_path, Switch({"leg-a": a_leg(call="call-1"), "leg-b": a_leg(call="call-2")}))
    (tmp_path / "000000000001.jsonl").write_text('{"seq":1,"call":"call-2"}\n')
    assert ward.doctor.examine() == Examination(looked=True, differences=1, healed=1)
    assert [each.leg for each in getattr(ward.events[-1], "strangers", ())] == ["leg-b"]


def test_without_a_switch_nobody_looks(tmp_path: Path) -> None:
    ward = Ward(tmp_path, Switch())
    ward.notice(SwitchLost(reason="test"))
    assert ward.doctor.examine() == Examination(looked=False)
    away = Ward(tmp_path, Switch(is_away=True))
    assert away.doctor.examine() == Examination(looked=False)


def test_two_who_ask_are_served_one_after_the_other(tmp_path: Path) -> None:
    ward = Ward(tmp_path, Switch())
    ward.centre = replace(ward.centre, legs=Map(NAMES_A_CALL))
    both = [gevent.spawn(ward.doctor.examine) for _ in range(2)]
    gevent.joinall(both, timeout=30)
    assert [each.value for each in both] == [Examination(True, 1, 1), Examination(True)]


def test_by_itself_it_looks_again_and_again(tmp_path: Path) -> None:
    ward = Ward(tmp_path, Switch())
    running = gevent.spawn(ward.doctor.run)
    wait_until(lambda: len(ward.events) > 2)
    running.kill()


# --- on a wire ------------------------------------------------------------------------------------------------------


@pytest.fixture
def switch() -> Iterator[FakeSwitch]:
    """A switch with two legs, of which one carries a call of ours."""
    rows = [{"uuid": leg, "direction": "outbound", "application": "park", "callstate": "ACTIVE"} for leg in ("a", "b")]
    fake = FakeSwitch(
        {
            "api show channels as json": response(json.dumps({"row_count": 2, "rows": rows})),
            "api uuid_getvar": response("_undef_"),
            "api uuid_getvar a fsc_enterprise": response("default"),
            "api uuid_getvar a fsc_call_id": response("call-1"),
            "api uuid_getvar b bridge_to": response("-ERR No such channel!\n"),
        }
    )
    yield fake
    fake.stop()


def test_on_a_wire_the_questions_are_asked_in_order_and_the_answers_read(switch: FakeSwitch, tmp_path: Path) -> None:
    (tmp_path / "000000000001.jsonl").write_text('{"seq":1,"call":"call-1"}\n')
    found: list[Listing] = []
    link = InboundLink(
        "127.0.0.1",
        switch.port,
        PASSWORD,
        SUBSCRIPTION,
        FILTERS,
        on_found=lambda _core, listing: found.append(listing),
        on_lost=lambda _reason: None,
        on_event=lambda _message: None,
        chance=lambda: 0.5,
    )
    link.start()
    try:
        wait_until(lambda: found)
        ward = Ward(tmp_path, link, core=CORE)
        assert ward.doctor.examine() == Examination(looked=True, differences=1, healed=1)
    finally:
        link.stop()
    asked = [command for command in switch.peers[0].commands if command.startswith("api uuid_getvar")]
    assert asked[:4] == [f"api uuid_getvar {leg} {name}" for name in ("fsc_enterprise", "fsc_call_id") for leg in "ab"]
    assert "api uuid_getvar b bridge_to" not in asked


def test_a_look_that_fails_does_not_end_the_looking(tmp_path: Path) -> None:
    ward = Ward(tmp_path, Switch())
    known, fails = ward.centre, iter([True])
    ward.doctor = StateDoctor(Switch(), ward, lambda: 1 / 0 if next(fails, False) else known, ward.notice, tmp_path)  # type: ignore[return-value,arg-type]
    looking = gevent.spawn(ward.doctor.run)
    wait_until(lambda: bool(ward.events))
    assert not looking.ready()
    looking.kill()
