"""What can go wrong with the switch in the box and those who direct it."""

from __future__ import annotations

from typing import Final

BOX: Final = {
    "virtual_switch_not_started": (
        "The virtual switch did not start (exit code {exit_code}).",
        "虚拟交换机未能启动（退出码 {exit_code}）。",
    ),
    "stage_not_json": ("The stage's request is not JSON: {detail}.", "舞台请求不是有效的 JSON：{detail}。"),
    "stage_unknown_operation": (
        "There is no such operation; there are: {operations}.",
        "没有该操作，可用的有：{operations}。",
    ),
    "stage_line_too_long": ("The stage's request is longer than {limit} bytes.", "舞台请求超过 {limit} 字节。"),
    "stage_bad_value": ("{name} cannot be {value}.", "{name} 不能是 {value}。"),
    "stage_unknown_phone": ("The virtual switch has no phone {number}.", "虚拟交换机中没有话机 {number}。"),
    "stage_unknown_call": ("No call {call} was placed.", "没有呼叫 {call}。"),
    "stage_still_running": ("Call {call} was not over after {seconds} s.", "呼叫 {call} 在 {seconds} 秒后仍未结束。"),
    "stage_gone": ("The virtual switch does not answer: {detail}.", "虚拟交换机无响应：{detail}。"),
}
