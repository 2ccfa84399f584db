"""What `run` says to whoever started it."""

from __future__ import annotations

from typing import Final

RUN: Final = {
    "run.database": ("The database is being opened.", "正在打开数据库。"),
    "run.flow_activated": ("Flow {name} is active in its new version.", "流程 {name} 的新版本已生效。"),
    "run.flow_refused": (
        "{place}: {problem} The flow stays as it was.",
        "{place}：{problem} 该流程保持原样。",
    ),
    "run.sample_directory": (
        "The directory was empty, so the demo's agents, groups and numbers are in it now (directory show).",
        "目录为空，已导入演示用的坐席、技能组和号码（directory show 可查看）。",
    ),
    "run.virtual_switch": (
        "The switch is the one in the box: no telephone can reach it, but everything behind it is real. To let somebody"
        " call, type “fs-control box call NUMBER”; the phones of signed-in agents answer. To use your FreeSWITCH set"
        " FREESWITCH_HOST and FREESWITCH_PASSWORD.",
        "当前使用内置交换机：电话无法接入，但其后的一切都是真实的。用“fs-control box call 号码”模拟来电，"
        "已签入坐席的话机会自动应答。如需使用 FreeSWITCH，请设置 FREESWITCH_HOST 和 FREESWITCH_PASSWORD。",
    ),
    "run.freeswitch": ("The switch is the FreeSWITCH at {host}:{port}.", "交换机是 {host}:{port} 上的 FreeSWITCH。"),
    "run.ready": ("Ready: the dialplan hands calls over at {host}:{port}.", "就绪：拨号计划将来电交到 {host}:{port}。"),
    "run.talk_to_it": (
        "The other commands (status, live, agent, call ...) are for another terminal; they reach it through {socket}."
        " Ctrl-C ends it.",
        "其他命令（status、live、agent、call 等）请在另一个终端中执行，通过 {socket} 与其通信。按 Ctrl-C 结束。",
    ),
    "run.stopping": (
        "Stopping: no new calls; {calls} in progress may finish first.",
        "正在停止：不再接受新来电；正在进行的 {calls} 通可先结束。",
    ),
    "run.failed": (
        "{what} has failed, so the process ends. The log says why.",
        "{what} 出现故障，进程结束。原因见日志。",
    ),
}
