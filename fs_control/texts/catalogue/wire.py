"""What can be wrong on the wire to the switch (Event Socket): what came, and what we were asked to write."""

from __future__ import annotations

from typing import Final

WIRE: Final = {
    # What came is not what a FreeSWITCH sends: the connection is dropped.
    "esl_header_block_too_large": (
        "The switch sent more than {limit} bytes of headers in one message. Is it a FreeSWITCH?",
        "交换机在一条消息中发送了超过 {limit} 字节的消息头。对端是 FreeSWITCH 吗？",
    ),
    "esl_body_too_large": (
        "The switch announced a message body of more than {limit} bytes.",
        "交换机声明的消息体超过 {limit} 字节。",
    ),
    "esl_bad_content_length": (
        "The switch announced a message body of “{value}” bytes, which is no number.",
        "交换机声明的消息体长度“{value}”不是数字。",
    ),
    "esl_cut_in_frame": ("The connection ended in the middle of a message.", "连接在一条消息中途断开。"),
    "esl_no_content_type": (
        "The switch sent a message that does not say what it is; it begins with “{starts_with}”. Is it a FreeSWITCH?",
        "交换机发送了一条未说明类型的消息，开头是“{starts_with}”。对端是 FreeSWITCH 吗？",
    ),
    "esl_bad_number": (
        "The header {header} is “{value}”, which is no number.",
        "消息头 {header} 的值“{value}”不是数字。",
    ),
    "esl_unexpected_message": (
        "The switch sent {message} while the connection was {state}, where it has no place.",
        "连接处于 {state} 状态时，交换机发送了不应出现的 {message}。",
    ),
    "esl_answer_without_command": (
        "The switch answered though nothing was asked; the connection was {state}.",
        "未发送任何命令，交换机却作出应答；连接处于 {state} 状态。",
    ),
    "esl_answer_of_wrong_kind": (
        "The switch answered {command} with an answer of another kind.",
        "交换机对 {command} 的应答类型不符。",
    ),
    "esl_too_many_pending": (
        "The switch owes more than {limit} answers; no more commands are sent on this connection.",
        "交换机尚有 {limit} 条以上的命令未应答，此连接不再发送命令。",
    ),
    # What we were asked to write cannot be written: nothing was sent.
    "esl_command_not_now": (
        "{command} cannot be sent while the connection is {state}.",
        "连接处于 {state} 状态时不能发送 {command}。",
    ),
    "esl_line_break": (
        "The part {part} of {command} holds a line break or a NUL. Nothing was sent.",
        "{command} 的 {part} 含有换行符或 NUL，未发送。",
    ),
    "esl_not_text": (
        "The part {part} of {command} is not text that UTF-8 can write. Nothing was sent.",
        "{command} 的 {part} 不是可用 UTF-8 表示的文本，未发送。",
    ),
    "esl_too_long": (
        "The part {part} of {command} is longer than {limit} bytes. Nothing was sent.",
        "{command} 的 {part} 超过 {limit} 字节，未发送。",
    ),
    "esl_empty_part": (
        "The part {part} of {command} is empty. Nothing was sent.",
        "{command} 的 {part} 为空，未发送。",
    ),
    "esl_not_one_word": (
        "The part {part} of {command} must be one word without blanks. Nothing was sent.",
        "{command} 的 {part} 必须是不含空格的一个词，未发送。",
    ),
    "esl_reserved_word": (
        "“{word}” has a meaning of its own to the switch and cannot be the part {part} of {command}. Nothing was sent.",
        "“{word}”对交换机有特殊含义，不能用作 {command} 的 {part}，未发送。",
    ),
    "esl_out_of_range": (
        "The part {part} of {command} is out of range (lowest {low}, highest {high}). Nothing was sent.",
        "{command} 的 {part} 超出范围（最小 {low}，最大 {high}），未发送。",
    ),
    # What became of a command (runtime).
    "leg_unknown": (
        "{command} came too late: the leg is gone ({reply}).",
        "{command} 已来不及执行：通道已不存在（{reply}）。",
    ),
    "leg_hung_up": ("The leg of {link} has hung up.", "{link} 的通道已挂断。"),
    "call_link_gone": ("The connection of the call has ended.", "该呼叫的连接已断开。"),
    "switch_refused": ("The switch refused {command}: {reply}", "交换机拒绝执行 {command}：{reply}"),
    "switch_link_down": (
        "There is no connection to the switch now; nothing was sent.",
        "当前未连接交换机，命令未发送。",
    ),
    "path_not_sayable": (
        "The path {path} holds a quotation mark or a backslash, which FreeSWITCH cannot be told. Use another folder.",
        "路径 {path} 含有引号或反斜杠，无法告知 FreeSWITCH。请换一个目录。",
    ),
    "switch_link_gone": (
        "The connection {link} to the switch broke ({reason}); whether the switch acted is not known.",
        "与交换机的连接 {link} 已断开（{reason}），无法得知命令是否已执行。",
    ),
    "no_answer": (
        "The switch did not answer {command} on {link} in time; whether it acted is not known.",
        "交换机未按时应答 {link} 上的 {command}，无法得知命令是否已执行。",
    ),
    # Reaching the switch (runtime).
    "switch_unreachable": (
        "No switch can be reached at {host}:{port} ({reason}). Is FreeSWITCH running, and are FREESWITCH_HOST and "
        "FREESWITCH_PORT right?",
        "无法连接 {host}:{port} 上的交换机（{reason}）。"
        "请确认 FreeSWITCH 正在运行，并检查 FREESWITCH_HOST 和 FREESWITCH_PORT。",
    ),
    "switch_silent": (
        "{host}:{port} takes the connection and says nothing. Is it a FreeSWITCH?",
        "{host}:{port} 接受了连接但没有任何响应。对端是 FreeSWITCH 吗？",
    ),
    "switch_closed": (
        "{host}:{port} ended the connection before we were in ({reason}). Does its access list let this machine in?",
        "{host}:{port} 在登录前断开了连接（{reason}）。请检查其访问控制列表是否允许本机。",
    ),
    "switch_password_wrong": (
        "The switch at {host}:{port} does not take the password in FREESWITCH_PASSWORD.",
        "{host}:{port} 上的交换机不接受 FREESWITCH_PASSWORD 中的密码。",
    ),
    "switch_without_core_uuid": ("The switch does not say which run of it this is.", "交换机没有说明其运行标识。"),
    "switch_listing_unreadable": (
        "The switch's list of channels cannot be read; it begins with “{starts_with}”.",
        "无法读取交换机的通道列表，开头是“{starts_with}”。",
    ),
}
