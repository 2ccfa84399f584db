"""The line and the choice: who waits for a group, and which agent is offered whom, with the reasons.

Pure routing: it is given candidates and answers with a decision, and never learns what an agent or a call is. Easy
to break: every member who is not chosen gets exactly one reason, or nobody can say why a free agent got no call.
"""

from fs_control.queues.announcement import announced_parts, own_agent_question
from fs_control.queues.choice import choose_agent
from fs_control.queues.line import ASK_DECLINER_AGAIN_AFTER, may_be_offered
from fs_control.queues.reasons import because
from fs_control.queues.ring_all import RING_AT_ONCE, all_who_ring
from fs_control.queues.strategies import RINGS_AS_WELL, Candidate, Occasion, colleague_rule_of, rule_of
from fs_control.queues.turns import turn_after_change
from fs_control.queues.why import WhatIf, decide_again, if_claim_counted, what_would_change, without_claim

__all__ = [
    "ASK_DECLINER_AGAIN_AFTER",
    "RINGS_AS_WELL",
    "RING_AT_ONCE",
    "Candidate",
    "Occasion",
    "WhatIf",
    "all_who_ring",
    "announced_parts",
    "because",
    "choose_agent",
    "colleague_rule_of",
    "decide_again",
    "if_claim_counted",
    "may_be_offered",
    "own_agent_question",
    "rule_of",
    "turn_after_change",
    "what_would_change",
    "without_claim",
]
