"""Words for terminals, rights and diversions: what is rung for an agent, and why it is not."""

from __future__ import annotations

from typing import Final

TERMINALS: Final = {
    "terminal.sip": ("SIP phone", "SIP 话机"),
    "terminal.softphone": ("softphone", "软电话"),
    "terminal.phone": ("ordinary phone", "普通电话"),
    "terminal.app": ("app", "手机应用"),
    "right.call": ("telephoning", "呼叫"),
    "right.dial": ("dialling out", "外呼"),
    "right.leader": ("leading", "班长"),
    "reason.phone_taken_over": ("another agent has taken the phone over", "话机已被其他坐席占用"),
    "change.phone_back": ("nobody else had taken the phone over", "话机未被其他坐席占用"),
    "story.diverted": (
        "{phone} of {agent} was not there: {number} rings in its place.",
        "{agent}的话机 {phone} 不在线，改呼 {number}。",
    ),
    "turn.diverted": (
        "{agent}'s calls go to {number} while {phone} is not registered.",
        "话机 {phone} 未注册期间，{agent}的来电转至 {number}。",
    ),
}
