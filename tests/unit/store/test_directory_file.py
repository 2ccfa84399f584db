"""Directory files in YAML and CSV: what they say, and every line that is wrong in them (A1)."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.errors import UserMistake
from fs_control.records import Colleague, Strategy
from fs_control.store.directory_fields import length_text, memory_seconds
from fs_control.store.directory_file import LARGEST_FILE, decode_directory_file, parse_directory, parse_sheet
from fs_control.store.directory_plan import (
    AgentEntry,
    DirectoryPlan,
    GroupEntry,
    ItemKind,
    MemberEntry,
    NumberEntry,
    OverflowEntry,
)

DATA = Path(__file__).parents[2] / "data" / "directory"


def plan_of(name: str) -> DirectoryPlan:
    return parse_directory(decode_directory_file((DATA / name).read_bytes()), name)


def members_of(*numbers: str) -> tuple[MemberEntry, ...]:
    return tuple(MemberEntry(number) for number in numbers)


def problems_of(text: str, file: str = "x.yaml") -> list[str]:
    """Give the problems as line:column code."""
    found = parse_directory(text, file).problems
    return [f"{one.place.line}:{one.place.column} {one.code}" for one in sorted(found, key=lambda one: one.place)]


@pytest.mark.parametrize("file", ["centre.yaml", "centre.csv"])
def test_both_forms_say_the_same(file: str) -> None:
    plan = plan_of(file)
    assert plan.problems == ()
    assert plan.enterprise == {"name": "贵阳客服中心", "time_zone": "Asia/Shanghai", "language": "zh"}
    assert plan.all_phones() == {"1001", "1002", "1009"}
    assert list(plan.agents.values()) == [
        AgentEntry("8001", "王芳", "1001"),
        AgentEntry("8002", "李明", "1002"),
        AgentEntry("0803", "on", None),
    ]
    assert list(plan.groups.values()) == [
        GroupEntry("sales", Strategy.LONGEST_IDLE_TIME, 20.0, members_of("8001", "8002")),
        GroupEntry("售后", Strategy.LONGEST_IDLE_TIME, 12.5, members_of("0803", "8001")),
    ]
    assert list(plan.numbers.values()) == [NumberEntry("4001234567", "main", 100), NumberEntry("085186986000")]


@pytest.mark.parametrize(("begins_with", "file"), [("    enterprise:", "x.yaml"), ("    kind,", "x.csv")])
def test_the_examples_of_the_manual_are_read(begins_with: str, file: str) -> None:
    manual = (Path(__file__).parents[3] / "docs" / "directory.md").read_text(encoding="utf-8")
    example = manual[manual.index(begins_with) :].split("\n\n")[0]
    plan = parse_directory(textwrap.dedent(example), file)
    assert plan.problems == ()
    assert plan.groups == {"sales": GroupEntry("sales", members=members_of("8001", "8002"))}
    assert (len(plan.agents), len(plan.numbers), plan.enterprise["language"]) == (2, 1, "zh")


def test_the_manual_names_every_strategy() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "directory.md").read_text(encoding="utf-8")
    assert [strategy for strategy in Strategy if f"| `{strategy}` |" not in manual] == []


def test_a1_every_bad_line_of_a_yaml_file_is_named() -> None:
    text = (DATA / "broken.yaml").read_text(encoding="utf-8")
    assert problems_of(text) == [
        "1:14 key_unknown",
        "1:33 language_unknown",
        "2:16 not_an_extension",
        "2:25 written_twice",
        "5:5 field_missing",
        "6:5 written_twice",
        "7:14 not_an_agent_number",
        "9:29 strategy_unknown",
        "9:49 not_seconds_to_ring",
        "9:70 member_twice",
        "10:5 shape_wrong",
        "12:14 not_a_service_number",
        "12:36 not_a_count_of_calls",
        "12:54 key_twice",
    ]


def test_a1_every_bad_line_of_a_csv_file_is_named() -> None:
    text = (DATA / "broken.csv").read_text(encoding="utf-8")
    assert problems_of(text, "broken.csv") == [
        "1:7 column_unknown",
        "3:1 kind_unknown",
        "4:1 field_missing",
        "5:5 cell_not_used",
        "7:8 cell_without_column",
        "8:2 not_a_service_number",
        "9:1 field_missing",
    ]


@pytest.mark.parametrize(
    ("text", "file", "meant"),
    [
        ("agent: []", "x.yaml", "agents"),
        ("groups: [{name: a, strategy: longest_idle}]", "x.yaml", "longest_idle_time"),
        ("kind,name,maxcalls\n", "x.csv", "max_calls"),
        ("kind,name\ngrop,a\n", "x.csv", "group"),
        ("kind,name,group,agent\ngroup,sales,,\nmember,,sale,8001\n", "x.csv", "sales"),
    ],
)
def test_a_misspelt_word_gets_the_nearest_valid_one(text: str, file: str, meant: str) -> None:
    assert parse_directory(text, file).problems[0].values["nearest"] == meant


NEW_FIELDS = {
    "x.yaml": """
