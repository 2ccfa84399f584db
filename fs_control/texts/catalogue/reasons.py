"""Why this agent and not that one: the rule that chose, and the one reason against every other member.

A reason carries no values: it is kept in the call record as its bare code (records.PassedOver).
"""

from __future__ import annotations

from typing import Final

REASONS: Final = {
    "rule.longest_idle_time": ("idle for the longest time", "空闲时间最长"),
    "reason.signed_out": ("signed out", "已签出"),
    "reason.on_call": ("on a call", "正在通话"),
    "reason.ringing": ("the phone is ringing for another caller", "正为其他来电振铃"),
    "reason.reserved": ("just chosen for another caller", "刚被分配给其他来电"),
    "reason.resting": ("the phone is left alone for a moment after a ring that failed", "上次振铃未接通，暂缓分配"),
    "reason.declined_this_caller": ("declined this caller", "已拒接此来电"),
    "reason.tried_before": ("this caller has tried this agent before", "此来电已尝试过该坐席"),
    "reason.no_phone": ("has no phone", "未配置话机"),
    "reason.phone_unregistered": ("the phone is not registered", "话机未注册"),
    "reason.idle_since_later": ("another agent has been idle for longer", "另有坐席空闲时间更长"),
}
