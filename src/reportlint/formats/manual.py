"""What is known of a rule beside its page: for `reportlint rule NAME` and the reference site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportlint.formats.text import WORDS
from reportlint.grammar import REPORT, Grammar
from reportlint.linter import Linter
from reportlint.rules import Option, Rule

_TYPES = {bool: "true 或 false", int: "整数", str: "文字", list: "文字的列表"}
_EACH = {"column": "列", "row": "行"}


class Fact(NamedTuple):
    """A label, in Chinese and in English, and what stands behind it."""

    label: str
    english: str
    value: str


def facts(rule: Rule, linter: Linter) -> Iterator[Fact]:
    """What a rule's pack and a configuration say of it."""
    yield Fact("检查什么", "Checks", rule.summary)
    yield Fact("严重程度", "Severity", f"{WORDS[rule.severity]}（{rule.severity.label}）")
    yield Fact("依据", "Basis", rule.basis)
    if rule.relation is not None:
        formula = " ".join(rule.relation.formula.text.split())
        yield Fact("公式", "Formula", f"{formula}（每{_EACH[rule.relation.each]}）")
    for option in rule.options:
        yield Fact("选项", "Option", f"{option.name}（{_TYPES[option.type]}），默认 {_toml(option)}")
    grammars = [grammar for grammar in linter.packs.grammars.values() if grammar.kind == REPORT]
    fit = [grammar for grammar in grammars if rule.applies_to(grammar.form)]
    yield Fact("适用格式", "Forms", "各种格式" if len(fit) == len(grammars) else "、".join(map(_form, fit)))
    yield Fact("是否运行", "Runs", _runs(rule, linter))
    if rule.conceals:
        yield Fact("遮盖", "Masked", "所发现的内容在一切输出中遮盖")


def _runs(rule: Rule, linter: Linter) -> str:
    if rule.name in linter.settings.rules:
        return "运行"
    pack = rule.name.partition("/")[0]
    if pack in linter.packs.presets:
        return f'不运行，extends = ["{pack}"] 可启用'
    return f'不运行，select = ["{rule.name}"] 可启用'


def _form(grammar: Grammar) -> str:
    first, last = grammar.years
    years = f"{first} 年度起" if last is None else f"{first}—{last} 年度"
    return f"{grammar.name}（{years}）"


def _toml(option: Option) -> str:
    """An option's default as a configuration has it."""
    if option.type is bool:
        return str(option.default).lower()
    if option.type is int:
        return str(option.default)
    quoted = [f'"{text}"' for text in ([option.default] if option.type is str else option.default)]
    return quoted[0] if option.type is str else f"[{', '.join(quoted)}]"
