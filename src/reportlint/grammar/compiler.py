"""From a Lark grammar to tables. The one place that runs Lark for the grammars of packs."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

import lark
from lark import Lark
from lark.lexer import Lexer

from reportlint.errors import GrammarError
from reportlint.grammar.firsts import first_characters
from reportlint.grammar.tables import Tables, boil_down


class TokenFeed(Lexer):
    """Stands in for Lark's lexers: tokens are made by our scanners."""

    def __init__(self, lexer_conf: Any) -> None:  # noqa: ANN401, ARG002 - Lark's own interface
        return

    def lex(self, data: Iterable[Any]) -> Iterator[Any]:  # type: ignore[override]
        return iter(data)


def build(text: str, start: str, name: str, read: Callable[[str, str], str]) -> Lark:
    """The grammar as Lark builds it; `read` reads a file of a package, for `%import`."""

    def load_import(_base: object, path: str) -> tuple[str, str]:
        package, _, file = path.replace("\\", "/").rpartition("/")
        try:
            return path, read(package.replace("/", "."), file)
        except (GrammarError, ValueError) as error:
            raise OSError(str(error)) from error

    try:
        return Lark(
            text,
            parser="lalr",
            lexer=TokenFeed,
            start=start,
            import_paths=[load_import],
            source_path=name,
            maybe_placeholders=False,
        )
    except (lark.exceptions.LarkError, OSError) as error:
        raise GrammarError(f"语法 {name}：{error}") from error


def compile_grammar(text: str, start: str, name: str, read: Callable[[str, str], str]) -> Tables:
    """The tables of a grammar; GrammarError where Lark refuses it."""
    grammar = build(text, start, name, read)
    saved = BytesIO()
    grammar.save(saved, exclude_options={"import_paths", "lexer"})
    try:
        measures = {
            terminal.name: (terminal.pattern.max_width, first_characters(terminal.pattern.to_regexp()))
            for terminal in grammar.terminals
        }
    except ValueError as error:
        raise GrammarError(f"语法 {name}：不能解析的正则表达式 {error}") from error
    # What was pickled is what Lark has just written, and nothing else.
    return boil_down(pickle.loads(saved.getvalue()), measures)
