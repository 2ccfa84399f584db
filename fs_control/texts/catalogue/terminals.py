"""Words for terminals, rights and diversions: what is rung for an agent, and why it is not."""

from __future__ import annotations

from typing import Final

TERMINALS: Final = {
    "terminal.sip": ("SIP phone", "SIP 话机"),
    "terminal.softphone": ("softphone", "软电话"),
    "terminal.phone": ("ordinary phone", "普通电话"),
    "terminal.app": ("app", "手机应用"),
    "right.call": ("telephoning", "呼叫"),
    "right.dial": ("dialling out", "外呼"),
    "right.leader": ("leading", "班长"),
    "change.phone_back": ("nobody else had taken the phone over", "话机未被其他坐席占用"),
    "story.diverted": (
        "{phone} of {agent} was not there: {number} rings in its place.",
        "{agent}的话机 {phone} 不在线，改呼 {number}。",
    ),
    "turn.diverted": (
        "{agent}'s calls go to {number} while {phone} is not registered.",
        "话机 {phone} 未注册期间，{agent}的来电转至 {number}。",
    ),
    # What a file or a command cannot mean.
    "terminal_unknown": (
        "“{text}” is no kind of terminal. Possible are: {valid}.",
        "没有接听方式“{text}”。可用：{valid}。",
    ),
    "terminal_without_code": (
        "“{text}” should be a kind and its code, such as sip=1001 or phone=13800138000.",
        "“{text}”应为接听方式加目的码，例如 sip=1001 或 phone=13800138000。",
    ),
    "right_unknown": ("There is no right “{text}”. Possible are: {valid}.", "没有权限“{text}”。可用：{valid}。"),
    "not_an_outside_number": (
        "“{text}” is no number of a telephone outside: 3 to 20 digits, with a + before them or not.",
        "“{text}”不是有效的外部电话号码：应为 3 到 20 位数字，前面可加 +。",
    ),
    "not_an_internal_number": (
        "“{text}” is no number for calls between agents: 2 to 10 digits, and not 0000.",
        "“{text}”不是有效的互拨分机：应为 2 到 10 位数字，且不能是 0000。",
    ),
    "extension_of_two_agents": (
        "The extension {extension} of agent {number} leads to agent {other} too.",
        "坐席 {number} 的分机 {extension} 同时指向坐席 {other}。",
    ),
    "default_terminal_missing": (
        "Agent {number} is to be signed in at “{kind}” by default, and has no such terminal.",
        "坐席 {number} 的默认接听方式为“{kind}”，但未配置该方式。",
    ),
    "diverts_to_nowhere": (
        "The calls of agent {number} are to be diverted, and no number is said to which.",
        "坐席 {number} 已开启漏话转移，但未设置转移号码。",
    ),
    "agent_without_call_right": (
        "Agent {agent} may not telephone, so cannot sign in. “fs-control agent set {agent} --right call” allows it.",
        "坐席 {agent} 没有呼叫权限，无法签入。可用“fs-control agent set {agent} --right call”授权。",
    ),
    "agent_without_terminal": (
        "Agent {agent} has no terminal, so nothing can be rung before they bind a phone by 0000.",
        "坐席 {agent} 未配置接听方式，绑定话机（0000）之前无法振铃。",
    ),
    # The PIN.
    "pin_wanted": ("The PIN, 4 to 12 digits:", "请输入 PIN 码（4 到 12 位数字）："),
    "pin_again": ("The same once more:", "请再输入一次："),
    "pins_differ": ("The two are not the same; nothing was changed.", "两次输入不一致，未作改动。"),
    "not_a_pin": (
        "That is no PIN: 4 to 12 digits, and not all the same.",
        "PIN 码无效：应为 4 到 12 位数字，且不能全部相同。",
    ),
    "not_confirmed_pin": (
        "A PIN has to be typed by a person; nothing was changed.",
        "PIN 码须由人工输入，未作改动。",
    ),
    "pin_set": ("Agent {agent} has a new PIN.", "坐席 {agent} 的 PIN 码已更新。"),
    "pin_removed": (
        "Agent {agent} has no PIN now, and can bind no phone.",
        "坐席 {agent} 已无 PIN 码，不能绑定话机。",
    ),
    # The command line.
    "help.agent.pin": (
        "Set the PIN that the agent types after 0000 on a phone; it is asked for twice.",
        "设置坐席在话机上拨 0000 绑定时使用的 PIN 码，需输入两次。",
    ),
    "option.remove_pin": ("Take the PIN away.", "取消 PIN 码。"),
    "option.terminals": (
        "On what they may be rung: sip=, softphone= and app= with an extension, phone= with a number; “sip=-” takes it "
        "away; may be given several times.",
        "允许的接听方式：sip=、softphone=、app= 后接分机，phone= 后接电话号码；“sip=-”表示取消；可多次给出。",
    ),
    "option.at_terminal": (
        "At which of the agent's terminals: sip, softphone, phone or app.",
        "在哪种接听方式签入：sip、softphone、phone 或 app。",
    ),
    "option.default_terminal": (
        "Where they are signed in who do not say where: sip, softphone, phone or app; “-”: the enterprise's.",
        "默认登录方式：sip、softphone、phone 或 app；“-”表示按企业设置。",
    ),
    "option.extension": (
        "The number by which colleagues call the agent; “-”: none.",
        "坐席互拨的分机号；“-”表示没有。",
    ),
    "option.divert_to": (
        "The outside number that is rung while the terminal is not registered; “-”: none.",
        "话机未注册时改呼的外部号码；“-”表示没有。",
    ),
    "option.divert": (
        "Whether calls go there then; “-”: as in the whole enterprise.",
        "是否开启漏话转移；“-”表示按企业设置。",
    ),
    "option.more_rights": (
        "A right to give: call, dial, leader; may be given several times.",
        "授予的权限：call、dial、leader；可多次给出。",
    ),
    "option.fewer_rights": ("A right to take away; may be given several times.", "收回的权限，可多次给出。"),
    "heading.terminals": ("terminals", "接听方式"),
    "heading.extension": ("extension", "互拨分机"),
    "heading.divert_to": ("diverted to", "漏话转移号码"),
    "heading.rights": ("rights", "权限"),
    "agent_setting.default_terminal": ("signed in at", "默认登录方式"),
    "agent_setting.diverts": ("diverted when the terminal is not there", "漏话转移"),
    # What one of our own phones has called for.
    "disposition.phone_code": ("an agent's phone dialled a code", "坐席话机拨打了功能码"),
    "disposition.colleague_not_reached": ("the colleague could not be reached", "同事未能接通"),
    "named.by_colleague": ("called by a colleague", "由同事拨打"),
    "own_phone": ("one of our own phones called", "本企业话机呼出"),
    "phone_bound": ("the phone is the agent's from now on", "话机已绑定该坐席"),
    "pin.locked": ("too many wrong PINs in a row", "PIN 码连续错误次数过多"),
    "pin_fault.*": ("nobody could say whether the PIN is right ({rest})", "无法核对 PIN 码（{rest}）"),
    "timer.pin": ("whether the PIN is right was not told in time", "未能按时核对 PIN 码"),
    # Why an agent cannot sign in (A12, A18).
    "no_call_right": (
        "Agent {agent} may not telephone. “fs-control agent set {agent} --right call” allows it.",
        "坐席 {agent} 没有呼叫权限。可用“fs-control agent set {agent} --right call”授权。",
    ),
    "terminal_not_allowed": (
        "Agent {agent} may not sign in at the terminal “{terminal}”. “fs-control agent set {agent} --terminal "
        "{terminal}=CODE” allows it.",
        "坐席 {agent} 未启用接听方式“{terminal}”。可用“fs-control agent set {agent} --terminal {terminal}=CODE”启用。",
    ),
    "no_such_terminal": (
        "There is no terminal “{terminal}”: sip, softphone, phone and app are those there are.",
        "没有接听方式“{terminal}”，可用：sip、softphone、phone、app。",
    ),
}
