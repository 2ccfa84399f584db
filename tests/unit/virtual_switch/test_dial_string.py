"""Reading dial strings and arguments as switch_separate_string does."""

from __future__ import annotations

import pytest

from fs_control.virtual_switch.dial_string import DialString, parse_dial, separate, split_scope, split_user


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a b  c", ["a", "b", "c"]),
        ("{n='Eve A',x=1}user/1 &park()", ["{n=Eve A,x=1}user/1", "&park()"]),
        (r"a\sb c", ["a b", "c"]),
        ("it's", ["it's"]),
        ("", []),
    ],
)
def test_splits_at_spaces_outside_of_quotes(text: str, parts: list[str]) -> None:
    assert separate(text, " ") == parts


def test_reads_the_variables_before_an_endpoint() -> None:
    dial = parse_dial(r"{a=1,zh=张三\,李四}[b=x=y,a=2]user/1001@127.0.0.1")
    assert dict(dial.variables) == {"a": "1", "zh": "张三,李四"}
    assert dial.rounds == ((DialString((("b", "x=y"), ("a", "2")), "user", "1001@127.0.0.1"),),)


def test_a_comma_rings_together_and_a_bar_one_after_the_other() -> None:
    rounds = parse_dial("[a=1,b=2]user/1,sofia/internal/2@h:1 | error/user_busy").rounds
    assert [[leg.kind for leg in legs] for legs in rounds] == [["user", "sofia"], ["error"]]
    assert rounds[0][0].variables == (("a", "1"), ("b", "2"))


def test_reads_the_variables_of_one_application() -> None:
    assert split_scope("%[a=1,b=2]local_stream://moh") == ([("a", "1"), ("b", "2")], "local_stream://moh")
    assert split_scope("%;[a=1,2;b=3]x") == ([("a", "1,2"), ("b", "3")], "x")
    assert split_scope("%(500,0,440)") == ([], "%(500,0,440)")


def test_reads_variables_with_a_separator_of_their_own() -> None:
    assert parse_dial("{^^;a=1,2;b=3}user/1").variables == (("a", "1,2"), ("b", "3"))


def test_a_brace_that_is_never_closed_leads_nowhere() -> None:
    assert parse_dial("{a=1user").rounds[0][0].kind == "{a=1user"


def test_a_user_may_come_without_a_domain() -> None:
    assert split_user("1001") == ("1001", "")
