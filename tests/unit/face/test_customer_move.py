"""`customer move` takes flows along: in the database and in the admin's files, seen before and taken back (M13)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.flow_names import names_in_flow
from tests.unit.face.conftest import Shell, Terminal

VIP = """\
# who answers the VIPs
flow: vip
steps:
  own: {do: transfer, mode: ani, targets: [8002, "8001"]}  # 王芳 is 8001
  one:
    do: transfer
    agent: 8001
"""
MOVED = VIP.replace('"8001"', '"8003"').replace("agent: 8001", "agent: 8003")
OTHER = "flow: other\nsteps: {a: {do: transfer, agent: 8002}}\n"


class Flows:
    """The active flows of a database and the files in the admin's folder."""

    def __init__(self, office: Terminal, folder: Path) -> None:
        self.folder = folder
        self._url = str(office.environment["DATABASE_URL"])

    def active(self) -> dict[str, str]:
        engine = create_engine(self._url)
        flows = PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).load()[1]
        engine.dispose()
        return {flow.name: flow.text for flow in flows}

    def activate(self, name: str, text: str) -> None:
        engine = create_engine(self._url)
        PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).activate_flow(name, text, "test")
        engine.dispose()

    def write(self, name: str, text: str) -> Path:
        path = self.folder / f"{name}.yaml"
        path.write_bytes(text.encode())
        return path


@pytest.fixture
def flows(office, tmp_path):
    """The flow `vip` names 8001 and 8002, `other` 8002 alone; both are active and in the folder."""
    folder = tmp_path / "flows"
    folder.mkdir()
    office.environment["FS_CONTROL_FLOWS"] = str(folder)
    found = Flows(office, folder)
    for name, text in (("vip", VIP), ("other", OTHER)):
        found.activate(name, text)
        found.write(name, text)
    return found


@pytest.fixture
def saved(run):
    run("customer add 13800138000 --name 张伟 --owner 8001")
    run("memory set 13700137000 --agent 8001")
    return run


def routes_to(run: Shell, flows: Flows, agent: str) -> int:
    """Count everything that leads a caller to an agent: customers, memories, flows."""
    shown = run.json(f"agent show {agent}")
    named = sum(agent in names_in_flow(text, "agent") for text in flows.active().values())
    assert named == len(shown["flows"])
    return int(shown["customers"]) + int(shown["memories"]) + named


def test_M13_a_preview_shows_the_proposed_version_and_changes_nothing(saved, flows):
    """It can be previewed before doing it."""
    said = saved("customer move --from 8001 --to 8003 --preview")
    assert '-  own: {do: transfer, mode: ani, targets: [8002, "8001"]}  # 王芳 is 8001\n' in said
    assert '+  own: {do: transfer, mode: ani, targets: [8002, "8003"]}  # 王芳 is 8001\n' in said
    assert "-    agent: 8001\n+    agent: 8003\n" in said
    assert "new version: 1. Nothing was changed." in said
    assert f"The file {flows.folder / 'vip.yaml'} would be changed, too." in said
    assert flows.active() == {"vip": VIP, "other": OTHER}
    assert (flows.folder / "vip.yaml").read_text(encoding="utf-8") == VIP
    assert routes_to(saved, flows, "8001") == 3


def test_M13_after_a_move_no_route_points_at_the_agent(saved, flows):
    """After migrate A->B no route points at A (memory, owner, transfer targets); a start activates the files."""
    saved("customer move --from 8001 --to 8003")
    assert routes_to(saved, flows, "8001") == 0
    assert routes_to(saved, flows, "8003") == 3
    assert flows.active() == {"vip": MOVED, "other": OTHER}
    files = {path.stem: path.read_text(encoding="utf-8") for path in flows.folder.iterdir()}
    assert files == flows.active()


def test_M13_a_move_is_taken_back_with_its_flows(saved, flows):
    """Doing it activates the new versions, and undo takes back both."""
    saved("customer move --from 8001 --to 8003")
    back = saved.json("customer move --undo")
    assert (back["customers"], back["memories"], back["flows"], back["flows_left"]) == (1, 1, ["vip"], [])
    assert flows.active() == {"vip": VIP, "other": OTHER}
    assert (flows.folder / "vip.yaml").read_text(encoding="utf-8") == VIP
    assert routes_to(saved, flows, "8001") == 3


def test_M13_a_flow_that_somebody_changed_since_is_left_alone(office, saved, flows):
    saved("customer move --from 8001 --to 8003")
    changed = MOVED.replace("vip", "VIP")
    flows.activate("vip", changed)
    flows.write("vip", changed)
    result = office.type("customer", "move", "--undo")
    assert "These flows were changed since and stay as they are: vip." in result.stderr
    assert flows.active()["vip"] == changed
    assert (flows.folder / "vip.yaml").read_text(encoding="utf-8") == changed
    assert saved.json("customer show 13800138000")["owner"] == "8001"


def test_a_file_keeps_its_ends_of_lines_its_mode_and_what_is_not_active_yet(saved, flows):
    draft = VIP.replace("who answers", "who shall answer").replace("\n", "\r\n")
    path = flows.write("vip", draft)
    path.chmod(0o640)
    said = saved("customer move --from 8001 --to 8003")
    assert f"The file {path} names the other agent now." in said
    assert path.read_bytes().decode() == draft.replace('"8001"', '"8003"').replace("agent: 8001", "agent: 8003")
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in flows.folder.iterdir()) == ["other.yaml", "vip.yaml"]


def test_a_file_with_other_ends_of_lines_is_put_back_with_them(saved, flows):
    path = flows.write("vip", VIP.replace("\n", "\r\n"))
    saved("customer move --from 8001 --to 8003")
    saved("customer move --undo")
    assert path.read_bytes().decode() == VIP.replace("\n", "\r\n")


def test_a_file_that_cannot_be_read_is_named(office, saved, flows):
    (flows.folder / "old.yaml").write_bytes("agent: 王".encode("gb18030"))
    result = office.type("customer", "move", "--from", "8001", "--to", "8003")
    assert result.exit_code == 0
    assert f"The file {flows.folder / 'old.yaml'} was not changed" in result.stderr


def test_M13_machines_get_the_diff(saved, flows):
    moved = saved.json("customer move --from 8002 --to 8003 --preview")
    assert [flow["name"] for flow in moved["flows"]] == ["other", "vip"]
    assert "-steps: {a: {do: transfer, agent: 8002}}\n" in moved["flows"][0]["diff"]
    assert moved["files"] == [str(flows.folder / "other.yaml"), str(flows.folder / "vip.yaml")]


def test_an_agent_who_gets_another_number_is_named_in_which_flows(office, flows):
    said = office.type("agent", "set", "8001", "--number", "9001").stderr
    assert "Active flows still name the agent 8001: vip. Change them, too." in said
    assert "Active flows" not in office.type("agent", "set", "8002", "--name", "x").stderr


def test_M14_the_flows_that_name_an_agent_are_counted_and_the_move_is_offered(office, flows):
    """The command asks for confirmation and shows counts, offering M13 instead."""
    result = office.type("agent", "remove", "8001", "8003", "--yes")
    assert result.stdout.splitlines()[1].split() == ["8001", "王芳", "1001", "sales", "0", "0", "vip"]
    assert "“fs-control customer move --from 8001 --to NUMBER”" in result.stdout
    assert "--from 8003" not in result.stdout
    assert "Active flows still name the agent 8001: vip." in result.stderr
