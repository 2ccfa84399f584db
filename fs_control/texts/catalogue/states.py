"""Breaks, wrap-up and the settings of agents: what is refused, shown and asked."""

from __future__ import annotations

from typing import Final

STATES: Final = {
    # What is refused about a break (centre.readiness).
    "break_reason_unknown": (
        "There is no reason “{reason}” for a break. Possible are: {valid}.",
        "没有小休原因“{reason}”。可用：{valid}。",
    ),
    "break_reason_missing": (
        "A break needs a reason, one of: {valid}.",
        "小休须说明原因，可用：{valid}。",
    ),
    "no_break_reasons": (
        "The enterprise has named no reasons for breaks, so there is no “{reason}”. “fs-control break-reason add” "
        "names one.",
        "企业尚未设置小休原因，没有“{reason}”。可用“fs-control break-reason add”新增。",
    ),
    "no_break_to_come": (
        "No break of agent {agent} is to begin after the call.",
        "坐席 {agent} 没有预约通话后的小休。",
    ),
    # Why, beside a step in the trace of a call.
    "wrap_up.began": ("the agent finishes notes", "坐席开始话后处理"),
    "wrap_up.over": ("the agent has finished their notes", "坐席话后处理结束"),
    "break_over.phone_is_back": (
        "the agent's phone, which was gone, is registered again: the break for not answering is over",
        "坐席话机恢复注册，未应答小休自动结束",
    ),
    # What agents choose and do, in words (face.agent_words).
    "agent_break_to_come": ("{status}, then break: {reason}", "{status}，随后小休：{reason}"),
    "agent_wraps_up_until": ("wrap-up until {until}", "话后处理至 {until}"),
    "agent_phone_gone": ("phone not registered", "话机未注册"),
    "live.unregistered": ("no phone", "话机离线"),
    "live.then_break": ("then break", "随后小休"),
    # Answers of the command line.
    "agent_takes_break": ("Agent {agent} is on a break.", "坐席 {agent} 已小休。"),
    "agent_break_noted": (
        "Agent {agent} goes on a break when call and wrap-up are over.",
        "坐席 {agent} 将在通话和话后处理结束后小休。",
    ),
    "agent_stays": ("Agent {agent} takes calls again when this one is over.", "坐席 {agent} 通话结束后继续接听。"),
    "help.agent.break": (
        "Let an agent take no calls for a while, for a REASON of “break-reason list”.",
        "让坐席小休、暂不接听。REASON 为“break-reason list”中的原因。",
    ),
    "help.agent.stay": (
        "Take back a break that was to begin after the call.",
        "取消通话后的小休。",
    ),
    # Where an agent is (agents.Moment), and what they can want (records.Action).
    "moment.signed_out": ("signed out", "已签出"),
    "moment.idle": ("idle", "空闲"),
    "moment.break": ("on a break", "小休"),
    "moment.reserved": ("chosen", "预占"),
    "moment.ringing": ("ringing", "振铃"),
    "moment.wrap_up": ("wrap-up", "话后处理"),
    "moment.dialling": ("dialling", "外呼中"),
    "moment.talking": ("talking", "通话"),
    "moment.held": ("on hold", "保持"),
    "moment.consult_ringing": ("a colleague's phone rings", "咨询振铃"),
    "moment.consulting": ("asking a colleague", "咨询通话"),
    "moment.swapped": ("back with the customer, the colleague waits", "切回客户"),
    "moment.three_way": ("three-way", "三方"),
    "moment.consulted": ("asked by a colleague", "被咨询"),
    "moment.internal": ("call between agents", "内部通话"),
    "moment.supervising": ("supervising", "监听"),
    "moment.leaving": ("leaving a call", "即将结束通话"),
    "action.sign_in": ("sign in", "签入"),
    "action.sign_out": ("sign out", "签出"),
    "action.ready": ("be ready", "置闲"),
    "action.break": ("take a break", "小休"),
    "action.break_after_call": ("take a break after the call", "通话后小休"),
    "action.stay": ("take that back", "取消通话后小休"),
    "action.dial": ("dial out", "外呼"),
    "action.hang_up": ("hang up", "挂断"),
    "action.hold": ("hold", "保持"),
    "action.resume": ("resume", "恢复"),
    "action.mute": ("mute", "静音"),
    "action.unmute": ("unmute", "取消静音"),
    "action.transfer": ("transfer", "转接"),
    "action.consult": ("consult", "咨询"),
    "action.complete": ("complete the transfer", "完成转接"),
    "action.cancel": ("cancel", "取消咨询"),
    "action.swap": ("swap", "切换"),
    "action.join": ("join three-way", "三方通话"),
    # Settings of agents and of the enterprise (A26), and who said so.
    "start_unknown": (
        "“{text}” is no way to begin. Possible are: {valid}.",
        "“{text}”不是有效的初始状态。可用：{valid}。",
    ),
    "agent_setting.wrap_up": ("time for notes after a call", "话后处理时长"),
    "agent_setting.starts": ("after the sign-in", "签入后"),
    "agent_setting_for_group": ("{setting} for {group}", "{setting}（技能组 {group}）"),
    "starts.ready": ("ready", "就绪"),
    "starts.on_break": ("on a break", "小休"),
    "source.agent": ("the agent's own", "坐席自己的设置"),
    "source.group": ("of the group", "技能组的设置"),
    "source.enterprise": ("of the enterprise", "企业的设置"),
    "source.built_in": ("built in", "系统默认"),
    "enterprise_setting.name": ("name", "名称"),
    "enterprise_setting.time_zone": ("time zone", "时区"),
    "enterprise_setting.language": ("language", "语言"),
    "enterprise_setting.region": ("region", "地区"),
    "enterprise_setting.memory_valid": ("how long call memory counts", "通话记忆有效期"),
    "group_setting.wrap_up": ("time for notes after a call", "话后处理时长"),
    "help.enterprise": (
        "Settings of the enterprise, and defaults for agents.",
        "企业设置及坐席默认值。",
    ),
    "help.enterprise.show": ("Show the settings, and which of them are built in.", "显示各项设置及其来源。"),
    "help.enterprise.set": (
        "Change settings; “-” takes a default for agents away, and what is built in counts.",
        "修改设置；坐席默认值填“-”表示取消，恢复系统默认。",
    ),
    "option.wrap_up": (
        "Seconds for notes after a call, in which no call comes: 0 to 3600; “-” takes it away.",
        "话后处理的秒数，期间不派单：0 到 3600，填“-”表示取消。",
    ),
    "option.starts": (
        "How agents begin after the sign-in: on_break or ready; “-” takes it away.",
        "签入后的初始状态：on_break（小休）或 ready（就绪），填“-”表示取消。",
    ),
    "option.zone": ("IANA name, such as Asia/Shanghai.", "IANA 时区名，如 Asia/Shanghai。"),
    "option.language": ("The language of prompts: zh or en.", "提示音语言：zh 或 en。"),
    "option.region": (
        "The country in which a number without a country code is read, such as CN.",
        "无国家代码的号码所属国家，如 CN。",
    ),
    # Reasons for breaks (A9).
    "help.break-reason": ("For which reasons agents take breaks.", "坐席小休的原因。"),
    "help.break-reason.list": ("List the reasons in their order.", "按顺序列出小休原因。"),
    "help.break-reason.add": (
        "Name one more reason. REASON is what is typed for it.",
        "新增小休原因。REASON 为使用时输入的代码。",
    ),
    "help.break-reason.remove": (
        "Take a reason away; who is on a break for it stays on it.",
        "删除小休原因，正在小休的坐席不受影响。",
    ),
    "option.en": ("What it is called in English.", "英文名称。"),
    "option.zh": ("What it is called in Chinese.", "中文名称。"),
    "heading.break_reason": ("reason", "原因"),
    "heading.in_english": ("in English", "英文"),
    "heading.in_chinese": ("in Chinese", "中文"),
    "no_break_reasons_yet": (
        "There are no reasons: a break needs none. “fs-control break-reason add” names one.",
        "还没有小休原因，小休时无须说明。可用“fs-control break-reason add”新增。",
    ),
    "break_reason_added": ("Agents may take breaks for “{reason}” now.", "已新增小休原因“{reason}”。"),
    "break_reason_removed": (
        "Nobody takes a break for “{reason}” any more.",
        "已删除小休原因“{reason}”。",
    ),
    "break_reason_exists": ("There is a reason “{reason}” already.", "小休原因“{reason}”已存在。"),
    "break_reasons_too_many": ("There are {most} reasons already, which is the most.", "小休原因最多 {most} 个。"),
    "not_a_break_reason": (
        "“{text}” is no code of a reason: a small letter, then at most 31 small letters, digits, “-” and “_”.",
        "“{text}”不能作为原因代码：须以小写字母开头，最多 32 个小写字母、数字、连字符或下划线。",
    ),
    "option.after_call": (
        "Begin when the call of this moment and its wrap-up are over.",
        "当前通话及其话后处理结束后再开始。",
    ),
}
