"""FreeSWITCH dies while calls wait and talk, and is started again: everything goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import gevent
import pytest
from gevent import socket

from fs_control.calls import CallState
from fs_control.records import CallRecord, Disposition, EndedBy, OfferResult, SegmentKind
from fs_control.virtual_switch.script import PhoneBehaviour
from tests.freeswitch.private_switch import PrivateSwitch, SwitchProcess, missing
from tests.freeswitch.real_house import HOTLINE_NUMBER, TALKS, RealHouse, caller, real_house
from tests.scenarios.house import kinds

pytestmark = pytest.mark.freeswitch

TALKS_ON = PhoneBehaviour(answer_after=0.2)
ANSWERS_S = 30.0


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[SwitchProcess]:
    """A FreeSWITCH for this test alone, because it is to be killed."""
    lack = missing()
    if lack is not None:
        pytest.skip(lack)
    process = SwitchProcess(tmp_path / "switch", phones=("1001",))
    yield process
    process.kill()


def seconds_until_found(house: RealHouse, switch: PrivateSwitch) -> float:
    """How long after the event socket answers again the link and its subscriptions stand."""
    with gevent.Timeout(ANSWERS_S):
        while not answers(switch.addresses.event_port):
            gevent.sleep(0.01)
    answered_at = monotonic()
    house.wait_for(lambda: house.engine.centre.link_lost_at is None)
    return monotonic() - answered_at


def answers(port: int) -> bool:
    """Whether somebody listens at a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def state_of(house: RealHouse, leg: str) -> CallState | None:
    """Where a call stands."""
    calls = (live.call for live in house.engine.centre.calls.values())
    return next((call.state for call in calls if call.leg == leg), None)


def what_became_of(record: CallRecord) -> tuple[EndedBy | None, str | None, Disposition | None]:
    """Who ended a call, why, and what it was."""
    return record.ended_by, record.cause, record.disposition


def test_a_switch_that_is_killed_and_started_again_costs_its_own_calls_and_nothing_else(
    mortal: SwitchProcess, tmp_path: Path, database_url: str
) -> None:
    """Its calls are closed with cause, agents freed, link and subscriptions back."""
    switch = mortal.start()
    with real_house(switch, tmp_path, database_url) as house:
        house.phone("1001", TALKS_ON, TALKS)
        house.sign_in("8001")
        agent = house.agent("8001")
        talking = house.call(caller(number=HOTLINE_NUMBER))
        house.wait_for(lambda: state_of(house, talking) is CallState.TALKING)
        waiting = house.call(caller(number=HOTLINE_NUMBER, who="13900139000"))
        house.wait_for(lambda: state_of(house, waiting) is CallState.WAITING)

        mortal.kill()
        house.wait_for(lambda: house.engine.centre.link_lost_at is not None)
        finding = gevent.spawn(seconds_until_found, house, switch)
        mortal.start()
        print(f"link and subscriptions stand {finding.get():.2f} s after the event socket answers")
        house.sipp_stage.reconnect()

        talked, waited = house.record_of(talking), house.record_of(waiting)
        assert what_became_of(talked) == (EndedBy.SWITCH, "SWITCH_LOST", Disposition.ANSWERED)
        assert what_became_of(waited) == (EndedBy.SWITCH, "SWITCH_LOST", Disposition.FAILED)
        assert kinds(talked)[-1] is SegmentKind.TALK
        assert talked.offers[0].ended_at == talked.ended_at
        assert house.engine.centre.agents[agent].state == "idle"

        again = house.play(caller(number=HOTLINE_NUMBER))
        assert [offer.result for offer in again.offers] == [OfferResult.ACCEPTED]
        assert again.disposition is Disposition.ANSWERED
