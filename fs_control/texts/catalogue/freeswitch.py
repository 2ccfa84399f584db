"""What `fs-control freeswitch` and `fs-control phone` say: their help, what they did, and why they did not."""

from __future__ import annotations

from typing import Final

FREESWITCH: Final = {
    "help.freeswitch": (
        "Write what a FreeSWITCH needs to work for fs_control.",
        "生成 FreeSWITCH 配合 fs_control 所需的配置。",
    ),
    "help.freeswitch.config": (
        "Write a whole configuration into a folder of its own; a second run keeps the secrets and every other setting.",
        "将完整配置写入专用文件夹；再次运行时保留密钥及未重新指定的设置。",
    ),
    "help.freeswitch.directory": (
        "Write the phones that may register into that folder, and have a running FreeSWITCH read it again.",
        "将可注册的话机写入该文件夹，并让正在运行的 FreeSWITCH 重新读取。",
    ),
    "help.phone": ("SIP numbers and passwords of telephones.", "话机的 SIP 号码和密码。"),
    "help.phone.add": (
        "Make SIP numbers with strong passwords, shown this once.",
        "创建带强密码的 SIP 号码，密码仅显示这一次。",
    ),
    "help.phone.list": ("List the phones and which of them may register.", "列出话机及其能否注册。"),
    "help.phone.renew": ("Give the phone NUMBER another password.", "为话机 NUMBER 更换密码。"),
    "help.phone.remove": ("Remove phones that no agent has.", "删除没有坐席使用的话机。"),
    "option.out_folder": ("The folder of the configuration.", "配置文件夹。"),
    "option.controllers": (
        "Where fs_control listens, 127.0.0.1:8084 by default; several are tried in turn.",
        "fs_control 的监听地址，默认 127.0.0.1:8084；可给出多个，依次尝试。",
    ),
    "option.sip_ip": ("The address for SIP, 127.0.0.1 by default.", "SIP 地址，默认 127.0.0.1。"),
    "option.rtp_ip": ("The address for sound, by default that of SIP.", "媒体地址，默认与 SIP 相同。"),
    "option.external_ip": (
        "Our address as other networks see it, where a router translates it.",
        "经路由器地址转换后，外部网络看到的地址。",
    ),
    "option.domain": ("The domain of the phones, by default the address for SIP.", "话机的域名，默认为 SIP 地址。"),
    "option.carriers": (
        "A network of a carrier, such as 203.0.113.0/28; its calls need no password. May be given several times.",
        "运营商的网段，例如 203.0.113.0/28；其来电无需密码。可给出多次。",
    ),
    "option.phones_port": ("The SIP port of the phones, 5060 by default.", "话机的 SIP 端口，默认 5060。"),
    "option.trunks_port": ("The SIP port of the carriers, 5080 by default.", "运营商的 SIP 端口，默认 5080。"),
    "option.event_ip": (
        "The address of the event socket, 127.0.0.1 by default.",
        "事件套接字的地址，默认 127.0.0.1。",
    ),
    "option.event_port": ("The port of the event socket, 8021 by default.", "事件套接字的端口，默认 8021。"),
    "option.directory_port": (
        "The port at which FreeSWITCH asks fs_control for phones, 8085 by default.",
        "FreeSWITCH 向 fs_control 查询话机的端口，默认 8085。",
    ),
    "option.switch_media": (
        "The folder of our prompts/ and music/ as FreeSWITCH sees it, if it differs from ours.",
        "FreeSWITCH 所见的 prompts/ 和 music/ 所在文件夹（与本机不同时）。",
    ),
    "option.switch_recordings": (
        "The folder of recordings as FreeSWITCH sees it, by default one beside the configuration.",
        "FreeSWITCH 所见的录音文件夹，默认在配置旁边。",
    ),
    "option.switch_cdrs": (
        "The folder of the files of ended legs as FreeSWITCH sees it, by default one beside the configuration.",
        "FreeSWITCH 所见的话单文件夹（每条通话腿结束后一个文件），默认在配置旁边。",
    ),
    "option.only_print": (
        "Print every file and write none; the secrets are hidden.",
        "打印每个文件但不写入，密钥不显示。",
    ),
    "option.phones_count": ("How many phones.", "话机数量。"),
    "option.first_number": (
        "The first number, 1001 by default; numbers that have a password are left out.",
        "起始号码，默认 1001；已有密码的号码会跳过。",
    ),
    "option.out_csv": (
        "Write numbers and passwords into a new file that its owner alone may read.",
        "将号码和密码写入仅所有者可读的新文件。",
    ),
    # What was done.
    "freeswitch_written": ("The configuration is in {folder}.", "配置已写入 {folder}。"),
    "freeswitch_secret_kept": (
        "The passwords of the event socket and of the directory are those that were there.",
        "事件套接字和话机目录的密码沿用原有密码。",
    ),
    "freeswitch_next": (
        "Start FreeSWITCH with {start}. FREESWITCH_HOST and FREESWITCH_PASSWORD for fs_control are in {environment}: "
        "“set -a; . {environment}; set +a; fs-control run”.",
        "用 {start} 启动 FreeSWITCH。fs_control 所需的 FREESWITCH_HOST 和 FREESWITCH_PASSWORD 在 {environment} 中："
        "“set -a; . {environment}; set +a; fs-control run”。",
    ),
    "freeswitch_nothing_written": ("Nothing was written.", "未写入任何文件。"),
    "freeswitch_phones_written": ("{count} phones are in {folder}.", "{folder} 中现有 {count} 部话机。"),
    "freeswitch_reloaded": ("FreeSWITCH has read them.", "FreeSWITCH 已重新读取。"),
    "freeswitch_not_running": (
        "FreeSWITCH does not answer at its event socket; it reads them at its start.",
        "FreeSWITCH 的事件套接字没有应答，它将在启动时读取。",
    ),
    "freeswitch_not_reloaded": (
        "The files are written, but FreeSWITCH did not read them again: {reason}. “reloadxml” in fs_cli does it too.",
        "文件已写入，但 FreeSWITCH 未重新读取：{reason}。也可在 fs_cli 中执行“reloadxml”。",
    ),
    "freeswitch_phones_without_password": (
        "Without a password, and therefore left out: {phones}. “fs-control phone renew NUMBER” makes one.",
        "以下话机没有密码，未写入：{phones}。可用“fs-control phone renew NUMBER”设置密码。",
    ),
    "phones_added_to_file": (
        "{count} phones are added; their passwords are in {file} and nowhere else.",
        "已添加 {count} 部话机，其密码只保存在 {file} 中。",
    ),
    "phones_shown_once": (
        "The passwords are shown this once; only hashes of them are kept.",
        "密码仅显示这一次，系统只保存其散列值。",
    ),
    "phones_removed": ("Removed: {phones}.", "已删除：{phones}。"),
    "phones_next": (
        "FreeSWITCH's files, which it reads where no engine answers, learn of it by “fs-control freeswitch directory "
        "--out DIR”.",
        "FreeSWITCH 的文件（引擎不应答时读取）需运行“fs-control freeswitch directory --out DIR”来更新。",
    ),
    "phones_engine_knows": (
        "The engine knows; a FreeSWITCH that asks it (mod_xml_curl) goes by that from now on.",
        "引擎已知晓；向引擎查询的 FreeSWITCH（mod_xml_curl）立即生效。",
    ),
    "phones_files_read": (
        "FreeSWITCH's files say so too, and it has read them.",
        "FreeSWITCH 的文件也已更新，并已重新读取。",
    ),
    "phones_files_written": (
        "FreeSWITCH's files say so too; it does not answer at its event socket and reads them at its start.",
        "FreeSWITCH 的文件也已更新；其事件套接字没有应答，将在启动时读取。",
    ),
    "phones_files_old": (
        "FreeSWITCH's files, which it reads where no engine answers, do not say so yet: {reason} Run “fs-control "
        "freeswitch directory --out DIR” as a user who may write them.",
        "FreeSWITCH 的文件（引擎不应答时读取）尚未更新：{reason}"
        "请以有写权限的用户运行“fs-control freeswitch directory --out DIR”。",
    ),
    "phone_may_register": ("yes", "有"),
    "phone_may_not": ("none: may not register", "无，不能注册"),
    "heading.password": ("password", "密码"),
    # Refusals.
    "freeswitch_folder_foreign": (
        "{folder} holds something that fs_control did not write, and is left alone. Name a folder that is empty or "
        "does not exist yet.",
        "{folder} 中有并非 fs_control 写入的内容，未作改动。请指定空的或尚不存在的文件夹。",
    ),
    "freeswitch_folder_without_configuration": (
        "{folder} holds no configuration of ours. Write one first: “fs-control freeswitch config --out {folder}”.",
        "{folder} 中没有本系统的配置。请先生成：“fs-control freeswitch config --out {folder}”。",
    ),
    "freeswitch_file_refused": ("{file} cannot be read or written: {reason}.", "无法读写 {file}：{reason}。"),
    "freeswitch_value_bad": (
        "“{value}” will not do for {name}: FreeSWITCH could not be told so.",
        "“{value}”不能作为 {name}：无法以此设置 FreeSWITCH。",
    ),
    "phone_unknown": ("There is no phone {phones}.", "没有话机 {phones}。"),
    "phone_in_use": (
        "Nothing was removed: the phones belong to the agents {agents}. Give these another phone first.",
        "未删除任何话机：它们属于坐席 {agents}。请先为其更换话机。",
    ),
}
