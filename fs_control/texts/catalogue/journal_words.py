"""What is wrong with a journal: the places that cannot be read, and a disk that does not take it."""

from __future__ import annotations

from typing import Final

JOURNAL: Final[dict[str, tuple[str, str]]] = {
    # What a line is not (runtime/codec).
    "journal_checksum_wrong": (
        "A line of the journal is not as it was written: its checksum is wrong.",
        "事件日志中有一行与写入时不同：校验和错误。",
    ),
    "journal_line_foreign": (
        "A line of the journal does not begin as ours do.",
        "事件日志中有一行的开头不是本程序写入的格式。",
    ),
    # What is damaged, and where (runtime/journal_reading).
    "journal_damaged.checksum": (
        "The journal {file} is damaged in line {line}, byte {offset}: the checksum is wrong.",
        "事件日志 {file} 第 {line} 行（字节 {offset}）已损坏：校验和错误。",
    ),
    "journal_damaged.foreign": (
        "The journal {file} is damaged in line {line}, byte {offset}: this is no line of ours.",
        "事件日志 {file} 第 {line} 行（字节 {offset}）已损坏：不是本程序写入的内容。",
    ),
    "journal_damaged.unknown": (
        "The journal {file} holds an event in line {line}, byte {offset}, that this program does not know: {detail}. "
        "Was it written by a newer version?",
        "事件日志 {file} 第 {line} 行（字节 {offset}）的事件本程序不认识：{detail}。它是由更新的版本写入的吗？",
    ),
    "journal_damaged.unreadable": (
        "The journal {file} is damaged in line {line}, byte {offset}: {detail}.",
        "事件日志 {file} 第 {line} 行（字节 {offset}）已损坏：{detail}。",
    ),
    "journal_damaged.head": (
        "The snapshot at the head of the journal {file} cannot be read ({detail}); the file before was followed "
        "instead. Was it written by a newer version?",
        "事件日志 {file} 开头的快照无法读取（{detail}），已改用前一个文件继续。它是由更新的版本写入的吗？",
    ),
    "journal_damaged.missing": (
        "In the journal {file} the events {detail} are missing before line {line}, byte {offset}.",
        "事件日志 {file} 第 {line} 行（字节 {offset}）之前缺少事件 {detail}。",
    ),
    "journal_damaged.order": (
        "The journal {file} holds event {detail} out of turn in line {line}, byte {offset}; it was left out.",
        "事件日志 {file} 第 {line} 行（字节 {offset}）的事件 {detail} 次序不对，已略过。",
    ),
    "journal_damaged.file": (
        "The journal {file} cannot be read: {detail}.",
        "事件日志 {file} 无法读取：{detail}。",
    ),
    # A disk that does not take what it is given (runtime/journal, centre/alarms).
    "journal_gap": (
        "The events {first} to {last} are on no disk: {why}. The journal {file} goes on behind them with a snapshot.",
        "事件 {first} 至 {last} 未能写入磁盘：{why}。事件日志 {file} 从其后的快照继续。",
    ),
    "journal.interrupted": ("the disk does not take the journal", "磁盘无法写入事件日志"),
    "alarm.journal_interrupted": (
        "The disk does not take the journal. Calls go on; if the engine dies now, what is going on is known from the "
        "switch alone. Make room, or look at the disk.",
        "磁盘无法写入事件日志。呼叫照常进行，但若引擎此时中断，只能从交换机得知当前情况。请清理或检查磁盘。",
    ),
    # What `status` says.
    "status.journal_unwritten": (
        "Not on disk: {events} events since {since} ({why}). Calls go on; make room, or look at the disk.",
        "自 {since} 起有 {events} 个事件未写入磁盘（{why}）。呼叫照常进行，请清理或检查磁盘。",
    ),
    "status.journal_unconfirmed": (
        "The disk has not confirmed the journal for {seconds} seconds: a power cut now would cost them.",
        "磁盘已有 {seconds} 秒未确认事件日志，此时断电会丢失这段内容。",
    ),
    "status.journal_damage": (
        "Places of the journal that could not be read at the start: {count}. The first: {damage}",
        "启动时事件日志中无法读取的位置：{count} 处。第一处：{damage}",
    ),
    # What `doctor` says.
    "doctor_item.journal": ("journal", "事件日志"),
    "doctor.journal_not_asked": ("No engine runs that could say.", "没有正在运行的引擎可以查询。"),
    "doctor.journal_written": ("Every event is on disk.", "所有事件均已写入磁盘。"),
    "doctor.journal_unwritten": (
        "{events} events are not on disk since {since}: {why}",
        "自 {since} 起有 {events} 个事件未写入磁盘：{why}",
    ),
    "doctor_remedy.journal_unwritten": (
        "make room, or let the engine's user write in {folder}; the engine tries again every second and goes on by "
        "itself.",
        "请清理磁盘，或允许引擎的用户写入 {folder}；引擎每秒重试，并会自行恢复。",
    ),
    "doctor.journal_unconfirmed": (
        "The disk has not confirmed what it took for {seconds} seconds.",
        "磁盘已有 {seconds} 秒未确认写入的内容。",
    ),
    "doctor_remedy.journal_unconfirmed": (
        "look at the disk of {folder}: its log, and what else writes to it.",
        "请检查 {folder} 所在的磁盘：查看其日志，以及还有什么在写入。",
    ),
    "doctor.journal_was_damaged": (
        "Places that could not be read at the start: {count}. The first: {damage}",
        "启动时无法读取的位置：{count} 处。第一处：{damage}",
    ),
    "doctor_remedy.journal_was_damaged": (
        "look at the disk (“dmesg”, “smartctl”); the files are as they were found, in {folder}. See docs/journal.md.",
        "请检查磁盘（“dmesg”、“smartctl”）；文件保持原样，位于 {folder}。参见 docs/journal.md。",
    ),
}
