"""The timeline of a call is drawn for a terminal of any width and as a picture, in both languages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest
from rich.cells import cell_len
from rich.console import Console

from fs_control.cdr.timeline_reading import timeline_of
from fs_control.centre import CallCentre
from fs_control.face.options import open_database
from fs_control.face.timeline.page import print_ladder
from fs_control.face.timeline.svg import svg
from fs_control.face.timeline.telling import length_words, tell_timeline
from fs_control.ids import DEFAULT_ENTERPRISE, AgentId, LegId, seconds
from fs_control.records import SwitchLeg
from fs_control.runtime.journal import Journal
from fs_control.settings import Settings
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.legs import PostgresLegStore
from fs_control.testing.play import Play
from tests.unit.face.ladders import ALL, LISTENED, abandoned, consulted, under_way
from tests.unit.face.telling import CALL, at

AGENTS = {"801": AgentId(1), "802": AgentId(2), "803": AgentId(3)}
GOLDEN = Path(__file__).parents[2] / "data" / "timeline.svg"


def told(record, book, language="en", watches=()):
    return tell_timeline(timeline_of(record, AGENTS, watches), book, language)


def page(record, book, language="en", width=100):
    output = StringIO()
    print_ladder(Console(file=output, width=width), told(record, book, language))
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines())


def test_D1_an_abandoned_call_on_a_terminal(book):
    assert page(abandoned(), book, width=90) == dedent(
        """\
        Call 1f3c8a2e: caller hung up while waiting in line
        2026-11-22 10:34:05 (Asia/Shanghai) · 71.8 s

                            +86 138 0013 8…   flow, line
                               customer          4001
        10:34:05     +0.0          ░──────────────▶░         +86 138 0013 8000 calls 4001
                     +0.0          ░◀──────────────░         the call is taken up
                                   ░               ░         ⋮ 3.1 s
        10:34:08     +3.1          ░◀──────────────░         Heard:
                                   ░               ░         “您好，欢迎致电，感谢您的来电。”
                                   ░               ░         ⋮ 3.2 s
        10:34:11     +6.3          ▒──────────────▶▒         Pressed 1.
                     +6.3          ▒               ●         waits in the line of sales
                                   ▒               ▒         ⋮ 30.1 s
        10:34:41    +36.4          ▒◀──────────────▒         Was told: number 2 in line, about 5
                                   ▒               ▒         min to wait.
                                   ▒               ▒         ⋮ 35.4 s
        10:35:16    +71.8          ■               │         the call ends, by the caller
                                                             (NORMAL_CLEARING)

          ░░ in the menu   ▒▒ in line"""
    )


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_terminal_and_every_lane_goes_straight_down(book, width, language):
    for make in ALL.values():
        lines = page(make(), book, language, width).splitlines()
        assert max(map(cell_len, lines)) <= width
        gaps = {cell_len(line[: line.index("⋮")]) for line in lines if "⋮" in line}
        assert len(gaps) == 1


def test_without_a_terminal_there_are_no_colours(book):
    assert "\x1b" not in page(consulted(), book)


def test_names_are_letters_where_there_is_no_room_for_them(book):
    narrow = page(consulted(), book, width=80)
    assert "C = 王芳 (agent 801)" in narrow
    assert "C = " not in page(consulted(), book, width=140)


def test_a_leader_on_the_call_is_told(book):
    lines = [row.text for row in told(consulted(), book, watches=[LISTENED]).rows]
    assert "Ann Lee listened: the call of 王芳" in lines
    assert "Ann Lee is done (listened)" in lines


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(ALL))
def test_a_picture_is_sound_xml_that_needs_nothing_from_elsewhere(book, name, language):
    picture = svg(told(ALL[name](), book, language))
    root = ET.fromstring(picture)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [each for each in root.iter() if each.tag.endswith(("script", "image", "foreignObject"))]
    assert "href" not in picture
    assert "prefers-color-scheme: dark" in picture


def test_a_hostile_name_is_only_text(book):
    picture = svg(told(under_way(), book))
    assert "<script>" not in picture
    assert "&lt;script&gt;" in picture
    assert "\x1b" not in picture + page(under_way(), book)
    assert "\u202e" not in picture + page(under_way(), book)


def test_nothing_of_a_picture_lies_outside_of_it(book):
    for make in ALL.values():
        root = ET.fromstring(svg(told(make(), book)))
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        for each in root.iter():
            assert 0 <= float(each.attrib.get("y", each.attrib.get("cy", 0))) <= height
            assert 0 <= float(each.attrib.get("x", each.attrib.get("cx", 0))) <= width


def test_the_picture_of_a_small_call_is_as_it_was(book):
    assert svg(told(abandoned(), book)) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize(("length", "words"), [(0.04, "0.0 s"), (99.9, "99.9 s"), (125, "2:05"), (7083, "1:58:03")])
def test_lengths_are_told_as_people_read_them(length, words):
    assert length_words(seconds(length)) == words


# --- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def stored(office):
    with open_database(Settings(database_url=office.environment["DATABASE_URL"])) as engine:
        PostgresRecordStore(engine, DEFAULT_ENTERPRISE).store([consulted()])
    return office


def test_a_stored_call_is_drawn_in_the_language_of_the_reader(stored):
    assert "Call 1f3c8a2e: answered by an agent" in stored.type("call", "timeline", "1f3c").stdout
    assert "呼叫 1f3c8a2e：坐席已接听" in stored.type("--lang", "zh", "call", "timeline", "1f3c").stdout


def test_the_ends_of_the_legs_are_there_where_the_switch_has_told_them(stored):
    record = consulted()
    leg = SwitchLeg(
        *(record.offers[1].leg, record.call_id, "core", "outbound", "", "1002"),
        *(at(60), at(66), at(200.01), "NORMAL_CLEARING", "send_bye", None),
    )
    only_rang = replace(leg, leg=LegId("another"), answered_at=None, disposition="send_cancel")
    with open_database(Settings(database_url=stored.environment["DATABASE_URL"])) as engine:
        PostgresLegStore(engine, DEFAULT_ENTERPRISE).store([leg, only_rang])
    drawn = " ".join(stored.type("call", "timeline", "1f3c").stdout.split())
    assert "the switch: leg over, NORMAL_CLEARING send_bye" in drawn
    assert "send_cancel" not in drawn


def test_the_picture_goes_into_a_file(stored, tmp_path):
    file = tmp_path / "call.svg"
    result = stored.type("call", "timeline", "1f3c", "--svg", str(file))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"Written to {file}.\n")
    assert file.read_text("utf-8").startswith("<svg ")


def test_a_file_that_cannot_be_written_is_named(stored, tmp_path):
    result = stored.type("call", "timeline", "1f3c", "--svg", str(tmp_path / "no" / "where.svg"))
    assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)


def test_a_call_under_way_is_drawn_from_the_journal(office, tmp_path):
    play = Play(groups={"sales": (1, 2)})
    play.sign_in(1, 2)
    play.caller(call=CALL)
    journal = Journal(tmp_path / "journal", CallCentre(), 1)
    journal.append(play.events)
    journal.close()
    drawn = office.type("call", "timeline", CALL[:8]).stdout
    assert "goes on" in drawn
    assert "rings" in drawn
