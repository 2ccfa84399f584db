"""`fs-control prompt`: recordings of one's own, from the file to the library (N5)."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from fs_control.face.library import voice_of_start
from fs_control.flow import literal_name
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.media.loudness import RATE
from fs_control.media.prompts import LANGUAGES, prompt_names, prompt_path, prompts_folder
from fs_control.media.sound import wav_of
from fs_control.settings import Settings
from fs_control.store.directory import PostgresDirectoryStore

FLOW = """flow: {name}
language: {language}
prompts: {{apology: {apology}}}
start: sale
steps:
  sale: {{do: play, prompt: {prompt}, next: bye}}
  bye: {{do: hangup}}
"""


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Two seconds of a hum, in the switch's form, so that no program is needed."""
    path = tmp_path / "sale.wav"
    path.write_bytes(wav_of(0.3 * math.sin(at / 3) for at in range(2 * RATE)))
    return path


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "prompts"


def activate(run, name: str, **values: str) -> None:
    engine = create_engine(run.terminal.environment["DATABASE_URL"])
    text = FLOW.format(name=name, **{"language": "zh", "prompt": "sale", "apology": "apology", **values})
    assert PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).activate_flow(name, text, "test")
    engine.dispose()


def listed(run, *, every: bool = False) -> dict[tuple[str, str], dict[str, object]]:
    rows = run.json(f"prompt list{' --all' if every else ''}")["prompts"]
    return {(row["name"], row["language"]): row for row in rows}


def test_N5_a_recording_is_added_with_who_and_when(run, recording, library):
    """The voice must be uploaded first, then the IVR is configured."""
    said = run(f"prompt add sale {recording} --says 促销活动")
    assert "“sale” is there in zh: 2.0 s" in said
    row = listed(run)["sale", "zh"]
    assert (row["seconds"], row["says"], row["source"], row["file_state"]) == (2.0, "促销活动", "sale.wav", "good")
    assert row["added_by"]
    assert row["added_at"]
    assert (library / "zh" / "sale.wav").is_file()


def test_N5_a_recording_takes_the_place_of_a_shipped_prompt_in_its_language(run, recording, library):
    assert "The next call hears it" in run(f"prompt add welcome {recording} --language en")
    shipped = prompt_path(prompts_folder(), "welcome", "en").read_bytes()
    assert (library / "en" / "welcome.wav").read_bytes() != shipped
    assert "comes with fs_control again" in run("prompt remove welcome --language en")
    assert (library / "en" / "welcome.wav").read_bytes() == shipped


def test_N5_a_prompt_in_use_is_not_removed_and_the_flows_are_named(run, recording, library):
    run(f"prompt add sale {recording}")
    run(f"prompt add sorry {recording}")
    activate(run, "spring")
    activate(run, "autumn", prompt="welcome", apology="sorry")
    activate(run, "english", language="en")
    assert "spring" in run.refused("prompt remove sale")
    assert "autumn" in run.refused("prompt remove sorry")
    assert {name for name, _ in listed(run)} == {"sale", "sorry"}
    assert (library / "zh" / "sale.wav").is_file()


def test_N5_a_prompt_that_a_group_whispers_is_not_removed(run, recording):
    run(f"prompt add vip {recording}")
    run("group set sales --whisper vip")
    assert "sales" in run.refused("prompt remove vip")


def test_N5_a_flow_that_is_no_longer_active_holds_nothing(run, recording, library):
    run(f"prompt add sale {recording}")
    activate(run, "spring")
    activate(run, "spring", prompt="welcome")
    assert run("prompt remove sale") == "The prompt “sale” in zh is gone.\n"
    assert not (library / "zh" / "sale.wav").exists()
    assert listed(run) == {}


def test_a_prompt_that_is_not_there_gets_the_nearest_name(run, recording):
    run(f"prompt add sale {recording}")
    assert "sale" in run.refused("prompt remove sales")
    assert "welcome" in run.refused("prompt play welcom")
    assert run.refused("prompt show welcome-nobody")


def test_a_bad_name_or_file_changes_nothing(run, recording, tmp_path):
    (tmp_path / "silent.wav").write_bytes(wav_of([0.0] * RATE))
    for line in (
        f"prompt add ../x {recording}",
        f"prompt add say-x {recording}",
        f"prompt add sale {tmp_path / 'silent.wav'}",
        f"prompt add sale {tmp_path / 'none.wav'}",
    ):
        assert run.refused(line)
    assert listed(run) == {}


