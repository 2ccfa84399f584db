"""What is said of flows that are tried without a telephone: `flow try` and `flow test`."""

from __future__ import annotations

from typing import Final

TRYING: Final = {
    "help.flow.try": (
        "Let somebody call a flow without a telephone, and tell what happens. FLOW is a file, or the name of an "
        "active flow.",
        "不用电话，模拟一次来电走完流程并讲述经过。FLOW 为文件，或已启用流程的名称。",
    ),
    "help.flow.test": (
        "Play the cases written beside flows and compare what they come to. FILES are flows, files of cases or "
        "folders; without any, all in the folder of the flows.",
        "运行流程旁边的测试用例并比较结果。FILES 可以是流程、用例文件或文件夹，不写则为流程文件夹中的全部。",
    ),
    "option.try_from": ("The caller's number.", "主叫号码。"),
    "option.try_at": (
        "When the call comes, as 2026-05-01 10:00 in the enterprise's time zone; otherwise now.",
        "来电时间，如 2026-05-01 10:00，按企业时区；默认为现在。",
    ),
    "option.try_keys": (
        "What the caller answers, question by question, as 1,138#,wait,hangup; >1 is pressed during a sentence.",
        "主叫在每次提问时的回答，如 1,138#,wait,hangup；>1 表示在播放语句时按键。",
    ),
    "option.try_number": ("The number that is called.", "被叫号码。"),
    "option.try_agent": (
        "How an agent is, as 8001=busy: free, busy, away, signed-out, no-answer, declines or no-phone; * is everybody.",
        "坐席的情况，如 8001=busy：free、busy、away、signed-out、no-answer、declines 或 no-phone；* 表示所有人。",
    ),
    "option.try_http": (
        "What the next http step gets, as ok:balance=12, fail or fail:timeout; the last one stays.",
        "下一个 http 步骤得到的结果，如 ok:balance=12、fail 或 fail:timeout；最后一个一直有效。",
    ),
    "option.try_calendar": (
        "How a calendar is at that moment, as office=closed: open, closed, holiday or special.",
        "日历在来电时的情况，如 office=closed：open、closed、holiday 或 special。",
    ),
    "option.try_customer": (
        "Who the caller is, as vip=5,owner=8001,name=Li; otherwise what the database knows.",
        "主叫是谁，如 vip=5,owner=8001,name=李；默认查询数据库。",
    ),
    "option.try_message": (
        "How many seconds the caller speaks when asked for a message; 0 says nothing.",
        "留言时说话的秒数；0 表示没有说话。",
    ),
    "option.try_dial": (
        "What comes of a number that the flow dials: served, busy, no_answer or failed.",
        "流程外呼号码的结果：served、busy、no_answer 或 failed。",
    ),
    "option.try_hang_up_after": (
        "The caller hangs up so many seconds after the beginning.",
        "主叫在开始后多少秒挂断。",
    ),
    "option.try_offline": (
        "Without a database: whatever the flow names is there, and every agent is free.",
        "不使用数据库：流程提到的一切都视为存在，所有坐席空闲。",
    ),
    "option.try_all_paths": (
        "Walk every way through the flow, one line for each, and name what was not reached.",
        "走遍流程的所有路径，每条一行，并列出未到达之处。",
    ),
    "option.test_update": (
        "Write what the cases come to into their files, as what is expected.",
        "把运行结果写入用例文件，作为期望结果。",
    ),
    "option.test_database": (
        "Play them with the directory and the prompts of the database.",
        "使用数据库中的目录和提示音运行。",
    ),
    # What was said cannot be.
    "try_keys_bad": (
        "“{keys}” is nothing that a caller can press. Write keys such as 1 or 138#, wait, or hangup.",
        "“{keys}”不是主叫能按的键。请写 1、138# 这样的按键，或 wait、hangup。",
    ),
    "try_agent_bad": (
        "An agent is never “{word}”, but one of: {words}.",
        "坐席的情况不能是“{word}”，可以是：{words}。",
    ),
    "try_calendar_bad": (
        "A calendar is never “{word}”, but one of: {words}.",
        "日历的情况不能是“{word}”，可以是：{words}。",
    ),
    "try_calendar_unknown": (
        "There is no calendar “{name}” in the flow or the directory.",
        "流程或目录中没有日历“{name}”。",
    ),
    "try_dial_bad": (
        "A dialled number never comes to “{word}”, but to one of: {words}.",
        "外呼的结果不能是“{word}”，可以是：{words}。",
    ),
    "try_http_bad": (
        "“{text}” is no answer of a server. Write ok, ok:name=value,..., fail or fail:reason.",
        "“{text}”不是服务器的回答。请写 ok、ok:名称=值,...、fail 或 fail:原因。",
    ),
    "try_pair_bad": ("“{text}” should be two words with = between them.", "“{text}”应为用 = 连接的两个词。"),
    "try_customer_bad": (
        "Of a customer there is no “{name}”, but name, vip and owner.",
        "客户没有“{name}”一项，只有 name、vip 和 owner。",
    ),
    "try_vip_bad": ("“{vip}” is no level of a VIP: 0 to 9.", "“{vip}”不是 VIP 级别，应为 0 到 9。"),
    "try_flow_unknown": ("There is no flow “{flow}”.", "没有流程“{flow}”。"),
    "try_flow_not_active": (
        "No flow “{flow}” is active. To try a file, name it: {file}.",
        "没有已启用的流程“{flow}”。要试走文件，请写出文件名：{file}。",
    ),
    "file_not_utf8": ("{file} is no text in UTF-8.", "{file} 不是 UTF-8 文本。"),
    "test_no_cases": (
        "There are no cases in {folder}: write them into tests/NAME.yaml beside the flow NAME.yaml.",
        "{folder} 中没有测试用例：请写在流程 NAME.yaml 旁边的 tests/NAME.yaml 中。",
    ),
    "test_not_list": (
        "A file of cases is a list: each case begins with “- name: ...”.",
        "用例文件是一个列表：每个用例以“- name: ...”开头。",
    ),
    "rehearsal_order_unknown": (
        "the dry run does not know what comes of the order {command}",
        "试走程序不认识命令 {command}",
    ),
    "rehearsal_without_end": (
        "the dry run did not end after {events} events",
        "试走在 {events} 个事件后仍未结束",
    ),
    # What came of it.
    "try.way": ("Way: {way}", "路径：{way}"),
    "try.ends": ("End: {ends}", "结束：{ends}"),
    "try.why": ("Why: {sentence}", "原因：{sentence}"),
    "try.gave_up": (
        "Nothing ended this call: after two hours the caller hung up.",
        "没有任何步骤结束此通话：两小时后主叫挂断。",
    ),
    "try.keys_left": ("Nothing asked for these: {keys}.", "以下按键没有被询问：{keys}。"),
    "test.case_failed": ("{file}: “{name}” came to something else:", "{file}：“{name}”结果不符："),
    "test.differs": ("  {key}: expected {expected}; found {found}", "  {key}：期望 {expected}；实际 {found}"),
    "test.failed": (
        "{failed} of {cases} cases failed (files: {files}).",
        "{cases} 个用例中 {failed} 个失败（文件 {files} 个）。",
    ),
    "test.passed": ("All {cases} cases passed (files: {files}).", "{cases} 个用例全部通过（文件 {files} 个）。"),
    "test.updated": ("{file}: {count} cases updated.", "{file}：已更新 {count} 个用例。"),
    "test.nothing_to_update": ("{file}: all is as expected already.", "{file}：已与期望一致。"),
    "progress.paths": ("Walking every way…", "正在走遍所有路径……"),
    "paths.ends": ("ends: {ends}", "结束：{ends}"),
    "paths.circle": ("comes round again", "再次循环"),
    "paths.begins.on_hangup": ("after hanging up", "挂断后"),
    "paths.begins.on_error": ("a step is broken", "步骤出错时"),
    "paths.not_all": ("There are more ways than these {count}.", "路径不止这 {count} 条。"),
    "paths.sum": (
        "{ways} ways through {steps} of {all_steps} steps and {exits} of {all_exits} exits.",
        "共 {ways} 条路径，经过 {all_steps} 个步骤中的 {steps} 个、{all_exits} 个出口中的 {exits} 个。",
    ),
    "paths.missed_step": ("Not reached: {flow}, step “{step}”.", "未到达：{flow} 的步骤“{step}”。"),
    "paths.missed_exit": (
        "Not taken: {flow}, step “{step}”, exit “{exit}”.",
        "未经过：{flow} 的步骤“{step}”的出口“{exit}”。",
    ),
}
