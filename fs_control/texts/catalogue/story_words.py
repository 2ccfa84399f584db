"""More sentences of a call's story: the words that the caller heard, the waiting, the segments and their sum.

`agent`, `others` and `group` are names as people know them; `seconds` is a length with one decimal.
"""

from __future__ import annotations

from typing import Final

_WEEKDAYS: Final = (
    ("Monday", "星期一"),
    ("Tuesday", "星期二"),
    ("Wednesday", "星期三"),
    ("Thursday", "星期四"),
    ("Friday", "星期五"),
    ("Saturday", "星期六"),
    ("Sunday", "星期日"),
)

STORY_WORDS: Final = {
    **{f"weekday.{number}": names for number, names in enumerate(_WEEKDAYS)},
    "story.title": ("Call {call}", "呼叫 {call}"),
    "story.called": ("{caller} called {number}.", "{caller}拨打 {number}。"),
    "story.called_with_flow": ("{caller} called {number}, flow {flow}.", "{caller}拨打 {number}，进入流程 {flow}。"),
    "story.called_with_flow_version": (
        "{caller} called {number}, flow {flow}, version {version}.",
        "{caller}拨打 {number}，进入流程 {flow}（第 {version} 版）。",
    ),
    "story.caller_without_number": ("A caller ({kind})", "主叫（{kind}）"),
    "story.heard": ("Heard: “{words}”", "听到：“{words}”"),
    "story.meaning": ("“{words}”", "意为：“{words}”"),
    "story.told": ("Was told: “{words}”", "告知：“{words}”"),
    "story.left_during": ("Did not stay for all of: “{words}”", "未听完：“{words}”"),
    "story.not_heard": ("Cut short, or could not be played: “{words}”", "被打断或未能播放：“{words}”"),
    "story.joined": ("Joined the line for {group}.", "进入 {group} 排队。"),
    "story.left_line": ("Gave up after {seconds} s in the line for {group}.", "在 {group} 排队 {seconds} 秒后放弃。"),
    "story.vip": ("Went ahead of {detail} in line, by priority.", "凭优先级排到 {detail} 人之前。"),
    "story.overflow": ("Stood in the line for {detail} as well.", "同时进入 {detail} 排队。"),
    "story.announced": ("Was told: number {place} in line.", "播报：排在第 {place} 位。"),
    "story.announced_short_wait": (
        "Was told: number {place} in line, less than a minute to wait.",
        "播报：排在第 {place} 位，预计等待不到一分钟。",
    ),
    "story.announced_wait": (
        "Was told: number {place} in line, about {minutes} min to wait.",
        "播报：排在第 {place} 位，预计等待约 {minutes} 分钟。",
    ),
    "story.chosen": ("{agent} was free at once and was chosen: {rule}.", "{agent} 空闲，立即选中：{rule}。"),
    "story.chosen_only": ("{agent} was free at once.", "{agent} 空闲，立即选中。"),
    "story.chosen_after": (
        "After {seconds} s in line {agent} was chosen: {rule}.",
        "排队 {seconds} 秒后选中 {agent}：{rule}。",
    ),
    "story.chosen_only_after": ("After {seconds} s in line {agent} was free.", "排队 {seconds} 秒后，{agent} 空闲。"),
    "story.chosen_next": ("Next {agent} was chosen: {rule}.", "接着选中 {agent}：{rule}。"),
    "story.chosen_only_next": ("Next {agent} was chosen.", "接着选中 {agent}。"),
    "story.together": ("Rung at the same time: {agents}.", "同时振铃：{agents}。"),
    "story.together_after": (
        "After {seconds} s in line, rung at the same time: {agents}.",
        "排队 {seconds} 秒后同时振铃：{agents}。",
    ),
    "story.others": ("Not chosen: {others}.", "未选：{others}。"),
    "story.others_more": ("and {count} more", "另有 {count} 人"),
    "story.rang_answered": (
        "The phone {phone} rang, and {agent} answered after {seconds} s.",
        "话机 {phone} 振铃，{agent} 于 {seconds} 秒后接听。",
    ),
    "story.answered": ("{agent} answered on the phone {phone}.", "{agent} 用话机 {phone} 接听。"),
    "story.rang_in_vain": (
        "The phone {phone} rang for {seconds} s; {agent} {result}.",
        "{agent} 的话机 {phone} 振铃 {seconds} 秒：{result}。",
    ),
    "story.never_rang": (
        "The phone {phone} did not ring; {agent} {result}.",
        "{agent} 的话机 {phone} 未振铃：{result}。",
    ),
    "story.talk": ("Talked with {agent} for {seconds} s.", "与 {agent} 通话 {seconds} 秒。"),
    "story.talk_until": (
        "Talked with {agent} for {seconds} s, until {by} hung up.",
        "与 {agent} 通话 {seconds} 秒，{by}先挂断。",
    ),
    "story.hung_up": ("{seconds} s after it began, {by} hung up.", "历时 {seconds} 秒，{by}挂断。"),
    "story.ended_call": ("{seconds} s after it began, {by} ended the call.", "历时 {seconds} 秒，{by}结束通话。"),
    "story.not_over": ("The call is not over yet.", "通话尚未结束。"),
    "story.flow_ended": ("The flow came to its end: {reason}.", "流程结束：{reason}。"),
    "story.sum": ("The segments add up: {parts} = {seconds} s.", "各段相加：{parts} = {seconds} 秒。"),
    "story.sum_of_one": ("One segment is the whole call: {seconds} s.", "全程仅一段：{seconds} 秒。"),
    "story.no_time": ("The call took no time that could be measured.", "通话时长短得无法计量。"),
    "story.seconds": ("{seconds} s", "{seconds} 秒"),
    "story.segment_ended": ("ended by {by}", "由{by}结束"),
    "story.agent_gone": ("former agent {id}", "原坐席 {id}"),
    "story.group_gone": ("former group {id}", "原技能组 {id}"),
    # How a caller left a step, where that needs telling (the name of the step's exit).
    "exit.nobody_signed_in": ("Nobody of the group was signed in.", "该技能组无人签入。"),
    "exit.waited_too_long": ("Had waited as long as the flow allows.", "已等到流程允许的最长时间。"),
    "exit.queue_exit_key": ("Left the line by that key.", "按键退出排队。"),
    "exit.line_full": ("The line was full.", "排队人数已满。"),
    "exit.wrong_key": ("Was not asked again.", "菜单不再重复询问。"),
    "exit.no_key": ("Was not asked again.", "菜单不再重复询问。"),
    "exit.wrong": ("Was not asked again.", "不再重复询问。"),
    "exit.nobody_free": ("Nobody of the group was free.", "该技能组无人空闲。"),
    "exit.not_signed_in": ("The agent was not signed in.", "该坐席未签入。"),
    "exit.busy": ("Busy: the call was not taken.", "忙，未接通。"),
    "exit.no_answer": ("Nobody answered.", "无人应答。"),
    "exit.failed": ("That did not work.", "未能成功。"),
    "exit.nothing_said": ("Left no message.", "没有留言。"),
    "exit.open": ("The calendar of “{step}” said: open.", "步骤“{step}”的日历：上班时间。"),
    "exit.closed": ("The calendar of “{step}” said: closed.", "步骤“{step}”的日历：非服务时间。"),
    "exit.holiday": ("The calendar of “{step}” said: a holiday.", "步骤“{step}”的日历：节假日。"),
    "exit.special": ("The calendar of “{step}” said: open, by special hours.", "步骤“{step}”的日历：特殊工作时间。"),
    "exit.when": ("Condition {detail} of “{step}” was true.", "步骤“{step}”的第 {detail} 个条件成立。"),
    "exit.*": ("Left the step “{step}” by its exit “{rest}”.", "从步骤“{step}”的出口“{rest}”离开。"),
    "exit.otherwise": ("No condition of “{step}” was true.", "步骤“{step}”的条件均不成立。"),
}
