"""Words for what became of a call, a stretch of it, an offer or an order: one for every value of the enums."""

from __future__ import annotations

from typing import Final

OUTCOMES: Final = {
    # What became of the call (records.Disposition).
    "disposition.answered": ("answered by an agent", "坐席已接听"),
    "disposition.abandoned_in_ivr": ("caller hung up in the menu", "主叫在语音菜单中挂断"),
    "disposition.abandoned_in_line": ("caller hung up while waiting in line", "主叫在排队时挂断"),
    "disposition.abandoned_ringing": ("caller hung up while an agent's phone rang", "主叫在坐席振铃时挂断"),
    "disposition.ended_by_flow": ("the flow ended the call", "语音流程结束通话"),
    "disposition.nobody_signed_in": ("nobody was signed in", "无坐席签入"),
    "disposition.waited_too_long": ("waited too long and was sent away", "排队超时"),
    "disposition.queue_exit_key": ("left the line by pressing a key", "主叫按键退出排队"),
    "disposition.line_full": ("the line was full", "排队人数已满"),
    "disposition.no_number": ("the number dialled is not one of ours", "被叫号码未配置"),
    "disposition.no_flow": ("the number dialled has no flow", "被叫号码未配置流程"),
    "disposition.number_full": ("all lines of the number were busy", "该号码线路已满"),
    "disposition.centre_full": ("the call centre was full", "呼叫中心线路已满"),
    "disposition.draining": ("refused because the system was about to stop", "系统即将停止，未接入"),
    "disposition.failed": ("ended by a fault on our side", "因系统故障结束"),
    "disposition.records_full": (
        "refused because there was no room for another record while the database was away",
        "数据库不可用且本地记录空间已满，未接入",
    ),
    # What a stretch of a call was spent on (records.SegmentKind).
    "segment.ivr": ("in the menu", "语音菜单"),
    "segment.line": ("waiting in line", "排队等待"),
    "segment.ring": ("an agent's phone rings", "坐席振铃"),
    "segment.talk": ("talking with an agent", "与坐席通话"),
    "segment.hold": ("on hold", "保持中"),
    "segment.consult": ("on hold while the agent asks a colleague", "保持中（坐席正在咨询）"),
    # Who brought it to its end (records.EndedBy).
    "ended_by.caller": ("the caller", "主叫"),
    "ended_by.agent": ("the agent", "坐席"),
    "ended_by.flow": ("the flow", "语音流程"),
    "ended_by.centre": ("the call centre", "呼叫中心"),
    "ended_by.switch": ("the switch or the network", "交换机或网络"),
    # How the attempt to ring an agent ended (records.OfferResult).
    "offer.accepted": ("answered", "已接听"),
    "offer.no_answer": ("did not answer", "无人应答"),
    "offer.busy": ("was busy", "忙线"),
    "offer.declined": ("declined", "拒接"),
    "offer.unregistered": ("has a phone that is not registered", "话机未注册"),
    "offer.unreachable": ("has a phone that could not be reached", "话机无法接通"),
    "offer.caller_left": ("was still being rung when the caller left", "振铃时主叫已离开"),
    "offer.answered_elsewhere": ("was rung as well, and somebody else answered first", "同时振铃，已由他人接听"),
    "offer.failed": ("could not be rung because of a fault", "因故障未能振铃"),
    # What an order to the switch came to (events.Outcome).
    "outcome.gone": ("the leg was gone already", "通道已不存在"),
    "outcome.refused": ("the switch refused", "交换机拒绝执行"),
    "outcome.no_reply": ("the switch did not answer in time", "交换机未按时应答"),
    # What the caller's number was (ids.NumberKind).
    "number_kind.regular": ("telephone number", "普通号码"),
    "number_kind.short": ("service number", "短号码"),
    "number_kind.internal": ("internal number", "内部号码"),
    "number_kind.anonymous": ("number withheld", "号码隐藏"),
    "number_kind.missing": ("no number", "无主叫号码"),
    # What an agent chose, and what the centre is doing with them (agents.AgentStatus, agents.AgentState).
    "agent_status.signed_out": ("signed out", "已签出"),
    "agent_status.ready": ("ready", "就绪"),
    "agent_status.break": ("on a break", "小休"),
    # Why an agent is on a break (agents.BreakCause), and how both are said together.
    "break_cause.not_answering": ("not answering", "未应答"),
    "break_cause.chosen": ("chosen", "自选"),
    "break_cause.signed_in": ("since signing in", "签入后未置闲"),
    "agent_on_break": ("break: {cause}", "小休：{cause}"),
    "agent_state.idle": ("idle", "空闲"),
    "agent_state.reserved": ("reserved", "已预占"),
    "agent_state.ringing": ("ringing", "振铃中"),
    "agent_state.on_call": ("on a call", "通话中"),
    "agent_state.wrap_up": ("wrap-up", "话后处理"),
}
