"""What can go wrong with a running engine: its door for the switch, its journal, its answers to the command line."""

from __future__ import annotations

from typing import Final

RUNNING: Final = {
    # The door through which the switch hands over calls (runtime).
    "listen_needs_peers": (
        "Listening on {host} would let anybody in. Name the addresses of the switches that may connect.",
        "在 {host} 上监听会允许任何人连接。请指定允许连接的交换机地址。",
    ),
    "listen_peer_not_an_address": (
        "“{peer}” is neither an address nor a network such as 192.0.2.0/24.",
        "“{peer}”既不是 IP 地址，也不是 192.0.2.0/24 之类的网段。",
    ),
    "listen_port_taken": (
        "Somebody else is listening on {host}:{port} already. Is an engine running, or set another port?",
        "{host}:{port} 已被占用。是否已有引擎在运行？也可改用其他端口。",
    ),
    "listen_port_forbidden": (
        "This user may not listen on {host}:{port} ({reason}). Use a port above 1023.",
        "当前用户无权在 {host}:{port} 上监听（{reason}）。请使用 1023 以上的端口。",
    ),
    "listen_address_unknown": (
        "This machine does not have the address {host} ({reason}).",
        "本机没有地址 {host}（{reason}）。",
    ),
    "listen_failed": ("Listening on {host}:{port} failed: {reason}.", "在 {host}:{port} 上监听失败：{reason}。"),
    # The door at which FreeSWITCH asks for phones (web).
    "directory_port_refused": (
        "FreeSWITCH cannot be answered for phones on {host}:{port}: {reason}. Set FREESWITCH_DIRECTORY_PORT to a port "
        "that is free, and write the configuration again with “--directory-port”.",
        "无法在 {host}:{port} 上应答 FreeSWITCH 的话机查询：{reason}。请将 FREESWITCH_DIRECTORY_PORT 设为空闲端口，"
        "并用“--directory-port”重新生成配置。",
    ),
    # The journal and its snapshots (runtime).
    "journal_line_unreadable": (
        "A line of the journal cannot be read ({why}); it begins with “{starts_with}”.",
        "事件日志中有一行无法读取（{why}），开头是“{starts_with}”。",
    ),
    "snapshot_unreadable": (
        "The snapshot at the head of the journal cannot be read ({why}). Was it written by another version?",
        "事件日志开头的快照无法读取（{why}）。它是由其他版本写入的吗？",
    ),
    "journal_event_unknown": (
        "The journal holds an event {event} of version {version}, which this program does not know. Use the newer one.",
        "事件日志中有版本 {version} 的事件 {event}，本程序不认识。请使用更新的版本。",
    ),
    # Answers to people's wishes.
    "centre_silent": (
        "The engine did not answer in time; whether it did what was asked is not known. Look, and ask again.",
        "引擎未按时应答，无法得知请求是否已执行。请查看结果后再试。",
    ),
    "enterprise_unknown": ("There is no enterprise “{enterprise}”.", "没有企业“{enterprise}”。"),
}
