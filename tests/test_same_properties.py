"""Any figures, drawn in any way: Word files, pages and workbooks say what the text says."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reportlint import Result, Source
from reportlint.readers import spread
from reportlint.testing import Draft

from .makers import book, office, variety, web, word
from .makers.facts import differences, facts, findings
from .makers.paper import Grid, Paper, paper_of
from .sources import readers
from .test_same_report import DRAFTS, EXAMPLES, LINTER

usual = settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
chance = st.integers(0, 2**32 - 1).map(Random)
TOWN = paper_of(DRAFTS["town"].text)
COUNTY = paper_of(Draft.from_file(EXAMPLES / "yunxi-county-2024.txt", LINTER).text)


def has_gap(paper: Paper) -> bool:
    """Whether a cell is blank. Where cells span, it may not be told from what they cover."""
    return any(not box.text for block in paper.blocks if isinstance(block, Grid) for box in block.boxes)


def drawn(random: Random, figures: Paper) -> Paper:
    """The paper with its tables drawn in some way."""
    merged = variety.merges(figures, random) if random.random() < 0.7 else figures
    return merged if has_gap(figures) or random.random() < 0.5 else variety.edges(merged, random)


def lint(data: bytes, name: str) -> Result:
    """The result of a document, were it sure of blank cells that span: among random ones few have a full row like theirs."""
    source = readers().source(data, name)
    source.doubts = tuple(doubt for doubt in source.doubts if doubt.reason != spread.REASON)
    return LINTER.lint(source)


def assert_as_text(result: Result, paper: Paper) -> None:
    wanted = LINTER.lint(Source(paper.text(), "report.txt"))
    assert result.report is not None, [diagnostic.message for diagnostic in result.diagnostics]
    assert wanted.report is not None
    assert differences(facts(result.report), facts(wanted.report)) == []
    assert differences(findings(result), findings(wanted)) == []


@usual
@given(chance)
def test_word_files(random: Random) -> None:
    figures = variety.figures(random.choice((TOWN, COUNTY)), random)
    hand = variety.hand(random)
    # A table with tables in it is read as a layout: its cells are paragraphs, and blank ones are none.
    spans = hand.paper is Paper.in_one_table or hand.cell is word.HANDS["nested"].cell
    assume(not spans or not has_gap(figures))
    assert_as_text(lint(word.made(drawn(random, figures), hand), "report.docx"), figures)


@usual
@given(chance, st.sampled_from(sorted(web.PAGES)))
def test_pages(random: Random, name: str) -> None:
    figures = variety.figures(random.choice((TOWN, COUNTY)), random)
    assume(name != "one-table.html" or not has_gap(figures))
    assert_as_text(lint(web.PAGES[name](drawn(random, figures)), name), figures)


@usual
@given(chance, st.booleans())
def test_workbooks(random: Random, shared: bool) -> None:
    figures = variety.figures(random.choice((TOWN, COUNTY)), random)
    sheets = book.report_in_one(drawn(random, figures))
    assert_as_text(lint(book.made(sheets, shared=shared, figures=shared), "report.xlsx"), figures)


@usual
@given(chance)
def test_edges_that_are_askew(random: Random) -> None:
    """Where rows do not tell where the columns are, a blank cell cannot be told from what another covers: there is none."""
    figures = variety.figures(TOWN, random, blanks=False)
    askew = variety.askew(figures, random)
    assert_as_text(lint(word.made(askew, variety.hand(random)), "report.docx"), figures)
    assert_as_text(lint(web.fragment(askew), "report.html"), figures)
    assert_as_text(lint(book.made(book.report_in_one(askew), shared=True, figures=True), "report.xlsx"), figures)


@pytest.mark.skipif(office.PROGRAM is None, reason="needs LibreOffice")
def test_pdf() -> None:
    """A few, since each has to be printed."""
    papers = {}
    files = {}
    for number in range(8):
        random = Random(number)
        # Figures that fit their columns: of one that is broken over two lines nobody knows that it is one.
        figures = variety.figures(random.choice((TOWN, COUNTY)), random, most=1_000)
        papers[f"{number}.docx"] = figures
        files[f"{number}.docx"] = word.made(variety.merges(figures, random), word.HANDS["headings"])
    for name, data in office.converted(files, "pdf").items():
        assert_as_text(lint(data, "report.pdf"), papers[name])
