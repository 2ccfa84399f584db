"""Flows in Chinese: every word has a Chinese one, and means the same."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from fs_control.flow import NODE_TYPES, Flow, FlowProblems, parse_flow
from fs_control.flow.definition import DefaultPrompts
from fs_control.flow.nodes.base import Part
from fs_control.flow.nodes.branch import Case
from fs_control.flow.nodes.retry import Retry
from fs_control.flow.source import Data, Path, read_source
from fs_control.flow.words_zh import KEYS, SWITCHES, WORDS, chinese_key, chinese_word, is_own_name
from tests.unit.flow.knowing import problems_of, reading_of
from tests.unit.flow.playing import ROOT
from tests.unit.flow.test_flow_whole_language import WHOLE

BLOCKS: tuple[type[Part], ...] = (Flow, DefaultPrompts, Retry, Case, *NODE_TYPES.values())
SHIPPED = sorted((ROOT / "ivr_flows").glob("*.yaml"))
SMALL = """流程: f
语言: 中文
开始: 问候
步骤:
  问候: {动作: 播放, 提示音: welcome, 下一步: 菜单}
  菜单:
    动作: 菜单
    提示音: main-menu
    按键: {1: 排队, 2: 挂机}
    按错: {提示音: wrong-key, 下一步: 挂机}
    未按键: {下一步: 挂机}
  排队: {动作: 排队, 技能组: sales, 无人签入: 挂机}
  挂机: {动作: 挂机}
"""


def keys_of(block: type[Part]) -> list[str]:
    return [field.alias or name for name, field in block.model_fields.items()]


def in_chinese(data: Data, path: Path = ()) -> str:
    """Write data as YAML that is all in braces, with every word that has a Chinese one in Chinese."""
    if isinstance(data, dict):
        own = is_own_name(path)
        pairs = (
            f"{json.dumps(key if own else chinese_key(key), ensure_ascii=False)}: {in_chinese(value, (*path, key))}"
            for key, value in data.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(in_chinese(item, (*path, str(number))) for number, item in enumerate(data)) + "]"
    if isinstance(data, bool) and path[-1] in SWITCHES and not is_own_name(path[:-1]):
        return "是" if data else "否"
    if isinstance(data, str) and not is_own_name(path[:-1]):
        data = chinese_word(path[-1], data)
    return json.dumps(data, ensure_ascii=False)


def read(text: str) -> Flow:
    return parse_flow(text, filename="x", groups=None, prompts=None)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.__name__)
def test_every_key_has_a_chinese_word_and_none_means_two_things(block: type[Part]) -> None:
    words = [word for key in keys_of(block) for word in KEYS[key]]
    assert all(KEYS[key] for key in keys_of(block))
    assert len(words) == len(set(words))


def test_no_word_is_left_over_and_none_stands_for_two_keys() -> None:
    assert set(KEYS) == {key for block in BLOCKS for key in keys_of(block)}
    counted = Counter(word for words in KEYS.values() for word in words)
    assert [word for word, times in counted.items() if times > 1 or word in KEYS] == []


def test_every_kind_of_step_has_a_chinese_word_of_its_own() -> None:
    assert set(WORDS["do"]) == set(NODE_TYPES)
    for words in WORDS.values():
        counted = Counter(word for chinese in words.values() for word in chinese)
        assert [word for word, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("text", [WHOLE, *(path.read_text(encoding="utf-8") for path in SHIPPED)])
def test_a_flow_translated_word_by_word_is_the_same_flow(text: str) -> None:
    translated = in_chinese(read_source(text, "x").data)
    assert "prompt" not in translated.replace('"prompts"', "").partition("步骤")[0]
    assert read(translated) == read(text)


def test_names_of_the_author_stay_what_they_are() -> None:
    flow = reading_of(SMALL).flow
    assert flow is not None
    assert (flow.start, list(flow.steps)) == ("问候", ["问候", "菜单", "排队", "挂机"])
    assert flow.steps["菜单"].exits()["1"] == "排队"


def test_variables_and_what_is_sent_stay_what_they_are() -> None:
    text = SMALL.replace(
        "  挂机: {动作: 挂机}",
        "  挂机: {动作: 设置, 变量: {语言: 中文, 动作: 播放}, 下一步: 请求}\n"
        "  请求: {动作: 请求, 网址: 'https://a.example/', 方法: POST, 正文: {语言: 中文}, 下一步: 完, 失败: 完}\n"
        "  完: {动作: 挂机}",
    )
    source = read_source(text, "x")
    assert source.value_at(("steps", "挂机", "values")) == {"语言": "中文", "动作": "播放"}
    assert source.value_at(("steps", "请求", "body")) == {"语言": "中文"}


def test_both_languages_may_stand_in_one_flow_and_one_key_in_both_is_written_twice() -> None:
    assert problems_of(SMALL.replace("流程: f", "flow: f")) == []
    assert problems_of(SMALL.replace("流程: f\n", "流程: f\nflow: g\n")) == ["2:1 flow_key_twice key=flow line=1"]


def test_a_mistake_quotes_the_key_as_it_was_written() -> None:
    assert problems_of(SMALL.replace("技能组: sales, ", "")) == ["12:3 flow_key_missing key=技能组"]
    assert problems_of(SMALL.replace("技能组", "技能族")) == ["12:16 flow_unknown_key key=技能族 nearest=技能组"]
    assert problems_of(SMALL.replace("动作: 排队", "动作: 排对")) == ["12:12 flow_unknown_do name=排对 nearest=排队"]
    with pytest.raises(FlowProblems):
        read(SMALL.replace("语言: 中文", "语言: 法文"))
