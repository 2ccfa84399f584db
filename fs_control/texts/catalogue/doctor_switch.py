"""What the doctor finds at a switch (`doctor.<code>`), and what to do about it (`doctor_remedy.<code>`)."""

from __future__ import annotations

from typing import Final

_SWITCH: Final = {
    "doctor.switch_in_the_box": (
        "No FREESWITCH_HOST is set: the switch is the one in the box, which the engine starts for itself.",
        "未设置 FREESWITCH_HOST：使用自带的虚拟交换机，由引擎自行启动。",
    ),
    "doctor.switch_not_asked": (
        "Nothing else about the switch can be asked before its event socket is open.",
        "事件套接字连通之前，无法检查交换机的其他项目。",
    ),
    "doctor.event_socket_open": ("{address} answers and takes the password.", "{address} 可以连接，密码正确。"),
    "doctor.event_socket_unreachable": ("Nobody answers at {address}: {reason}.", "无法连接 {address}：{reason}。"),
    "doctor_remedy.event_socket_unreachable": (
        "start FreeSWITCH; compare FREESWITCH_HOST and FREESWITCH_PORT with listen-ip and listen-port in "
        "event_socket.conf.xml; see that mod_event_socket is loaded.",
        "启动 FreeSWITCH；核对 FREESWITCH_HOST、FREESWITCH_PORT 与 event_socket.conf.xml 中的 listen-ip、listen-port；"
        "确认已加载 mod_event_socket。",
    ),
    "doctor.event_socket_password_wrong": ("{address} refuses our password.", "{address} 拒绝了我们的密码。"),
    "doctor_remedy.event_socket_password_wrong": (
        "set FREESWITCH_PASSWORD to the password in event_socket.conf.xml.",
        "将 FREESWITCH_PASSWORD 设为 event_socket.conf.xml 中的 password。",
    ),
    "doctor.event_socket_closed": (
        "{address} closes the connection before the password is asked for.",
        "{address} 在询问密码之前就断开了连接。",
    ),
    "doctor_remedy.event_socket_closed": (
        "let this machine's address in: add it to the list that apply-inbound-acl of event_socket.conf.xml names, in "
        "acl.conf.xml, then “fs_cli -x reloadacl”.",
        "放行本机地址：将其加入 acl.conf.xml 中由 event_socket.conf.xml 的 apply-inbound-acl 指定的列表，"
        "然后执行“fs_cli -x reloadacl”。",
    ),
    "doctor.event_socket_silent": (
        "{address} takes the connection and does not answer in time.",
        "{address} 接受了连接，但未按时应答。",
    ),
    "doctor_remedy.event_socket_silent": (
        "see whether FREESWITCH_PORT is an event socket's, and whether FreeSWITCH hangs: “fs_cli -x status”.",
        "确认 FREESWITCH_PORT 是事件套接字的端口，并用“fs_cli -x status”查看 FreeSWITCH 是否无响应。",
    ),
    "doctor.event_socket_broken": ("The event socket failed: {fault}", "事件套接字出错：{fault}"),
    "doctor_remedy.event_socket_broken": (
        "look into FreeSWITCH's log at this moment, then run the doctor again.",
        "查看 FreeSWITCH 此刻的日志，然后重新检查。",
    ),
    "doctor.password_own": ("The password is not the one that everybody knows.", "密码不是众所周知的默认密码。"),
    "doctor.password_default": (
        "The password is FreeSWITCH's default, which everybody knows.",
        "密码是众所周知的 FreeSWITCH 默认密码。",
    ),
    "doctor_remedy.password_default": (
        "make another one (“openssl rand -base64 24”), put it into event_socket.conf.xml and FREESWITCH_PASSWORD, "
        "then “fs_cli -x 'reload mod_event_socket'”.",
        "生成新密码（“openssl rand -base64 24”），写入 event_socket.conf.xml 和 FREESWITCH_PASSWORD，"
        "然后执行“fs_cli -x 'reload mod_event_socket'”。",
    ),
    "doctor.password_short": ("The password has less than {least} signs.", "密码不足 {least} 个字符。"),
    "doctor_remedy.password_short": (
        "make a longer one (“openssl rand -base64 24”), put it into event_socket.conf.xml and FREESWITCH_PASSWORD, "
        "then “fs_cli -x 'reload mod_event_socket'”.",
        "生成更长的密码（“openssl rand -base64 24”），写入 event_socket.conf.xml 和 FREESWITCH_PASSWORD，"
        "然后执行“fs_cli -x 'reload mod_event_socket'”。",
    ),
    "doctor.door_on_loopback": (
        "As configured it listens on {address}: this machine alone can reach it.",
        "按配置监听 {address}，仅本机可以访问。",
    ),
    "doctor.door_behind_list": (
        "As configured it listens on {address} and turns strangers away by the list {lists}.",
        "按配置监听 {address}，并由访问列表 {lists} 拒绝陌生地址。",
    ),
    "doctor.door_open": (
        "As configured it listens on {address}, and the list {lists} lets any address in.",
        "按配置监听 {address}，而访问列表 {lists} 放行任何地址。",
    ),
    "doctor_remedy.door_open": (
        "set listen-ip to 127.0.0.1 in event_socket.conf.xml, or name in apply-inbound-acl a list that denies by "
        "default; then “fs_cli -x 'reload mod_event_socket'”.",
        "在 event_socket.conf.xml 中将 listen-ip 设为 127.0.0.1，或在 apply-inbound-acl 中指定默认拒绝的列表；"
        "然后执行“fs_cli -x 'reload mod_event_socket'”。",
    ),
    "doctor.door_not_told": (
        "The switch does not show its event_socket.conf.",
        "交换机未提供 event_socket.conf 的内容。",
    ),
    "doctor.version_known": ("It is FreeSWITCH {version}.", "版本为 FreeSWITCH {version}。"),
    "doctor.version_old": ("FreeSWITCH {version} is older than 1.10.", "FreeSWITCH {version} 低于 1.10。"),
    "doctor_remedy.version_old": ("install FreeSWITCH 1.10.12.", "安装 FreeSWITCH 1.10.12。"),
    "doctor.version_unknown": (
        "FreeSWITCH {version} is newer than 1.10, with which fs_control is tried.",
        "FreeSWITCH {version} 高于 fs_control 验证过的 1.10。",
    ),
    "doctor_remedy.version_unknown": (
        "place test calls before customers do, or install FreeSWITCH 1.10.12.",
        "正式使用前先进行测试呼叫，或安装 FreeSWITCH 1.10.12。",
    ),
    "doctor.version_not_told": ("The switch does not say its version.", "交换机未提供版本。"),
    "doctor_remedy.version_not_told": (
        "load mod_commands in modules.conf.xml; without it the switch answers no questions.",
        "在 modules.conf.xml 中加载 mod_commands，否则交换机无法回答查询。",
    ),
    "doctor.switch_ready": ("It takes new calls.", "可以接受新呼叫。"),
    "doctor.switch_not_ready": ("It is not ready: paused, or about to stop.", "未就绪：已暂停或即将停止。"),
    "doctor_remedy.switch_not_ready": (
        "“fs_cli -x 'fsctl resume'”; where it is stopping, start it again.",
        "执行“fs_cli -x 'fsctl resume'”；若正在停止，请重新启动。",
    ),
    "doctor.status_not_told": ("The switch does not say its status.", "交换机未提供运行状态。"),
    "doctor_remedy.status_not_told": (
        "load mod_commands in modules.conf.xml; without it the switch answers no questions.",
        "在 modules.conf.xml 中加载 mod_commands，否则交换机无法回答查询。",
    ),
    "doctor.modules_loaded": ("The {count} modules that calls need are loaded.", "呼叫所需的 {count} 个模块均已加载。"),
    "doctor.modules_lacking": ("Not loaded: {modules}.", "未加载：{modules}。"),
    "doctor_remedy.modules_lacking": (
        "add them to modules.conf.xml, then “fs_cli -x 'load MODULE'” for each.",
        "将其加入 modules.conf.xml，并逐个执行“fs_cli -x 'load 模块名'”。",
    ),
    "doctor.modules_not_told": ("The switch does not say what is loaded.", "交换机未提供已加载的模块。"),
    "doctor_remedy.modules_not_told": (
        "load mod_commands in modules.conf.xml; without it the switch answers no questions.",
        "在 modules.conf.xml 中加载 mod_commands，否则交换机无法回答查询。",
    ),
    "doctor.limit_not_told": ("The switch does not say its limits.", "交换机未提供限制值。"),
    "doctor.sessions_per_second_enough": ("{limit} new legs a second.", "每秒最多新建 {limit} 条话路。"),
    "doctor.sessions_per_second_low": (
        "Only {limit} new legs a second; those that ring agents count, and what is above is refused.",
        "每秒仅可新建 {limit} 条话路；呼叫坐席的话路也计算在内，超出即被拒绝。",
    ),
    "doctor_remedy.sessions_per_second_low": (
        "set sessions-per-second in switch.conf.xml to {least} or more, and now “fs_cli -x 'fsctl sps {least}'”.",
        "在 switch.conf.xml 中将 sessions-per-second 设为 {least} 或更大，并立即执行“fs_cli -x 'fsctl sps {least}'”。",
    ),
    "doctor.max_sessions_enough": (
        "{limit} legs at once, enough for {calls} calls.",
        "最多同时 {limit} 条话路，足够 {calls} 个呼叫。",
    ),
    "doctor.max_sessions_low": (
        "{limit} legs at once; {calls} calls that talk have {wanted}.",
        "最多同时 {limit} 条话路；{calls} 个通话需要 {wanted} 条。",
    ),
    "doctor_remedy.max_sessions_low": (
        "set max-sessions in switch.conf.xml to {wanted} and now “fs_cli -x 'fsctl max_sessions {wanted}'”; or set "
        "FS_CONTROL_MAX_CALLS lower.",
        "在 switch.conf.xml 中将 max-sessions 设为 {wanted}，并立即执行“fs_cli -x 'fsctl max_sessions {wanted}'”；"
        "或降低 FS_CONTROL_MAX_CALLS。",
    ),
    "doctor.clock_not_told": ("The switch does not say its time.", "交换机未提供时间。"),
    "doctor.clock_same": (
        "The switch's clock minus ours: {ahead_ms} ms, give or take {give_or_take_ms} ms.",
        "交换机时钟减本机时钟：{ahead_ms} 毫秒，误差 {give_or_take_ms} 毫秒。",
    ),
    "doctor.clock_off": (
        "The switch's clock minus ours: {ahead_ms} ms, give or take {give_or_take_ms} ms; records show both clocks.",
        "交换机时钟减本机时钟：{ahead_ms} 毫秒，误差 {give_or_take_ms} 毫秒；通话记录同时使用两个时钟。",
    ),
    "doctor_remedy.clock_off": (
        "let both machines follow one time server: “chronyc tracking” on each.",
        "让两台机器与同一时间服务器同步，可分别用“chronyc tracking”查看。",
    ),
    "doctor.clock_wrong": (
        "The switch's clock minus ours: {ahead_ms} ms, give or take {give_or_take_ms} ms: records cannot be right.",
        "交换机时钟减本机时钟：{ahead_ms} 毫秒，误差 {give_or_take_ms} 毫秒，通话记录必然出错。",
    ),
    "doctor_remedy.clock_wrong": (
        "let both machines follow one time server: “chronyc tracking” on each.",
        "让两台机器与同一时间服务器同步，可分别用“chronyc tracking”查看。",
    ),
}

