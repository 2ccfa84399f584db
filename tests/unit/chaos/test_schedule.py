"""A seed gives the same blows each time, as many of each kind as the plan says, and one of a kind at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from chaos.schedule import SHORT, Part, Plan, length_s, schedule


def test_a_seed_gives_the_same_schedule_and_another_seed_another_one():
    assert schedule("7", Plan()) == schedule("7", Plan())
    assert schedule("7", Plan()) != schedule("8", Plan())


def test_everything_is_hit_as_often_as_the_plan_says():
    times = Counter(blow.part for blow in schedule("7", Plan()))
    assert times[Part.CONTROL_PLANE] == 100
    assert (times[Part.DATABASE_STOPPED], times[Part.SWITCH], times[Part.PHONE]) == (1, 1, 6)
    assert next(blow.lasts for blow in schedule("7", Plan()) if blow.part is Part.DATABASE_STOPPED) == 60


def test_a_longer_run_begins_as_the_shorter_one_does():
    few, many = (
        [blow for blow in schedule("7", Plan(kills=kills)) if blow.part is Part.CONTROL_PLANE] for kills in (5, 50)
    )
    assert many[:5] == few


def test_nothing_is_hit_again_before_it_is_mended():
    for part in Part:
        blows = [blow for blow in schedule("3", Plan()) if blow.part is part]
        assert all(before.at + before.lasts < after.at for before, after in pairwise(blows))


def test_a_database_that_is_stopped_is_not_killed():
    for seed in map(str, range(50)):
        blows = schedule(seed, Plan(kills=20))
        (stop,) = [blow for blow in blows if blow.part is Part.DATABASE_STOPPED]
        kills = [blow for blow in blows if blow.part is Part.DATABASE_KILLED]
        assert len(kills) == 2
        assert not any(stop.at - 5 < kill.at < stop.at + stop.lasts for kill in kills)


def test_some_are_killed_while_they_start_and_half_come_back_at_once():
    deaths = [blow for blow in schedule("3", Plan(kills=400)) if blow.part is Part.CONTROL_PLANE]
    assert 20 <= sum(blow.is_young for blow in deaths) <= 60
    assert 160 <= sum(blow.lasts == 0 for blow in deaths) <= 240


def test_a_hundred_deaths_fit_into_ten_minutes_and_the_short_form_into_one():
    assert length_s(schedule("1", Plan())) < 600
    assert length_s(schedule("1", SHORT)) < 45
    assert schedule("1", replace(SHORT, kills=0)) != ()
