"""More of what can be wrong in the text of a flow, and what `flow check` and `flow schema` say."""

from __future__ import annotations

from typing import Final

FLOWS_CHECK: Final = {
    # Characters that are not what they look like.
    "flow_lookalike": (
        "Here stands {sign}, a full-width or typographic character that means nothing to YAML. Write {meant} instead.",
        "此处的 {sign} 是全角或排版符号，在 YAML 中无效。请改用半角的 {meant} 。",
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
    "flow_colon_unexpected": (
        "There may be no key here. Is the line indented too far, the line before it unfinished, or does a text with a "
        "colon in it lack its quotes?",
        "此处不能出现键。是否缩进过多、上一行未写完，或含冒号的文本未加引号？",
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
    "flow_not_switch": ("“{value}” should be true or false.", "“{value}”应为 true 或 false（是或否）。"),
    "flow_list_not_block": (
        "A block of keys is expected here and not a list. Leave “-” or “[ ]” away.",
        "此处应为由键和值组成的块，而不是列表。请去掉“-”或“[ ]”。",
    ),
    "flow_text_too_long": ("It is longer than {limit} characters.", "内容超过 {limit} 个字符。"),
}
