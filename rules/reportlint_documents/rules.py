"""The rules: what a file holds beside the text that is read, a rule for each kind of remark that readers make."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Finding, Report, Rule, Severity, rule
from reportlint.readers import remarks

_CLEAN = "通行做法：发布的文件里不留修订、批注、隐藏文字和宏"
_READABLE = "通行做法：发布的文字和表格可以选中、复制和检索"


def _told(report: Report, kind: str) -> Iterator[Finding]:
    for remark in report.source.remarks:
        if remark.kind == kind:
            yield Finding(remark.span, remark.message)


@rule(basis=_CLEAN, severity=Severity.WARNING, tables_alone=True)
def tracked_changes(report: Report) -> Iterator[Finding]:
    """The file has no tracked changes that nobody accepted or rejected."""
    return _told(report, remarks.REVISION)


@rule(basis=_CLEAN, severity=Severity.WARNING, tables_alone=True)
def comments(report: Report) -> Iterator[Finding]:
    """The file has no comments."""
    return _told(report, remarks.COMMENT)


@rule(basis=_CLEAN, severity=Severity.WARNING, tables_alone=True)
def hidden_text(report: Report) -> Iterator[Finding]:
    """The file has no text that is not shown."""
    return _told(report, remarks.HIDDEN)


@rule(basis=_CLEAN, severity=Severity.WARNING, tables_alone=True)
def macros(report: Report) -> Iterator[Finding]:
    """The file has no macros."""
    return _told(report, remarks.MACRO)


@rule(basis=_CLEAN, severity=Severity.ADVICE, tables_alone=True)
def external_content(report: Report) -> Iterator[Finding]:
    """The file has nothing that is fetched from elsewhere when it is opened."""
    return _told(report, remarks.EXTERNAL)


@rule(basis=_READABLE, severity=Severity.WARNING, tables_alone=True)
def picture(report: Report) -> Iterator[Finding]:
    """No picture stands where text or a table belongs."""
    # Where the form's tables are all there, it is a photograph or a chart beside them, as a rule.
    whole = bool(report.form.tables) and all(
        name in report.tables and report.tables[name].cells for name in report.form.tables
    )
    for finding in _told(report, remarks.PICTURE):
        yield finding._replace(severity=Severity.ADVICE) if whole else finding


@rule(basis=_READABLE, severity=Severity.WARNING, tables_alone=True)
def unread_table(report: Report) -> Iterator[Finding]:
    """Every table of the file can be read."""
    return _told(report, remarks.UNREAD)


@rule(basis=_READABLE, severity=Severity.ADVICE, tables_alone=True)
def renamed_file(report: Report) -> Iterator[Finding]:
    """The file is of the format that its name says."""
    return _told(report, remarks.RENAMED)


ALL: tuple[Rule, ...] = (
    tracked_changes,
    comments,
    hidden_text,
    macros,
    external_content,
    picture,
    unread_table,
    renamed_file,
)
