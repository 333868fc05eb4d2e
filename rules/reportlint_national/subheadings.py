"""The numbers of sub-headings within a section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint import Edit, Finding, Fix, Note, Report, Section, Severity, rule
from reportlint.grammar.numbering import Heading, marker, style_of
from reportlint_national import basis, sequence
from reportlint_national.outline import Outline, outlines

_LONGEST_LEAD = 30


class _Run:
    """Sub-headings of one level that are numbered together."""

    def __init__(self, first: Heading, start: int) -> None:
        self.start = start
        """Where the heading over them ends."""
        self.headings = [first]
        self.others: list[Heading] = []
        """Those numbered in another style than the first."""

    @property
    def styles(self) -> set[str]:
        return {self.headings[0].style, *(heading.style for heading in self.others)}

    def add(self, heading: Heading, *, other: bool = False) -> None:
        self.headings.append(heading)
        if other or heading.style != self.headings[0].style:
            self.others.append(heading)


@rule(basis=basis.NUMBERING, severity=Severity.WARNING, forms=basis.ANNUAL)
def subheading_numbering(report: Report) -> Iterator[Finding]:
    """Sub-headings are numbered from one in order, those of one level in one style."""
    same_style: Finding | None = None
    for outline in outlines(report):
        section = outline.section
        if section is None or len(outline.headings) < 2:
            continue
        for run in _runs(report, outline, section):
            yield from _faults(report, run)
            if run.others:
                yield _mixed(report, run)
            same_style = same_style or _like_the_section(report, section, run)
    if same_style is not None:
        yield same_style


def _runs(report: Report, outline: Outline, section: Section) -> list[_Run]:
    """The levels of a section, each time one begins."""
    runs: list[_Run] = []
    level: list[_Run] = []
    style = style_of(section.heading)
    end = section.heading_span.end
    for index, heading in enumerate(outline.headings):
        depth = next((i for i in range(len(level) - 1, -1, -1) if heading.style in level[i].styles), None)
        if heading.style == style and heading.number > 1 and not _goes_on(level, depth, heading):
            level.clear()  # The heading of a section that was not known for one.
        elif depth is not None:
            del level[depth + 1 :]
            following = next((h.number for h in outline.headings[index + 1 :] if h.style == heading.style), 0)
            if heading.number == 1 and _restarts(report, outline, level[depth].headings[-1], heading, following):
                level[depth] = _Run(heading, end)
                runs.append(level[depth])
            else:
                level[depth].add(heading)
        else:
            run = _continued(report, level, heading, outline.headings[index + 1 :])
            if run is None:
                level.append(_Run(heading, end))
                runs.append(level[-1])
            else:
                del level[level.index(run) + 1 :]
                run.add(heading, other=True)
        end = heading.span.end
    return runs


def _goes_on(level: list[_Run], depth: int | None, heading: Heading) -> bool:
    return depth is not None and level[depth].headings[-1].number == heading.number - 1


def _continued(report: Report, level: list[_Run], heading: Heading, rest: Sequence[Heading]) -> _Run | None:
    """The level that a heading in a new style goes on with, by its number."""
    for run in reversed(level):
        last = run.headings[-1]
        if heading.number > 1 and last.number == heading.number - 1:
            if any(other.number == heading.number and other.style in run.styles for other in rest):
                return None  # Its number comes again: this one belongs to something else.
            between = report.source.text[last.span.end : heading.span.start]
            return None if sequence.mentions(between, heading.number - 1) or sequence.mentions(between, 1) else run
    return None


def _restarts(report: Report, outline: Outline, last: Heading, heading: Heading, following: int) -> bool:
    """Whether a heading numbered one begins anew; if not, it is a slip."""
    if last.number > 1:
        return following != last.number + 2
    if heading.style in ("1.", "一、"):
        return True  # Markdown numbers every item «1.»; lists under «一、» are not told from sections.
    between = [report.text(span).strip() for span in outline.paragraphs[last.paragraph : heading.paragraph]]
    if between[-1].endswith(("：", ":")):
        return True
    return any(len(words) <= _LONGEST_LEAD or words.endswith(("：", ":")) for words in between[1:])


def _faults(report: Report, run: _Run) -> Iterator[Finding]:
    headings = run.headings
    text = report.source.text
    for fault in sequence.faults([heading.number for heading in headings]):
        heading = headings[fault.place]
        before = headings[fault.place - 1] if fault.place else None
        start = before.span.end if before else run.start
        missing = range(fault.expected, max(heading.number, fault.expected + 1))
        between = text[start : heading.span.start]
        if heading.number != (before.number if before else 0) and any(sequence.mentions(between, n) for n in missing):
            continue
        written = report.text(heading.span)
        expected = marker(heading.style, fault.expected)
        if before is None:
            if fault.misnumbered or (len(headings) > 1 and headings[1].number == heading.number + 1):
                fix = _renumbered(headings[:1], 1) if fault.misnumbered else None
                yield Finding(heading.span, f"小标题从“{written}”开始，之前没有“{expected}”", fix=fix)
            continue
        previous = report.text(before.span)
        notes = (Note(f"前一个小标题的序号为“{previous}”", before.span),)
        if heading.number == before.number:
            fix = _renumbered(headings[fault.place :] if not fault.misnumbered else [heading], fault.expected)
            yield Finding(heading.span, f"小标题的序号“{written}”重复，按次序为“{expected}”", notes, fix=fix)
        elif fault.misnumbered:
            fix = _renumbered([heading], fault.expected)
            yield Finding(heading.span, f"小标题的序号为“{written}”，按次序为“{expected}”", notes, fix=fix)
        elif heading.number > fault.expected and not _comes_later(headings, fault):
            lost = "".join(f"“{marker(heading.style, number)}”" for number in missing)
            yield Finding(heading.span, f"小标题“{previous}”之后是“{written}”，缺{lost}", notes)
        else:
            yield Finding(heading.span, f"小标题“{previous}”之后是“{written}”，按次序为“{expected}”", notes)


def _comes_later(headings: Sequence[Heading], fault: sequence.Fault) -> bool:
    return any(heading.number == fault.expected for heading in headings[fault.place + 1 :])


def _renumbered(headings: Sequence[Heading], first: int) -> Fix:
    edits = (Edit(heading.span, marker(heading.style, number)) for number, heading in enumerate(headings, first))
    return Fix(tuple(edits))


def _mixed(report: Report, run: _Run) -> Finding:
    first, other = run.headings[0], run.others[0]
    before = run.headings[run.headings.index(other) - 1]
    words = f"小标题“{report.text(before.span)}”之后是“{report.text(other.span)}”，同一层用了两种序号"
    fix = Fix(tuple(Edit(h.span, marker(first.style, h.number)) for h in run.others))
    return Finding(
        other.span, words, (Note(f"这一层从“{report.text(first.span)}”开始", first.span),), Severity.ADVICE, fix
    )


def _like_the_section(report: Report, section: Section, run: _Run) -> Finding | None:
    """A level of sub-headings that is numbered just as the sections are."""
    first = run.headings[0]
    if first.number != 1 or len(run.headings) < 2 or first.style != style_of(section.heading):
        return None
    words = f"小标题“{report.text(first.span)}{first.words}”与“{section.heading}”用了同一种序号"
    return Finding(first.span, words, (Note("部分的标题", section.heading_span),), Severity.ADVICE)
