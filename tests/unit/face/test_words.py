"""What is printed for machines holds nothing that steers a terminal."""

from __future__ import annotations

import json

import pytest

from fs_control.face.words import print_json

HOSTILE = ["\x9b31m", "\u202egnp.exe", "\x1b[2J", "\x7f", "two\nlines", "\U000e0001", "\udc9b", 'a "quoted" \\ one']


@pytest.mark.parametrize("text", HOSTILE)
def test_what_steers_a_terminal_is_escaped_and_says_the_same(capsys: pytest.CaptureFixture[str], text: str) -> None:
    print_json({"caller_name": text})
    printed = capsys.readouterr().out
    assert all(sign.isprintable() for sign in printed.replace("\n", ""))
    assert json.loads(printed) == {"caller_name": text}


def test_chinese_stays_readable(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"name": "王芳", "face": "🙂"})
    assert capsys.readouterr().out == '{\n  "name": "王芳",\n  "face": "🙂"\n}\n'
