"""What must hold of every decision so that it can be told later what would have changed it.

Part of `rules`. Whether a choice was right is judged in `decision_rules`, by other means; here it is asked only whether
the decision keeps what it was made from, and so it is made again by the function that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from fs_control.queues import decide_again
from fs_control.testing.happening import Happening


def decisions_can_be_made_again(happening: Happening) -> Iterator[object]:
    """A decision keeps facts of every member, and comes out the same when it is made again from them."""
    for group, decision in happening.decisions():
        basis = decision.basis
        members = {each.agent for each in (*basis.free, *basis.others)} if basis is not None else set()
        if not members.issuperset(group.members) or decide_again(decision) != decision:
            yield decision


WHY_RULES: Final[tuple[Callable[[Happening], Iterator[object]], ...]] = (decisions_can_be_made_again,)
"""Every rule: one line each."""
