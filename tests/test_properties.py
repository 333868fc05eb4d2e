"""What holds of every text: no crash, spans that are what they say, the same answer twice, a wrong cell found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reportlint import Linter
from reportlint.formats import json as json_format
from reportlint.formats import rendered, text
from reportlint.formats import tree as tree_format
from reportlint.grammar.labels import fold
from reportlint.model import Cell, Report, Table
from reportlint.result import Result
from reportlint.source import Source, Span
from reportlint.testing import Draft

from .documents import findings_of

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
LINTER = Linter.from_layers([])
COMPLIANT = Draft.from_file(EXAMPLES / "qinghe-town-2024.txt", LINTER)
FORM = COMPLIANT.report.form
SUMMED = [
    (table, row, column)
    for table in ("requests", "remedies")
    for row in FORM.rows(table)
    for column in FORM.columns(table, row)
]
RELATIONS = {rule.name for rule in LINTER.packs.rules.values() if rule.relation is not None}

usual = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])

# Lines as reports have them, in any order and with noise in them.
FORMS = [grammar.form for grammar in LINTER.packs.grammars.values() if grammar.kind == "report"]
LABELS = sorted({words for form in FORMS for words in form.labels.values()})
TITLES = (
    "云溪县青禾镇人民政府2024年政府信息公开工作年度报告",
    "云溪县交通运输局2020年政府信息公开工作年度报告",
    "云溪县林业局2012年政府信息公开工作年度报告",
    "2023年度政府信息公开年度报告",
    "云溪县水务局",
)
PROSE = (
    "（一）主动公开。全年发布信息312条。",
    "本年度未收到政府信息公开申请，未发生行政复议、行政诉讼。",
    "收到政府信息公开申请5件（含上年结转1件），结转下年度继续办理2件。",
    "发出收费通知0件，总金额0元，实际收取0.5万元。",
    "共收到申请12件。总金额3元。",
    "无。",
    "存在更新不及时的问题，下一步将改进。",
    "全文电子化率100%，历年累计公开信息300条，收费及减免情况另附。",
    "![](图片.png)",
    "- 3 -",
    "| --- | --- |",
)
BREAKS = ("\n", "\n", "\n", "\n\n", "\r\n", "\r", "\n \n", "\u2028", "\f")
GAPS = ("\t", "\t\t", " ", "|", " | ", "　", "")
MARKS = ("0", "1", "12", "-", "/", "—", "无", "", "0.5", "1,234", "-7", "１", "x", "9" * 50)

anything = st.text(st.characters())
figures = st.builds(str.join, st.sampled_from(GAPS), st.lists(st.sampled_from(MARKS), max_size=16))
label = st.sampled_from(LABELS)
damaged = st.builds(
    lambda words, at, size, noise: words[: at % len(words)] + noise + words[at % len(words) + size :],
    label,
    st.integers(0, 40),
    st.integers(0, 3),
    st.one_of(st.just(""), st.just(" "), st.text(max_size=2)),
)
line = st.one_of(
    label,
    figures,
    st.sampled_from((*TITLES, *PROSE)),
    st.builds("".join, st.tuples(st.sampled_from(GAPS), st.one_of(label, damaged), st.sampled_from(GAPS), figures)),
    st.builds("".join, st.tuples(label, st.sampled_from(("。", "：", " ", "")), st.sampled_from(PROSE))),
    st.builds("\t".join, st.lists(label, max_size=8)),
    damaged,
    st.text(max_size=20),
)


@st.composite
def likely(draw: st.DrawFn) -> str:
    """A text of lines that reports have."""
    lines = draw(st.lists(line, max_size=40))
    ends = draw(st.lists(st.sampled_from(BREAKS), min_size=len(lines), max_size=len(lines)))
    return "".join(part for pair in zip(lines, ends, strict=True) for part in pair)


@st.composite
def changed(draw: st.DrawFn) -> str:
    """The compliant report with stretches cut out, doubled, or filled with something else."""
    report = COMPLIANT.text
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(report)))
        end = min(len(report), start + draw(st.integers(0, 200)))
        put = draw(st.one_of(st.just(""), st.just(report[start:end] * 2), line, st.text(max_size=5)))
        report = report[:start] + put + report[end:]
    return report


def cells_of(report: Report) -> Iterator[Cell]:
    for table in (*report.tables.values(), *report.extra_tables):
        yield from table.cells.values()
        for ragged in table.ragged:
            yield from ragged.cells


def spans_of_table(table: Table) -> Iterator[Span]:
    yield table.span
    yield from table.rows.values()
    yield from (ragged.span for ragged in table.ragged)
    yield from (span for _, span in table.repeated)
    yield from (cell.span for cell in table.cells.values())


def spans_of(result: Result) -> Iterator[Span]:
    """Every place that a result speaks of."""
    for diagnostic in result.diagnostics:
        if diagnostic.span is not None:
            yield diagnostic.span
        yield from (note.span for note in diagnostic.notes if note.span is not None)
    report = result.report
    assert report is not None
    if report.title_span is not None:
        yield report.title_span
    yield from report.preface
    for section in report.sections:
        yield from (section.span, section.heading_span, *section.paragraphs)
    for table in (*report.tables.values(), *report.extra_tables):
        yield from spans_of_table(table)
    yield from (claim.span for claim in report.claims)


def check(given_text: str) -> Result:
    """Lint a text, check all that must hold of the result, and show it in every way."""
    result = LINTER.lint_text(given_text)
    report = result.report
    assert report is not None
    assert "reportlint/rule-crash" not in {diagnostic.rule for diagnostic in result.diagnostics}
    for span in spans_of(result):
        assert 0 <= span.start <= span.end <= len(given_text)
    for cell in cells_of(report):
        there = given_text[cell.span.start : cell.span.end]
        # Fields that make up one cell are shown with a space between them.
        assert cell.text == there or cell.text.split() == there.replace("|", " ").split()
    for section in report.sections:
        assert section.heading == report.text(section.heading_span) != ""
        assert section.span.start <= section.heading_span.start
        for paragraph in section.paragraphs:
            assert section.heading_span.end <= paragraph.start < paragraph.end <= section.span.end
    for before, after in pairwise(report.sections):
        assert before.span.end == after.span.start
    for claim in report.claims:
        assert report.text(claim.span).strip()
    if report.title_span is not None:
        assert report.title is not None
        words = report.text(report.title_span)
        if "\n" not in words and "\r" not in words:
            assert fold(words) == report.title
    assert all(isinstance(shown, str) for shown in text.full(result))
    assert len(list(text.concise(result))) == len(result.diagnostics)
    document = json.loads(rendered("json", [result]))
    assert len(findings_of(document)) == len(result.diagnostics)
    assert set(json.loads(json_format.extract(report))["tables"]) == set(report.form.tables)
    assert next(tree_format.lines(report.source, LINTER.parse(report.source))) == "report"
    return result


@usual
@given(anything)
def test_any_text(given_text: str) -> None:
    check(given_text)


@usual
@given(st.text(st.sampled_from("\0\x07\x1b\x85\r\n\t\f\v \u2028\u2029\ufeff\ud800\udfff|-—一、0123（）。规章")))
def test_text_of_controls_and_halves_of_pairs(given_text: str) -> None:
    check(given_text)


@usual
@given(changed(), anything)
def test_report_with_anything_in_it(given_text: str, tail: str) -> None:
    check(given_text + tail)


@settings(usual, max_examples=250)
@given(likely())
def test_lines_of_reports_in_any_order(given_text: str) -> None:
    check(given_text)


@settings(usual, max_examples=40)
@given(st.one_of(likely(), changed()))
def test_same_answer_from_a_linter_that_has_read_nothing_before(given_text: str) -> None:
    source = Source(given_text)
    assert LINTER.lint(source) == Linter.from_layers([]).lint(source)


@settings(usual, max_examples=60)
@given(likely(), st.sampled_from(sorted(LINTER.settings.forms)))
def test_every_form_reads_any_text(given_text: str, name: str) -> None:
    grammar = LINTER.packs.grammars[name]
    assert grammar.parse(given_text).name == "report"


@settings(usual, max_examples=60)
@given(st.lists(st.tuples(st.one_of(label, st.sampled_from(("合计", "总计", "名称", "合 计"))), figures), max_size=20))
def test_totals_of_any_table(rows: list[tuple[str, str]]) -> None:
    check("云溪县林业局2012年政府信息公开工作年度报告\n" + "\n".join("\t".join(row) for row in rows))


@usual
@given(st.text(st.sampled_from("a𠮷\r\n\u2028\x85\f中")), st.data())
def test_position_of_every_offset(given_text: str, data: st.DataObject) -> None:
    starts = [0]
    for index, character in enumerate(given_text):
        if character == "\n" or (character == "\r" and given_text[index + 1 : index + 2] != "\n"):
            starts.append(index + 1)
    source = Source(given_text)
    offset = data.draw(st.integers(0, len(given_text)))
    position = source.position(offset)
    assert starts[position.line - 1] + position.column - 1 == offset
    assert position.column >= 1
    assert position.line == len(starts) or offset < starts[position.line]
    whole_line = source.slice(source.line_span(offset))
    assert "\n" not in whole_line
    assert "\r" not in whole_line


def relation_findings(draft: Draft) -> list[tuple[Span | None, str]]:
    """The findings of relations, with their notes' words."""
    return [
        (found.span, " ".join((found.message, *(note.message for note in found.notes))))
        for found in draft.result.diagnostics
        if found.rule in RELATIONS
    ]


