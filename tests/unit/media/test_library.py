"""The folder that the switch plays from: shipped prompts, the operator's recordings, and what becomes of them (N5)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from fs_control.errors import UserMistake
from fs_control.media import library as library_module
from fs_control.media.library import COPIES, Library, folder_at_switch, library_folder
from fs_control.media.prompts import LANGUAGES, check_own_name, prompt_names, prompt_path, prompts_folder
from fs_control.settings import Settings, SwitchSettings

OWN = b"a recording"


def shipped(name: str, language: str) -> bytes:
    return prompt_path(prompts_folder(), name, language).read_bytes()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    complete = Library(tmp_path / "prompts")
    complete.complete()
    return complete


@pytest.fixture
def older_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A shipped folder that the test may change."""
    folder = tmp_path / "shipped"
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True)
        (folder / language / "welcome.wav").write_bytes(b"old")
    with monkeypatch.context() as patched:
        patched.setattr(library_module, "prompts_folder", lambda: folder)
        yield folder


def test_a_library_is_completed_with_everything_that_is_shipped(library: Library) -> None:
    assert library.names() == {language: prompt_names() for language in LANGUAGES}
    for path in prompts_folder().glob("*/*.wav"):
        assert library.path(path.stem, path.parent.name).read_bytes() == path.read_bytes()


def test_N5_an_operators_recording_wins_and_stays_through_every_start(library: Library) -> None:
    library.put("welcome", "zh", OWN)
    library.put("sale", "zh", OWN)
    library.complete()
    assert library.path("welcome", "zh").read_bytes() == OWN
    assert library.path("welcome", "en").read_bytes() == shipped("welcome", "en")
    assert "sale" in library.names()["zh"] - library.names()["en"]


def test_N5_a_recording_put_there_by_hand_stays_too(library: Library) -> None:
    library.path("welcome", "zh").write_bytes(OWN)
    library.complete()
    library.complete()
    assert library.path("welcome", "zh").read_bytes() == OWN


def test_copies_of_an_older_release_are_replaced_and_nothing_else(tmp_path: Path, older_release: Path) -> None:
    library = Library(tmp_path / "prompts")
    library.complete()
    library.put("welcome", "en", OWN)
    for language in LANGUAGES:
        (older_release / language / "welcome.wav").write_bytes(b"new")
    library.complete()
    assert [library.path("welcome", language).read_bytes() for language in ("zh", "en")] == [b"new", OWN]


def test_a_library_that_forgot_what_it_copied_takes_every_difference_for_a_recording(
    tmp_path: Path, older_release: Path
) -> None:
    library = Library(tmp_path / "prompts")
    library.complete()
    (library.folder / COPIES).write_bytes(b"\xff not json")
    (older_release / "zh" / "welcome.wav").write_bytes(b"new")
    library.complete()
    assert [library.path("welcome", language).read_bytes() for language in ("zh", "en")] == [b"old", b"old"]


def test_N5_whoever_is_playing_the_old_recording_plays_it_to_its_end(library: Library) -> None:
    library.put("sale", "zh", OWN * 1000)
    with library.path("sale", "zh").open("rb") as playing:
        beginning = playing.read(500)
        library.put("sale", "zh", b"another")
        assert beginning + playing.read() == OWN * 1000
    assert library.path("sale", "zh").read_bytes() == b"another"


def test_without_a_recording_of_ones_own_the_shipped_prompt_is_played_again(library: Library) -> None:
    for name in ("welcome", "sale"):
        library.put(name, "zh", OWN)
        library.remove(name, "zh")
    assert library.path("welcome", "zh").read_bytes() == shipped("welcome", "zh")
    assert not library.has("sale", "zh")


def test_the_switchs_own_user_may_read_everything_whatever_our_umask_is(tmp_path: Path) -> None:
    usual = os.umask(0o077)
    try:
        library = Library(tmp_path / "prompts")
        library.complete()
        library.put("sale", "zh", OWN)
    finally:
        os.umask(usual)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in library.folder.glob("*/*.wav")}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in (library.folder, *library.folder.glob("*/"))}
    assert (modes, folders) == ({0o644}, {0o755})


def test_what_a_killed_process_left_half_written_is_cleared_away(library: Library) -> None:
    half = library.folder / "zh" / ".new-0123456789abcdef"
    half.write_bytes(b"half")
    library.complete()
    assert not half.exists()
    assert sorted(path.suffix for path in (library.folder / "zh").iterdir() if path.suffix != ".wav") == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "prompts").write_text("a file")
    with pytest.raises(UserMistake, match="library_not_written"):
        Library(tmp_path / "prompts").complete()


@pytest.mark.parametrize("name", ["../welcome", "a/b", "a\nb", "WELCOME", ""])
def test_no_name_leads_out_of_the_folder(library: Library, name: str) -> None:
    with pytest.raises(UserMistake, match="prompt_name_bad"):
        library.put(name, "zh", OWN)
    with pytest.raises(UserMistake, match="prompt_name_bad"):
        check_own_name(name)


@pytest.mark.parametrize(
    ("name", "is_refused"), [("say-1", True), ("part-new", True), ("part-number-1", False), ("sale", False)]
)
def test_names_of_synthesised_sentences_and_new_parts_are_kept(name: str, is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(UserMistake, match="prompt_name_reserved"):
            check_own_name(name)
    else:
        check_own_name(name)


@pytest.mark.parametrize(
    ("switch", "folder"),
    [
        (SwitchSettings(), "/var/here/prompts"),
        (SwitchSettings(media=str(prompts_folder().parent)), "/var/here/prompts"),
        (SwitchSettings(media="/srv/media"), "/srv/media/prompts"),
        (SwitchSettings(media="/srv/media", prompts="/mnt/library"), "/mnt/library"),
    ],
)
def test_the_switch_may_have_another_name_for_the_library(switch: SwitchSettings, folder: str) -> None:
    assert folder_at_switch(Settings(var="/var/here"), switch) == folder


def test_the_library_may_lie_elsewhere() -> None:
    assert library_folder(Settings(var="/var/here")) == Path("/var/here/prompts")
    assert library_folder(Settings(prompts="/srv/library")) == Path("/srv/library")
