"""The proof of stored calls, and what each figure of them is (`fs-control ledger`).

`finding.<code>` says what does not add up, `finding_help.<code>` what to do about it. `figure.<name>` is what a figure
is, `figure_from.<name>` from which rows it comes, and `figure_not.<name>` what it is mistaken for. `position` counts
segments or offers from 1, `away` is a length, `ours` and `switch` are moments or words.
"""

from __future__ import annotations

from typing import Final

LEDGER: Final = {
    "help.ledger": (
        "The proof that stored calls add up, and what each figure means.",
        "核对已保存的通话是否账目相符，以及各项数字的含义。",
    ),
    "help.ledger.verify": (
        "Prove that stored calls add up and agree with the switch's own records. CALL is the beginning of one's id. "
        "Exit code 0: they do; 1: some do not.",
        "核对已保存的通话：自身是否账目相符，是否与交换机自己的记录一致。CALL 为某个呼叫编号的开头。"
        "退出码 0 表示相符，1 表示有不符。",
    ),
    "help.ledger.explain": (
        "Define a figure: from which rows, by which SQL, and what it is not. With the beginning of a call's id: how "
        "this call came by it.",
        "说明某项数字：取自哪些记录、用什么 SQL 计算、不是什么。给出呼叫编号的开头时，逐段说明该呼叫的此项数字。",
    ),
    "option.started_from": (
        "Only calls that began at this moment or later: 2026-11-22, 2026-11-22 10:00.",
        "只看此时刻及以后开始的呼叫：2026-11-22、2026-11-22 10:00。",
    ),
    "option.started_to": (
        "Only calls that began before this moment; a day counts to its end.",
        "只看此时刻之前开始的呼叫，写日期时包括当天。",
    ),
    "option.correct": (
        "Write down what the switch knows better, as corrections beside the calls.",
        "把交换机记录中更准确的值作为更正写在呼叫旁边。",
    ),
    "progress.ledger": ("{calls} calls proved ...", "已核对 {calls} 个呼叫……"),
    "ledger_call_or_period": (
        "Name either a call or a period, not both.",
        "呼叫编号与时间范围只能给出其一。",
    ),
    "figure_unknown": (
        "There is no figure “{figure}”. “fs-control ledger explain” lists them.",
        "没有名为“{figure}”的数字。“fs-control ledger explain”可列出全部。",
    ),
    "ledger_clean": ("{calls} calls add up.", "{calls} 个呼叫全部相符。"),
    "ledger_flawed": (
        "{flawed} findings of calls that do not add up, in {calls} calls.",
        "共核对 {calls} 个呼叫，其中 {flawed} 处有不符。",
    ),
    "ledger_put_right": (
        "{count} calls are read with corrections.",
        "{count} 个呼叫按更正后的值读取。",
    ),
    "ledger_not_compared": (
        "{count} calls were not compared with the switch: it told nothing of them (yet).",
        "{count} 个呼叫未与交换机核对：交换机（尚）没有相应记录。",
    ),
    "ledger_no_call": ("No record of call {call}.", "没有呼叫 {call} 的记录。"),
    "ledger_correction": (
        "Corrected by the switch's record: {field} is {corrected}; stored was {stored}.",
        "已按交换机记录更正：{field}为 {corrected}，原存 {stored}。",
    ),
    "ledger_ms": ("{ms} ms", "{ms} 毫秒"),
    "ledger_nothing": ("nothing", "无"),
    "ledger_figure_is": ("The figure {figure} is {value}.", "该项数字 {figure} 为 {value}。"),
    "ledger_answered_because": ("The call is one that was: {disposition}.", "该呼叫的结果：{disposition}。"),
    "heading.advice": ("asked", "被咨询"),
    "heading.figure": ("figure", "数字"),
    "heading.meaning": ("what it is", "含义"),
    "heading.segment": ("spent on", "内容"),
    "heading.counted": ("counted", "计入"),
    "corrected_field.started_at": ("the beginning", "开始时间"),
    "corrected_field.answered_at": ("the answer", "应答时间"),
    "corrected_field.ended_at": ("the end", "结束时间"),
    "corrected_field.cause": ("the cause of the end", "结束原因"),
    # What does not add up.
    "finding.segments_missing": (
        "The call lasted some time, and there is no segment that says on what.",
        "呼叫有时长，却没有任何分段说明时间用在何处。",
    ),
    "finding.segments_begin": (
        "The first segment does not begin with the call, but {away} away from it.",
        "第一段没有与呼叫同时开始，相差 {away}。",
    ),
    "finding.segments_end": (
        "The last segment (number {position}) does not end with the call, but {away} away from it.",
        "最后一段（第 {position} 段）没有与呼叫同时结束，相差 {away}。",
    ),
    "finding.segment_gap": (
        "Segment {position} begins {away} after the one before it ended.",
        "第 {position} 段在前一段结束 {away} 后才开始。",
    ),
    "finding.segment_overlap": (
        "Segment {position} begins {away} before the one before it ended.",
        "第 {position} 段在前一段结束前 {away} 就已开始。",
    ),
    "finding.segment_backwards": (
        "Segment {position} ({kind}) does not end after its beginning.",
        "第 {position} 段（{kind}）的结束时间不晚于开始时间。",
    ),
    "finding.segment_open": ("Segment {position} ({kind}) has no end.", "第 {position} 段（{kind}）没有结束时间。"),
    "finding.segment_without_reason": (
        "Segment {position} ({kind}) does not say who ended it, or why.",
        "第 {position} 段（{kind}）没有说明由谁、因何结束。",
    ),
    "finding.call_open": ("The call is stored without its end.", "该呼叫保存时没有结束信息。"),
    "finding.call_backwards": (
        "The call ended ({ended}) before it began ({started}).",
        "呼叫的结束时间（{ended}）早于开始时间（{started}）。",
    ),
    "finding.answered_outside": (
        "The call was answered at {answered}, and that is not within the call.",
        "应答时间 {answered} 不在呼叫时间之内。",
    ),
    "finding.end_differs": (
        "The call was ended by {ended_by} ({cause}), and its last segment by {segment_by} ({segment_cause}).",
        "呼叫由{ended_by}结束（{cause}），而最后一段由{segment_by}结束（{segment_cause}）。",
    ),
    "finding.disposition_differs": (
        "The call is stored as “{disposition}”, and its segments and offers say something else.",
        "呼叫的结果存为“{disposition}”，与其分段和振铃记录不符。",
    ),
    "finding.offer_open": ("Offer {position} ({agent}) has no end.", "第 {position} 次派送（{agent}）没有结束。"),
    "finding.offer_backwards": (
        "The moments of offer {position} ({agent}) run backwards.",
        "第 {position} 次派送（{agent}）的各时刻次序颠倒。",
    ),
    "finding.offer_outside": (
        "Offer {position} ({agent}) lies partly outside the call.",
        "第 {position} 次派送（{agent}）超出了呼叫的时间范围。",
    ),
    "finding.offer_without_talk": (
        "Offer {position} was accepted by {agent}, and no segment is spent with them.",
        "第 {position} 次派送由 {agent} 接听，却没有与其通话的分段。",
    ),
    "finding.agent_never_offered": (
        "A segment is spent with {agent}, who never accepted an offer of this call.",
        "有与 {agent} 通话的分段，但其从未接听过该呼叫的派送。",
    ),
    "finding.call_without_leg": (
        "The switch has told nothing of the customer's leg ({leg}).",
        "交换机没有客户这一路（{leg}）的记录。",
    ),
    "finding.leg_started_differs": (
        "The customer's leg began at {switch} by the switch's record, and the call at {ours} by ours.",
        "客户这一路的开始时间，交换机记为 {switch}，本系统记为 {ours}。",
    ),
    "finding.leg_answered_differs": (
        "The customer's leg was answered at {switch} by the switch's record, and at {ours} by ours.",
        "客户这一路的应答时间，交换机记为 {switch}，本系统记为 {ours}。",
    ),
    "finding.leg_ended_differs": (
        "The customer's leg ended at {switch} by the switch's record, and the call at {ours} by ours.",
        "客户这一路的结束时间，交换机记为 {switch}，本系统记为 {ours}。",
    ),
    "finding.leg_cause_differs": (
        "The customer's leg ended with {switch} by the switch's record, and with {ours} by ours.",
        "客户这一路的结束原因，交换机记为 {switch}，本系统记为 {ours}。",
    ),
    "finding.leg_outside": (
        "The customer's leg ({leg}) is older than the call.",
        "客户这一路（{leg}）早于该呼叫。",
    ),
    "finding.leg_of_nobody": (
        "The leg {leg} bears this call's id, and no offer, consultation or dialling of ours made it.",
        "线路 {leg} 带有该呼叫的编号，但不是由任何派送、咨询或外拨产生的。",
    ),
    "finding.leg_without_call": (
        "The switch had a leg of it at {at} ({leg}).",
        "交换机在 {at} 有其一路（{leg}）。",
    ),
    # What to do about it.
    "finding_help.*": (
        "{rest}: a defect of this program. Keep what “fs-control call trace” says of the call and report it; the call "
        "itself stays as it is stored.",
        "{rest}：属于本程序的缺陷。请保留“fs-control call trace”对该呼叫的输出并反馈；呼叫记录保持原样。",
    ),
    "finding_help.leg_started_differs": (
        "leg_started_differs: “ledger verify --correct” writes the switch's moment beside ours.",
        "leg_started_differs：“ledger verify --correct”会把交换机的时刻记在旁边作为更正。",
    ),
    "finding_help.leg_answered_differs": (
        "leg_answered_differs: “ledger verify --correct” writes the switch's moment beside ours.",
        "leg_answered_differs：“ledger verify --correct”会把交换机的时刻记在旁边作为更正。",
    ),
    "finding_help.leg_ended_differs": (
        "leg_ended_differs: “ledger verify --correct” writes the switch's moment beside ours.",
        "leg_ended_differs：“ledger verify --correct”会把交换机的时刻记在旁边作为更正。",
    ),
    "finding_help.leg_cause_differs": (
        "leg_cause_differs: “ledger verify --correct” writes the switch's cause beside ours.",
        "leg_cause_differs：“ledger verify --correct”会把交换机的原因记在旁边作为更正。",
    ),
    "finding_help.call_without_leg": (
        "call_without_leg: see that the switch writes its records (“fs-control doctor”), and that none were put aside "
        "as unreadable.",
        "call_without_leg：请检查交换机是否在写话单（“fs-control doctor”），以及是否有无法读取而被搁置的话单。",
    ),
    "finding_help.leg_of_nobody": (
        "leg_of_nobody: look in the switch's dialplan for whoever else makes legs with this call's variables.",
        "leg_of_nobody：请检查交换机的拨号方案，是否有其他途径用该呼叫的变量产生线路。",
    ),
    "finding_help.leg_without_call": (
        "leg_without_call: “fs-control status” says whether records wait for the database; if none do, report it with "
        "what “fs-control call trace” says.",
        "leg_without_call：“fs-control status”可查看是否有记录在等待写入数据库；若没有，请连同"
        "“fs-control call trace”的输出一并反馈。",
    ),
    # What the figures are.
    "figure.length": (
        "How long the call lasted, from its beginning to its end.",
        "呼叫从开始到结束的时长。",
    ),
    "figure_from.length": (
        "From call: ended_at less started_at. It is the sum of all segments, to the microsecond.",
        "取自 call：ended_at 减 started_at，精确等于所有分段之和。",
    ),
    "figure_not.length": (
        "Not what a carrier bills: that begins with the answer. In a call that an agent made it begins with the wish, "
        "before the customer's phone rang.",
        "不是运营商的计费时长：计费从应答开始。坐席外拨的呼叫从提出外拨时算起，早于客户振铃。",
    ),
    "figure.ivr": (
        "How long the caller was in the flow: prompts, menus, and the sentence for one who is not served.",
        "客户在语音流程中的时长：提示音、菜单，以及未获服务时的告知语。",
    ),
    "figure_from.ivr": ("From call_segment of kind “ivr”.", "取自 call_segment 中 kind 为“ivr”的分段。"),
    "figure_not.ivr": (
        "Not the time up to the line: a caller who goes on in the flow after a talk is in it again.",
        "不等于进入排队之前的时间：通话之后再回到流程的时间也计入。",
    ),
    "figure.line": (
        "How long the caller stood in line while no phone rang for them.",
        "客户排队且没有话机为其振铃的时长。",
    ),
    "figure_from.line": ("From call_segment of kind “line”.", "取自 call_segment 中 kind 为“line”的分段。"),
    "figure_not.line": (
        "Not how long they waited: the ringing belongs to that too (waiting).",
        "不等于等待总时长：振铃时间也属于等待（见 waiting）。",
    ),
    "figure.ring": (
        "How long somebody's phone rang, up to the moment of joining.",
        "有话机为该呼叫振铃的时长，直到双方接通的一刻。",
    ),
    "figure_from.ring": ("From call_segment of kind “ring”.", "取自 call_segment 中 kind 为“ring”的分段。"),
    "figure_not.ring": (
        "Not how long an agent's phone rang (agent_rang): it also holds the moments before the first ring, a word "
        "whispered to the agent, and an outside number's ringing.",
        "不等于坐席话机的振铃时长（见 agent_rang）：还包括首次振铃之前的片刻、给坐席的耳语提示以及外部号码的振铃。",
    ),
    "figure.waiting": (
        "How long a caller who called us waited for somebody: in line, and while phones rang.",
        "来电客户等待接听的时长：排队时间加振铃时间。",
    ),
    "figure_from.waiting": (
        "From call_segment of the kinds “line” and “ring”, of inbound calls.",
        "取自呼入呼叫的 call_segment 中 kind 为“line”和“ring”的分段。",
    ),
    "figure_not.waiting": (
        "Not only up to the first agent (time_to_answer): who is handed on waits again. Calls that agents make have "
        "none.",
        "不限于首个坐席之前（见 time_to_answer）：被转接后的再次等待也计入。坐席外拨的呼叫没有此项。",
    ),
    "figure.talk": (
        "How long the customer and somebody heard each other: an agent, a colleague as the third, or an outside "
        "number.",
        "客户与对方互相听到的时长：对方为坐席、三方通话，或外部号码。",
    ),
    "figure_from.talk": ("From call_segment of kind “talk”.", "取自 call_segment 中 kind 为“talk”的分段。"),
    "figure_not.talk": (
        "Not the time since the answer: answered_at of a call is when our flow picked up. Hold and consultation are "
        "not in it.",
        "不等于应答之后的时间：call 的 answered_at 是语音流程接起的时刻。保持和咨询的时间不计入。",
    ),
    "figure.hold": (
        "How long the customer heard music because the agent wanted that.",
        "坐席保持客户、客户听音乐的时长。",
    ),
    "figure_from.hold": ("From call_segment of kind “hold”.", "取自 call_segment 中 kind 为“hold”的分段。"),
    "figure_not.hold": (
        "Not the music in line (line), nor that while a colleague is asked (consult).",
        "不包括排队音乐（line）和咨询同事期间的音乐（consult）。",
    ),
    "figure.consult": (
        "How long the customer heard music while the agent called a colleague or spoke with one.",
        "坐席呼叫或咨询同事期间，客户听音乐的时长。",
    ),
    "figure_from.consult": (
        "From call_segment of kind “consult”.",
        "取自 call_segment 中 kind 为“consult”的分段。",
    ),
    "figure_not.consult": (
        "Not how long the colleague was there (agent_advice): that begins with their answer, and goes on while all "
        "three talk.",
        "不等于同事参与的时长（见 agent_advice）：那从同事应答算起，三方通话期间也在继续。",
    ),
    "figure.time_to_answer": (
        "How long a caller who called us had to wait until an agent and they first heard each other.",
        "来电客户从开始等待到首次与坐席接通的时长。",
    ),
    "figure_from.time_to_answer": (
        "From call_segment: the beginning of the first talk with an agent, less that of the first “line” or “ring”.",
        "取自 call_segment：首段与坐席的通话的开始，减去首个“line”或“ring”分段的开始。",
    ),
    "figure_not.time_to_answer": (
        "Not the time to answered_at, which is when the queue or a prompt picked up: a call that only the queue has "
        "answered has no time to answer, and counts in no average. The menu before the line is not in it.",
        "不是到 answered_at 的时间：那是排队系统或提示音接起的时刻。只被排队系统接起的呼叫没有此项，不计入平均值。"
        "排队之前的菜单时间不计入。",
    ),
    "figure.answered": (
        "Whether an agent and the customer were joined: 1 or 0.",
        "坐席与客户是否接通：1 或 0。",
    ),
    "figure_from.answered": (
        "From call: disposition “answered”.",
        "取自 call：disposition 为“answered”。",
    ),
    "figure_not.answered": (
        "Not answered_at, which every call has that our flow or a line picked up. A call answered by the queue and by "
        "no agent is 0; so is one put through to an outside number.",
        "不是 answered_at：凡被语音流程或排队系统接起的呼叫都有该时刻。只由排队系统接起而无坐席接听的为 0，"
        "转接到外部号码的也为 0。",
    ),
    "figure.agent_offered": (
        "How often the call was offered to each agent.",
        "该呼叫派送给每位坐席的次数。",
    ),
    "figure_from.agent_offered": ("From call_offer: its rows.", "取自 call_offer 的行数。"),
    "figure_not.agent_offered": (
        "Not how often a phone rang: one that is not registered or busy was offered too. A colleague who is asked is "
        "offered the call as well.",
        "不等于话机振铃的次数：未注册或占线的话机也算派送。被咨询的同事也算一次派送。",
    ),
    "figure.agent_rang": (
        "How long each agent's phone rang for the call.",
        "每位坐席的话机为该呼叫振铃的时长。",
    ),
    "figure_from.agent_rang": (
        "From call_offer: from ringing_at to answered_at, or to ended_at where nobody answered.",
        "取自 call_offer：从 ringing_at 到 answered_at，无人应答时到 ended_at。",
    ),
    "figure_not.agent_rang": (
        "Not the ring segments (ring), which are the customer's time; where several phones ring at once each has its "
        "own.",
        "不等于振铃分段（ring），那是客户的时间；多部话机同时振铃时各自计算。",
    ),
    "figure.agent_answered": (
        "How often each agent took the call up.",
        "每位坐席接起该呼叫的次数。",
    ),
    "figure_from.agent_answered": (
        "From call_offer: rows with answered_at.",
        "取自 call_offer 中有 answered_at 的行。",
    ),
    "figure_not.agent_answered": (
        "Not how often they talked with the customer: whoever hangs up on a whisper, or is only asked by a colleague, "
        "took it up too.",
        "不等于与客户通话的次数：听到耳语提示即挂断的，或只被同事咨询的，也算接起。",
    ),
    "figure.agent_talk": (
        "How long each agent and the customer heard each other.",
        "每位坐席与客户互相听到的时长。",
    ),
    "figure_from.agent_talk": (
        "From call_segment of kind “talk” with this agent_id.",
        "取自 call_segment 中 kind 为“talk”且 agent_id 为该坐席的分段。",
    ),
    "figure_not.agent_talk": (
        "Not how long they were on the phone: hold and consultation are figures of their own, and a talk of three is "
        "that of the agent who has the customer.",
        "不等于占用电话的时长：保持和咨询另计，三方通话计入拥有客户的坐席。",
    ),
    "figure.agent_hold": (
        "How long each agent had the customer on hold.",
        "每位坐席保持客户的时长。",
    ),
    "figure_from.agent_hold": (
        "From call_segment of kind “hold” with this agent_id.",
        "取自 call_segment 中 kind 为“hold”且 agent_id 为该坐席的分段。",
    ),
    "figure_not.agent_hold": (
        "Not muting: the customer of an agent who has muted themselves is in a talk.",
        "不包括静音：坐席静音时客户仍计为通话。",
    ),
    "figure.agent_consult": (
        "How long each agent let the customer wait to ask a colleague.",
        "每位坐席为咨询同事而让客户等待的时长。",
    ),
    "figure_from.agent_consult": (
        "From call_segment of kind “consult” with this agent_id, who is the one who asks.",
        "取自 call_segment 中 kind 为“consult”且 agent_id 为该坐席（发起咨询者）的分段。",
    ),
    "figure_not.agent_consult": (
        "Not the time of the colleague who is asked (agent_advice).",
        "不是被咨询同事的时间（见 agent_advice）。",
    ),
    "figure.agent_advice": (
        "How long each agent was in the call as the colleague who was asked.",
        "每位坐席作为被咨询的同事参与该呼叫的时长。",
    ),
    "figure_from.agent_advice": (
        "From call_offer by the rule “named.by_agent”: from answered_at to ended_at, or to the first segment in which "
        "the customer is theirs.",
        "取自 call_offer 中规则为“named.by_agent”的派送：从 answered_at 到 ended_at，若接手客户则到其首个分段开始。",
    ),
    "figure_not.agent_advice": (
        "Not a talk with the customer, though all three may have heard each other.",
        "不算与客户的通话，尽管三方可能互相听到。",
    ),
    "figure.agent_end": (
        "How the last offer of the call to each agent ended, in our word and in the switch's.",
        "该呼叫最后一次派送给每位坐席的结果：本系统的说法和交换机的原因。",
    ),
    "figure_from.agent_end": (
        "From call_offer: result and cause of the last row of this agent.",
        "取自 call_offer 中该坐席最后一行的 result 和 cause。",
    ),
    "figure_not.agent_end": (
        "Not how the call ended: with TRANSFERRED an agent's part is over, and the call goes on.",
        "不是呼叫的结束方式：TRANSFERRED 表示该坐席的部分结束，而呼叫仍在继续。",
    ),
    "figure.wrap_up": (
        "How long an agent finishes notes after a call, before the next one is offered.",
        "坐席通话后填写记录、下一个呼叫派送之前的时长。",
    ),
    "figure_from.wrap_up": (
        "From no row of a call: it begins when the record is closed, and is a state of the agent, which is not stored "
        "with calls.",
        "不取自呼叫的任何一行：它在记录结束后才开始，是坐席的状态，不随呼叫保存。",
    ),
    "figure_not.wrap_up": (
        "Not a part of the call's length: the customer is gone.",
        "不属于呼叫时长：客户此时已离开。",
    ),
}
