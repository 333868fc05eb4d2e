"""A published page: every figure, each in its cell, against tables that were typed from looking at the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.model import Report
from reportlint.source import Source

PAGE = Path(__file__).parent.parent / ".." / "shared" / "reports" / "city-2025.html"

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="the published reports are not here")

DISCLOSURE = {
    "government_rules": {"issued": "3", "repealed": "5", "in_force": "74"},
    "normative_documents": {"issued": "564", "repealed": "984", "in_force": "4185"},
    "licences": {"decisions": "11398889"},
    "penalties": {"decisions": "6937489"},
    "compulsion": {"decisions": "166105"},
    "administrative_fees": {"amount": "316441"},
}

REQUESTERS = [
    "natural_person",
    "business",
    "research_institution",
    "social_organisation",
    "legal_service",
    "other_organisation",
    "total",
]
REQUESTS = {
    "received": "13612 252 0 45 128 32 14069",
    "brought_forward": "535 6 0 1 18 0 560",
    "granted": "5345 129 0 41 19 14 5548",
    "partly_granted": "2120 39 0 1 6 2 2168",
    "state_secret": "13 0 0 0 0 0 13",
    "prohibited_by_law": "30 0 0 0 0 0 30",
    "security_and_stability": "11 0 0 0 0 0 11",
    "third_party_rights": "49 2 0 0 0 0 51",
    "internal_affairs": "103 1 0 0 0 0 104",
    "deliberative": "84 1 0 0 0 0 85",
    "enforcement_file": "282 4 0 0 0 0 286",
    "administrative_inquiry": "147 0 0 0 1 2 150",
    "no_records": "3075 50 0 0 89 8 3222",
    "would_need_creation": "177 3 0 0 0 0 180",
    "not_reasonably_described": "19 0 0 0 0 0 19",
    "complaint": "199 1 0 0 3 0 203",
    "duplicate": "147 1 0 0 0 0 148",
    "published_material": "0 0 0 0 0 0 0",
    "vexatious": "100 1 0 0 0 0 101",
    "confirm_or_reissue": "5 0 0 0 0 0 5",
    "correction_overdue": "315 3 0 0 0 0 318",
    "fee_unpaid": "202 0 0 1 0 0 203",
    "other_disposition": "941 17 0 1 3 3 965",
    "processed": "13364 252 0 44 121 29 13810",
    "carried_forward": "783 6 0 2 25 3 819",
}

OUTCOMES = ["upheld", "corrected", "other", "pending", "total"]
REMEDIES = {
    "reconsideration": "376 97 196 121 790",
    "direct_litigation": "16 1 12 27 56",
    "litigation_after_reconsideration": "74 1 30 51 156",
}


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.from_layers([])


@pytest.fixture(scope="module")
def source(linter: Linter) -> Source:
    return linter.readers.file(str(PAGE))


@pytest.fixture(scope="module")
def report(linter: Linter, source: Source) -> Report:
    return linter.read(source)


def figures(report: Report, table: str) -> dict[tuple[str, str], str]:
    return {(place[0], place[1]): cell.text for place, cell in report.tables[table].cells.items()}


def test_every_figure_is_in_its_cell(report: Report) -> None:
    requests = {
        (row, column): figure
        for row, line in REQUESTS.items()
        for column, figure in zip(REQUESTERS, line.split(), strict=True)
    }
    remedies = {
        (row, column): figure
        for row, line in REMEDIES.items()
        for column, figure in zip(OUTCOMES, line.split(), strict=True)
    }
    disclosure = {(row, column): figure for row, line in DISCLOSURE.items() for column, figure in line.items()}
    assert figures(report, "requests") == requests
    assert figures(report, "remedies") == remedies
    assert figures(report, "disclosure") == disclosure


def test_every_figure_has_its_place(report: Report, source: Source) -> None:
    """The element around each, and no two in one."""
    html = PAGE.read_text("utf-8")
    paths = set()
    for table in report.tables.values():
        for cell in table.cells.values():
            location = source.location(cell.span)
            assert location is not None
            paths.add(location.path)
            start = source.page.place(cell.span.start) if source.page else -1
            assert html[start : start + len(cell.text)] == cell.text
            assert html[start - 1] == ">"
            assert html[start + len(cell.text)] == "<"
    assert len(paths) == 10 + 175 + 15
    fee = source.location(report.tables["requests"].cells["fee_unpaid", "total"].span)
    assert fee is not None
    assert fee.path == "html/body/table[2]/tr[25]/td[9]"
    assert fee.words == "表二 第25行第9列 “2.申请人逾期未按收费通知要求缴纳费用、…”（第 31 行）"
    assert dict(fee.parts) == {"table": 2, "row": 25, "cell": 9, "column": 9, "line": 31}


def test_what_is_said_of_it(linter: Linter, source: Source) -> None:
    result = linter.lint(source)
    said = [(found.rule, found.location().words) for found in result.diagnostics if found.location()]  # type: ignore[union-attr]
    assert said == [
        ("national/overview-aspects", "第三段（第 5 行）"),
        ("national/overview-aspects", "第三段（第 5 行）"),
        ("national/problems-and-improvement", "第十段（第 37 行）"),
        ("national/section-title", "第十段（第 37 行）"),
        ("national/fee-disclosure", "第十三段（第 38 行）"),
    ]
