"""Words for calls that agents make: why one may not be, what became of it, gateways, rules, limits, alarms."""

from __future__ import annotations

from typing import Final

DIALLING: Final = {
    # Why a number is not dialled for somebody (A18, O4).
    "no_caller_id": (
        "There is no number of ours to show to whoever is called, so nobody is called."
        " “dialling caller-id NUMBER” sets one.",
        "没有可显示给对方的外显号码，不能外呼。请用“dialling caller-id NUMBER”设置。",
    ),
    "dial_no_phone": (
        "Agent {agent} has no phone with which to call. “agent set {agent} --phone” gives them one.",
        "坐席 {agent} 没有绑定话机，不能外呼。请用“agent set {agent} --phone”绑定。",
    ),
    "dial_phone_not_registered": (
        "The phone {phone} of agent {agent} is not registered, so it could not be rung.",
        "坐席 {agent} 的话机 {phone} 未注册，无法振铃，不能外呼。",
    ),
    "dial_agent_first_outside": (
        "Agent {agent} is on an ordinary telephone, which is rung only when the customer is there.",
        "坐席 {agent} 使用普通电话，只能先呼叫客户。",
    ),
    "dial_no_right": (
        "Agent {agent} may not call outside numbers.",
        "坐席 {agent} 没有外呼权限。",
    ),
    "dial_draining": (
        "The system is about to stop, so agent {agent} can call nobody.",
        "系统即将停止，坐席 {agent} 不能外呼。",
    ),
    "dial_no_switch": (
        "There is no link to the switch, so agent {agent} can call nobody.",
        "与交换机的连接中断，坐席 {agent} 不能外呼。",
    ),
    "dial_number_bad": (
        "“{number}” is not a telephone number: digits, blanks, ( ) . - and a + before them are.",
        "“{number}”不是电话号码：只能是数字、空格、( ) . - 和开头的 +。",
    ),
    "dial_number_unknown": (
        "{number} is no number of any country's plan; an area code may be missing.",
        "{number} 不是有效的电话号码，可能缺少区号。",
    ),
    "dial_emergency": (
        "{number} is an emergency number. This system does not call it: use another telephone. (“dial-rule allow"
        " {number}” changes that.)",
        "{number} 是紧急号码，本系统不拨打，请使用其他电话。（可用“dial-rule allow {number}”允许。）",
    ),
    "dial_short_number": (
        "{number} is a short number, and those are called only where a rule names them: “dial-rule allow {number}”.",
        "{number} 是短号码，只有规则指明才能拨打：“dial-rule allow {number}”。",
    ),
    "dial_premium": (
        "{number} is a number for which the caller pays whoever is called, or of a kind nobody knows. Such a one is"
        " called only where a rule names its beginning.",
        "{number} 是付费号码或类型不明的号码，只有规则指明其前缀才能拨打。",
    ),
    "dial_abroad": (
        "{number} is a number of another country ({country}), and no rule allows it.",
        "{number} 是其他国家或地区（{country}）的号码，没有规则允许拨打。",
    ),
    "dial_denied": ("{number} may not be called: the rule {rule} denies it.", "不能拨打 {number}：规则 {rule} 禁止。"),
    "dial_limit_per_minute_agent": (
        "Agent {agent} has made as many calls as anybody may: {most} calls a minute.",
        "坐席 {agent} 已达外呼上限：每分钟 {most} 次。",
    ),
    "dial_limit_per_minute_all": (
        "As many calls as all together may make have been made: {most} calls a minute.",
        "全体外呼已达上限：每分钟 {most} 次。",
    ),
    "dial_limit_per_hour_agent": (
        "Agent {agent} has made as many calls as anybody may: {most} calls an hour.",
        "坐席 {agent} 已达外呼上限：每小时 {most} 次。",
    ),
    "dial_limit_per_hour_all": (
        "As many calls as all together may make have been made: {most} calls an hour.",
        "全体外呼已达上限：每小时 {most} 次。",
    ),
    "dial_limit_per_day_agent": (
        "Agent {agent} has made as many calls as anybody may: {most} calls a day.",
        "坐席 {agent} 已达外呼上限：每天 {most} 次。",
    ),
    "dial_limit_per_day_all": (
        "As many calls as all together may make have been made: {most} calls a day.",
        "全体外呼已达上限：每天 {most} 次。",
    ),
    "dial_limit_spend_per_day_agent": (
        "What agent {agent} may spend on calls in a day is spent.",
        "坐席 {agent} 当天的外呼费用已用完。",
    ),
    "dial_limit_spend_per_day_all": (
        "What all together may spend on calls in a day is spent.",
        "全体当天的外呼费用已用完。",
    ),
    "dial_no_gateway": (
        "There is no gateway in use by which this number is called (“gateway list”).",
        "没有可用于拨打该号码的网关（见“gateway list”）。",
    ),
    "dial_gateway_down": ("The gateway {gateway} is not to be had at the moment.", "网关 {gateway} 当前不可用。"),
    "dial_gateway_full": (
        "The gateway {gateway} has as many calls as it may have at the moment.",
        "网关 {gateway} 的呼叫数已达上限。",
    ),
    # What became of the call.
    "disposition.no_answer": ("the customer did not answer", "客户未接听"),
    "disposition.busy": ("the customer's line was busy", "客户占线"),
    "disposition.declined": ("the customer declined", "客户拒接"),
    "disposition.unreachable": ("the customer's telephone could not be reached", "客户电话无法接通"),
    "disposition.number_unknown": ("nobody has this number", "空号"),
    "disposition.not_carried": ("the carrier did not take the call", "运营商未接受呼叫"),
    "disposition.cancelled": ("the agent ended it before anybody talked", "坐席在接通前取消"),
    "disposition.agent_not_reached": (
        "the agent's phone was not to be had when the customer was there",
        "客户已接听，但坐席话机无法接通",
    ),
    "disposition.customer_left": ("the customer hung up before the agent was there", "坐席接听前客户已挂断"),
    "call_state.calling": ("calling the customer", "正在呼叫客户"),
    "named.by_dialling": ("makes the call", "由其发起呼叫"),
    "because.dialled": ("the call was made for them", "由其发起呼叫"),
    "story.agent_called": (
        "{agent} called {caller}; the number shown was {number}.",
        "{agent}呼叫 {caller}，外显号码为 {number}。",
    ),
    "story.dial_note": ("What was noted: {note}", "备注：{note}"),
    "story.not_dialled": ("{number} was not dialled ({why}).", "未拨打 {number}（{why}）。"),
    "timer.calling": ("nothing was told of a call that an agent made", "外呼超时，未收到任何结果"),
    "timer.charge": ("another minute of a call outside began", "外部通话开始新的一分钟"),
    # Alarms.
    "alarm.dial_limit": (
        "A limit of calling was reached; it was agent {agent} who asked.",
        "外呼已达上限，请求的是坐席 {agent}。",
    ),
    "alarm.dial_barred": (
        "Agent {agent} has asked {times} times today for numbers that may not be called.",
        "坐席 {agent} 今天已 {times} 次尝试拨打不允许的号码。",
    ),
    "alarm.spend_agent": (
        "Agent {agent} has spent most of what a day's calls may cost.",
        "坐席 {agent} 今天的外呼费用已接近上限。",
    ),
    "alarm.spend_enterprise": (
        "Most of what a day's calls of all together may cost is spent.",
        "今天全体的外呼费用已接近上限。",
    ),
    "alarm.gateway_down": ("The gateway {gateway} is not to be had.", "网关 {gateway} 不可用。"),
    "status.alarm": ("Alarm: {alarm}", "告警：{alarm}"),
    # Commands.
    "help.dial": ("Call somebody for an agent. NUMBER as people write it.", "为坐席拨打电话。NUMBER 可按任意写法。"),
    "help.dialling": ("How much may be dialled, and which number is shown.", "外呼限额和外显号码。"),
    "help.dialling.show": ("Show the limits, and the numbers that are shown.", "显示限额和外显号码。"),
    "help.dialling.caller-id": (
        "Set the number of ours that whoever is called is shown; “-” takes it away.",
        "设置显示给对方的号码，“-”表示取消。",
    ),
    "help.dialling.limit": (
        "Limit the calls and the money of each agent, or of all together; “-” takes a limit away.",
        "设置每个坐席或全体的呼叫数和费用上限，“-”表示不限。",
    ),
    "help.dial-rule": ("Which outside numbers may be called.", "允许拨打哪些外部号码。"),
    "help.dial-rule.allow": (
        "Let numbers be called. TARGET is the beginning of an international number (+44), a short number (10086), or a"
        " country (HK).",
        "允许拨打。TARGET 为国际号码前缀（+44）、短号码（10086）或国家/地区（HK）。",
    ),
    "help.dial-rule.deny": (
        "Let numbers not be called that would be otherwise. TARGET as for “allow”.",
        "禁止拨打。TARGET 与“allow”相同。",
    ),
    "help.dial-rule.list": ("List the rules.", "列出规则。"),
    "help.dial-rule.remove": ("Remove a rule.", "删除规则。"),
    "help.dial-rule.test": (
        "Say whether a number may be called, and by which rule.",
        "检查一个号码能否拨打及依据的规则。",
    ),
    "help.gateway": ("The ways out to carriers.", "通往运营商的网关。"),
    "help.gateway.add": (
        "Add a gateway. Its password is asked for, or read from a file.",
        "添加网关。密码将交互输入或从文件读取。",
    ),
    "help.gateway.set": ("Change a gateway; 0 takes a limit away.", "修改网关，0 表示取消限制。"),
    "help.gateway.list": ("List the gateways, and how the switch finds them.", "列出网关及其状态。"),
    "help.gateway.test": (
        "Say whether the switch is registered there and reaches it; with a NUMBER, how that would be dialled.",
        "检查网关的注册和连通情况；给出 NUMBER 时显示实际拨打的号码。",
    ),
    "help.gateway.remove": ("Remove a gateway.", "删除网关。"),
    "option.dialling_agent": ("The number of the agent who calls.", "发起呼叫的坐席工号。"),
    "option.first": ("Who is called first.", "先呼叫谁。"),
    "option.dial_note": ("What is to be noted in the call's record.", "记入通话记录的备注。"),
    "option.cost": ("What a minute costs, such as 0.12; for limits of money.", "每分钟费用，如 0.12，用于费用限额。"),
    "option.gateway": ("By which gateway; by default the first that can.", "使用的网关，默认为第一个可用的。"),
    "option.of_agent": ("Only for the calls of this agent.", "只用于该坐席。"),
    "option.each_agent": ("The limits of each agent, or of all together.", "每个坐席的限额，或全体的限额。"),
    "option.per_minute": ("Calls in any minute.", "每分钟呼叫数。"),
    "option.per_hour": ("Calls in any hour.", "每小时呼叫数。"),
    "option.per_day": ("Calls in a day.", "每天呼叫数。"),
    "option.spend": ("Money in a day, by the costs of the rules.", "每天费用，按规则的费用估算。"),
    "option.proxy": ("Where the carrier listens.", "运营商的地址。"),
    "option.realm": ("What the carrier asks a password for; by default the proxy.", "认证域，默认为代理地址。"),
    "option.username": ("The name with which the switch logs in.", "登录用户名。"),
    "option.password_file": (
        "A file whose first line is the password; - is the standard input.",
        "首行为密码的文件，- 为标准输入。",
    ),
    "option.register": ("Whether the switch registers at the carrier.", "是否向运营商注册。"),
    "option.ping_s": (
        "How often the switch asks whether it is there (OPTIONS), 0 for never.",
        "OPTIONS 探测间隔，0 为不探测。",
    ),
    "option.form": ("How the carrier wants numbers to be dialled.", "运营商要求的号码格式。"),
    "option.gateway_max_calls": ("How many calls at once.", "最大并发呼叫数。"),
    "option.calls_per_second": ("How many calls may begin in a second.", "每秒最大呼叫数。"),
    "option.enabled": ("Whether it is in use.", "是否启用。"),
    "heading.gateway": ("gateway", "网关"),
    "heading.proxy": ("where", "地址"),
    "heading.username": ("user", "用户名"),
    "heading.form": ("numbers", "号码格式"),
    "heading.target": ("target", "目标"),
    "heading.allowed": ("allowed", "允许"),
    "heading.cost": ("a minute", "每分钟"),
    "heading.limit_of": ("limits of", "限额对象"),
    "heading.per_minute": ("a minute", "每分钟"),
    "heading.per_hour": ("an hour", "每小时"),
    "heading.per_day": ("a day", "每天"),
    "heading.spend": ("money a day", "每天费用"),
    "heading.direction": ("way", "方向"),
    "dial_scope.agent": ("each agent", "每个坐席"),
    "dial_scope.enterprise": ("all together", "全体"),
    "no_limit": ("no limit", "不限"),
    "dialling_shows": ("Shown is: {number}", "外显号码：{number}"),
    "dialling_shows_service_number": ("the service number, where there is just one", "服务号码（仅有一个时）"),
    "dialling_agent_shows": ("Agent {agent} shows {number}", "坐席 {agent} 显示 {number}"),
    "dialling_number": (
        "Calling {number} for agent {agent} (call {call}).",
        "正在为坐席 {agent} 呼叫 {number}（通话 {call}）。",
    ),
    "caller_id_set": ("{number} is shown from now on.", "今后显示 {number}。"),
    "caller_id_taken_away": (
        "No number of its own is shown any more ({number}).",
        "不再单独设置外显号码（{number}）。",
    ),
    "caller_id_bad": ("“{number}” is not a number that can be shown.", "“{number}”不能作为外显号码。"),
    "dial_limits_set": ("The limits are set.", "限额已设置。"),
    "dial_rule_allows": ("{target} may be called.", "允许拨打 {target}。"),
    "dial_rule_denies": ("{target} may not be called.", "禁止拨打 {target}。"),
    "dial_rule_removed": ("The rule {target} is gone.", "规则 {target} 已删除。"),
    "dial_rule_unknown": ("There is no rule {target}.", "没有规则 {target}。"),
    "dial_rules_built_in": (
        "Where no rule fits: ordinary numbers of the own country may be called, everything else not.",
        "没有规则适用时：允许拨打本国普通号码，其他一律禁止。",
    ),
    "dial_may_built_in": (
        "{number} may be called, as an ordinary number of the own country.",
        "可以拨打 {number}：本国普通号码。",
    ),
    "dial_may_by_rule": (
        "{number} may be called, by the rule {rule}; a minute costs {cost}.",
        "可以拨打 {number}：规则 {rule}，每分钟 {cost}。",
    ),
    "dial_target_bad": (
        "“{target}” fits no number: +44 is the beginning of international numbers, 10086 a short number, HK a country.",
        "“{target}”不对应任何号码：+44 为国际号码前缀，10086 为短号码，HK 为国家/地区。",
    ),
    "amount_bad": ("“{text}” is not an amount such as 12 or 0.12.", "“{text}”不是数量（如 12 或 0.12）。"),
    "gateway_added": ("The gateway {gateway} is added.", "网关 {gateway} 已添加。"),
    "gateway_changed": ("The gateway {gateway} is changed.", "网关 {gateway} 已修改。"),
    "gateway_removed": ("The gateway {gateway} is removed.", "网关 {gateway} 已删除。"),
    "gateway_remove_sure": ("Remove the gateway {gateway}?", "确定删除网关 {gateway}？"),
    "gateway_password": ("Password", "密码"),
    "gateway_exists": ("There is a gateway {gateway} already.", "已有网关 {gateway}。"),
    "dial_gateway_unknown": ("There is no gateway {gateway}.", "没有网关 {gateway}。"),
    "gateway_in_use": ("The gateway {gateway} is named by rules: {rules}.", "网关 {gateway} 被规则使用：{rules}。"),
    "gateway_value_bad": ("{field} cannot be “{value}”.", "{field} 不能为“{value}”。"),
    "gateway_password_bad": (
        "This password cannot be written for FreeSWITCH: it takes printable signs of ASCII without blanks and $.",
        "FreeSWITCH 无法使用该密码：只能是可打印的 ASCII 字符，不含空格和 $。",
    ),
    "gateway_not_sayable": (
        "A value of a gateway cannot be written for FreeSWITCH, which gives $ a meaning.",
        "网关的某个值含有 FreeSWITCH 特殊的 $，无法写入。",
    ),
    "gateway_needs_login": (
        "The gateway {gateway} is to register, and for that it needs a user and a password.",
        "网关 {gateway} 需要注册，必须有用户名和密码。",
    ),
    "gateway_disabled": ("not in use", "未启用"),
    "gateway_states_not_told": (
        "FreeSWITCH does not say how it finds them: none is set up, or it does not answer.",
        "无法从 FreeSWITCH 得知网关状态：未设置或无应答。",
    ),
    "gateway_not_tested": ("Whether the gateway {gateway} works is not known.", "无法得知网关 {gateway} 是否可用。"),
    "gateway_not_reached": ("The gateway {gateway} does not work: {state}.", "网关 {gateway} 不可用：{state}。"),
    "gateway_works": ("The gateway {gateway} works: {state}, {pinged}.", "网关 {gateway} 可用：{state}，{pinged}。"),
    "gateway_pinged": ("it answers OPTIONS", "应答 OPTIONS"),
    "gateway_not_pinged": ("it is not asked by OPTIONS", "未进行 OPTIONS 探测"),
    "gateway_would_dial": ("{gateway} would be told {dialled}.", "经 {gateway} 实际拨打 {dialled}。"),
    "gateway_state.REGED": ("registered", "已注册"),
    "gateway_state.NOREG": ("in no need to register", "无需注册"),
    "gateway_state.UNKNOWN": ("FreeSWITCH does not know it", "FreeSWITCH 没有该网关"),
    "gateway_state.DOWN": ("it does not answer OPTIONS", "不应答 OPTIONS"),
    "gateway_state.*": ("{rest}", "状态 {rest}"),
    "gateways_next": (
        "FreeSWITCH is told of gateways by “freeswitch directory --out”, where its files are.",
        "请在 FreeSWITCH 所在处用“freeswitch directory --out”写入网关。",
    ),
    "gateways_read": ("FreeSWITCH has taken the gateways over.", "FreeSWITCH 已载入网关。"),
    "gateways_written": (
        "The gateways are written; FreeSWITCH reads them when it starts.",
        "网关已写入，FreeSWITCH 启动时载入。",
    ),
    "gateways_old": (
        "FreeSWITCH's files still have the old gateways: {reason}",
        "FreeSWITCH 的文件仍是旧的网关：{reason}",
    ),
    "no_gateways": ("There is no gateway yet. “gateway add” makes one.", "还没有网关，可用“gateway add”添加。"),
    "freeswitch_not_asked": ("FreeSWITCH could not be asked: {reason}.", "无法询问 FreeSWITCH：{reason}。"),
    "number_form.dialled": ("as people dial", "按拨号习惯"),
    "number_form.mobile_zero": ("0 before mobiles", "手机前加 0"),
    "number_form.plus": ("+8613800138000", "+8613800138000（带 + 国际格式）"),
    "number_form.digits": ("8613800138000", "8613800138000（不带 + 国际格式）"),
}
