"""The line and the choice: who waits for a group, and which agent is offered whom, with the reasons.

Pure routing: it is given candidates and answers with a decision, and never learns what an agent or a call is. Easy
to break: every member who is not chosen gets exactly one reason, or nobody can say why a free agent got no call.
"""

from fs_control.queues.choice import choose_agent
from fs_control.queues.line import ASK_DECLINER_AGAIN_AFTER, may_be_offered
from fs_control.queues.strategies import Candidate, Occasion, colleague_rule_of, rule_of
from fs_control.queues.turns import turn_after_change

__all__ = [
    "ASK_DECLINER_AGAIN_AFTER",
    "Candidate",
    "Occasion",
    "choose_agent",
    "colleague_rule_of",
    "may_be_offered",
    "rule_of",
    "turn_after_change",
]
