"""reportlint: a linter for the annual reports on open government information.

What rule packs and programs import. The engine knows no rule and no form: all of them come from
packs, through `hookimpl`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.claims import Claim
    from reportlint.diagnostic import Accepted, Diagnostic, Unassessed
    from reportlint.errors import ConfigError, NotAssessable, PackError, ReadError, ReportlintError, WriteError
    from reportlint.facts import fact
    from reportlint.findings import Edit, Finding, Fix, Hinge, Note, Severity
    from reportlint.formulas import load_relations
    from reportlint.grammar import Grammar
    from reportlint.hookspecs import Address, Preset, hookimpl
    from reportlint.linter import Linter
    from reportlint.model import Cell, CellKind, Form, Report, Section, Table
    from reportlint.patterns import lazy_pattern
    from reportlint.readers import Readers
    from reportlint.readers.reader import Annotation, Limits, Means, Reader, Recogniser, Word
    from reportlint.readers.writer import Field, Piece, Writer
    from reportlint.references import Reference, References
    from reportlint.relations import Relation
    from reportlint.result import Result
    from reportlint.rules import Option, Rule, rule
    from reportlint.source import Doubt, Location, Origin, Position, Remark, Source, Span
    from reportlint.wording import Wording, load_wordings

__version__ = "0.1.0"

_HOMES = {
    "Accepted": "diagnostic",
    "Address": "hookspecs",
    "Annotation": "readers.reader",
    "Cell": "model",
    "CellKind": "model",
    "Claim": "claims",
    "ConfigError": "errors",
    "Diagnostic": "diagnostic",
    "Doubt": "source",
    "Edit": "findings",
    "Field": "readers.writer",
    "Finding": "findings",
    "Fix": "findings",
    "Form": "model",
    "Grammar": "grammar",
    "Hinge": "findings",
    "Limits": "readers.reader",
    "Linter": "linter",
    "Location": "source",
    "Means": "readers.reader",
    "NotAssessable": "errors",
    "Note": "findings",
    "Option": "rules",
    "Origin": "source",
    "PackError": "errors",
    "Piece": "readers.writer",
    "Position": "source",
    "Preset": "hookspecs",
    "ReadError": "errors",
    "Reader": "readers.reader",
    "Readers": "readers",
    "Recogniser": "readers.reader",
    "Reference": "references",
    "References": "references",
    "Relation": "relations",
    "Remark": "source",
    "Report": "model",
    "ReportlintError": "errors",
    "Result": "result",
    "Rule": "rules",
    "Section": "model",
    "Severity": "findings",
    "Source": "source",
    "Span": "source",
    "Table": "model",
    "Unassessed": "diagnostic",
    "Word": "readers.reader",
    "Wording": "wording",
    "WriteError": "errors",
    "Writer": "readers.writer",
    "fact": "facts",
    "hookimpl": "hookspecs",
    "lazy_pattern": "patterns",
    "load_relations": "formulas",
    "load_wordings": "wording",
    "rule": "rules",
}
"""The module of each name, imported when the name is asked for: a run whose results are cached needs few."""

__all__ = [
    "Accepted",
    "Address",
    "Annotation",
    "Cell",
    "CellKind",
    "Claim",
    "ConfigError",
    "Diagnostic",
    "Doubt",
    "Edit",
    "Field",
    "Finding",
    "Fix",
    "Form",
    "Grammar",
    "Hinge",
    "Limits",
    "Linter",
    "Location",
    "Means",
    "NotAssessable",
    "Note",
    "Option",
    "Origin",
    "PackError",
    "Piece",
    "Position",
    "Preset",
    "ReadError",
    "Reader",
    "Readers",
    "Recogniser",
    "Reference",
    "References",
    "Relation",
    "Remark",
    "Report",
    "ReportlintError",
    "Result",
    "Rule",
    "Section",
    "Severity",
    "Source",
    "Span",
    "Table",
    "Unassessed",
    "Word",
    "Wording",
    "WriteError",
    "Writer",
    "__version__",
    "fact",
    "hookimpl",
    "lazy_pattern",
    "load_relations",
    "load_wordings",
    "rule",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value: object = getattr(importlib.import_module(f"reportlint.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
