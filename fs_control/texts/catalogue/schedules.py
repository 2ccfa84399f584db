"""Agents who are signed in and out by plan: what the commands are for, say, ask and refuse (G1, G2, G3)."""

from __future__ import annotations

from typing import Final

SCHEDULES: Final = {
    # What the commands are for.
    "help.schedule": ("Agents who are signed in and out by plan.", "排班：按计划签入、签出坐席。"),
    "help.schedule.list": ("List the schedules.", "列出排班。"),
    "help.schedule.show": (
        "Show one schedule, and what came of the last time where an engine runs.",
        "显示一个排班；引擎运行时还显示上一次的执行结果。",
    ),
    "help.schedule.add": (
        "Add a schedule: whom it signs in or out, on which days, at which times, on which terminal.",
        "新增排班：哪些坐席、哪些日子、何时签入或签出、使用哪种终端。",
    ),
    "help.schedule.set": (
        "Change a schedule; agents and days that are given are all of them, and “-” takes a value away.",
        "修改排班；给出的坐席和日子即为全部，“-”表示取消该项。",
    ),
    "help.schedule.remove": (
        "Remove schedules, after asking; nobody is signed in or out by that.",
        "确认后删除排班；不会因此签入或签出任何坐席。",
    ),
    "help.schedule.next": (
        "Show what will happen in the coming days, of some schedules or of all.",
        "显示未来几天将要执行的签入和签出（部分或全部排班）。",
    ),
    "option.plan_agents": ("An agent's number; may be given several times.", "坐席工号，可多次给出。"),
    "option.plan_days": (
        "Weekdays and dates, such as “mon-fri, 2026-12-24” or “daily”.",
        "星期和日期，例如“mon-fri, 2026-12-24”、“daily”或“周一至周五”。",
    ),
    "option.plan_calendar": (
        "Every day on which hours of this calendar begin.",
        "该服务时间日历有工作时间的每一天。",
    ),
    "option.plan_sign_in": ("When they are signed in, such as 18:00.", "签入时刻，例如 18:00。"),
    "option.plan_sign_out": (
        "When they are signed out; on the next day if that is not later than the sign-in.",
        "签出时刻；不晚于签入时刻时表示次日。",
    ),
    "option.plan_terminal": (
        "On what they are signed in: sip, softphone, phone or app; without it, the default of each agent.",
        "使用方式：sip、softphone、phone 或 app；不填则使用各坐席的默认终端。",
    ),
    "option.plan_enabled": ("Whether the schedule does anything: yes or no.", "是否启用：yes 或 no。"),
    "option.plan_ahead": ("How many days ahead.", "向后显示的天数。"),
    # Answers.
    "schedule_added": ("The schedule {schedule} is there.", "已新增排班 {schedule}。"),
    "schedule_changed": ("Changed the schedule {schedule}: {changes}.", "已修改排班 {schedule}：{changes}。"),
    "schedule_already_so": ("The schedule {schedule} is so already.", "排班 {schedule} 已是如此，未作改动。"),
    "schedules_removed": ("Removed schedules: {schedules}.", "已删除排班：{schedules}。"),
    "remove_schedules_really": ("Remove the schedules {schedules}?", "确定删除排班 {schedules} 吗？"),
    "no_schedules": (
        "There are no schedules yet. “fs-control schedule add NAME --agent NUMBER --on DAYS --sign-in HH:MM” adds one.",
        "还没有排班。可用“fs-control schedule add NAME --agent NUMBER --on DAYS --sign-in HH:MM”新增。",
    ),
    "nothing_planned": ("Nothing is planned for the next {days} days.", "未来 {days} 天没有计划的签入或签出。"),
    "schedule_enabled": ("yes", "是"),
    "schedule_disabled": ("no", "否"),
    "schedule_next_day": ("{time} the next day", "次日 {time}"),
    "schedule_days_of": ("days of {calendar}", "{calendar} 的工作日"),
    "schedule_last_run": ("Last time: {when}, {act}.", "上一次：{when}，{act}。"),
    "schedule_done_for": ("Done for: {agents}.", "已执行：{agents}。"),
    "schedule_left_alone": ("Was so already, and left alone: {agents}.", "原已如此，未作改动：{agents}。"),
    "schedule_refused_for": ("Not possible for {agent}: {why}", "{agent} 未能执行：{why}"),
    "participation.sign_in": ("sign in", "签入"),
    "participation.sign_out": ("sign out", "签出"),
    "participation.both": ("sign in and out", "签入签出"),
    "planned.sign_in": ("signed in by schedule", "按排班签入"),
    "planned.sign_out": ("signed out by schedule", "按排班签出"),
    "timer.schedule": ("a schedule was due", "排班时刻已到"),
    "heading.schedule": ("schedule", "排班"),
    "heading.participation": ("does", "参与类型"),
    "heading.days": ("days", "日子"),
    "heading.sign_in": ("sign-in", "签入"),
    "heading.sign_out": ("sign-out", "签出"),
    "heading.terminal_kind": ("terminal", "使用方式"),
    "heading.agents": ("agents", "坐席"),
    "heading.enabled": ("enabled", "启用"),
    "heading.when": ("when", "时间"),
    "heading.planned_act": ("what", "内容"),
    # Refusals.
    "schedule_unknown": (
        "There is no schedule “{schedule}”. “fs-control schedule list” shows those there are.",
        "没有排班“{schedule}”。可用“fs-control schedule list”查看全部排班。",
    ),
    "schedule_exists": (
        "There is a schedule “{schedule}” already. “fs-control schedule set {schedule}” changes it.",
        "排班“{schedule}”已存在。可用“fs-control schedule set {schedule}”修改。",
    ),
    "schedule_without_time": (
        "The schedule {schedule} would do nothing: it has neither --sign-in nor --sign-out.",
        "排班 {schedule} 没有任何作用：既没有 --sign-in 也没有 --sign-out。",
    ),
    "schedule_without_agents": (
        "The schedule {schedule} would do nothing: it has no agent. Name some with --agent.",
        "排班 {schedule} 没有任何作用：没有坐席。请用 --agent 指定。",
    ),
    "schedule_without_days": (
        "The schedule {schedule} would never be due: it has no days. Name some with --on or --calendar.",
        "排班 {schedule} 永远不会执行：没有日子。请用 --on 或 --calendar 指定。",
    ),
    "calendar_of_schedules": (
        "The calendar “{calendar}” is needed: schedules go by it: {schedules}. Change or remove them first.",
        "日历“{calendar}”正被排班使用：{schedules}。请先修改或删除这些排班。",
    ),
    "not_a_clock_time": (
        "“{text}” is no time of the day. Write it as 18:00.",
        "“{text}”不是有效的时刻。请写成 18:00。",
    ),
}
