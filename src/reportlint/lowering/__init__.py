"""From the syntax tree to the typed report. The only room where a tree is walked."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from reportlint.claims import Claim
from reportlint.grammar import Grammar, Node, Token
from reportlint.grammar.labels import EDGE, fold
from reportlint.lowering.prose import TitleReader, paragraphs
from reportlint.lowering.statements import StatementReader
from reportlint.lowering.tables import TableReader
from reportlint.model import Report, Section, Table
from reportlint.source import Source, Span

_FEWEST_LISTED = 3
_FEWEST_ROWS = 3
_LONGEST_ENTRY = 30
_ORDINAL = re.compile(r"[\s|l#*]*[一二三四五六七八九十]{1,2}[、.．,，:：]?")


class Lowering:
    """Lowers the trees of one report grammar, and reads the claims of its prose by the claims grammars."""

    def __init__(self, grammar: Grammar, claims: tuple[Grammar, ...] = ()) -> None:
        self._grammar = grammar
        self._tables = TableReader(grammar)
        self._claims = [StatementReader(claim_grammar) for claim_grammar in claims]

    @cached_property
    def _title(self) -> TitleReader:
        return TitleReader(self._grammar.pattern("TITLE"), self._grammar.pattern("ORGANISATION"))

    def lower(self, source: Source, tree: Node) -> Report:
        """The typed report of a tree that the grammar made of the source."""
        text = source.text
        tables: dict[str, Table] = {}
        extra: list[Table] = []
        opening, section_trees = _divide(tree)
        section_trees = _without_subheadings(opening, section_trees, self._name)
        listed = _table_of_contents(section_trees, self._name)
        several = source.tables_only
        preface_tokens = [*self._prose(opening, None, tables, extra, several)]
        for section in section_trees[:listed]:
            preface_tokens.extend(child for child in section.children if isinstance(child, Token))
        sections = []
        for index, section in enumerate(section_trees[listed:], listed):
            following = section_trees[index + 1] if index + 1 < len(section_trees) else None
            end = _start(following) if following is not None else len(text)
            sections.append(self._section(text, section, end, tables, extra, several))
        title = self._title.read(
            text, preface_tokens, [self._grammar.terminal(token) == "TITLE" for token in preface_tokens]
        )
        preface = paragraphs(text, preface_tokens)
        return Report(
            source,
            self._grammar.form,
            title.text if title else None,
            title.span if title else None,
            title.organisation if title else None,
            title.year if title else None,
            preface,
            tuple(sections),
            tables,
            tuple(extra),
            self._read_claims(text, preface, sections),
            {},
        )

    def _name(self, token: Token) -> str:
        return self._grammar.terminal(token).lower()

    def _section(
        self, text: str, tree: Node, end: int, tables: dict[str, Table], extra: list[Table], several: bool
    ) -> Section:
        heading = _heading(tree)
        name = self._name(heading)
        words = heading.text.strip(EDGE)
        start = heading.start + len(heading.text) - len(heading.text.lstrip(EDGE))
        before = set(tables)
        prose = self._prose(tree.children[1:], name, tables, extra, several)
        return Section(
            name,
            words,
            Span(start, start + len(words)),
            fold(words) == fold(self._grammar.form.label(name)),
            Span(heading.start, end),
            paragraphs(text, prose),
            tuple(table for table in tables if table not in before),
        )

    def _prose(
        self,
        children: list[Token | Node],
        section: str | None,
        tables: dict[str, Table],
        extra: list[Table],
        several: bool,
    ) -> list[Token]:
        """The lines of prose among a section's children; its tables are added to `tables`.

        `several` says that a table may be there several times, as in a workbook with a sheet for each office.
        """
        prose: list[Token] = []
        for child in children:
            if isinstance(child, Token):
                prose.append(child)
                continue
            lines = [token for token in child.children if isinstance(token, Token)]
            for part in self._tables.apart(child.name, lines) if several else (lines,):
                prose.extend(self._table(child.name, part, section, tables, extra))
        return prose

    def _table(
        self, name: str, lines: list[Token], section: str | None, tables: dict[str, Table], extra: list[Table]
    ) -> list[Token]:
        """The lines of prose among those of a table, which is added to `tables`."""
        table, rest = self._tables.read(name, lines, section)
        # A label or two with figures that are not theirs are of some other table. (Rows that stand side
        # by side have no labels of their own when they could not be read.)
        if not table.cells and len(table.rows) < _FEWEST_ROWS and (table.rows or not table.ragged):
            return lines
        known = tables.get(table.name)
        if known is None or (not known.cells and table.cells):
            tables[table.name] = table
        elif table.cells:
            extra.append(table)
        return rest

    def _read_claims(self, text: str, preface: tuple[Span, ...], sections: list[Section]) -> tuple[Claim, ...]:
        spans = [*preface, *(span for section in sections for span in section.paragraphs)]
        claims = [claim for reader in self._claims for claim in reader.read(text, spans)]
        return tuple(sorted(claims, key=lambda claim: claim.span.start))


def _divide(tree: Node) -> tuple[list[Token | Node], list[Node]]:
    """What stands before the first section, and the sections."""
    opening: list[Token | Node] = []
    sections: list[Node] = []
    for child in tree.children:
        if isinstance(child, Node) and child.name == "section":
            sections.append(child)
        else:
            opening.append(child)
    return opening, sections


def _is_entry(child: Node | Token) -> bool:
    """Whether a line may be an entry of a table of contents."""
    return isinstance(child, Token) and len(child.text) <= _LONGEST_ENTRY and not set("。；") & set(child.text)


def _without_subheadings(opening: list[Node | Token], sections: list[Node], name: Callable[[Token], str]) -> list[Node]:
    """The sections, without those whose heading only repeats the words of another and lacks its ordinal.

    «主动公开政府信息情况» within section one is a sub-heading there.
    """
    numbered = {name(_heading(section)) for section in sections if _ORDINAL.match(_heading(section).text)}
    kept: list[Node] = []
    for section in sections:
        heading = _heading(section)
        if name(heading) in numbered and not _ORDINAL.match(heading.text):
            (kept[-1].children if kept else opening).extend(section.children)
        else:
            kept.append(section)
    return kept


def _heading(section: Node) -> Token:
    heading = section.children[0]
    assert isinstance(heading, Token)
    return heading


def _start(section: Node) -> int:
    return _heading(section).start


def _table_of_contents(sections: list[Node], name: Callable[[Token], str]) -> int:
    """How many headings at the start only list the sections that follow."""
    listed = 0
    while listed < len(sections) and all(_is_entry(child) for child in sections[listed].children[1:]):
        listed += 1
    # What is printed between the list and the first section stands under the last heading listed.
    listed += 1
    names = [name(_heading(section)) for section in sections]
    while listed > 0 and not set(names[:listed]) <= set(names[listed:]):
        listed -= 1
    return listed if listed >= _FEWEST_LISTED else 0
