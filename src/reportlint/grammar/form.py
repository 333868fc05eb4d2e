"""What a compiled grammar says of the form: the geometry of its sections and tables.

The vocabulary is that of `grammars/README.md`: `_heading` lists the sections, `_table` the
tables, and the rules `_<block>_row`, `_<block>_column`, `_<block>_across` and `_<block>_group`
that a table's rule reaches list its labels, in the order of the form. Within them a rule
`_under_<label>` lists those that stand under a label.
"""

from __future__ import annotations

from reportlint.errors import GrammarError
from reportlint.grammar.tables import Rule, Tables, plain
from reportlint.model import Block, Form

_UNDER = "_under_"


def read_form(name: str, grammar: Tables, labels: dict[str, str]) -> Form:
    """The form that a report grammar describes; `labels` holds the official words by plain name."""
    rules: dict[str, list[Rule]] = {}
    for rule in grammar.rules:
        rules.setdefault(rule.origin, []).append(rule)
    own = {plain(origin): origin for origin in rules if not origin.startswith("__")}
    for needed in ("report", "_heading"):
        if needed not in own:
            raise GrammarError(f"语法 {name} 没有规则 {needed}（见 grammars/README.md）")

    def names(rule_name: str) -> tuple[str, ...]:
        """The terminals that a rule stands for, in lower case, variants left out."""
        found: dict[str, None] = {}
        for rule in rules[rule_name]:
            for symbol, terminal in rule.symbols:
                if terminal:
                    found[plain(symbol).removesuffix("_VARIANT").lower()] = None
                else:
                    found.update(dict.fromkeys(names(symbol)))
        return tuple(found)

    known = {plain(symbol) for alternatives in rules.values() for rule in alternatives for symbol, _ in rule.symbols}
    over: dict[str, tuple[str, ...]] = {}

    def look_up(rule_name: str, labels_over: tuple[str, ...]) -> None:
        """Which labels stand over those that a rule lists."""
        for rule in rules[rule_name]:
            for symbol, terminal in rule.symbols:
                bare = plain(symbol)
                if terminal:
                    over[bare.removesuffix("_VARIANT").lower()] = labels_over
                else:
                    label = bare.removeprefix(_UNDER)
                    if label != bare and label.upper() not in known:
                        raise GrammarError(f"语法 {name} 的 {bare}：没有终结符 {label.upper()}")
                    look_up(symbol, labels_over if label == bare else (*labels_over, label))

    def reached(start: str) -> list[str]:
        seen, todo = {start: None}, [start]
        while todo:
            for rule in rules[todo.pop(0)]:
                for symbol, terminal in rule.symbols:
                    if not terminal and symbol not in seen:
                        seen[symbol] = None
                        todo.append(symbol)
        return list(seen)

    tables: dict[str, tuple[Block, ...]] = {}
    groups: set[str] = set()
    for rule in rules[own["_table"]] if "_table" in own else ():
        origin = rule.symbols[0][0]
        parts = {plain(symbol): symbol for symbol in reached(origin) if not symbol.startswith("__")}
        blocks = {}
        for part, symbol in parts.items():
            block, _, kind = part.lstrip("_").rpartition("_")
            if kind in ("row", "across"):
                column = parts.get(f"_{block}_column")
                if column is None:
                    raise GrammarError(f"语法 {name} 的 {part} 没有对应的 _{block}_column")
                for listing in (symbol, column):
                    look_up(listing, ())
                blocks[part] = Block(names(symbol), names(column), kind == "across")
            elif kind == "group":
                groups.update(names(symbol))
        # In the order of the file, which Lark keeps in its list of rules.
        order = {plain(origin): index for index, origin in enumerate(rules)}
        tables[plain(origin)] = tuple(blocks[part] for part in sorted(blocks, key=order.__getitem__))
    return Form(
        name,
        names(own["_heading"]),
        tables,
        labels,
        frozenset(groups),
        over={name: labels for name, labels in over.items() if labels},
    )
