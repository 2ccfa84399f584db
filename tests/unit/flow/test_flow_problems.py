"""What is wrong with a text is said all at once, each at its place."""

from __future__ import annotations

import pytest

from fs_control.flow import FlowProblems, parse_flow
from fs_control.flow.problems import MAX_PROBLEMS
from fs_control.flow.source import MAX_CHARACTERS
from tests.unit.flow.playing import problems_of, read

HEAD = "flow: f\nlanguage: zh\nstart: a\nsteps:\n"
END = "  end: {do: hangup}\n"
PLAY = HEAD + "  a: {do: play, prompt: %s, next: end}\n" + END
MENU = HEAD + "  a: {do: menu, prompt: main-menu, %s}\n" + END
KEYS = "keys: {1: end}, wrong_key: {next: end}, no_key: {next: end}"
PRIORITY = HEAD + "  a: {do: priority, level: %s, next: end}\n" + END
QUEUE = HEAD + "  a: {do: queue, group: sales, nobody_signed_in: end%s}\n" + END


def test_every_problem_comes_at_once_and_in_the_order_of_the_text() -> None:
    text = """flow: main
language: fr
start: wellcome
steps:
  welcome:
    do: play
    prompt: welcom
    nxt: choose
  welcome:
    do: hangup
  choose:
    do: dance
  over:
    do: hangpu
"""
    assert problems_of(text) == [
        "2:11 flow_not_one_of value=fr expected=zh, en",
        "3:8 flow_unknown_step name=wellcome nearest=welcome",
        "7:13 flow_unknown_prompt name=welcom nearest=welcome",
        "8:5 flow_unknown_key key=nxt nearest=next",
        "9:3 flow_key_twice key=welcome line=5",
        "12:9 flow_unknown_do name=dance",
        "14:9 flow_unknown_do name=hangpu nearest=hangup",
    ]


