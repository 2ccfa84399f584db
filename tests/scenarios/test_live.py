"""What leaders see while calls go on: the same as the lines, and as the records of the day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fs_control.ids import GroupId
from fs_control.testing.tally_rules import callers_by_group
from fs_control.virtual_switch.script import HangUp, PhoneBehaviour, Wait
from tests.scenarios.house import PATIENCE_S, House
from tests.scenarios.test_first_call import DIRECTORY, TALKING, caller, press

CLONE = Path(__file__).parents[2]
LONG = PhoneBehaviour(answer_after=0.4)


@pytest.fixture(autouse=True)
def configured(house: House) -> None:
    """Agent 8001 is the only one who is signed in; nobody of `service` is."""
    house.configure(DIRECTORY)
    house.phone("1001", LONG)
    house.sign_in("8001")


def typed(house: House, *words: str) -> Any:
    """Type a command at a terminal of this engine, and read what it prints for machines."""
    environment = {**os.environ, "FS_CONTROL_VAR": str(house.engine.journal_folder.parent)}
    command = (sys.executable, str(CLONE / "cli.py"), *words, "--json")
    return json.loads(subprocess.check_output(command, env=environment, timeout=PATIENCE_S))


def group_named(house: House, name: str) -> GroupId:
    return next(group.id for group in house.engine.centre.directory.groups.values() if group.name == name)


def shows(house: House, waiting: int) -> bool:
    """Whether so many wait for `sales`, by the command line as by the line itself."""
    shown = typed(house, "queue", "show", "sales")
    line = house.engine.centre.lines.get(group_named(house, "sales"), ())
    return shown["group"]["waiting"] == waiting and [each["call"] for each in shown["callers"]] == list(line)


def test_Q11_the_number_of_those_who_wait_is_that_of_the_line(house: House) -> None:
    """Number equals the queue table within one second of join/leave."""
    house.call(caller(*press("1"), TALKING, Wait(60), HangUp()))
    house.wait_for(lambda: house.engine.centre.agents[house.agent("8001")].state == "on_call")
    assert shows(house, 0)
    first = house.call(caller(*press("1"), Wait(30), HangUp(), who="13900000001"))
    house.wait_for(lambda: shows(house, 1))
    second = house.call(caller(*press("1"), Wait(40), HangUp(), who="13900000002"))
    house.wait_for(lambda: shows(house, 2))
    house.stage.wait_for_end(first)
    house.wait_for(lambda: shows(house, 1))
    assert [each["caller"] for each in typed(house, "queue", "show", "sales")["callers"]] == ["+8613900000002"]
    house.stage.wait_for_end(second)
    house.wait_for(lambda: shows(house, 0))


def entered(house: House) -> dict[str, int]:
    return {each["group"]: each["today"]["entered"] for each in typed(house, "live")["groups"]}


def counted_anew(house: House) -> dict[str, int]:
    """Count the calls of each group by PostgreSQL's records and those of the calls under way."""
    centre = house.engine.centre
    records = {record.call_id: record for record in house.records.recent(1000)}
    records |= {live.call.id: live.record for live in centre.calls.values()}
    flows = {flow.name: flow for flow in centre.flows.values()}
    groups = {group.name: group.id for group in centre.directory.groups.values()}
    counts: Counter[GroupId] = callers_by_group(records.values(), flows, groups)
    return {name: counts[group] for name, group in groups.items()}


def test_Q12_the_number_of_those_who_came_today_is_that_of_the_records(house: House) -> None:
    """Number equals the count of inbound CDR+live calls of the day for these groups."""
    answered = house.play(caller(*press("1"), TALKING, Wait(2), HangUp()))
    met_nobody = house.play(caller(*press("2")))
    house.call(caller(*press("1"), TALKING, Wait(30), HangUp()))
    house.wait_for(lambda: house.engine.centre.agents[house.agent("8001")].state == "on_call")
    gives_up = house.call(caller(*press("1"), Wait(2), HangUp()))
    house.stage.wait_for_end(gives_up)
    house.wait_for(lambda: any(record.leg == gives_up for record in house.records.recent(10)))
    assert (answered.disposition, met_nobody.disposition) == ("answered", "nobody_signed_in")
    assert entered(house) == counted_anew(house) == {"sales": 3, "service": 1}
    house.settle()
    assert entered(house) == counted_anew(house) == {"sales": 3, "service": 1}
    (sales,) = [each["today"] for each in typed(house, "queue", "list")["queues"] if each["group"] == "sales"]
    assert (sales["answered"], sales["abandoned"], sales["left"]) == (2, {"line": 1}, {})