def named(place: tuple[str, str, str]) -> str:
    return f"“{FORM.label(place[1])}”的“{FORM.label(place[2])}”"


def check_planted(place: tuple[str, str, str], value: int | Decimal) -> None:
    table, row, column = place
    draft = COMPLIANT.put(place, str(value))
    assert draft.report.tables[table].cells[row, column].value == value
    [(span, words)] = relation_findings(draft)
    assert named(place) in words
    if table == "requests":
        # Every cell of table three stands in two sums, so that only it can be the wrong one.
        assert span == draft.at(place)
        was = COMPLIANT.report.tables[table].value(row, column)
        assert f"{named(place)}应为 {was}，实为 {value}" in words


def test_compliant_report_has_no_finding_of_a_relation() -> None:
    assert relation_findings(COMPLIANT) == []
    assert len(SUMMED) == 175 + 15


def test_one_more_in_any_cell_is_found() -> None:
    for table, row, column in SUMMED:
        was = COMPLIANT.report.tables[table].value(row, column)
        assert was is not None
        check_planted((table, row, column), was + 1)


@settings(usual, max_examples=200)
@given(
    st.sampled_from(SUMMED),
    st.one_of(
        st.integers(0, 20),
        st.integers(0, 10**60),
        st.decimals(0, 10_000, places=2),
    ),
)
def test_any_wrong_figure_in_any_cell_is_found(place: tuple[str, str, str], value: int | Decimal) -> None:
    table, row, column = place
    assume(COMPLIANT.report.tables[table].value(row, column) != value)
    # A figure that may be a person's number is masked in what is said of it.
    assume(not COMPLIANT.put(place, str(value)).result.concealed)
    check_planted(place, value)
