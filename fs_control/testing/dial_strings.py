"""Reads an originate's argument as FreeSWITCH does: words, then variables, then quotes and escapes of each.

Written after switch_utils.c (`separate_string_blank_delim`, `separate_string_char_delim`, `cleanup_separated_string`)
and switch_event.c (`switch_event_create_brackets`), and on purpose without anything of ours.
"""

from __future__ import annotations

ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "s": " "}


def originate_argument(text: str) -> tuple[list[tuple[str, str]], str, list[str]]:
    """The variables, the endpoint, and the words that follow."""
    words = [clean(word, "") for word in at_blanks(text)]
    variables, endpoint = brackets(words[0])
    return variables, endpoint, words[1:]


def at_blanks(text: str) -> list[str]:
    """Words parted by blanks that are not quoted."""
    words, current, quoted, place = [], "", False, 0
    while place < len(text):
        letter = text[place]
        if letter == "\\":
            current += text[place : place + 2]
            place += 2
            continue
        if letter == "'":
            quoted = not quoted
        if letter == " " and not quoted:
            words.append(current)
            current = ""
        else:
            current += letter
        place += 1
    return [word for word in [*words, current] if word]


def brackets(word: str) -> tuple[list[tuple[str, str]], str]:
    """The variables between the braces, and what follows them."""
    assert word.startswith("{")
    depth, end = 0, -1
    for place, letter in enumerate(word):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            end = place
            break
    inner = word[1:end]
    separator = ","
    if inner.startswith("^^"):
        separator, inner = inner[2], inner[3:]
    pairs = [at_character(each, "=") for each in at_character(inner, separator)]
    return [(pair[0], "=".join(pair[1:])) for pair in pairs], word[end + 1 :]


def at_character(text: str, separator: str) -> list[str]:
    """Parts between separators that are neither quoted nor escaped, each cleaned."""
    parts, current, quoted, place = [], "", False, 0
    while place < len(text):
        letter = text[place]
        if letter == "\\":
            current += text[place : place + 2]
            place += 2
            continue
        if letter == "'" and (quoted or "'" in text[place + 1 :]):
            quoted = not quoted
        if letter == separator and not quoted:
            parts.append(current)
            current = ""
        else:
            current += letter
        place += 1
    return [clean(part, separator) for part in [*parts, current]]


def clean(part: str, separator: str) -> str:
    """Without outer blanks and quotes, escapes read."""
    out, quoted, place = "", False, 0
    while place < len(part):
        letter = part[place]
        following = part[place + 1 : place + 2]
        if letter == "\\" and following and (following in ("'", '"', "\\", separator) or following in ESCAPED):
            out += ESCAPED.get(following, following)
            place += 1
        elif letter == "'" and (quoted or "'" in part[place + 1 :]):
            quoted = not quoted
        else:
            out += letter
        place += 1
    return out.strip(" ")
