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
}
