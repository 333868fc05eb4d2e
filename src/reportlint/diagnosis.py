"""Findings to diagnostics: their severity and place, a fingerprint, what the reader doubted; all of it masked."""

from __future__ import annotations

from collections.abc import Container, Sequence

from reportlint.anchors import Anchors
from reportlint.diagnostic import Diagnostic, fingerprint, in_order
from reportlint.findings import Finding, Note, Side, Sum
from reportlint.masking import Mask
from reportlint.model import Report
from reportlint.rules import Rule
from reportlint.source import Doubt, Doubts, Location, Source, Span


def diagnosed(
    report: Report, found: Sequence[tuple[Rule, Finding]], mask: Mask, path: str, mandatory: Container[str]
) -> list[Diagnostic]:
    """Findings with all that an output shows, in the order of the text; `path` is the report's, from the root."""
    if not found:
        return []
    source = report.source
    anchors = Anchors(report, mask)
    doubts = Doubts(source.doubts)
    seen: dict[tuple[str, str], int] = {}
    diagnostics = []
    for rule, finding in found:
        message = mask(finding.message)
        doubt = _doubt(doubts, finding) if source.doubts else None
        severity = rule.severity if finding.severity is None else min(rule.severity, finding.severity)
        notes = (*finding.notes, Note(f"读取时有疑问：{doubt.reason}", doubt.span)) if doubt else finding.notes
        place, content = anchors.of(finding.span, message)
        nth = seen.get((rule.name, place), 0)
        seen[rule.name, place] = nth + 1
        diagnostics.append(
            Diagnostic(
                source,
                finding.span,
                rule.name,
                severity.lower if doubt else severity,
                message,
                rule.basis,
                tuple(
                    note._replace(message=mask(note.message), where=_where(source, note.span, mask)) for note in notes
                ),
                fingerprint(rule.name, path, place, nth),
                fix=finding.fix,
                place=place if not nth else f"{place} #{nth + 1}",
                content=content,
                mandatory=rule.name in mandatory,
                sums=tuple(_masked(total, mask) for total in finding.sums),
                expected="" if finding.expected is None else mask(str(finding.expected)),
                doubt=mask(doubt.reason) if doubt else "",
                where=_where(source, finding.span, mask),
            )
        )
    return in_order(diagnostics)


def _doubt(doubts: Doubts, finding: Finding) -> Doubt | None:
    """What the reader was not sure of among the stretches that a finding rests on."""
    spans = [note.span for note in finding.notes]
    spans += [hinge.span for hinge in finding.hinges]
    spans += [addend.span for total in finding.sums for side in (total.left, total.right) for addend in side.addends]
    known = (doubts.of(span) for span in (finding.span, *spans) if span is not None)
    return next((doubt for doubt in known if doubt is not None), None)


def _where(source: Source, span: Span | None, mask: Mask) -> Location | None:
    """Where a stretch stands in a document, as it may be shown: the words may quote it, whatever characters it has."""
    location = None if span is None else source.location(span)
    if location is None:
        return None
    location = mask.location(location)
    words = "".join(each if each.isprintable() else " " for each in location.words)
    return location._replace(words=" ".join(words.split()))


def _masked(total: Sum, mask: Mask) -> Sum:
    def side(side: Side) -> Side:
        return side._replace(words=mask(side.words), total=mask(side.total))

    left, right = side(total.left), side(total.right)
    return total._replace(message=mask(total.message), place=mask(total.place), left=left, right=right)
