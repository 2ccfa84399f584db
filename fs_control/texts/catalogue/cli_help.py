"""What each command and option of the command line is for: `help.<command>` and `option.<name>`."""

from __future__ import annotations

from typing import Final

CLI_HELP: Final = {
    "help": (
        "The call centre on FreeSWITCH: runs it, and shows what happened and why.",
        "基于 FreeSWITCH 的呼叫中心：运行系统，查看发生的一切及其原因。",
    ),
    "help.heading.usage": ("Usage: ", "用法："),
    "help.heading.options": ("Options", "选项"),
    "help.heading.commands": ("Commands", "命令"),
    "help.heading.examples": ("Examples", "示例"),
    "help.run": ("Start the system and keep it up until Ctrl-C.", "启动系统并持续运行，按 Ctrl-C 结束。"),
    "help.demo": (
        "Put calls through the whole system and tell each as a story.",
        "让演示呼叫走完整个系统，并逐个讲述经过。",
    ),
    "help.status": ("Show how a running engine is doing.", "查看正在运行的引擎的状态。"),
    "help.call": ("Look at calls: those that were, and why they went so.", "查看通话记录及其原因。"),
    "help.call.list": ("List the newest calls, newest first.", "列出最近的通话，最新的在前。"),
    "help.call.show": (
        "Tell one call as a story. ID is the beginning of its id.",
        "讲述一个呼叫的经过。ID 为其编号的开头部分。",
    ),
    "help.call.trace": (
        "Show every event of one call with its reasons and the orders that followed, from the journal.",
        "根据事件日志显示一个呼叫的全部事件、原因和随后的命令。",
    ),
    "help.agent.sign-in": ("Let an agent take calls. NUMBER is the agent's.", "让坐席开始接听。NUMBER 为坐席工号。"),
    "help.agent.sign-out": (
        "Let an agent take no more calls; a talk goes on to its end.",
        "让坐席停止接听，进行中的通话不受影响。",
    ),
    "help.agent.ready": (
        "Let an agent take calls: ends a break, and wrap-up at once.",
        "让坐席恢复接听：结束小休，并立即结束话后处理。",
    ),
    "help.directory": ("Numbers, groups, agents and phones.", "服务号码、技能组、坐席和话机。"),
    "help.directory.import": (
        "Take over a directory FILE (.yaml, .csv): all of it, or nothing with every bad line named.",
        "导入目录文件 FILE（.yaml、.csv）：全部导入，或指出每一处错误且不作任何改动。",
    ),
    "help.directory.show": ("Show the directory as it is configured.", "显示当前配置的目录。"),
    "option.help": ("Show this help.", "显示此帮助。"),
    "option.lang": (
        "The language of sentences, zh or en; by default that of the locale.",
        "显示语言：zh 或 en，默认随系统区域设置。",
    ),
    "option.version": ("Show the version.", "显示版本。"),
    "option.json": ("Print JSON for machines.", "输出供程序读取的 JSON。"),
    "option.limit": ("How many to show at most.", "最多显示的条数。"),
    "option.dry_run": ("Only say what would change.", "只显示将会发生的变化，不实际导入。"),
}
