"""What the wallboard and the lines of the groups say: short words, because a board has little room."""

from __future__ import annotations

from typing import Final

LIVE: Final = {
    "help.live": (
        "Show groups, agents and calls, anew every second. q ends it.",
        "实时显示技能组、坐席和呼叫，每秒刷新，按 q 退出。",
    ),
    "help.queue": ("Who waits for which group, and the day in numbers.", "各技能组的排队情况和当日数据。"),
    "help.queue.list": ("List the groups with their lines and today's numbers.", "列出各技能组的排队情况和当日数据。"),
    "help.queue.show": (
        "Show the line of one GROUP: every caller, since when, and who is rung for them.",
        "显示技能组 GROUP 的队列：每个主叫、等待时长、正在为其振铃的坐席。",
    ),
    "option.once": ("Print one picture and end.", "只输出一次，然后结束。"),
    # Where a call is (calls.CallState).
    "call_state.in_flow": ("in menu", "菜单中"),
    "call_state.waiting": ("waiting", "排队中"),
    "call_state.ringing_agent": ("ringing", "振铃中"),
    "call_state.connecting": ("joining", "接通中"),
    "call_state.talking": ("talking", "通话中"),
    "call_state.leaving": ("leaving", "结束中"),
    # The head of the board.
    "live.calls": ("calls {calls}/{most}", "呼叫 {calls}/{most}"),
    "live.switch_there": ("switch connected", "交换机已连接"),
    "live.switch_away": ("switch NOT connected", "交换机未连接"),
    "live.draining": ("about to stop", "即将停止"),
    "live.more": ("... {count} more", "……还有 {count} 项"),
    "live.again": ("Asked again every second.", "每秒重试一次。"),
    "live.key.quit": ("quit", "退出"),
    "live.key.back_to_work": ("end breaks", "结束小休"),
    "live.back_to_work": ("Ready again: {agents}.", "已恢复就绪：{agents}。"),
    "live.nobody_on_break": ("Nobody is on such a break.", "没有因未应答而小休的坐席。"),
    # The columns of the groups.
    "live.group": ("group", "技能组"),
    "live.waiting": ("wait", "排队"),
    "live.longest": ("longest", "最久"),
    "live.idle": ("idle", "空闲"),
    "live.ringing": ("ring", "振铃"),
    "live.talking": ("talk", "通话"),
    "live.others": ("other", "其他"),
    "live.entered": ("today", "呼入"),
    "live.answered": ("answ", "接听"),
    "live.abandoned": ("gave up", "放弃"),
    "live.left": ("left", "转走"),
    "live.average": ("avg", "均等"),
    "live.in_time": ("20 s", "20秒"),
    "live.missed": ("missed", "未接"),
    "live.declined": ("declined", "拒接"),
    "live.lost": ("faults", "故障"),
    "live.longest_today": ("longest today", "今日最久"),
    # Agents and calls.
    "live.agents": ("agents", "坐席"),
    "live.no_group": ("no group", "未分组"),
    "live.calls_now": ("calls now", "当前呼叫"),
    "live.resting": ("resting", "暂缓分配"),
    "live.signed_out": ("{count} signed out", "{count} 人未签入"),
    "live.withheld": ("hidden", "隐藏"),
    "live.nobody": ("no calls", "无呼叫"),
    # The line of one group.
    "heading.position": ("place", "位置"),
    "heading.waited": ("waited", "已等"),
    "heading.rung": ("being rung", "正在振铃"),
    "queue_is_empty": ("Nobody waits for “{group}”.", "技能组“{group}”无人排队。"),
    "queue_waits": (
        "{waiting} waiting for “{group}”, the longest for {longest}.",
        "技能组“{group}”有 {waiting} 人排队，最久已等 {longest}。",
    ),
    "queue_agents": (
        "Agents: {ready} ready, of them {idle} idle; {ringing} ringing, {talking} talking.",
        "坐席：{ready} 人就绪，其中 {idle} 人空闲；{ringing} 人振铃，{talking} 人通话。",
    ),
    "queue_today": (
        "Today: {entered} came, {answered} answered ({in_time} of them within 20 s), longest wait {longest}.",
        "今日：呼入 {entered}，接听 {answered}（其中 20 秒内 {in_time}），最长等待 {longest}。",
    ),
    "queue_abandoned": (
        "Gave up: {line} in line, {ringing} while a phone rang.",
        "放弃：排队时 {line}，振铃时 {ringing}。",
    ),
    "queue_left": ("Left the line without an agent: {count} ({how}).", "未经坐席离开队列：{count}（{how}）。"),
    "queue_lost": ("Ended by a fault while waiting: {count}.", "等待时因故障结束：{count}。"),
    "queue_not_taken": ("Offers not taken: {count} ({how}).", "未接起的派单：{count}（{how}）。"),
}
