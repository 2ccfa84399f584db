"""The Chinese spelling of the language of flows: keys, kinds of steps, and the words that a key may have as its value.

`source` puts the English word in the place of the Chinese one while it reads, so that no later code meets two names
for one thing. Both may stand in one flow. Easy to break: names that an author gives (of steps, of variables) are
theirs and are never translated, so what a word means depends on its place (`is_own_name`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    # A flow.
    "flow": ("流程",),
    "language": ("语言",),
    "answer": ("接听",),
    "prompts": ("默认提示音",),
    "on_error": ("出错时",),
    "on_hangup": ("主叫挂机后", "挂机后"),
    "start": ("开始", "起始步骤"),
    "steps": ("步骤",),
    "apology": ("致歉",),
    # What most steps have.
    "do": ("动作", "类型"),
    "next": ("下一步",),
    "prompt": ("提示音",),
    "say": ("朗读",),
    "text": ("文本",),
    "skip": ("可跳过",),
    # Keys of the caller.
    "keys": ("按键",),
    "tries": ("次数",),
    "timeout": ("超时",),
    "wrong_key": ("按错",),
    "no_key": ("未按键",),
    "length": ("位数",),
    "end": ("结束键",),
    "min": ("最少",),
    "max": ("最多",),
    "into": ("存入",),
    "between": ("键间隔",),
    "wrong": ("输错",),
    "on_record": ("记录",),
    "sensitive": ("敏感",),
    # Calendars and conditions.
    "calendar": ("日历",),
    "open": ("上班",),
    "closed": ("下班",),
    "holiday": ("节假日",),
    "special": ("特殊时段",),
    "when": ("条件",),
    "if": ("如果",),
    "otherwise": ("否则",),
    "values": ("变量",),
    # Lines and agents.
    "group": ("技能组",),
    "wait_at_most": ("最长等待",),
    "nobody_signed_in": ("无人签入",),
    "nobody_free": ("无人空闲",),
    "waited_too_long": ("等待超时",),
    "line_full": ("排队已满",),
    "served": ("服务后", "通话后"),
    "agent": ("坐席",),
    "ring": ("振铃",),
    "busy": ("忙",),
    "no_answer": ("无应答",),
    "not_signed_in": ("未签入",),
    "targets": ("可选坐席",),
    "mode": ("方式",),
    "level": ("级别",),
    # Messages, servers, outside lines, the end.
    "box": ("信箱",),
    "longest": ("最长",),
    "silence": ("静音",),
    "nothing_said": ("未留言",),
    "url": ("网址",),
    "method": ("方法",),
    "body": ("正文",),
    "within": ("时限",),
    "failed": ("失败",),
    "number": ("号码",),
    "reason": ("原因",),
}
"""English key -> its Chinese words; the first is the one that is told."""

WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "do": {
        "play": ("播放",),
        "say": ("朗读",),
        "menu": ("菜单",),
        "collect": ("收号",),
        "hours": ("营业时间", "时间"),
        "branch": ("分支",),
        "set": ("设置", "赋值"),
        "queue": ("排队",),
        "agent": ("坐席",),
        "owner": ("专属坐席", "主叫路由"),
        "transfer": ("转接",),
        "priority": ("优先级",),
        "message": ("留言",),
        "http": ("请求",),
        "flow": ("流程", "子流程"),
        "return": ("返回",),
        "dial": ("外呼",),
        "hangup": ("挂机",),
    },
    "language": {"zh": ("中文",), "en": ("英文", "英语")},
    "answer": {"at_start": ("开始时",), "on_agent": ("接通坐席时",)},
    "mode": {"ani": ("主叫",)},
}
"""English key -> the words that it may have as its value, each with its Chinese ones."""

YES_OR_NO: Final[Mapping[str, bool]] = {"是": True, "否": False}
"""What stands behind `SWITCHES` in Chinese."""
SWITCHES: Final = frozenset({"skip", "on_record", "sensitive"})
"""The keys that are either true or false."""

NAMED_BY_AUTHORS: Final = frozenset({"steps", "keys", "values", "into", "body"})
"""The keys below which the author's own names stand; below `body` nothing at all is ours."""

_ENGLISH_KEYS: Final = {word: english for english, words in KEYS.items() for word in words}
_ENGLISH_WORDS: Final = {
    key: {word: english for english, chinese in words.items() for word in chinese} for key, words in WORDS.items()
}


def is_own_name(block: tuple[str, ...]) -> bool:
    """Tell whether the keys of the block at this (English) path are names that the author gives."""
    return "body" in block[2:] or (bool(block) and block[-1] in NAMED_BY_AUTHORS and len(block) in (1, 3))


def english_key(block: tuple[str, ...], key: str) -> str:
    """Return what a key of the block at this (English) path means."""
    return key if is_own_name(block) else _ENGLISH_KEYS.get(key, key)


def english_word(path: tuple[str, ...], word: str) -> str | bool:
    """Return what a word means as the value at this (English) path."""
    if not path or is_own_name(path[:-1]):
        return word
    if path[-1] in SWITCHES:
        return YES_OR_NO.get(word, word)
    return _ENGLISH_WORDS.get(path[-1], {}).get(word, word)


def chinese_key(key: str) -> str:
    """Return the Chinese word that is told for a key; the key itself where it has none."""
    return KEYS.get(key, (key,))[0]


def chinese_word(key: str, word: str) -> str:
    """Return the Chinese word for a value of a key; the value itself where it has none."""
    return WORDS.get(key, {}).get(word, (word,))[0]


def is_chinese(text: str) -> bool:
    """Tell whether a word was written in Chinese."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
