"""What is wrong with how the system was set up: environment variables, prompts, the virtual switch."""

from __future__ import annotations

from typing import Final

SETUP: Final = {
    # Environment variables (settings).
    "setting_missing": ("{name} is not set. Set this environment variable.", "未设置 {name}。请设置该环境变量。"),
    "setting_not_a_number": (
        "{name} is “{value}” and must be a whole number without a sign.",
        "{name} 的值为“{value}”，必须是不带符号的整数。",
    ),
    "setting_not_a_port": (
        "{name} is {value} and must be a port from 0 to 65535.",
        "{name} 的值为 {value}，必须是 0 到 65535 之间的端口号。",
    ),
    # Prompts (media).
    "prompt_name_bad": (
        "“{name}” is no name of a prompt. Use lower-case letters, digits and single dashes, such as main-menu.",
        "“{name}”不能作为提示音名称。只能使用小写字母、数字和单个连字符，例如 main-menu。",
    ),
    "prompt_language_bad": (
        "“{language}” is no language. Use a short code such as zh or en.",
        "“{language}”不是语言代码。请使用 zh、en 之类的短代码。",
    ),
    "prompt_missing": ("The prompt {path} cannot be read. Is it there?", "无法读取提示音 {path}，请检查文件是否存在。"),
    "prompt_not_wav": (
        "{path} is not a WAV file of plain samples. Convert it: sox IN -r 8000 -c 1 -b 16 OUT.wav",
        "{path} 不是 PCM 编码的 WAV 文件。可这样转换：sox IN -r 8000 -c 1 -b 16 OUT.wav",
    ),
    # What the virtual switch is told to play (virtual_switch).
    "script_invalid": (
        "The script of the virtual switch has “{value}” for {what}, which it cannot use.",
        "虚拟交换机脚本中 {what} 的值“{value}”无效。",
    ),
    "dialplan_invalid": (
        "An extension of the virtual switch's dialplan cannot be read: {detail}.",
        "虚拟交换机拨号计划中的一个分机条目无法解析：{detail}。",
    ),
}
