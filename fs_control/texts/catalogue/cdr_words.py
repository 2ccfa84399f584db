"""What is said of the files of ended legs (mod_json_cdr)."""

from __future__ import annotations

from typing import Final

CDR_WORDS: Final[dict[str, tuple[str, str]]] = {
    "cdr_unreadable": (
        "The switch's file of a leg cannot be read ({why}); it was put aside.",
        "无法读取交换机写出的话单文件（{why}），已移到一旁。",
    ),
    "leg_ends_asked": (
        "the switch has no more what was there before; how that ended is looked up",
        "交换机上已没有原有通道，正在查询其结束情况",
    ),
    "leg_ends_not_told": ("the switch has left nothing about how it ended", "交换机没有留下其结束情况"),
    "timer.ends": ("how legs ended should have been told by now", "通道的结束情况应已查明"),
    "doctor_item.cdrs": ("files of ended legs", "话单文件"),
    "doctor.cdrs_taken": (
        "What the switch leaves in {there} is taken from {here}.",
        "交换机写入 {there} 的话单文件由引擎从 {here} 取走。",
    ),
    "doctor.cdrs_not_set": (
        "No folder is set (FREESWITCH_CDRS): of a call that ends while fs_control is away nobody will know how.",
        "未设置文件夹（FREESWITCH_CDRS）：fs_control 停止期间结束的通话将无法得知其结束原因。",
    ),
    "doctor_remedy.cdrs_not_set": (
        "run `fs-control freeswitch config` again, restart FreeSWITCH, and take FREESWITCH_CDRS over from "
        "fs_control.env.",
        "重新运行 `fs-control freeswitch config`，重启 FreeSWITCH，并从 fs_control.env 取用 FREESWITCH_CDRS。",
    ),
    "doctor.cdrs_not_made": (
        "{module} is not loaded: the switch leaves no files of ended legs.",
        "未加载 {module}：交换机不会写出话单文件。",
    ),
    "doctor_remedy.cdrs_not_made": (
        "install the module and restart FreeSWITCH, or load it: fs_cli -x 'load mod_json_cdr'.",
        "安装该模块并重启 FreeSWITCH，或加载它：fs_cli -x 'load mod_json_cdr'。",
    ),
    "doctor.cdrs_not_written": (
        "No file can be put into {folder}, so none can be taken from there: {reason}.",
        "无法在 {folder} 中写入文件，因此也无法取走话单文件：{reason}。",
    ),
    "doctor_remedy.cdrs_not_written": (
        "let the engine's user and FreeSWITCH's user both write there (one group for both), or name the folder as this "
        "machine sees it by FS_CONTROL_CDRS.",
        "让引擎和 FreeSWITCH 的用户都能写入（同属一个用户组），或用 FS_CONTROL_CDRS 指定本机所见的文件夹。",
    ),
    "doctor.cdrs_apart": (
        "A file put into {here} is not seen by the switch in {there}.",
        "放入 {here} 的文件在交换机的 {there} 中不可见。",
    ),
    "doctor_remedy.cdrs_apart": (
        "let both be one folder: FS_CONTROL_CDRS is ours, FREESWITCH_CDRS the switch's name for it.",
        "两者应为同一文件夹：FS_CONTROL_CDRS 是本机路径，FREESWITCH_CDRS 是交换机上的路径。",
    ),
    "doctor.cdrs_not_told": ("The switch does not say whether it sees the folder.", "交换机未说明是否可见该文件夹。"),
    "doctor.cdrs_lie": (
        "{count} files of ended legs lie in {folder}, and nobody takes them.",
        "{folder} 中有 {count} 个话单文件无人取走。",
    ),
    "doctor_remedy.cdrs_lie": (
        "start the engine, or see what keeps it from the database; it takes them all as soon as it can.",
        "启动引擎，或检查其与数据库的连接；恢复后会全部取走。",
    ),
    "doctor.cdrs_unread": (
        "{count} files of ended legs could not be read; they are in {folder}/unread.",
        "有 {count} 个话单文件无法读取，位于 {folder}/unread。",
    ),
    "doctor_remedy.cdrs_unread": (
        "look at them, report what is strange, and remove them.",
        "请查看这些文件，报告异常情况，然后删除。",
    ),
}