def test_the_list_shows_every_shipped_prompt_and_what_it_says(run, recording):
    run(f"prompt add welcome {recording}")
    rows = listed(run, every=True)
    assert rows.keys() == {(name, language) for name in prompt_names() for language in LANGUAGES}
    assert (rows["welcome", "zh"]["shipped"], rows["welcome", "en"]["shipped"]) == (False, True)
    assert rows["goodbye", "en"]["says"] == "Thank you for calling. Goodbye."
    assert "comes with fs_control" in run("prompt list --all")


def test_a_file_that_others_touched_is_told(run, recording, library):
    run(f"prompt add sale {recording}")
    run(f"prompt add vip {recording}")
    (library / "zh" / "sale.wav").write_bytes(b"other")
    (library / "zh" / "vip.wav").unlink()
    assert {name: row["file_state"] for (name, _), row in listed(run).items()} == {"sale": "changed", "vip": "missing"}
    assert "changed by others" in run("prompt list")


def test_one_prompt_is_shown_with_the_flows_that_play_it(run, recording, library):
    run(f"prompt add sale {recording}")
    activate(run, "spring")
    shown = run.json("prompt show sale")
    assert (shown["flows"], shown["file"]) == (["spring"], str(library / "zh" / "sale.wav"))
    assert "spring" in run("prompt show sale")


def test_without_a_player_the_file_is_named(run, library, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert str(library / "zh" / "welcome.wav") in run("prompt play welcome")


def test_a_player_is_given_the_file(run, library, tmp_path, monkeypatch):
    player = tmp_path / "bin" / "play"
    player.parent.mkdir()
    player.write_text(f'#!/bin/sh\necho "$2" > {tmp_path / "played"}\n', encoding="utf-8")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{player.parent}:/bin:/usr/bin")
    assert run("prompt play welcome --language en") == ""
    assert (tmp_path / "played").read_text(encoding="utf-8").strip() == str(library / "en" / "welcome.wav")


# --- flows that name prompts, and say what nobody recorded ---


SAYING = """flow: saying
language: zh
start: sale
steps:
  sale: {do: say, text: "您拨打的是 {call.number:digits}，今天全场八折。", next: bye}
  bye: {do: hangup}
"""


def test_N5_a_flow_is_activated_with_a_prompt_in_its_own_language_alone(run, recording, tmp_path):
    """Loading a flow that names an unknown prompt fails and names the step; the voice must be uploaded first."""
    for language in ("zh", "en"):
        text = FLOW.format(name=f"sale-{language}", language=language, prompt="sale", apology="apology")
        (tmp_path / f"sale-{language}.yaml").write_text(text, encoding="utf-8")
    assert "sale-zh.yaml:6:28" in run.refused(f"flow activate {tmp_path / 'sale-zh.yaml'}")
    run(f"prompt add sale {recording} --language zh")
    run(f"flow activate {tmp_path / 'sale-zh.yaml'}")
    assert "“sale”" in run.refused(f"flow activate {tmp_path / 'sale-en.yaml'}")
    assert "sale-zh" in run.refused("prompt remove sale")


def test_N5_what_nobody_recorded_is_in_the_library_before_its_flow_is_active(run, recording, library, tmp_path):
    path = tmp_path / "saying.yaml"
    path.write_text(SAYING, encoding="utf-8")
    run.terminal.environment["FS_CONTROL_SPEECH_COMMAND"] = f"cat {recording}"
    run(f"flow activate {path}")
    names = {literal_name(words, "zh") for words in ("您拨打的是", "，今天全场八折。")}
    assert {each.stem for each in (library / "zh").glob("say-*.wav")} == names


def test_a_library_that_cannot_be_written_stops_no_start(tmp_path, capsys):
    (tmp_path / "prompts").write_text("a file")
    voice = voice_of_start(Settings(var=str(tmp_path)))
    assert str(tmp_path / "prompts") in capsys.readouterr().err
    assert voice.prompts() == {language: prompt_names() for language in LANGUAGES}


def test_N5_a_flow_that_cannot_be_said_is_not_activated_and_the_reason_is_told(run, tmp_path):
    path = tmp_path / "saying.yaml"
    path.write_text(SAYING, encoding="utf-8")
    run.terminal.environment["FS_CONTROL_SPEECH_COMMAND"] = "/nowhere/voice"
    assert "/nowhere/voice" in run.refused(f"flow activate {path}")
    assert run.json("flow list")["flows"] == []
