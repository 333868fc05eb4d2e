"""Edits that make one text of another, as editors apply them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.language.actions import edits_between

LINES = st.lists(st.sampled_from(["甲", "甲乙", "乙", "", "丙丁甲"]), max_size=12)
ENDS = st.sampled_from(["\n", "\r\n"])


def applied(before: str, after: str) -> str:
    text = before
    for edit in sorted(edits_between(before, after), reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@given(LINES, LINES, ENDS)
def test_edits_make_one_text_of_the_other(old: list[str], new: list[str], end: str) -> None:
    before, after = end.join(old), end.join(new)
    assert applied(before, after) == after


@given(LINES, st.integers(0, 11), st.text("甲乙丙", max_size=3), ENDS)
def test_a_line_that_changes_is_the_only_one_that_is_touched(lines: list[str], at: int, text: str, end: str) -> None:
    if at >= len(lines):
        return
    before, after = end.join(lines), end.join([*lines[:at], text, *lines[at + 1 :]])
    start = len(end.join([*lines[:at], ""])) if at else 0
    for edit in edits_between(before, after):
        assert start <= edit.span.start <= edit.span.end <= start + len(lines[at])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("甲，，\n乙", "甲，\n乙", [(2, 3, "")]),
        ("甲\n甲\n甲\n", "甲\n甲\n", [(4, 6, "")]),
        ("甲\n丁\n", "甲\n乙\n丙\n丁\n", [(2, 2, "乙\n丙\n")]),
        ("甲", "甲", []),
    ],
)
def test_edits_are_short(before: str, after: str, expected: list[tuple[int, int, str]]) -> None:
    assert [(*edit.span, edit.text) for edit in edits_between(before, after)] == expected
