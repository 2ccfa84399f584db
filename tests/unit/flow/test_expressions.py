"""Conditions of flows: what they may say, and what they may never cost."""

from __future__ import annotations

import pytest

from fs_control.errors import UserMistake
from fs_control.flow import Value
from fs_control.flow.expressions import MAX_LENGTH, ExpressionMistake, evaluate, parse

VARIABLES: dict[str, Value] = {"x": 2, "word": "yes", "余额": 5}
FACTS: dict[str, Value] = {"customer.vip": 5, "caller.number": "13800138000", "customer.known": True}


def value_of(text: str) -> object:
    return evaluate(parse(text), VARIABLES, FACTS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("customer.vip >= 5 and caller.number in ['13800138000', '1']", True),
        ("customer.known == true", True),
        ("x + 1", 3),
        ("7 % 4", 3),
        ("余额 > 3", True),
        ("'big' if 1 < x < 3 else 'small'", "big"),
        ("starts_with(caller.number, '138') and length(word) == 3", True),
        ("number('12') + 0.5", 12.5),
        (" x", 2),
        ("x > 1\nand word == 'a && b # c'\n", False),
    ],
)
def test_conditions_are_computed_from_facts_and_variables(text: str, value: object) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("9**9", "flow_expression_not_allowed", 0),
        ("x + lambda: 1", "flow_expression_unreadable", 4),
        ("f'{x}'", "flow_expression_not_allowed", 0),
        ("customer.__class__", "flow_unknown_fact", 0),
        ("1 + word.upper", "flow_unknown_fact", 4),
        ("word.upper()", "flow_unknown_function", 0),
        ("x == open('/etc/passwd')", "flow_unknown_function", 5),
        ("[y for y in [1]]", "flow_expression_not_allowed", 0),
        ("x ==", "flow_expression_unreadable", 4),
        ("x > 1 && x < 3", "flow_expression_sign", 6),
        ("!customer.known", "flow_expression_sign", 0),
        ("x > 1 或者 x < 0", "flow_expression_sign", 6),
        ("word == '&&' and x = 1", "flow_expression_one_equals", 19),
        ("x > 1 # and x < 3", "flow_expression_not_allowed", 6),
        ("text(customer)", "flow_expression_not_allowed", 5),
        ("caller.number == 13800138000", "flow_compared_text", 17),
        ("call.time > 18 or 1 < call.date", "flow_compared_text", 12),
        ("caller.number in ['1', 2]", "flow_compared_text", 23),
        ("customer.vip >= '5'", "flow_compared_number", 16),
        ("'yes' == customer.known", "flow_compared_number", 0),
        ("x == number", "flow_expression_not_allowed", 5),
        ("０800", "flow_expression_unreadable", 0),
        ("+".join("1" * 200), "flow_expression_too_large", 0),
        ("customer.owner == 8001", "flow_compared_text", 18),
        ("call.time > 12", "flow_compared_text", 12),
        ("x and '5' <= customer.vip", "flow_compared_number", 6),
        ("caller.number in ['1', 13800138000]", "flow_compared_text", 23),
        ("length(word) == '3'", "flow_compared_number", 16),
        ("customer.vip => 5", "flow_expression_sign", 13),
        ("x > 1 && customer.known", "flow_expression_sign", 6),
        ("customer.vip = 5", "flow_expression_one_equals", 13),
        ("x" * (MAX_LENGTH + 1), "flow_expression_too_long", 0),
    ],
)
def test_what_is_not_allowed_is_refused_when_the_flow_is_read(text: str, code: str, column: int) -> None:
    with pytest.raises(ExpressionMistake) as caught:
        parse(text)
    assert (caught.value.code, caught.value.column) == (code, column)


@pytest.mark.parametrize(
    "text",
    [
        *('"%1000000000d" % 1', '"a" * 100000000', "[0] * 100000000", "length(text([[1] * 9999] * 9999))"),
        *("[[1] * 9999] * 9999 == [[1] * 9999] * 9999", "1 / 0", "word + 1", "y"),
    ],
)
def test_what_cannot_be_computed_or_would_grow_is_a_mistake_and_no_value(text: str) -> None:
    with pytest.raises(UserMistake, match="flow_expression_failed"):
        value_of(text)


def test_an_expression_knows_what_it_needs() -> None:
    expression = parse("customer.vip > limit and number(digits) != true")
    assert [name for name, _ in expression.facts] == ["customer.vip"]
    assert sorted(expression.variables) == [("digits", 32), ("limit", 15)]
