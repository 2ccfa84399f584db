"""More of what can be wrong in the text of a flow, and what `flow check` and `flow schema` say."""

from __future__ import annotations

from typing import Final

FLOWS_CHECK: Final = {
    # Characters that are not what they look like.
    "flow_lookalike": (
        "Here stands {sign}, a full-width or typographic character that means nothing here. Write {meant} instead.",
        "{sign} 是全角或排版符号，在此处无效。请改用半角的 {meant} 。",
    ),
    "flow_wide_blank": (
        "This blank ({character}) is not the blank of the keyboard and means nothing here. Use ordinary blanks.",
        "此处的空格（{character}）不是普通半角空格。请改用半角空格。",
    ),
    "flow_invisible_character": (
        "There is a character here that nobody sees ({character}). Delete it.",
        "此处有一个不可见字符（{character}），请删除。",
    ),
    "flow_sign_needs_quotes": (
        "“{sign}” has a meaning of its own in YAML. Put it in quotes.",
        "“{sign}”在 YAML 中有特殊含义，请加引号。",
    ),
    "flow_hash_begins_comment": (
        "Nothing stands here, because # begins a comment. If it is the key or a part of the text, put it in quotes.",
        "此处没有值，因为 # 之后是注释。如果 # 是按键或文本的一部分，请加引号。",
    ),
    "flow_blank_missing": (
        "A blank is missing behind the colon of “{key}”.",
        "“{key}”的冒号后面缺少空格。",
    ),
    # What libyaml cannot read.
    "flow_quote_not_closed": (
        "The quote that begins here does not end where it should. Is the second one missing?",
        "此处开始的引号没有正确结束，是否缺少后引号？",
    ),
    "flow_bad_escape": (
        "Between double quotes a backslash has a meaning of its own, and not with this character. Use single quotes.",
        "双引号内的反斜杠有特殊含义，不能与此字符连用。请改用单引号。",
    ),
    "flow_behind_quote": (
        "Nothing may follow behind a closing quote, and “{text}” does.",
        "后引号之后不能再有内容：“{text}”。",
    ),
    "flow_behind_value": (
        "“{text}” does not belong behind the end of a value.",
        "值已结束，后面不能再有“{text}”。",
    ),
    "flow_bracket_not_closed": (
        "The bracket of line {line} is not closed, or a comma is missing before this place.",
        "第 {line} 行的括号没有闭合，或此处之前缺少逗号。",
    ),
    "flow_bracket_unexpected": (
        "A value was expected here. Is there a comma or a bracket too many, or one that is not closed?",
        "此处应为一个值。是否多了逗号或括号，或括号没有闭合？",
    ),
    "flow_colon_missing": (
        "A colon is expected behind a key: “{text}”.",
        "键后面缺少冒号：“{text}”。",
    ),
    "flow_indented_too_far": (
        "There may be no key here. Is the line indented too far, or the line before it unfinished?",
        "此处不能出现键。是否缩进过多，或上一行未写完？",
    ),
    "flow_colon_in_text": (
        "A second colon in one line: put a text that has a colon in it in quotes.",
        "同一行出现第二个冒号：含冒号的文本请加引号。",
    ),
    "flow_question_mark": (
        "“?” may not stand here. Put a text that begins with it in quotes.",
        "此处不能使用“?”，以它开头的文本请加引号。",
    ),
    "flow_dash_unexpected": (
        "A list begins on a line of its own; “-” may not stand here.",
        "列表须另起一行，此处不能使用“-”。",
    ),
    "flow_dash_missing": (
        "Each item of this list begins with “- ”.",
        "此列表的每一项都应以“- ”开头。",
    ),
    "flow_indentation": (
        "This line is indented otherwise than those it belongs to.",
        "此行的缩进与同级的行不一致。",
    ),
    "flow_two_documents": (
        "A file holds one flow. Take “---” or “...” away.",
        "一个文件只能有一个流程，请删除“---”或“...”。",
    ),
    "flow_directive": (
        "A line that begins with % means nothing in a flow.",
        "流程中不能使用以 % 开头的行。",
    ),
    "flow_block_text": (
        "Behind “|” or “>” the line must end; the text stands below, indented.",
        "“|”或“>”之后必须换行，文本写在下面并缩进。",
    ),
    # Values.
    "flow_value_missing": ("Nothing stands behind “{key}”.", "“{key}”后面没有内容。"),
    "flow_needs_quotes": (
        "“{value}” should be text. Put it in quotes.",
        "“{value}”应为文本，请加引号。",
    ),
    "flow_number_as_text": (
        "“{value}” is text. Write the number alone, without quotes, zeros before it or a unit: {number}.",
        "“{value}”是文本。请只写数字，不加引号、前导零和单位：{number}。",
    ),
    "flow_switch_as_text": (
        "“{value}” is text, because it stands in quotes. Write {value} without them.",
        "“{value}”加了引号，成为文本。请去掉引号，写成 {value} 。",
    ),
    "flow_merge_key": (
        "“<<” takes nothing over from elsewhere in a flow. Write the keys out here.",
        "流程中不能用“<<”合并其他内容，请在此完整写出各个键。",
    ),
    "flow_step_not_indented": (
        "“{key}” stands as far to the left as the name of the step “{step}”. Indent the keys of the step further.",
        "“{key}”与步骤“{step}”的名称左对齐。请将该步骤的各个键向右缩进。",
    ),
    "flow_not_switch": ("“{value}” should be true or false.", "“{value}”应为 true 或 false（是或否）。"),
    "flow_number_too_long": ("“{value}” has too many digits.", "“{value}”位数过多。"),
    "flow_bad_key": (
        "“{value}” is no key of a telephone: those are 0 to 9, * and #, one at a time.",
        "“{value}”不是话机按键：每个按键为 0 到 9、* 或 #。",
    ),
    "flow_bad_reason": (
        "“{value}” cannot be a reason: letters, digits, blanks, _ and - on one line, at most 64.",
        "“{value}”不能用作原因：仅限一行，最多 64 个字母、汉字、数字、空格、_ 或 -。",
    ),
    "flow_step_at_margin": (
        "The step “{step}” must stand below “{steps}”, indented.",
        "步骤“{step}”应缩进写在“{steps}”之下。",
    ),
    "flow_list_not_block": (
        "A block of keys is expected here and not a list. Leave “-” or “[ ]” away.",
        "此处应为由键和值组成的块，而不是列表。请去掉“-”或“[ ]”。",
    ),
    "flow_text_too_long": ("It is longer than {limit} characters.", "内容超过 {limit} 个字符。"),
    "flow_not_simple": (
        "“{value}” should be one word, number, true or false.",
        "“{value}”应为单个文本、数字、true 或 false。",
    ),
    # Names.
    # What belongs together in a step.
    "flow_prompt_and_say": (
        "A recorded prompt and a sentence cannot both be said here. Leave one of them away.",
        "此处不能同时使用提示音和朗读文本，请去掉其一。",
    ),
    "flow_prompt_or_say_missing": (
        "Nothing is said here: “{prompt}” or “{say}” is missing.",
        "此处没有可播放的内容，缺少“{prompt}”或“{say}”。",
    ),
    "flow_length_and_end": (
        "The input ends either at a length or on a key: “{key}” does not go with “{length}”.",
        "收号按位数结束或按结束键结束：“{key}”不能与“{length}”同时使用。",
    ),
    "flow_length_or_end_missing": (
        "How the input ends is missing: “{length}” or “{end}”.",
        "缺少收号的结束方式：“{length}”或“{end}”。",
    ),
    # Addresses and numbers.
    # Variables.
    "flow_unknown_variable": ("No step sets the variable “{name}”.", "没有任何步骤设置变量“{name}”。"),
    "flow_variable_not_yet": (
        "“{name}” is not set yet: no step that leads here sets it.",
        "“{name}”此时尚未设置：通向此处的步骤都没有设置它。",
    ),
    "flow_variable_perhaps_not_set": (
        "“{name}” is not set on every way to this step. Give it a value before.",
        "并非所有通向此步骤的路径都设置了“{name}”，请提前赋值。",
    ),
    "flow_sensitive_used": (
        "“{name}” is sensitive: only an http step can send it, and it cannot be said, compared or copied.",
        "“{name}”是敏感内容：只能由 http 步骤发送，不能播报、比较或复制。",
    ),
    "flow_cannot_say": (
        "“{name}” cannot be said: only digits, numbers, amounts, dates, times and agents can.",
        "“{name}”无法播报：只能播报数字串、数值、金额、日期、时间和坐席。",
    ),
    "flow_cannot_say_so": (
        "“{name}” cannot be said in this way. Write {ways}.",
        "“{name}”不能这样播报。请写成 {ways}。",
    ),
    # Sentences and conditions.
    "flow_compared_text": (
        "“{name}” is text and never equals a number: put {value} in quotes.",
        "“{name}”是文本，与数字永不相等：请给 {value} 加引号。",
    ),
    "flow_compared_number": (
        "“{name}” is no text: {value} may not stand in quotes here.",
        "“{name}”不是文本：此处的 {value} 不能加引号。",
    ),
    "flow_expression_sign": (
        "“{sign}” means nothing in an expression. Write {meant}.",
        "表达式中不能使用“{sign}”，请改用 {meant} 。",
    ),
    "flow_expression_one_equals": (
        "To compare, write == and not =.",
        "比较相等请写 ==，而不是 =。",
    ),
    # Files.
    "flow_other_encoding": (
        "The file is encoded in {encoding}. Save it as UTF-8.",
        "文件编码为 {encoding}，请另存为 UTF-8。",
    ),
    "flow_not_utf_8": (
        "The byte {byte} is no UTF-8. Save the file as UTF-8 text.",
        "字节 {byte} 不是有效的 UTF-8，请将文件存为 UTF-8 文本。",
    ),
    "flow_file_missing": ("There is no such file.", "没有这个文件。"),
    "flow_file_is_folder": (
        "This is a folder. Name the files in it, such as {example}.",
        "这是文件夹，请指定其中的文件，例如 {example}。",
    ),
    "flow_file_unreadable": ("It cannot be read: {reason}.", "无法读取：{reason}。"),
    # Warnings.
    "flow_text_ends_at_hash": (
        "What is said ends before #, because # begins a comment. If it is to be said, put the text in quotes.",
        "播报内容到 # 之前为止，因为 # 之后是注释。如需播报，请给文本加引号。",
    ),
    "flow_menu_leads_to_itself": (
        "Every key of the menu “{step}” leads to the menu itself.",
        "菜单“{step}”的所有按键都回到菜单自身。",
    ),
    "flow_nothing_after_hang_up": (
        "The step “{step}” does nothing for a caller who has gone.",
        "主叫已挂机，步骤“{step}”不起作用。",
    ),
    # The commands.
    "help.flow.check": (
        "Check files of flows: every mistake at its place, names against the directory.",
        "检查流程文件：逐条指出错误位置，并按目录核对名称。",
    ),
    "help.flow.schema": (
        "Print the JSON Schema with which an editor completes and checks flows.",
        "输出 JSON Schema，供编辑器补全和检查流程。",
    ),
    "option.offline": ("Do not ask the database; names are not checked.", "不查询数据库，不核对名称。"),
    "flow_check_warning": ("warning: {problem}", "警告：{problem}"),
    "flow_check_fine": ("No mistakes. Files: {count}.", "没有错误。文件数：{count}。"),
    "flow_check_wrong": (
        "Mistakes: {problems}. Files with mistakes: {count}.",
        "错误 {problems} 处，涉及文件 {count} 个。",
    ),
    "flow_check_offline": (
        "Names of groups, agents, prompts, calendars and other flows were not checked (--offline).",
        "未核对技能组、坐席、提示音、日历和其他流程的名称（--offline）。",
    ),
    "flow_check_no_database": (
        "Names of groups, agents, prompts, calendars and other flows were not checked: there is no database yet.",
        "未核对技能组、坐席、提示音、日历和其他流程的名称：尚无数据库。",
    ),
    "flow_check_database_away": (
        "Names of groups, agents, prompts, calendars and other flows were not checked: {reason}",
        "未核对技能组、坐席、提示音、日历和其他流程的名称：{reason}",
    ),
}
