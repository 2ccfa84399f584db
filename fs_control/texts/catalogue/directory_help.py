"""What the commands of agents, groups, numbers, customers and memory are for, and their options."""

from __future__ import annotations

from typing import Final

DIRECTORY_HELP: Final = {
    "help.agent": (
        "Add and change agents, see what they do, sign them in and out.",
        "坐席：增删改查，查看状态，签入签出。",
    ),
    "help.agent.list": (
        "List agents and what each is doing now. Each WORD is a part of number, name or phone.",
        "列出坐席及其当前状态。WORD 为工号、姓名或话机的一部分。",
    ),
    "help.agent.show": ("Show one agent with what hangs on them.", "显示一名坐席及其关联数据。"),
    "help.agent.add": ("Add an agent. NUMBER is 1 to 20 digits.", "新增坐席。NUMBER 为 1 到 20 位数字的工号。"),
    "help.agent.set": (
        "Change an agent; “-” takes a phone away. The agent stays the same one in groups and records.",
        "修改坐席，话机填“-”表示取消。所属技能组和历史记录不受影响。",
    ),
    "help.agent.remove": (
        "Remove agents with their customers and what is remembered of their calls, after asking.",
        "确认后删除坐席，连同其客户和通话记忆。",
    ),
    "help.agent.restore": (
        "Bring an agent back within 30 days, with everything that went too.",
        "在 30 天内恢复坐席及随之删除的一切。",
    ),
    "help.agent.import": (
        "Take over a CSV sheet of agents: all of it, or nothing with every bad line named.",
        "导入坐席 CSV 表：全部导入，或指出每一处错误且不作任何改动。",
    ),
    "help.agent.export": ("Write the agents as a CSV sheet.", "将坐席导出为 CSV 表。"),
    "help.group": ("Skill groups: their strategies and their members.", "技能组：分配策略与成员。"),
    "help.group.list": (
        "List groups. Each WORD is a part of the name.",
        "列出技能组。WORD 为名称的一部分。",
    ),
    "help.group.show": ("Show one group and its members in order.", "显示一个技能组及其成员顺序。"),
    "help.group.add": ("Add a group.", "新增技能组。"),
    "help.group.set": (
        "Change a group at once; who waits in its line keeps the place.",
        "修改技能组并立即生效，排队中的来电保持原位。",
    ),
    "help.group.remove": (
        "Remove groups, after asking; their members stay agents.",
        "确认后删除技能组，成员坐席保留。",
    ),
    "help.group.restore": (
        "Bring a group back within 30 days, with its members.",
        "在 30 天内恢复技能组及其成员。",
    ),
    "help.group.import": (
        "Take over a CSV sheet of groups: all of it, or nothing with every bad line named.",
        "导入技能组 CSV 表：全部导入，或指出每一处错误且不作任何改动。",
    ),
    "help.group.export": ("Write the groups as a CSV sheet.", "将技能组导出为 CSV 表。"),
    "help.number": ("The numbers that customers dial.", "客户拨打的服务号码。"),
    "help.number.list": (
        "List numbers with the flow that answers and its active version. Each WORD is a part of number or flow.",
        "列出服务号码、所用流程及其启用版本。WORD 为号码或流程名的一部分。",
    ),
    "help.number.show": ("Show one number.", "显示一个服务号码。"),
    "help.number.add": (
        "Add a number, written as the switch reports it.",
        "新增服务号码，写法与交换机上报的一致。",
    ),
    "help.number.set": (
        "Change a number at once; “-” takes a value away.",
        "修改服务号码并立即生效，“-”表示取消该值。",
    ),
    "help.number.remove": (
        "Remove numbers, after asking; calls to them are refused from then on.",
        "确认后删除服务号码，此后拨打该号码的来电将被拒绝。",
    ),
    "help.number.restore": ("Bring a number back within 30 days.", "在 30 天内恢复服务号码。"),
    "help.number.import": (
        "Take over a CSV sheet of numbers: all of it, or nothing with every bad line named.",
        "导入服务号码 CSV 表：全部导入，或指出每一处错误且不作任何改动。",
    ),
    "help.number.export": ("Write the numbers as a CSV sheet.", "将服务号码导出为 CSV 表。"),
    "help.customer": (
        "Saved customers, whose calls go to their owners first.",
        "已保存的客户，来电优先转接到归属坐席。",
    ),
    "help.customer.list": (
        "List customers. Each WORD is a part of name or number.",
        "列出客户。WORD 为姓名或号码的一部分。",
    ),
    "help.customer.show": ("Show one customer.", "显示一名客户。"),
    "help.customer.add": (
        "Save a customer, whose owner must be given; calls of theirs go to the owner first.",
        "保存客户，必须指定归属坐席，其来电优先转接到归属坐席。",
    ),
    "help.customer.set": ("Change a customer.", "修改客户。"),
    "help.customer.remove": (
        "Remove customers, after asking; they are strangers again.",
        "确认后删除客户，此后视为陌生客户。",
    ),
    "help.customer.restore": ("Bring a customer back within 30 days.", "在 30 天内恢复客户。"),
    "help.customer.move": (
        "Give the customers of one agent to another, with what is remembered of calls and the places in flows, or take "
        "the last move back.",
        "将一名坐席的客户、通话记忆和流程中的位置全部转给另一名坐席，或撤销最近一次转移。",
    ),
    "help.customer.import": (
        "Take over a CSV sheet of customers: all of it, or nothing with every bad line named.",
        "导入客户 CSV 表：全部导入，或指出每一处错误且不作任何改动。",
    ),
    "help.customer.export": ("Write customers as a CSV sheet.", "将客户导出为 CSV 表。"),
    "help.memory": (
        "Which agent dialled a number last, for its calls back.",
        "通话记忆：最近外呼该号码的坐席，回拨时优先接听。",
    ),
    "help.memory.list": (
        "List what is remembered, newest first. Each WORD is a part of the number or of the customer's name.",
        "列出通话记忆，最新的在前。WORD 为号码或客户姓名的一部分。",
    ),
    "help.memory.show": (
        "Show what is remembered of a number, and whether it counts at each service number.",
        "显示一个号码的通话记忆，以及在各服务号码上是否有效。",
    ),
    "help.memory.set": (
        "Remember that an agent dialled a number, instead of what was remembered of it.",
        "记录某坐席外呼过该号码，覆盖原有记忆。",
    ),
    "help.memory.add": ("The same as set.", "与 set 相同。"),
    "help.memory.forget": ("Forget what is remembered of numbers.", "清除号码的通话记忆。"),
    "help.memory.remove": ("The same as forget.", "与 forget 相同。"),
    "help.memory.settings": (
        "Show how long a memory counts and for which numbers, or change how long.",
        "查看通话记忆的有效期和参与的服务号码，或修改有效期。",
    ),
    "help.memory.import": (
        "Take over a CSV sheet of call memories: all of it, or nothing with every bad line named.",
        "导入通话记忆 CSV 表：全部导入，或指出每一处错误且不作任何改动。",
    ),
    "help.memory.export": ("Write what is remembered as a CSV sheet.", "将通话记忆导出为 CSV 表。"),
    # Options: which.
    "option.group": ("Only those in this group.", "只列出该技能组的坐席。"),
    "option.groups": ("A group that the agent joins; may be given several times.", "加入的技能组，可多次给出。"),
    "option.without_phone": ("Only those without a phone.", "只列出没有话机的坐席。"),
    "option.removed": ("Those that were removed and can be brought back.", "列出已删除且可恢复的项目。"),
    "option.agent": ("The agent's number.", "坐席工号。"),
    "option.source": ("The agent from whom everything moves.", "转出的坐席。"),
    "option.target": ("The agent to whom everything moves.", "转入的坐席。"),
    # Options: what.
    "option.name": ("What people call it.", "名称或姓名。"),
    "option.new_number": ("Another number for the same one.", "更换为新号码，其余不变。"),
    "option.phone": ("The extension that rings for the agent.", "坐席使用的分机号。"),
    "option.strategy": ("How an idle agent is chosen, such as round_robin.", "分配策略，例如 round_robin。"),
    "option.ring": ("How many seconds one agent is rung.", "单个坐席的振铃秒数。"),
    "option.returning_customer": (
        "Whether the agent who served a caller before goes first.",
        "是否优先转接曾服务过该客户的坐席。",
    ),
    "option.colleague": (
        "Who takes a caller whose own agent cannot: anybody (random), or whom the strategy picks.",
        "客户的坐席无法接听时由谁代接：随机空闲坐席（random）或按分配策略（strategy）。",
    ),
    "option.own_agent_wait": (
        "How long a caller waits for their own busy agent, 1 to 3600 seconds; “-” or --no-own-agent-wait: not at all.",
        "客户等候其忙碌坐席的秒数，1 到 3600；“-”或 --no-own-agent-wait 表示不等候。",
    ),
    "option.own_agent_ask": (
        "Whether such a caller is asked first: wait for the own agent, or a colleague.",
        "是否先询问客户：等候本人坐席，或转其他坐席。",
    ),
    "option.announce_every": (
        "How often a waiting caller is told the position, 5 to 3600 seconds; “-” or --no-announce-every: never.",
        "播报排队位置的间隔秒数，5 到 3600；“-”或 --no-announce-every 表示不播报。",
    ),
    "option.announce_estimate": (
        "Whether the estimated waiting time is told with the position.",
        "播报排队位置时是否同时播报预计等候时间。",
    ),
    "option.max_waiting": (
        "How many callers may wait at once, 1 to 100000; “-” or --no-max-waiting: any number.",
        "最多同时排队的人数，1 到 100000；“-”或 --no-max-waiting 表示不限。",
    ),
    "option.overflow": (
        "Which group helps out after how many seconds in line, 1 to 86400; several times or with commas, and all of "
        "them at once. “-” or --no-overflow: none.",
        "排队多少秒（1 到 86400）后由哪个技能组协助接听；可多次给出或用逗号分隔，须一次给全。"
        "“-”或 --no-overflow 表示没有。",
    ),
    "option.no_overflow": ("No other group helps out.", "不溢出到其他技能组。"),
    "option.whisper": (
        "The prompt that an agent hears before being joined with the caller; “-” or --no-whisper: none.",
        "坐席与客户接通前听到的提示音；“-”或 --no-whisper 表示没有。",
    ),
    "option.members": (
        "An agent to put in, with a level for top_down; may be given several times.",
        "加入的坐席，可带 top_down 策略所用的级别，可多次给出。",
    ),
    "option.without": ("An agent to take out; may be given several times.", "移出的坐席，可多次给出。"),
    "option.flow": ("The flow that answers.", "接听来电的流程。"),
    "option.max_calls": ("How many calls at once it takes.", "同时接入的最大呼叫数。"),
    "option.memory": (
        "Whether callers without an owner are led to the agent who dialled them last.",
        "该号码是否参与通话记忆（无归属坐席的来电转接到最近外呼的坐席）。",
    ),
    "option.memory_valid": (
        "How long a memory counts here, such as 30d, 12h or 90m; “-”: as everywhere.",
        "该号码的记忆有效期，例如 30d、12h、90m，“-”表示与企业一致。",
    ),
    "option.absent_flow": (
        "The flow for a caller whose owner or remembered agent is not signed in; without one a colleague answers.",
        "归属坐席或记忆坐席未签入时执行的流程，未设置时由其他坐席代接听。",
    ),
    "option.owner": ("The agent to whom the customer belongs.", "客户的归属坐席。"),
    "option.vip": (
        "Whether the customer goes first in line; the same as --priority 1 or 0.",
        "是否 VIP，排队优先；等同于 --priority 1 或 0。",
    ),
    "option.only_vips": ("Only those who go first in line.", "只列出 VIP 客户。"),
    "option.priority": (
        "Who goes first in line: 0 is everybody, the highest of 1 to 9 goes first.",
        "排队优先级：0 为普通客户，1 到 9 数值越大越优先。",
    ),
    "option.service_number": ("The service number that the customer saw.", "外呼时显示的服务号码。"),
    "option.at": (
        "When the agent dialled, such as 2026-11-22T10:00; now by default.",
        "外呼时间，例如 2026-11-22T10:00，默认为现在。",
    ),
    "option.valid": ("How long a memory counts, such as 30d, 12h or 90m.", "记忆有效期，例如 30d、12h、90m。"),
    # Options: how.
    "option.yes": ("Do not ask.", "不再确认。"),
    "option.preview": (
        "Only say what would move, with the diff of each flow.",
        "只显示将会转移的内容和各流程的差异。",
    ),
    "option.undo": ("Take the last move back.", "撤销最近一次转移。"),
    "option.out": ("A new file to write to, instead of the terminal.", "写入新文件，而不是显示在终端。"),
}
