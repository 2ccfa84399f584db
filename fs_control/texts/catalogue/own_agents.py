"""Whose customer a caller is: what a flow may say of it, and what the trace and the story of a call tell."""

from __future__ import annotations

from typing import Final

OWN_AGENTS: Final = {
    # A flow that names agents.
    "flow_unknown_agent": ("There is no agent “{name}”. Is it in the directory?", "没有坐席“{name}”，请检查目录。"),
    "flow_not_list": (
        "“{value}” should be a list: [a, b], or lines that begin with “-”.",
        "“{value}”应为列表：[a, b]，或以“-”开头的多行。",
    ),
    "flow_owner_not_a_target": (
        "The step “{step}” does not let customers reach these owners of theirs: {agents}.",
        "步骤“{step}”的目标不包含以下归属坐席，其客户无法经此步骤转接：{agents}。",
    ),
    "run.flow_warning": ("{place}: warning: {problem}", "{place}：提醒：{problem}"),
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
