"""Words for looking back at a call or a centre step by step: what changed, what is different today, what is packed."""

from __future__ import annotations

from typing import Final

REPLAY: Final = {
    # What is so of a call (centre.closeup).
    "fact.state": ("call", "呼叫"),
    "fact.segment": ("time is spent", "所处阶段"),
    "fact.step": ("flow step", "流程步骤"),
    "fact.wait": ("flow waits for", "流程等待"),
    "fact.prompt": ("caller hears", "正在播放"),
    "fact.place": ("line of {of}", "{of} 排队"),
    "fact.place_of": ("place {place} of {length}", "第 {place} 位，共 {length} 位"),
    "fact.priority": ("priority", "优先级"),
    "fact.offer": ("offer to {of}", "分配给 {of}"),
    "fact.talk": ("talk", "通话状态"),
    "fact.colleague": ("colleague", "被咨询方"),
    "fact.muted": ("agent muted", "坐席静音"),
    "fact.outside": ("outside number", "外部号码"),
    "fact.leader": ("leader {of}", "班长 {of}"),
    "fact.agent": ("agent {of}", "坐席 {of}"),
    "fact.link": ("connection of the caller", "主叫连接"),
    "fact.record": ("record", "通话记录"),
    "fact.disposition": ("result", "结果"),
    "talk_state.talking": ("customer and agent talk", "客户与坐席通话"),
    "talk_state.held": ("customer on hold", "客户被保持"),
    "talk_state.consult_ringing": ("a colleague's phone rings", "被咨询方振铃"),
    "talk_state.consulting": ("agent and colleague talk, customer waits", "坐席咨询中，客户等待"),
    "talk_state.swapped": ("back with the customer, colleague waits", "切回客户，被咨询方等待"),
    "talk_state.three_way": ("all three talk", "三方通话"),
    "session_wait.prompt": ("the end of a prompt", "提示音结束"),
    "session_wait.digits": ("keys", "按键"),
    "session_wait.line": ("the end of waiting in line", "排队结束"),
    "session_wait.talk": ("the end of the talk", "通话结束"),
    "session_wait.message": ("the end of the message", "留言结束"),
    "session_wait.fetch": ("the answer of a server", "外部接口应答"),
    "session_wait.facts": ("what is known of the caller", "主叫信息"),
    "session_wait.hours": ("what a calendar says", "工作时间判断"),
    "offer_stage.chosen": ("chosen", "已选定"),
    "offer_stage.ordered": ("told to ring", "已下令振铃"),
    "offer_stage.rings": ("rings", "振铃中"),
    "offer_stage.answered": ("answered", "已接听"),
    "leader_stage.rings": ("phone rings", "振铃中"),
    "leader_stage.listen": ("listens", "监听"),
    "leader_stage.whisper": ("whispers", "密语"),
    "leader_stage.join": ("has joined", "强插"),
    "leader_stage.take": ("takes over", "接管"),
    "caller_link.away": ("away, until the switch hands the caller over again", "已断开，等待交换机重新转入"),
    "muted.yes": ("yes", "是"),
    "record_stage.waits": ("waits for the database", "等待写入数据库"),
    # `call replay`.
    "help.call.replay": (
        "Fold a call's events again: after each one what changed (state, place in line, offers, agents), why, and what "
        "was ordered. With --step or --at the whole state then.",
        "重放一通呼叫：逐个事件显示变化（状态、排队位置、分配、坐席）、原因和指令；"
        "用 --step 或 --at 查看当时的完整状态。",
    ),
    "option.moment": (
        "The state at this time: 09:15:30 on the day of the call, or “2026-12-31 09:15:30”.",
        "该时刻的状态：呼叫当天的 09:15:30，或“2026-12-31 09:15:30”。",
    ),
    "option.step": ("The state after the step of this number.", "该编号步骤之后的状态。"),
    "progress.replay": ("Folding the journal again ...", "正在重放日志……"),
    "replay.title": ("Call {call}, folded again: {count} steps", "呼叫 {call} 重放：共 {count} 步"),
    "replay.step_title": ("Call {call}, step {step} of {count}", "呼叫 {call}，第 {step} 步，共 {count} 步"),
    "replay.not_own": ("an event of somebody else, which changed this call too", "其他呼叫或坐席的事件，影响了本呼叫"),
    "replay.state": ("What was so after it:", "此后的状态："),
    "replay.nothing_left": ("The call is over, and its record is stored.", "呼叫已结束，记录已入库。"),
    "replay_at_and_step": ("a step and a time are two answers to one question", "步骤和时刻只能指定一个"),
    "replay_before_call": ("At {moment} the call had not begun.", "{moment} 时该呼叫尚未开始。"),
    "replay_no_step": ("There is no step {step}; the call has {count}.", "没有第 {step} 步，该呼叫共 {count} 步。"),
    "moment_not_read": (
        "“{text}” is no time. Write 09:15, 09:15:30 or “2026-12-31 09:15:30”.",
        "“{text}”不是有效时刻。请写 09:15、09:15:30 或“2026-12-31 09:15:30”。",
    ),
    # `replay`: a centre between two times.
    "help.replay": (
        "Replay what a centre did; FILE is what --export has packed.",
        "重放呼叫中心的日志；FILE 为 --export 打包的文件。",
    ),
    "option.since": (
        "From this time on: “2026-12-31 09:00”, or 09:00 on the last day of the journal; else from the beginning.",
        "起始时刻：“2026-12-31 09:00”，或 09:00（日志最后一天）；默认从头开始。",
    ),
    "option.until": ("Up to this time; without it to the end.", "结束时刻；默认到日志末尾。"),
    "option.journal": ("The folder of a journal; without it that of this system.", "日志目录；默认为本系统的日志。"),
    "option.whole_state": (
        "Print the centre at the end, as JSON, and no events.",
        "只输出结束时整个中心的状态（JSON）。",
    ),
    "option.until_crash": ("Stop at the first crash, then or today.", "遇到第一个崩溃（当时或现在）即停止。"),
    "option.records": (
        "Compare the records of the calls that ended in that time with those in the database.",
        "将期间结束的呼叫记录与数据库中的记录比较。",
    ),
    "option.export": (
        "Pack this part of the journal into a file that another machine can replay; telephone numbers and names are "
        "masked.",
        "将这部分日志打包成文件，供其他机器重放；电话号码和姓名会被掩码。",
    ),
    "option.with_numbers": ("Pack numbers and names as they are.", "打包时保留真实号码和姓名。"),
    "replay_not_both": ("{one} and {other} cannot go together", "{one} 与 {other} 不能同时使用"),
    "journal_has_nothing": ("There is no journal in {folder}.", "{folder} 中没有日志。"),
    "parcel_not_written": ("{file} cannot be written: {reason}.", "无法写入 {file}：{reason}。"),
    "parcel_not_read": (
        "{file} is no file that “replay --export” has packed ({reason}).",
        "{file} 不是“replay --export”打包的文件（{reason}）。",
    ),
    "parcel_written": (
        "Packed {events} events into {file}; telephone numbers and names are masked.",
        "已将 {events} 个事件打包到 {file}；电话号码和姓名已掩码。",
    ),
    "parcel_written_plain": (
        "Packed {events} events into {file}, with telephone numbers and names: keep it to yourself.",
        "已将 {events} 个事件打包到 {file}，含真实号码和姓名，请妥善保管。",
    ),
    "parcel_of": (
        "{events} events of version {version}, numbers masked: {masked}.",
        "{events} 个事件，版本 {version}，号码掩码：{masked}。",
    ),
    "replay.not_applied": ("not applied then", "当时未生效"),
    "replay.sum": (
        "{events} events, {findings} differences, {damage} damaged places.",
        "{events} 个事件，{findings} 处不同，{damage} 处损坏。",
    ),
    "unlike.snapshot": (
        "segment {subject} began with another centre than these events lead to now",
        "日志段 {subject} 的初始状态与现在重放的结果不同",
    ),
    "unlike.crashes_now": (
        "{subject} was applied then, and today's program cannot: {detail}",
        "{subject} 当时已生效，当前程序无法处理：{detail}",
    ),
    "unlike.crashed_then": (
        "{subject} was a crash then, and today's program takes it",
        "{subject} 当时导致崩溃，当前程序可以处理",
    ),
    "unlike.record": (
        "call {subject} has another record in the database",
        "呼叫 {subject} 在数据库中的记录不同",
    ),
    "unlike_at": ("{place}: {then} then, {now} now", "{place}：当时 {then}，现在 {now}"),
}
