"""Words for talks without a line: an agent whom the flow names, a number outside, and lines in which nobody waits."""

from __future__ import annotations

from typing import Final

TALKS: Final = {
    "disposition.put_through": ("put through to an outside number", "已转接外部号码"),
    "disposition.nobody_free": ("nobody was free, and the flow lets nobody wait", "无空闲坐席，流程不排队等待"),
    "ended_by.outside": ("the other party", "外部通话方"),
    "call_state.dialling": ("dialling", "外呼中"),
    "call_state.outside": ("outside", "外部通话"),
    # What a stretch of a call was spent on, where it was spent with somebody outside.
    "outside.ring": ("an outside number rings", "外部号码振铃"),
    "outside.talk": ("talking with an outside number", "与外部号码通话"),
    # How a talk without a line ended, for the trace.
    "talk_exit.served": ("the other side left and the caller is still there", "对方已离开，主叫仍在线"),
    "talk_exit.busy": ("the other side could not take the call", "对方无法接听"),
    "talk_exit.no_answer": ("nobody answered", "无人应答"),
    "talk_exit.not_signed_in": ("the agent was not signed in", "该坐席未签入"),
    "talk_exit.failed": ("the number could not be reached", "号码无法接通"),
    # Why this agent, and why not.
    "named.in_flow": ("named by the flow", "由流程指定"),
    "because.named": ("the flow names them", "流程指定由其接听"),
    "reason.no_such_agent": ("not in the directory", "目录中没有该坐席"),
    # The story of a call, and what decided in it.
    "story.dialled": ("Dialled {number}.", "拨打 {number}。"),
    "story.not_rung": ("{agent} was not rung: {reason}.", "未呼叫{agent}：{reason}。"),
    "story.talk_outside": ("Talked with {number} for {seconds} s.", "与 {number} 通话 {seconds} 秒。"),
    "turn.dialled": ("The flow had {detail} dialled.", "流程拨打 {detail}。"),
    "turn.party_left": ("The other party hung up, and the flow went on.", "外部通话方挂断，流程继续。"),
    "turn.SWITCH_LOST": (
        "The ringing was cut off by a silence of the switch, and began anew.",
        "因与交换机的连接中断，振铃被打断后重新开始。",
    ),
    # Mistakes.
    "number_not_dialable": (
        "“{number}” is not dialled: only digits, with a + before them, are.",
        "不能拨打“{number}”：只能是数字，前面可加 +。",
    ),
    "doctor.gateway_unknown": (
        "The switch has no gateway {gateway}, by which flows are to dial outside numbers (FREESWITCH_GATEWAY).",
        "交换机没有网关 {gateway}，流程无法经其拨打外部号码（FREESWITCH_GATEWAY）。",
    ),
    "doctor_remedy.gateway_unknown": (
        "Name one of those that it has, or set this one up in the profile of the carriers: {gateways}.",
        "请改用已有的网关，或在运营商的配置文件中设置该网关：{gateways}。",
    ),
    "setting_not_a_gateway": (
        "{name} is “{value}”; a gateway's name is made of letters, digits, dots, - and _.",
        "{name} 的值为“{value}”；网关名称只能包含字母、数字、点、- 和 _。",
    ),
}
