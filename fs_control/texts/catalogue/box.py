"""The switch in the box: what can go wrong with it, and what the command `box` says."""

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
    # The command `box`.
    "help.box": (
        "Callers and phones for the switch in the box, to try things out.",
        "内置交换机上的模拟来电和话机，用于试用。",
    ),
    "help.box.call": (
        "Let somebody dial NUMBER. The caller hangs up by themselves.",
        "模拟一通拨打 NUMBER 的来电，主叫会自行挂断。",
    ),
    "help.box.phone": (
        "Register the phone EXTENSION and say what it does with calls from now on.",
        "注册话机 EXTENSION，并设定其此后如何处理来电。",
    ),
    "option.caller": ("The number from which the caller dials.", "主叫号码。"),
    "option.keys": (
        "Keys to press once a prompt has begun, main-menu unless another is named, as in say-:1 for the next sentence"
        " of the flow's own; may be given several times.",
        "提示音开始后按下的键，未指明时为 main-menu；流程中的语句写作 say-:1；可多次给出。",
    ),
    "option.speak_s": (
        "Leave a message of that length at the next tone.",
        "在下一次留言提示音后讲话的时长（秒）。",
    ),
    "option.talk_s": ("How long to talk with the agent.", "与坐席通话的时长（秒）。"),
    "option.wait_s": (
        "Hang up so long after the answer, or after the last key, whatever is going on.",
        "应答或最后一次按键后经过该时长即挂断，不论进行到哪一步（秒）。",
    ),
    "option.reaction": ("What the phone does when it is rung.", "话机振铃时的反应。"),
    "option.after_s": ("How long it rings before it is answered.", "应答前的振铃时长（秒）。"),
    "option.unplugged": ("Take its registration away instead.", "改为取消其注册。"),
    "box_called": (
        "{caller} is calling {number}. “fs-control live” shows what is going on, “fs-control call list” the call when"
        " it is over.",
        "{caller} 正在拨打 {number}。“fs-control live”显示现场情况，通话结束后可用“fs-control call list”查看。",
    ),
    "box_phone_set": ("The phone {extension} is registered.", "话机 {extension} 已注册。"),
    "box_phone_gone": ("The phone {extension} is not registered any more.", "话机 {extension} 已取消注册。"),
    "box_not_running": (
        "No engine with the switch in the box is running here. Start one by “fs-control run” without FREESWITCH_HOST.",
        "此处没有使用内置交换机的引擎在运行。请在不设置 FREESWITCH_HOST 的情况下执行“fs-control run”。",
    ),
}