def test_a_problem_names_its_file_and_its_path() -> None:
    with pytest.raises(FlowProblems) as caught:
        parse_flow(PLAY % "hello", filename="ivr_flows/x.yaml", groups=[], prompts=["welcome"])
    assert caught.value.values == {"file": "ivr_flows/x.yaml", "count": 1}
    (problem,) = caught.value.problems
    assert (problem.file, problem.path) == ("ivr_flows/x.yaml", "steps.a.prompt")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1 flow_empty"),
        ("# nothing but a remark\n", "1:1 flow_empty"),
        ("- a\n", "1:1 flow_list_not_block value=[a]"),
        ("a: [1\n", "1:4 flow_bracket_not_closed line=1"),
        ("a: b\n---\nc: d\n", "2:1 flow_two_documents"),
        ("a:\n\tb: c\n", "2:1 flow_tab"),
        ("a: b\x07\n", "1:5 flow_bad_character character=U+0007"),
        ("a: \ud800\n", "1:4 flow_bad_character character=U+D800"),
        ("a: &x b\n", "1:4 flow_alias name=x"),
        ("a: *x\n", "1:4 flow_alias name=x"),
        ("a: &\n", "1:4 flow_alias name="),
        ("a: !!python/object:os.system x\n", "1:4 flow_tag tag=tag:yaml.org,2002:python/object:os.system"),
        ("[" * 50_000, "1:21 flow_too_deep limit=20"),
        ("#" * (MAX_CHARACTERS + 1), f"1:1 flow_too_long limit={MAX_CHARACTERS}"),
    ],
)
def test_what_is_no_flow_yaml_is_refused_at_its_place(text: str, problem: str) -> None:
    (found,) = problems_of(text)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (PLAY % "§[welcome]", "flow_not_text value=[welcome]"),
        (PLAY % "welcome, §colour: red", "flow_unknown_key key=colour"),
        (PLAY % "§5", "flow_unknown_prompt name=5"),
        (MENU % KEYS.replace("1:", "§12:"), "flow_bad_key value=12"),
        (MENU % KEYS.replace("{1: end}", "§{}"), "flow_nothing_in_it value={}"),
        (MENU % KEYS.replace("no_key: {next: end}", "no_key: §end"), "flow_not_block value=end"),
        (MENU % KEYS.replace("no_key: {", "no_key: {§promt: no-key, "), "flow_unknown_key key=promt nearest=prompt"),
        (MENU % (KEYS + ", §menu: 1"), "flow_unknown_key key=menu"),
        (MENU % (KEYS + ", tries: §2.5"), "flow_not_whole_number value=2.5"),
        (MENU % (KEYS + ", tries: §11"), "flow_number_too_large limit=10"),
        (MENU % (KEYS + ", timeout: §soon"), "flow_not_number value=soon"),
        (MENU % (KEYS + ", timeout: §0.5"), "flow_number_too_small limit=1"),
        (QUEUE.replace("a:", "§a:") % ", wait_at_most: 60", "flow_key_missing key=waited_too_long"),
        (QUEUE % ", §waited_too_long: end", "flow_exit_never_taken exit=waited_too_long"),
        (QUEUE % ", keys: {§10: end}", "flow_bad_key value=10"),
        (QUEUE % ", keys: §{}", "flow_nothing_in_it value={}"),
        (QUEUE % ", keys: {1: §sorry}", "flow_unknown_step name=sorry"),
        (PRIORITY % "§0", "flow_number_too_small limit=1"),
        (PRIORITY % "§10", "flow_number_too_large limit=9"),
        (HEAD + "  §a: {do: queue, group: sales}\n", "flow_key_missing key=nobody_signed_in"),
        (HEAD + "  a: {do: hangup, reason: §'x\n\n    y'}\n", "flow_bad_reason value=x y"),
        (HEAD + "  §a: {reason: x}\n", "flow_key_missing key=do"),
        (HEAD + "  a: {do: §[hangup]}\n", "flow_not_text value=[hangup]"),
        (HEAD + "  a:§\n", "flow_value_missing key=a"),
        (HEAD + "  a: {do: hangup}\n  §b c: {do: hangup}\n", "flow_bad_word value=b c"),
        (HEAD + "  再见: {do: play, prompt: welcome, next: a, §好: 1}\n  a: {do: hangup}\n", "flow_unknown_key key=好"),
    ],
)
def test_a_wrong_key_or_value_is_told_where_it_stands(text: str, problem: str) -> None:
    before, _, after = text.partition("§")
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert problems_of(before + after) == [f"{line}:{column} {problem}"]


def test_steps_that_nothing_leads_to_are_problems() -> None:
    text = (PLAY % "welcome") + "  lost: {do: play, prompt: welcome, next: end}\n"
    assert problems_of(text) == ["7:3 flow_step_unreached step=lost"]


def test_lines_that_send_callers_to_each_other_when_nobody_serves_them_are_a_circle() -> None:
    text = HEAD + (
        "  a: {do: queue, group: sales, nobody_signed_in: b}\n"
        "  b: {do: queue, group: service, nobody_signed_in: c}\n"
        "  c: {do: queue, group: sales, nobody_signed_in: a}\n"
    )
    (problem,) = problems_of(text)
    assert problem.partition("steps=")[2] in ("a -> b -> c -> a", "b -> c -> a -> b", "c -> a -> b -> c")


def test_a_circle_through_a_full_line_or_a_priority_takes_no_time_either() -> None:
    text = HEAD + (
        "  a: {do: queue, group: sales, nobody_signed_in: c, line_full: b}\n"
        "  b: {do: priority, level: 1, next: a}\n"
        "  c: {do: hangup}\n"
    )
    (problem,) = problems_of(text)
    assert problem.partition("steps=")[2] in ("a -> b -> a", "b -> a -> b")


def test_a_circle_in_which_the_caller_hears_something_is_no_problem() -> None:
    read(HEAD + "  a: {do: play, prompt: welcome, next: a}\n")


def test_a_hostile_text_gives_no_more_problems_than_a_person_reads() -> None:
    steps = "".join(f"  s{number}: {{do: dance}}\n" for number in range(MAX_PROBLEMS + 50))
    assert len(problems_of(HEAD + steps)) == MAX_PROBLEMS
