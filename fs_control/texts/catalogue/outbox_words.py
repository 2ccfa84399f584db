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
    "outbox_disk_refuses": (
        "The disk does not let records be handed over again: {reason}.",
        "磁盘错误，无法重新提交记录：{reason}。",
    ),
    "setting_zero": ("{name} is 0 and must be 1 or more.", "{name} 的值为 0，必须至少为 1。"),
    # What waits.
    "outbox.waiting": (
        "Records waiting for the database: {memory} in memory, {disk} on disk ({size}).",
        "等待写入数据库的记录：内存中 {memory} 条，磁盘上 {disk} 条（{size}）。",
    ),
    "outbox.size": ("{megabytes} MB, {percent} % of the room", "{megabytes} MB，占用空间 {percent}%"),
    "outbox.since_why": ("They wait since {since}. {why}", "自 {since} 起等待。{why}"),
    "outbox.since": (
        "They wait since {since} and are on their way now.",
        "自 {since} 起等待，正在写入。",
    ),
    "outbox.is_full": (
        "The room of {most} MB is full: NO new call is taken. Bring the database back, or set FS_CONTROL_OUTBOX_MB "
        "higher and start again.",
        "{most} MB 的空间已满：不再接入新来电。请恢复数据库，或调大 FS_CONTROL_OUTBOX_MB 后重新启动。",
    ),
    "outbox.disk_fault": (
        "The disk does not take or give the records that wait ({why}); they stay in memory.",
        "磁盘无法保存或读取等待的记录（{why}），记录保留在内存中。",
    ),
    "outbox.refused": (
        "Records that the database refused: {records}. “fs-control outbox list” names them and says why, "
        "“fs-control outbox retry” hands them over again.",
        "被数据库拒绝的记录 {records} 条。用“fs-control outbox list”查看原因，用“fs-control outbox retry”重新提交。",
    ),
    "outbox.damaged": (
        "Files of records of which a part could not be read: {files}. “fs-control outbox list” names them.",
        "部分内容无法读取的记录文件 {files} 个，用“fs-control outbox list”查看。",
    ),
    "outbox.nothing": ("Nothing waits for the database.", "没有等待写入数据库的记录。"),
    "outbox.retried": ("Records handed over again: {records}.", "已重新提交 {records} 条记录。"),
    "outbox.batch": ("{path}: {records} records wait.", "{path}：{records} 条记录等待写入。"),
    "outbox.damaged_file": ("{path}: a part of it could not be read.", "{path}：部分内容无法读取。"),
    "heading.why": ("why", "原因"),
    # The doctor.
    "doctor_item.records": ("records", "通话记录"),
    "doctor.records_none_wait": ("Nothing waits for the database.", "没有等待写入数据库的记录。"),
    "doctor.records_wait": (
        "{records} wait for the database ({percent} % of the room on disk).",
        "{records} 条等待写入数据库（占用本地空间 {percent}%）。",
    ),
    "doctor_remedy.records_wait": (
        "see the item “database”; they go there by themselves as soon as it answers.",
        "查看“数据库”一项；数据库恢复后会自动写入。",
    ),
    "doctor.records_nearly_full": (
        "{records} wait for the database and fill {percent} % of their room on disk; at 100 % no call is taken.",
        "{records} 条等待写入数据库，已占用本地空间 {percent}%，达到 100% 时将不再接入来电。",
    ),
    "doctor_remedy.records_nearly_full": (
        "bring the database back, or set FS_CONTROL_OUTBOX_MB higher and start the engine again.",
        "请恢复数据库，或调大 FS_CONTROL_OUTBOX_MB 后重新启动引擎。",
    ),
    "doctor.records_full": (
        "{records} wait for the database and fill their room: no new call is taken.",
        "{records} 条等待写入数据库，本地空间已满：不再接入新来电。",
    ),
    "doctor_remedy.records_full": (
        "bring the database back, or set FS_CONTROL_OUTBOX_MB higher and start the engine again.",
        "请恢复数据库，或调大 FS_CONTROL_OUTBOX_MB 后重新启动引擎。",
    ),
    "doctor.records_disk": (
        "The disk does not take or give records that wait ({why}); {records} are in memory.",
        "磁盘无法保存或读取等待的记录（{why}），内存中有 {records} 条。",
    ),
    "doctor_remedy.records_disk": (
        "see the item “disk”, and the log of the system for faults of the disk.",
        "查看“磁盘”一项，以及系统日志中的磁盘错误。",
    ),
    "doctor.records_refused": (
        "The database refused {refused}; files that could not be read: {damaged}.",
        "被数据库拒绝 {refused} 条，无法完整读取的文件 {damaged} 个。",
    ),
    "doctor_remedy.records_refused": (
        "“fs-control outbox list” names them and says why; “fs-control outbox retry” hands them over again.",
        "用“fs-control outbox list”查看原因，用“fs-control outbox retry”重新提交。",
    ),
    "doctor.records_left": (
        "{records} wait on disk for an engine that takes them to the database.",
        "磁盘上有 {records} 条记录，等待引擎启动后写入数据库。",
    ),
    "doctor_remedy.records_left": ("start it: “fs-control run”.", "启动引擎：“fs-control run”。"),
    # Commands.
    "help.outbox": ("Records on their way to the database.", "等待写入数据库的记录。"),
    "help.outbox.list": (
        "Print what waits on disk, what the database refused and why, and which files could not be read.",
        "查看磁盘上等待的记录、被拒绝的记录及原因，以及无法读取的文件。",
    ),
    "help.outbox.retry": (
        "Hand over again what the database refused.",
        "重新提交被数据库拒绝的记录。",
    ),
    # A start without a database.
    "run.database_away": (
        "The database is away, and callers are served from what the last run knew: numbers, agents and active flows. "
        "Changed files of flows are not activated; “fs-control flow activate FILE” does that when it is back. {why}",
        "数据库不可用，按上次运行时的号码、坐席和流程接听来电。修改过的流程文件尚未启用，数据库恢复后可执行"
        "“fs-control flow activate FILE”。{why}",
    ),
}
