"""What can be wrong with what stands in a step of a flow, and what is told of the steps that a caller took."""

from __future__ import annotations

from typing import Final

FLOW_STEPS: Final = {
    # Names.
    "flow_unknown_calendar": ("There is no calendar “{name}”.", "没有名为“{name}”的日历。"),
    "flow_unknown_flow": ("There is no flow “{name}”.", "没有名为“{name}”的流程。"),
    "flow_bad_variable": (
        "“{name}” cannot be the name of a variable: a letter, then up to 31 letters, digits and underscores.",
        "“{name}”不能用作变量名：应以字母开头，其后最多 31 个字母、数字或下划线。",
    ),
    "flow_reserved_variable": (
        "“{name}” has a meaning of its own; call the variable something else.",
        "“{name}”已有固定含义，请换一个变量名。",
    ),
    # Conditions and values that are computed.
    "flow_expression_too_long": ("The expression is longer than {limit} characters.", "表达式超过 {limit} 个字符。"),
    "flow_expression_too_large": ("The expression has more than {limit} parts.", "表达式的组成部分超过 {limit} 个。"),
    "flow_expression_unreadable": ("“{text}” is no expression.", "“{text}”不是有效的表达式。"),
    "flow_expression_not_allowed": (
        "“{what}” may not stand in an expression.",
        "表达式中不允许使用“{what}”。",
    ),
    "flow_expression_failed": ("“{text}” could not be computed: {reason}.", "无法计算“{text}”：{reason}。"),
    "flow_unknown_fact": ("Nothing is known under the name “{name}”.", "没有名为“{name}”的信息。"),
    "flow_unknown_function": ("There is no function “{name}”.", "没有名为“{name}”的函数。"),
    "flow_variable_not_set": ("The variable “{name}” was not set.", "变量“{name}”尚未赋值。"),
    # Sentences.
    "flow_sentence_brace": (
        "A brace stands alone here. A value is written as {{name}} or {{name:money}}.",
        "此处有单独的花括号。取值写作 {{变量}} 或 {{变量:money}}。",
    ),
    "flow_sentence_slot": (
        "“{text}” names no value. A value is written as {{name}} or {{name:money}}.",
        "“{text}”没有指明取值。取值写作 {{变量}} 或 {{变量:money}}。",
    ),
    "flow_unknown_how": (
        "Nothing is said in the way “{how}”. There are digits, number, money, date, time, agent.",
        "没有“{how}”这种读法。可用：digits、number、money、date、time、agent。",
    ),
    "flow_sentence_empty": ("There is nothing to say in it.", "其中没有可以播报的内容。"),
    # Digits.
    "flow_min_above_max": ("The least, {min}, is more than the most, {max}.", "最少位数 {min} 大于最多位数 {max}。"),
    "flow_sensitive_on_record": (
        "What is sensitive cannot be on the record.",
        "敏感输入不能写入通话记录。",
    ),
    # Numbers and addresses outside.
    "flow_dial_without_gateway": (
        "The step “{step}” reaches nobody: there is no gateway to dial by (FREESWITCH_GATEWAY).",
        "步骤“{step}”无法拨通：没有可用于外呼的网关（FREESWITCH_GATEWAY）。",
    ),
    "flow_dial_variable": (
        "“{value}”: dialled is a number that stands in the flow, or one variable alone, such as {{callback}}.",
        "“{value}”：只能是流程中写明的号码，或单独一个变量，如 {{callback}}。",
    ),
    "flow_dial_number": (
        "“{value}” is no number to dial: 2 to 20 digits, with a + before them if it is international.",
        "“{value}”不是可拨打的号码：应为 2 到 20 位数字，国际号码前加 +。",
    ),
    "flow_url_bad": (
        "“{value}” is no address: it begins with http:// or https:// and a host.",
        "“{value}”不是有效的网址：应以 http:// 或 https:// 加主机名开头。",
    ),
    "flow_url_password": (
        "An address with a user or password in it would show them to everybody who reads the flow.",
        "网址中不能包含用户名或密码，否则看到流程的人都能看到它们。",
    ),
    "flow_url_host_variable": (
        "A value may stand behind the host of an address, not in it.",
        "取值只能写在网址的主机名之后，不能写在主机名中。",
    ),
    "flow_json_path": (
        "“{value}” is no path in JSON: names and numbers with dots between them, such as data.items.0.id.",
        "“{value}”不是 JSON 路径：用点分隔名称和序号，例如 data.items.0.id。",
    ),
    "flow_body_with_get": ("A GET has no body; write POST or PUT.", "GET 请求没有正文，请改用 POST 或 PUT。"),
    # Why a flow ended.
    "flow_nested_too_deep": ("flows ran one another too deep", "流程嵌套层数过多"),
    "flow_step_broken": ("a step of the flow is broken", "流程中有步骤出错"),
    "not_sayable": ("“{value}” cannot be said as {how}.", "“{value}”无法按 {how} 播报。"),
    "line_exit.none_free": ("nobody was free", "没有空闲坐席"),
    # The steps of a call.
    "step.collected": ("Typed {detail}.", "输入 {detail}。"),
    "story.collected_secretly": ("Typed digits that are kept secret.", "输入了保密的号码。"),
    "step.wrong": ("Typed {detail}, which is too little.", "输入 {detail}，位数不足。"),
    "step.message": ("Spoke a message of {detail} s.", "留言 {detail} 秒。"),
    "step.fetched": ("Asked another system: {detail}.", "查询外部系统：{detail}。"),
    "step.flow": ("Went on in the flow {detail}.", "进入流程 {detail}。"),
    "step.fault": ("The step “{step}” is broken: {detail}.", "步骤“{step}”出错：{detail}。"),
    "step.asked_again": (
        "Asked again at {detail}, because fs_control was started anew.",
        "系统重启，回到 {detail} 重新询问。",
    ),
}
