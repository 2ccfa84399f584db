"""What each key of a flow means, as an editor shows it: `flow_word.<key>`, or `flow_word.<kind of step>.<key>`."""

from __future__ import annotations

from typing import Final

FLOW_WORDS: Final = {
    # A flow.
    "flow_word.flow": ("The flow's name; call it like its file.", "流程名称，应与文件名相同。"),
    "flow_word.language": ("The language in which callers are spoken to.", "向主叫播报所用的语言。"),
    "flow_word.answer": (
        "When the call is taken up: at_start, or on_agent, with early media before.",
        "何时接听：at_start（开始时），或 on_agent（接通坐席时，此前为早期媒体）。",
    ),
    "flow_word.prompts": (
        "What is said where a step says nothing of its own.",
        "步骤未指定时使用的默认提示音。",
    ),
    "flow_word.apology": (
        "What is said before the end of a call for which the flow is broken.",
        "流程出错、通话结束前的致歉语。",
    ),
    "flow_word.on_error": ("The step for callers for whom a step is broken.", "步骤出错时转到的步骤。"),
    "flow_word.on_hangup": (
        "The step with which begins what is done when the caller has gone.",
        "主叫挂机后开始执行的步骤。",
    ),
    "flow_word.start": ("The step with which every call begins.", "每次来电的起始步骤。"),
    "flow_word.steps": ("The steps, each under its own name.", "各步骤，以各自的名称为键。"),
    # Steps.
    "flow_word.do": ("What kind of step it is.", "步骤类型。"),
    "flow_word.next": ("The step that comes next.", "下一步骤。"),
    "flow_word.prompt": ("A recorded prompt, by its name.", "录制的提示音名称。"),
    "flow_word.say": (
        "A sentence that is said, with values in braces: {{balance:money}}.",
        "播报的文本，变量写在花括号中：{{balance:money}}。",
    ),
    "flow_word.text": (
        "The sentence that is said, with values in braces: {{balance:money}}.",
        "播报的文本，变量写在花括号中：{{balance:money}}。",
    ),
    "flow_word.skip": (
        "Whether a key ends it and counts for the next menu or input.",
        "按键是否打断播放，并计入下一个菜单或收号。",
    ),
    "flow_word.keys": ("Each key with the step to which it leads.", "每个按键及其通向的步骤。"),
    "flow_word.tries": ("How often it is asked at most.", "最多询问次数。"),
    "flow_word.timeout": (
        "Seconds for the first key, from the end of the prompt.",
        "从提示音结束起等待首个按键的秒数。",
    ),
    "flow_word.wrong_key": ("What follows a key that is not offered.", "按了未提供的按键之后。"),
    "flow_word.no_key": ("What follows where no key is pressed.", "没有按键之后。"),
    "flow_word.wrong": ("What follows too few digits.", "位数不足之后。"),
    "flow_word.length": ("The input ends at so many digits.", "收满此位数即结束。"),
    "flow_word.end": ("The key that ends it.", "结束键。"),
    "flow_word.min": ("The least number of digits before the key that ends it.", "结束键之前的最少位数。"),
    "flow_word.max": ("The largest number of digits.", "最多位数。"),
    "flow_word.into": ("The variable that holds the digits.", "存放所收号码的变量。"),
    "flow_word.http.into": (
        "Variables, each with its place in the JSON answer: data.balance.",
        "变量及其在 JSON 应答中的位置：data.balance。",
    ),
    "flow_word.between": ("Seconds from key to key.", "按键之间的秒数。"),
    "flow_word.on_record": ("Whether the digits stand in the record of the call.", "号码是否写入通话记录。"),
    "flow_word.sensitive": (
        "Whether nobody may ever see the digits; only an http step can send them.",
        "是否为敏感内容：任何人都看不到，只能由 http 步骤发送。",
    ),
    "flow_word.calendar": ("The calendar, by its name.", "日历名称。"),
    "flow_word.open": ("The step while it is open.", "上班时的步骤。"),
    "flow_word.closed": ("The step while it is closed.", "下班时的步骤。"),
    "flow_word.holiday": ("The step on a holiday; without it as closed.", "节假日的步骤，未设置时同下班。"),
    "flow_word.special": (
        "The step while special hours are open; without it as open.",
        "特殊时段上班时的步骤，未设置时同上班。",
    ),
    "flow_word.when": ("Conditions; the first that is true decides.", "条件列表，以首个成立的为准。"),
    "flow_word.if": (
        "A condition on caller, call, customer and variables: customer.vip >= 5.",
        "关于 caller、call、customer 和变量的条件：customer.vip >= 5。",
    ),
    "flow_word.otherwise": ("The step where no condition is true.", "没有条件成立时的步骤。"),
    "flow_word.values": (
        "Variables with their values; one that begins with = is computed.",
        "变量及其值，以 = 开头的为算式。",
    ),
    "flow_word.group": ("The skill group in whose line the caller waits.", "主叫排队的技能组。"),
    "flow_word.wait_at_most": ("Seconds in line; without it for ever.", "最长排队秒数，未设置时不限。"),
    "flow_word.nobody_signed_in": ("The step where nobody of the group is signed in.", "技能组无人签入时的步骤。"),
    "flow_word.nobody_free": (
        "The step where somebody is signed in and nobody is free; the caller does not wait.",
        "有人签入但无人空闲时的步骤，主叫不再等待。",
    ),
    "flow_word.waited_too_long": ("The step after wait_at_most.", "超过最长等待后的步骤。"),
    "flow_word.line_full": (
        "The step where the group takes no more waiting callers.",
        "排队人数已满时的步骤。",
    ),
    "flow_word.served": ("The step after the talk; without it the call ends.", "通话结束后的步骤，未设置时挂机。"),
    "flow_word.agent": ("The agent, by number.", "坐席工号。"),
    "flow_word.ring": ("How many seconds it is rung.", "振铃秒数。"),
    "flow_word.busy": ("The step where the other side is busy.", "对方忙时的步骤。"),
    "flow_word.no_answer": ("The step where nobody takes the call.", "无人应答时的步骤。"),
    "flow_word.not_signed_in": ("The step where the agent is not signed in.", "坐席未签入时的步骤。"),
    "flow_word.targets": (
        "The numbers of the agents whom callers may reach as their own.",
        "可作为专属坐席接听的坐席工号。",
    ),
    "flow_word.mode": ("By what the agent is chosen: ani, by who calls.", "选择坐席的依据：ani（主叫）。"),
    "flow_word.level": ("1 to 9; a higher one goes first.", "1 到 9，数值越大越优先。"),
    "flow_word.box": ("Whom the message is for: a word of your own.", "留言信箱，名称自定。"),
    "flow_word.longest": ("How many seconds a message may have.", "留言最长秒数。"),
    "flow_word.silence": ("Seconds of silence that end the message.", "静音多少秒后结束留言。"),
    "flow_word.nothing_said": (
        "The step where nobody spoke; without it as next.",
        "没有留言时的步骤，未设置时同下一步。",
    ),
    "flow_word.url": (
        "The address; values may stand in braces behind the host.",
        "请求的网址，主机名之后可含花括号变量。",
    ),
    "flow_word.method": ("GET, POST or PUT.", "请求方法：GET、POST 或 PUT。"),
    "flow_word.body": ("What is sent as JSON; not with GET.", "以 JSON 发送的内容，GET 不可用。"),
    "flow_word.within": ("Seconds for all of it.", "全部过程的时限（秒）。"),
    "flow_word.failed": ("The step where it did not work.", "失败时的步骤。"),
    "flow_word.flow.flow": ("The other flow, by its name.", "另一流程的名称。"),
    "flow_word.flow.next": (
        "The step after a return over there; without it the other flow is all that comes.",
        "对方流程返回后的步骤，未设置时不再返回。",
    ),
    "flow_word.number": ("The number outside, as it is dialled.", "外线号码，按实际拨号填写。"),
    "flow_word.reason": ("A word for the record of the call.", "写入通话记录的原因。"),
}
