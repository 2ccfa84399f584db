"""The short form of `make chaos`: everything is hit once or a few times in half a minute, and nothing may be wrong.

What is asserted are facts (who was lost, cut, stored twice, stuck), never how long something took.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from chaos.evidence import Evidence
from chaos.judging import Finding, judge
from chaos.run import Wish, run
from chaos.schedule import SHORT, Part
from tests.freeswitch.private_switch import missing

pytestmark = pytest.mark.timeout(600)

RATE = 2.0


def played(switch: str, seed: str) -> tuple[Evidence, tuple[Finding, ...]]:
    """Play the short form and judge it."""
    with run(Wish(seed, RATE, switch, SHORT), print) as (evidence, _folder):
        return evidence, judge(evidence)


@pytest.mark.parametrize(
    "switch",
    [
        pytest.param("virtual", id="virtual"),
        pytest.param("real", id="freeswitch", marks=pytest.mark.freeswitch),
    ],
)
def test_whatever_dies_no_caller_is_lost_and_no_record_is_wrong(switch: str) -> None:
    """The control plane dies (kill -9) at any moment, PostgreSQL stops, the event socket is cut, the disk is full."""
    if switch == "real" and (lack := missing()) is not None:
        pytest.skip(lack)
    evidence, findings = played(switch, "1")
    assert findings == ()
    hit = {blow.part for blow in evidence.blows}
    assert hit >= {Part.CONTROL_PLANE, Part.DATABASE_STOPPED, Part.EVENT_SOCKET, Part.DISK, Part.PHONE}
    assert (
        len(evidence.rows) >= len(evidence.placed) * 9 // 10
    )  # but for those who came and left while nobody was there
    assert sum(not joined.apart for joined in evidence.joins) > 10


def test_callers_whose_switch_died_are_closed_with_that_cause() -> None:
    """Callers whose switch died are closed with that cause."""
    plan = replace(SHORT, kills=0, cuts=0, full_disks=0, phones=0, database_stops=0, switch_kills=1)
    with run(Wish("1", RATE, "virtual", plan), print) as (evidence, _folder):
        findings = judge(evidence)
    assert findings == ()
    (outage,) = evidence.outages
    died = {placed.leg for placed in evidence.placed if placed.at < outage.since} - evidence.legs.keys()
    assert died
    assert {(row.ended_by, row.cause) for row in evidence.rows if row.leg in died} == {("switch", "SWITCH_LOST")}
