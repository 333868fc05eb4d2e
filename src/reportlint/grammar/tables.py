"""LALR tables that Lark makes, as plain data, and the loop that runs them.

Lark compiles the grammars; running them with its own engine would cost twice the time a line and,
worse, its import at every start (see docs/design/speed.md). So what `Lark.save` writes is boiled down
to dictionaries of numbers, kept in the cache, and run by `Tables.parse`, which builds the tree that
Lark would build: rules that begin with `_` are inlined, `?rule` with one child gives way to it,
aliases name nodes, and anonymous tokens are left out. A test compares the two on random texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from reportlint.grammar.tree import Node, Token

END = "$END"
_DROP, _KEEP, _INLINE = 0, 1, 2
_SHIFT, _REDUCE, _SHIFT_INLINED = 0, 1, 2


class Terminal(NamedTuple):
    """A terminal: its words, or its pattern as a regular expression."""

    name: str
    literal: bool
    text: str
    """The words of a literal, the regular expression of a pattern."""
    priority: int
    widest: int
    """The greatest length of a match, as Lark has it."""
    firsts: str | None
    """The characters that a match can begin with; None where it can be any."""


class Rule(NamedTuple):
    """An alternative of a rule: what a reduction pops and makes."""

    origin: str
    """The rule's name as the compiled grammar has it: what the tables go on with."""
    node: str
    """The node's name: the alias, or the rule's name in its own file."""
    size: int
    children: tuple[int, ...]
    inline: bool
    give_way: bool
    symbols: tuple[tuple[str, bool], ...]
    """The expansion: names, and whether each is a terminal."""


class Tables(NamedTuple):
    """A compiled grammar.

    An action is the number of a state or rule, times four, plus what to do: shift to the state,
    reduce by the rule, or shift and go on at once to the state behind rules that only inline the token.
    """

    states: list[dict[str, int]]
    start: int
    end: int
    rules: list[Rule]
    terminals: list[Terminal]
    ignored: tuple[str, ...]
    loops: list[dict[str, str]]
    """By state, the tokens that only make the list on top of the stack longer, and the rule that list is of."""

    def parse(self, tokens: Iterable[Token]) -> Node | None:
        """The tree of some tokens; None where the grammar has none for them."""
        states, rules, loops, final = self.states, self.rules, self.loops, self.end
        state_stack = [self.start]
        values: list[Any] = []
        for token in chain(tokens, (Token(END, "", 0),)):
            kind = token.type
            top = state_stack[-1]
            repeated = loops[top].get(kind)
            if repeated is not None and states[state_stack[-2]][repeated] >> 2 == top:
                values[-1].append(token)
                continue
            while True:
                action = states[state_stack[-1]].get(kind)
                if action is None:
                    return None
                turn = action & 3
                if turn != _REDUCE:
                    state_stack.append(action >> 2)
                    values.append(token if turn == _SHIFT else [token])
                    break
                rule = rules[action >> 2]
                size = rule.size
                if size:
                    value = _reduce(rule, values[-size:])
                    del state_stack[-size:], values[-size:]
                else:
                    value = [] if rule.inline else Node(rule.node, [])
                state = states[state_stack[-1]][rule.origin] >> 2
                if state == final and kind == END:
                    return value  # type: ignore[no-any-return]
                state_stack.append(state)
                values.append(value)
        return None

    def plain(self) -> tuple[object, ...]:
        """The tables as built-in types, for the cache."""
        return (
            self.states,
            self.start,
            self.end,
            [tuple(rule) for rule in self.rules],
            [tuple(terminal) for terminal in self.terminals],
            self.ignored,
            self.loops,
        )

    @classmethod
    def of(cls, data: Any) -> Tables:  # noqa: ANN401 - what `plain` made
        states, start, end, rules, terminals, ignored, loops = data
        made = [Rule(*rule) for rule in rules], [Terminal(*terminal) for terminal in terminals]
        return cls(states, start, end, *made, ignored, loops)


def _reduce(rule: Rule, values: list[Any]) -> Any:  # noqa: ANN401 - a node, or the children of an inlined rule
    """What a reduction leaves: a node, or the children of an inlined rule as a list."""
    if rule.inline and rule.size == 1:
        kind = rule.children[0]
        return values[0] if kind == _INLINE else [values[0]] if kind == _KEEP else []
    kinds = rule.children
    # A list that is being repeated grows at its end: its values are on no other stack.
    children: list[Any] = values[0] if kinds[0] == _INLINE else [values[0]] if kinds[0] == _KEEP else []
    for kind, value in zip(kinds[1:], values[1:], strict=True):
        if kind == _INLINE:
            children.extend(value)
        elif kind == _KEEP:
            children.append(value)
    if rule.inline:
        return children
    if rule.give_way and len(children) == 1:
        return children[0]
    return Node(rule.node, children)


