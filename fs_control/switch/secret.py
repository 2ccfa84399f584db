"""What a caller typed and nobody is to know: a value that is no event, so that no journal can hold it.

It lives from the wire to the vault (`runtime.vault`), which makes an event of it. It must not be printed: its text is
left out of `repr`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from fs_control.ids import LegId, Micros, OpId


@dataclass(frozen=True, slots=True)
class SecretDigits:
    """The end of a secret input; `digits` is "" where nothing was pressed."""

    leg: LegId
    switch_at: Micros | None
    op: OpId
    digits: str = field(repr=False)
