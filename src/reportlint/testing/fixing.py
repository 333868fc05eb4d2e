"""What a fix must hold to: it silences its finding, does so at once, and leaves the figures alone."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from reportlint import fixes
from reportlint.model import Report
from reportlint.testing.draft import Draft


def assert_fix(draft: Draft, rule: str) -> Draft:
    """The draft with the fixes of a rule applied; AssertionError where they are not what fixes should be.

    - There is a fix, and its edits do not overlap.
    - The findings that had one are gone; nothing new is said, by any rule.
    - What is fixed has nothing more to fix: fixing twice is fixing once.
    - The figures of the tables, and those stated in the prose, are what they were. A fix that is not safe may write
      0 into a cell that held no figure.
    """
    offered = draft.fixes(rule)
    said = draft.lint(rule)
    assert offered, f"{rule} offers no fix here: give Finding a fix, or use lint(); it says {said}"
    for fix in offered:
        assert fix.edits, f"{rule} offers a fix without an edit: leave `fix` out where nothing is mended"
        assert fixes.apply(draft.text, [fix]).applied, (
            f"{rule}: the edits of one fix overlap, or lie outside: {fix.edits}"
        )
    fixed = draft.fixed(rule)
    assert fixed.text != draft.text, f"{rule}: the fix changes nothing: {offered}"
    again = fixed.fixed(rule)
    assert again.text == fixed.text, (
        f"{rule}: the fix is not idempotent, what it makes is fixed again: {_difference(fixed.text, again.text)}"
    )
    new = _messages(fixed) - _messages(draft)
    assert not new, f"{rule}: of the fixed report something new is said: {sorted(new)}"
    kept = len(said) - len(offered)
    left = fixed.lint(rule)
    assert len(left) <= kept, f"{rule}: the fix does not silence the finding: {left}"
    filled = not any(fix.safe for fix in offered)
    assert figures_kept(draft.report, fixed.report, filled=filled), (
        f"{rule}: the fix changes figures; figures are never mended"
    )
    assert _stated(fixed.report) == _stated(draft.report), f"{rule}: the fix changes a figure that the prose states"
    return fixed


def figures_kept(before: Report, after: Report, *, filled: bool = False) -> bool:
    """Whether the tables of a fixed report hold what they held, to the last cell.

    With `filled`, a cell that held no figure may hold 0: that is what it counts as in the sums.
    """
    old, new = _figures(before), _figures(after)
    if old == new or not filled:
        return old == new
    return len(old) == len(new) and all(
        was == now or (was[-1] is None and now == (*was[:-1], 0)) for was, now in zip(old, new, strict=True)
    )


def _figures(report: Report) -> list[tuple[str, str, str, int | Decimal | None]]:
    """What every cell of the tables holds, by table, row and column, and the figures of rows that have no columns."""
    found: list[tuple[str, str, str, int | Decimal | None]] = []
    for table in (*report.tables.values(), *report.extra_tables):
        found += ((table.name, row, column, value) for (row, column), value in table.cells.figures.items())
        found += ((table.name, ragged.row, "", cell.value) for ragged in table.ragged for cell in ragged.cells)
    return found


def _messages(draft: Draft) -> Counter[tuple[str, str]]:
    return Counter((said.rule, said.message) for said in draft.lint())


def _stated(report: Report) -> list[tuple[str, int | Decimal, str | None]]:
    return [(claim.subject, claim.value, claim.unit) for claim in report.claims]


def _difference(old: str, new: str) -> str:
    """Where two texts part."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return f"{old[start : start + 20]!r} becomes {new[start : start + 20]!r}"
