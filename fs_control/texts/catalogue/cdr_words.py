"""What is said of the files of ended legs (mod_json_cdr)."""

from __future__ import annotations

from typing import Final

CDR_WORDS: Final[dict[str, tuple[str, str]]] = {
    "cdr_unreadable": (
        "The switch's file of a leg cannot be read ({why}); it was put aside.",
        "无法读取交换机写出的话单文件（{why}），已移到一旁。",
    ),
}
