"""Breaks, wrap-up and the settings of agents: what is refused, shown and asked."""

from __future__ import annotations

from typing import Final

STATES: Final = {
    # What is refused about a break (centre.readiness).
    "break_reason_unknown": (
        "There is no reason “{reason}” for a break. Possible are: {valid}.",
        "没有小休原因“{reason}”。可用：{valid}。",
    ),
    "break_reason_missing": (
        "A break needs a reason, one of: {valid}.",
        "小休须说明原因，可用：{valid}。",
    ),
    "no_break_reasons": (
        "The enterprise has named no reasons for breaks, so there is no “{reason}”. “fs-control break-reason add” "
        "names one.",
        "企业尚未设置小休原因，没有“{reason}”。可用“fs-control break-reason add”新增。",
    ),
    "no_break_to_come": (
        "No break of agent {agent} is to begin after the call.",
        "坐席 {agent} 没有预约通话后的小休。",
    ),
}
