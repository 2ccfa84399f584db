"""Sentences that nobody recorded: made once, by whom the settings say, and refused before anybody calls (N5)."""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from fs_control.errors import RemoteFault, UserMistake
from fs_control.flow import literal_name
from fs_control.media import speech
from fs_control.media.library import Library
from fs_control.media.loudness import RATE
from fs_control.media.prompts import seconds_of
from fs_control.media.sound import wav_of
from fs_control.media.speech import SPOKEN_BY, readable, speak_all
from fs_control.settings import SpeechSettings

HUM = wav_of([0.3 * math.sin(at / 3) for at in range(RATE)])
SENTENCE = ("zh", "您的余额是")
needs_voice = pytest.mark.skipif(
    shutil.which("espeak-ng") is None or shutil.which("sox") is None, reason="espeak-ng and sox are not both here"
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "library")
    library.complete()
    return library


@pytest.fixture
def humming(tmp_path: Path) -> SpeechSettings:
    """A program that hums, and notes what it was given to read."""
    (tmp_path / "hum.wav").write_bytes(HUM)
    script = tmp_path / "hum.py"
    script.write_text(
        "import pathlib, sys\n"
        "here = pathlib.Path(__file__).parent\n"
        "given = sys.stdin.buffer.read().decode()\n"
        "with (here / 'read.txt').open('a', encoding='utf-8') as notes:\n"
        "    notes.write(' '.join([*sys.argv[1:], given]) + '\\n')\n"
        "sys.stdout.buffer.write((here / 'hum.wav').read_bytes())\n",
        encoding="utf-8",
    )
    return SpeechSettings(command=(sys.executable, str(script), "{language}", "{voice}"), voices={"zh": "anna"})


def read_by(tmp_path: Path) -> list[str]:
    notes = tmp_path / "read.txt"
    return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []


def test_N5_a_sentence_is_made_once_and_found_by_its_name(
    library: Library, humming: SpeechSettings, tmp_path: Path
) -> None:
    names = speak_all([SENTENCE, ("en", "Your balance is"), SENTENCE], library, humming)
    assert names == {each: literal_name(each[1], each[0]) for each in (SENTENCE, ("en", "Your balance is"))}
    assert all(library.has(name, language) for (language, _), name in names.items())
    assert speak_all([SENTENCE], library, humming)
    assert read_by(tmp_path) == ["zh anna 您的余额是", "en en Your balance is"]
    assert library.names()["zh"] == Library(library.folder).names()["en"]


def test_another_voice_makes_it_anew(library: Library, humming: SpeechSettings, tmp_path: Path) -> None:
    speak_all([SENTENCE], library, humming)
    other = SpeechSettings(command=humming.command, voices={"zh": "berta"})
    speak_all([SENTENCE], library, other)
    assert read_by(tmp_path) == ["zh anna 您的余额是", "zh berta 您的余额是"]


def test_a_text_is_never_part_of_a_command_line(library: Library, humming: SpeechSettings, tmp_path: Path) -> None:
    speak_all([("en", "--help; $(touch x)\n\x00 `y`")], library, humming)
    assert read_by(tmp_path) == ["en en --help; $(touch x) `y`"]


@pytest.mark.parametrize("text", ["", " ", "x" * 501])
def test_a_text_that_is_empty_or_too_long_is_refused(library: Library, humming: SpeechSettings, text: str) -> None:
    with pytest.raises(UserMistake, match="speech_text_length"):
        speak_all([("en", text)], library, humming)


def test_N5_a_machine_without_a_synthesiser_is_told_the_packages(library: Library, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UserMistake, match="media_programs_missing") as refused:
        speak_all([SENTENCE], library)
    assert refused.value.values["packages"] == "espeak-ng sox"


def test_what_was_made_stays_when_the_time_runs_out(library: Library, humming: SpeechSettings, monkeypatch) -> None:
    clock = iter([0.0, 1.0, 200.0])
    monkeypatch.setattr(speech, "monotonic", lambda: next(clock))
    with pytest.raises(UserMistake, match="speech_too_slow") as refused:
        speak_all([SENTENCE, ("zh", "再见")], library, humming)
    assert (refused.value.values["done"], refused.value.values["count"]) == (1, 2)
    assert library.has(literal_name("您的余额是", "zh"), "zh")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("/nowhere/tts",), "speech_command_not_run"),
        ((sys.executable, "-c", "import sys; sys.exit('no voice')"), "speech_command_failed"),
        ((sys.executable, "-c", ""), "speech_command_failed"),
    ],
)
def test_a_program_that_makes_nothing_is_told_with_its_reason(library: Library, command, code: str) -> None:
    with pytest.raises(UserMistake, match=code):
        speak_all([SENTENCE], library, SpeechSettings(command=command))