def boil_down(saved: Any, measures: Mapping[str, tuple[int, str | None]]) -> Tables:  # noqa: ANN401 - what Lark saved, unpickled
    """The tables in what `Lark.save` wrote; `measures` has the greatest length and the firsts of each terminal."""
    data, memo = saved["data"], saved["memo"]
    table = data["parser"]["parser"]
    rules: list[Rule] = []
    numbers: dict[int, int] = {}
    for key, item in memo.items():
        if item["__type__"] == "Rule":
            numbers[key] = len(rules)
            rules.append(_rule(item))
    # Names that a grammar imports are tokens of Lark, which the cache refuses: all are made plain strings.
    names = {number: str(name) for number, name in table["tokens"].items()}
    order = {state: index for index, state in enumerate(table["states"])}
    states: list[dict[str, int]] = []
    for actions in table["states"].values():
        states.append(
            {
                names[token]: order[target] * 4 + _SHIFT if kind == 0 else numbers[target["@"]] * 4 + _REDUCE
                for token, (kind, target) in actions.items()
            }
        )
    _shorten(states, rules, {names[token] for token in names if not _is_rule(names[token], rules)})
    (start,) = table["start_states"].values()
    (end,) = table["end_states"].values()
    lexer = data["parser"]["lexer_conf"]
    terminals = [_terminal(memo[reference["@"]], measures) for reference in lexer["terminals"]]
    ignored = tuple(map(str, lexer["ignore"]))
    return Tables(states, order[start], order[end], rules, terminals, ignored, _loops(states, rules))


def _is_rule(name: str, rules: list[Rule]) -> bool:
    return any(rule.origin == name for rule in rules)


def _shorten(states: list[dict[str, int]], rules: list[Rule], terminals: set[str]) -> None:
    """Take shifts to where they lead: past reductions that only hand the token on in a list.

    A state that can do nothing but reduce by one such rule, whatever comes next, needs no look at
    what comes next. (Where nothing may follow the token, this is found out a step later.)
    """
    only: list[Rule | None] = []
    for actions in states:
        distinct = set(actions.values())
        action = distinct.pop() if len(distinct) == 1 else _SHIFT
        rule = rules[action >> 2] if action & 3 == _REDUCE else None
        only.append(rule if rule is not None and rule.inline and rule.size == 1 else None)
    for actions in states:
        for name, action in actions.items():
            if name not in terminals or action & 3 != _SHIFT:
                continue
            target, inlined = action >> 2, False
            rule = only[target]
            while rule is not None and rule.children == ((_INLINE,) if inlined else (_KEEP,)):
                target, inlined = actions[rule.origin] >> 2, True
                rule = only[target]
            if inlined:
                actions[name] = target * 4 + _SHIFT_INLINED


def _loops(states: list[dict[str, int]], rules: list[Rule]) -> list[dict[str, str]]:
    """The tokens that are shifted, in a list of their own, to a state that only adds that list to the one before it."""
    found: list[dict[str, str]] = []
    for actions in states:
        loops = {}
        for name, action in actions.items():
            following = set(states[action >> 2].values()) if action & 3 == _SHIFT_INLINED else set()
            if len(following) != 1:
                continue
            (behind,) = following
            rule = rules[behind >> 2]
            grows = rule.inline and rule.children == (_INLINE, _INLINE) and rule.symbols[0][0] == rule.origin
            if behind & 3 == _REDUCE and grows:
                loops[name] = rule.origin
        found.append(loops)
    return found


def _rule(item: Any) -> Rule:  # noqa: ANN401 - as Lark serialises a rule
    origin = str(item["origin"]["name"])
    options = item["options"] or {}
    symbols = item["expansion"]
    children = tuple(
        (_INLINE if symbol["name"].startswith("_") else _KEEP)
        if symbol["__type__"] == "NonTerminal"
        else (_DROP if symbol.get("filter_out") and not options.get("keep_all_tokens") else _KEEP)
        for symbol in symbols
    )
    return Rule(
        origin,
        plain(str(item["alias"] or origin)),
        len(symbols),
        children,
        origin.startswith("_"),
        bool(options.get("expand1")) and not item["alias"],
        tuple((str(symbol["name"]), symbol["__type__"] == "Terminal") for symbol in symbols),
    )


def _terminal(item: Any, measures: Mapping[str, tuple[int, str | None]]) -> Terminal:  # noqa: ANN401 - as Lark serialises a terminal
    pattern = item["pattern"]
    literal = pattern["__type__"] == "PatternStr"
    text = pattern["value"]
    if not literal:
        for flag in pattern["flags"] or ():
            text = f"(?{flag}:{text})"
    return Terminal(str(item["name"]), literal, str(text), item["priority"], *measures[item["name"]])


def plain(name: str) -> str:
    """The name that a symbol has in its own file; Lark prefixes those that an import drags along."""
    base = name.rpartition("__")[2]
    return f"_{base}" if name.startswith("_") and not base.startswith("_") else base