enterprise: {memory_valid: 14d}
groups: [{name: sales, returning_customer: yes, members: [8001, "8002:2"]}]
numbers: [{number: 400, takes_memory: yes, memory_valid: 12h, absent_flow: night}]
""",
    "x.csv": """kind,name,number,memory_valid,returning_customer,takes_memory,absent_flow,group,agent,level
enterprise,,,14d,,,,,,
group,sales,,,yes,,,,,
member,,,,,,,sales,8001,
member,,,,,,,sales,8002,2
number,,400,12h,,Yes,night,,,
""",
}


OVERFLOW = "service:60, night shift:120.5"
COLUMNS = "own_agent_wait,own_agent_ask,announce_every,announce_estimate,max_waiting,overflow,whisper"
LINE = {
    "x.yaml": f"""
groups:
- {{name: sales, colleague: strategy, own_agent_wait: 30, own_agent_ask: yes, announce_every: 45,
   announce_estimate: yes, max_waiting: 9, overflow: ["night shift:120.5", "service:60"], whisper: welcome}}
- {{name: service, overflow: "{OVERFLOW}"}}
""",
    "x.csv": f"""kind,name,colleague,{COLUMNS}
group,sales,strategy,30,yes,45,yes,9,"{OVERFLOW}",welcome
group,service,,,,,,,"{OVERFLOW}",
""",
}


@pytest.mark.parametrize("file", LINE)
def test_how_a_group_treats_those_who_wait_is_read_in_both_forms(file: str) -> None:
    plan = parse_directory(LINE[file], file)
    overflow = (OverflowEntry("service", 60.0), OverflowEntry("night shift", 120.5))
    assert plan.problems == ()
    assert plan.groups["sales"] == GroupEntry(
        "sales",
        colleague=Colleague.STRATEGY,
        own_agent_wait_s=30.0,
        own_agent_ask=True,
        announce_every_s=45.0,
        announce_estimate=True,
        max_waiting=9,
        overflow=overflow,
        whisper="welcome",
    )
    assert plan.groups["service"] == GroupEntry("service", overflow=overflow)


DESKS = {
    "x.yaml": """
enterprise: {wrap_up: 20, starts: on_break}
agents: [{number: 8001, name: a, wrap_up: 12.5, starts: ready}, {number: 8002, name: b, wrap_up: 0}]
groups: [{name: sales, wrap_up: 60}]
""",
    "x.csv": """kind,number,name,wrap_up,starts
