"""The pages of rules: every rule has one, and its examples say exactly what the page says they do."""

from __future__ import annotations

import pytest

from reportlint import Linter
from reportlint.packs import Packs
from reportlint.testing import pages

RULES = Packs.load().rules


@pytest.mark.parametrize("rule", RULES)
def test_a_page_is_what_pages_are_and_its_examples_say_what_it_says(linter: Linter, rule: str) -> None:
    check = pages.check_page(linter, rule)
    if check.faults:
        pytest.fail("\n".join(check.faults), pytrace=False)
    assert check.examples >= 2
