"""Figures in the prose against the tables, and against each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from reportlint import Claim, Finding, Hinge, NotAssessable, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint.claims import LONGEST_SENTENCE
from reportlint_national import basis
from reportlint_national.ledger import LEDGER, RECEIVED, Figure, Held, figures
from reportlint_national.scopes import of_the_report
from reportlint_national.shares import stated_shares
from reportlint_national.zero_filing import DENIABLE, no_requests

_YUAN_10000_IN = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10_000)}
_MONEY = "administrative_fees"
_NEW = lazy_pattern("新(?!闻|媒体|增长)")
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
    settled: set[str] = set()
    """What the text has said of the report's own organisation as the table has it."""
    for claim in own_year(report):
        held = LEDGER.get(claim.subject)
        if held is None or claim.approximate or claim.unit == _PERCENT:
            continue
        # zero_filing speaks of these.
        if claim.value == 0 and claim.subject in DENIABLE:
            continue
        if nothing_received and claim.subject in RECEIVED:
            continue
        found = figures(report, held)
        own = of_the_report(report, claim)
        if not found or any(_agrees(claim, figure) for figure in found):
            if found and own:
                settled.update(RECEIVED if claim.subject in RECEIVED else {claim.subject})
            continue
        if any(_agrees(claim, figure) for figure in _also_meant(report, claim)):
            yield _ambiguous(report, claim, found[0])
        elif own or claim.subject not in settled:
            yield _mismatch(report, claim, held, found)
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


def own_year(report: Report) -> list[Claim]:
    """The claims that speak of the report's own year."""
    return [claim for claim in report.claims if claim.year is None or claim.year == report.year]


def readings(report: Report, claim: Claim, found: list[Figure]) -> list[Figure]:
    """The figures that the words of a claim may mean."""
    return [*found, *_also_meant(report, claim)]


def _also_meant(report: Report, claim: Claim) -> list[Figure]:
    """What the words of a claim may mean as well: in «收到12件，上年结转3件» the 12 may hold the 3."""
    if claim.subject == "newly_received" and not _NEW.search(report.text(claim.span)):
        return figures(report, LEDGER["incoming"])
    return []


def _ambiguous(report: Report, claim: Claim, figure: Figure) -> Finding:
    said, where = _quoted(report, claim), cells_in_words(report, figure)
    message = f"文字称“{said}”，另称有上年结转，表格中{where}为 {figure.value}，{claim.value} 是否已含上年结转？"
    notes = (Note(f"{where}为 {figure.value}", figure.cells[0].span),)
    hinges = tuple(_hinges(claim, [figure]))
    return Finding(claim.span, message, notes, Severity.ADVICE, hinges=hinges)


def _agrees(claim: Claim, figure: Figure) -> bool:
    if claim.subject != _MONEY:
        return claim.value == figure.value
    if claim.unit not in _YUAN_10000_IN:
        return True
    # As exact as it was written: 141864.37万元 is 141864.3672.
    value = Decimal(claim.value)
    stated = Decimal(figure.value) / _YUAN_10000_IN[claim.unit]
    return stated.quantize(Decimal(1).scaleb(value.as_tuple().exponent), ROUND_HALF_UP) == value  # type: ignore[arg-type]


def _mismatch(report: Report, claim: Claim, held: Held, found: list[Figure]) -> Finding:
    figure = found[0]
    said = _quoted(report, claim)
    where = cells_in_words(report, figure)
    notes = tuple(Note(f"{cells_in_words(report, other)}为 {other.value}", other.cells[0].span) for other in found[:3])
    if not of_the_report(report, claim):
        message = f"文字称“{said}”，表格中{where}为 {figure.value}，文字所说的“{claim.scope}”与报告是否为同一口径？"
        return Finding(claim.span, message, notes, Severity.ADVICE)
    hinges = tuple(_hinges(claim, found))
    message = f"文字称“{said}”，表格中{where}为 {figure.value}"
    severity = None if held.firm else Severity.WARNING
    if claim.subject == "processed" and _IN_TIME.search(report.text(claim.span)):
        severity = Severity.ADVICE
        message = f"文字称“{said}”，表格中{where}为 {figure.value}，其余是否未按期？"
    return Finding(claim.span, message, notes, severity, hinges=hinges)


def _hinges(claim: Claim, found: list[Figure]) -> Iterator[Hinge]:
    """The cells that could be wrong instead of the text, each with the figure that it would then have."""
    if claim.subject == _MONEY:
        return
    for figure in found:
        for cell in figure.cells:
            if cell.value is not None:
                value = claim.value - (figure.value - cell.value)
                if value >= 0:
                    yield Hinge(cell.span, value)


def cells_in_words(report: Report, figure: Figure) -> str:
    """The cells of a figure by their printed labels."""
    rows = list(dict.fromkeys(row for row, _ in figure.places))
    columns = list(dict.fromkeys(column for _, column in figure.places))
    label = report.form.label
    row_words = f"“{label(rows[0])}”" if len(rows) == 1 else _span_of(label(rows[0]), label(rows[-1]), len(rows))
    column_words = (
        f"“{label(columns[0])}”" if len(columns) == 1 else _span_of(label(columns[0]), label(columns[-1]), len(columns))
    )
    total = "之和" if len(figure.places) > 1 else ""
    return f"{row_words}的{column_words}{total}"


def _span_of(first: str, last: str, count: int) -> str:
    return f"“{first}”与“{last}”" if count == 2 else f"“{first}”至“{last}”{count} 项"


def _quoted(report: Report, claim: Claim) -> str:
    """The words of a claim, short enough to be quoted."""
    words = "".join(report.text(claim.span).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]}…{words[-_LONGEST // 3 :]}"


def _amount(claim: Claim) -> Decimal:
    """A claim's value in the smallest unit of its kind."""
    return Decimal(claim.value) * {"万元": 10_000, "亿元": 100_000_000}.get(claim.unit or "", 1)
