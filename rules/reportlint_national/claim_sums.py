"""Parts that a sentence states, and the whole that it states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportlint import Claim, Finding, NotAssessable, Note, Report, Severity, Span, lazy_pattern, rule
from reportlint_national import basis
from reportlint_national.ledger import LEDGER, RECEIVED, figures
from reportlint_national.spoken import readings
from reportlint_national.wholes import parts_beyond_wholes

_PERCENT = "%"
_FIGURE = lazy_pattern(r"[0-9０-９]+(?=\s*[件宗份起次个例])|[零一二两三四五六七八九十百]+(?=[件宗份起次例])")
_ON_ITS_PARTS = lazy_pattern(
    r"\s*(?:其中|[从按](?:申请)?(?:的)?(?:渠道|方式|途径|来源|形式|申请人|申请主体|主体|结果|办理结果|答复结果)(?:类型|类别|情况)?(?:来?看|划?分|统计|分类))"
)
_CARRIED, _BROUGHT = "carried_forward", "brought_forward"


class _Partition(NamedTuple):
    """Subjects that make up a whole between them, and the wholes that they make up."""

    words: str
    parts: frozenset[str]
    wholes: frozenset[str]
    fewest: int
    """Parts that a list needs before it may be taken for complete."""


_PARTITIONS = (
    _Partition(
        "各渠道",
        frozenset(f"channel.{name}" for name in ("in_person", "online", "post", "email", "fax", "other")),
        frozenset({*RECEIVED, "processed"}),
        2,
    ),
    _Partition(
        "各类申请人",
        frozenset({"natural_person", "organisations"}),
        frozenset({*RECEIVED, "processed"}),
        2,
    ),
    _Partition(
        "各办理结果",
        frozenset(
            {"granted", "partly_granted", "disclosed", "denied", "unavailable", "not_handled", "otherwise_closed"}
        ),
        frozenset({*RECEIVED, "processed"}),
        4,
    ),
)


@rule(basis=basis.ACCURACY, severity=Severity.WARNING, forms=basis.ANNUAL)
def claim_sum(report: Report) -> Iterator[Finding]:
    """Parts that a sentence lists add up to the whole that it states."""
    yield from parts_beyond_wholes(report)
    if not report.claims:
        raise NotAssessable("文字中没有读到数字")
    for sentence in _sentences(report):
        for partition in _PARTITIONS:
            finding = _unequal(report, sentence, partition)
            if finding is not None:
                yield finding


def _sentences(report: Report) -> Iterator[list[Claim]]:
    """The claims sentence by sentence; one that begins with 其中 goes on with the one before."""
    text = report.source.text
    group: list[Claim] = []
    for claim in report.claims:
        if claim.unit == _PERCENT:
            continue
        if group and claim.sentence != group[-1].sentence and not _goes_on(text, group[-1], claim):
            yield group
            group = []
        group.append(claim)
    if group:
        yield group


def _goes_on(text: str, before: Claim, claim: Claim) -> bool:
    gap = text[before.sentence.end : claim.sentence.start]
    return len(gap) <= 1 and _ON_ITS_PARTS.match(text, claim.sentence.start) is not None


def _unequal(report: Report, claims: Sequence[Claim], partition: _Partition) -> Finding | None:
    """A list of parts that is not the whole before it."""
    start = next((index for index, claim in enumerate(claims) if claim.subject in partition.parts), None)
    if start is None:
        return None
    whole = next((claim for claim in reversed(claims[:start]) if claim.subject in partition.wholes), None)
    if whole is None or whole.part:
        return None
    parts = [claim for claim in claims[start:] if claim.subject in partition.parts]
    subjects = [claim.subject for claim in parts]
    others = [claim for claim in claims[start:] if claim.subject in partition.wholes]
    if len(parts) < 2 or len(set(subjects)) < len(subjects) or others:
        return None
    if any(claim.approximate or claim.open for claim in (whole, *parts)):
        return None
    total = sum((Decimal(claim.value) for claim in parts), Decimal(0))
    beside = {claim.subject: Decimal(claim.value) for claim in claims if claim.subject in (_CARRIED, _BROUGHT)}
    carried, brought = beside.get(_CARRIED, Decimal(0)), beside.get(_BROUGHT, Decimal(0))
    value = Decimal(whole.value)
    if total in {value, value - carried, value + brought, value + brought - carried}:
        return None
    complete = len(parts) >= partition.fewest and not _unread(report, whole, parts, claims)
    if total < value and not complete:
        return None
    if any(_is_told_by_the_table(report, claim) for claim in (whole, *parts)):
        return None
    added = "+".join(str(claim.value) for claim in parts)
    message = f"{partition.words}之和为 {total}（{added}），文字称“{_quoted(report, whole)}”"
    notes = tuple(Note(f"“{_quoted(report, claim)}”", claim.span) for claim in parts)
    return Finding(whole.span, message, notes)


def _is_told_by_the_table(report: Report, claim: Claim) -> bool:
    """Whether the table holds another figure, so that `claim-mismatch` says which one is amiss."""
    held = LEDGER.get(claim.subject)
    found = readings(report, claim, tuple(figures(report, held))) if held is not None and claim.value else []
    return bool(found) and claim.value not in [figure.value for figure in found]


def _unread(report: Report, whole: Claim, parts: Sequence[Claim], claims: Sequence[Claim]) -> bool:
    """Whether the list has figures that were not understood: it may be longer than what was read."""
    span = Span(whole.span.end, parts[-1].sentence.end)
    stated = sum(span.start <= claim.span.start < span.end for claim in claims if not claim.denied)
    return len(_FIGURE.findall(report.text(span))) > stated


def _quoted(report: Report, claim: Claim) -> str:
    return "".join(report.text(claim.span).split())
