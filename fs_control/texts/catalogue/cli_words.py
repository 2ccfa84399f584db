"""What the small commands say: headings, answers, and how a command was misused."""

from __future__ import annotations

from typing import Final

CLI_WORDS: Final = {
    # Misuse: exit code 2.
    "command_unknown": ("There is no command “{command}”.", "没有命令“{command}”。"),
    "option_unknown": ("There is no option “{option}”.", "没有选项“{option}”。"),
    "argument_missing": ("{name} is missing.", "缺少参数 {name}。"),
    "argument_refused": ("{name} cannot be read: {reason}", "参数 {name} 无法识别：{reason}"),
    "call_id_empty": ("it is empty.", "内容为空。"),
    "usage_refused": ("The command cannot be read: {reason}", "无法识别该命令：{reason}"),
    "usage_hint": ("“{command} --help” shows how it is used.", "可用“{command} --help”查看用法。"),
    # Refusals and faults.
    "call_unknown": (
        "The journal holds no call whose id begins with {prefix}. Its oldest files are removed; "
        "“fs-control call show {prefix}” asks the database.",
        "事件日志中没有以 {prefix} 开头的呼叫。日志中较旧的文件会被删除，"
        "可用“fs-control call show {prefix}”查询数据库。",
    ),
    "engine_already_running": (
        "An engine is running already; its control socket is {path}. Stop it first, or set FS_CONTROL_VAR to another "
        "folder.",
        "已有引擎在运行，其控制套接字为 {path}。请先停止它，或将 FS_CONTROL_VAR 设为其他文件夹。",
    ),
    "engine_silent": (
        "The engine at {path} did not answer in time; whether it did what was asked is not known.",
        "{path} 上的引擎未按时应答，无法得知请求是否已执行。",
    ),
    "engine_not_understood": (
        "What answers at {path} is no engine of this version: {reason}.",
        "{path} 上应答的不是本版本的引擎：{reason}。",
    ),
    "engine_not_allowed": (
        "The control socket {path} belongs to another user. Ask as the user who started the engine.",
        "控制套接字 {path} 属于其他用户。请以启动引擎的用户身份操作。",
    ),
    "engine_defect": (
        "The engine has a defect ({error}); its log says more. Nothing else was disturbed.",
        "引擎出现缺陷（{error}），详情见其日志。其他功能未受影响。",
    ),
    "request_not_understood": (
        "The engine does not know this request ({status} {reason}). Do engine and command line have the same version?",
        "引擎不认识该请求（{status} {reason}）。引擎与命令行的版本是否一致？",
    ),
    "control_socket_refused": (
        "The control socket {path} cannot be made: {reason}.",
        "无法创建控制套接字 {path}：{reason}。",
    ),
    "directory_not_loaded": (
        "The engine could not read the directory, because the database is away; it goes on with the last one.",
        "数据库不可用，引擎无法读取目录，将继续使用上一份目录。",
    ),
    "journal_not_foldable": (
        "The journal {file} cannot be followed beyond event {sequence}: {why}",
        "事件日志 {file} 在第 {sequence} 个事件之后无法继续：{why}",
    ),
    "file_unreadable": ("{file} cannot be read: {reason}.", "无法读取 {file}：{reason}。"),
    # Answers.
    "progress.database": ("Opening the database ...", "正在打开数据库……"),
    "agent_signed_in": ("Agent {agent} is signed in.", "坐席 {agent} 已签入。"),
    "agent_signed_out": ("Agent {agent} is signed out.", "坐席 {agent} 已签出。"),
    "agent_made_ready": ("Agent {agent} is ready.", "坐席 {agent} 已就绪。"),
    "no_agents": (
        "There are no agents yet. “fs-control agent add NUMBER --name NAME” adds one.",
        "还没有坐席。可用“fs-control agent add NUMBER --name NAME”新增。",
    ),
    "directory_imported": (
        "{file} is imported: {added} added, {changed} changed, {unchanged} as they were.",
        "已导入 {file}：新增 {added} 项，修改 {changed} 项，未变 {unchanged} 项。",
    ),
    "directory_would_change": (
        "{file} is good. It would add {added}, change {changed} and leave {unchanged}. Nothing was changed.",
        "{file} 没有错误。将新增 {added} 项，修改 {changed} 项，保留 {unchanged} 项。目前未作任何改动。",
    ),
    "directory_item_added": ("+ {what}", "+ 新增 {what}"),
    "directory_item_changed": ("~ {what}: {changes}", "~ 修改 {what}：{changes}"),
    "directory_field_changed": ("{field} was {before} and is {after}", "{field} 由 {before} 改为 {after}"),
    "directory_reloaded": ("The running engine works with it from now on.", "正在运行的引擎已启用新目录。"),
    "directory_flows_not_active": (
        "No active flow: {numbers}. “fs-control flow activate FILE” activates one, and names its mistakes.",
        "没有启用流程的号码：{numbers}。“fs-control flow activate FILE”可启用流程，并指出其中的错误。",
    ),
    "directory_flow_of_number": ("{number} (flow {flow})", "{number}（流程 {flow}）"),
    "directory_for_next_start": (
        "No engine is running; the next one starts with it.",
        "当前没有引擎在运行，下次启动时生效。",
    ),
    "directory_is_empty": (
        "The directory is empty. “fs-control directory import FILE” fills it.",
        "目录为空。可用“fs-control directory import FILE”导入。",
    ),
    "item_kind.enterprise": ("enterprise", "企业"),
    "item_kind.phone": ("phone", "话机"),
    "item_kind.agent": ("agent", "坐席"),
    "item_kind.group": ("group", "技能组"),
    "item_kind.number": ("number", "服务号码"),
    "directory_enterprise": (
        "Enterprise {enterprise}: time zone {time_zone}, language {language}, region {region}.",
        "企业 {enterprise}：时区 {time_zone}，语言 {language}，地区 {region}。",
    ),
    # The state of a running engine.
    "status_switch_there": ("The switch is connected.", "交换机已连接。"),
    "status_switch_away": ("The switch is NOT connected.", "交换机未连接。"),
    "status_draining": ("The engine is about to stop and takes no new calls.", "引擎即将停止，不再接入新呼叫。"),
    "status_calls": ("Calls under way: {calls} of {most} at most.", "进行中的呼叫 {calls} 个，上限 {most} 个。"),
    "status_agents": ("Agents ready: {ready} of {agents}.", "坐席 {agents} 名，其中 {ready} 名就绪。"),
    "status_not_answering": (
        "On a break because they let the phone ring three times in a row: {agents}. “fs-control agent ready NUMBER” "
        "has one of them rung again.",
        "连续三次振铃未应答而转入小休的坐席：{agents}。可用“fs-control agent ready NUMBER”恢复就绪。",
    ),
    "status_numbers": ("Numbers: {numbers}; active flows: {flows}.", "服务号码 {numbers} 个；启用的流程：{flows}。"),
    "heading.service_number": ("number", "服务号码"),
    "heading.name": ("name", "姓名"),
    "heading.phone": ("phone", "话机"),
    "heading.groups": ("groups", "技能组"),
    "heading.status": ("status", "状态"),
    "heading.state": ("doing", "当前"),
    "heading.since": ("since", "自"),
    "heading.waiting": ("waiting", "排队"),
    "heading.first_since": ("first since", "最早自"),
    "heading.ready": ("signed in", "已签入"),
    "heading.idle": ("idle", "空闲"),
    "heading.members": ("members", "成员"),
    "heading.strategy": ("strategy", "分配策略"),
    "heading.ring": ("ring", "振铃时长"),
    "heading.flow": ("flow", "流程"),
    "heading.max_calls": ("most calls", "最大呼叫数"),
    # The trace of a call.
    "trace.title": ("Call {call}: its events ({count})", "呼叫 {call}：共 {count} 个事件"),
    "trace.because": ("because: {reason}", "原因：{reason}"),
    "trace.not_applied": (
        "this event was NOT applied: handling it failed, as the next one says",
        "该事件未生效：处理时出错，详见下一个事件",
    ),
    "trace.damage": (
        "A part of the journal was left out: {damage}",
        "事件日志有一部分被跳过：{damage}",
    ),
}
