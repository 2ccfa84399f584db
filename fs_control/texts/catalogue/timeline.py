"""Words in the timeline of a call, and of the command that draws it."""

from __future__ import annotations

from typing import Final

TIMELINE: Final = {
    "help.call.timeline": (
        "Draw a call as a ladder: customer, flow, agents and others side by side, time downwards; rings, answers, "
        "hold, consult, transfer, and who ended what.",
        "将一通呼叫绘制成时序图：客户、流程、坐席及其他各方并列，时间向下；"
        "包括振铃、接听、保持、咨询、转接及由谁结束。",
    ),
    "option.svg": ("Write an SVG picture to this file.", "将 SVG 图片写入此文件。"),
    "timeline_drawn": ("Written to {file}.", "已写入 {file}。"),
    "timeline_not_drawn": ("{file} cannot be written: {reason}.", "无法写入 {file}：{reason}。"),
    "lane.customer": ("customer", "客户"),
    "lane.centre": ("flow, line", "流程与排队"),
    "lane.agent": ("agent", "坐席"),
    "lane.outside": ("outside", "外部号码"),
    "lane.leader": ("leader", "班长"),
    "timeline.title": ("Call {call}: {result}", "呼叫 {call}：{result}"),
    "timeline.called": ("{who} calls {number}", "{who} 拨打 {number}"),
    "timeline.taken_up": ("the call is taken up", "系统接起"),
    "timeline.customer_answered": ("the customer answers", "客户接听"),
    "timeline.joined_line": ("waits in the line of {group}", "进入 {group} 排队"),
    "timeline.offered": ("{agent} is chosen", "选中 {agent}"),
    "timeline.rings": ("phone {phone} of {agent} rings", "{agent} 的话机 {phone} 振铃"),
    "timeline.answers": ("{agent} answers", "{agent} 接听"),
    "timeline.not_answered": ("{agent} {result} ({cause})", "{agent} 未接通：{result}（{cause}）"),
    "timeline.talks": ("{who} talks with the customer", "{who} 与客户通话"),
    "timeline.leaves": ("{agent} is out of the call ({cause})", "{agent} 退出通话（{cause}）"),
    "timeline.supervises": ("{leader} {mode}: the call of {agent}", "{leader} 对 {agent} 的通话：{mode}"),
    "timeline.supervised": ("{leader} is done ({mode})", "{leader} 结束（{mode}）"),
    "timeline.leg_over": ("the switch: leg over, {how}", "交换机：通道结束，{how}"),
    "timeline.ended": ("the call ends, by {by} ({cause})", "通话结束，由{by}结束（{cause}）"),
    "timeline.goes_on": ("goes on", "通话仍在进行"),
    "timeline_span.ivr": ("in the menu", "语音菜单"),
    "timeline_span.line": ("in line", "排队"),
    "timeline_span.ring": ("rings", "振铃"),
    "timeline_span.talk": ("talks", "通话"),
    "timeline_span.hold": ("on hold", "保持"),
    "timeline_span.consult": ("colleague is asked", "咨询"),
    "timeline_span.supervise": ("leader on the call", "监听"),
}