_SIP: Final = {
    "doctor.profiles_run": ("Running: {profiles}.", "正在运行：{profiles}。"),
    "doctor.profiles_down": ("Configured and not running: {profiles}.", "已配置但未运行：{profiles}。"),
    "doctor_remedy.profiles_down": (
        "“fs_cli -x 'sofia profile {profile} start'”; FreeSWITCH's log says why it fails, mostly a port that is taken.",
        "执行“fs_cli -x 'sofia profile {profile} start'”；失败原因见 FreeSWITCH 日志，多为端口被占用。",
    ),
    "doctor.profiles_none": ("No SIP profile is running.", "没有正在运行的 SIP 配置。"),
    "doctor_remedy.profiles_none": (
        "configure one in sofia.conf.xml for phones and one for trunks (conf/freeswitch has both), then "
        "“fs_cli -x 'reload mod_sofia'”.",
        "在 sofia.conf.xml 中分别为话机和中继各配置一个（可参考 conf/freeswitch），"
        "然后执行“fs_cli -x 'reload mod_sofia'”。",
    ),
    "doctor.profiles_not_told": ("The switch does not say which profiles run.", "交换机未提供 SIP 配置的运行状态。"),
    "doctor_remedy.profiles_not_told": (
        "load mod_sofia in modules.conf.xml.",
        "在 modules.conf.xml 中加载 mod_sofia。",
    ),
    "doctor.codecs_good": ("Taken: {codecs}.", "可用：{codecs}。"),
    "doctor.codecs_not_told": ("The switch does not say its codecs.", "交换机未提供编解码设置。"),
    "doctor.codecs_without_g711": (
        "Neither PCMA nor PCMU is taken by: {profiles}; most carriers have nothing else.",
        "以下配置不支持 PCMA 和 PCMU：{profiles}；多数运营商仅提供这两种。",
    ),
    "doctor_remedy.codecs_without_g711": (
        "add PCMA,PCMU to inbound-codec-prefs and outbound-codec-prefs of the profile, then restart the profile.",
        "在该配置的 inbound-codec-prefs 和 outbound-codec-prefs 中加入 PCMA,PCMU，然后重启该配置。",
    ),
    "doctor.codecs_without_module": (
        "Named and not to be had: {codecs}.",
        "已列出但无法使用：{codecs}。",
    ),
    "doctor_remedy.codecs_without_module": (
        "load {modules} in modules.conf.xml, or take the codecs out of the profile's codec-prefs.",
        "在 modules.conf.xml 中加载 {modules}，或从配置的 codec-prefs 中去掉这些编解码。",
    ),
    "doctor.media_timeouts_for_all": (
        "Every leg ends after {milliseconds} ms without sound.",
        "任何话路无声 {milliseconds} 毫秒后结束。",
    ),
    "doctor.media_timeouts_of_profiles": (
        "As configured, legs without sound end in: {profiles}.",
        "按配置，以下配置的无声话路会被结束：{profiles}。",
    ),
    "doctor.media_timeouts_of_callers": (
        "The dialplan ends callers' legs without sound.",
        "拨号计划会结束无声的来电话路。",
    ),
    "doctor.media_timeouts_none": (
        "A caller who vanished stays for ever in: {profiles}.",
        "以下配置中，异常消失的来电不会结束：{profiles}。",
    ),
    "doctor_remedy.media_timeouts_none": (
        "set the variable media_timeout (milliseconds) in the dialplan before “socket”, or for all legs in vars.xml; "
        "or rtp-timeout-sec in the profile.",
        "在拨号计划的“socket”之前设置变量 media_timeout（毫秒），或在 vars.xml 中对全部话路设置；"
        "也可在该配置中设置 rtp-timeout-sec。",
    ),
    "doctor.media_timeouts_not_told": (
        "The switch does not show the configuration of its profiles.",
        "交换机未提供 SIP 配置的内容。",
    ),
    "doctor.session_timers_on": ("On, with {seconds} s.", "已启用，时长 {seconds} 秒。"),
    "doctor.session_timers_off": (
        "Off in: {profiles}; a call whose other end vanished on hold does not end.",
        "以下配置未启用：{profiles}；保持中的呼叫在对端消失后不会结束。",
    ),
    "doctor_remedy.session_timers_off": (
        "set session-timeout to 1800 and enable-timer to true in the profile, then "
        "“fs_cli -x 'sofia profile {profile} restart'”, which ends its calls.",
        "在该配置中将 session-timeout 设为 1800、enable-timer 设为 true，"
        "然后执行“fs_cli -x 'sofia profile {profile} restart'”（其通话会中断）。",
    ),
    "doctor.session_timers_not_told": (
        "The switch does not say which timers its profiles have.",
        "交换机未提供会话定时器设置。",
    ),
    "doctor.gateways_none": ("No gateway is configured.", "没有配置网关。"),
    "doctor.gateways_up": ("Registered, or in no need of it: {gateways}.", "已注册或无需注册：{gateways}。"),
    "doctor.gateways_trying": ("Registering at this moment: {gateways}.", "正在注册：{gateways}。"),
    "doctor_remedy.gateways_trying": (
        "look again in a minute; “fs_cli -x 'sofia status gateway'” shows them, too.",
        "一分钟后再次检查；也可用“fs_cli -x 'sofia status gateway'”查看。",
    ),
    "doctor.gateways_down": (
        "Not registered or not reached: {gateways}; no call goes or comes by way of it.",
        "未注册或无法到达：{gateways}；无法经其呼入或呼出。",
    ),
    "doctor_remedy.gateways_down": (
        "“fs_cli -x 'sofia status gateway NAME'” says more; compare its proxy, user name and password with the "
        "carrier's letter, then “fs_cli -x 'sofia profile trunks rescan'”.",
        "用“fs_cli -x 'sofia status gateway 名称'”查看详情；与运营商提供的 proxy、用户名和密码核对，"
        "然后执行“fs_cli -x 'sofia profile trunks rescan'”。",
    ),
    "doctor.gateways_not_told": ("The switch does not list its gateways.", "交换机未提供网关列表。"),
    "doctor.directory_asked": ("The switch asks us for them, on port {port}.", "交换机在端口 {port} 向本系统查询。"),
    "doctor.directory_by_files": (
        "{module} is not loaded: phones are let in by FreeSWITCH's files, which are read again after each change.",
        "未加载 {module}：话机按 FreeSWITCH 的文件注册，每次更改后需重新读取。",
    ),
    "doctor_remedy.directory_by_files": (
        "install it (Debian: freeswitch-mod-xml-curl), add it to modules.conf.xml, then “fs_cli -x 'load {module}'”.",
        "安装该模块（Debian：freeswitch-mod-xml-curl），加入 modules.conf.xml，然后执行“fs_cli -x 'load {module}'”。",
    ),
    "doctor.directory_not_answered": (
        "The switch could ask us, but FREESWITCH_DIRECTORY_PASSWORD is not set: it goes by its files.",
        "交换机可以查询，但未设置 FREESWITCH_DIRECTORY_PASSWORD：按其文件注册。",
    ),
    "doctor_remedy.directory_not_answered": (
        "start the engine with the variables of fs_control.env, which “fs-control freeswitch config” writes.",
        "用“fs-control freeswitch config”生成的 fs_control.env 中的变量启动引擎。",
    ),
    "doctor.directory_asked_otherwise": (
        "The switch does not ask on port {port} with our password: it goes by its files.",
        "交换机没有用我们的密码在端口 {port} 查询：按其文件注册。",
    ),
    "doctor_remedy.directory_asked_otherwise": (
        "compare FREESWITCH_DIRECTORY_PORT and FREESWITCH_DIRECTORY_PASSWORD with fs_control.env; after writing the "
        "configuration again “fs_cli -x reloadxml” and “fs_cli -x 'reload mod_xml_curl'”.",
        "将 FREESWITCH_DIRECTORY_PORT 和 FREESWITCH_DIRECTORY_PASSWORD 与 fs_control.env 核对；重新生成配置后执行"
        "“fs_cli -x reloadxml”和“fs_cli -x 'reload mod_xml_curl'”。",
    ),
    "doctor.directory_not_told": (
        "The switch does not say whether it asks us.",
        "交换机未说明是否向本系统查询。",
    ),
}

