"""What is said of the versions of flows: activated, listed, compared, brought back (N10)."""

from __future__ import annotations

from typing import Final

FLOW_VERSIONS: Final = {
    # Help.
    "help.flow.activate": (
        "Make files the active versions of their flows, all of them or none: the next call goes through them, and "
        "calls under way go on as they began. The flow's name is that of its FILE.",
        "启用流程文件（全部启用或全部不启用）：下一通来电即按新版本执行，正在进行的呼叫仍按原版本。"
        "流程名即 FILE 的文件名。",
    ),
    "help.flow.list": (
        "List the active flows with their versions and numbers; with NAME every version of that flow.",
        "列出启用的流程及其版本和号码；给出 NAME 时列出该流程的所有版本。",
    ),
    "help.flow.show": ("Print a flow as it was activated.", "显示启用时的流程内容。"),
    "help.flow.diff": (
        "Show what changed: from the active version to the file; from version A to the active one; from A to B.",
        "显示差异：启用版本与文件之间；版本 A 与启用版本之间；版本 A 与 B 之间。",
    ),
    "help.flow.rollback": (
        "Make an earlier version of a flow active again, as a new version; nothing is taken out of the history.",
        "重新启用流程的较早版本，并记为新版本；历史记录不会改动。",
    ),
    "option.activated_by": (
        "Who does it, as the version keeps it (by default the login name).",
        "操作人，记入该版本（默认为登录名）。",
    ),
    "option.accepted_rules": (
        "Activate although the proof found something by this rule; may be given several times, and needs --reason.",
        "接受该规则的检查结果并照常启用；可多次给出，须同时给出 --reason。",
    ),
    "option.activation_reason": ("Why, as the version keeps it.", "原因，记入该版本。"),
    "option.shown_version": (
        "The version with this number (by default the active one).",
        "指定版本号（默认为启用版本）。",
    ),
    "option.to_version": (
        "The version whose text is to be active again (by default the one before).",
        "要恢复到的版本号（默认为上一版本）。",
    ),
    "progress.flow_judged": ("The flows are being checked and proved.", "正在检查并验证流程。"),
    # Headings and cells.
    "heading.flow_version": ("version", "版本"),
    "heading.activated_at": ("activated", "启用时间"),
    "heading.activated_by": ("by", "操作人"),
    "heading.flow_numbers": ("numbers", "号码"),
    "heading.lines": ("lines", "行数变化"),
    "heading.remarks": ("remarks", "备注"),
    "flow_version_head": (
        "Flow {flow}, version {version}, activated {at} by {by}.",
        "流程 {flow} 第 {version} 版，{by} 于 {at} 启用。",
    ),
    "flow_version_title": (
        "{flow}, version {version}, activated {at} by {by}",
        "{flow} 第 {version} 版，{by} 于 {at} 启用",
    ),
    "flow_version_place": ("{flow}, version {version}", "{flow} 第 {version} 版"),
    "flow_version_from": ("text of version {version}", "内容同第 {version} 版"),
    "flow_version_accepted": ("accepted: {rules}", "已接受：{rules}"),
    "flow_version_reason": ("reason: {reason}", "原因：{reason}"),
    # Answers.
    "no_flows_active": (
        "No flow is active yet. “fs-control flow activate FILE” makes one active.",
        "还没有启用的流程。可用“fs-control flow activate FILE”启用。",
    ),
    "flow_activated": (
        "{flow}: version {version} is active (before: version {before}).",
        "{flow}：第 {version} 版已启用（此前为第 {before} 版）。",
    ),
    "flow_activated_first": (
        "{flow}: version {version} is active, the first one.",
        "{flow}：首个版本（第 {version} 版）已启用。",
    ),
    "flow_active_already": (
        "{flow}: this text is active already, as version {version}.",
        "{flow}：该内容已启用，即第 {version} 版。",
    ),
    "flow_rolled_back": (
        "{flow}: version {version} is active, with the text of version {origin}.",
        "{flow}：第 {version} 版已启用，内容同第 {origin} 版。",
    ),
    "flow_file_differs": (
        "The file {file} still says something else. A start leaves it alone until it is changed; “flow activate” "
        "activates it.",
        "文件 {file} 的内容仍不相同。在文件修改之前，启动时不会启用它；可用“flow activate”启用。",
    ),
    "flow_no_difference": ("There is no difference: {one} and {other}.", "两者没有差异：{one}；{other}。"),
    "flow_warning": ("{warning} (It is taken over all the same.)", "{warning}（仍会启用。）"),
    "flow_may_be_accepted": (
        "What was found by these rules may be accepted, with --accept RULE and --reason TEXT: {rules}.",
        "以下规则的检查结果可以接受（--accept RULE 并给出 --reason TEXT）：{rules}。",
    ),
    # Refusals.
    "flow_not_activated": (
        "Nothing was activated; the active versions stay as they were: {flows}.",
        "未启用任何内容，启用的版本保持不变：{flows}。",
    ),
    "flow_not_rolled_back": (
        "Version {version} of {flow} cannot be used any more, so the active version stays.",
        "{flow} 的第 {version} 版已无法使用，启用版本保持不变。",
    ),
    "flow_never_active": ("The flow “{flow}” has never been active.", "流程“{flow}”从未启用过。"),
    "flow_version_unknown": (
        "The flow “{flow}” has no version {version}; the newest is {newest}.",
        "流程“{flow}”没有第 {version} 版，最新为第 {newest} 版。",
    ),
    "flow_version_active": (
        "The text of version {version} of “{flow}” is active already, as version {active}.",
        "流程“{flow}”第 {version} 版的内容已启用，即第 {active} 版。",
    ),
    "flow_nothing_before": (
        "There is no other text of “{flow}” before the one of version {version}. “--to N” names a version; "
        "“fs-control flow list {flow}” lists them.",
        "流程“{flow}”第 {version} 版的内容之前没有其他内容。可用“--to N”指定版本，"
        "“fs-control flow list {flow}”列出所有版本。",
    ),
    "flow_changed_meanwhile": (
        "{by} has activated version {version} of “{flow}” in the meantime. Look at it, and try again.",
        "{by} 刚刚启用了流程“{flow}”的第 {version} 版。请查看后重试。",
    ),
    "flow_accept_needs_reason": (
        "--accept needs --reason: why this may be so is kept with the version.",
        "--accept 须同时给出 --reason，原因会记入该版本。",
    ),
    "flow_rule_not_found": (
        "Nothing was found by the rule “{rule}”, so there is nothing to accept.",
        "没有规则“{rule}”的检查结果，无需接受。",
    ),
    "flow_rule_not_acceptable": (
        "What was found by the rule “{rule}” cannot be accepted; change the flow.",
        "规则“{rule}”的检查结果不能接受，请修改流程。",
    ),
    "flow_given_twice": ("The flow “{flow}” was given twice: {files}.", "流程“{flow}”重复给出：{files}。"),
    "flow_words_refused": (
        "--{option} is one line of at most {most} characters.",
        "--{option} 应为一行文字，最多 {most} 个字符。",
    ),
    "flow_file_not_comparable": (
        "There is no file {file} to compare the flow “{flow}” with, or it cannot be read.",
        "没有可与流程“{flow}”比较的文件 {file}，或文件无法读取。",
    ),
    # Mistakes at a place.
    "flow_named_otherwise": (
        "The flow calls itself “{name}” and its file “{wanted}”. Numbers find it by the file's name, so both have to "
        "be the same.",
        "流程自称“{name}”，文件名却是“{wanted}”。号码按文件名查找流程，请使两者一致。",
    ),
    # The doctor.
    "doctor.flows_unusable": (
        "Active, but no engine can read it, so its numbers take no calls: {flows}.",
        "已启用但引擎无法读取，相应号码无法接听来电：{flows}。",
    ),
    "doctor_remedy.flows_unusable": (
        "“fs-control flow activate FILE” names the mistakes; what the flow names may have been removed since.",
        "用“fs-control flow activate FILE”查看错误；流程引用的内容可能已被删除。",
    ),
    "doctor.flows_rolled_back": (
        "Rolled back, and the file stays out until it is changed: {flows}. Everything else is active.",
        "已回退，文件在修改之前不会启用：{flows}。其余流程均已启用。",
    ),
    # A start.
    "run.flow_rolled_back": (
        "Flow {name} was rolled back and its file has not changed since, so the earlier version stays active.",
        "流程 {name} 已回退且其文件此后未改动，因此继续使用较早的版本。",
    ),
    "run.flow_found": (
        "{place}: {problem} [{rule}] The flow stays as it was; “fs-control flow activate” can accept a rule.",
        "{place}：{problem} [{rule}] 该流程保持原样；可用“fs-control flow activate”接受规则。",
    ),
}
