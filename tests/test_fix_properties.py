"""What holds of the fixes of all rules, whatever slips a report has: they come to an end and leave its figures alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import Fix, Linter, fixes
from reportlint.config import Layer
from reportlint.masking import Mask
from reportlint.model import Place, Report
from reportlint.result import Result
from reportlint.source import Source, Span
from reportlint.testing.fixing import figures_kept
from reportlint.testing.mutants import KINDS, mutants_of

from .shapes import FINISHES, SHAPES, reshape
from .test_fixes_pages import stated

EXAMPLES = Path(__file__).parent.parent / "examples"
NATIONAL = Linter.from_layers([])
PROVINCES = ("beijing", "gansu-wuwei", "hunan-huaihua", "shanghai")
MOST_ROUNDS = 10
EVERY = 7
"""Of the mutants of a report every so many-th is fixed; each kind is, at least once."""

Figure = int | Decimal | None
Figures = dict[str, dict[Place, Figure]]


class Original(NamedTuple):
    """A report that slips are made in, and what it said before."""

    path: Path
    linter: Linter
    text: str
    report: Report


def original(path: Path, linter: Linter) -> Original:
    text = path.read_text(encoding="utf-8")
    return Original(path, linter, text, linter.read(Source(text)))


def originals() -> Iterator[Original]:
    for path in sorted((EXAMPLES / "reports").iterdir()):
        yield original(path, NATIONAL)
    for pack in PROVINCES:
        linter = Linter.from_layers([Layer("test", extends=(pack,))])
        yield original(next((EXAMPLES / "provinces" / pack).glob("*.txt")), linter)
    for pack in ("reportlint-rule-of-law", "reportlint-henan"):
        linter = Linter.from_config(str(EXAMPLES / pack))
        yield from (original(path, linter) for path in sorted((EXAMPLES / pack).glob("**/reports/*.txt")))


ORIGINALS = [*originals()]


def figures(report: Report) -> Figures:
    return {name: dict(table.cells.figures) for name, table in report.tables.items()}


def counts(report: Report) -> set[tuple[Figure, str | None]]:
    """The figures that the prose states."""
    return {(claim.value, claim.unit) for claim in report.claims}


def statements(report: Report) -> set[tuple[str, Figure, str | None]]:
    return {(claim.subject, claim.value, claim.unit) for claim in report.claims}


def offered(result: Result, *, safe: bool) -> list[Fix]:
    """The fixes of a result, all or the safe ones: such as the pages of the rules speak of."""
    found = [(one.rule, one.fix) for one in result.diagnostics if one.fix is not None]
    assert all(fix.safe in stated(rule) for rule, fix in found)
    return [fix for _, fix in found if fix.safe or not safe]


def line_ends(text: str) -> list[str]:
    return re.findall(r"\r\n|\r|\n", text)


def mended(text: str, linter: Linter, *, safe: bool) -> str:
    """The text with fixes applied until there are none."""
    for _ in range(MOST_ROUNDS):
        result = linter.lint(Source(text))
        found = offered(result, safe=safe)
        if not found:
            return text
        fixed = fixes.apply(text, found)
        edits = sorted({edit for fix in fixed.applied for edit in fix.edits})
        assert edits, "there are fixes, and none can be applied"
        assert all(a.span.end <= b.span.start for a, b in pairwise(edits))
        assert fixed.text != text
        assert set(line_ends(fixed.text)) <= set(line_ends(text))
        mask = Mask(text, result.concealed)
        assert not any(mask.hides(edit.text) for edit in edits)
        text = fixed.text
    pytest.fail(f"after {MOST_ROUNDS} rounds there is still something to fix: {found}")


def check(text: str, origin: Original) -> None:
    """All that must hold of a report with slips when it is fixed."""
    linter = origin.linter
    before = linter.read(Source(text))
    safe = linter.read(Source(mended(text, linter, safe=True)))
    assert figures_kept(before, safe)
    # What a slip had made unreadable may be read again, as it was before the slip.
    assert statements(before) <= statements(safe) <= statements(before) | statements(origin.report)
    whole = linter.read(Source(mended(text, linter, safe=False)))
    assert figures_kept(before, whole, filled=True)
    assert counts(before) <= counts(whole) <= counts(before) | counts(origin.report)
    assert filled_as_it_was(figures(before), figures(whole), sound(origin))


def sound(origin: Original) -> Figures:
    """The figures of a report as it was, without the rows in which its sums do not agree: what belongs there is not known."""
    found = origin.linter.lint(Source(origin.text)).diagnostics
    faulty = {tuple(each.place.split("/")[:2]) for each in found if each.place.count("/") == 2}
    return {
        name: {place: None if (name, place[0]) in faulty else value for place, value in values.items()}
        for name, values in figures(origin.report).items()
    }


def filled_as_it_was(before: Figures, after: Figures, first: Figures) -> bool:
    """Whether cells that a slip had blanked, and that are filled again, hold what they held at first."""
    filled = {
        (name, place): value
        for name, values in after.items()
        for place, value in values.items()
        if value is not None and before[name][place] is None
    }
    return all(first[name].get(place) in (value, None) for (name, place), value in filled.items())


# Slips: each takes a text and makes one, at a place that is drawn.

Draw = st.DrawFn
Slip = Callable[[Draw, str, Report], str]
HALF = dict(zip("，；：！？（）“”", ',;:!?()""', strict=True))
NUMBER = re.compile(r"[（(][一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九]是|第[一二三四]，")
TITLES = ("年度政府信息公开工作年度报告", "年政府信息公开年度报告", "政务信息公开年报", "年信息公开工作报告")
SENTENCES = (
    "（数据准确、要素齐全）",
    "该部分以表格形式报告。表格如下：",
    "依据《中华人民共和国政府信息公开条例》（国务院令第492号）第三十一条、第三十二条编制本报告。",
    "本报告按照国办公开办函〔2019〕60号的要求编制。",
    "信息处理费管理办法（国办函〔2021〕19号）。",
    "根据《中华人民共和国信息公开条例》。",
    "我局、我委、我厅、我镇、我乡和我街道。",
    "本报告由五个部分组成。",
    "一是补录旧文件。二是更新栏目。四是增设公开栏。",
    "一是补录旧文件，而是更新栏目。",
    "联系人的手机号码为139 0000 1234。",
)


def prose(report: Report) -> list[Span]:
    spans = [*report.preface, *(span for section in report.sections for span in section.paragraphs)]
    return [span for span in spans if span.end - span.start > 3]


def put(text: str, span: Span, words: str) -> str:
    return text[: span.start] + words + text[span.end :]


def within(draw: Draw, spans: Sequence[Span], size: int = 1) -> Span:
    """A stretch within one of some spans."""
    span = draw(st.sampled_from(spans))
    start = draw(st.integers(span.start, max(span.start, span.end - size)))
    return Span(start, min(start + size, span.end))


def narrow(draw: Draw, text: str, report: Report) -> str:
    """Marks of punctuation half as wide, some of them or all in a paragraph."""
    span = draw(st.sampled_from(prose(report)))
    words, share = report.text(span), draw(st.integers(1, 3))
    changed = (HALF.get(mark, mark) if place % share == 0 else mark for place, mark in enumerate(words))
    return put(text, span, "".join(changed))


def spaced(draw: Draw, text: str, report: Report) -> str:
    place = within(draw, prose(report)).start
    return put(text, Span(place, place), draw(st.sampled_from((" ", "　", "\xa0", "  "))))


def doubled(draw: Draw, text: str, report: Report) -> str:
    """A stretch of prose twice: a mark, a character, a word."""
    span = within(draw, prose(report), draw(st.integers(1, 8)))
    return put(text, span, report.text(span) * draw(st.integers(2, 4)))


def stop_doubled(draw: Draw, text: str, report: Report) -> str:
    places = [match.start() for span in prose(report) for match in re.compile("[，。；：、]").finditer(text, *span)]
    if not places:
        return text
    place = draw(st.sampled_from(places))
    return put(text, Span(place, place), draw(st.sampled_from((text[place], "，", "。。", "…"))))


def lost(draw: Draw, text: str, report: Report) -> str:
    """A stretch of prose without figures is gone."""
    span = within(draw, prose(report), draw(st.integers(1, 3)))
    return put(text, span, "".join(character for character in report.text(span) if character.isdecimal()))


def renumbered(draw: Draw, text: str, _: Report) -> str:
    found = [*NUMBER.finditer(text)]
    if not found:
        return text
    match = draw(st.sampled_from(found))
    number = re.sub("[一二三四五六七八九十]+", draw(st.sampled_from("一二三四五六七")), match[0])
    return put(text, Span(*match.span()), draw(st.sampled_from((number, number.replace("（", "("), number[1:]))))


def damaged(draw: Draw, spans: list[Span], text: str) -> str:
    if not spans:
        return text
    span = within(draw, spans)
    return put(text, span, draw(st.sampled_from(("", text[span.start] * 2, "的", "四", " ", "（数据准确）"))))


def heading_damaged(draw: Draw, text: str, report: Report) -> str:
    return damaged(draw, [section.heading_span for section in report.sections], text)


def label_damaged(draw: Draw, text: str, report: Report) -> str:
    spans = [span for table in report.tables.values() for span in table.rows.values()]
    return damaged(draw, [span for span in spans if span.end > span.start], text)


def blanked(draw: Draw, text: str, report: Report) -> str:
    """Cells without their figures."""
    cells = sorted((cell.span for table in report.tables.values() for cell in table.cells.values()), reverse=True)
    if cells:
        for span in sorted(draw(st.sets(st.sampled_from(cells), max_size=12)), reverse=True):
            text = put(text, span, draw(st.sampled_from(("", "-", "/", " ", "—"))))
    return text


def retitled(draw: Draw, text: str, _: Report) -> str:
    return text.replace("年政府信息公开工作年度报告", draw(st.sampled_from(TITLES)), 1)


def inserted(draw: Draw, text: str, report: Report) -> str:
    span = draw(st.sampled_from(prose(report)))
    place = draw(st.sampled_from((span.start, span.end)))
    return put(text, Span(place, place), draw(st.sampled_from(SENTENCES)))


SLIPS: tuple[Slip, ...] = (
    *(narrow, spaced, doubled, stop_doubled, lost, renumbered),
    *(heading_damaged, label_damaged, blanked, retitled, inserted),
)


@st.composite
def slipped(draw: Draw) -> tuple[str, Original]:
    """A report with slips, its tables in any shape and its lines ended in any way."""
    origin = draw(st.sampled_from(ORIGINALS))
    text = origin.text
    if origin.report.form.name == "annual-2021":
        shape = draw(st.one_of(st.none(), st.sampled_from([*SHAPES.values()])))
        text = reshape(origin.report, shape) if shape else text
    for slip in draw(st.lists(st.sampled_from(SLIPS), min_size=1, max_size=8)):
        report = origin.linter.read(Source(text))
        text = slip(draw, text, report) if prose(report) else text
    return draw(st.sampled_from([*FINISHES.values()]))(text), origin


usual = settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@usual
@given(slipped())
def test_fixing_comes_to_an_end_and_leaves_the_figures_alone(case: tuple[str, Original]) -> None:
    check(*case)


@usual
@given(slipped(), st.data())
def test_every_fix_may_be_applied_alone(case: tuple[str, Original], data: st.DataObject) -> None:
    text, origin = case
    found = offered(origin.linter.lint(Source(text)), safe=False)
    if not found:
        return
    fix = data.draw(st.sampled_from(found))
    fixed = fixes.apply(text, [fix])
    assert fixed.applied == (fix,)
    before, after = (origin.linter.read(Source(words)) for words in (text, fixed.text))
    assert figures_kept(before, after, filled=not fix.safe)
    assert counts(before) <= counts(after) <= counts(before) | counts(origin.report)


@pytest.mark.parametrize("origin", ORIGINALS, ids=lambda origin: origin.path.stem)
def test_errors_that_were_planted_are_fixed_without_a_figure_changed(origin: Original) -> None:
    planted = [*mutants_of(origin.report)]
    seen: set[str] = set()
    for number, mutant in enumerate(planted):
        if number % EVERY and mutant.kind in seen:
            continue
        seen.add(mutant.kind)
        check(mutant.text, origin)
    assert len(seen) > len(KINDS) // 3


@pytest.mark.parametrize("origin", ORIGINALS, ids=lambda origin: origin.path.stem)
@pytest.mark.parametrize("finish", FINISHES)
def test_a_report_without_a_slip_is_left_as_it_is(origin: Original, finish: str) -> None:
    text = FINISHES[finish](origin.text)
    if finish == "nfkc" or "faulty" in origin.path.name:
        check(text, origin)
    else:
        assert mended(text, origin.linter, safe=False) == text
