"""reportlint: a linter for the annual reports on open government information.

What rule packs and programs import. The engine knows no rule and no form: all of them come from
packs, through `hookimpl`.
"""

from __future__ import annotations

from reportlint.claims import Claim
from reportlint.diagnostic import Diagnostic, Unassessed
from reportlint.errors import ConfigError, NotAssessable, PackError, ReadError, ReportlintError, WriteError
from reportlint.facts import fact
from reportlint.grammar import Grammar
from reportlint.hookspecs import Preset, hookimpl
from reportlint.linter import Linter, Result
from reportlint.model import Cell, CellKind, Form, Report, Section, Table
from reportlint.patterns import lazy_pattern
from reportlint.relations import Relation
from reportlint.rule import Edit, Finding, Fix, Hinge, Note, Option, Rule, Severity, rule
from reportlint.source import Position, Source, Span
from reportlint.toml import load_relations

__version__ = "0.1.0"

__all__ = [
    "Cell",
    "CellKind",
    "Claim",
    "ConfigError",
    "Diagnostic",
    "Edit",
    "Finding",
    "Fix",
    "Form",
    "Grammar",
    "Hinge",
    "Linter",
    "NotAssessable",
    "Note",
    "Option",
    "PackError",
    "Position",
    "Preset",
    "ReadError",
    "Relation",
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
    "WriteError",
    "__version__",
    "fact",
    "hookimpl",
    "lazy_pattern",
    "load_relations",
    "rule",
]
