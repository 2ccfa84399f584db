"""What the proof of a flow finds, when it happens and what befalls the caller: `proof.<rule>` for every rule."""

from __future__ import annotations

from typing import Final

PROOF: Final = {
    "help.flow.prove": (
        "Prove that no caller can be stranded in the flows of FILE..., whatever they press and whenever they call.",
        "证明来电者无论按什么键、何时来电，都不会在 FILE... 的流程中无路可走。",
    ),
    "option.months": ("How many months ahead the calendars are looked at.", "向前检查日历的月数。"),
    # What is wrong. The place stands before the sentence.
    "proof.step_unreached": ("Nothing leads to the step “{step}”.", "没有任何步骤通向“{step}”。"),
    "proof.step_never_taken": (
        "No caller ever comes to the step “{step}”: its conditions are never true.",
        "没有来电者会到达步骤“{step}”：通向它的条件永远不成立。",
    ),
    "proof.exit_to_nowhere": (
        "The step “{step}” leads to “{name}”, which is not in the flow.",
        "步骤“{step}”通向“{name}”，但流程中没有该步骤。",
    ),
    "proof.unknown_flow": (
        "The step “{step}” runs the flow “{name}”, which is not there.",
        "步骤“{step}”要运行流程“{name}”，但该流程不存在。",
    ),
    "proof.unknown_group": ("There is no group “{name}”.", "没有技能组“{name}”。"),
    "proof.group_without_members": (
        "Nobody is a member of the group “{name}”: every caller leaves its line at once.",
        "技能组“{name}”没有成员，来电者会立即离开排队。",
    ),
    "proof.unknown_prompt": (
        "There is no prompt “{name}”: callers hear nothing.",
        "没有提示音“{name}”，来电者什么也听不到。",
    ),
    "proof.unplayable_prompt": (
        "The prompt “{name}” cannot be played: callers hear nothing.",
        "提示音“{name}”无法播放，来电者什么也听不到。",
    ),
    "proof.nothing_heard": (
        "Callers hear nothing in the step “{step}”: “{name}” is empty.",
        "来电者在步骤“{step}”中什么也听不到：“{name}”是空的。",
    ),
    "proof.unknown_calendar": (
        "There is no calendar “{name}”: it counts as closed for ever.",
        "没有名为“{name}”的日历，将一直视为休息。",
    ),
    "proof.calendar_never_opens": (
        "The calendar “{name}” does not open once in the time ahead.",
        "日历“{name}”在检查的时间范围内从不开放。",
    ),
    "proof.loop_without_wait": (
        "These steps go round without any wait, until the flow is stopped: {steps}.",
        "以下步骤不停循环且中间没有等待，直到流程被中止：{steps}。",
    ),
    "proof.loop_without_limit": (
        "These steps go round without a limit as long as the caller is not served: {steps}.",
        "只要来电者未得到接待，以下步骤就会无限循环：{steps}。",
    ),
    "proof.silence_goes_round": (
        "Who presses nothing is sent round for ever: {steps}.",
        "不按键的来电者会一直循环：{steps}。",
    ),
    "proof.keys_go_round": (
        "Who presses something, whatever it is, comes back for ever; only silence leads out: {steps}.",
        "无论按什么键都会一直返回，只有不按键才能离开：{steps}。",
    ),
    "proof.no_way_out": (
        "Nobody can leave these steps, whatever they press: {steps}.",
        "无论按什么键都无法离开以下步骤：{steps}。",
    ),
    "proof.silent_hang_up": (
        "The step “{step}” ends the call, and the caller has not heard a word about it.",
        "步骤“{step}”结束通话，而来电者没有听到任何说明。",
    ),
    "proof.step_breaks": (
        "The step “{step}” cannot be carried out: {name}. Callers go to “on_error”, or hear the apology.",
        "步骤“{step}”无法执行：{name}。来电者会转到“on_error”指定的步骤，未指定时听到致歉。",
    ),
    "proof.nested_too_deep": (
        "Flows run one another in a circle that the step “{step}” closes.",
        "流程之间循环调用，最后由步骤“{step}”闭合。",
    ),
    "proof.too_many_steps": (
        "A caller who presses nothing may take more steps than one call is allowed.",
        "不按键的来电者经过的步骤可能超过单次呼叫的上限。",
    ),
    "proof.too_large": (
        "The flow is too large to prove: callers can be in more situations than are looked at.",
        "流程过大，无法证明：来电者可能处于的状态数量超过检查上限。",
    ),
    # When.
    "proof_times.every_day": ("every day {time}, first on {first}", "每天 {time}，首次为 {first}"),
    "proof_times.weekdays": (
        "{time}, {days}, {count} times, first on {first}",
        "{time}，{days}，共 {count} 次，首次为 {first}",
    ),
    "proof_times.once": ("once, on {first}, {time}", "仅一次，{first} {time}"),
    "proof_times.others": ("{times}; and {count} more times", "{times}；另有 {count} 次"),
    "proof_times.span": ("{begin} to {end}", "{begin} 至 {end}"),
    "proof_times.span_days": ("{begin} to {end} ({days} d later)", "{begin} 至 {days} 天后 {end}"),
    "proof.when": ("When: {times}.", "时间：{times}。"),
    "proof.path": ("For example:", "例如："),
    "proof.path_more": ("(and so on: {count} more)", "（依此类推，另有 {count} 项）"),
    "proof.path_fault": ("A step of the flow is broken.", "流程中有步骤出错。"),
    "proof.path_gone": ("The caller has hung up.", "来电者已挂机。"),
    "proof.accept": ("[{rule}; may be accepted]", "[{rule}；可接受]"),
    "proof.never_accept": ("[{rule}]", "[{rule}，不可接受]"),
    # What came of it.
    "proof.proved": (
        "{flow}: nobody can be stranded. Situations of callers: {states}; intervals of time: {intervals}, of which "
        "{distinct} differ.",
        "{flow}：不会有来电者无路可走。来电者状态 {states} 个；时间区间 {intervals} 个，其中不同的 {distinct} 个。",
    ),
    "proof.refused": ("{flow}: {count} found.", "{flow}：发现 {count} 处问题。"),
    "proof.progress": ("Proving {flow}: {done} of {of}", "正在证明 {flow}：{done}/{of}"),
}
