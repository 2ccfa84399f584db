"""What can be wrong in a directory file. Where it is (file, line, column) is said beside the sentence, not in it."""

from __future__ import annotations

from typing import Final

DIRECTORY: Final = {
    "directory_file_wrong": (
        "{file} was not imported; mistakes: {count}. Nothing was changed.",
        "{file} 有 {count} 处错误，未导入，目录没有任何改动。",
    ),
    "directory_file_empty": ("There is nothing in the file.", "文件内容为空。"),
    "directory_file_too_large": (
        "The file has {size} bytes; {most} is the most. Is it a directory?",
        "文件大小为 {size} 字节，最大允许 {most} 字节。这是目录文件吗？",
    ),
    "directory_file_not_text": (
        "The file is neither UTF-8 nor GB18030. Save it as UTF-8.",
        "文件既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8。",
    ),
    "directory_file_form_unknown": (
        "The form of {file} is not known. Its name must end in one of: {valid}.",
        "无法识别 {file} 的格式，文件名须以下列之一结尾：{valid}。",
    ),
    # The form of the file.
    "yaml_unreadable": ("This is not YAML: {reason}.", "不是有效的 YAML：{reason}。"),
    "csv_unreadable": ("This is not CSV: {reason}.", "不是有效的 CSV：{reason}。"),
    "character_not_allowed": ("This character may not stand in YAML.", "YAML 中不允许出现此字符。"),
    "nested_too_deep": ("Lists and blocks are nested too deep here.", "此处列表和块的嵌套过深。"),
    "shape_wrong": ("“{field}” should be a {expected} here.", "此处“{field}”的结构应为 {expected}。"),
    "key_unknown": (
        "“{key}” means nothing in “{field}”. Possible are: {valid}.",
        "“{field}”中不能使用“{key}”。可用：{valid}。",
    ),
    "key_twice": (
        "“{key}” is written twice; the first is in line {first_line}.",
        "“{key}”重复出现，首次出现在第 {first_line} 行。",
    ),
    "column_missing": (
        "The column “{column}” is missing. Possible are: {valid}.",
        "缺少列“{column}”。可用的列：{valid}。",
    ),
    "column_unknown": (
        "There is no column “{column}”. Possible are: {valid}.",
        "没有名为“{column}”的列。可用的列：{valid}。",
    ),
    "kind_unknown": ("“{kind}” is no kind of row. Possible are: {valid}.", "“{kind}”不是有效的行类型。可用：{valid}。"),
    "cell_not_used": (
        "“{text}” stands in the column “{field}”, which a row of the kind “{kind}” does not use. It uses: {valid}.",
        "“{field}”列中的“{text}”无效，“{kind}”类型的行只使用：{valid}。",
    ),
    "cell_without_column": ("“{text}” stands to the right of the last column.", "“{text}”位于最后一列之外。"),
    "field_missing": ("“{field}” is missing here.", "此处缺少“{field}”。"),
    "written_twice": (
        "This {kind} “{key}” is in the file twice; the first is in line {first_line}.",
        "{kind}“{key}”在文件中重复，首次出现在第 {first_line} 行。",
    ),
    "member_twice": ("Agent {number} is in the group “{group}” twice.", "坐席 {number} 在技能组“{group}”中重复。"),
    # One cell.
    "not_an_agent_number": (
        "“{text}” is no agent's number: 1 to 20 digits.",
        "“{text}”不是坐席工号：应为 1 到 20 位数字。",
    ),
    "not_a_service_number": (
        "“{text}” is no service number: 1 to 20 digits, with a plus before them or not.",
        "“{text}”不是服务号码：应为 1 到 20 位数字，前面可加“+”。",
    ),
    "not_an_extension": (
        "“{text}” is no extension: up to 32 letters, digits, dots, hyphens and underscores.",
        "“{text}”不是分机号：最多 32 个字母、数字、点、连字符或下划线。",
    ),
    "not_a_name": (
        "“{text}” is no name: {longest} characters at most, and no line breaks.",
        "“{text}”不能作为名称：最多 {longest} 个字符，且不能换行。",
    ),
    "strategy_unknown": (
        "There is no strategy “{text}”. Possible are: {valid}.",
        "没有分配策略“{text}”。可用：{valid}。",
    ),
    "language_unknown": ("There is no language “{text}”. Possible are: {valid}.", "没有语言“{text}”。可用：{valid}。"),
    "region_unknown": (
        "“{text}” is no country that has a numbering plan. Use two capital letters such as CN.",
        "“{text}”不是已知的国家或地区代码。请使用两个大写字母，例如 CN。",
    ),
    "time_zone_unknown": (
        "There is no time zone “{text}”. Use a name such as Asia/Shanghai.",
        "没有时区“{text}”。请使用 Asia/Shanghai 之类的名称。",
    ),
    "not_seconds_to_ring": (
        "“{text}” is no time to ring: {least} to {most} seconds.",
        "“{text}”不是有效的振铃时长：应为 {least} 到 {most} 秒。",
    ),
    "not_a_count_of_calls": (
        "“{text}” is no number of calls: {least} to {most}.",
        "“{text}”不是有效的呼叫数量：应为 {least} 到 {most}。",
    ),
    "not_seconds": (
        "“{text}” is no such time: {least} to {most} seconds.",
        "“{text}”不是有效的时长：应为 {least} 到 {most} 秒。",
    ),
    "not_a_whole_number": (
        "“{text}” is no such number: {least} to {most}.",
        "“{text}”不是有效的数值：应为 {least} 到 {most}。",
    ),
    "colleague_unknown": (
        "“{text}” says nothing about colleagues. Possible are: {valid}.",
        "代接方式“{text}”无效。可用：{valid}。",
    ),
    "not_an_overflow": (
        "“{text}” should be a group and seconds, such as service:60.",
        "“{text}”应为技能组加秒数，例如 service:60。",
    ),
    "overflow_twice": ("The group “{group}” is among those that help out twice.", "溢出技能组“{group}”重复。"),
    "overflows_too_many": (
        "{count} groups should help out; {most} are the most.",
        "溢出技能组有 {count} 个，最多允许 {most} 个。",
    ),
    # What it refers to.
    "member_unknown": (
        "The group “{group}” names agent {number}, who is neither in the file nor in the directory.",
        "技能组“{group}”引用的坐席 {number} 既不在文件中也不在目录中。",
    ),
    "overflow_unknown": (
        "The group “{group}” is to be helped out by “{helper}”, which is neither in the file nor in the directory.",
        "技能组“{group}”的溢出技能组“{helper}”既不在文件中也不在目录中。",
    ),
    "overflow_to_itself": (
        "The group “{group}” cannot help itself out; name another one.",
        "技能组“{group}”不能溢出到自身，请填写其他技能组。",
    ),
    "whisper_unknown": (
        "The group “{group}” is to whisper the prompt “{prompt}”, which does not exist.",
        "技能组“{group}”的坐席提示音“{prompt}”不存在。",
    ),
    "group_not_in_file": ("The group “{group}” is not in this file.", "此文件中没有技能组“{group}”。"),
    "phone_of_two_agents": (
        "The phone {phone} of agent {number} is the phone of agent {other} too.",
        "坐席 {number} 的话机 {phone} 同时也是坐席 {other} 的话机。",
    ),
    "number_of_other_enterprise": (
        "The number {number} belongs to another enterprise.",
        "号码 {number} 属于其他企业。",
    ),
}
