"""The disk of the controller takes nothing more while one pair talks and another caller comes; then it does again.

Nobody is lost, the operator is told, and a controller that is killed afterwards is followed by one that knows it all.
"""

from __future__ import annotations

import pytest

from fs_control.calls import CallState
from fs_control.records import Disposition
from fs_control.runtime.journal import read_segment, segments
from tests.scenarios.engine_process import wait_for
from tests.scenarios.test_killed_controller import CHOOSES_SALES, Place, place

__all__ = ["place"]


@pytest.mark.timeout(180)
def test_D1_a_full_disk_costs_no_caller_their_call_or_their_record(place: Place) -> None:
    """Disk full: calls go on, the operator is told, and nothing is claimed that was not written."""
    engine = place.engine
    talks = place.call(*CHOOSES_SALES)
    place.wait_state(talks, CallState.TALKING)
    engine.let_files_grow(to=0)
    waits = place.call(*CHOOSES_SALES)
    wait_for(lambda: sum(line["waiting"] for line in engine.client.status()["lines"]) == 1, "the second caller in line")
    status = engine.client.status()
    assert (status["journal"]["why"], status["journal"]["not_on_disk"] > 0) == ("File too large", True)
    assert "alarm.journal_interrupted" in {alarm["code"] for alarm in status["alarms"]}
    assert engine.live(waits) is None  # the journal does not say that they are there
    engine.let_files_grow()
    wait_for(lambda: engine.client.status()["journal"]["unwritten_since"] is None, "the journal")
    place.wait_state(waits, CallState.WAITING)
    engine.kill()
    engine.start()
    assert [place.record(leg).disposition for leg in (talks, waits)] == [Disposition.ANSWERED] * 2
    gaps = [segment.gap for segment in map(read_segment, segments(engine.journal)) if segment.gap is not None]
    assert [gap.why for gap in gaps] == ["File too large"]
