"""One report in every format: the typed report and the findings are the same, to the cell and the claim."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from reportlint import Linter, Result, Source
from reportlint.testing import Draft

from .makers.book import TABLES, WHOLE
from .makers.facts import differences, facts, findings, table_facts, unassessed
from .makers.paper import Grid, Paper, paper_of
from .makers.plain import TEXTS
from .makers.planted import MISTAKES, planted
from .makers.web import PAGES
from .makers.word import FILES
from .sources import readers

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
LINTER = Linter.from_layers([])
COUNTY = Draft.from_file(EXAMPLES / "yunxi-county-2024.txt", LINTER)
DRAFTS = {"town": Draft.from_file(EXAMPLES / "qinghe-town-2024.txt", LINTER), "planted": planted(COUNTY)}
"""One report that is compliant, and one with twenty mistakes."""
MAKERS: dict[str, Callable[[Paper], bytes]] = {**TEXTS, **PAGES, **FILES, **WHOLE}

OF_TABLES = {
    "national/blank-cell",
    "national/cell-value",
    "national/documents-in-force",
    "national/label-damage",
    "national/remedy-footing",
    "national/request-footing",
}
"""The rules of the mistakes that are seen in the tables alone, of whatever body and year they are."""


def lint(data: bytes, name: str) -> Result:
    return LINTER.lint(readers().source(data, name))


@cache
def paper(draft: str) -> Paper:
    return paper_of(DRAFTS[draft].text)


@cache
def expected(draft: str) -> Result:
    return LINTER.lint(Source(DRAFTS[draft].text, "report.txt"))


def assert_same(result: Result, draft: str) -> None:
    wanted = expected(draft)
    assert result.report is not None, [diagnostic.message for diagnostic in result.diagnostics]
    assert wanted.report is not None
    assert differences(facts(result.report), facts(wanted.report)) == []
    assert differences(findings(result), findings(wanted)) == []
    assert unassessed(result) == unassessed(wanted)


def test_the_paper_is_the_text() -> None:
    for draft in DRAFTS.values():
        assert paper_of(draft.text).text() == draft.text


def test_one_report_is_compliant_and_every_mistake_of_the_other_is_told_once() -> None:
    assert findings(expected("town")) == []
    assert len(MISTAKES) == 20
    assert sorted(found["rule"] for found in findings(expected("planted"))) == sorted(
        mistake.rule for mistake in MISTAKES
    )


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", MAKERS)
def test_every_format_says_the_same(name: str, draft: str) -> None:
    assert_same(lint(MAKERS[name](paper(draft)), name), draft)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", TABLES)
def test_a_workbook_of_the_tables_says_the_same_of_them(name: str, draft: str) -> None:
    """It has no title, so that neither the year nor the body is known, and no prose, with which tables might disagree."""
    result, wanted = lint(TABLES[name](paper(draft)), name), expected(draft)
    assert result.report is not None, [diagnostic.message for diagnostic in result.diagnostics]
    assert wanted.report is not None
    assert differences(table_facts(result.report), table_facts(wanted.report)) == []
    tables = Paper(tuple(block for block in paper(draft).blocks if isinstance(block, Grid)))
    alone = LINTER.lint(Source(tables.text(), "tables.txt", tables_only=True))
    assert differences(findings(result), findings(alone)) == []
    assert unassessed(result) == unassessed(alone)
    assert {found["rule"] for found in findings(result)} == (OF_TABLES if draft == "planted" else set())
