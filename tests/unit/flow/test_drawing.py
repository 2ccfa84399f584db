"""Pictures of flows: nothing lies on anything else, nothing that an admin wrote gets out of its place."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest

from fs_control.flow import Flow
from fs_control.flow.drawing import graph_of, mermaid, svg, tree
from fs_control.flow.drawing.layers import arrows_back, rows
from fs_control.flow.drawing.net import Kind, net_of
from fs_control.flow.drawing.order import ordered
from fs_control.flow.drawing.places import places
from fs_control.flow.drawing.text_sizes import text_width, wrapped
from fs_control.flow.source import read_source
from fs_control.testing.random_flows import flow_of, good_flows, wild_flows
from fs_control.texts import sentence

TEXT = """
flow: main
language: zh
start: greet
on_error: sorry
steps:
  greet: {do: play, prompt: welcome, next: 选择}
  选择:
    do: menu
    say: "销售请按1，服务请按2。"
    keys: {1: sales, "*": greet, "#": 选择}
    wrong_key: {next: sorry}
    no_key: {next: sorry}
  sales: {do: queue, group: sales, nobody_signed_in: sorry}
  sorry: {do: play, prompt: goodbye, next: end}
  end: {do: hangup}
"""
HOSTILE = """<script>alert("x")</script> & `"]; click s1 "javascript:1" %%{init}%% \x1b[31m"""


def say(code: str, language: str = "en") -> str:
    return sentence(code, {}, language)


def graph(text: str = TEXT):
    return graph_of(Flow.model_validate(read_source(text, "").data), say)


def big(seed: int, pieces: int):
    return graph_of(flow_of(good_flows(Random(seed), pieces)["main"]), say)


def test_a_tree_tells_each_step_once_and_names_those_that_it_leads_back_to() -> None:
    assert tree(graph()).splitlines() == [
        "Flow main",
        "a call → greet [play: welcome]",
        "选择 [menu: 销售请按1，服务请按2。]",
        "├─ 1 → sales [queue: sales]",
        "│  └─ nobody signed in, line full → sorry [play: goodbye]",
        "│     end [hang up: finished]",
        "├─ * → ↑ greet",
        "├─ # → ↑ 选择",
        "└─ wrong key, no key → ↑ sorry",
        "a step is broken → ↑ sorry",
    ]


def test_mermaid_has_a_line_for_each_step_and_each_pair_of_steps() -> None:
    lines = [line.strip() for line in mermaid(graph()).splitlines()]
    assert lines[0] == "flowchart TD"
    assert 'e1(("a call")) --> s1' in lines
    assert 's2{{"选择<br/>menu<br/>销售请按1，服务请按2。"}}' in lines
    assert 's2 -.->|"#42;"| s1' in lines
    assert 's2 -->|"wrong key, no key"| s4' in lines


@pytest.mark.parametrize("seed", range(20))
def test_every_arrow_leads_down_but_for_those_that_lead_back(seed: int) -> None:
    drawn = graph_of(flow_of(wild_flows(Random(seed))["main"]), say)
    back = arrows_back(drawn)
    row_of = rows(drawn, back)
    for arrow in drawn.arrows:
        assert (arrow.source, arrow.target) in back or row_of[arrow.source] < row_of[arrow.target]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("pieces", [2, 10, 40])
def test_boxes_and_labels_do_not_overlap(seed: int, pieces: int) -> None:
    net = net_of(big(seed, pieces))
    placed = ordered(net)
    middles = places(net, placed)
    for row in placed:
        for left, right in pairwise(row):
            room = middles[right] - middles[left] - (net.vertices[left].width + net.vertices[right].width) / 2
            assert room > 0, (net.vertices[left].lines, net.vertices[right].lines)


def test_no_line_passes_a_row_but_through_a_place_of_its_own() -> None:
    net = net_of(big(3, 30))
    for upper, lower in net.links:
        assert net.vertices[lower].row == net.vertices[upper].row + 1
    assert any(vertex.kind is Kind.POINT for vertex in net.vertices)


def test_texts_fit_into_their_boxes() -> None:
    for vertex in net_of(big(5, 30)).vertices:
        if vertex.kind is Kind.BOX:
            assert all(text_width(line, 12) < vertex.body for line in vertex.lines)


def test_what_an_admin_writes_stays_text_in_every_format() -> None:
    steps = {
        "s": {"do": "say", "text": HOSTILE.replace("{", "(").replace("}", ")"), "next": "e"},
        "e": {"do": "hangup"},
    }
    hostile = graph_of(flow_of({"flow": "main", "language": "en", "start": "s", "steps": steps}), say)
    picture = ElementTree.fromstring(svg(hostile))
    tags = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert tags == {"svg", "title", "style", "rect", "text", "g", "path"}
    assert "\x1b" not in svg(hostile) + mermaid(hostile) + tree(hostile)
    labels = [line.partition('"')[2].rpartition('"')[0] for line in mermaid(hostile).splitlines()[1:]]
    assert all(re.fullmatch(r"(?:[\w ,.:=?!/+-]|#\d+;|<br/>)*", label) for label in labels)


def test_an_svg_is_whole_by_itself() -> None:
    picture = svg(graph())
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in picture
    assert "prefers-color-scheme: dark" in picture


def test_the_largest_flow_is_drawn() -> None:
    steps: dict[str, Any] = {"s499": {"do": "hangup"}}
    for number in range(499):
        after, back = f"s{number + 1}", f"s{number // 2}"
        steps[f"s{number}"] = {"do": "queue", "group": "sales", "nobody_signed_in": after, "keys": {"*": back}}
        steps[f"s{number}"] |= {"served": f"s{min(499, number + 40)}"}
    drawn = graph_of(flow_of({"flow": "main", "language": "en", "start": "s0", "steps": steps}), say)
    assert svg(drawn).count('<rect class="box') == len(drawn.boxes) == 500


def test_chinese_is_as_wide_as_it_is_high_and_breaks_anywhere() -> None:
    assert text_width("中文", 10) == pytest.approx(20.4)
    assert wrapped("欢迎致电我们公司", 10, 45, 3) == ["欢迎致电", "我们公司"]
    assert wrapped("欢迎致电我们公司请稍候", 10, 45, 2)[-1].endswith("…")


def test_no_line_begins_with_a_full_stop() -> None:
    assert wrapped("欢迎致电。", 10, 42, 2) == ["欢迎致", "电。"]
