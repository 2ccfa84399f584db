"""The parts of `make bench` run, on sizes too small to say anything about speed."""

from __future__ import annotations

from bench.bridging import bridging
from bench.decoding import decoding
from bench.figures import Figure, Goal, percentile, table
from bench.recorded import recorded_events
from bench.transitions import play, set_scene, transitions


def names(figures):
    return [figure.name for figure in figures]


def test_decoding_reads_the_same_events_with_both():
    figures = decoding(2, recorded_events()[:20])
    assert names(figures) == [
        "decoding of 20 recorded events: ours / greenswitch",
        "- ours",
        "- greenswitch (0 of them read otherwise)",
    ]
    assert all(len(figure.values) == 2 for figure in figures)


def test_every_call_is_bridged_and_counted():
    (figure,) = bridging(calls=3, agents=2, calls_per_s=2.0)
    assert len(figure.values) == 3
    assert all(value > 0 for value in figure.values)


def test_a_scene_ends_with_the_calls_it_began_with():
    scene = set_scene(groups=2, live=3, calls=2)
    assert len(scene.centre.calls) == 3
    assert set(play(scene).calls) == set(scene.centre.calls)


def test_transitions_compare_few_calls_with_many():
    ratio, few, many = transitions(2, few=1, many=12, calls=1)
    assert len(ratio.values) == len(few.values) == len(many.values) == 2


def test_percentiles_are_values_that_were_measured():
    values = tuple(float(value) for value in range(100, 0, -1))
    assert [percentile(values, part) for part in (10, 50, 99)] == [10, 50, 99]
    assert percentile((7.0,), 10) == 7


def test_a_miss_is_printed_as_a_miss():
    quick, slow = (Figure(name, "x", (value,), Goal(10, at_least=True)) for name, value in (("a", 12.0), ("b", 9.99)))
    assert (quick.verdict, slow.verdict) == ("met", "MISSED")
    assert "MISSED" in table([quick, slow]).splitlines()[-1]
    assert Figure("c", " ms", (61.0,), Goal(60)).verdict == "MISSED"
