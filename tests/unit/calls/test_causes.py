"""Who ended a caller's leg, by the cause and by who sent the message that ended it on the wire."""

from __future__ import annotations

import pytest

from fs_control.calls import ended_by_of
from fs_control.records import EndedBy


@pytest.mark.parametrize(
    ("cause", "disposition", "by"),
    [
        ("NORMAL_CLEARING", "", EndedBy.CALLER),
        ("MEDIA_TIMEOUT", "", EndedBy.SWITCH),
        ("NORMAL_CLEARING", "recv_bye", EndedBy.CALLER),
        ("RECOVERY_ON_TIMER_EXPIRE", "recv_bye", EndedBy.CALLER),
        ("ORIGINATOR_CANCEL", "recv_cancel", EndedBy.CALLER),
        ("NORMAL_CLEARING", "send_bye", EndedBy.SWITCH),
        ("NORMAL_TEMPORARY_FAILURE", "send_refuse", EndedBy.SWITCH),
        ("CALL_REJECTED", "recv_refuse", EndedBy.SWITCH),
        ("USER_BUSY", "recv_refuse", EndedBy.CALLER),
        ("NORMAL_CLEARING", "something new", EndedBy.CALLER),
    ],
)
def test_the_wire_knows_better_than_the_cause(cause: str, disposition: str, by: EndedBy) -> None:
    assert ended_by_of(cause, disposition) is by
