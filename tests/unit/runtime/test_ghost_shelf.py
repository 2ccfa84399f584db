"""Ghosts on disk: what led there stands beside each, nobody else may read it, and there are never too many."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from fs_control.ids import CallId, LegId, Micros, seconds
from fs_control.records import Ghost, GhostKind, Remedy
from fs_control.runtime import ghost_shelf
from fs_control.runtime.ghost_shelf import GhostShelf, Shelf, as_json, names_in, read_shelf

LEG = LegId("leg-1")
DAY = seconds(24 * 3600)


def a_ghost(at: int = 5, subject: str = LEG) -> Ghost:
    return Ghost(
        GhostKind.LEG_GONE, subject, Micros(1), Micros(at), Remedy.CLOSED, CallId("call-1"), (LEG,), agent="801"
    )


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    folder = tmp_path / "journal"
    folder.mkdir()
    (folder / "000000000001.jsonl").write_text('{"snapshot":"call-1"}\n{"seq":1,"of":"call-1"}\n{"seq":2,"of":"x"}\n')
    (folder / "000000000003.jsonl").write_text('{"seq":3,"of":"leg-1"}\n{"torn":"call-1')
    return folder


def keep(folder: Path, journal: Path, *ghosts: Ghost) -> Shelf:
    shelf = GhostShelf(folder, journal)
    for ghost in ghosts:
        shelf.keep(ghost)
    assert shelf.wait_until_kept(30)
    return read_shelf(folder, Micros(0))


def test_a_ghost_is_kept_with_the_lines_of_the_journal_that_name_it(tmp_path: Path, journal: Path) -> None:
    (kept,) = keep(tmp_path / "ghosts", journal, a_ghost()).ghosts
    assert kept.ghost == a_ghost()
    assert kept.journal == ('{"seq":1,"of":"call-1"}', '{"seq":3,"of":"leg-1"}', '{"torn":"call-1')
    assert as_json(kept)["kind"] == "leg_gone"


def test_what_led_there_is_kept_however_many_files_ago_it_was_and_once(tmp_path: Path, journal: Path) -> None:
    for sequence in range(4, 9):
        (journal / f"{sequence:012d}.jsonl").write_text('{"seq":3,"of":"leg-1"}\n{"seq":9,"of":"x"}\n')
    (kept,) = keep(tmp_path / "ghosts", journal, a_ghost()).ghosts
    assert kept.journal == ('{"seq":1,"of":"call-1"}', '{"seq":3,"of":"leg-1"}', '{"torn":"call-1')


def test_the_newest_lines_are_kept_where_there_are_too_many(
    tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ghost_shelf, "MOST_LINES", 2)
    (kept,) = keep(tmp_path / "ghosts", journal, a_ghost()).ghosts
    assert kept.journal == ('{"seq":3,"of":"leg-1"}', '{"torn":"call-1')


def test_nobody_else_may_read_it(tmp_path: Path, journal: Path) -> None:
    keep(tmp_path / "ghosts", journal, a_ghost())
    (file,) = (tmp_path / "ghosts").iterdir()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file.parent, file)] == [0o700, 0o600]


def test_the_newest_comes_first_and_what_is_older_than_wanted_not_at_all(tmp_path: Path, journal: Path) -> None:
    keep(tmp_path, journal, a_ghost(5), a_ghost(7), a_ghost(6))
    assert [kept.ghost.at for kept in read_shelf(tmp_path, Micros(6)).ghosts] == [7, 6]


def test_old_ones_and_too_many_are_removed(tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ghost_shelf, "MOST_KEPT", 2)
    shelf = keep(tmp_path, journal, a_ghost(5), a_ghost(6), a_ghost(7))
    assert [kept.ghost.at for kept in shelf.ghosts] == [7, 6]
    shelf = keep(tmp_path, journal, a_ghost(8 + 91 * DAY))
    assert len(shelf.ghosts) == 1


def test_two_of_one_moment_are_two_files(tmp_path: Path, journal: Path) -> None:
    assert len(keep(tmp_path, journal, a_ghost(), a_ghost(subject="other")).ghosts) == 2


def test_a_file_that_cannot_be_read_is_counted(tmp_path: Path, journal: Path) -> None:
    keep(tmp_path, journal, a_ghost())
    (tmp_path / "9-leg_gone-x.json").write_text("{")
    (tmp_path / "notes.json").write_text("no ghost of ours")
    shelf = read_shelf(tmp_path, Micros(0))
    assert (len(shelf.ghosts), shelf.unreadable) == (1, 1)


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path) -> None:
    assert read_shelf(tmp_path / "nothing", Micros(0)) == Shelf(())


def test_a_disk_that_takes_nothing_costs_nothing_but_the_file(tmp_path: Path, journal: Path) -> None:
    (tmp_path / "ghosts").write_text("a file where the folder should be")
    shelf = GhostShelf(tmp_path / "ghosts", journal)
    shelf.keep(a_ghost())
    assert shelf.wait_until_kept(30)


def test_the_journal_says_which_names_it_holds(journal: Path) -> None:
    (journal / "000000000002.jsonl").touch()
    assert names_in(journal, {"call-1", "leg-1", "nobody"}) == {"call-1", "leg-1"}


def test_a_name_is_found_across_two_pieces_of_a_file(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for piece in range(1, 12):
        monkeypatch.setattr(ghost_shelf, "PIECE", piece)
        assert names_in(journal, {"call-1", "leg-1", "nobody"}) == {"call-1", "leg-1"}


def test_a_file_that_cannot_be_read_holds_no_names_and_stops_nobody(journal: Path) -> None:
    (journal / "000000000009.jsonl").mkdir()
    assert names_in(journal, {"call-1", "nobody"}) == {"call-1"}
