"""What `demo` says: the title of each of its calls, what it is doing, and its verdict."""

from __future__ import annotations

from typing import Final

DEMO: Final = {
    "demo.begins": (
        "{calls} callers are about to ring. No telephone is needed: the switch is in the box, everything else is real.",
        "即将有 {calls} 位客户来电。无需电话：交换机是内置的，其余全部真实运行。",
    ),
    "demo.night": ("It is 03:00 and nobody is signed in.", "现在是凌晨 03:00，没有坐席签入。"),
    "demo.morning": ("It is 10:00 and six agents are signed in.", "现在是上午 10:00，六位坐席已签入。"),
    "demo.call_ended": ("  over: {title}", "  已结束：{title}"),
    "demo.nobody_at_night": ("Three in the morning", "凌晨三点的来电"),
    "demo.first_agent_does_not_answer": ("The first agent does not answer", "第一位坐席未接听"),
    "demo.leaves_in_the_menu": ("Hangs up in the menu", "在菜单中挂机"),
    "demo.wrong_key": ("Presses a key that is not offered", "按了未提供的按键"),
    "demo.abandons_while_the_phone_rings": ("Gives up while the phone rings", "振铃时放弃"),
    "demo.declined_by_one_taken_by_the_other": ("Declined by one, taken by the other", "一位拒接，另一位接听"),
    "demo.gbk_name_and_no_key": ("A name in GBK, and no key at all", "GBK 编码的姓名，未按任何键"),
    "demo.one_of_two_for_one_agent": ("Two callers for one agent: the first", "两位客户等同一坐席：第一位"),
    "demo.the_other_for_the_same_agent": ("Two callers for one agent: the second", "两位客户等同一坐席：第二位"),
    "demo.withheld_number": ("A withheld number", "隐藏号码的来电"),
    "demo.number_without_a_flow": ("A number that is not set up yet", "尚未配置流程的号码"),
    "demo.takes_the_only_line": ("Holds the only line of a number", "占用号码唯一的线路"),
    "demo.number_is_full": ("Meets a number that is full", "遇到占满的号码"),
    "demo.reaches_the_own_agent": ("A customer reaches their own agent", "客户接通自己的专属坐席"),
    "demo.own_agent_is_busy": ("The own agent is busy: a colleague at random", "专属坐席忙：随机由同事代接"),
    "demo.vip_goes_ahead": ("A VIP goes ahead in the line", "贵宾优先接入"),
    "demo.why": ("Why: {sentence}", "原因：{sentence}"),
    "demo.differs": (
        "{number}: {what} should be {expected} and is {found}.",
        "{number}：{what} 应为 {expected}，实际为 {found}。",
    ),
    "demo.does_not_add_up": (
        "{number}: the segments do not add up to the call.",
        "{number}：各时段之和与通话时长不符。",
    ),
    "demo.silence": ("{number}: the caller was not told why.", "{number}：未告知来电者原因。"),
    "demo.two_offers": ("Agent {agent} had two offers at once.", "坐席 {agent} 同时有两个派发。"),
    "demo.talk_without_agent": ("A talk has no agent or no group.", "有通话没有坐席或技能组。"),
    "demo.records_missing": ("{expected} calls, but {found} records.", "共 {expected} 通来电，但只有 {found} 条记录。"),
    "demo.failed": ("{count} things are not as they must be.", "有 {count} 处与预期不符。"),
    "demo.passed": (
        "All {calls} records are what the script of calls demands ({seconds} s). Next: make run",
        "{calls} 条记录全部符合脚本要求（{seconds} 秒）。下一步：make run",
    ),
    "demo_stuck": ("The demo did not come to its end within {seconds} s.", "演示未能在 {seconds} 秒内结束。"),
}
