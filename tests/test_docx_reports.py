"""Reports as Word documents: the same report, and the same findings, as of their text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reportlint import Linter, Report, Source

from .sources import from_bytes
from .words import Xml, cell, docx, fields_of, level, numbers, of_text, outline, p, r, row, style, table

ROOT = Path(__file__).parent.parent / "examples"
REPORTS = sorted([*ROOT.glob("reports/*.txt"), *ROOT.glob("reports/*.md"), *ROOT.glob("provinces/*/*.txt")])


def known(report: Report) -> dict[str, Any]:
    """What is known of a report, but for its places."""
    return {
        "title": (report.title, report.organisation, report.year),
        "sections": [(each.name, each.heading, len(each.paragraphs), each.tables) for each in report.sections],
        "cells": {
            name: {key: (each.text, each.value) for key, each in table.cells.items()}
            for name, table in report.tables.items()
        },
        "claims": [(type(each).__name__, report.source.slice(each.span)) for each in report.claims],
    }


def said(linter: Linter, source: Source) -> list[tuple[str, str, str]]:
    return [(each.rule, each.severity.name, each.message) for each in linter.lint(source).diagnostics]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_is_the_same(path: Path, linter: Linter) -> None:
    text = path.read_text(encoding="utf-8")
    made = from_bytes(docx(*of_text(text)), "年报.docx")
    assert known(linter.read(made)) == known(linter.read(Source(text)))
    assert said(linter, made) == said(linter, Source(text))
    assert made.doubts == made.remarks == ()


def merged(fields: list[str]) -> list[Xml]:
    """Cells of a row: one with words takes in the empty ones behind it."""
    cells: list[list[Any]] = []
    for words in fields:
        if not words and cells and cells[-1][0] and not cells[-1][0].isascii():
            cells[-1][1] += 1
        else:
            cells.append([words, 1])
    return [cell(words, span=span) for words, span in cells]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_as_people_make_it(path: Path, linter: Linter) -> None:
    """Headings with automatic numbers, cells that span."""
    text = path.read_text(encoding="utf-8")
    content: list[Xml] = []
    rows: list[Xml] = []
    for line in [*text.split("\n"), ""]:
        fields = fields_of(line)
        if fields is not None:
            rows.extend([row(*merged(fields))] if fields else [])
            continue
        if rows:
            content.append(table(*rows))
            rows = []
        heading = line.lstrip("# ")
        if heading[:2] in {f"{number}、" for number in "一二三四五六"}:
            content.append(p(heading[2:], style="Heading1"))
        elif heading[:3] in {f"（{number}）" for number in "一二三四五六"}:
            content.append(p(heading[3:], style="Heading2"))
        elif heading:
            content.append(p(heading))
    levels = (
        level(0, "chineseCounting", "%1、", style="Heading1"),
        level(1, "chineseCounting", "（%2）", style="Heading2"),
    )
    made = from_bytes(
        docx(
            *content,
            numbering=outline(0, *levels) + numbers(1, 0),
            styles="".join(
                style(name, props='<w:numPr><w:numId w:val="1"/></w:numPr>') for name in ("Heading1", "Heading2")
            ),
        ),
        "年报.docx",
    )
    assert known(linter.read(made)) == known(linter.read(Source(text)))
    assert said(linter, made) == said(linter, Source(text))
    assert made.doubts == made.remarks == ()


@pytest.mark.parametrize("at", [6, 12, 20, 25])
@pytest.mark.parametrize("heads", [0, 3])
def test_a_table_split_by_hand_over_pages(at: int, heads: int, linter: Linter) -> None:
    """The head of the table is repeated on the second page, or not."""
    text = (ROOT / "reports" / "yunxi-county-2024.txt").read_text(encoding="utf-8")
    before, found, behind = text.partition("（本列数据")
    rows = [
        row(*line.split("\t"), header=number < 3)
        for number, line in enumerate((found + behind).split("\n\n")[0].split("\n"))
    ]
    rest = (found + behind).partition("\n\n")[2]
    split = (table(*rows[:at]), p(r(Xml('<w:br w:type="page"/>'))), table(*rows[:heads], *rows[at:]))
    made = from_bytes(docx(*of_text(before), *split, *of_text(rest)), "年报.docx")
    assert known(linter.read(made)) == known(linter.read(Source(text)))
    assert said(linter, made) == []


def test_a_report_in_one_table(linter: Linter) -> None:
    """Some reports are one table from the title to the end: the prose in cells over its whole width."""
    text = (ROOT / "reports" / "yunxi-county-2024.txt").read_text(encoding="utf-8")
    rows: list[Xml] = []
    prose: list[Xml] = []
    for line in [*text.split("\n"), "\t"]:
        fields = line.split("\t")
        if len(fields) == 1:
            prose += [p(line)] if line else []
            continue
        if prose:
            rows.append(row(cell(*prose, span=15)))
            prose = []
        rows.append(row(cell(fields[0], span=16 - len(fields)), *fields[1:]))
    made = from_bytes(docx(table(*rows[:-1])), "年报.docx")
    assert known(linter.read(made))["cells"] == known(linter.read(Source(text)))["cells"]
    assert said(linter, made) == []


def test_nothing_of_the_reader_is_imported_for_a_text() -> None:
    code = (
        "import sys\n"
        "from reportlint.cli import main\n"
        f"main(['check', {str(ROOT / 'reports' / 'qinghe-town-2024.txt')!r}, '--no-cache'])\n"
        "names = ('reportlint.readers.docx', 'xml.etree', 'xml.parsers')\n"
        "print([name for name in sys.modules if name.startswith(names)], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert ran.stderr.splitlines()[-1] == "[]"
