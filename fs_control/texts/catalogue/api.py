"""What programs of others and the people behind them are told by the API, and what is said of their tokens."""

from __future__ import annotations

from typing import Final

API: Final = {
    # Requests that cannot be read.
    "action_unknown": (
        "There is no action “{action}”.",
        "没有操作“{action}”。",
    ),
    "fields_unknown": ("Nobody knows these fields: {fields}.", "以下字段不存在：{fields}。"),
    "fields_missing": ("These fields are missing: {fields}.", "缺少以下字段：{fields}。"),
    "fields_invalid": ("These fields cannot be read: {fields}.", "以下字段无法识别：{fields}。"),
    "body_not_json": ("The body of the request is no JSON.", "请求正文不是有效的 JSON。"),
    "body_too_large": ("The body of the request is too large.", "请求正文过大。"),
    "route_unknown": (
        "The API has nothing at this address. /docs shows what it has.",
        "接口中没有该地址。可在 /docs 查看全部接口。",
    ),
    "method_not_allowed": (
        "This address is not to be asked in this way. /docs shows how.",
        "该地址不支持此请求方法。可在 /docs 查看用法。",
    ),
    "call_not_live": (
        "No call {call} is under way. One that is over is among the records.",
        "没有正在进行的呼叫 {call}。已结束的呼叫请查询呼叫记录。",
    ),
    "record_not_found": ("There is no record of a call {call}.", "没有呼叫 {call} 的记录。"),
    "cursor_unusable": (
        "“after” is no place in this list. Take “next” of the page before, as it is.",
        "参数 after 无效，请原样使用上一页返回的 next。",
    ),
    "key_unusable": (
        "The Idempotency-Key is to be 1 to {most} printable ASCII characters.",
        "Idempotency-Key 必须是 1 至 {most} 个可打印的 ASCII 字符。",
    ),
    "key_of_other_request": (
        "The Idempotency-Key “{key}” was used for another request. Take a new one.",
        "Idempotency-Key“{key}”已用于其他请求，请换一个。",
    ),
    "key_in_use": (
        "A request with the Idempotency-Key “{key}” is being carried out. Ask again in a moment.",
        "使用 Idempotency-Key“{key}”的请求正在执行，请稍后再试。",
    ),
    "setting_not_an_address": (
        "{name} is “{value}”, which is no address such as 127.0.0.1.",
        "{name} 的值“{value}”不是 127.0.0.1 这样的 IP 地址。",
    ),
    "run.api": (
        "Programs of others ask at http://{host}:{port}/v1 with a token (token create); "
        "http://{host}:{port}/docs shows how.",
        "第三方程序凭令牌（token create）调用 http://{host}:{port}/v1，用法见 http://{host}:{port}/docs。",
    ),
    "api_port_refused": (
        "The API cannot be opened on {host}:{port}: {reason}. Set FS_CONTROL_API_PORT to a port that is free.",
        "无法在 {host}:{port} 上开启接口：{reason}。请将 FS_CONTROL_API_PORT 设为空闲端口。",
    ),
    # Who may ask.
    "token_missing": (
        "The API wants a token: the header “Authorization: Bearer TOKEN”. “fs-control token create” makes one.",
        "调用接口需要令牌：请求头“Authorization: Bearer 令牌”。可用“fs-control token create”创建。",
    ),
    "token_refused": ("This token is not known here. Was it revoked?", "令牌无效，是否已被撤销？"),
    "token_expired": (
        "The token “{token}” has expired. “fs-control token create” makes another one.",
        "令牌“{token}”已过期。可用“fs-control token create”重新创建。",
    ),
    "token_lacks_scope": (
        "The token “{token}” does not allow this; it would need {scope}.",
        "令牌“{token}”没有此权限，需要 {scope}。",
    ),
    "token_of_other_agent": (
        "The token “{token}” is that of one agent, and may act for nobody else.",
        "令牌“{token}”只属于一名坐席，不能代其他坐席操作。",
    ),
    "tokens_not_read": (
        "The engine has not been able to read the tokens yet, because the database is away. Ask again later.",
        "数据库不可用，引擎尚未读取到令牌。请稍后再试。",
    ),
    "too_many_refusals": (
        "From this address too many requests were refused. Ask again in {seconds} seconds.",
        "该地址被拒绝的请求过多，请在 {seconds} 秒后再试。",
    ),
    # Tokens at the command line.
    "help.token": ("What programs of others show when they ask the API.", "第三方程序调用接口所用的令牌。"),
    "help.token.create": (
        "Make a token called NAME and show it this once.",
        "创建名为 NAME 的令牌，仅显示这一次。",
    ),
    "help.token.list": (
        "List the tokens, what each allows and when it was last used.",
        "列出令牌、各自的权限和最近使用时间。",
    ),
    "help.token.revoke": ("Take the token NAME away for good.", "永久撤销令牌 NAME。"),
    "option.scopes": ("What it allows; may be given several times.", "权限，可多次给出。"),
    "option.token_agent": (
        "The one agent for whom it may act; without this any agent.",
        "该令牌只能代此坐席操作；不指定则可代任何坐席。",
    ),
    "option.expires_after": ("How long it counts: 30d, 12h, 45m.", "有效期：30d、12h、45m。"),
    "heading.token": ("token", "令牌"),
    "heading.scopes": ("allows", "权限"),
    "heading.created_by": ("created by", "创建人"),
    "heading.expires": ("expires", "到期"),
    "heading.last_used": ("last used", "最近使用"),
    "scope.agents:read": ("see the agents and what they do", "查看坐席及其状态"),
    "scope.agents:act": (
        "act for agents: sign-in, breaks, hold, transfer and all else but calling outside",
        "代坐席操作：签入、示忙、保持、转接等，不含外呼及转接、咨询外部号码",
    ),
    "scope.calls:read": ("see calls and read their records", "查看呼叫和呼叫记录"),
    "scope.calls:dial": ("have agents call numbers outside, which costs money", "让坐席外呼（产生话费）"),
    "scope.queues:read": ("see groups, their lines and who waits", "查看技能组、队列和排队的主叫"),
    "scope.customers:read": ("see which agent called a customer last", "查看客户的通话记忆"),
    "not_a_token_name": (
        "“{text}” is no name for a token: letters, digits, dot, hyphen and underscore, 64 at most.",
        "“{text}”不能作为令牌名称：只能用字母、数字、点、连字符和下划线，最长 64 个字符。",
    ),
    "token_needs_scope": (
        "Say what the token allows: --scope with one of {scopes}.",
        "请用 --scope 指定权限，可选：{scopes}。",
    ),
    "token_exists": (
        "There is a token “{token}” already. Revoke it first, or take another name.",
        "令牌“{token}”已存在。请先撤销它，或换一个名称。",
    ),
    "token_unknown": ("There is no token “{token}”.", "没有令牌“{token}”。"),
    "token_shown_once": (
        "This is the token “{token}”. It is shown this once and kept nowhere: give it to the program and nobody else.",
        "以上是令牌“{token}”，仅显示这一次，系统不保存原文。请只交给需要它的程序。",
    ),
    "token_allows": ("It allows {scope}: {what}.", "权限 {scope}：{what}。"),
    "token_for_one_agent": ("It may act for agent {agent} alone.", "只能代坐席 {agent} 操作。"),
    "token_revoked": ("The token “{token}” is revoked.", "令牌“{token}”已撤销。"),
    "token_expired_word": ("expired", "已过期"),
    "token_later": (
        "The running engine could not be told; it sees this by itself within about ten seconds.",
        "未能通知运行中的引擎，它会在约十秒内自行发现。",
    ),
    "token_without_api": (
        "The running engine has no API. FS_CONTROL_API_PORT in its environment opens it, from the next start on.",
        "运行中的引擎未开启接口。在其环境变量中设置 FS_CONTROL_API_PORT，下次启动后生效。",
    ),
    "no_tokens": (
        "There is no token. “fs-control token create” makes one.",
        "还没有令牌。可用“fs-control token create”创建。",
    ),
}
