"""The pages of rules say which fixes there are, and what they say is what the rules are seen to offer."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from reportlint.packs import Packs
from reportlint.testing.pages import sections_of

from . import test_fixes_national, test_fixes_text

EXAMPLES = Path(__file__).parent.parent / "examples"
PACKS = Packs.load([str(EXAMPLES / "reportlint-henan"), str(EXAMPLES / "reportlint-rule-of-law")])
OF_PROVINCES = ("beijing/opening-sentence", "shanghai/title-form", "shanghai/aspect-headings")
"""The rules that `test_fixes_provinces` is about."""
SAFE, NOT_SAFE = frozenset({True}), frozenset({False})
KINDS: dict[str, frozenset[bool]] = {"none": frozenset(), "safe": SAFE, "not safe": NOT_SAFE}
_LINE = re.compile(r"^Fix: (none|safe|not safe)(?=[.,; ])", re.MULTILINE)


@cache
def stated(rule: str) -> frozenset[bool]:
    """Which fixes the page of a rule speaks of: safe ones, others, or none."""
    silent = sections_of(PACKS.page(rule) or "")["When it is silent"]
    [line] = _LINE.finditer(silent)
    words = silent[line.end() :].partition("\n\n")[0]
    return KINDS[line[1]] | (NOT_SAFE if line[1] == "safe" and "not safe" in words else frozenset())


@pytest.mark.parametrize("rule", PACKS.rules)
def test_a_page_speaks_of_the_fixes_that_there_are_tests_of(rule: str) -> None:
    tested: dict[str, set[bool]] = defaultdict(set)
    for pack, module in (("national", test_fixes_national), ("text", test_fixes_text)):
        for cases, safe in ((module.SAFE, True), (module.UNSAFE, False)):
            for case in cases:
                tested[f"{pack}/{case[0]}"].add(safe)
    for name in OF_PROVINCES:
        tested[name].add(False)
    assert stated(rule) == tested[rule]


def test_the_list_of_fixes_is_what_the_pages_say() -> None:
    text = (EXAMPLES.parent / "docs" / "fixes.md").read_text(encoding="utf-8")
    listed = {
        rule: frozenset().union(*(KINDS[kind] for kind in kinds.split(", ")))
        for rule, kinds in re.findall(r"^\| `([a-z-]+/[a-z-]+)` \| ([a-z, ]+) \|", text, re.MULTILINE)
    }
    assert listed == {rule: stated(rule) for rule in PACKS.rules if stated(rule)}