def test_a_program_that_hangs_is_ended(library: Library) -> None:
    settings = SpeechSettings(command=(sys.executable, "-c", "import time; time.sleep(100)"))
    with pytest.raises(UserMistake, match="speech_command_slow"):
        speak_all([SENTENCE], library, settings, deadline_s=0.5)


# --- a service ---


class Service(BaseHTTPRequestHandler):
    """Hums at those who know the word."""

    asked: list[tuple[str, str, str]]

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append((self.path, self.headers.get("Authorization", ""), text))
        if self.path.startswith("/moved"):
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            return
        self.send_response(200 if self.headers.get("Authorization") == "Bearer word" else 401)
        self.end_headers()
        self.wfile.write(HUM)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def service() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    asked: list[tuple[str, str, str]] = []
    server = HTTPServer(("127.0.0.1", 0), type("Asked", (Service,), {"asked": asked}))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_N5_a_service_is_asked_with_the_header_of_a_file(library: Library, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("Authorization: Bearer word\n")
    with service() as (url, asked):
        settings = SpeechSettings(
            url=f"{url}/tts?lang={{language}}&v={{voice}}", header_file=str(tmp_path / "secret"), voices={"zh": "a b"}
        )
        speak_all([SENTENCE], library, settings)
    assert asked == [("/tts?lang=zh&v=a%20b", "Bearer word", "您的余额是")]
    assert seconds_of(library.path(literal_name("您的余额是", "zh"), "zh")) == 1
    assert "lang=" not in (library.folder / SPOKEN_BY).read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "header", "reason"), [("/tts", "", "401"), ("/moved", "X: secret", "302")])
def test_a_service_that_gives_nothing_is_told_without_secrets(
    library: Library, path: str, header: str, reason: str
) -> None:
    with service() as (url, asked), pytest.raises(RemoteFault, match="speech_service_failed") as fault:
        speak_all([SENTENCE], library, SpeechSettings(url=f"{url}{path}?key=hidden", header=header))
    assert fault.value.values == {"host": "127.0.0.1", "reason": reason}
    assert len(asked) == 1


def test_a_service_that_is_not_there_is_named(library: Library) -> None:
    with pytest.raises(RemoteFault, match="speech_service_failed") as fault:
        speak_all([SENTENCE], library, SpeechSettings(url="http://127.0.0.1:1/tts"))
    assert "refused" in str(fault.value.values["reason"])


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (SpeechSettings(url="http://tts.example/"), "speech_url_bad"),
        (SpeechSettings(url="file:///etc/passwd"), "speech_url_bad"),
        (SpeechSettings(url="https:///x"), "speech_url_bad"),
        (SpeechSettings(url="https://a.example/", command=("x",)), "speech_two_ways"),
        (SpeechSettings(url="http://localhost:1/", header="Authorization\r\nX: y"), "speech_header_bad"),
        (SpeechSettings(url="http://localhost:1/", header_file="/nowhere"), "file_unreadable"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(library: Library, settings: SpeechSettings, code: str) -> None:
    with pytest.raises(UserMistake, match=code):
        speak_all([SENTENCE], library, settings)


def test_a_secret_is_not_in_the_settings_as_they_print() -> None:
    assert "word" not in repr(SpeechSettings(header="Authorization: Bearer word"))


# --- espeak-ng ---


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("请按 1，或按 # 键", "请按 一，或按 井号 键"),
        ("共 250 元", "共 二百五十 元"),
        ("拨打 4001234567", "拨打 四零零幺二三四五六七"),
        ("编号 007", "编号 零零七"),
        ("0 元", "零 元"),
    ],
)
def test_figures_are_written_out_for_the_chinese_voice(text: str, read: str) -> None:
    assert readable(text, "zh") == read
    assert readable(text, "en") == text


@needs_voice
def test_N5_espeak_reads_chinese_and_english(library: Library, tmp_path: Path) -> None:
    names = speak_all([("zh", "您的余额是 250 元"), ("en", "Your balance is")], library)
    for (language, _), name in names.items():
        assert 0.5 < seconds_of(library.path(name, language)) < 5
    spoken = readable("您的余额是 250 元", "zh")
    phonemes = subprocess.run(
        ["espeak-ng", "-v", "cmn-latn-pinyin", "-q", "-x", spoken], stdout=subprocess.PIPE, check=True, text=True
    ).stdout
    assert "(en)" not in phonemes
