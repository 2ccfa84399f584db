"""What the doctor says: its items, and what it finds on our side (`doctor.<code>`, `doctor_remedy.<code>`)."""

from __future__ import annotations

from typing import Final

_ITEMS: Final = {
    "heading.doctor_severity": ("state", "状态"),
    "heading.doctor_item": ("item", "项目"),
    "heading.doctor_finding": ("found", "检查结果"),
    "doctor_severity.ok": ("ok", "正常"),
    "doctor_severity.warning": ("warning", "警告"),
    "doctor_severity.bad": ("bad", "故障"),
    "doctor_severity.skipped": ("not checked", "未检查"),
    "doctor_item.switch": ("switch", "交换机"),
    "doctor_item.event_socket": ("event socket", "事件套接字"),
    "doctor_item.password": ("its password", "套接字密码"),
    "doctor_item.door": ("who may reach it", "套接字访问范围"),
    "doctor_item.version": ("version", "版本"),
    "doctor_item.ready": ("ready for calls", "可接通话"),
    "doctor_item.modules": ("modules", "模块"),
    "doctor_item.sessions_per_second": ("legs a second", "每秒新建话路"),
    "doctor_item.max_sessions": ("legs at once", "最大话路数"),
    "doctor_item.profiles": ("SIP profiles", "SIP 配置"),
    "doctor_item.codecs": ("codecs", "编解码"),
    "doctor_item.media_timeouts": ("media time-outs", "媒体超时"),
    "doctor_item.session_timers": ("session timers", "会话定时器"),
    "doctor_item.gateways": ("gateways to carriers", "运营商网关"),
    "doctor_item.phone_directory": ("phones", "话机目录"),
    "doctor_item.hand_over": ("dialplan", "拨号计划"),
    "doctor_item.clock": ("clocks", "时钟"),
    "doctor_item.prompts": ("prompts", "提示音"),
    "doctor_item.hold_music": ("hold music", "等待音乐"),
    "doctor_item.recordings": ("recordings", "录音文件夹"),
    "doctor_item.engine": ("engine", "引擎"),
    "doctor_item.port": ("port for calls", "接入端口"),
    "doctor_item.phone_door": ("port for phones", "话机查询端口"),
    "doctor_item.database": ("database", "数据库"),
    "doctor_item.flows": ("flows", "流程"),
    "doctor_item.disk": ("disk", "磁盘"),
    "doctor_item.open_files": ("open files", "打开文件数"),
    "doctor_remedy_line": ("What to do: {remedy}", "处理办法：{remedy}"),
    "doctor_summary": (
        "{ok} ok, {warning} warnings, {bad} bad, {skipped} not checked.",
        "正常 {ok} 项，警告 {warning} 项，故障 {bad} 项，未检查 {skipped} 项。",
    ),
    "progress.doctor": ("Looking at everything ...", "正在逐项检查……"),
}

