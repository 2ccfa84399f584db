"""What `fs-control service` says: its help, its steps, and why a service was not installed."""

from __future__ import annotations

from typing import Final

SERVICE: Final = {
    "help.service": ("Have systemd run fs_control on this machine.", "由本机的 systemd 运行 fs_control。"),
    "help.service.install": (
        "Write the systemd unit of this installation, its user and its environment file.",
        "为当前安装写入 systemd 单元、系统用户和环境文件。",
    ),
    "help.service.remove": (
        "Stop the service and remove its unit; data and settings stay.",
        "停止服务并删除其单元；数据和设置保留。",
    ),
    "option.only_tell": (
        "Print every file and every step, and touch nothing.",
        "只显示每个文件和每个步骤，不作任何改动。",
    ),
    "option.service_user": (
        "The system user of the service, fs_control by default; made if missing.",
        "服务的系统用户，默认 fs_control，不存在时创建。",
    ),
    "option.environment_file": (
        "Where the settings of the service are, /etc/fs_control/environment by default.",
        "服务的设置文件，默认 /etc/fs_control/environment。",
    ),
    # Refusals.
    "service_needs_root": (
        "Only root may set up a service: try it with sudo. “--dry-run” shows without root what would be done.",
        "只有 root 才能设置服务，请使用 sudo。可用“--dry-run”查看将执行的操作，无需 root。",
    ),
    "service_needs_systemd": (
        "systemd does not run on this machine (there is no /run/systemd/system). “--dry-run” prints the unit to be "
        "installed elsewhere; here, let your process manager start “fs-control run”.",
        "本机没有运行 systemd（不存在 /run/systemd/system）。可用“--dry-run”打印单元以便在别处安装；"
        "在本机请用您的进程管理器启动“fs-control run”。",
    ),
    "service_user_refused": (
        "The service cannot run as “{user}”: give the name of a system user in small letters, digits, - and _, "
        "and not root.",
        "服务不能以“{user}”身份运行：请给出由小写字母、数字、- 和 _ 组成的系统用户名，且不能是 root。",
    ),
    "service_path_refused": (
        "The path {path} cannot stand in a systemd unit. Install fs_control into a plain folder, such as "
        "/opt/fs_control.",
        "路径 {path} 不能写入 systemd 单元。请将 fs_control 安装到普通文件夹，例如 /opt/fs_control。",
    ),
    "service_cannot_read": (
        "The user {user} cannot run this installation: {path} is missing or closed to that user. Install it where "
        "every user may read, from the folder of the clone: “python3.11 -m venv /opt/fs_control && "
        "/opt/fs_control/bin/pip install .”, then “/opt/fs_control/bin/fs-control service install”. The python3.11 "
        "must not be in a home either.",
        "用户 {user} 无法运行当前安装：{path} 不存在或不对该用户开放。请在克隆的文件夹中将其安装到所有用户可读的位置："
        "“python3.11 -m venv /opt/fs_control && /opt/fs_control/bin/pip install .”，"
        "然后运行“/opt/fs_control/bin/fs-control service install”。python3.11 也不能位于用户主目录中。",
    ),
    "service_unit_foreign": (
        "{file} was not written by this command and is left alone. Remove it first if it is no longer wanted.",
        "{file} 不是由本命令写入的，未作改动。如不再需要，请先将其删除。",
    ),
    "service_not_installed": (
        "There is no service to remove: {file} does not exist.",
        "没有可删除的服务：{file} 不存在。",
    ),
    "service_file_refused": ("{file} cannot be changed: {reason}.", "无法更改 {file}：{reason}。"),
    "service_step_failed": (
        "“{command}” failed: {output}. The steps before it are done; after the remedy, run this command again.",
        "“{command}”失败：{output}。之前的步骤已完成；解决问题后请重新运行本命令。",
    ),
    # Steps and answers.
    "service_would_be_refused": ("Without --dry-run it is refused: {reason}", "不带 --dry-run 时会被拒绝：{reason}"),
    "service_default_max_calls": (
        "{reason} The limit of open files is for {max_calls} calls here, the number without a setting.",
        "{reason} 此处的打开文件数上限按未设置时的 {max_calls} 个呼叫计算。",
    ),
    "service_runs": ("Run: {command}", "运行：{command}"),
    "service_writes": ("Write {file} (mode {mode}).", "写入 {file}（权限 {mode}）。"),
    "service_keeps": ("Leave {file} as it is.", "保留 {file} 不变。"),
    "service_removes": ("Remove {file}.", "删除 {file}。"),
    "service_nothing_done": ("Nothing was done.", "未作任何改动。"),
    "service_installed": (
        "The service is installed and starts with the machine. Put your settings into {environment}, then “systemctl "
        "restart fs_control”; its data is in {state}, its log in “journalctl -u fs_control”.",
        "服务已安装，将随机器启动。请在 {environment} 中填写设置，然后运行“systemctl restart fs_control”；"
        "其数据在 {state}，日志用“journalctl -u fs_control”查看。",
    ),
    "service_removed": (
        "The service is removed. Its data in {state}, its environment file and its user stay.",
        "服务已删除。{state} 中的数据、环境文件和系统用户保留。",
    ),
    "service_stays": (
        "The data in {state}, the environment file and the user would stay.",
        "{state} 中的数据、环境文件和系统用户将会保留。",
    ),
}