enterprise,,,20,on_break
agent,8001,a,12.5,Ready
agent,8002,b,0,
group,,sales,60,
""",
}


@pytest.mark.parametrize("file", DESKS)
def test_A26_how_agents_begin_and_wrap_up_is_read_in_both_forms(file: str) -> None:
    plan = parse_directory(DESKS[file], file)
    assert plan.problems == ()
    assert plan.enterprise == {"wrap_up_s": 20.0, "starts_on_break": True}
    assert plan.agents["8001"] == AgentEntry("8001", "a", None, 12.5, False)
    assert plan.agents["8002"] == AgentEntry("8002", "b", None, 0.0, None)
    assert plan.groups["sales"] == GroupEntry("sales", wrap_up_s=60.0)


def test_A1_every_bad_cell_of_the_new_columns_is_named() -> None:
    sheet = "number,name,wrap_up,starts\n8001,a,soon,\n8002,b,3601,later\n8003,c,30,on_break\n"
    found = parse_sheet(ItemKind.AGENT, sheet, "agents.csv").problems
    assert [(each.place.line, each.code) for each in sorted(found, key=lambda each: each.place)] == [
        (2, "not_seconds"),
        (3, "not_seconds"),
        (3, "start_unknown"),
    ]


@pytest.mark.parametrize("file", NEW_FIELDS)
def test_memory_levels_and_returning_customers_are_read_in_both_forms(file: str) -> None:
    plan = parse_directory(NEW_FIELDS[file], file)
    assert plan.problems == ()
    assert plan.enterprise == {"memory_valid_s": 14 * 86400}
    members = (MemberEntry("8001"), MemberEntry("8002", 2))
    assert plan.groups["sales"] == GroupEntry("sales", members=members, returning_customer=True)
    assert plan.numbers["400"] == NumberEntry("400", None, None, True, 43200, "night")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("groups: [{name: a, members: ['8001:0']}]", "1:30 not_a_level"),
        ("groups: [{name: a, members: ['8001:100']}]", "1:30 not_a_level"),
        ("groups: [{name: a, returning_customer: maybe}]", "1:40 not_yes_or_no"),
        ("numbers: [{number: 4, memory_valid: 30}]", "1:37 not_a_length"),
        ("numbers: [{number: 4, memory_valid: 0s}]", "1:37 not_a_length"),
        ("numbers: [{number: 4, memory_valid: 3651d}]", "1:37 not_a_length"),
    ],
)
def test_a_bad_level_length_or_answer_is_named(text: str, problem: str) -> None:
    assert problems_of(text) == [problem]


@pytest.mark.parametrize(("length", "text"), [(86400, "1d"), (5400, "90m"), (7200, "2h"), (61, "61s"), (172800, "2d")])
def test_a_length_is_written_so_that_it_is_read_again(length: int, text: str) -> None:
    assert length_text(length) == text
    assert memory_seconds(text) == length


def test_a_sheet_of_one_kind_needs_no_column_for_the_kind() -> None:
    plan = parse_sheet(ItemKind.GROUP, "name,members\nsales,8001；8002:2\n", "groups.csv")
    assert plan.groups == {"sales": GroupEntry("sales", members=(MemberEntry("8001"), MemberEntry("8002", 2)))}
    assert parse_sheet(ItemKind.AGENT, "number,name\n8001,a\n8001,b\n", "x.csv").problems[0].code == "written_twice"


def test_words_that_yaml_would_bend_stay_as_written() -> None:
    plan = parse_directory("agents: [{number: 0010, name: 12:30}, {number: 1_0, name: yes}]", "x.yaml")
    assert plan.agents == {"0010": AgentEntry("0010", "12:30")}
    assert [problem.code for problem in plan.problems] == ["not_an_agent_number"]


def test_nothing_behind_a_key_is_nothing() -> None:
    plan = parse_directory('phones:\nagents: [{number: "1", name: "null", phone: ~}]', "x.yaml")
    assert plan.agents == {"1": AgentEntry("1", "null")}
    assert plan.problems == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("agents: [", "2:1 yaml_unreadable"),
        ("agents: [{number: 1\n\tname: x}]", "2:1 yaml_unreadable"),
        ("a: b\nc: \0", "2:4 character_not_allowed"),
        ("agents:\n- name: \ud83d", "2:9 character_not_allowed"),
        ("[" * 100_000, "1:9 nested_too_deep"),
        ("- agents", "1:1 shape_wrong"),
        ("agents: *nobody", "1:9 yaml_unreadable"),
        ("agents: &a [*a]", "1:9 shape_wrong"),
        ("? [x]\n: y", "1:3 key_unknown"),
        ("", "1:1 directory_file_empty"),
        ("agents: []", "1:1 directory_file_empty"),
    ],
)
def test_a_text_that_is_no_directory_is_refused_where_it_goes_wrong(text: str, problem: str) -> None:
    assert problems_of(text) == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('kind,name\nagent,"x', "2:1 csv_unreadable"),
        ("name,number\n", "1:1 column_missing"),
        ("", "1:1 directory_file_empty"),
        ("kind,name\n\n,\n", "1:1 directory_file_empty"),
        ("kind,name,name\ngroup,a,b\n", "1:3 key_twice"),
    ],
)
def test_a_table_that_is_no_directory_is_refused_where_it_goes_wrong(text: str, problem: str) -> None:
    assert problems_of(text, "x.csv") == [problem]


def test_a_place_counts_lines_of_the_file_also_behind_a_cell_of_several_lines() -> None:
    assert problems_of('kind,number,name\nagent,8001,"a\nb"\nagent,x,y\n', "x.csv") == [
        "2:3 not_a_name",
        "4:2 not_an_agent_number",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheets_own_delimiter_is_understood(delimiter: str) -> None:
    text = "Kind,Number,Name\r\nagent,8001,王芳\r\n".replace(",", delimiter)
    assert parse_directory(text, "X.CSV").agents == {"8001": AgentEntry("8001", "王芳")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_files_in_chinese_encodings_are_read(encoding: str) -> None:
    assert decode_directory_file("王芳,客服".encode(encoding)) == "王芳,客服"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xff\xff\xff", "directory_file_not_text"), (b" " * (LARGEST_FILE + 1), "directory_file_too_large")],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UserMistake, match=code):
        decode_directory_file(data)


def test_another_form_of_file_is_refused() -> None:
    with pytest.raises(UserMistake, match="directory_file_form_unknown"):
        parse_directory("", "centre.xlsx")


@pytest.mark.parametrize("phone", ["10 01", "1001@evil", "1001,1002", "{x=y}1001", "1001\n", "1001'", "-1", "x" * 33])
def test_no_extension_can_carry_a_command(phone: str) -> None:
    entry = f"agents:\n- number: 8001\n  name: a\n  phone: {phone!r}\n".replace("'1001\\n'", '"10\\n01"')
    assert [problem.code for problem in parse_directory(entry, "x.yaml").problems] == ["not_an_extension"]


@given(st.text(), st.sampled_from(["x.yaml", "x.csv"]))
def test_any_text_becomes_a_plan_or_problems(text: str, file: str) -> None:
    plan = parse_directory(text, file)
    assert plan.problems or plan.agents or plan.groups or plan.numbers or plan.phones or plan.enterprise


words = st.sampled_from(["agents", "groups", "numbers", "phones", "enterprise", "name", "number", "members", "8001"])
shapes = st.recursive(words | st.none(), lambda inner: st.lists(inner) | st.dictionaries(words, inner), max_leaves=20)


@given(shapes)
def test_any_shape_of_yaml_becomes_a_plan_or_problems(shape: object) -> None:
    plan = parse_directory(json.dumps(shape), "x.yaml")
    assert all(problem.place.line >= 1 and problem.place.column >= 1 for problem in plan.problems)
