"""How a group treats those who wait, set at the command line: every setting, its bounds, and how it is taken away."""

from __future__ import annotations

from typing import Any

import pytest

SET = (
    "--colleague strategy --own-agent-wait 30 --own-agent-ask --announce-every 45 --announce-estimate "
    "--max-waiting 50 --overflow service:60 --overflow 'night:120, day:5.5' --whisper welcome"
)
SHOWN: dict[str, Any] = {
    "colleague": "strategy",
    "own_agent_wait_s": 30.0,
    "own_agent_ask": True,
    "announce_every_s": 45.0,
    "announce_estimate": True,
    "max_waiting": 50,
    "overflow": [
        {"group": "day", "after_s": 5.5},
        {"group": "service", "after_s": 60.0},
        {"group": "night", "after_s": 120.0},
    ],
    "whisper": "welcome",
}
UNSET: dict[str, Any] = {
    "colleague": "random",
    "own_agent_wait_s": None,
    "own_agent_ask": False,
    "announce_every_s": None,
    "announce_estimate": False,
    "max_waiting": None,
    "overflow": [],
    "whisper": None,
}


@pytest.fixture
def groups(run):
    run("group add night")
    run("group add day")
    return run


def settings(run, name: str = "sales") -> dict[str, Any]:
    shown = run.json(f"group show {name}")
    return {field: shown[field] for field in SHOWN}


@pytest.mark.parametrize(("verb", "name"), [("set", "sales"), ("add", "vip")])
def test_Q1_every_setting_of_the_line_is_set_and_shown(groups, verb, name):
    """Groups are created, edited, searched."""
    groups(f"group {verb} {name} {SET}")
    assert settings(groups, name) == SHOWN
    table = groups(f"group show {name}")
    assert "day:5.5, service:60, night:120" in table
    assert "whom the strategy picks" in table


UNSETTING = [
    "--colleague random --no-own-agent-wait --no-own-agent-ask --no-announce-every --no-announce-estimate "
    "--no-max-waiting --no-overflow --no-whisper",
    "--colleague random --own-agent-wait - --no-own-agent-ask --announce-every - --no-announce-estimate "
    "--max-waiting - --overflow - --whisper -",
]


@pytest.mark.parametrize("options", UNSETTING)
def test_every_setting_is_taken_away_by_a_dash_or_by_no(groups, options):
    groups(f"group set sales {SET}")
    groups(f"group set sales {options}")
    assert settings(groups) == UNSET


def test_what_is_not_given_stays(groups):
    groups(f"group set sales {SET}")
    groups("group set sales --ring 15")
    assert settings(groups) == SHOWN
    said = groups("group set sales --no-overflow")
    assert "overflow was day:5.5, service:60, night:120 and is –" in said
    said = groups("group set sales --overflow service:90")
    assert "overflow was – and is service:90" in said


def test_a_helping_group_that_gets_another_name_goes_on_helping(groups):
    groups("group set sales --overflow service:60")
    groups("group set service --name care --yes")
    assert settings(groups)["overflow"] == [{"group": "care", "after_s": 60.0}]


REFUSED = [
    ("--colleague strat", "Did you mean “strategy”?"),
    ("--own-agent-wait 0", "“0” is no such time: 1 to 3600 seconds."),
    ("--own-agent-wait 3601", "1 to 3600 seconds"),
    ("--announce-every 4", "“4” is no such time: 5 to 3600 seconds."),
    ("--max-waiting 0", "“0” is no such number: 1 to 100000."),
    ("--max-waiting 1.5", "“1.5” is no such number: 1 to 100000."),
    ("--overflow service:0", "“0” is no such time: 1 to 86400 seconds."),
    ("--overflow service", "“service” should be a group and seconds, such as service:60."),
    ("--overflow service:60,servce", "“servce” should be a group and seconds"),
    ("--overflow service:60,service:90", "The group “service” is among those that help out twice."),
    ("--overflow servce:60", "Did you mean “service”?"),
    ("--overflow sales:60", "The group “sales” cannot help itself out"),
    ("--whisper welcom", "Did you mean “welcome”?"),
]


@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_what_cannot_be_is_refused_with_its_bounds_and_changes_nothing(run, options, said):
    before = run.json("group show sales")
    assert said in run.refused(f"group set sales {options}")
    assert run.json("group show sales") == before


def test_a_setting_that_does_nothing_alone_is_remarked(office):
    said = office.type("group", "set", "sales", "--own-agent-ask", "--announce-estimate").stderr
    assert "--own-agent-ask does nothing without --own-agent-wait." in said
    assert "--announce-estimate does nothing without --announce-every." in said


def test_a_group_that_helps_out_is_removed_only_with_those_it_helps(groups):
    groups("group set sales --overflow service:60,night:90")
    assert "The group “service” helps out for sales." in groups.refused("group remove service --yes")
    groups("group remove service sales --yes")
    groups("group restore sales")
    assert settings(groups)["overflow"] == [{"group": "night", "after_s": 90.0}]
    groups("group restore service")
    assert [one["group"] for one in settings(groups)["overflow"]] == ["service", "night"]


def test_all_of_it_is_exported_and_imported_again(groups, tmp_path):
    file = tmp_path / "groups.csv"
    groups(f"group set sales {SET}")
    before = groups.json("group list")
    groups(f"group export --out {file}")
    assert len(groups.json(f"group import {file}")["unchanged"]) == 4
    groups("group remove sales service night day --yes")
    groups(f"group import {file}")
    assert groups.json("group list") == before


def test_A1_every_bad_cell_of_a_sheet_is_named(run, tmp_path):
    """Bulk import reports every bad line and imports none or all."""
    file = tmp_path / "groups.csv"
    file.write_text(
        'name,overflow,whisper,announce_every\nsales,service:x,,\nservice,,nothing,\nx,"sales:5, y:6",,\nz,,,1\n',
        encoding="utf-8",
    )
    said = run.refused(f"group import {file}").splitlines()
    assert [line.removeprefix(f"{file}:").split(" ")[0] for line in said[:-1]] == ["2:2:", "3:3:", "4:2:", "5:4:"]
    assert "Did you mean" not in said[2]
    assert "“y”, which is neither in the file nor in the directory" in said[2]
