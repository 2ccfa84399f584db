"""Signs on an agent's display, beside the caller's name: as short as can be, because a phone's line is short."""

from __future__ import annotations

from typing import Final

DISPLAYS: Final = {
    "display.vip": ("VIP", "贵宾"),
    "display.own": ("OWN", "专属"),
    "display.via": ("via {by}", "经 {by} 转来"),
}
