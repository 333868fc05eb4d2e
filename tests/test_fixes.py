"""Applying fixes: in order, none over another, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import Edit, Finding, Fix, Linter, Report, Severity, Span, fixes, rule
from reportlint.rules import Rule
from reportlint.testing import Draft, assert_fix

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


def mending(old: str, new: str, *, fixed_too: bool = True) -> Rule:
    """A rule that replaces a text wherever it stands."""

    @rule(basis="x", severity=Severity.ADVICE, name="test/mending")
    def check(report: Report) -> Iterator[Finding]:
        """Mends."""
        at = report.source.text.find(old)
        while at >= 0:
            span = Span(at, at + len(old))
            yield Finding(span, f"{old}（{at}）", fix=Fix((Edit(span, new),)) if fixed_too else None)
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
