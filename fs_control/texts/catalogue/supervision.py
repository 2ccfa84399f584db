"""Leaders on the calls of others (C7): what is refused, what the commands say, what is shown."""

from __future__ import annotations

from typing import Final

SUPERVISION: Final = {
    "supervise_no_right": (
        "Agent {leader} is no leader, so they may not be on calls of others. Give the right with “agent set”.",
        "坐席 {leader} 没有班长权限，不能监控他人通话。可用“agent set”授予该权限。",
    ),
    "supervise_self": ("Agent {leader} cannot listen to their own call.", "坐席 {leader} 不能监听自己的通话。"),
    "supervise_no_talk": (
        "Agent {agent} is not talking with a customer at the moment.",
        "坐席 {agent} 现在没有与客户通话。",
    ),
    "supervise_busy": (
        "Agent {leader} is busy themselves; a leader can be on a call of others when they have none.",
        "坐席 {leader} 自己正忙，空闲时才能监控他人通话。",
    ),
    "supervise_elsewhere": (
        "Agent {leader} is on the call of agent {agent} already; end that first.",
        "坐席 {leader} 正在监控坐席 {agent} 的通话，请先结束。",
    ),
    "supervise_nothing": ("Agent {leader} is on nobody's call.", "坐席 {leader} 没有监控任何通话。"),
    "supervise_no_phone": (
        "Agent {leader} has no phone that could be rung for it.",
        "坐席 {leader} 没有可振铃的话机。",
    ),
    "supervise_not_outside": (
        "Agent {leader} is at an ordinary telephone. Only a phone of the centre can listen to a call.",
        "坐席 {leader} 使用普通电话，只有本中心的话机才能监听。",
    ),
    "supervise_still_rings": (
        "The phone of agent {leader} still rings; take it up first.",
        "坐席 {leader} 的话机仍在振铃，请先接听。",
    ),
    "supervise_take_later": (
        "Agent {agent} is asking a colleague, or holds the customer at the phone; they can be taken over after that.",
        "坐席 {agent} 正在咨询或在话机上保持了客户，之后才能接管。",
    ),
    "supervise_wish_unknown": (
        "“{wish}” is nothing that a leader can do; listen, whisper, join, take and stop are.",
        "“{wish}”不是可用的监控方式，可用 listen、whisper、join、take、stop。",
    ),
    # What the commands say.
    "supervise_done.listen": (
        "Agent {leader} listens to agent {agent} as soon as the phone is taken up; nobody hears them.",
        "坐席 {leader} 接听后即监听坐席 {agent}，双方都听不到班长。",
    ),
    "supervise_done.whisper": (
        "Agent {leader} can be heard by agent {agent}, and not by the customer.",
        "坐席 {agent} 可以听到班长 {leader}，客户听不到。",
    ),
    "supervise_done.join": (
        "Agent {leader} can be heard by agent {agent} and by the customer.",
        "坐席 {agent} 和客户都可以听到班长 {leader}。",
    ),
    "supervise_done.take": (
        "Agent {leader} takes the customer over from agent {agent}.",
        "班长 {leader} 接管坐席 {agent} 的客户。",
    ),
    "supervise_done.stop": (
        "Agent {leader} is not on the call of agent {agent} any more.",
        "班长 {leader} 已停止监控坐席 {agent}。",
    ),
    "no_supervision": ("No leader has been on a call yet.", "还没有监控记录。"),
    "supervise_mode.listen": ("listened", "监听"),
    "supervise_mode.whisper": ("whispered", "密语"),
    "supervise_mode.join": ("joined", "强插"),
    "supervise_mode.take": ("took over", "接管"),
    "heading.began_at": ("from", "开始"),
    "heading.ended_at": ("to", "结束"),
    "heading.leader": ("leader", "班长"),
    "heading.supervise_mode": ("what", "方式"),
    "heading.asked_by": ("asked by", "操作人"),
    # Help.
    "help.supervise": ("Listen to a call, whisper, join, take over.", "监听、密语、强插、接管通话。"),
    "help.supervise.listen": (
        "Let a leader listen to an agent's call; nobody hears them.",
        "让班长监听坐席的通话，双方都听不到。",
    ),
    "help.supervise.whisper": (
        "Let a leader be heard by the agent alone.",
        "密语：只有坐席能听到班长。",
    ),
    "help.supervise.join": ("Let a leader be heard by agent and customer.", "强插：坐席和客户都能听到班长。"),
    "help.supervise.take": (
        "Let a leader have the customer in place of the agent.",
        "接管：班长代替坐席与客户通话。",
    ),
    "help.supervise.stop": ("End it.", "停止监控。"),
    "help.supervise.log": ("Print who was on whose calls, the newest first.", "查看监控记录，最新的在前。"),
    "option.as": ("Number of the leader.", "班长工号。"),
    "option.leader": ("Only what this leader did.", "只看该班长。"),
    # Elsewhere.
    "display.supervised": ("Agent {agent} (listening)", "监听 {agent}"),
    "live.supervising": ("leads", "监控中"),
    "named.by_leader": ("taken over by a leader", "由班长接管"),
    "story.taken_over": ("{who}, a leader, took the caller over.", "班长 {who} 接管了通话。"),
    "supervise.listen": ("a leader listens", "班长监听"),
    "supervise.whisper": ("a leader whispers to the agent", "班长密语"),
    "supervise.join": ("a leader speaks with both", "班长强插"),
    "supervise.SWITCH_LOST": ("a leader's leg is no more", "班长的通道已不存在"),
    "timer.supervise": ("the leader's phone should have been answered by now", "班长话机应已接听"),
}
