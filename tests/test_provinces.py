"""What the packs of provinces and cities have in common: off for everybody who does not ask for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter, config
from reportlint.config import Layer
from reportlint.testing import Draft

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "provinces"
PACKS = {
    "beijing": "yuanpu-street-2024.txt",
    "gansu-wuwei": "shaquan-county-2025.txt",
    "hunan-huaihua": "yuanping-county-2021.txt",
    "shanghai": "haiyu-district-2024.txt",
}
REPLACED = {"shanghai": {"national/title"}, "beijing": {"national/statistics-period"}}
"""What a preset switches off, since a rule of its own takes its place."""


def linter_of(*extends: str, select: tuple[str, ...] | None = None) -> Linter:
    return Linter.from_layers([Layer("test", extends=extends or None, select=select)])


@pytest.fixture(scope="module", params=PACKS)
def pack(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def its_linter(pack: str) -> Linter:
    return linter_of(pack)


def owned(linter: Linter, pack: str) -> set[str]:
    return {rule for rule in linter.packs.rules if rule.startswith(f"{pack}/")}


def test_its_rules_are_off_by_default_and_for_all(linter: Linter, pack: str) -> None:
    assert owned(linter, pack)
    assert not owned(linter, pack) & set(linter.settings.rules)
    assert not owned(linter, pack) & set(linter_of(select=("all",)).settings.rules)


def test_its_rules_run_where_they_or_the_pack_are_named(linter: Linter, pack: str) -> None:
    assert set(linter_of(select=(pack,)).settings.rules) == owned(linter, pack)
    for rule in owned(linter, pack):
        assert set(linter_of(select=("all", rule)).settings.rules) == {*linter_of(select=("all",)).settings.rules, rule}
        assert set(linter_of(select=(rule.partition("/")[2],)).settings.rules) == {rule}


def test_all_in_ignore_is_every_rule(pack: str) -> None:
    layer = config.layer({"extends": [pack], "ignore": ["all"]}, "test", str(ROOT))
    assert Linter.from_layers([layer]).settings.rules == {}


def test_its_preset_adds_its_rules_to_the_national_ones(linter: Linter, pack: str, its_linter: Linter) -> None:
    expected = {*linter.settings.rules, *owned(linter, pack)} - REPLACED.get(pack, set())
    assert set(its_linter.settings.rules) == expected
    severities = {
        name: rule.severity for name, rule in its_linter.settings.rules.items() if name.startswith("national/")
    }
    assert severities == {name: linter.settings.rules[name].severity for name in severities}


def test_its_example_is_compliant_and_every_rule_could_judge_it(pack: str, its_linter: Linter) -> None:
    draft = Draft.from_file(EXAMPLES / pack / PACKS[pack], its_linter)
    assert draft.lint() == []
    assert draft.result.not_assessable == ()
    assert owned(its_linter, pack) <= set(draft.result.rules_run)


def test_its_example_is_checked_by_its_preset_where_it_stands(pack: str, its_linter: Linter) -> None:
    assert Linter.from_config(EXAMPLES / pack / PACKS[pack]).settings.rules == its_linter.settings.rules


def test_it_has_a_readme_and_a_basis_for_every_rule(linter: Linter, pack: str) -> None:
    readme = (ROOT / "rules" / f"reportlint_{pack.replace('-', '_')}" / "README.md").read_text(encoding="utf-8")
    for rule in owned(linter, pack):
        assert f"(docs/{rule.partition('/')[2]}.md)" in readme
        assert linter.packs.rules[rule].basis


TITLE = "海屿市2025年政府信息公开工作年度报告\n"
SECTIONS = "\n二、主动公开政府信息情况\n\n六、其他需要报告的事项\n"


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况",
        TITLE,
        f"{TITLE}一、总体情况\n{SECTIONS}",
        f"一、总体情况\n（一）\n{SECTIONS}",
        "政府信息公开工作年度报告\n一、总体情况\n\ud800（二）\udfff依申请公开方面\n六、其他需要报告的事项\n2022年99月99日\n",
        f"{TITLE}发布日期：0000-00-00\n一、总体情况\n{SECTIONS}",
    ],
)
def test_none_of_its_rules_crashes(its_linter: Linter, text: str) -> None:
    said = Draft(text, its_linter).result.diagnostics
    assert [diagnostic for diagnostic in said if diagnostic.rule.startswith("reportlint/")] == []
