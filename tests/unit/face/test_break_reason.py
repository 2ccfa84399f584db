"""Reasons for breaks and settings of the enterprise at the command line (A9, A26)."""

from __future__ import annotations


def codes(run) -> list[str]:
    return [each["code"] for each in run.json("break-reason list")["break_reasons"]]


def test_A9_reasons_are_there_at_once_and_are_added_and_taken_away(run):
    assert codes(run) == ["rest", "meal", "meeting", "training"]
    run("break-reason add doctor --en 'at the doctor' --zh 就医")
    run("break-reason remove meeting")
    assert codes(run) == ["rest", "meal", "training", "doctor"]
    assert run("break-reason list").splitlines()[-1].split() == ["doctor", "at", "the", "doctor", "就医"]


def test_A9_a_reason_can_never_be_made_callable(run):
    """A custom state can never be made callable: there is nothing by which one could say so."""
    assert set(run.json("break-reason list")["break_reasons"][0]) == {"code", "en", "zh"}
    assert "callable" in run.refused("break-reason add x --en x --zh x --callable", code=2)


REFUSED = [
    ("break-reason add meal --en meal --zh 用餐", "There is a reason “meal” already."),
    ("break-reason add 'Two words' --en x --zh x", "“Two words” is no code of a reason"),
    ("break-reason remove mael", "There is no reason “mael”"),
]


def test_what_cannot_be_done_is_refused_with_the_reason(run):
    for line, said in REFUSED:
        assert said in run.refused(line)


def test_without_reasons_the_listing_says_so(run):
    for code in codes(run):
        run(f"break-reason remove {code}")
    assert "There are no reasons" in run("break-reason list")


def test_A26_the_settings_of_the_enterprise_are_shown_with_their_source_and_changed(run):
    lines = [" ".join(line.split()) for line in run("enterprise show").splitlines()]
    assert "time zone Asia/Shanghai of the enterprise" in lines
    assert "time for notes after a call 0 s built in" in lines
    run("enterprise set --time-zone Europe/Berlin --wrap-up 20")
    shown = run.json("enterprise show")
    assert (shown["time_zone"], shown["wrap_up_s"], shown["starts_on_break"]) == ("Europe/Berlin", 20.0, None)
    assert "wrap_up_s was 20.0 and is –" in run("enterprise set --wrap-up -")
    run.refused("enterprise set --time-zone Asia/Shangai")
    run.refused("enterprise set", code=2)
