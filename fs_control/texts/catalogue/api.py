"""What programs of others and the people behind them are told by the API, and what is said of their tokens."""

from __future__ import annotations

from typing import Final

API: Final = {
    # Requests that cannot be read.
    "action_unknown": (
        "There is no action “{action}”.",
        "没有操作“{action}”。",
    ),
    "fields_unknown": ("Nobody knows these fields: {fields}.", "以下字段不存在：{fields}。"),
    "fields_missing": ("These fields are missing: {fields}.", "缺少以下字段：{fields}。"),
    "fields_invalid": ("These fields cannot be read: {fields}.", "以下字段无法识别：{fields}。"),
}
