"""What a compiled grammar says of the form: the geometry of its sections and tables.

The vocabulary is that of `grammars/README.md`: `_heading` lists the sections, `_table` the
tables, and the rules `_<block>_row`, `_<block>_column`, `_<block>_across` and `_<block>_group`
that a table's rule reaches list its labels, in the order of the form.
"""

from __future__ import annotations

from lark import Lark
from lark.grammar import NonTerminal, Rule, Terminal

from reportlint.errors import GrammarError
from reportlint.model import Block, Form


def plain(name: str) -> str:
    """The name that a symbol has in its own file; Lark prefixes those that an import drags along."""
    base = name.rpartition("__")[2]
    return f"_{base}" if name.startswith("_") and not base.startswith("_") else base


def read_form(name: str, grammar: Lark, labels: dict[str, str]) -> Form:
    """The form that a report grammar describes; `labels` holds the official words by plain name."""
    rules: dict[str, list[Rule]] = {}
    for rule in grammar.rules:
        rules.setdefault(rule.origin.name, []).append(rule)
    own = {plain(origin): origin for origin in rules if not origin.startswith("__")}
    for needed in ("report", "_heading", "_table"):
        if needed not in own:
            raise GrammarError(f"语法 {name} 没有规则 {needed}（见 grammars/README.md）")

    def names(rule_name: str) -> tuple[str, ...]:
        """The terminals that a rule stands for, in lower case, variants left out."""
        found: dict[str, None] = {}
        for rule in sorted(rules[rule_name], key=lambda rule: rule.order):
            for symbol in rule.expansion:
                if isinstance(symbol, Terminal):
                    found[plain(symbol.name).removesuffix("_VARIANT").lower()] = None
                elif isinstance(symbol, NonTerminal):
                    found.update(dict.fromkeys(names(symbol.name)))
        return tuple(found)

    def reached(start: str) -> list[str]:
        seen, todo = {start: None}, [start]
        while todo:
            for rule in sorted(rules[todo.pop(0)], key=lambda rule: rule.order):
                for symbol in rule.expansion:
                    if isinstance(symbol, NonTerminal) and symbol.name not in seen:
                        seen[symbol.name] = None
                        todo.append(symbol.name)
        return list(seen)

    tables: dict[str, tuple[Block, ...]] = {}
    groups: set[str] = set()
    for rule in rules[own["_table"]]:
        origin = rule.expansion[0].name
        parts = {plain(symbol): symbol for symbol in reached(origin) if not symbol.startswith("__")}
        blocks = {}
        for part, symbol in parts.items():
            block, _, kind = part.lstrip("_").rpartition("_")
            if kind in ("row", "across"):
                column = parts.get(f"_{block}_column")
                if column is None:
                    raise GrammarError(f"语法 {name} 的 {part} 没有对应的 _{block}_column")
                blocks[part] = Block(names(symbol), names(column), kind == "across")
            elif kind == "group":
                groups.update(names(symbol))
        # In the order of the file, which Lark keeps in its list of rules.
        order = {plain(origin): index for index, origin in enumerate(rules)}
        tables[plain(origin)] = tuple(blocks[part] for part in sorted(blocks, key=order.__getitem__))
    return Form(name, names(own["_heading"]), tables, labels, frozenset(groups))
