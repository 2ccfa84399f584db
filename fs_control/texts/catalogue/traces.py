"""Why the centre did what it did, beside each step in the trace of a call.

A code that ends in `.*` speaks for its whole family: what stands after the family's name in the code is `rest`.
"""

from __future__ import annotations

from typing import Final

from fs_control.texts.catalogue.outcomes import OUTCOMES

_REFUSALS: Final = ("no_number", "no_flow", "number_full", "centre_full", "draining", "records_full")
_OFFER_RESULTS: Final = tuple(code.removeprefix("offer.") for code in OUTCOMES if code.startswith("offer."))


def _refused(disposition: str) -> tuple[str, str]:
    english, chinese = OUTCOMES[f"disposition.{disposition}"]
    return f"the call was not taken: {english}", f"来电未接入：{chinese}"


def _offer_ended(result: str) -> tuple[str, str]:
    english, chinese = OUTCOMES[f"offer.{result}"]
    return f"the agent {english}", f"坐席：{chinese}"


TRACES: Final = {
    "admission.admitted": ("the call was taken", "来电已接入"),
    **{f"admission.{disposition}": _refused(disposition) for disposition in _REFUSALS},
    **{f"offer_result.{result}": _offer_ended(result) for result in _OFFER_RESULTS},
    "line_exit.served": ("the agent left and the caller is still there", "坐席已离开，主叫仍在线"),
    "line_exit.nobody": ("nobody of the group was signed in", "该技能组无坐席签入"),
    "line_exit.timed_out": ("the caller waited as long as the flow allows", "排队达到流程规定的最长时间"),
    "line_exit.key": ("the caller pressed a key to leave the line", "主叫按键退出排队"),
    "line_exit.full": ("as many callers waited as the group allows", "排队人数已达该技能组上限"),
    "priority.flow": ("the flow raised the caller's priority", "流程提高了主叫的优先级"),
    "priority.customer": ("the caller is a customer with a priority", "主叫是有优先级的客户"),
    "vip": ("others in line had to let this caller go first", "主叫优先，排到其他人之前"),
    "overflow": ("another group helps out", "由其他技能组协助接听"),
    "flow_end.flow_too_many_steps": ("the call took too many steps in its flow", "该呼叫经过的流程步骤过多"),
    "flow_end.flow_too_many_steps_at_once": (
        "the flow ran through too many steps without a wait",
        "流程连续执行的步骤过多且没有等待",
    ),
    "flow_end.*": ("the flow ended the call ({rest})", "流程结束通话（{rest}）"),
    "flow_refused.*": ("the flow {rest} has mistakes and was not taken over", "流程 {rest} 有错误，未启用"),
    "timer.wait": ("the longest time in line was over", "已达最长排队时间"),
    "timer.goodbye": ("the last sentence or the hang-up took too long", "结束语或挂断耗时过长"),
    "timer.lost": ("the caller's connection did not come back", "主叫连接未恢复"),
    "timer.back": ("the caller was not handed over again", "主叫未再次转入"),
    "timer.connect": ("the legs were not joined in time", "双方未能按时接通"),
    "timer.again": ("agents who declined may be asked again", "可再次分配给曾拒接的坐席"),
    "timer.ring": ("the phone rang long enough", "振铃超时"),
    "timer.announce": ("the caller is to be told their place in line again", "应再次播报排队位置"),
    "timer.overflow": (
        "the caller waited long enough for another group to help out",
        "等待时间已到，其他技能组可协助接听",
    ),
    "timer.rest": ("the agent's phone may ring again", "坐席话机可再次振铃"),
    "timer.closing": ("the end of a leg was to be confirmed by now", "通道的结束应已得到确认"),
    "timer.midnight": ("a new day began", "新的一天开始"),
    "caller_returned": ("the caller is back with us", "主叫已回到系统"),
    "handed_over_anew": (
        "the caller has waited for us for long, and is handed over anew so that the dialplan can try as often again",
        "主叫已等待较久，重新转入拨号计划，以便恢复全部重试次数",
    ),
    "closing_unconfirmed": ("the switch never confirmed the end of a leg", "交换机始终未确认通道结束"),
    "command_failed.*": ("a command to the switch failed ({rest})", "交换机命令失败（{rest}）"),
    "switch_lost.*": ("the link to the switch broke ({rest})", "与交换机的连接断开（{rest}）"),
    "crashed.*": ("a defect of fs_control in {rest}", "fs_control 在 {rest} 处出现缺陷"),
}
