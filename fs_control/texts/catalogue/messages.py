"""What is said of messages that callers left, of what callers type, and of questions to other people's servers."""

from __future__ import annotations

from typing import Final

MESSAGES: Final = {
    "help.message": ("The messages that callers left, and who sees to them.", "来电者的留言及其处理。"),
    "help.message.list": ("List messages, the newest first.", "列出留言，最新的在前。"),
    "help.message.show": ("Show one message and where its sound is.", "显示一条留言及其录音文件的位置。"),
    "help.message.play": ("Play a message on this machine.", "在本机播放留言。"),
    "help.message.assign": (
        "Give a message to an agent, by number; “-” gives it to nobody.",
        "将留言分配给坐席（按工号），填“-”表示取消分配。",
    ),
    "help.message.done": ("Note that messages were seen to.", "将留言标记为已处理。"),
    "help.message.remove": ("Remove messages and their sound, after asking.", "确认后删除留言及其录音。"),
    "option.status": ("Only those of this status.", "只列出该状态的。"),
    "option.box": ("Only those left in this box.", "只列出该留言箱中的。"),
    "heading.message": ("message", "留言"),
    "heading.left_at": ("left at", "留言时间"),
    "heading.box": ("box", "留言箱"),
    "message_status.new": ("new", "未处理"),
    "message_status.assigned": ("assigned", "已分配"),
    "message_status.done": ("done", "已处理"),
    "no_messages": ("Nobody has left a message.", "还没有留言。"),
    "message_unknown": (
        "There is no message {id}. “fs-control message list” shows what there is.",
        "没有编号为 {id} 的留言。可用“fs-control message list”查看。",
    ),
    "message_call": ("It was left in the call {call}.", "来自呼叫 {call}。"),
    "call_message": (
        "Message {id} in the box “{box}”; “fs-control message play {id}” plays it.",
        "留言 {id}，留言箱“{box}”；可用“fs-control message play {id}”播放。",
    ),
    "message_file": ("Its sound is in {path}.", "录音文件：{path}。"),
    "message_file_elsewhere": (
        "Its sound is not in {path}: FS_CONTROL_RECORDINGS may name another folder than the switch writes to.",
        "{path} 不存在：FS_CONTROL_RECORDINGS 所指的文件夹可能不是交换机写入的文件夹。",
    ),
    "message_file_missing": (
        "There is no sound in {path}: FS_CONTROL_RECORDINGS may name another folder than the switch writes to.",
        "{path} 中没有录音：FS_CONTROL_RECORDINGS 所指的文件夹可能不是交换机写入的文件夹。",
    ),
    "message_assigned": ("Message {id} is now for {agent} {name}.", "留言 {id} 已分配给 {agent} {name}。"),
    "message_unassigned": ("Message {id} is nobody's now.", "留言 {id} 已取消分配。"),
    "message_done": ("Message {id} was seen to.", "留言 {id} 已处理。"),
    "remove_messages_really": ("Remove {count} messages and their sound?", "确定删除 {count} 条留言及其录音？"),
    "message_removed": ("Message {id} is removed.", "留言 {id} 已删除。"),
    "disposition.left_message": ("left a message", "已留言"),
    "setting_not_headers": (
        "{name} is not what it must be: JSON that names, for each host, the headers it is sent and their values.",
        "{name} 的内容不正确：应为 JSON，列出每个主机要发送的请求头及其值。",
    ),
    "secret_lost": (
        "What the caller typed is no longer known: fs_control was started anew.",
        "来电者输入的内容已不可知：fs_control 已重新启动。",
    ),
    "timer.fetch": ("nobody answered for the other server in time", "外部服务器的应答没有按时到达"),
    "timer.message": ("the end of the message was not told in time", "没有按时得知留言结束"),
}
