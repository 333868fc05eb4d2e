"""Grammars: a Lark file in a package, compiled once, and the text it makes a tree of."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reportlint import cache, resources
from reportlint.errors import GrammarError
from reportlint.grammar.form import read_form
from reportlint.grammar.lines import LineScanner
from reportlint.grammar.tables import Tables, plain
from reportlint.grammar.tree import Node, Token
from reportlint.model import Form

if TYPE_CHECKING:
    from reportlint.grammar.phrases import PhraseScanner

__all__ = ["CLAIMS", "REPORT", "Grammar", "Node", "Token"]

REPORT = "report"
CLAIMS = "claims"
MARK = "FORM_MARK"
"""The terminal for words which tell a form from others, wherever they stand in a report."""


class Grammar:
    """A grammar that a pack brings: the file `file` of the package `package`.

    A `report` grammar describes a form and reads whole texts, a line a token. A `claims` grammar
    reads what prose says of figures, a clause at a time. A grammar may `%import` from any other
    package that holds grammars: `%import reportlint_grammars.annual_2021 (report, _heading)`.
    """

    def __init__(
        self,
        name: str,
        package: str,
        file: str,
        kind: str = REPORT,
        years: tuple[int, int | None] = (0, None),
        family: str = "",
    ) -> None:
        if kind not in (REPORT, CLAIMS):
            raise GrammarError(f"语法 {name} 的种类 {kind} 不是 {REPORT} 或 {CLAIMS}")
        self.name = name
        self.package = package
        self.file = file
        self.kind = kind
        self.years = years
        self.family = family or name

    def covers(self, year: int) -> bool:
        """Whether the form is for a report year."""
        first, last = self.years
        return first <= year and (last is None or year <= last)

    @cached_property
    def compiled(self) -> Tables:
        """The grammar's LALR tables, from the cache where they are there."""
        text = _read(self.package, self.file)
        texts = (self.kind, *_closure(text))
        stored = cache.load(texts)
        if stored is not None:
            return Tables.of(stored)
        # Lark is only imported where there is something to compile.
        from reportlint.grammar.compiler import compile_grammar

        tables = compile_grammar(text, self.kind, f"{self.package}/{self.file}", _read)
        cache.store(texts, tables.plain())
        return tables

    @cached_property
    def _rename(self) -> dict[str, str]:
        return {terminal.name: plain(terminal.name) for terminal in self.compiled.terminals}

    @cached_property
    def form(self) -> Form:
        """The form that a report grammar describes."""
        labels = {
            plain(terminal.name).lower(): terminal.text for terminal in self.compiled.terminals if terminal.literal
        }
        return read_form(self.name, self.compiled, labels)._replace(years=self.years, family=self.family)

    @cached_property
    def lines(self) -> LineScanner:
        """The scanner of a report grammar."""
        for needed in ("TEXT", "FIGURES"):
            if needed not in self._rename.values():
                raise GrammarError(f"语法 {self.name} 没有终结符 {needed}（见 grammars/README.md）")
        # FORM_MARK is looked for in whole texts and is no line.
        terminals = [t for t in self.compiled.terminals if self._rename[t.name] != MARK]
        return LineScanner(self.form, terminals, self._rename)

    @cached_property
    def phrases(self) -> PhraseScanner:
        """The scanner of a claims grammar."""
        from reportlint.grammar.phrases import PhraseScanner

        return PhraseScanner(self.compiled, self._rename)

    def parse(self, text: str) -> Node:
        """The tree of a whole text, by a report grammar. Every text has one."""
        tree = self.compiled.parse(self.lines.scan(text))
        if tree is None:
            raise GrammarError(f"语法 {self.name} 不能覆盖任意文本（见 grammars/README.md）")
        return tree

    def terminal(self, token: Token) -> str:
        """The plain name of a token's terminal, without the suffix that marks a variant."""
        return self._rename[token.type].removesuffix("_VARIANT")

    def terminals(self) -> dict[str, str]:
        """The names in lower case, without the suffix that marks a variant, of all terminals."""
        return {name: plain_.removesuffix("_VARIANT").lower() for name, plain_ in self._rename.items()}

    def pattern(self, name: str) -> str | None:
        """The pattern of a terminal, by its plain name."""
        found = (t for t in self.compiled.terminals if self._rename[t.name] == name)
        return next((terminal.text for terminal in found), None)


def _read(package: str, file: str) -> str:
    try:
        return resources.read(package, file).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GrammarError(f"读不到语法文件 {package}/{file}：{error}") from error


def _closure(text: str) -> tuple[str, ...]:
    """A grammar's text and those of all that it imports from packages: what its tables depend on."""
    texts, todo, seen = [text], [text], set[str]()
    while todo:
        for line in todo.pop().splitlines():
            words = line.split()
            if words[:1] != ["%import"]:
                continue
            target = words[1].split("(")[0] if len(words) > 1 else ""
            whole = "(" in line
            package, _, file = (target if whole else target.rpartition(".")[0]).rpartition(".")
            if package and target not in seen:
                seen.add(target)
                imported = _read(package, f"{file}.lark")
                texts.append(imported)
                todo.append(imported)
    return tuple(texts)
