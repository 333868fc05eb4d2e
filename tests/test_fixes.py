"""Applying fixes: in order, none over another, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import Edit, Finding, Fix, Linter, Report, Severity, Span, fixes, rule
from reportlint.rules import Rule
from reportlint.testing import Draft, assert_fix
from reportlint.testing.fixing import figures_kept

TEXT = "一二三四五六"


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix(tuple(Edit(Span(start, end), text) for start, end, text in edits))


@pytest.mark.parametrize(
    ("given_fixes", "text", "left_out"),
    [
        ([], TEXT, []),
        ([fix((0, 1, "甲"))], "甲二三四五六", []),
        ([fix((4, 6, "")), fix((0, 2, "甲"))], "甲三四", []),
        ([fix((0, 2, "甲")), fix((2, 4, "乙"))], "甲乙五六", []),
        ([fix((0, 2, "甲")), fix((1, 3, "乙"))], "甲三四五六", [1]),
        ([fix((0, 1, "甲"), (3, 4, "丁")), fix((3, 5, "乙"), (5, 6, "己"))], "甲二三丁五六", [1]),
        ([fix((2, 2, "甲")), fix((2, 2, "乙"))], "一二甲三四五六", [1]),
        ([fix((2, 2, "甲")), fix((2, 2, "甲"))], "一二甲三四五六", []),
        ([fix((2, 2, "甲")), fix((1, 3, ""))], "一二甲三四五六", [1]),
        ([fix((0, 2, "甲"), (1, 3, "乙"))], TEXT, [0]),
        ([fix((0, 2, "甲"), (0, 2, "甲"))], "甲三四五六", []),
        ([fix((5, 9, "甲"))], TEXT, [0]),
        ([fix((3, 2, "甲"))], TEXT, [0]),
        ([fix((6, 6, "七"))], "一二三四五六七", []),
    ],
)
def test_of_fixes_that_touch_the_first_is_applied(given_fixes: list[Fix], text: str, left_out: list[int]) -> None:
    fixed = fixes.apply(TEXT, given_fixes)
    assert fixed.text == text
    assert fixed.left_out == tuple(given_fixes[index] for index in left_out)
    assert len(fixed.applied) + len(fixed.left_out) == len(given_fixes)


EDITS = st.builds(
    lambda start, length, text: Edit(Span(start, start + length), text),
    st.integers(-1, 7),
    st.integers(0, 3),
    st.text("甲乙", max_size=2),
)


@given(st.lists(st.lists(EDITS, max_size=3).map(lambda edits: Fix(tuple(edits))), max_size=5))
def test_what_is_applied_is_what_its_edits_say(given_fixes: list[Fix]) -> None:
    fixed = fixes.apply(TEXT, given_fixes)
    edits = {edit for one in fixed.applied for edit in one.edits}
    gone = sum(edit.span.end - edit.span.start for edit in edits)
    assert len(fixed.text) == len(TEXT) - gone + sum(len(edit.text) for edit in edits)
    assert fixes.apply(TEXT, fixed.applied).text == fixed.text


def mending(old: str, new: str, *, fixed_too: bool = True, safe: bool = True) -> Rule:
    """A rule that replaces a text wherever it stands."""

    @rule(basis="x", severity=Severity.ADVICE, name="test/mending")
    def check(report: Report) -> Iterator[Finding]:
        """Mends."""
        at = report.source.text.find(old)
        while at >= 0:
            span = Span(at, at + len(old))
            yield Finding(span, f"{old}（{at}）", fix=Fix((Edit(span, new),), safe) if fixed_too else None)
            at = report.source.text.find(old, span.end)

    return check


def drafted(compliant: Draft, checked: Rule) -> Draft:
    linter = Linter(compliant.linter.packs, compliant.linter.settings._replace(rules={checked.name: checked}))
    return Draft(compliant.text, linter)


def test_fixed_applies_the_fixes_of_the_findings(compliant: Draft) -> None:
    draft = drafted(compliant, mending("注", "标"))
    assert draft.fixed("test/mending").text == compliant.text.replace("注", "标")
    assert draft.fixed("national/title").text == compliant.text
    assert assert_fix(draft, "test/mending").lint() == []


@pytest.mark.parametrize(
    ("old", "new", "fixed_too", "words"),
    [
        ("行政许可\t36", "行政许可\t", True, "figures are never mended"),
        ("，", "、", False, "offers no fix"),
        ("，", "，", True, "changes nothing"),
        ("，", "，，", True, "not idempotent"),
        ("收到政府信息公开申请5件", "收到政府信息公开申请6件", True, "a figure that the prose states"),
        ("\t5\n", "\t6\n", True, "figures are never mended"),
    ],
)
def test_a_fix_that_is_none_fails_with_the_reason(
    compliant: Draft, old: str, new: str, fixed_too: bool, words: str
) -> None:
    with pytest.raises(AssertionError, match=words):
        assert_fix(drafted(compliant, mending(old, new, fixed_too=fixed_too)), "test/mending")


@pytest.mark.parametrize("safe", [True, False])
def test_only_a_fix_that_is_not_safe_may_write_a_zero(compliant: Draft, safe: bool) -> None:
    draft = drafted(compliant.replace("规章\t0\t0\t0", "规章\t0\t0\t/"), mending("/", "0", safe=safe))
    if safe:
        with pytest.raises(AssertionError, match="figures are never mended"):
            assert_fix(draft, "test/mending")
    else:
        assert assert_fix(draft, "test/mending").text == compliant.text


FEE = "行政事业性收费\t"
RAGGED = "3.其他\t0\t0\t0\t0\t0\t0\t0"


@pytest.mark.parametrize(
    ("before", "after", "kept", "kept_when_filled"),
    [
        (f"{FEE}0", f"{FEE}0", True, True),
        (f"{FEE}0", f"{FEE}０", True, True),
        (f"{FEE}0", f"{FEE}5", False, False),
        (f"{FEE}/", f"{FEE}0", False, True),
        (f"{FEE}/", f"{FEE}5", False, False),
        (f"{FEE}0", f"{FEE}/", False, False),
        (f"{FEE}0", "", False, False),
        ("", f"{FEE}0", False, False),
    ],
)
def test_figures_are_kept_to_the_last_cell(
    compliant: Draft, before: str, after: str, kept: bool, kept_when_filled: bool
) -> None:
    one, other = (compliant.replace(f"{FEE}0", words).report for words in (before, after))
    assert figures_kept(one, other) is kept
    assert figures_kept(one, other, filled=True) is kept_when_filled


def test_figures_of_tables_and_rows_that_are_no_more_than_read_are_kept_too(compliant: Draft) -> None:
    last = compliant.text.index("结果维持")
    assert not figures_kept(compliant.report, Draft(compliant.text[:last], compliant.linter).report, filled=True)
    ragged = compliant.replace(RAGGED, "3.其他\t0\t0\t1")
    assert ragged.report.tables["requests"].ragged
    assert figures_kept(ragged.report, ragged.replace("3.其他\t0\t0\t1", "3.其他\t0\t0\t1 ").report)
    assert not figures_kept(ragged.report, compliant.replace(RAGGED, "3.其他\t0\t0\t2").report)
    start, end = compliant.text.index("第二十条"), compliant.text.index("三、收到")
    table, place = compliant.text[start:end], compliant.text.index("（本列数据")
    twice, changed = (
        Draft(compliant.text[:place] + other + compliant.text[place:], compliant.linter).report
        for other in (table, table.replace("36", "37"))
    )
    assert twice.extra_tables
    assert not figures_kept(twice, changed)
