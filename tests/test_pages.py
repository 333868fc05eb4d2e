"""The pages of rules: every rule has one, and its examples say exactly what the page says they do."""

from __future__ import annotations

from functools import cache

import pytest

from reportlint import Linter
from reportlint.packs import Packs
from reportlint.testing import pages, suite
from reportlint.testing.mutants.score import claims_of, mutate

PACKS = Packs.load()


@cache
def linter_of(pack: str) -> Linter:
    return suite.linter_for(PACKS, pack)


@pytest.mark.parametrize("rule", PACKS.rules)
def test_a_page_is_what_pages_are_and_its_examples_say_what_it_says(rule: str) -> None:
    check = pages.check_page(linter_of(rule.partition("/")[0]), rule)
    if check.faults:
        pytest.fail("\n".join(check.faults), pytrace=False)
    assert check.examples >= 2


@pytest.mark.parametrize("pack", sorted({rule.partition("/")[0] for rule in PACKS.rules}))
def test_a_pack_has_no_page_without_a_rule_and_its_cases_hold(pack: str) -> None:
    check = suite.check_pack(linter_of(pack), pack)
    assert (check.stray, [case for case in check.cases if case.faults]) == ([], [])


@pytest.mark.parametrize("pack", sorted({rule.partition("/")[0] for rule in PACKS.rules}))
def test_the_rules_of_a_pack_catch_every_error_that_they_claim_to_and_nothing_else(pack: str) -> None:
    linter = linter_of(pack)
    mutation = mutate(linter, pack, {claim.kind for claim in claims_of(linter, pack)})
    assert [(diagnostic.rule, diagnostic.message) for diagnostic in mutation.false_alarms] == []
    assert mutation.faults == []
    assert [(outcome.mutant.kind, outcome.mutant.what) for outcome in mutation.missed] == []


LINES = ["甲", "乙", "甲", "丙"]


@pytest.mark.parametrize(
    ("diff", "error"),
    [
        ("-甲\n+丁\n", "2 次"),
        ("-戊\n+丁\n", "0 次"),
        ("+丁\n", "应恰好一次"),
        (" 乙\n-甲\n", "不以“-”或"),
    ],
)
def test_a_diff_that_fits_nowhere_or_twice_is_an_error(diff: str, error: str) -> None:
    with pytest.raises(pages.PageError, match=error):
        pages.changed("\n".join(LINES), diff)


def test_the_hunks_of_a_diff_are_applied_where_they_fit() -> None:
    assert pages.changed("\n".join(LINES), "-甲\n-丙\n+丁\n...\n-乙\n").split("\n") == ["甲", "丁"]


PAGE = """# some-rule

规则

## Example

{}
"""


@pytest.mark.parametrize(
    ("example", "error"),
    [
        ("Bad: x.\n\n```diff\n-a\n+b\n```\n\n```text\nm\n```\n", "没有“Base:”"),
        ("Base: `a.txt`\n\nBad: x.\n\n```diff\n-a\n+b\n```\n", "有 0 条消息"),
        ("Base: `a.txt`\n\nGood: x.\n\n```diff\n-a\n+b\n```\n\n```text\nm\n```\n", "有 1 条消息"),
        ("Base: `a.txt`\n\nGood: x.\n\n```text\nm\n```\n", "有 1 条消息"),
        ("Base: `a.txt`\n\nGood: x.\n\n```toml\na = 1\n```\n", "应为一个 diff"),
        ("```text\nm\n```\n\nBase: `a.txt`\n", "之前有代码块"),
        ("Base: `a.txt`\n\n```text\nm\n```\n", "不属于任何"),
    ],
)
def test_an_example_that_is_not_written_as_examples_are_is_an_error(example: str, error: str) -> None:
    with pytest.raises(pages.PageError, match=error):
        list(pages.examples_of(PAGE.format(example)))


def test_examples_are_read_in_order() -> None:
    page = PAGE.format(
        "Base: `a.txt`\n\nBad: x.\n\n```diff\n-a\n+b\n```\n\n```text\nm\nn\n```\n\nGood: as it stands.\n"
    )
    assert list(pages.examples_of(page)) == [
        pages.Example("Bad 1", True, "a.txt", "-a\n+b\n", ["m", "n"]),
        pages.Example("Good 1", False, "a.txt", "", []),
    ]
