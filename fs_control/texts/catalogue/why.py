"""Why a call went as it did: one plain sentence, and a card for each decision.

`agent`, `own` and `agents` are names as people know them; `rule`, `reason`, `result`, `condition` and `because` are
words of this catalogue; `moment`, `own` and `chosen` of a comparison are clock times or counts. A rule or a claim has
its clause of the sentence under `because.` and its own code; a fact that is changed to see what it would do stands
under `change.` and goes behind “if”; what else happened in the call stands under `turn.` and the kind of the step or
the cause of the segment.
"""

from __future__ import annotations

from typing import Final

WHY: Final = {
    # The sentence.
    "why.took": ("{agent} took the call because {because}{more}.", "{agent}接听了此来电：{because}{more}。"),
    "why.put_through": (
        "No agent took the call: the flow put it through to an outside number{more}.",
        "无坐席接听：流程已将此来电转接至外部号码{more}。",
    ),
    "why.nobody": ("Nobody took the call: {verdict}{more}.", "无人接听此来电：{verdict}{more}。"),
    "why.not_over": ("The call is not over yet{more}.", "此来电尚未结束{more}。"),
    "why.chosen_now": ("the phone of {agent} rings because {because}", "{agent}的话机正在振铃：{because}"),
    "why.otherwise": ("otherwise it would have been {agent}, {rule}", "否则会选 {agent}（{rule}）"),
    "why.own_not_had": ("{agent} {claim}, but: {reason}", "{agent}{claim}，但{reason}"),
    "why.in_the_way": ("{agent}, {reason}, {what_if}", "{agent}当时{reason}，{what_if}"),
    "why.overtook": ("the caller went ahead of {count} in line, by priority", "主叫凭优先级排到 {count} 人之前"),
    "why.left": ("the phone of {agent} was ringing when the caller left", "主叫离开时 {agent} 的话机正在振铃"),
    "why.in_vain": ("before that {agent} {result}", "此前 {agent}{result}"),
    "why.in_vain_often": ("before that {agent} {result} ({count} times)", "此前 {agent}{result}（{count} 次）"),
    "because.only_one": ("nobody else was free", "当时没有其他坐席空闲"),
    "because.rule.longest_idle_time": ("they had been idle for the longest time", "其空闲时间最长"),
    "because.rule.longest_idle_state": (
        "they had been in the idle state for the longest time",
        "其处于空闲状态的时间最长",
    ),
    "because.rule.round_robin": ("it was their turn", "正好轮到该坐席"),
    "because.rule.fewest_calls": ("they had had the fewest calls today", "其当日通话次数最少"),
    "because.rule.fewest_inbound_calls": ("they had had the fewest inbound calls today", "其当日呼入次数最少"),
    "because.rule.ring_all": ("all who were free rang at once and they were quickest", "空闲坐席同时振铃，其最先接听"),
    "because.rule.random": ("they were drawn at random", "随机选中该坐席"),
    "because.rule.top_down": (
        "they were the first in the list of those who were free",
        "其在空闲坐席中排序最前",
    ),
    "because.claim.owner": ("this customer is theirs", "该客户归其负责"),
    "because.claim.memory": ("they were the last to call this customer", "最近一次由其拨打该客户"),
    "because.claim.returning_customer": ("they had served this caller before", "其曾接待过此客户"),
    "because.colleague": (
        "the caller's own agent {own} could not ({reason}), and {because}",
        "主叫的专属坐席 {own}当时{reason}，{because}",
    ),
    # The card.
    "card.title": ("Call {call}: why", "呼叫 {call}：原因"),
    "card.chosen": ("{agent} was chosen: {rule}.", "选中 {agent}：{rule}。"),
    "card.ended": ("{agent} {result}.", "结果：{agent}{result}。"),
    "card.not_kept": (
        "What this decision was made from was not kept, so it cannot be made again.",
        "该决定所依据的数据未保存，无法重新推演。",
    ),
    "card.more": ("{count} more agents; --all shows everybody.", "另有 {count} 名坐席；使用 --all 可全部显示。"),
    "card.and_more": ("and {count} more", "等另外 {count} 人"),
    "card.since": ("{reason} since {moment}", "{reason}（自 {moment} 起）"),
    "card.left": ("{reason}, {seconds} s left", "{reason}，还剩 {seconds} 秒"),
    "card.at": ("{reason} at {moment}", "{reason}（于 {moment}）"),
    "card.days_ago": ("{reason} on {moment}, {days} d before", "{reason}（{moment}，{days} 天前）"),
    "card.clocks": (
        "{reason} (since {chosen}, this one only since {own})",
        "{reason}（被选中者自 {chosen} 起，该坐席自 {own} 起）",
    ),
    "card.counts": ("{reason} ({own}, the chosen one {chosen})", "{reason}（{own}，被选中者 {chosen}）"),
    "what_if.chosen": ("would have been chosen if {condition}", "若{condition}，则会被选中"),
    "what_if.not_chosen": ("not even if {condition}: {reason}", "即使{condition}，也不会被选中：{reason}"),
    # The facts that are changed to see what that would do.
    "change.free": ("free", "当时空闲"),
    "change.available": ("available", "当时可分配"),
    "change.rested": ("the pause after the ring that failed had been over", "暂缓分配的时间已过"),
    "change.phone": ("they had had a phone", "已配置话机"),
    "change.registered": ("the phone had been registered", "话机已注册"),
    "change.signed_in": ("signed in", "当时签入"),
    "change.not_declined": ("they had not declined", "未曾拒接"),
    "change.not_tried": ("this caller had not tried them before", "此来电未曾尝试过该坐席"),
    "change.claim": ("the caller had been their customer", "此来电属于其客户"),
    "change.claim_counts": ("that had counted", "该记录有效"),
    "change.member": ("a member of this group", "属于该技能组"),
    "change.idle_since": ("idle since before {moment}", "在 {moment} 之前已空闲"),
    "change.idle_state_since": ("in the idle state since before {moment}", "在 {moment} 之前已处于空闲状态"),
    "change.calls_today": ("they had had only {count} calls today", "当日通话仅 {count} 次"),
    "change.inbound_today": ("they had had only {count} inbound calls today", "当日呼入仅 {count} 次"),
    "change.turn": ("it had been their turn", "正好轮到"),
    "change.level": ("on level {level}", "级别为 {level}"),
    "change.place": ("listed before the chosen one", "在列表中排在被选中者之前"),
    # What else happened in the call and why: the kind of a step, or the cause by which a segment ended.
    "turn.overflow": ("The group {detail} helps out from now on.", "自此由技能组 {detail} 协助接听。"),
    "turn.vip": ("Went ahead of {detail} in line, by priority.", "凭优先级排到 {detail} 人之前。"),
    "turn.priority": ("The flow gave the caller the priority {detail}.", "流程将主叫的优先级提高到 {detail}。"),
    "turn.own_agent_absent": (
        "The caller's own agent ({detail}) was not signed in.",
        "主叫的专属坐席（{detail}）未签入。",
    ),
    "turn.flow": ("Went on in the flow {detail}.", "转入流程 {detail}。"),
    "turn.not_looked_up": (
        "Who calls could not be looked up in time ({detail}); the caller counted as a stranger.",
        "未能及时查询主叫（{detail}），按陌生客户处理。",
    ),
    "turn.crashed": (
        "A defect of the system broke off what was going on; the call went on behind it.",
        "系统缺陷中断了当前步骤，呼叫随后继续。",
    ),
    # What each agent had to do with the call.
    "heading.offers": ("offers", "分配次数"),
    "heading.rang": ("rang", "振铃"),
    "heading.answers": ("answers", "接听次数"),
    "heading.talk": ("talk", "通话"),
    "heading.hold": ("hold", "保持"),
    "heading.consult": ("consult", "咨询"),
    "heading.end": ("end", "结束"),
    # `call why` itself.
    "progress.why": ("Making each decision again ...", "正在重新推演各个决定……"),
    "help.call.why": (
        "Say why a call went as it did: one sentence, then each decision with what would have changed it.",
        "说明呼叫为何如此处理：先用一句话概括，再逐个列出决定及可改变它的条件。",
    ),
    "option.everybody": ("Show every agent by name, however many there are.", "不论人数多少，逐一显示全部坐席。"),
    "option.answer_language": (
        "The language of this answer, zh or en; by default that of --lang.",
        "此回答的语言：zh 或 en，默认与 --lang 相同。",
    ),
}