_OURSELVES: Final = {
    "doctor.engine_at_work": (
        "Running with its switch, {calls} calls under way.",
        "正在运行并已连接交换机，呼叫 {calls} 个。",
    ),
    "doctor.engine_draining": (
        "About to stop; {calls} calls are still under way.",
        "即将停止，仍有 {calls} 个呼叫。",
    ),
    "doctor_remedy.engine_draining": ("start it again: “fs-control run”.", "重新启动：“fs-control run”。"),
    "doctor.engine_without_switch": (
        "Running, and NOT connected with its switch: no call is taken.",
        "正在运行，但未连接交换机，无法接入呼叫。",
    ),
    "doctor_remedy.engine_without_switch": (
        "see the item “event socket”, and the engine's log for switch_unreachable or switch_password_wrong.",
        "查看“事件套接字”一项，以及引擎日志中的 switch_unreachable 或 switch_password_wrong。",
    ),
    "doctor.engine_not_asked": ("{fault}", "未获应答：{fault}"),
    "doctor_remedy.engine_not_asked": (
        "“fs-control run”; run the doctor as the engine's user and with its FS_CONTROL_VAR.",
        "执行“fs-control run”；请以引擎的用户身份和相同的 FS_CONTROL_VAR 运行检查。",
    ),
    "doctor.port_open": ("The engine listens on port {port}.", "引擎正在监听端口 {port}。"),
    "doctor.port_free": ("Port {port} is free for an engine.", "端口 {port} 空闲，可供引擎使用。"),
    "doctor.port_any": (
        "FS_CONTROL_LISTEN_PORT is 0: the engine takes any port and says which.",
        "FS_CONTROL_LISTEN_PORT 为 0：引擎使用任意端口，并在启动时显示。",
    ),
    "doctor.port_deaf": (
        "Nobody listens on port {port}, though an engine runs.",
        "引擎在运行，但端口 {port} 无人监听。",
    ),
    "doctor_remedy.port_deaf": (
        "start the engine with the same FS_CONTROL_LISTEN_PORT as the doctor.",
        "让引擎与检查命令使用相同的 FS_CONTROL_LISTEN_PORT。",
    ),
    "doctor.port_taken": ("Somebody else listens on port {port}.", "端口 {port} 被其他程序占用。"),
    "doctor_remedy.port_taken": (
        "“ss -ltnp 'sport = :{port}'” says who; stop it, or set FS_CONTROL_LISTEN_PORT.",
        "用“ss -ltnp 'sport = :{port}'”查看占用者；停止它，或修改 FS_CONTROL_LISTEN_PORT。",
    ),
    "doctor.port_not_told": ("This machine does not say who listens.", "无法得知本机的监听端口。"),
    "doctor.phone_door_not_set": (
        "FREESWITCH_DIRECTORY_PASSWORD is not set: FreeSWITCH is not answered for phones.",
        "未设置 FREESWITCH_DIRECTORY_PASSWORD：不应答 FreeSWITCH 的话机查询。",
    ),
    "doctor.phone_door_open": (
        "The engine answers FreeSWITCH for phones on port {port}.",
        "引擎在端口 {port} 应答 FreeSWITCH 的话机查询。",
    ),
    "doctor.phone_door_closed": (
        "Nobody listens on port {port}, though an engine runs: phones are let in by FreeSWITCH's files.",
        "引擎在运行，但端口 {port} 无人监听：话机按 FreeSWITCH 的文件注册。",
    ),
    "doctor_remedy.phone_door_closed": (
        "start the engine with the FREESWITCH_DIRECTORY_PORT and FREESWITCH_DIRECTORY_PASSWORD of fs_control.env.",
        "用 fs_control.env 中的 FREESWITCH_DIRECTORY_PORT 和 FREESWITCH_DIRECTORY_PASSWORD 启动引擎。",
    ),
    "doctor.phone_door_taken": (
        "Somebody else listens on port {port}, so the engine will not start.",
        "端口 {port} 被其他程序占用，引擎将无法启动。",
    ),
    "doctor_remedy.phone_door_taken": (
        "“ss -ltnp 'sport = :{port}'” says who; stop it, or set FREESWITCH_DIRECTORY_PORT and write the configuration "
        "again with “--directory-port”.",
        "用“ss -ltnp 'sport = :{port}'”查看占用者；停止它，或修改 FREESWITCH_DIRECTORY_PORT 并用“--directory-port”"
        "重新生成配置。",
    ),
    "doctor.database_good": ("It answers and has all our tables.", "可以连接，数据表完整。"),
    "doctor.database_not_had": ("{fault}", "无法使用：{fault}"),
    "doctor_remedy.database_not_had": (
        "start PostgreSQL and compare DATABASE_URL; calls go on meanwhile, their records wait.",
        "启动 PostgreSQL 并核对 DATABASE_URL；期间呼叫照常进行，记录会等待写入。",
    ),
    "doctor.database_differs": (
        "Differences between its tables and ours: {count}.",
        "数据表与本版本有 {count} 处不同。",
    ),
    "doctor_remedy.database_differs": (
        "“fs-control run” brings an older database up to date at its start; a newer one wants the newer fs_control.",
        "旧数据库会在“fs-control run”启动时更新；更新的数据库需要更新版本的 fs_control。",
    ),
    "doctor.database_not_made": (
        "The one in the box is made at the first start.",
        "自带数据库将在首次启动时创建。",
    ),
    "doctor.flows_active": ("Active and without mistakes: {flows}.", "已启用且没有错误：{flows}。"),
    "doctor.flows_none": ("No flow is active.", "没有启用的流程。"),
    "doctor_remedy.flows_none": (
        "write one into {folder}; “fs-control run” activates it at its start.",
        "在 {folder} 中编写流程，“fs-control run”启动时会启用。",
    ),
    "doctor.flows_missing": (
        "A number leads to a flow that is not active: {flows}.",
        "服务号码使用的流程未启用：{flows}。",
    ),
    "doctor_remedy.flows_missing": (
        "write it into {folder} and type “fs-control flow activate FILE”, or give the number another flow.",
        "在 {folder} 中编写该流程并执行“fs-control flow activate FILE”，或为号码选择其他流程。",
    ),
    "doctor.flows_with_mistakes": ("Mistakes: {count}, the first at {problem}", "共 {count} 处错误，第一处：{problem}"),
    "doctor_remedy.flows_with_mistakes": (
        "mend the file and type “fs-control flow activate FILE”; until then the version that was active stays.",
        "修改文件并执行“fs-control flow activate FILE”；在此之前仍使用原来启用的版本。",
    ),
    "doctor.flows_unreadable": ("Not to be read: {files}.", "无法读取：{files}。"),
    "doctor_remedy.flows_unreadable": (
        "save the file as UTF-8, and let the engine's user read it.",
        "将文件保存为 UTF-8，并允许引擎的用户读取。",
    ),
    "doctor.flows_not_activated": (
        "The file says something else than the active version: {flows}.",
        "文件内容与启用的版本不同：{flows}。",
    ),
    "doctor_remedy.flows_not_activated": (
        "“fs-control flow activate FILE” activates it; so does the next start.",
        "用“fs-control flow activate FILE”启用，或在下次启动时启用。",
    ),
    "doctor.flows_not_compared": (
        "Nothing to compare with before the database is there.",
        "数据库可用之前无法比对流程。",
    ),
    "doctor.disk_enough": ("{free} MB are free in {folder}.", "{folder} 剩余 {free} MB。"),
    "doctor.disk_low": ("Only {free} MB are free in {folder}.", "{folder} 仅剩 {free} MB。"),
    "doctor_remedy.disk_low": ("make room, {least} MB or more.", "请清理磁盘，至少留出 {least} MB。"),
    "doctor.disk_full": (
        "Only {free} MB are free in {folder}; when the journal cannot be written, a killed engine forgets its calls.",
        "{folder} 仅剩 {free} MB；事件日志无法写入时，引擎中断后将无法记起进行中的呼叫。",
    ),
    "doctor_remedy.disk_full": (
        "make room now, or set FS_CONTROL_VAR to a folder on a larger disk and start again.",
        "请立即清理磁盘，或将 FS_CONTROL_VAR 设为更大磁盘上的文件夹后重新启动。",
    ),
    "doctor.disk_not_told": ("The free space of {folder} cannot be seen.", "无法得知 {folder} 的剩余空间。"),
    "doctor.folder_not_writable": ("We may not write into {folder}.", "没有写入 {folder} 的权限。"),
    "doctor_remedy.folder_not_writable": (
        "give the folder to the engine's user, or set FS_CONTROL_VAR to another one.",
        "将该文件夹交给引擎的用户，或将 FS_CONTROL_VAR 设为其他文件夹。",
    ),
    "doctor.open_files_enough": ("{limit}, enough for {calls} calls.", "{limit} 个，足够 {calls} 个呼叫。"),
    "doctor.open_files_unlimited": ("Without limit.", "没有限制。"),
    "doctor.open_files_low": (
        "{limit}; for {calls} calls {wanted} are needed, and callers above are turned away.",
        "{limit} 个；{calls} 个呼叫需要 {wanted} 个，超出的来电会被拒绝。",
    ),
    "doctor_remedy.open_files_low": (
        "set LimitNOFILE={wanted} or more in the systemd unit (“ulimit -n {wanted}” in a shell), or "
        "FS_CONTROL_MAX_CALLS lower.",
        "在 systemd 单元中设置 LimitNOFILE={wanted} 或更大（终端中为“ulimit -n {wanted}”），"
        "或降低 FS_CONTROL_MAX_CALLS。",
    ),
}

DOCTOR: Final = {
    "help.doctor": (
        "Check the switch and this installation, with a remedy for each.",
        "逐项检查交换机和本系统，并给出处理办法。",
    ),
    "doctor_exit_codes": (
        "Exit code: 0 where all is well or there are only warnings, 1 where something is bad. Nothing is changed.",
        "退出码：0 表示正常或仅有警告，1 表示存在故障。检查不会改动任何设置。",
    ),
    **_ITEMS,
    **_OURSELVES,
}
