"""Whose customer a caller is: the rules that chose their own agent or somebody instead, and what is told of it."""

from __future__ import annotations

from typing import Final

OWN_AGENTS: Final = {
    "claim.owner": ("the caller is this agent's customer", "来电为该坐席的客户"),
    "claim.memory": ("dialled this caller last", "最近外呼过此客户"),
    "colleague.longest_idle_time": (
        "stands in for the caller's own agent, idle for the longest time",
        "代接听，空闲时间最长",
    ),
    "colleague.longest_idle_state": (
        "stands in for the caller's own agent, in the idle state for the longest time",
        "代接听，空闲状态持续时间最长",
    ),
    "colleague.round_robin": ("stands in for the caller's own agent, next in turn", "代接听，轮流分配"),
    "colleague.fewest_calls": ("stands in for the caller's own agent, fewest calls today", "代接听，当日通话次数最少"),
    "colleague.fewest_inbound_calls": (
        "stands in for the caller's own agent, fewest inbound calls today",
        "代接听，当日呼入次数最少",
    ),
    "colleague.random": ("stands in for the caller's own agent, drawn at random", "代接听，随机分配"),
    "colleague.top_down": (
        "stands in for the caller's own agent, first free from the top of the list",
        "代接听，按级别自上而下首位空闲",
    ),
    "reason.memory_expired": ("dialled this caller last, but too long ago to count", "曾外呼此客户，但通话记忆已过期"),
    "reason.number_takes_no_memory": (
        "dialled this caller last, but this service number takes no part in call memory",
        "曾外呼此客户，但该服务号码不参与通话记忆",
    ),
    "reason.not_a_target": (
        "the caller is theirs, but they are not among the targets of this transfer step",
        "为该客户的归属坐席，但不在此转接步骤的目标坐席中",
    ),
    # A flow that names agents.
    "flow_unknown_agent": ("There is no agent “{name}”. Is it in the directory?", "没有坐席“{name}”，请检查目录。"),
    "flow_not_list": ("“{value}” should be a list, such as [8001, 8002].", "“{value}”应为列表，例如 [8001, 8002]。"),
    "flow_owner_not_a_target": (
        "The step “{step}” does not let customers reach these owners of theirs: {agents}.",
        "步骤“{step}”的目标不包含以下归属坐席，其客户无法经此步骤转接：{agents}。",
    ),
    "run.flow_warning": ("{place} {problem}", "{place} {problem}（警告）"),
    # What the trace of a call says.
    "timer.own": ("the time to wait for the own agent alone was over", "仅等待归属坐席的时间已到"),
    "timer.ask": ("the caller had not answered whether to wait", "主叫未答复是否继续等待"),
    "timer.lookup": ("the database was to have said by now who calls", "数据库应已返回来电身份"),
    "lookup.too_slow": (
        "the database did not say in time who calls, who is a stranger now",
        "数据库未及时返回来电身份，按陌生客户处理",
    ),
    "lookup.*": (
        "the database could not say who calls ({rest}), who is a stranger now",
        "数据库无法查询来电身份（{rest}），按陌生客户处理",
    ),
    "own_agent_absent": ("the caller's own agent is not signed in", "归属坐席或记忆坐席未签入"),
    # What the story of a call says.
    "story.lapsed": ("{agent} had no claim: {reason}.", "{agent} 未被优先：{reason}。"),
    "story.substitute": ("Answered by a substitute for {agent}.", "由其他坐席代 {agent} 接听。"),
    "story.own_agent_absent": ("The caller's own agent {agent} was not signed in.", "归属坐席 {agent} 未签入。"),
    "story.other_flow": ("Went on in the flow {flow}.", "转入流程 {flow}。"),
    "story.not_looked_up": (
        "The database did not say who calls ({reason}); treated as a stranger.",
        "数据库未能查询来电身份（{reason}），按陌生客户处理。",
    ),
    "story.too_slow": ("too slow", "超时"),
}
