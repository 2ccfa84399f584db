"""Sentences that tell a call as a story, one line for each thing that happened.

`seconds` is a length, rounded as it is to be read; `result`, `by`, `rule` and `reason` are words of this catalogue.
"""

from __future__ import annotations

from typing import Final

STORIES: Final = {
    "story.arrived": ("{caller} called {number}.", "{caller} 拨打 {number}。"),
    "story.arrived_with_name": ("{caller} ({name}) called {number}.", "{caller}（{name}）拨打 {number}。"),
    "story.turned_away": ("The call was not taken: {reason}.", "来电未接入：{reason}。"),
    "story.joined_line": ("Joined the line for {group}.", "进入 {group} 排队。"),
    "story.waited": ("Waited {seconds} s in line.", "排队 {seconds} 秒。"),
    "story.offered": ("{agent} was chosen: {rule}.", "选中 {agent}：{rule}。"),
    "story.passed_over": ("{agent} was not chosen: {reason}.", "未选 {agent}：{reason}。"),
    "story.rang": (
        "The phone {phone} of {agent} rang for {seconds} s; {agent} {result}.",
        "{agent} 的话机 {phone} 振铃 {seconds} 秒：{result}。",
    ),
    "story.talked": ("Talked with {agent} for {seconds} s.", "与 {agent} 通话 {seconds} 秒。"),
    "story.ended": ("The call ended after {seconds} s, ended by {by}.", "通话历时 {seconds} 秒，由{by}结束。"),
    "story.result": ("Result: {result}.", "结果：{result}。"),
    # What happened in the flow (records.FlowStep: its kind, and its detail as `detail`).
    "step.heard": ("Heard “{detail}”.", "听到提示音“{detail}”。"),
    "step.not_heard": ("“{detail}” was cut short or could not be played.", "提示音“{detail}”被打断或未能播放。"),
    "step.pressed": ("Pressed {detail}.", "按键 {detail}。"),
    "step.wrong_key": ("Pressed {detail}, which the menu does not offer.", "按键 {detail}，菜单中没有此选项。"),
    "step.no_key": ("Pressed no key.", "没有按键。"),
    "step.exit": ("Left the step “{step}” by its exit “{detail}”.", "从步骤“{step}”的出口“{detail}”离开。"),
    "step.priority": ("Got the priority {detail}.", "优先级提高到 {detail}。"),
    "step.ended": (
        "The flow ended the call in the step “{step}” ({detail}).",
        "流程在步骤“{step}”结束通话（{detail}）。",
    ),
}
