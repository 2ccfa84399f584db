"""What the command line itself says: table headings, and why it found nothing or could not ask."""

from __future__ import annotations

from typing import Final

COMMAND_LINE: Final = {
    "heading.call": ("call", "呼叫"),
    "heading.started": ("started", "开始时间"),
    "heading.caller": ("caller", "主叫"),
    "heading.number": ("number", "被叫"),
    "heading.group": ("group", "技能组"),
    "heading.agent": ("agent", "坐席"),
    "heading.length": ("length", "时长"),
    "heading.ended_by": ("ended by", "结束方"),
    "heading.result": ("result", "结果"),
    "heading.what": ("what", "内容"),
    "heading.cause": ("cause", "原因"),
    "did_you_mean": ("Did you mean “{suggestion}”?", "您是否想输入“{suggestion}”？"),
    "no_calls": ("There are no calls yet.", "还没有通话记录。"),
    "call_not_found": (
        "There is no call whose id begins with {prefix}. “fs-control call list” shows the newest.",
        "没有以 {prefix} 开头的呼叫。可用“fs-control call list”查看最近的呼叫。",
    ),
    "call_ambiguous": (
        "{count} calls have an id that begins with {prefix}; give more of it. They are: {calls}.",
        "有 {count} 个呼叫以 {prefix} 开头，请输入更长的编号。它们是：{calls}。",
    ),
    "engine_not_running": (
        "No engine is listening at {path}. Start it with “make run”.",
        "{path} 上没有正在运行的引擎。请用“make run”启动。",
    ),
}
