"""Grammars: a Lark file in a package, compiled once, and the text it makes a tree of."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import lark
from lark import Lark, Token, Tree
from lark.lexer import Lexer

from reportlint.errors import GrammarError
from reportlint.grammar import cache
from reportlint.grammar.form import plain, read_form
from reportlint.grammar.lines import LineScanner
from reportlint.model import Form

if TYPE_CHECKING:
    from reportlint.grammar.phrases import PhraseScanner

REPORT = "report"
CLAIMS = "claims"
SyntaxTree = Tree[Token]


class TokenFeed(Lexer):
    """Hands Lark the tokens that a scanner made."""

    def __init__(self, lexer_conf: Any) -> None:  # noqa: ANN401, ARG002 - Lark's own interface
        return

    def lex(self, data: Iterable[Token]) -> Iterator[Token]:  # type: ignore[override]
        return iter(data)


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
    ) -> None:
        if kind not in (REPORT, CLAIMS):
            raise GrammarError(f"语法 {name} 的种类 {kind} 不是 {REPORT} 或 {CLAIMS}")
        self.name = name
        self.package = package
        self.file = file
        self.kind = kind
        self.years = years

    @cached_property
    def compiled(self) -> Lark:
        """The grammar's LALR tables, from the cache where they are there."""
        text = _read(self.package, self.file)
        texts = (self.kind, *_closure(text))
        found = cache.load(texts)
        if found is None:
            found = self._build(text)
            cache.store(texts, found)
        return found

    def _build(self, text: str) -> Lark:
        try:
            return Lark(
                text,
                parser="lalr",
                lexer=TokenFeed,
                start=self.kind,
                import_paths=[_load_import],
                source_path=self.file,
            )
        except lark.exceptions.LarkError as error:
            raise GrammarError(f"语法 {self.name}（{self.package}/{self.file}）：{error}") from error

    @cached_property
    def _rename(self) -> dict[str, str]:
        return {terminal.name: plain(terminal.name) for terminal in self.compiled.terminals}

    @cached_property
    def form(self) -> Form:
        """The form that a report grammar describes."""
        labels = {
            plain(terminal.name).lower(): terminal.pattern.value
            for terminal in self.compiled.terminals
            if terminal.pattern.type == "str"
        }
        return read_form(self.name, self.compiled, labels)._replace(years=self.years)

    @cached_property
    def lines(self) -> LineScanner:
        """The scanner of a report grammar."""
        for needed in ("TEXT", "FIGURES"):
            if needed not in self._rename.values():
                raise GrammarError(f"语法 {self.name} 没有终结符 {needed}（见 grammars/README.md）")
        return LineScanner(self.form, self.compiled.terminals, self._rename)

    @cached_property
    def phrases(self) -> PhraseScanner:
        """The scanner of a claims grammar."""
        from reportlint.grammar.phrases import PhraseScanner

        return PhraseScanner(self.compiled, self._rename)

    def parse(self, text: str) -> SyntaxTree:
        """The tree of a whole text, by a report grammar. Every text has one."""
        try:
            return self.compiled.parse(self.lines.scan(text))
        except lark.exceptions.UnexpectedInput as error:
            raise GrammarError(f"语法 {self.name} 不能覆盖任意文本：{error}") from error

    def parse_tokens(self, tokens: list[Token]) -> SyntaxTree | None:
        """The tree of a clause, by a claims grammar; None where it says nothing that the grammar knows."""
        try:
            return self.compiled.parse(tokens)
        except lark.exceptions.UnexpectedInput:
            return None

    def terminal(self, token: Token) -> str:
        """The plain name of a token's terminal, without the suffix that marks a variant."""
        return self._rename[token.type].removesuffix("_VARIANT")

    def pattern(self, name: str) -> str | None:
        """The pattern of a terminal, by its plain name."""
        found = (t for t in self.compiled.terminals if self._rename[t.name] == name)
        return next((terminal.pattern.to_regexp() for terminal in found), None)


def _read(package: str, file: str) -> str:
    try:
        return importlib.resources.files(package).joinpath(file).read_text(encoding="utf-8")
    except (OSError, ModuleNotFoundError) as error:
        raise GrammarError(f"读不到语法文件 {package}/{file}：{error}") from error


def _load_import(_base: object, path: str) -> tuple[str, str]:
    """Lark's hook for `%import package.file`: the file of an installed package, zipped or not."""
    package, _, file = path.replace("\\", "/").rpartition("/")
    try:
        return path, _read(package.replace("/", "."), file)
    except (GrammarError, ValueError) as error:
        raise OSError(str(error)) from error


def _closure(text: str) -> tuple[str, ...]:
    """A grammar's text and those of all that it imports from packages: what its tables depend on."""
    texts, todo, seen = [text], [text], set[str]()
    while todo:
        for line in todo.pop().splitlines():
            if not line.startswith("%import"):
                continue
            words = line.split()
            target = words[1].split("(")[0] if len(words) > 1 else ""
            whole = "(" in line
            package, _, file = (target if whole else target.rpartition(".")[0]).rpartition(".")
            if package and target not in seen:
                seen.add(target)
                imported = _read(package, f"{file}.lark")
                texts.append(imported)
                todo.append(imported)
    return tuple(texts)
