"""The state doctor: where centre and switch do not agree, and what was done about it."""

from __future__ import annotations

from typing import Final

GHOSTS: Final = {
    # What does not agree; also the reason in a call's trace.
    "ghost.caller_gone": ("the switch has no leg of the customer", "交换机上已没有该客户的通道"),
    "ghost.leg_gone": ("a leg of the call is not at the switch", "呼叫的一个通道在交换机上已不存在"),
    "ghost.end_untold": (
        "a leg that was to end is gone, and kept its agent busy",
        "应结束的通道已不存在，但坐席仍被占用",
    ),
    "ghost.not_ended": ("a leg that was to end is still there", "应结束的通道仍然存在"),
    "ghost.answer_untold": ("a phone was answered and counted as ringing", "话机已接听，却仍视为振铃"),
    "ghost.agent_alone": ("an agent was busy with no call", "坐席处于忙碌状态，但没有对应的呼叫"),
    "ghost.left_in_line": ("a line named a call that is no more", "队列中仍有已结束的呼叫"),
    "ghost.left_leg": ("a leg was kept for a call that is no more", "仍保留着已结束呼叫的通道"),
    "ghost.left_timer": ("a timer ran for something that is no more", "仍有对象已不存在的定时器"),
    "ghost.timer_overdue": ("a timer was due and never fired", "定时器到期后没有触发"),
    "ghost.not_in_line": ("a caller waited and stood in no line", "主叫在等待，却不在任何队列中"),
    "ghost.not_taken_back": ("nothing would have brought a caller back", "主叫不会再被接回"),
    "ghost.stranger": ("a leg of ours that no call knew, alone", "属于本系统、无呼叫归属的孤立通道"),
    "ghost_done.closed": ("taken for over", "按已结束处理"),
    "ghost_done.freed": ("agent freed", "已释放坐席"),
    "ghost_done.ended_again": ("hung up again", "再次挂断"),
    "ghost_done.taken_up": ("taken for answered, joined", "按已接听处理并接通"),
    "ghost_done.removed": ("removed", "已清除"),
    "ghost_done.fired": ("fired now", "立即触发"),
    "ghost_done.put_in_line": ("put into the line", "已放入队列"),
    "ghost_done.brought_back": ("brought back to us", "已接回本系统"),
    "ghost_done.hung_up": ("hung up", "已挂断"),
    "listing_not_believed": (
        "the switch listed none of our legs, which is not believed",
        "交换机列出的通道中没有任何一个属于本系统，不予采信",
    ),
    # Elsewhere.
    "alarm.ghost": (
        "Engine and switch did not agree; it was put right. “fs-control doctor --state” tells what it was.",
        "引擎与交换机的状态曾不一致，已自动纠正。详情见“fs-control doctor --state”。",
    ),
    "alarm.listing_not_believed": (
        "The switch lists none of the {legs} legs of our calls. Is its database of channels switched off or broken?",
        "本系统的呼叫有 {legs} 个通道，交换机却一个也没有列出。请检查其通道数据库是否关闭或损坏。",
    ),
    "status_ghosts": (
        "Put right today where engine and switch did not agree: {ghosts}. “fs-control doctor --state” lists them.",
        "今天已纠正引擎与交换机的状态不一致 {ghosts} 处，详情见“fs-control doctor --state”。",
    ),
    "doctor_item.state": ("engine and switch agree", "引擎与交换机状态"),
    "doctor.state_agrees": (
        "They agreed whenever they were compared in the last {days} days.",
        "最近 {days} 天内每次比对均一致。",
    ),
    "doctor.state_ghosts": (
        "{ghosts} times in the last {days} days they did not, and it was put right.",
        "最近 {days} 天内有 {ghosts} 处不一致，均已自动纠正。",
    ),
    "doctor_remedy.state_ghosts": (
        "look at each with “fs-control doctor --state”; what led there is in its file.",
        "用“fs-control doctor --state”逐一查看，前因记录在各自的文件中。",
    ),
    "state_looked": (
        "Looked just now: {differences} differences, {healed} put right; the others were gone at the second look.",
        "刚刚比对完毕：不一致 {differences} 处，已纠正 {healed} 处；其余在第二次比对时已消失。",
    ),
    "doctor.state_not_compared": (
        "The switch could not be asked just now: there is no link to it, or it does not answer.",
        "暂时无法向交换机查询：连接中断或没有应答。",
    ),
    "doctor_remedy.state_not_compared": (
        "look at the switch with “fs-control doctor”.",
        "用“fs-control doctor”检查交换机。",
    ),
    "state_kept": ("One file each, with what led there: {folder}", "每处一个文件，内含前因：{folder}"),
    "heading.ghost_at": ("when", "时间"),
    "heading.ghost_kind": ("what did not agree", "不一致之处"),
    "heading.ghost_call": ("call", "呼叫"),
    "heading.ghost_agent": ("agent", "坐席"),
    "heading.ghost_done": ("what was done", "处理结果"),
    "progress.state": ("Comparing engine and switch ...", "正在比对引擎与交换机……"),
    "option.state": (
        "Only this: where engine and switch did not agree in the last 30 days.",
        "只看最近 30 天内引擎与交换机不一致之处。",
    ),
    "option.state_now": (
        "With --state: have the running engine compare first; takes ten seconds where something differs.",
        "与 --state 同用：先让运行中的引擎比对一次；发现不一致时约需十秒。",
    ),
    "doctor_now_without_state": (
        "--now belongs to --state: “fs-control doctor --state --now”.",
        "--now 须与 --state 同用：“fs-control doctor --state --now”。",
    ),
}
