"""What is said of records on their way to the database: in `status`, by the doctor, and by `outbox`."""

from __future__ import annotations

from typing import Final

OUTBOX_WORDS: Final = {
    # Refusals and alarms of the centre.
    "dial_records_full": (
        "There is no room for another record while the database is away, so agent {agent} can call nobody.",
        "数据库不可用且本地记录空间已满，坐席 {agent} 不能外呼。",
    ),
    "alarm.outbox_nearly_full": (
        "Records that wait for the database fill {percent} % of their room on disk; at 100 % no call is taken.",
        "等待写入数据库的记录已占用本地空间的 {percent}%，达到 100% 时将不再接入来电。",
    ),
    "alarm.outbox_full": (
        "Records that wait for the database fill their room on disk: no new call is taken.",
        "等待写入数据库的记录已占满本地空间：不再接入新来电。",
    ),
    "outbox.room": ("there is room for records again", "本地记录空间已恢复"),
    "outbox.nearly_full": ("there is not much room left for records", "本地记录空间即将用完"),
    "outbox.full": ("there is no room left for records", "本地记录空间已满"),
}
