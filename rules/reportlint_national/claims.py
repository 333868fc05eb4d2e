"""Figures in the prose against the tables, and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint import Claim, Finding, Hinge, NotAssessable, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint.claims import LONGEST_SENTENCE
from reportlint_national import basis
from reportlint_national.ledger import LEDGER, RECEIVED, Figure, Held, figures
from reportlint_national.scopes import of_the_report
from reportlint_national.shares import stated_shares
from reportlint_national.spoken import MONEY, agrees, also_meant, own_year, spoken
from reportlint_national.zero_filing import DENIABLE, no_requests

_IN_TIME = lazy_pattern("按[时期]|及时|如期")
_SENTENCE_END = lazy_pattern("[。；;！!？?]")
_LONGEST = 60
_PERCENT = "%"


@rule(basis=basis.ACCURACY, severity=Severity.ERROR, forms=basis.ANNUAL)
def claim_mismatch(report: Report) -> Iterator[Finding]:
    """What the text says of a figure is what the table holds."""
    if not any(table.cells for table in report.tables.values()):
        raise NotAssessable("没有读到表格")
    if not report.claims:
        raise NotAssessable("文字中没有读到可以与表格核对的数字")
    nothing_received = no_requests(report)
    for claim, held, found, own in spoken(report):
        if claim.approximate:
            continue
        # zero_filing speaks of these.
        if claim.value == 0 and claim.subject in DENIABLE:
            continue
        if nothing_received and claim.subject in RECEIVED:
            continue
        if not found or any(agrees(claim, figure) for figure in found):
            continue
        if any(agrees(claim, figure) for figure in also_meant(report, claim)):
            yield _ambiguous(report, claim, found[0])
        else:
            yield _mismatch(report, claim, held, found, own)
    for share in stated_shares(report):
        yield Finding(share.claim.span, share.message, share.notes, share.severity)
    if any(_too_long(report.text(span)) for span in prose_spans(report) if span.end - span.start > LONGEST_SENTENCE):
        raise NotAssessable(f"有一句超过 {LONGEST_SENTENCE} 字，没有读其中的数字")


@rule(basis=basis.ACCURACY, severity=Severity.WARNING, forms=basis.ANNUAL)
def claim_conflict(report: Report) -> Iterator[Finding]:
    """The text does not give two figures for one thing."""
    if not report.claims:
        raise NotAssessable("文字中没有读到数字")
    first: dict[str, Claim] = {}
    brought = {claim.value for claim in report.claims_about("brought_forward")}
    for claim in own_year(report):
        if claim.approximate or claim.unit == _PERCENT or claim.part or not of_the_report(report, claim):
            continue
        held = LEDGER.get(claim.subject)
        # What the table has is held against the table, once.
        if held is not None and figures(report, held):
            continue
        known = first.setdefault(claim.subject, claim)
        if claim.value == known.value or _amount(claim) == _amount(known):
            continue
        if claim.subject in RECEIVED and abs(Decimal(claim.value) - Decimal(known.value)) in brought:
            continue
        said, before = _quoted(report, claim), _quoted(report, known)
        message = f"文字先称“{before}”，又称“{said}”，同一事项两个数"
        yield Finding(claim.span, message, (Note(f"此前称“{before}”", known.span),))


def prose_spans(report: Report) -> Iterator[Span]:
    yield from report.preface
    for section in report.sections:
        yield from section.paragraphs


def _too_long(paragraph: str) -> bool:
    return any(len(sentence) > LONGEST_SENTENCE for sentence in _SENTENCE_END.split(paragraph))


def _ambiguous(report: Report, claim: Claim, figure: Figure) -> Finding:
    said, where = _quoted(report, claim), report.form.words(figure.places)
    message = f"文字称“{said}”，另称有上年结转，表格中{where}为 {figure.value}，{claim.value} 是否已含上年结转？"
    notes = (Note(f"{where}为 {figure.value}", figure.cells[0].span),)
    hinges = tuple(_hinges(claim, [figure]))
    return Finding(claim.span, message, notes, Severity.ADVICE, hinges=hinges)


def _mismatch(report: Report, claim: Claim, held: Held, found: Sequence[Figure], own: bool) -> Finding:
    figure = found[0]
    said = _quoted(report, claim)
    where = report.form.words(figure.places)
    words = report.form.words
    notes = tuple(Note(f"{words(other.places)}为 {other.value}", other.cells[0].span) for other in found[:3])
    if not own:
        message = f"文字称“{said}”，表格中{where}为 {figure.value}，文字所说的“{claim.scope}”与报告是否为同一口径？"
        return Finding(claim.span, message, notes, Severity.ADVICE)
    hinges = tuple(_hinges(claim, found))
    message = f"文字称“{said}”，表格中{where}为 {figure.value}"
    severity = None if held.firm else Severity.WARNING
    if claim.subject == "processed" and _IN_TIME.search(report.text(claim.span)):
        severity = Severity.ADVICE
        message = f"文字称“{said}”，表格中{where}为 {figure.value}，其余是否未按期？"
    return Finding(claim.span, message, notes, severity, hinges=hinges)


def _hinges(claim: Claim, found: Sequence[Figure]) -> Iterator[Hinge]:
    """The cells that could be wrong instead of the text, each with the figure that it would then have."""
    if claim.subject == MONEY:
        return
    for figure in found:
        for cell in figure.cells:
            if cell.value is not None:
                value = claim.value - (figure.value - cell.value)
                if value >= 0:
                    yield Hinge(cell.span, value)


def _quoted(report: Report, claim: Claim) -> str:
    """The words of a claim, short enough to be quoted."""
    words = "".join(report.text(claim.span).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]}…{words[-_LONGEST // 3 :]}"


def _amount(claim: Claim) -> Decimal:
    """A claim's value in the smallest unit of its kind."""
    return Decimal(claim.value) * {"万元": 10_000, "亿元": 100_000_000}.get(claim.unit or "", 1)
