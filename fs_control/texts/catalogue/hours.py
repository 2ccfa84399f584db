"""Calendars of service hours: what their commands are for, say, ask and refuse."""

from __future__ import annotations

from typing import Final

HOURS: Final = {
    # What the commands are for.
    "help.hours": (
        "Calendars of service hours: regular hours, holidays, special hours.",
        "服务时间日历：常规工作时间、节假日、特殊工作时间。",
    ),
    "help.hours.list": (
        "List calendars and whether each is open now. Each WORD is a part of the name.",
        "列出日历及当前是否在服务时间内。WORD 为名称的一部分。",
    ),
    "help.hours.show": (
        "Show one calendar: its week, its special dates, its own holidays and working days.",
        "显示一个日历：每周工作时间、特殊日期、自定义节假日和工作日。",
    ),
    "help.hours.add": ("Add a calendar with its regular hours.", "新增日历及其常规工作时间。"),
    "help.hours.set": (
        "Change a calendar at once; hours that are given are all its regular hours.",
        "修改日历并立即生效；给出的时间即为全部常规工作时间。",
    ),
    "help.hours.remove": (
        "Remove calendars, after asking; one that an active flow names is refused.",
        "确认后删除日历；仍被启用流程引用的日历不能删除。",
    ),
    "help.hours.restore": (
        "Bring a calendar back within 30 days, as it was.",
        "在 30 天内恢复日历。",
    ),
    "help.hours.special": (
        "Special hours of single dates; they win over holidays and regular hours.",
        "特殊工作时间：优先于节假日和常规工作时间。",
    ),
    "help.hours.special.add": (
        "Give dates hours of their own, or “closed”. DATE may be a range: 2026-12-24..2026-12-31.",
        "为日期设置特殊工作时间，或填 closed 表示全天关闭。DATE 可为范围：2026-12-24..2026-12-31。",
    ),
    "help.hours.special.remove": ("Take the special hours of dates away.", "取消日期的特殊工作时间。"),
    "help.hours.holiday": (
        "Holidays of your own, over the public ones; they win over regular hours.",
        "自定义节假日：优先于法定节假日设置和常规工作时间。",
    ),
    "help.hours.holiday.add": (
        "Make dates holidays, whatever the public holidays say. DATE may be a range.",
        "将日期设为节假日，不受法定节假日影响。DATE 可为范围。",
    ),
    "help.hours.holiday.remove": (
        "Take holidays away, own and public ones; the dates have the hours of their weekday then.",
        "取消节假日（自定义或法定），这些日期按所在星期的时间工作。",
    ),
    "help.hours.workday": (
        "Working days of your own, over the public holidays and make-up days.",
        "自定义工作日：优先于法定节假日和调休安排。",
    ),
    "help.hours.workday.add": (
        "Make dates working days with the hours of a weekday (--like), or else of their own.",
        "将日期设为工作日，使用指定星期（--like）或当日所在星期的工作时间。",
    ),
    "help.hours.workday.remove": ("Take own working days away.", "取消自定义工作日。"),
    "help.hours.explain": (
        "Say whether a calendar is open at a time, which layer decided, and when that changes.",
        "说明日历在某一时刻是否开放、由哪一层决定、何时变化。",
    ),
    "help.hours.calendar": (
        "Print a year of a calendar as a picture, with what is special about its days.",
        "以图形打印日历的一整年，并列出特殊日期。",
    ),
    "help.hours.import": (
        "Take over a CSV sheet of calendars: all of it, or nothing with every bad line named.",
        "导入日历 CSV 表：全部导入，或指出每一处错误且不作任何改动。",
    ),
    "help.hours.export": ("Write the calendars as a CSV sheet.", "将日历导出为 CSV 表。"),
    "option.hours": (
        "Days and hours, such as “mon-fri 09:00-12:00 13:30-18:00”; may be given several times.",
        "星期与时间，例如“mon-fri 09:00-12:00 13:30-18:00”或“周一至周五 9:00-18:00”，可多次给出。",
    ),
    "option.time_zone": (
        "IANA name such as Asia/Shanghai; without one, that of the enterprise.",
        "IANA 时区名，例如 Asia/Shanghai；不填则使用企业时区。",
    ),
    "option.public_holidays": (
        "Country whose public holidays count, such as CN, or with a part of it: DE-BY.",
        "采用其法定节假日的国家，例如 CN，或国家加地区：DE-BY。",
    ),
    "option.like": ("The weekday whose hours the dates have, such as fri.", "使用该星期的工作时间，例如 fri 或 周五。"),
    # Answers.
    "item_kind.calendar": ("calendar", "日历"),
    "calendar_added": ("The calendar {calendar} is there.", "已新增日历 {calendar}。"),
    "calendars_removed": (
        "Removed calendars: {calendars}. Within 30 days “fs-control hours restore CALENDAR” brings one back.",
        "已删除日历：{calendars}。30 天内可用“fs-control hours restore CALENDAR”恢复。",
    ),
    "remove_calendars_really": ("Remove the calendars {calendars}?", "确定删除日历 {calendars} 吗？"),
    "no_calendars": (
        "There are no calendars yet. “fs-control hours add NAME --hours DAYS FROM-TO” adds one.",
        "还没有日历。可用“fs-control hours add NAME --hours …”新增。",
    ),
    "special_added": ("Special hours of {calendar}: {days}.", "{calendar} 的特殊工作时间：{days}。"),
    "holiday_added": ("Holidays of {calendar}: {days}.", "{calendar} 的节假日：{days}。"),
    "holiday_removed": ("No holidays in {calendar} any more: {days}.", "{calendar} 不再作为节假日：{days}。"),
    "workday_added": ("Working days of {calendar}: {days}.", "{calendar} 的工作日：{days}。"),
    "days_are_as_usual": ("As usual again in {calendar}: {days}.", "{calendar} 恢复常规安排：{days}。"),
    "hours_open": ("open", "开放"),
    "hours_closed": ("closed", "关闭"),
    "hours_all_day": ("closed the whole day", "全天关闭"),
    "hours_acts_as": ("hours of {weekday}", "按{weekday}时间"),
    "hours_years_unknown": (
        "Careful: the public holidays of {country} in {years} are not all known yet (make-up working days are "
        "announced year by year). Upgrade fs_control once they are announced, or enter them: “fs-control hours workday "
        "add {calendar} DATE --like WEEKDAY”, “fs-control hours holiday add {calendar} DATE”.",
        "注意：{country} {years} 年的法定节假日安排（调休工作日逐年公布）尚不完整。公布后请升级 fs_control，"
        "或手工录入：“fs-control hours workday add {calendar} 日期 --like 星期”、"
        "“fs-control hours holiday add {calendar} 日期”。",
    ),
    "hours_never_shown": (
        "Careful: in {zone} the clock skips {when}, where hours of {calendar} begin or end. What counts is the jump.",
        "注意：{zone} 因夏令时调整没有 {when} 这一时刻，而 {calendar} 的时间在此开始或结束，以时钟跳变的时刻为准。",
    ),
    "hours_shown_twice": (
        "Careful: in {zone} the clock shows {when} twice, where hours of {calendar} begin or end. They do so twice.",
        "注意：{zone} 因夏令时调整会出现两次 {when}，而 {calendar} 的时间在此开始或结束，两次均生效。",
    ),
    # Why a calendar is open or closed.
    "hours_is_open": ("{calendar} is open: {when} ({zone}).", "{calendar} 开放：{when}（{zone}）。"),
    "hours_is_closed": ("{calendar} is closed: {when} ({zone}).", "{calendar} 关闭：{when}（{zone}）。"),
    "hours_first_or_second": ("{when}, UTC{offset}", "{when}（时差 UTC{offset}）"),
    "hours_because.special": (
        "Special working time decides: {detail} of {day}.",
        "由特殊工作时间决定：{day} 的 {detail}。",
    ),
    "hours_because.special_other_hours": (
        "Special working time decides: on this date {hours}, and not now.",
        "由特殊工作时间决定：当日为 {hours}，此刻不在其中。",
    ),
    "hours_because.special_all_day": (
        "Special working time decides: this date is closed the whole day.",
        "由特殊工作时间决定：当日全天关闭。",
    ),
    "hours_because.holiday": ("A holiday decides: {detail} ({origin}).", "由节假日决定：{detail}（{origin}）。"),
    "hours_because.regular": (
        "The regular hours decide: {weekday} {detail}.",
        "由常规工作时间决定：{weekday} {detail}。",
    ),
    "hours_because.regular_working_day": (
        "The regular hours decide: {day} is a working day with the hours of {weekday}, {detail}.",
        "由常规工作时间决定：{day} 为调休工作日，按{weekday}时间 {detail}。",
    ),
    "hours_because.none_other_hours": (
        "No layer says open: the regular hours of this date are {hours}.",
        "不在任何服务时间内：当日常规工作时间为 {hours}。",
    ),
    "hours_because.none_no_hours": (
        "No layer says open: there are no hours on {weekday}.",
        "不在任何服务时间内：{weekday}没有工作时间。",
    ),
    "hours_wins_over.holiday": ("It wins over the holiday: {what}.", "优先于节假日：{what}。"),
    "hours_wins_over.regular": ("It wins over the regular hours: {what}.", "优先于常规工作时间：{what}。"),
    "hours_opens_next": ("It opens next: {when}.", "下次开放：{when}。"),
    "hours_closes_next": ("It closes next: {when}.", "下次关闭：{when}。"),
    "hours_never_changes": (
        "That does not change within the next 400 days.",
        "未来 400 天内不会变化。",
    ),
    "hours_own_holiday": ("your own", "自定义"),
    # The picture of a year.
    "hours_year_title": ("{calendar} in {year} ({zone})", "{calendar} {year} 年（{zone}）"),
    "day_legend.regular": ("regular hours", "常规工作时间"),
    "day_legend.closed": ("no hours on this weekday", "该星期无工作时间"),
    "day_legend.holiday": ("holiday, closed", "节假日，关闭"),
    "day_legend.working_day": ("working day with the hours of a weekday", "调休或自定义工作日"),
    "day_legend.special": ("special hours", "特殊工作时间"),
    "day_legend.special_closed": ("closed the whole day by special working time", "特殊安排，全天关闭"),
    "day_mark.special": ("special hours", "特殊工作时间"),
    "day_mark.special_closed": ("closed", "全天关闭"),
    "day_mark.holiday": ("holiday", "节假日"),
    "day_mark.working_day": ("working day", "工作日"),
    "clock_changes_at": (
        "The clock goes from {before} to {after}.",
        "时钟调整：{before} 改为 {after}。",
    ),
    "heading.calendar": ("calendar", "日历"),
    "heading.now": ("now", "当前"),
    "heading.hours": ("hours", "工作时间"),
    "heading.public_holidays": ("holidays of", "法定节假日"),
    "heading.time_zone": ("time zone", "时区"),
    "heading.weekday": ("weekday", "星期"),
    "heading.half_hours": ("0 to 24 h, # is open", "0 至 24 时，# 为开放"),
    "heading.date": ("date", "日期"),
    "heading.detail": ("detail", "说明"),
    # What the doctor finds.
    "doctor_item.calendars": ("calendars", "服务时间日历"),
    "doctor.calendars_none": ("There are no calendars of service hours.", "没有服务时间日历。"),
    "doctor.calendars_known": (
        "The public holidays of this year and the next are known: {calendars}.",
        "今明两年的法定节假日均已知：{calendars}。",
    ),
    "doctor.calendars_year_unknown": (
        "The public holidays of {years} are not all known yet to: {calendars}.",
        "{years} 年的法定节假日安排（含调休）尚不完整，涉及日历：{calendars}。",
    ),
    "doctor_remedy.calendars_year_unknown": (
        "upgrade fs_control once the make-up days are announced, or enter them: “fs-control hours workday add”, "
        "“fs-control hours holiday add”.",
        "调休安排公布后升级 fs_control，或用“fs-control hours workday add”、“fs-control hours holiday add”手工录入。",
    ),
    # Refusals: what is not there, or there already, or needed.
    "calendar_unknown": (
        "There is no calendar “{calendar}”. “fs-control hours list” shows those there are.",
        "没有日历“{calendar}”。可用“fs-control hours list”查看全部日历。",
    ),
    "calendar_exists": (
        "There is a calendar “{calendar}” already. “fs-control hours set {calendar}” changes it.",
        "日历“{calendar}”已存在。可用“fs-control hours set {calendar}”修改。",
    ),
    "calendar_not_removed": (
        "No calendar “{name}” was removed within the last 30 days.",
        "最近 30 天内没有删除过日历“{name}”。",
    ),
    "calendar_in_use": (
        "The calendar “{calendar}” is needed: active flows ask for it: {flows}. Change and activate them first.",
        "日历“{calendar}”正被启用的流程引用：{flows}。请先修改并启用这些流程。",
    ),
    "no_special_hours": ("{day} has no special hours in {calendar}.", "{calendar} 在 {day} 没有特殊工作时间。"),
    "no_holiday": ("{day} is no holiday in {calendar}.", "{calendar} 中 {day} 不是节假日。"),
    "no_workday": (
        "{day} is no working day of your own in {calendar}.",
        "{calendar} 中 {day} 不是自定义工作日。",
    ),
    "workday_is_public": (
        "{day} is a public make-up day. “fs-control hours holiday add {calendar} {day}” closes it.",
        "{day} 是法定调休工作日。如需关闭，请用“fs-control hours holiday add {calendar} {day}”。",
    ),
    # Refusals: values.
    "not_hours": (
        "“{text}” is no span of time. Write 09:00-17:30; 22:00-06:00 ends on the next day.",
        "“{text}”不是有效的时间段。请写成 09:00-17:30；22:00-06:00 表示次日结束。",
    ),
    "hours_empty": (
        "“{text}” ends where it begins. The whole day is 00:00-24:00.",
        "“{text}”的起止时刻相同。全天请写 00:00-24:00。",
    ),
    "clock_time_impossible": (
        "No clock shows {time} (in “{text}”). Times go from 00:00 to 23:59; a day ends at 24:00.",
        "不存在 {time} 这一时刻（“{text}”）。时刻为 00:00 至 23:59，一天结束写 24:00。",
    ),
    "not_a_weekday": (
        "“{text}” is no weekday. Possible are: {valid}; ranges such as mon-fri; daily.",
        "“{text}”不是星期。可用：{valid}，范围如 mon-fri，daily，以及周一至周日。",
    ),
    "hours_without_day": (
        "“{text}” stands before any day. Write the days first: mon-fri 09:00-18:00, or 2026-05-01 10:00-16:00.",
        "“{text}”之前缺少日期或星期。请先写日子：mon-fri 09:00-18:00 或 2026-05-01 10:00-16:00。",
    ),
    "day_without_hours": ("No hours stand behind “{text}”.", "“{text}”之后缺少时间段。"),
    "closed_with_hours": (
        "{text} is to be closed and to have hours. Which of the two?",
        "{text} 同时写了关闭和时间段，请只保留一种。",
    ),
    "hours_overlap": (
        "These hours overlap: {first} and {second}.",
        "时间段重叠：{first} 与 {second}。",
    ),
    "not_a_date": (
        "“{text}” is no date. Write 2026-10-01, or a range: 2026-10-01..2026-10-07.",
        "“{text}”不是日期。请写成 2026-10-01，或范围 2026-10-01..2026-10-07。",
    ),
    "date_does_not_exist": ("There is no date {text}.", "不存在 {text} 这一天。"),
    "year_not_served": (
        "The year {year} is not served; years go from {first} to {last}.",
        "不支持 {year} 年，可用年份为 {first} 至 {last}。",
    ),
    "dates_backwards": ("“{text}” ends before it begins.", "“{text}”的结束日期早于开始日期。"),
    "dates_too_many": ("“{text}” are more than {most} days.", "“{text}”超过 {most} 天。"),
    "date_twice": ("{day} is written twice.", "{day} 重复出现。"),
    "date_holiday_and_working_day": (
        "{day} is both a holiday and a working day.",
        "{day} 既是节假日又是工作日。",
    ),
    "working_day_without_hours": (
        "{day} is to have the hours of {weekday}, which has none. Name another weekday, such as fri (--like fri).",
        "{day} 要按 {weekday} 的时间工作，但该星期没有工作时间。请指定其他星期，例如 fri（--like fri）。",
    ),
    "public_holidays_unknown": (
        "No public holidays are known of “{text}”. Write a country (ISO 3166) such as CN, or DE-BY.",
        "没有“{text}”的法定节假日数据。请填国家代码（ISO 3166），例如 CN 或 DE-BY。",
    ),
    "subdivision_unknown": (
        "{country} has no part of its own holidays in “{text}”.",
        "{country} 没有“{text}”这一地区的节假日数据。",
    ),
    "not_a_local_time": (
        "“{text}” is no time. Write a date and what the clock shows: 2026-10-01 10:00.",
        "“{text}”不是时刻。请写日期和时间：2026-10-01 10:00。",
    ),
    "clock_time_skipped": (
        "There is no {text} in {zone}: the clock is put forward over it.",
        "{zone} 没有 {text} 这一时刻：时钟因夏令时跳过了它。",
    ),
}
