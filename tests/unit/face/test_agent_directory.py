"""Agents at the command line, in the database: each verb, search, removal with counts (A1, A2, M14)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner
from immutables import Map

from fs_control.agents import Agent, AgentStatus, Break, BreakCause
from fs_control.centre import CallCentre
from fs_control.face.agent import AT_WORK
from fs_control.face.main import cli
from fs_control.ids import AgentId
from fs_control.testing.builders import a_directory
from fs_control.testing.control import FakeControl
from fs_control.testing.play import MORNING
from fs_control.web.control import ControlSocket

NOBODY_AT_WORK = dict.fromkeys(AT_WORK)
"""What is shown of an agent where no engine runs."""


NO_TERMINALS: dict[str, object] = {
    "codes": {},
    "default": None,
    "extension": None,
    "divert_to": None,
    "diverts": None,
    "rights": ["call"],
}
"""On what an agent is rung of whom nothing is said."""


def numbers(run, line: str = "agent list") -> list[str]:
    return [agent["number"] for agent in run.json(line)["agents"]]


SEARCHES = [
    ("", ["8001", "8002", "8003"]),
    ("王", ["8001"]),
    ("lee", ["8003"]),
    ("002", ["8002"]),
    ("800 李", ["8002"]),
    ("--group sales", ["8001", "8002"]),
    ("--group sales 明", ["8002"]),
    ("--without-phone", ["8003"]),
    ("nobody", []),
]


def test_A2_agents_are_found_by_parts_of_name_and_number_and_by_conditions(run):
    """CLI covers each verb; fuzzy search finds part of name and part of number."""
    for words, found in SEARCHES:
        assert numbers(run, f"agent list {words}") == found


def test_without_an_engine_nobody_does_anything(run):
    agent = run.json("agent list 8002")["agents"][0]
    assert (agent["groups"], agent["status"], agent["state"], agent["call"]) == (["sales", "service"], None, None, None)
    assert run("agent list 8002").splitlines()[1].split()[-4:] == ["–"] * 4


def test_A2_every_verb_of_agent_administration_is_a_command(run):
    """List of all agents, add / delete / migrate / modify: CLI covers each verb."""
    run("agent add 8004 --name 赵敏 --phone 1004")
    run("customer add 13800138000 --owner 8004")
    run("agent set 8004 --name 赵小敏 --number 8104")
    assert numbers(run) == ["8001", "8002", "8003", "8104"]
    run("customer move --from 8104 --to 8001")
    assert run.json("customer show 13800138000")["owner"] == "8001"
    run("agent remove 8104 8003 --yes")
    assert numbers(run) == ["8001", "8002"]


def test_A1_a_single_agent_needs_number_and_name(run):
    """Create agents singly or in bulk; fields marked red are required."""
    run.refused("agent add 8004", code=2)
    run.refused("agent add --name 赵敏", code=2)
    run("agent add 8004 --name 赵敏")
    assert numbers(run, "agent list 赵") == ["8004"]


def test_an_agent_is_added_changed_and_shown(run):
    assert run("agent add 8004 --name 赵敏 --phone 1004 --group sales --group service") == "Agent 8004 is there now.\n"
    assert "phone was 1004 and is –" in run("agent set 8004 --phone - --name 赵小敏")
    assert run.json("agent show 8004") == {
        "number": "8004",
        "name": "赵小敏",
        "phone": None,
        **NOBODY_AT_WORK,
        "customers": 0,
        "memories": 0,
        "groups": ["sales", "service"],
        "flows": [],
        "settings": [
            {"setting": "starts", "value": "ready", "source": "built_in", "group": None},
            {"setting": "wrap_up", "value": "0", "source": "built_in", "group": None},
            {"setting": "diverts", "value": "no", "source": "built_in", "group": None},
        ],
        "terminals": NO_TERMINALS,
    }


def settings(run, agent: str) -> list[tuple[str, str, str | None]]:
    """Which values of sign-in and wrap-up count for an agent, and who said so."""
    found = run.json(f"agent show {agent}")["settings"]
    return [
        (each["value"], each["source"], each["group"]) for each in found if each["setting"] in ("starts", "wrap_up")
    ]


def test_A26_a_default_counts_for_every_agent_without_a_value_and_the_source_is_named(run):
    """A default applies to every agent that has no own value; `agent show` says where each value comes from."""
    run("enterprise set --wrap-up 20 --starts on_break")
    run("agent set 8001 --wrap-up 0 --starts ready")
    run("group set service --wrap-up 60")
    assert settings(run, "8001") == [("ready", "agent", None), ("0", "agent", None)]
    assert settings(run, "8003") == [("on_break", "enterprise", None), ("20", "enterprise", None)]
    assert settings(run, "8002")[1:] == [("60", "group", "service"), ("20", "enterprise", None)]
    assert "time for notes after a call for service  60 s" in run("agent show 8002")
    run("agent set 8001 --wrap-up - --starts -")
    run("enterprise set --wrap-up -")
    assert settings(run, "8001") == [("on_break", "enterprise", None), ("0", "built_in", None)]


def test_A13_what_is_no_time_for_notes_is_refused(run):
    for text in ("-1", "3601", "1e3", "soon"):
        assert "0 to 3600" in run.refused(f"agent set 8001 --wrap-up={text}")
    assert "on_break, ready" in run.refused("agent set 8001 --starts later")


def test_a_new_number_keeps_the_groups(run):
    run("agent set 8001 --number 9001")
    assert run.json("agent show 9001")["groups"] == ["sales"]
    assert numbers(run) == ["8002", "8003", "9001"]


REFUSED = [
    ("agent show 8011", "There is no agent 8011."),
    ("agent show 8011", "Did you mean “8001”?"),
    ("agent list --group sale", "There is no group “sale”."),
    ("agent list --group sale", "Did you mean “sales”?"),
    ("agent add 8001 --name x", "There is an agent 8001 already."),
    ("agent add 80x1 --name x", "“80x1” is no agent's number"),
    ("agent add 8009 --name ''", "“name” is empty."),
    ("agent set 8002 --phone 1001", "The phone 1001 of agent 8002 is the phone of agent 8001 too."),
    ("agent set 8002 --number 8001", "There is an agent 8001 already."),
    ("agent restore 8001", "There is an agent 8001 already."),
    ("agent restore 8009", "No agent 8009 was removed"),
]


def test_what_cannot_be_done_is_refused_with_the_reason(run):
    for line, said in REFUSED:
        assert said in run.refused(line)


@pytest.mark.parametrize("line", ["agent set 8001", "agent add 8009", "agent remove"])
def test_half_a_command_is_misuse(run, line):
    run.refused(line, code=2)


# --- removing ---


@pytest.fixture
def busy(run):
    """Agent 8001 has a customer and a call memory."""
    run("customer add 13800138000 --name 张伟 --owner 8001")
    run("memory set 13900139000 --agent 8001")
    return run


def typed(terminal, answer: str, *words: str):
    return CliRunner().invoke(cli, words, prog_name="fs-control", env=terminal.environment, input=answer)


def test_M14_removing_shows_counts_offers_a_move_and_asks(busy, office):
    """The command asks for confirmation and shows counts, offering M13 instead."""
    result = typed(office, "n\n", "agent", "remove", "8001")
    assert (result.exit_code, result.stderr.endswith("Nothing was changed.\n")) == (1, True)
    assert result.stdout.splitlines()[1].split() == ["8001", "王芳", "1001", "sales", "1", "1"]
    assert "“fs-control customer move --from 8001 --to NUMBER”" in result.stdout
    assert numbers(busy) == ["8001", "8002", "8003"]


def test_M14_agreed_to_the_agent_goes_with_everything(busy, office):
    """After delete: no login, phone unbound, customers gone, no route to the agent."""
    result = typed(office, "y\n", "agent", "remove", "8001", "8003")
    assert result.exit_code == 0
    assert numbers(busy) == ["8002"]
    assert busy.json("customer list")["customers"] == []
    assert busy.json("memory list")["memories"] == []
    busy("agent set 8002 --phone 1001")


def test_nobody_who_answers_is_no_agreement(busy):
    assert "--yes does it without asking" in busy.refused("agent remove 8001")
    assert "8001" in numbers(busy)


def test_M14_a_removed_agent_is_listed_and_comes_back_with_everything(busy):
    busy("agent set 8001 --wrap-up 30 --starts on_break")
    busy("agent remove 8001 --yes")
    (removed,) = busy.json("agent list --removed")["removed"]
    assert (removed["name"], removed["kept_until"] - removed["done_at"]) == ("8001", 30 * 86400 * 1_000_000)
    assert "The agent 8001 is back." in busy("agent restore 8001")
    assert busy.json("agent show 8001") == {
        "number": "8001",
        "name": "王芳",
        "phone": "1001",
        **NOBODY_AT_WORK,
        "customers": 1,
        "memories": 1,
        "groups": ["sales"],
        "flows": [],
        "settings": [
            {"setting": "starts", "value": "on_break", "source": "agent", "group": None},
            {"setting": "wrap_up", "value": "30", "source": "agent", "group": None},
            {"setting": "default_terminal", "value": "sip", "source": "built_in", "group": None},
            {"setting": "diverts", "value": "no", "source": "built_in", "group": None},
        ],
        "terminals": {**NO_TERMINALS, "codes": {"sip": "1001"}},
    }


def test_an_agent_without_customers_is_offered_no_move(run):
    assert "customer move" not in run("agent remove 8003 --yes")


# --- files ---


def test_what_is_exported_is_imported_again(run, tmp_path):
    file = tmp_path / "agents.csv"
    run("agent set 8002 --wrap-up 12.5 --starts on_break")
    assert f"3 lines are in {file}." in run(f"agent export --out {file}")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfnumber,name,phone,wrap_up,starts,softphone,")
    assert "8002,李明,1002,12.5,on_break,,,,,,,,call\n" in file.read_text(encoding="utf-8-sig")
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(run.json(f"agent import {file}")["unchanged"]) == 5  # three agents, two phones


def test_an_export_takes_no_file_that_is_there(run, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("mine", encoding="utf-8")
    run.refused(f"agent export --out {file}")
    assert file.read_text(encoding="utf-8") == "mine"


def test_A1_every_bad_line_of_a_big_sheet_is_named(run, tmp_path):
    """Bulk import reports every bad line and imports none or all."""
    file = tmp_path / "agents.csv"
    bad = {3, 17, 200}
    lines = [f"{'x' if line in bad else ''}{7000 + line},Agent {line}" for line in range(2, 302)]
    file.write_text("\n".join(["number,name", *lines]), encoding="utf-8")
    said = run.refused(f"agent import {file}").splitlines()
    assert {int(line.removeprefix(f"{file}:").partition(":")[0]) for line in said[:-1]} == bad
    assert said[-1] == f"{file} was not imported; mistakes: 3. Nothing was changed."
    assert numbers(run) == ["8001", "8002", "8003"]
    file.write_text(file.read_text(encoding="utf-8").replace("x", ""), encoding="utf-8")
    run(f"agent import {file}")
    assert len(numbers(run)) == 303


def test_A1_every_bad_line_is_named_and_nobody_is_imported(run, tmp_path):
    """Bulk import reports every bad line and imports none or all."""
    file = tmp_path / "agents.csv"
    file.write_text("number,name,phone\n8010,ok,\n80x,bad,\n8011,,\n8001,a,1002\n", encoding="utf-8")
    said = run.refused(f"agent import {file}").splitlines()
    assert [line.removeprefix(f"{file}:").split(" ")[0] for line in said[:3]] == ["3:1:", "4:1:", "5:3:"]
    assert numbers(run) == ["8001", "8002", "8003"]
    file.write_text("number,name\n8010,新\n8011,人\n", encoding="utf-8")
    assert "It would add 2" in run(f"agent import {file} --dry-run")
    run(f"agent import {file}")
    assert numbers(run) == ["8001", "8002", "8003", "8010", "8011"]


# --- a running engine ---


def test_A2_an_agent_is_shown_with_what_they_do_where_an_engine_runs(run, tmp_path):
    directory = a_directory({"sales": (1,)})
    agent = replace(directory.agents[AgentId(1)], number="8001")
    centre = CallCentre(
        directory=replace(directory, agents={agent.id: agent}),
        agents=Map({agent.id: Agent(agent.id, AgentStatus.BREAK, on_break=Break(MORNING, BreakCause.NOT_ANSWERING))}),
    )
    door = ControlSocket(tmp_path / "control.sock")
    door.start(FakeControl(centre))
    try:
        assert "break: not answering" in run("agent show 8001")
        shown = run.json("agent show 8001")
    finally:
        door.stop()
    assert (shown["status"], shown["break_cause"], shown["since"]) == ("break", "not_answering", MORNING)


def test_a_running_engine_is_told_of_every_change(office, run, tmp_path):
    control = FakeControl()
    door = ControlSocket(tmp_path / "control.sock")
    door.start(control)
    try:
        for reloads, line in enumerate(
            (
                "agent add 8004 --name x",
                "agent set 8004 --name y",
                "agent remove 8004 --yes",
                "agent restore 8004",
                "group set sales --member 8004",
                "number set 4001234567 --max-calls 5",
                "memory settings --valid 7d",
            ),
            start=1,
        ):
            result = office.type(*line.split())
            assert "The running engine works with it from now on." in result.stderr
            assert control.reloads == reloads
    finally:
        door.stop()
