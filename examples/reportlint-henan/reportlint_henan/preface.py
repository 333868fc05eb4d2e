"""What stands between the title and section one."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import Finding, NotAssessable, Report, Severity, rule

_BASIS = "虚构的省级要求（示例）第一条：引言写明年度报告的编制依据"


@rule(basis=_BASIS, severity=Severity.WARNING)
def legal_basis(report: Report, *, words: str = "《中华人民共和国政府信息公开条例》") -> Iterator[Finding]:
    """The preface names the regulations that the report is made under."""
    if not report.sections:
        raise NotAssessable("没有任何部分，分不出引言")
    after_title = report.title_span.end if report.title_span else 0
    preface = [span for span in report.preface if span.start >= after_title]
    if not preface:
        yield Finding(report.title_span, f"没有引言，没有写明编制依据{words}")
    elif words not in "".join("".join(report.text(span).split()) for span in preface):
        yield Finding(preface[0], f"引言没有写明编制依据{words}")
