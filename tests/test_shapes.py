"""The same tables in every shape that published texts have are read as the same figures."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import CellKind, Linter
from reportlint.config import Layer
from reportlint.lowering.cells import read_value
from reportlint.model import Place, Report
from reportlint.source import Source
from reportlint.testing import Draft

from .shapes import DISPOSITIONS, FINISHES, KINDS_OF_REQUESTER, OUTCOMES, REMEDIES, SHAPES, figures_of, reshape

ROOT = Path(__file__).parent.parent
EXAMPLES = [
    ROOT / "examples" / "reports" / name
    for name in ("qinghe-town-2024.txt", "yunxi-archives-2023.md", "yunxi-water-2024-faulty.txt")
]
PUBLISHED = sorted((ROOT.parent / "shared" / "reports").glob("*.txt"))
"""Real reports, which are beside the repository on some machines only."""

Read = dict[tuple[str, str, str], tuple[object, CellKind]]
Texts = dict[str, dict[Place, str]]

EXAMPLES_A_SHAPE = 40
LINTER = Linter.from_layers([Layer("test", extends=("national",))])
"""Of the rules of structure alone: what is done to the tables is done to the typography of the prose too."""
BASE = Draft.from_file(ROOT / "examples" / "reports" / "qinghe-town-2024.txt", LINTER).report
FORM = BASE.form
PLACES = [
    (table, row, column) for table in FORM.tables for row in FORM.rows(table) for column in FORM.columns(table, row)
]
SHAPES_THAT_KEEP_BLANKS = [name for name, shape in SHAPES.items() if shape.blanks]
FIRST_OF_TABLE_FOUR = ("remedies", REMEDIES[0], OUTCOMES[0])
LAST_OF_ROWS = [
    *((table, row, FORM.columns(table, row)[-1]) for table in ("disclosure", "requests") for row in FORM.rows(table)),
    ("remedies", REMEDIES[-1], "total"),
]
ROWS_OF_DISPOSITIONS = [
    row for group, members in DISPOSITIONS.items() if group != "processed" for row in (members or (group,))
]


def read(report: Report) -> Read:
    """Value and kind of every cell."""
    return {
        (name, row, column): (cell.value, cell.kind)
        for name, table in report.tables.items()
        for (row, column), cell in table.cells.items()
    }


def meant(figures: Texts) -> Read:
    """What a reader should make of the texts of the cells."""
    return {
        (name, row, column): read_value(text)
        for name, cells in figures.items()
        for (row, column), text in cells.items()
    }


def with_edges(shape: str, figures: Texts) -> Texts:
    """The figures, but that no empty cell stands at the edge of a line where it cannot be told from the edge."""
    outer = {
        "tabs": (),
        "pipes": (),
        "markdown": (),
        "pipes-without-first": (FIRST_OF_TABLE_FOUR,),
        "pipes-between": (FIRST_OF_TABLE_FOUR, *LAST_OF_ROWS),
    }[shape]
    changed = {table: dict(cells) for table, cells in figures.items()}
    for table, row, column in outer:
        changed[table][row, column] = changed[table][row, column] or "0"
    if not any(changed["remedies"].values()):
        changed["remedies"][REMEDIES[1], "other"] = "0"
    return changed


def half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def said(text: str) -> list[tuple[str, str]]:
    """The findings of a text, without their places."""
    return sorted((found.rule, half_width(found.message)) for found in LINTER.lint_text(text).diagnostics)


def prose_of(report: Report) -> tuple[object, ...]:
    """What is read of a report besides its tables."""
    headings = [(section.name, half_width(section.heading), section.tables) for section in report.sections]
    claims = [(c.subject, c.value, c.unit, c.denied, half_width(report.text(c.span))) for c in report.claims]
    return report.title, report.organisation, report.year, headings, claims


def as_texts(places: dict[tuple[str, str, str], str]) -> Texts:
    figures: Texts = {table: {} for table in FORM.tables}
    for table, row, column in PLACES:
        figures[table][row, column] = places.get((table, row, column), "0")
    return figures


# How figures are written, and what stands where there is none.
counts = st.one_of(st.integers(0, 9), st.integers(0, 99_999), st.integers(10**15, 10**45))
full_width = str.maketrans("0123456789", "０１２３４５６７８９")
written = st.one_of(
    counts.map(str),
    counts.map("{:,}".format),
    counts.map(lambda count: str(count).translate(full_width)),
    st.sampled_from(("0.5", "7730.28", "00", "-3")),
)
MARKS = ("/", "-", "—", "——")


def sparse(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Texts]:
    """Zeros, but for some cells; the sums need not hold."""
    return st.dictionaries(st.sampled_from(PLACES), texts, max_size=40).map(as_texts)


def dense(marks: tuple[str, ...]) -> st.SearchStrategy[Texts]:
    """Something different in every cell."""

    def fill(seed: int) -> Texts:
        rng = random.Random(seed)
        texts = [*marks, *(str(rng.randrange(10 ** rng.randrange(1, 30))) for _ in range(40))]
        return as_texts({place: rng.choice(texts) for place in PLACES})

    return st.integers(0, 2**32).map(fill)


@st.composite
def consistent(draw: st.DrawFn) -> Texts:
    """Figures whose sums hold."""
    places: dict[tuple[str, str, str], int] = dict.fromkeys(PLACES, 0)
    some = st.dictionaries(
        st.tuples(st.sampled_from([*ROWS_OF_DISPOSITIONS, "carried_forward"]), st.sampled_from(KINDS_OF_REQUESTER)),
        counts,
        max_size=30,
    )
    for (row, column), count in draw(some).items():
        places["requests", row, column] = count
    for column in KINDS_OF_REQUESTER:
        processed = sum(places["requests", row, column] for row in ROWS_OF_DISPOSITIONS)
        places["requests", "processed", column] = processed
        incoming = processed + places["requests", "carried_forward", column]
        places["requests", "brought_forward", column] = brought = incoming // draw(st.integers(2, 9))
        places["requests", "received", column] = incoming - brought
    for remedy in REMEDIES:
        for outcome in OUTCOMES:
            places["remedies", remedy, outcome] = draw(counts)
    for row in FORM.rows("requests"):
        places["requests", row, "total"] = sum(places["requests", row, column] for column in KINDS_OF_REQUESTER)
    for remedy in REMEDIES:
        places["remedies", remedy, "total"] = sum(places["remedies", remedy, outcome] for outcome in OUTCOMES)
    return as_texts({place: str(count) for place, count in places.items()})


@pytest.mark.parametrize("finish", FINISHES)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_in_every_shape(path: Path, shape: str, finish: str) -> None:
    original = Draft.from_file(path, LINTER)
    text = FINISHES[finish](reshape(original.report, SHAPES[shape]))
    again = Draft(text, LINTER).report
    assert read(again) == read(original.report)
    assert len(read(again)) == 200
    assert prose_of(again) == prose_of(original.report)
    assert said(text) == said(original.text)


@pytest.mark.parametrize("shape", SHAPES)
def test_figures_in_every_shape(shape: str) -> None:
    @settings(max_examples=EXAMPLES_A_SHAPE, deadline=None, database=None)
    @given(st.one_of(consistent(), sparse(written), dense(("0",))), st.sampled_from(sorted(FINISHES)))
    def check(figures: Texts, finish: str) -> None:
        text = FINISHES[finish](reshape(BASE, SHAPES[shape], figures))
        assert read(LINTER.read(Source(text))) == meant(figures)
        assert said(text) == said(reshape(BASE, SHAPES["tabs"], figures))

    check()


@pytest.mark.parametrize("shape", SHAPES)
def test_marks_for_no_figure_in_every_shape(shape: str) -> None:
    @settings(max_examples=EXAMPLES_A_SHAPE, deadline=None, database=None)
    @given(st.one_of(sparse(st.sampled_from(MARKS)), sparse(st.sampled_from(("—", "7"))), dense(("0", "0", "/", "—"))))
    def check(figures: Texts) -> None:
        assert read(LINTER.read(Source(reshape(BASE, SHAPES[shape], figures)))) == meant(figures)

    check()


@pytest.mark.parametrize("shape", SHAPES_THAT_KEEP_BLANKS)
def test_cells_left_empty_in_shapes_that_keep_them(shape: str) -> None:
    @settings(max_examples=EXAMPLES_A_SHAPE, deadline=None, database=None)
    @given(st.one_of(sparse(st.sampled_from(("", "", "3"))), dense((*["0"] * 60, *[""] * 20, "/"))))
    def check(figures: Texts) -> None:
        figures = with_edges(shape, figures)
        text = reshape(BASE, SHAPES[shape], figures)
        assert read(LINTER.read(Source(text))) == meant(figures)

    check()


@settings(max_examples=EXAMPLES_A_SHAPE, deadline=None, database=None)
@given(st.lists(st.sampled_from([place for place in PLACES if place[0] == "requests"]), max_size=60))
def test_cells_left_empty_among_those_that_span(empty: list[tuple[str, str, str]]) -> None:
    """Where they belong is seen from the rows that are full."""
    figures = as_texts({place: "" for place in empty if place[1] not in ("received", "carried_forward")})
    assert read(LINTER.read(Source(reshape(BASE, SHAPES["tabs-spread"], figures)))) == meant(figures)


def test_a_row_with_a_blank_cell_that_is_as_long_as_a_full_one() -> None:
    """Its last cell spans, so that with the field it covers there are as many as there are columns, one of them no cell."""

    def spread(line: str) -> str:
        label, *figures, total = line.rsplit("\t", 7)
        return "\t".join([label, *figures, "", total])

    lines = BASE.source.text.split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("一、本年新收"))
    rows = [spread(line) for line in lines[first : first + 25]]
    rows[1] = rows[1].replace("\t1\t0", "\t\t0", 1)
    cells = LINTER.read(Source("\n".join([*lines[:first], *rows, *lines[first + 25 :]]))).tables["requests"].cells
    found = [cells["brought_forward", column].text for column in FORM.columns("requests", "brought_forward")]
    assert found == ["", "0", "0", "0", "0", "0", "1"]


def test_more_fields_than_columns_with_a_figure_too_few_are_not_put_into_columns() -> None:
    text = BASE.source.text.replace("申请数量\t\t\t4\t1\t0\t0\t0\t0\t5\n", "申请数量\t\t\t4\t1\t\t0\t\t0\t0\t5\n")
    table = LINTER.read(Source(text)).tables["requests"]
    assert [row.row for row in table.ragged] == ["received"]
    assert ("received", "total") not in table.cells


@pytest.mark.parametrize("column", FORM.columns("requests", "received"))
@pytest.mark.parametrize("shape", SHAPES_THAT_KEEP_BLANKS)
def test_column_left_empty_throughout(shape: str, column: str) -> None:
    figures = figures_of(BASE)
    figures["requests"] = {place: "" if place[1] == column else text for place, text in figures["requests"].items()}
    figures = with_edges(shape, figures)
    text = reshape(BASE, SHAPES[shape], figures)
    assert read(LINTER.read(Source(text))) == meant(figures)


@pytest.mark.parametrize("word", ["无", "不适用"])
@pytest.mark.parametrize("shape", SHAPES)
def test_word_for_no_figure_in_every_shape(shape: str, word: str) -> None:
    """At the beginning, in the middle and at the end of rows with and without their label on the line."""
    for row, column in (
        ("received", "natural_person"),
        ("correction_overdue", "business"),
        ("confirm_or_reissue", "total"),
        ("carried_forward", "total"),
    ):
        figures = figures_of(BASE)
        figures["requests"][row, column] = word
        assert read(LINTER.read(Source(reshape(BASE, SHAPES[shape], figures)))) == meant(figures)


@pytest.mark.parametrize("word", ["无", "不适用"])
@pytest.mark.parametrize("shape", SHAPES)
def test_word_for_no_figure_in_the_line_of_table_four(shape: str, word: str) -> None:
    for remedy, outcome in ((REMEDIES[0], OUTCOMES[0]), (REMEDIES[1], OUTCOMES[2]), (REMEDIES[2], "total")):
        figures = figures_of(BASE)
        figures["remedies"][remedy, outcome] = word
        assert read(LINTER.read(Source(reshape(BASE, SHAPES[shape], figures)))) == meant(figures)


def test_consistent_figures_have_no_finding_of_a_sum() -> None:
    @settings(max_examples=EXAMPLES_A_SHAPE, deadline=None, database=None)
    @given(consistent())
    def check(figures: Texts) -> None:
        findings = LINTER.lint_text(reshape(BASE, SHAPES["tabs"], figures)).diagnostics
        assert [found for found in findings if found.rule.endswith(("footing", "balance"))] == []

    check()


# The figures of hongze-2023.pdf.txt as a person reads them: a row's name, then its line.
HONGZE_DISCLOSURE = """
government_rules 0 0 0
normative_documents 0 5 5
licences 550
penalties 4119
compulsion 195
administrative_fees 7730.28
"""
HONGZE_REQUESTS = """
received 21 0 0 0 0 0 21
brought_forward 0 0 0 0 0 0 0
granted 0 0 0 0 0 0 0
partly_granted 4 0 0 0 0 0 4
state_secret 1 0 0 0 0 0 1
prohibited_by_law 0 0 0 0 0 0 0
security_and_stability 0 0 0 0 0 0 0
third_party_rights 0 0 0 0 0 0 0
internal_affairs 0 0 0 0 0 0 0
deliberative 1 0 0 0 0 0 1
enforcement_file 1 0 0 0 0 0 1
administrative_inquiry 0 0 0 0 0 0 0
no_records 10 0 0 0 0 0 10
would_need_creation 3 0 0 0 0 0 3
not_reasonably_described 0 0 0 0 0 0 0
complaint 1 0 0 0 0 0 1
duplicate 0 0 0 0 0 0 0
published_material 0 0 0 0 0 0 0
vexatious 0 0 0 0 0 0 0
confirm_or_reissue 0 0 0 0 0 0 0
otherwise_closed 0 0 0 0 0 0 0
processed 21 0 0 0 0 0 21
carried_forward 0 0 0 0 0 0 0
"""
HONGZE_REMEDIES = """
reconsideration 10 1 0 0 0
direct_litigation 0 0 0 0 0
litigation_after_reconsideration 5 0 0 0 0
"""


def published(name: str) -> list[Path]:
    """The real report of that name, where it is to be had."""
    return [path for path in PUBLISHED if path.name == name]


def test_published_pdf_text_has_every_figure_in_its_cell() -> None:
    for path in published("hongze-2023.pdf.txt"):
        report = Draft.from_file(path, LINTER).report
        for name, typed in (
            ("disclosure", HONGZE_DISCLOSURE),
            ("requests", HONGZE_REQUESTS),
            ("remedies", HONGZE_REMEDIES),
        ):
            expected: dict[Place, str] = {}
            for row, *figures in map(str.split, typed.strip().split("\n")):
                expected |= dict(zip(((row, column) for column in FORM.columns(name, row)), figures, strict=True))
            assert {place: cell.text for place, cell in report.tables[name].cells.items()} == expected


def test_published_pdf_text_has_its_two_wrong_sums_found() -> None:
    for path in published("hongze-2023.pdf.txt"):
        draft = Draft.from_file(path, LINTER)
        totals = {
            remedy: draft.at(("remedies", remedy, "total"))
            for remedy in ("reconsideration", "litigation_after_reconsideration")
        }
        found = [finding.span for finding in draft.lint("national/remedy-footing") if finding.span is not None]
        assert len(draft.lint("national/remedy-footing")) == 2
        assert sorted(found) == sorted(totals.values())
        assert {draft.under(span) for span in found} == {"0"}


TOWN_FOR_TOWNSHIP = ("national/self-reference", "自称“我镇”(共 2 处),标题的单位为“民权县伯党乡人民政府”")
MISSING_STOP = ("national/list-numbering", "列举中“四是”之前没有句号或分号")
WRONG = {TOWN_FOR_TOWNSHIP, MISSING_STOP}
"""What is wrong with the published zero report."""


def test_published_zero_report_is_all_zero_and_has_its_findings() -> None:
    for path in published("minquan-bodang-2022.txt"):
        draft = Draft.from_file(path, LINTER)
        assert {name: len(table.cells) for name, table in draft.report.tables.items()} == {
            "disclosure": 10,
            "requests": 175,
            "remedies": 15,
        }
        assert {(cell.value, cell.kind) for table in draft.report.tables.values() for cell in table.cells.values()} == {
            (0, CellKind.ZERO)
        }
        assert set(said(draft.text)) == WRONG


@pytest.mark.parametrize("shape", SHAPES)
def test_published_zero_report_in_every_shape(shape: str) -> None:
    for path in published("minquan-bodang-2022.txt"):
        text = reshape(Draft.from_file(path, LINTER).report, SHAPES[shape])
        assert set(read(Draft(text, LINTER).report).values()) == {(0, CellKind.ZERO)}
        assert set(said(text)) == WRONG
