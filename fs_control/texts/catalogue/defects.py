"""What is said when a rule of our own does not hold: a defect that somebody should report to us."""

from __future__ import annotations

from typing import Final


def _defect(english: str, chinese: str) -> tuple[str, str]:
    return f"A defect of fs_control: {english}. Please report it.", f"fs_control 的缺陷：{chinese}。请报告此问题。"


DEFECTS: Final = {
    "talk_transition": _defect("a talk was {state} when “{trigger}” came", "通话处于 {state} 时不应出现“{trigger}”"),
    "agent_transition": _defect(
        "agent {agent} was {state} when “{trigger}” came", "坐席 {agent} 处于 {state} 时不应出现“{trigger}”"
    ),
    "call_transition": _defect(
        "call {call} was {state} when “{trigger}” came", "呼叫 {call} 处于 {state} 时不应出现“{trigger}”"
    ),
    "call_without_flow": _defect("call {call} has no flow to go on with", "呼叫 {call} 没有可继续执行的流程"),
    "call_without_session": _defect("call {call} is in no step of its flow", "呼叫 {call} 不在流程的任何步骤中"),
    "timer_unknown": _defect("nobody knows what the timer {timer} is for", "定时器 {timer} 的用途未知"),
    "event_without_handler": _defect("nothing is done about the event {event}", "事件 {event} 没有处理方法"),
    "match_does_not_settle": _defect(
        "matching callers and agents of the groups {groups} goes on for ever",
        "技能组 {groups} 的来电与坐席匹配无法结束",
    ),
    "flow_edit_failed": _defect(
        "agent {old} could not be replaced by {new} in the text of a flow", "无法在流程文本中将坐席 {old} 替换为 {new}"
    ),
    "flow_names_unknown_group": _defect(
        "a running flow names the group “{group}”, which is not there", "运行中的流程引用了不存在的技能组“{group}”"
    ),
    "flow_resume_unhandled": _defect(
        "step {step} of a flow does not know {resume}", "流程步骤 {step} 无法处理 {resume}"
    ),
    "flow_session_unreadable": _defect(
        "a saved place in a flow cannot be read ({problems})", "保存的流程会话无法读取（{problems}）"
    ),
    "flow_session_of_another_flow": _defect(
        "the flow {flow} was asked to go on in the step {step} of {session}",
        "流程 {flow} 被要求在 {session} 的步骤 {step} 继续执行",
    ),
    "esl_data_after_end": _defect(
        "{bytes} bytes were read from a connection that had ended", "在已结束的连接上又读到 {bytes} 字节"
    ),
    "command_without_encoder": _defect(
        "nobody knows how to say {command} to the switch", "没有把 {command} 转换为交换机命令的方法"
    ),
    "wire_waits_for_itself": _defect(
        "the reader of a connection waited for the answer to its own {command}",
        "连接的读取者在等待自己发出的 {command} 的应答",
    ),
    "wire_without_result": _defect("{command} has no result to wait for", "{command} 没有可等待的结果"),
    "database_refused": _defect(
        "the database refused a statement (SQLSTATE {state}, constraint {constraint}): {reason}",
        "数据库拒绝执行语句（SQLSTATE {state}，约束 {constraint}）：{reason}",
    ),
    "record_of_other_enterprise": _defect(
        "the record of call {call} belongs to the enterprise {enterprise} and came to another",
        "呼叫 {call} 的记录属于企业 {enterprise}，却被交给了其他企业",
    ),
    "stored_word_unknown": _defect(
        "the database holds “{word}” as {kind}, which this version does not know",
        "数据库中 {kind} 的值“{word}”是本版本不认识的",
    ),
    "time_out_of_range": _defect(
        "no database can hold the moment {micros} (microseconds)", "{micros} 微秒不是数据库可保存的时刻"
    ),
    "query_misshapen": _defect("the query “{name}” in sql/ is not well formed", "sql/ 中的查询“{name}”格式不正确"),
}
