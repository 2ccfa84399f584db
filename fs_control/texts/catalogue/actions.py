"""Why an agent cannot do something at this moment, and what is possible instead (`agents.actions`)."""

from __future__ import annotations

from typing import Final

ACTIONS: Final = {
    "ready_in_call": (
        "Agent {agent} has a call; to be ready again is for when it is over.",
        "坐席 {agent} 正在通话，通话结束后才能置闲。",
    ),
    "already_on_break": ("Agent {agent} is on a break already.", "坐席 {agent} 已经示忙。"),
    "break_in_call": (
        "Agent {agent} has a call, so no break can begin now. With --after-call it begins when the call is over.",
        "坐席 {agent} 正在通话，现在不能示忙。加上 --after-call 则在通话结束后示忙。",
    ),
    "break_in_wrap_up": (
        "Agent {agent} is wrapping a call up, so no break can begin now. With --after-call it begins after that.",
        "坐席 {agent} 正在整理，现在不能示忙。加上 --after-call 则在整理结束后示忙。",
    ),
    "dial_in_call": (
        "Agent {agent} has a call already, so nobody else can be called now.",
        "坐席 {agent} 正在通话，现在不能外呼。",
    ),
    "call_of_somebody_else": (
        "The call in which agent {agent} is belongs to a colleague; agent {agent} can only hang up.",
        "坐席 {agent} 所在的通话属于其他坐席，只能挂断。",
    ),
    "call_still_rings": (
        "The call of agent {agent} has not been answered yet.",
        "坐席 {agent} 的来电尚未接听。",
    ),
    "action_without_call": ("Agent {agent} has no call at the moment.", "坐席 {agent} 现在没有通话。"),
    "already_on_hold": (
        "The customer of agent {agent} is on hold already. “resume” takes them back.",
        "坐席 {agent} 的客户已在保持中，可用“resume”恢复。",
    ),
    "not_on_hold": ("The customer of agent {agent} is not on hold.", "坐席 {agent} 的客户没有被保持。"),
    "consult_under_way": (
        "Agent {agent} is asking a colleague. “complete” hands the customer over, “cancel” goes back to the customer.",
        "坐席 {agent} 正在咨询。“complete”完成转接，“cancel”回到客户。",
    ),
    "already_three": (
        "Agent {agent} is in a three-way call already. “cancel” lets the colleague go, “complete” leaves the two.",
        "坐席 {agent} 已在三方通话中。“cancel”让同事退出，“complete”则自己退出。",
    ),
    "nobody_consulted": (
        "Agent {agent} has asked nobody into the call. “consult” does that.",
        "坐席 {agent} 没有咨询任何人，可用“consult”发起。",
    ),
    "colleague_still_rings": (
        "The colleague whom agent {agent} asks has not answered yet. “complete” sends the customer there all the same.",
        "坐席 {agent} 咨询的同事尚未接听。“complete”可直接转接过去。",
    ),
    # In the trace of a call.
    "refused.*": ("refused ({rest})", "未执行（{rest}）"),
    "action_not_possible_here": (
        "Agent {agent}: that is not possible here.",
        "坐席 {agent}：此处不支持该操作。",
    ),
}
