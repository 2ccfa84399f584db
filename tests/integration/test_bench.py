"""The parts of `make bench` run, on sizes too small to say anything about speed."""

from __future__ import annotations

from bench.bridging import bridging
from bench.deciding import deciding
from bench.decoders import decode_with_greenswitch, decode_with_ours
from bench.decoding import GREENSWITCH, OURS, figures, measure
from bench.figures import Figure, Goal, percentile, table
from bench.flow_texts import NAME, flow_of
from bench.flowing import flowing, parsed, proving, run_through
from bench.foretelling import foretelling
from bench.journaling import coming_back, whole_calls_journaled
from bench.looking import busy_centre, looking
from bench.recorded import recorded_events
from bench.switch_load import switch_load
from bench.transitions import play, set_scene, transitions
from bench.waiting import cpu, engine_memory, memory
from bench.whole_calls import rooms, whole_calls
from fs_control.records import Strategy
from fs_control.testing.season import Habits


def names(figures):
    return [figure.name for figure in figures]


def test_decoders_read_the_same_events():
    decoders = {OURS: decode_with_ours, GREENSWITCH: decode_with_greenswitch}
    ratio, ours, theirs = found = figures(**measure(decoders, recorded_events()[:20], 2))
    assert names(found) == [
        "decoding of 20 recorded events: ours / greenswitch",
        "- ours",
        "- greenswitch (0 of them read otherwise)",
    ]
    assert [len(figure.values) for figure in (ratio, ours, theirs)] == [2, 2, 2]


def test_whole_calls_come_to_their_end_and_are_counted():
    (ours,) = whole_calls(rounds=1, calls=2, peers=())
    assert ours.values[0] > 0


def test_the_rooms_that_were_at_work_are_told():
    found = rooms(calls=20)
    assert {"- of ours: runtime", "- of ours: centre"} <= set(names(found))
    assert sum(figure.median for figure in found) <= 100.1


def test_pairs_that_talk_at_once_are_counted():
    cost, at_once = switch_load(parts=1, calls_per_s=5.0, at_once=3)
    assert cost.values[0] > 0
    assert at_once.values == (3.0,)


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


def test_a_board_is_made_and_sent_of_a_centre_in_which_everybody_is_busy():
    board, answer = looking(2, agents=20, calls=5)
    assert len(board.values) == len(answer.values) == 2
    centre = busy_centre(20, 5)
    assert [len(line) for line in centre.lines.values()] == [5]


def test_percentiles_are_values_that_were_measured():
    values = tuple(float(value) for value in range(100, 0, -1))
    assert [percentile(values, part) for part in (10, 50, 99)] == [10, 50, 99]
    assert percentile((7.0,), 10) == 7


def test_a_miss_is_printed_as_a_miss():
    quick, slow = (Figure(name, "x", (value,), Goal(10, at_least=True)) for name, value in (("a", 12.0), ("b", 9.99)))
    assert (quick.verdict, slow.verdict) == ("met", "MISSED")
    assert "MISSED" in table([quick, slow]).splitlines()[-1]
    assert Figure("c", " ms", (61.0,), Goal(60)).verdict == "MISSED"


def test_a_decision_is_timed_by_each_strategy_for_strangers_for_owned_callers_and_where_all_are_free():
    found = deciding(2, agents=5, waiting=3)
    assert len(found) == 4 * len(Strategy)
    assert all(len(figure.values) == 2 and min(figure.values) > 0 for figure in found)


def test_who_joins_the_line_and_who_is_declined_takes_memory():
    joined, declined = memory(agents=5, waiting=20, offered=3)
    assert joined.values[0] > 0.5
    assert declined.values[0] > 0.5


def test_callers_wait_in_a_whole_engine_while_its_memory_is_measured():
    (each,) = engine_memory(agents=3, waiting=5)
    assert len(each.values) == 1


def test_a_call_that_waited_is_compared_with_one_that_did_not():
    ratio, waited, at_once = cpu(2, agents=3, waiting=4, calls=5)
    assert len(ratio.values) == len(waited.values) == len(at_once.values) == 2
    assert min(waited.values) > 0


def test_what_was_foretold_is_compared_with_what_came_of_it():
    part, waits, errors, relative = foretelling(200, {"2 agents": Habits(agents=2, between_calls=100.0)})
    assert part.values[0] == errors.median / waits.median
    assert len(waits.values) == len(errors.values) == len(relative.values) > 20


def test_a_big_flow_is_read_and_a_small_one_gone_through_step_by_step():
    found = {figure.name: figure for figure in flowing(2, steps=21, proofs=1)}
    assert found["reading a flow of 21 steps, every check"].values[0] > 0
    assert found["a step of the flow engine"].values[0] > 0


def test_the_caller_of_the_bench_comes_by_prompt_hours_menu_digits_condition_value_sentence_and_line():
    assert run_through({NAME: parsed(flow_of(11))}, saved=True) == 10


def test_a_proof_is_taken_as_soon_as_there_is_one():
    for figure in proving(1, (11,)):
        assert figure.name.startswith("proof of a flow of 11 steps for twelve months (2555 intervals, ")


def test_what_the_journal_costs_is_told_of_whole_calls_and_of_many_live_ones():
    share, whole, written, *waits = whole_calls_journaled(rounds=1, calls=5)
    assert 0 < written.median < whole.median
    assert share.values[0] > 0
    assert all(figure.median > 0 for figure in waits)
    back, wall, held, pieces = coming_back(live=20, events=40, folds=1)
    assert back.median > 0
    assert wall.median > 0
    assert held.values == (max(pieces.values),)
