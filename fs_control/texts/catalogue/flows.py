"""What can be wrong in the text of a flow. Where it is (file, line, column) is said beside the sentence, not in it."""

from __future__ import annotations

from typing import Final

FLOWS: Final = {
    "help.flow": (
        "Check, try, draw, prove and activate flows.",
        "检查、试走、绘制、验证和启用来电流程。",
    ),
    "flow_has_problems": (
        "Mistakes in {file}: {count}. Nothing was done with it.",
        "{file} 有 {count} 处错误，未作任何处理。",
    ),
    # It is no text that could be a flow.
    "flow_empty": (
        "There is nothing in it. A flow has “flow”, “language”, “start” and “steps”.",
        "内容为空。流程需要“flow”、“language”、“start”和“steps”。",
    ),
    "flow_too_long": ("It is longer than {limit} characters.", "内容超过 {limit} 个字符。"),
    "flow_too_deep": ("It is nested deeper than {limit} levels.", "嵌套超过 {limit} 层。"),
    "flow_bad_character": ("The character {character} may not stand in a flow.", "流程中不允许出现字符 {character}。"),
    "flow_tab": ("A line is indented with a tab. Use blanks.", "此行用制表符缩进，请改用空格。"),
    "flow_alias": (
        "Anchors and aliases (& and *) mean nothing in a flow. Write it out, or put it in quotes.",
        "流程中不能使用锚点和别名（& 和 *）。请完整写出，或加引号。",
    ),
    "flow_tag": (
        "Tags such as {tag} mean nothing in a flow. Leave it away, or put the text in quotes.",
        "流程中不能使用 {tag} 这样的标签。请去掉，或给文本加引号。",
    ),
    "flow_not_yaml": ("This is not YAML: {detail}.", "不是有效的 YAML：{detail}。"),
    "flow_key_not_text": ("A key must be a word.", "键必须是文本。"),
    "flow_key_twice": (
        "“{key}” is written twice; the first is in line {line}.",
        "“{key}”重复出现，首次出现在第 {line} 行。",
    ),
    # A key or a value is not what belongs there.
    "flow_key_missing": ("“{key}” is missing here.", "此处缺少“{key}”。"),
    "flow_unknown_key": ("“{key}” means nothing here.", "此处不能使用“{key}”。"),
    "flow_unknown_do": ("There is no kind of step called “{name}”.", "没有名为“{name}”的步骤类型。"),
    "flow_unknown_step": ("There is no step “{name}” in this flow.", "此流程中没有步骤“{name}”。"),
    "flow_unknown_group": ("There is no group “{name}”. Is it in the directory?", "没有技能组“{name}”，请检查目录。"),
    "flow_unknown_prompt": ("There is no prompt “{name}”.", "没有提示音“{name}”。"),
    "flow_exit_never_taken": (
        "The exit “{exit}” is never taken, because nothing leads to it.",
        "出口“{exit}”永远不会被使用。",
    ),
    "flow_not_text": ("“{value}” should be a word or a sentence.", "“{value}”应为文本。"),
    "flow_not_whole_number": ("“{value}” should be a whole number.", "“{value}”应为整数。"),
    "flow_not_number": ("“{value}” should be a number.", "“{value}”应为数字。"),
    "flow_not_block": ("“{value}” should be a block of keys, each with its value.", "“{value}”应为由键和值组成的块。"),
    "flow_not_one_of": ("“{value}” should be one of {expected}.", "“{value}”应为以下之一：{expected}。"),
    "flow_bad_word": (
        "“{value}” cannot be a name: letters, digits, _ and -, at most 64, and no - first.",
        "“{value}”不能用作名称：最多 64 个字母、汉字、数字、_ 或 -，且不能以 - 开头。",
    ),
    "flow_nothing_in_it": ("Something must be in it.", "内容不能为空。"),
    "flow_number_too_small": ("The number must be {limit} or more.", "数值不能小于 {limit}。"),
    "flow_number_too_large": ("The number must be {limit} or less.", "数值不能大于 {limit}。"),
    "flow_too_many": ("There may be {limit} of these at most.", "最多只能有 {limit} 个。"),
    "flow_bad_value": ("“{value}” will not do here: {detail}.", "“{value}”不适用于此处：{detail}。"),
    # A whole flow.
    "flow_step_unreached": ("Nothing leads to the step “{step}”.", "没有任何步骤通向“{step}”。"),
    "flow_circle_without_wait": (
        "These steps lead to each other for ever and nobody waits in between: {steps}.",
        "以下步骤相互循环且中间没有等待：{steps}。",
    ),
    # What an answer or a run comes to.
    "flow_resume_not_awaited": (
        "The flow waits for {awaited}, and {resume} came.",
        "流程正在等待 {awaited}，却收到了 {resume}。",
    ),
    "flow_too_many_steps": ("one call took too many steps in its flow", "一次呼叫经过的流程步骤过多"),
    "flow_too_many_steps_at_once": (
        "the flow ran through too many steps without a wait",
        "流程连续执行的步骤过多且没有等待",
    ),
}
