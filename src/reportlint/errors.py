"""The errors that end a run, or keep one report from being checked.

Messages are shown to users as they stand, so they are in Chinese and name the place.
"""

from __future__ import annotations


class ReportlintError(Exception):
    """Something that the user can mend; the command line shows it and exits with status 2."""


class ConfigError(ReportlintError):
    """A configuration that cannot be read or does not mean anything."""


class PackError(ReportlintError):
    """A pack that cannot be loaded, or that contradicts another one."""


class GrammarError(ReportlintError):
    """A grammar file of a pack that Lark refuses or that breaks the node vocabulary."""


class FormulaError(ReportlintError):
    """A formula of a relation that cannot be parsed."""


class ReadError(ReportlintError):
    """A report that cannot be read as text.

    `line` and `column` are 1-based where the place is known; `code` names the problem
    (`unreadable`, `binary`, `encoding`, `too-large`).
    """

    def __init__(self, code: str, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.line = line
        self.column = column


class WriteError(ReportlintError):
    """A file that could not be written; it is as it was."""


class NotAssessable(Exception):  # noqa: N818 - an outcome of a rule, not an error
    """Raised by a rule that cannot judge this report; the argument is the reason, in Chinese."""
