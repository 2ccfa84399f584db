"""Words for a talk under way: why something is refused, what the trace and the story of a call say of it."""

from __future__ import annotations

from typing import Final

TALK_WORDS: Final = {
    # Why something is not done (centre/talking, consulting, transferring).
    "held_by_phone": (
        "Agent {agent} holds the customer by the key of the phone; that key takes them back.",
        "坐席 {agent} 用话机按键保持了客户，请用话机恢复。",
    ),
    "call_is_changing": (
        "The call of agent {agent} is just being joined; try again in a moment.",
        "坐席 {agent} 的通话正在接续，请稍后再试。",
    ),
    "already_muted": ("Agent {agent} is muted already.", "坐席 {agent} 已经静音。"),
    "not_muted": ("Agent {agent} is not muted.", "坐席 {agent} 没有静音。"),
    "consult_no_group": (
        "“{to}” is a group; ask one agent or number, or transfer the customer there.",
        "“{to}”是技能组，请咨询某个坐席或号码，或直接转接。",
    ),
    "target_is_self": ("Agent {agent} cannot call themselves into the call.", "坐席 {agent} 不能选择自己。"),
    "target_unknown": (
        "“{to}” is no agent, no group and no number that can be dialled.",
        "“{to}”不是坐席、技能组，也不是可拨打的号码。",
    ),
    "group_has_nobody": (
        "Nobody is signed in for the group “{group}”.",
        "技能组“{group}”无人签入。",
    ),
    "colleague_not_free.*": (
        "Agent {colleague} cannot be asked now ({rest}).",
        "现在不能呼叫坐席 {colleague}（{rest}）。",
    ),
    "colleague_not_free.signed_out": ("Agent {colleague} is not signed in.", "坐席 {colleague} 未签入。"),
    "colleague_not_free.on_break": ("Agent {colleague} is on a break.", "坐席 {colleague} 已示忙。"),
    "colleague_not_free.own_break": ("Agent {colleague} is on a break.", "坐席 {colleague} 正在小休。"),
    "colleague_not_free.phone_taken_over": (
        "The phone of agent {colleague} is somebody else's now.",
        "坐席 {colleague} 的话机已被他人绑定。",
    ),
    "colleague_at_ordinary_phone": (
        "Agent {colleague} is at an ordinary telephone, where a voicemail may answer; transfer the customer there.",
        "坐席 {colleague} 使用的是普通电话，可能由语音信箱接听，请改用转接。",
    ),
    "colleague_not_free.on_call": ("Agent {colleague} is in a call.", "坐席 {colleague} 正在通话。"),
    "colleague_not_free.wrap_up": ("Agent {colleague} is wrapping a call up.", "坐席 {colleague} 正在整理。"),
    "colleague_not_free.reserved": ("Agent {colleague} is about to get a call.", "坐席 {colleague} 即将接到来电。"),
    "colleague_not_free.ringing": ("The phone of agent {colleague} rings.", "坐席 {colleague} 正在振铃。"),
    "colleague_not_free.no_phone": ("Agent {colleague} has no phone.", "坐席 {colleague} 没有话机。"),
    "colleague_not_free.resting": (
        "The phone of agent {colleague} has just failed; it is tried again in a moment.",
        "坐席 {colleague} 的话机刚刚呼叫失败，请稍后再试。",
    ),
    "colleague_not_free.phone_unregistered": (
        "The phone of agent {colleague} is not registered.",
        "坐席 {colleague} 的话机未注册。",
    ),
    # What happened to a talk, for the trace.
    "talk.held": ("the customer is on hold", "客户被保持"),
    "talk.resumed": ("the customer is back from hold", "客户恢复通话"),
    "talk.colleague_rung": ("a colleague is asked", "发起咨询"),
    "talk.colleague_answered": ("the colleague has answered", "被咨询方已接听"),
    "talk.swapped": ("the agent speaks with the other of the two", "坐席切换通话对象"),
    "talk.joined": ("all three hear one another", "三方通话"),
    "talk.colleague_gone": ("the colleague is not in the call any more", "被咨询方已离开"),
    "talk.handed_over": ("the colleague has the customer", "客户已转给被咨询方"),
    "timer.join": ("two legs should have been joined by now", "双方应已接通"),
    "timer.consult": ("the colleague's phone should have been answered by now", "被咨询方应已接听"),
    "timer.keys": ("the rest of a code was not pressed", "按键代码未输完"),
    # Why this agent.
    "named.by_agent": ("named by an agent", "由坐席指定"),
    # The story of a call.
    "story.held": ("{who} put the caller on hold.", "{who} 保持了通话。"),
    "story.resumed": ("{who} took the caller back from hold.", "{who} 恢复了通话。"),
    "story.muted": ("{who} was muted.", "{who} 静音。"),
    "story.unmuted": ("{who} could be heard again.", "{who} 取消静音。"),
    "story.consulted": ("{who} was asked about it; the caller heard music.", "咨询 {who}，主叫听音乐。"),
    "story.swapped": ("{who} spoke with the other of the two.", "{who} 切换了通话对象。"),
    "story.three_way": ("{who} let all three speak with one another.", "{who} 发起三方通话。"),
    "story.consult_cancelled": ("{who} let the colleague go.", "{who} 结束了咨询。"),
    "story.handed_over": ("{who} took the caller over.", "{who} 接过了通话。"),
    "story.colleague_left": ("{who} left, and caller and agent were two again.", "{who} 离开，恢复两方通话。"),
    "story.colleague_not_reached": ("{who} could not be reached.", "未能接通 {who}。"),
    "story.transferred": ("Transferred to {who}.", "转接到 {who}。"),
    "story.transfer_back": (
        "The transfer came to nothing; {who} was rung to take the caller back.",
        "转接未成，回呼 {who}。",
    ),
    "story.transfer_in_line": (
        "The agent was not there any more; the caller stood first in the line of {who}.",
        "坐席已不在，主叫排在 {who} 队首。",
    ),
}
