"""`flow draw`: without a database, to the terminal or into a file, in the reader's language."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MAIN = shlex.quote(str(ROOT / "ivr_flows" / "main.yaml"))


@pytest.fixture
def draw(terminal):
    def typed(line: str, code: int = 0):
        result = terminal.type(*shlex.split(line))
        assert result.exit_code == code, result.output
        return result

    return typed


def test_a_flow_is_drawn_as_a_tree(draw):
    assert draw(f"flow draw {MAIN}").stdout.splitlines()[:3] == [
        "Flow main",
        "a call → welcome [play: welcome]",
        "choose [menu: main-menu]",
    ]


def test_the_words_are_those_of_the_reader(draw):
    assert "来电 → welcome [播放: welcome]" in draw(f"--lang zh flow draw {MAIN}").stdout


def test_the_name_of_the_file_says_what_to_draw(draw, tmp_path):
    for name, begins in (("main.svg", "<svg "), ("main.mmd", "flowchart TD"), ("main.txt", "Flow main")):
        result = draw(f"flow draw {MAIN} -o {tmp_path / name}")
        assert (result.stdout, result.stderr) == ("", f"Written to {tmp_path / name}.\n")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_a_format_wins_over_the_name_of_the_file(draw, tmp_path):
    draw(f"flow draw {MAIN} --format mermaid -o {tmp_path / 'main.svg'}")
    assert (tmp_path / "main.svg").read_text(encoding="utf-8").startswith("flowchart TD")


def test_a_picture_that_cannot_be_made_is_refused_and_not_written_as_a_tree(draw, tmp_path):
    assert "“.png”" in draw(f"flow draw {MAIN} -o {tmp_path / 'main.png'}", code=1).stderr
    assert not (tmp_path / "main.png").exists()


def test_mistakes_of_the_file_are_told_at_their_places(draw, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("flow: bad\nlanguage: en\nstart: a\nsteps:\n  a: {do: play, prompt: x, next: gone}\n", "utf-8")
    assert f"{bad}:5:34: There is no step “gone”" in draw(f"flow draw {bad}", code=1).stderr


def test_a_file_that_cannot_be_written_is_named(draw, tmp_path):
    assert "cannot be written" in draw(f"flow draw {MAIN} -o {tmp_path / 'no' / 'where.svg'}", code=1).stderr
