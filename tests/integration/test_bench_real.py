"""The figures of a real switch: what is made of the calls that were watched, and one small run where a switch is."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.figures import Figure
from bench.real_contenders import BARE, CALLCENTER, GREENSWITCH, OURS
from bench.real_curves import Diagram, drawing
from bench.real_figures import real_figures, to_bridge
from bench.real_rounds import RateRun, Round, run_rates
from bench.real_switch import callcenter_configuration, peers_dialplan
from bench.real_watch import WatchedCall
from tests.freeswitch.private_switch import missing


def a_round(to_bridge: float, *, placed: int = 2, invite: float = 10.0) -> Round:
    call = WatchedCall(to_agent=5.0, to_bridge=to_bridge, opening=3.0)
    return Round(placed, (call, call), (invite, invite), switch_cpu=40.0, controller_cpu=10.0)


def a_run(ours: Round, *, calls_per_s: float = 20.0) -> RateRun:
    rounds = {OURS: [ours], CALLCENTER: [a_round(120.0)], BARE: [a_round(20.0)], GREENSWITCH: [a_round(30.0)]}
    return RateRun(calls_per_s, load=0.5, rounds=rounds)


def figure(run: RateRun, beginning: str) -> Figure:
    return next(one for one in real_figures(run) if one.name.startswith(beginning))


def test_ratios_come_first_and_goals_stand_beside_our_figures():
    run = a_run(a_round(40.0))
    assert real_figures(run)[0].values == (3.0,)
    assert figure(run, "- ours / a bare bridge").values == (2.0,)
    assert figure(run, "- ours (2 of 2 bridged").verdict == "met"
    assert figure(a_run(a_round(70.0)), "- ours (").verdict == "MISSED"


def test_a_goal_holds_at_the_pace_that_it_names():
    assert figure(a_run(a_round(500.0), calls_per_s=100.0), "- ours (").verdict == ""


def test_a_caller_who_was_lost_counts_as_endless():
    lost = a_round(40.0, placed=3)
    assert sorted(to_bridge(lost)) == [40.0, 40.0, math.inf]
    assert "2 of 3 bridged" in figure(a_run(lost), "- ours (").name
    assert figure(a_run(lost), "- ours, the slowest").values == (math.inf,)


def test_where_our_time_goes_is_told_of_the_calls_that_were_joined():
    run = a_run(a_round(40.0))
    assert figure(run, "- of this until the agent's phone").values == (5.0, 5.0)
    assert figure(run, "- and from there on").values == (35.0, 35.0)


def test_curves_are_drawn_even_where_a_value_is_endless():
    picture = drawing([Diagram("a < b", " ms", {"one": [(20.0, 40.0), (60.0, math.inf)], "two": [(20.0, 80.0)]})])
    lines = ElementTree.fromstring(picture).findall(".//{http://www.w3.org/2000/svg}polyline")
    endless = lines[0].attrib["points"].split()[1]
    assert len(lines) == 2
    assert 0 < float(endless.split(",")[1]) < 34, "above the highest line of the grid"


def test_the_peers_configuration_names_every_phone(tmp_path: Path):
    queue = ElementTree.fromstring(callcenter_configuration(tmp_path, ("1000", "1001")))
    assert [tier.attrib["agent"] for tier in queue.iter("tier")] == ["1000@default", "1001@default"]
    assert len(list(ElementTree.fromstring(peers_dialplan(8084)).iter("extension"))) == 3


@pytest.mark.freeswitch
@pytest.mark.timeout(300)
def test_every_contender_joins_every_caller_on_a_real_switch():
    if (lack := missing()) is not None:
        pytest.skip(lack)
    (run,) = run_rates((10.0,), calls=8)
    assert set(run.rounds) == {OURS, CALLCENTER, BARE, GREENSWITCH}
    for rounds in run.rounds.values():
        assert all(math.isfinite(time) for one in rounds for time in to_bridge(one))
        assert all(len(one.invite_to_200) == one.placed for one in rounds)
