"""A directory file against what is configured already."""

from __future__ import annotations

from fs_control.store.directory_check import differences, reference_problems
from fs_control.store.directory_file import parse_directory
from fs_control.store.directory_plan import (
    AgentEntry,
    Configured,
    EnterpriseEntry,
    FieldChange,
    GroupEntry,
    ImportedItem,
    ItemKind,
    MemberEntry,
    NumberEntry,
)

CONFIGURED = Configured(
    enterprise=EnterpriseEntry("Default", "Asia/Shanghai", "zh", "CN"),
    phones=frozenset({"1001", "1002"}),
    agents={"8001": AgentEntry("8001", "王芳", "1001"), "8002": AgentEntry("8002", "李明", "1002")},
    groups={"sales": GroupEntry("sales", members=(MemberEntry("8001"),))},
    numbers={"400": NumberEntry("400", "main")},
)


def problems_of(text: str) -> list[tuple[int, int, str, object]]:
    found = reference_problems(parse_directory(text, "x.yaml"), CONFIGURED, {"Asia/Shanghai", "UTC"}, {"500"})
    return [(one.place.line, one.place.column, one.code, one.values.get("nearest")) for one in found]


def test_members_may_be_in_the_file_or_configured_earlier() -> None:
    assert problems_of("agents: [{number: 9001, name: a}]\ngroups: [{name: g, members: [8001, 9001]}]") == []


def test_an_unknown_member_is_named_with_the_nearest_agent() -> None:
    assert problems_of("groups: [{name: g, members: [8001, 80011]}]") == [(1, 36, "member_unknown", "8001")]


def test_a_phone_of_two_agents_is_refused_in_one_file() -> None:
    text = "agents:\n- {number: 1, name: a, phone: 1009}\n- {number: 2, name: b, phone: 1009}"
    assert problems_of(text) == [(3, 31, "phone_of_two_agents", None)]


def test_a_phone_of_an_agent_outside_the_file_is_refused() -> None:
    assert problems_of("agents: [{number: 1, name: a, phone: 1001}]") == [(1, 38, "phone_of_two_agents", None)]


def test_agents_may_swap_their_phones() -> None:
    assert problems_of("agents: [{number: 8001, name: a, phone: 1002}, {number: 8002, name: b, phone: 1001}]") == []


def test_a_number_of_another_enterprise_is_refused() -> None:
    assert problems_of("numbers: [{number: 500}]") == [(1, 20, "number_of_other_enterprise", None)]


def test_an_unknown_time_zone_is_named_with_the_nearest() -> None:
    assert problems_of("enterprise: {time_zone: Asia/Shangai}") == [(1, 25, "time_zone_unknown", "Asia/Shanghai")]


def test_differences_say_what_is_new_changed_and_left_alone() -> None:
    plan = parse_directory(
        """
        enterprise: {language: en}
        agents:
        - {number: 8001, name: 王芳, phone: 1001}
        - {number: 8002, name: 李明}
        - {number: 8003, name: 新人, phone: 1003}
        groups: [{name: sales, members: [8003, 8001]}]
        numbers: [{number: 400, flow: main}]
        """,
        "x.yaml",
    )
    result = differences(plan, CONFIGURED)
    assert result.added == (ImportedItem(ItemKind.PHONE, "1003"), ImportedItem(ItemKind.AGENT, "8003"))
    assert result.changed == (
        ImportedItem(ItemKind.ENTERPRISE, "", (FieldChange("language", "zh", "en"),)),
        ImportedItem(ItemKind.AGENT, "8002", (FieldChange("phone", "1002", None),)),
        ImportedItem(
            ItemKind.GROUP,
            "sales",
            (FieldChange("members", (MemberEntry("8001"),), (MemberEntry("8003"), MemberEntry("8001"))),),
        ),
    )
    assert result.unchanged == (
        ImportedItem(ItemKind.PHONE, "1001"),
        ImportedItem(ItemKind.AGENT, "8001"),
        ImportedItem(ItemKind.NUMBER, "400"),
    )
