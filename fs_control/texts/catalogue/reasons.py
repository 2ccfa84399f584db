"""Why this agent and not that one: the rule that chose, and the one reason against every other member.

A reason is understood without values: where the call record keeps some beside the code (records.PassedOver), whoever
wants them shows them beside the sentence. A rule also names the strategy of a group in listings.
"""

from __future__ import annotations

from typing import Final

REASONS: Final = {
    "rule.longest_idle_time": ("idle for the longest time", "空闲时间最长"),
    "rule.longest_idle_state": ("in the idle state for the longest time", "空闲状态持续时间最长"),
    "rule.round_robin": ("next in turn", "轮流分配"),
    "rule.fewest_calls": ("fewest calls today", "当日通话次数最少"),
    "rule.fewest_inbound_calls": ("fewest inbound calls today", "当日呼入次数最少"),
    "rule.random": ("drawn at random", "随机分配"),
    "rule.top_down": ("first free from the top of the list", "按级别自上而下首位空闲"),
    "rule.ring_all": ("all who are free ring at once", "空闲坐席同时振铃"),
    "claim.returning_customer": ("has served this caller before", "曾接待过此客户"),
    "reason.signed_out": ("signed out", "已签出"),
    "reason.on_break": ("on a break because of calls not answered", "因多次未应答处于小休"),
    "reason.own_break": ("on a break", "小休"),
    "reason.wrap_up": ("finishing notes after a call", "正在话后处理"),
    "reason.on_call": ("on a call", "正在通话"),
    "reason.ringing": ("the phone is ringing for another caller", "正为其他来电振铃"),
    "reason.reserved": ("just chosen for another caller", "刚被分配给其他来电"),
    "reason.resting": ("the phone is left alone for a moment after a ring that failed", "上次振铃未接通，暂缓分配"),
    "reason.declined_this_caller": ("declined this caller", "已拒接此来电"),
    "reason.tried_before": ("this caller has tried this agent before", "此来电已尝试过该坐席"),
    "reason.no_phone": ("has no phone", "未配置话机"),
    "reason.phone_unregistered": ("the phone is not registered", "话机未注册"),
    "reason.phone_taken_over": ("another agent has taken the phone over", "话机已被其他坐席占用"),
    "reason.idle_since_later": ("another agent has been idle for longer", "另有坐席空闲时间更长"),
    "reason.idle_state_since_later": (
        "another agent has been in the idle state for longer",
        "另有坐席处于空闲状态的时间更长",
    ),
    "reason.later_in_turn": ("another agent is next in turn", "尚未轮到"),
    "reason.more_calls_today": ("has had more calls today", "当日通话次数更多"),
    "reason.more_inbound_calls_today": ("has had more inbound calls today", "当日呼入次数更多"),
    "reason.not_drawn": ("another agent was drawn", "随机未选中"),
    "reason.lower_level_available": ("an agent of a lower level is free", "较低级别中另有空闲坐席"),
    "reason.later_in_list": ("stands further down in the list", "在列表中排序靠后"),
    "reason.rings_as_well": ("rings at the same time", "同时振铃"),
    "reason.enough_ring": ("as many phones as possible ring already", "同时振铃的话机已达上限"),
    "reason.equal": ("equal in everything, but was set up later", "条件相同，但建立较晚"),
    "reason.claimed_by_another": ("the caller is another agent's customer", "此来电属于其他坐席的客户"),
    "reason.not_in_group": ("is not a member of this group", "不属于该技能组"),
    "claim.owner": ("the caller is this agent's customer", "来电为该坐席的客户"),
    "claim.memory": ("dialled this caller last", "最近外呼过此客户"),
    "colleague.longest_idle_time": (
        "stands in for the caller's own agent, idle for the longest time",
        "代接听，空闲时间最长",
    ),
    "colleague.longest_idle_state": (
        "stands in for the caller's own agent, in the idle state for the longest time",
        "代接听，空闲状态持续时间最长",
    ),
    "colleague.round_robin": ("stands in for the caller's own agent, next in turn", "代接听，轮流分配"),
    "colleague.fewest_calls": ("stands in for the caller's own agent, fewest calls today", "代接听，当日通话次数最少"),
    "colleague.fewest_inbound_calls": (
        "stands in for the caller's own agent, fewest inbound calls today",
        "代接听，当日呼入次数最少",
    ),
    "colleague.random": ("stands in for the caller's own agent, drawn at random", "代接听，随机分配"),
    "colleague.top_down": (
        "stands in for the caller's own agent, first free from the top of the list",
        "代接听，按级别自上而下首位空闲",
    ),
    "colleague.ring_all": (
        "stands in for the caller's own agent, all who are free ring at once",
        "代接听，空闲坐席同时振铃",
    ),
    "reason.memory_expired": ("dialled this caller last, but too long ago to count", "曾外呼此客户，但通话记忆已过期"),
    "reason.number_takes_no_memory": (
        "dialled this caller last, but this service number takes no part in call memory",
        "曾外呼此客户，但该服务号码不参与通话记忆",
    ),
    "reason.not_a_target": (
        "owns this customer, but is not among the targets of this step",
        "为该客户的归属坐席，但不在此步骤的可选坐席中",
    ),
}
