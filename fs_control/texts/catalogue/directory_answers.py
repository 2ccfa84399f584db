"""What the commands of agents, groups, numbers, customers and memory answer, ask and refuse."""

from __future__ import annotations

from typing import Final

DIRECTORY_ANSWERS: Final = {
    # Refusals: what is not there, or there already.
    "group_unknown": (
        "There is no group “{group}”. “fs-control group list” shows those there are.",
        "没有技能组“{group}”。可用“fs-control group list”查看全部技能组。",
    ),
    "number_unknown": (
        "There is no service number {number}. “fs-control number list” shows those there are.",
        "没有服务号码 {number}。可用“fs-control number list”查看全部号码。",
    ),
    "customer_unknown": ("Nobody has saved the customer {customer}.", "没有保存号码为 {customer} 的客户。"),
    "nothing_remembered": ("Nothing is remembered of {numbers}.", "没有 {numbers} 的通话记忆。"),
    "agent_exists": (
        "There is an agent {agent} already. “fs-control agent set {agent}” changes them.",
        "坐席 {agent} 已存在。可用“fs-control agent set {agent}”修改。",
    ),
    "group_exists": (
        "There is a group “{group}” already. “fs-control group set {group}” changes it.",
        "技能组“{group}”已存在。可用“fs-control group set {group}”修改。",
    ),
    "number_exists": (
        "There is a number {number} already. “fs-control number set {number}” changes it.",
        "服务号码 {number} 已存在。可用“fs-control number set {number}”修改。",
    ),
    "customer_exists": (
        "The customer {customer} is saved already. “fs-control customer set {customer}” changes them.",
        "客户 {customer} 已保存。可用“fs-control customer set {customer}”修改。",
    ),
    "agent_not_removed": (
        "No agent {name} was removed within the last 30 days.",
        "最近 30 天内没有删除过坐席 {name}。",
    ),
    "group_not_removed": (
        "No group “{name}” was removed within the last 30 days.",
        "最近 30 天内没有删除过技能组“{name}”。",
    ),
    "number_not_removed": (
        "No number {name} was removed within the last 30 days.",
        "最近 30 天内没有删除过服务号码 {name}。",
    ),
    "customer_not_removed": (
        "No customer {name} was removed within the last 30 days. One removed with an agent comes back with the agent.",
        "最近 30 天内没有单独删除过客户 {name}。随坐席删除的客户会随坐席一同恢复。",
    ),
    "no_customers_moved": (
        "No customers were moved within the last 30 days.",
        "最近 30 天内没有转移过客户。",
    ),
    # Refusals: values and wishes.
    "customer_needs_owner": (
        "A customer needs an owner: the number of the agent to whom they belong (--owner).",
        "保存客户必须指定归属坐席的工号（--owner）。",
    ),
    "customer_owner_gone": (
        "The owner of {customer} was removed too. Bring the agent back first, or save the customer again.",
        "{customer} 的归属坐席也已删除。请先恢复该坐席，或重新保存客户。",
    ),
    "move_source_gone": (
        "Agent {agent}, to whom the customers would go back, was removed. Bring the agent back first.",
        "客户原来的归属坐席 {agent} 已删除，请先恢复该坐席。",
    ),
    "move_to_oneself": (
        "Agent {agent} has these customers already; name another agent behind --to.",
        "客户已归属坐席 {agent}，请在 --to 后填写其他坐席。",
    ),
    "not_a_customer_number": (
        "“{text}” is no telephone number that a numbering plan knows; write a landline with its area code.",
        "“{text}”不是有效的电话号码；固定电话请带区号。",
    ),
    "not_a_level": (
        "“{text}” is no level of agent {number}: 1 to 99, 1 goes first.",
        "坐席 {number} 的级别“{text}”无效：应为 1 到 99，1 最优先。",
    ),
    "not_a_length": (
        "“{text}” is no length of time: a number and its unit, such as 30d, 12h, 90m or 45s; ten years at most.",
        "“{text}”不是有效的时长：应为数字加单位，例如 30d、12h、90m、45s，最长十年。",
    ),
    "not_yes_or_no": ("“{text}” should be one of: {valid}.", "“{text}”无效，应为：{valid}。"),
    "not_a_moment": (
        "“{text}” is no moment; write it as 2026-11-22T10:00.",
        "“{text}”不是有效的时间，请写成 2026-11-22T10:00。",
    ),
    "moment_to_come": ("{text} has not come yet.", "{text} 尚未到来。"),
    "value_empty": ("“{field}” is empty.", "“{field}”为空。"),
    "nothing_to_change": ("no option says what to change.", "没有给出要修改的选项。"),
    "move_from_and_to": ("give --from and --to, or --undo alone.", "请同时给出 --from 和 --to，或只给出 --undo。"),
    "not_confirmed": (
        "Nothing was changed, because nobody agreed. --yes does it without asking.",
        "未得到确认，没有任何改动。加上 --yes 可不经确认执行。",
    ),
    "left_alone": ("Nothing was changed.", "没有任何改动。"),
    "group_helps_out": (
        "The group “{group}” helps out for {groups}. Take it out there first (“fs-control group set” with "
        "--overflow or --no-overflow), or remove them together.",
        "技能组“{group}”是 {groups} 的溢出技能组。请先在其中去除（“fs-control group set”的 "
        "--overflow 或 --no-overflow），或一并删除。",
    ),
    "vip_or_priority": ("give --vip or --priority, not both.", "--vip 和 --priority 只能给出其一。"),
    "setting_without_effect": (
        "{setting} does nothing without {needed}.",
        "未设置 {needed} 时，{setting} 不起作用。",
    ),
    # Questions.
    "remove_agents_really": (
        "Remove {agents} with all customers and call memory of theirs? Their phones are freed",
        "确定删除坐席 {agents}，连同其全部客户和通话记忆？其话机将被释放",
    ),
    "remove_groups_really": (
        "Remove the groups {groups}? Their callers go on in the flow as if nobody were signed in",
        "确定删除技能组 {groups}？排队中的来电将按无坐席签入继续流程",
    ),
    "group_in_flows_really": (
        "Active flows name the group “{group}”: {flows}. Their numbers take no calls until the flows are changed. "
        "Do it all the same?",
        "启用的流程引用了技能组“{group}”：{flows}。在修改流程之前，相应号码将无法接听来电。仍要继续？",
    ),
    "remove_numbers_really": (
        "Remove {numbers}? Calls to them are refused from then on",
        "确定删除服务号码 {numbers}？此后其来电将被拒绝",
    ),
    "remove_customers_really": ("Remove {count} customers?", "确定删除 {count} 名客户？"),
    # Answers.
    "agent_added": ("Agent {agent} is there now.", "已新增坐席 {agent}。"),
    "group_added": ("The group “{group}” is there now.", "已新增技能组“{group}”。"),
    "number_added": ("The number {number} is there now.", "已新增服务号码 {number}。"),
    "customer_added": ("{customer} is a customer of agent {agent} now.", "客户 {customer} 已保存，归属坐席 {agent}。"),
    "already_so": ("{what} is so already.", "{what} 已是如此，没有改动。"),
    "agents_have_customers": (
        "“fs-control customer move --from {agent} --to NUMBER” first gives the customers and the places in flows to "
        "another agent.",
        "可先用“fs-control customer move --from {agent} --to NUMBER”将客户和流程中的位置转给其他坐席。",
    ),
    "removed": (
        "Removed {kind}: {names}. For 30 days “fs-control {command} restore” brings each back.",
        "已删除{kind}：{names}。30 天内可用“fs-control {command} restore”恢复。",
    ),
    "restored": ("The {kind} {name} is back.", "已恢复{kind} {name}。"),
    "nothing_removed": ("Nothing was removed within the last 30 days.", "最近 30 天内没有删除任何内容。"),
    "flows_name_it": (
        "Active flows still name the {kind} {name}: {flows}. Change them, too.",
        "启用的流程仍引用{kind} {name}：{flows}。请一并修改。",
    ),
    "flow_not_active": (
        "The number {number} names the flow “{flow}”, which has no active version yet.",
        "服务号码 {number} 所用的流程“{flow}”尚无启用版本。",
    ),
    "flow_without_version": ("none active", "未启用"),
    "flow_version": ("version {version} ({digest})", "第 {version} 版（{digest}）"),
    "move_would": (
        "{customers} customers and {memories} call memories would go from agent {source} to agent {target}; active "
        "flows that would get a new version: {flows}. Nothing was changed.",
        "将从坐席 {source} 转给坐席 {target}：客户 {customers} 名，通话记忆 {memories} 条；"
        "将启用新版本的流程 {flows} 个。目前未作任何改动。",
    ),
    "moved": (
        "{customers} customers and {memories} call memories went from agent {source} to agent {target}; active flows "
        "that have a new version: {flows}. “fs-control customer move --undo” takes that back for 30 days.",
        "已从坐席 {source} 转给坐席 {target}：客户 {customers} 名，通话记忆 {memories} 条；"
        "已启用新版本的流程 {flows} 个。30 天内可用“fs-control customer move --undo”撤销。",
    ),
    "move_taken_back": (
        "{customers} customers and {memories} call memories are agent {source}'s again, and no more agent {target}'s; "
        "flows that are as before: {flows}.",
        "已将 {customers} 名客户和 {memories} 条通话记忆从坐席 {target} 退回坐席 {source}；"
        "恢复原版本的流程 {flows} 个。",
    ),
    "flow_file_would": ("The file {file} would be changed, too.", "文件 {file} 也将一并修改。"),
    "flow_file_changed": ("The file {file} names the other agent now.", "文件 {file} 已改为新坐席。"),
    "flow_file_put_back": ("The file {file} is as before.", "文件 {file} 已恢复原样。"),
    "flow_file_not_changed": (
        "The file {file} was not changed ({reason}). Change it by hand: the next start activates what is in it.",
        "文件 {file} 未能修改（{reason}）。请手动修改，否则下次启动会启用其中的内容。",
    ),
    "flows_left": (
        "These flows were changed since and stay as they are: {flows}. They may still name agent {agent}.",
        "以下流程此后有过修改，保持不变：{flows}。其中可能仍引用坐席 {agent}。",
    ),
    "remembered": (
        "Agent {agent} is remembered as the one who dialled {customer}.",
        "已记录坐席 {agent} 外呼过 {customer}。",
    ),
    "forgotten": ("Forgotten: {numbers}.", "已清除通话记忆：{numbers}。"),
    "memory_counts_for": ("A call memory counts for {length}.", "通话记忆有效期为 {length}。"),
    "no_number_takes_memory": (
        "It counts for no service number yet. “fs-control number set NUMBER --memory” lets one take part.",
        "还没有服务号码参与通话记忆。可用“fs-control number set NUMBER --memory”设置。",
    ),
    "exported": ("{count} lines are in {file}.", "已将 {count} 行写入 {file}。"),
    "nothing_found": ("Nothing was found.", "没有找到。"),
    "more_there_are": (
        "There are more than these {limit}; --limit shows more.",
        "不止这 {limit} 条，可用 --limit 查看更多。",
    ),
    "no_groups": (
        "There are no groups yet. “fs-control group add NAME” adds one.",
        "还没有技能组。可用“fs-control group add NAME”新增。",
    ),
    "no_numbers": (
        "There are no numbers yet. “fs-control number add NUMBER --flow NAME” adds one.",
        "还没有服务号码。可用“fs-control number add NUMBER --flow NAME”新增。",
    ),
    "no_customers": (
        "There are no customers yet. “fs-control customer add NUMBER --owner AGENT” saves one.",
        "还没有客户。可用“fs-control customer add NUMBER --owner AGENT”保存。",
    ),
    "no_memories": ("Nothing is remembered yet.", "还没有通话记忆。"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "item_kind.customer": ("customer", "客户"),
    "item_kind.memory": ("memory of", "通话记忆"),
    "memory_standing.valid": ("counts", "有效"),
    "memory_standing.expired": ("expired", "已过期"),
    "memory_standing.number_takes_no_part": ("this number takes no part", "该号码不参与"),
    "stands_in.random": ("any free member, by chance", "随机空闲坐席"),
    "stands_in.strategy": ("whom the strategy picks", "按分配策略"),
    "group_setting.colleague": ("takes over from the caller's own agent", "本人坐席不可用时代接"),
    "group_setting.own_agent_wait": ("waits for the own agent", "等候本人坐席"),
    "group_setting.own_agent_ask": ("is asked whether to wait", "询问是否等候"),
    "group_setting.announce_every": ("is told the position every", "播报排队位置间隔"),
    "group_setting.announce_estimate": ("and the estimate", "同时播报预计等候时间"),
    "group_setting.max_waiting": ("most who wait", "最多排队人数"),
    "group_setting.overflow": ("groups that help out", "溢出技能组"),
    "group_setting.whisper": ("whispered to the agent", "坐席接通前提示音"),
    # Headings.
    "heading.customer": ("customer", "客户"),
    "heading.customers": ("customers", "客户数"),
    "heading.memories": ("memories", "通话记忆"),
    "heading.memory": ("memory", "通话记忆"),
    "heading.version": ("version", "启用版本"),
    "heading.absent_flow": ("agent absent", "坐席不在时"),
    "heading.returning_customer": ("returning first", "回头客优先"),
    "heading.level": ("level", "级别"),
    "heading.flows": ("flows", "流程"),
    "heading.setting": ("setting", "设置"),
    "heading.value": ("value", "值"),
    "heading.priority": ("VIP", "VIP 级别"),
    "heading.owner": ("owner", "归属坐席"),
    "heading.owner_name": ("owner's name", "坐席姓名"),
    "heading.agent_name": ("agent's name", "坐席姓名"),
    "heading.saved": ("saved", "保存于"),
    "heading.changed": ("changed", "修改于"),
    "heading.removed_at": ("removed", "删除于"),
    "heading.removed_by": ("by", "删除人"),
    "heading.kept_until": ("kept until", "保留至"),
    "heading.remembered_at": ("dialled", "外呼时间"),
    "heading.counts_until": ("until", "有效至"),
    "heading.counts_for": ("counts for", "有效期"),
    "heading.counts": ("counts", "是否有效"),
}