_CALLS: Final = {
    "doctor.hand_over_here": ("It hands calls over at {address}.", "呼叫交给 {address}。"),
    "doctor.hand_over_elsewhere": (
        "It hands calls over at {addresses}, and we listen at {address}.",
        "呼叫交给 {addresses}，而本系统监听 {address}。",
    ),
    "doctor_remedy.hand_over_elsewhere": (
        "let the dialplan run “socket” with “{address} async full” and “fs_cli -x reloadxml”; or change "
        "FS_CONTROL_LISTEN_PORT.",
        "让拨号计划以“{address} async full”执行“socket”，然后执行“fs_cli -x reloadxml”；"
        "或修改 FS_CONTROL_LISTEN_PORT。",
    ),
    "doctor.hand_over_any_port": (
        "It hands calls over at {addresses}; FS_CONTROL_LISTEN_PORT is 0, so the engine takes any port.",
        "呼叫交给 {addresses}；FS_CONTROL_LISTEN_PORT 为 0，引擎使用任意端口。",
    ),
    "doctor.hand_over_not_told": (
        "The switch does not show where its dialplan hands calls over.",
        "交换机未提供拨号计划的交接地址。",
    ),
    "doctor.files_seen": (
        "Seen by the switch: {count}, such as {file}.",
        "交换机可见 {count} 个，例如 {file}。",
    ),
    "doctor.files_unseen": (
        "The switch does not see {unseen} of {count}: {file}.",
        "交换机看不到 {count} 个中的 {unseen} 个：{file}。",
    ),
    "doctor_remedy.files_unseen": (
        "let FreeSWITCH's user read that folder; where the switch has it elsewhere, name it by FREESWITCH_PROMPTS "
        "(FREESWITCH_HOLD_MUSIC).",
        "允许 FreeSWITCH 的用户读取该文件夹；若交换机上位于别处，请设置 FREESWITCH_PROMPTS（FREESWITCH_HOLD_MUSIC）。",
    ),
    "doctor.files_not_told": ("The switch does not say which files it sees.", "交换机未提供文件是否可见。"),
    "doctor.recordings_not_set": (
        "No folder is set (FREESWITCH_RECORDINGS).",
        "未设置文件夹（FREESWITCH_RECORDINGS）。",
    ),
    "doctor.recordings_shared": (
        "A file put into {here} is seen by the switch in {there}.",
        "放入 {here} 的文件在交换机的 {there} 中可见。",
    ),
    "doctor.recordings_apart": (
        "A file put into {here} is not seen by the switch in {there}.",
        "放入 {here} 的文件在交换机的 {there} 中不可见。",
    ),
    "doctor_remedy.recordings_apart": (
        "let both be one folder that FreeSWITCH's user may open: FS_CONTROL_RECORDINGS is ours, FREESWITCH_RECORDINGS "
        "the switch's name for it.",
        "两者应为同一文件夹，且 FreeSWITCH 的用户可以访问：FS_CONTROL_RECORDINGS 是本机路径，"
        "FREESWITCH_RECORDINGS 是交换机上的路径。",
    ),
    "doctor.recordings_not_written": (
        "No file can be put into {folder}: {reason}.",
        "无法在 {folder} 中放入文件：{reason}。",
    ),
    "doctor_remedy.recordings_not_written": (
        "let the engine's user and FreeSWITCH's user both write there (one group for both), or name the folder as this "
        "machine sees it by FS_CONTROL_RECORDINGS.",
        "让引擎和 FreeSWITCH 的用户都能写入（同属一个用户组），或用 FS_CONTROL_RECORDINGS 指定本机所见的文件夹。",
    ),
    "doctor.recordings_not_told": (
        "The switch does not say whether it sees the file.",
        "交换机未说明是否可见该文件。",
    ),
    "doctor.music_is_stream": ("{music} is no file.", "{music} 不是文件。"),
}

DOCTOR_SWITCH: Final = {**_SWITCH, **_SIP, **_CALLS}
