"""What every page is held to: links that lead somewhere, two READMEs that say the same, pictures that are pictures."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

CLONE = Path(__file__).parents[3]
PAGES = [*CLONE.glob("*.md"), *(CLONE / "docs").rglob("*.md"), *(CLONE / "tests").rglob("*.md")]
LINK = re.compile(r"\]\(([^)\s]+)\)")
ENGLISH = (CLONE / "README.md").read_text(encoding="utf-8")
CHINESE = (CLONE / "README.zh.md").read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """Return the names under which a page's headings can be linked to, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_nowhere(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return False
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return not target.exists() or (anchor != "" and anchor not in anchors(target))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CLONE)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if leads_nowhere(page, link)] == []


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    readme = CLONE / "README.md"
    assert leads_nowhere(readme, "docs/no-such-page.md")
    assert leads_nowhere(readme, "docs/README.md#no-such-heading")
    assert not leads_nowhere(readme, "docs/README.md#decisions")


def test_every_page_under_docs_is_in_the_index() -> None:
    index = CLONE / "docs/README.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in LINK.findall(index.read_text("utf-8"))}
    assert set((CLONE / "docs").rglob("*.md")) - {index} <= linked


def shell_blocks(text: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_both_readmes_begin_with_the_two_commands() -> None:
    for text in (ENGLISH, CHINESE):
        first, second = shell_blocks(text)[0].splitlines()
        assert (first.startswith("git clone ") and first.endswith("make demo"), second) == (True, "make test")
        before = text.partition("```sh")[0].strip()
        assert before.count("\n") == 0


def test_both_readmes_have_the_same_commands() -> None:
    assert shell_blocks(ENGLISH) == shell_blocks(CHINESE)


def test_both_readmes_have_the_same_sections_rows_and_points() -> None:
    def shape(text: str) -> list[str]:
        outside_blocks = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        return re.findall(r"^(#+ |\| |- |!\[)", outside_blocks, re.MULTILINE)

    assert shape(ENGLISH) == shape(CHINESE)


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    makefile = (CLONE / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake (\w+)", "\n".join(shell_blocks(ENGLISH)))) <= targets


@pytest.mark.parametrize("picture", sorted((CLONE / "docs/pictures").glob("*.svg")), ids=lambda path: path.name)
def test_a_picture_can_be_read_by_day_and_by_night(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert "prefers-color-scheme: dark" in text
