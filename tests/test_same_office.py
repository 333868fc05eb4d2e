"""One report through LibreOffice: PDF of every Word file and page, and files that it wrote itself."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from .makers import office
from .makers.facts import findings
from .makers.web import PAGES
from .makers.word import FILES
from .test_same_report import DRAFTS, assert_same, expected, lint, paper

pytestmark = pytest.mark.skipif(office.PROGRAM is None, reason="needs LibreOffice")
_AS_WRITER = "HTML (StarWriter)"
_PAGES = {name: PAGES[name] for name in ("fragment.html", "word.htm", "one-table.html")}
"""Pages without a site around them, which nobody prints, and with nothing hidden, which LibreOffice shows."""
_LEFT_OUT = {"revised.docx", "one-table.docx", "one-table.html", "word.htm"}
"""What print does not carry: that words were deleted, which stand beside those that took their place; that two halves of
a table which have no columns in common are one, so that the end of a label behind the page break is a line of its own;
and columns that are drawn beyond the edge of the paper (see below)."""
_SHOWN = {name: maker for name, maker in FILES.items() if name not in _LEFT_OUT}


def _made(makers: Mapping[str, object], draft: str) -> dict[str, bytes]:
    return {name: maker(paper(draft)) for name, maker in makers.items() if callable(maker)}


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, str], bytes]:
    """A PDF of each Word file and page, by its name and the draft's."""
    files = {}
    for draft in DRAFTS:
        made = {
            **office.converted(_made(_SHOWN, draft), "pdf"),
            **office.converted(_made(_PAGES, draft), "pdf", _AS_WRITER),
        }
        files.update({(name, draft): data for name, data in made.items()})
    return files


@pytest.fixture(scope="module")
def saved() -> dict[tuple[str, str], bytes]:
    """The pages and Word files as Word files that LibreOffice wrote."""
    files = {}
    for draft in DRAFTS:
        made = {
            **office.converted(_made(FILES, draft), "docx"),
            **office.converted(_made(_PAGES, draft), "docx", _AS_WRITER),
        }
        files.update({(name, draft): data for name, data in made.items()})
    return files


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", [*FILES, *_PAGES])
def test_word_files_that_libreoffice_wrote_say_the_same(
    name: str, draft: str, saved: dict[tuple[str, str], bytes]
) -> None:
    assert_same(lint(saved[name, draft], "saved.docx"), draft)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", [name for name in (*_SHOWN, *_PAGES) if name not in _LEFT_OUT])
def test_pdf_says_the_same(name: str, draft: str, printed: dict[tuple[str, str], bytes]) -> None:
    assert_same(lint(printed[name, draft], "printed.pdf"), draft)


@pytest.mark.parametrize("draft", DRAFTS)
def test_what_is_printed_beyond_the_edge_of_the_paper_is_not_held_against_the_report(
    draft: str, printed: dict[tuple[str, str], bytes]
) -> None:
    """LibreOffice lets the tables of this page run over the edge."""
    result, wanted = lint(printed["word.htm", draft], "printed.pdf"), findings(expected(draft))
    others = [found for found in findings(result) if found not in wanted]
    assert others
    assert [found for found in others if not found["doubt"] or found["severity"] == "ERROR"] == []
