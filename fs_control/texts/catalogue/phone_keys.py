"""What the keys of an agent's own phone do, as the trace of a call says it (`centre.phone_keys`)."""

from __future__ import annotations

from typing import Final

PHONE_KEYS: Final = {
    "transfer_key": ("the agent pressed the transfer key of the phone", "坐席按下话机转接键"),
    "colleague_returned": ("the colleague's leg is about to be joined with the caller", "同事的话路即将与主叫接通"),
}
