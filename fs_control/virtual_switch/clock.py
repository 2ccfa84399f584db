"""The virtual clock: what time it is in the box, given the time outside.

Owns one formula, shared by the control plane and the virtual switch so that a demo can run at 03:00 and faster
than life: virtual = virtual_anchor + (real - real_anchor) * rate. Pure: it reads no clock, real time comes in as
data. Easy to break: a length of time is scaled by the rate, a moment is scaled and shifted; never mix the two.
"""

from __future__ import annotations

from dataclasses import dataclass

MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class SwitchClock:
    """A clock that showed `virtual_anchor` when the real one showed `real_anchor` (both seconds since 1970 UTC)."""

    real_anchor: float
    virtual_anchor: float
    rate: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a rate at which time would stand still or run backwards."""
        if not self.rate > 0:
            raise ValueError(f"the clock's rate must be above 0, not {self.rate}")

    def virtual(self, real: float) -> float:
        """The virtual moment at a real one, both in seconds since 1970 UTC."""
        return self.virtual_anchor + (real - self.real_anchor) * self.rate

    def virtual_us(self, real: float) -> int:
        """The same in whole microseconds, the unit of FreeSWITCH."""
        return round(self.virtual(real) * MICROSECONDS)

    def real(self, virtual: float) -> float:
        """The real moment at a virtual one, both in seconds since 1970 UTC."""
        return self.real_anchor + (virtual - self.virtual_anchor) / self.rate

    def real_seconds(self, virtual_seconds: float) -> float:
        """How long a virtual length of time takes outside."""
        return virtual_seconds / self.rate
