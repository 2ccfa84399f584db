"""Answers to what people ask of a running engine: agents signing in and out."""

from __future__ import annotations

from typing import Final

REQUESTS: Final = {
    "agent_unknown": (
        "There is no agent {agent}. “fs-control agent list” shows those there are.",
        "没有坐席 {agent}。可用“fs-control agent list”查看全部坐席。",
    ),
    "agent_already_signed_in": ("Agent {agent} is signed in already.", "坐席 {agent} 已经签入。"),
    "agent_already_ready": ("Agent {agent} is ready already.", "坐席 {agent} 已经就绪。"),
    "agent_not_signed_in": (
        "Agent {agent} is not signed in. “fs-control agent sign-in {agent}” does that.",
        "坐席 {agent} 未签入。可用“fs-control agent sign-in {agent}”签入。",
    ),
    "agent_already_signed_out": ("Agent {agent} is signed out already.", "坐席 {agent} 已经签出。"),
    "agent_has_no_phone": (
        "Agent {agent} has no phone. Give them an extension in the directory and import it again.",
        "坐席 {agent} 没有话机。请在目录中为其配置分机并重新导入。",
    ),
}
