"""The commands for what an agent does in a call: their help, and what they answer."""

from __future__ import annotations

from typing import Final

TALK_COMMANDS: Final = {
    "help.agent.hold": (
        "Let the customer of the agent NUMBER hear music, and nothing of the agent.",
        "保持坐席 NUMBER 的客户：客户听音乐。",
    ),
    "help.agent.resume": (
        "Take the customer of the agent NUMBER back from hold.",
        "恢复坐席 NUMBER 保持中的客户。",
    ),
    "help.agent.mute": (
        "Let the customer hear nothing of the agent NUMBER, who hears the customer.",
        "静音坐席 NUMBER：客户听不到坐席，坐席能听到客户。",
    ),
    "help.agent.unmute": ("Let the agent NUMBER be heard again.", "取消坐席 NUMBER 的静音。"),
    "help.agent.hang-up": ("Let the agent NUMBER hang up.", "让坐席 NUMBER 挂机。"),
    "help.agent.transfer": (
        "Hand the customer of the agent NUMBER to an agent, a group or a telephone number, without a word.",
        "将坐席 NUMBER 的客户直接转接给坐席、技能组或电话号码。",
    ),
    "help.agent.consult": (
        "Let the agent NUMBER speak with a colleague while the customer hears music.",
        "坐席 NUMBER 咨询其他坐席，客户听音乐。",
    ),
    "help.agent.complete": (
        "Leave the customer of the agent NUMBER to the colleague who was asked.",
        "坐席 NUMBER 退出，客户与被咨询的坐席通话。",
    ),
    "help.agent.cancel": (
        "Take the agent NUMBER back to the customer, without the colleague.",
        "坐席 NUMBER 结束咨询，回到客户。",
    ),
    "help.agent.swap": (
        "Let the agent NUMBER speak with the other one: customer or colleague.",
        "坐席 NUMBER 在客户和被咨询的坐席之间切换。",
    ),
    "help.agent.join": (
        "Let customer, agent NUMBER and colleague speak with one another.",
        "客户、坐席 NUMBER 和被咨询的坐席三方通话。",
    ),
    "option.note": ("What whoever takes over is to know.", "给接手者的备注。"),
    "acted.hold": ("The customer of agent {agent} is on hold.", "坐席 {agent} 的客户已保持。"),
    "acted.resume": ("Agent {agent} speaks with the customer again.", "坐席 {agent} 已恢复与客户通话。"),
    "acted.mute": ("The customer does not hear agent {agent} now.", "坐席 {agent} 已静音。"),
    "acted.unmute": ("The customer hears agent {agent} again.", "坐席 {agent} 已取消静音。"),
    "acted.hang_up": ("Agent {agent} has hung up.", "坐席 {agent} 已挂机。"),
    "acted.transfer": (
        "The customer of agent {agent} is on the way to {to}.",
        "坐席 {agent} 的客户正在转接至 {to}。",
    ),
    "acted.consult": ("Agent {agent} is calling {to}; the customer waits.", "坐席 {agent} 正在咨询 {to}，客户等待中。"),
    "acted.complete": (
        "Agent {agent} has left the customer to the colleague.",
        "坐席 {agent} 已将客户交给被咨询的坐席。",
    ),
    "acted.cancel": ("Agent {agent} is back with the customer.", "坐席 {agent} 已回到客户。"),
    "acted.swap": ("Agent {agent} speaks with the other one now.", "坐席 {agent} 已切换通话对象。"),
    "acted.join": ("All three speak with one another.", "三方通话已建立。"),
}
