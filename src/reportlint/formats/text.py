"""For people: `full` shows the line and the place in it, `concise` is a line a finding."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from reportlint.diagnostic import Diagnostic
from reportlint.findings import Note, Severity
from reportlint.formats import Format, joined
from reportlint.formats.places import told, with_path, words
from reportlint.masking import Mask
from reportlint.outcome import Run, tallies
from reportlint.result import Result
from reportlint.source import Source, Span

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.ADVICE: "建议"}
COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}
_WIDEST = 96
"""Columns of a source line that are shown."""
_TAB = "  "
_FIELDS = " | "
"""Between the fields of a row that a reader wrote."""
_MOST_PASSED_OVER = 5
_MOST_REFUSED = 10
_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""The directions of marks that turn round the text behind them."""
_MOST_REASONS = 5
_MOST_RULES = 10
_GRAVEST_FIRST = sorted(Severity, reverse=True)


class Full(Format):
    """Findings one below the other, then what was done."""

    summarises = True

    def result(self, result: Result) -> str:
        return joined(full(result, self.context.colour))

    def end(self, run: Run) -> str:
        return joined(closing(run))


class Concise(Format):
    """A line a finding."""

    def result(self, result: Result) -> str:
        return joined(concise(result))


def concise(result: Result) -> Iterator[str]:
    """`path:line:column: severity rule message`, a line a finding; `path: words: …` where there are no lines."""
    for diagnostic in result.diagnostics:
        yield f"{_place(diagnostic)}: {diagnostic.severity.label} {diagnostic.rule} {told(diagnostic)}"


def full(result: Result, colour: bool = False) -> Iterator[str]:
    """Each finding with its line or passage, a caret under the stretch, its notes and its basis."""
    mask = Mask(result.source.text, result.concealed)
    for diagnostic in result.diagnostics:
        word = paint(WORDS[diagnostic.severity], COLOURS[diagnostic.severity], colour)
        yield f"{word} {paint(diagnostic.message, '1', colour)}"
        beside = words(diagnostic.location()) if diagnostic.source.has_lines else ""
        yield f"  {_place(diagnostic)}{f'（{beside}）' if beside else ''}  {diagnostic.rule}"
        if diagnostic.span is not None:
            shown = mask.whole if diagnostic.source is result.source else diagnostic.source.text
            yield from _frame(diagnostic.source, shown, diagnostic.span, COLOURS[diagnostic.severity], colour)
        for note in diagnostic.notes:
            yield f"  · {note.message}{_note_place(diagnostic, note)}"
        if diagnostic.basis and not diagnostic.own:
            yield f"  依据：{diagnostic.basis}"
        yield ""


def closing(run: Run) -> Iterator[str]:
    """The last lines: what was done, unless that is not wanted, and the tables that are asked for."""
    if not run.quiet:
        yield from summary(run)
    if run.statistics:
        yield from statistics(run)


def summary(run: Run) -> Iterator[str]:
    """What was done, and what was not."""
    if not run.reports:
        yield "没有检查任何报告。"
    elif run.fix_only:
        yield f"检查了 {run.reports} 份报告{'' if run.fixed else '，没有改动'}。"
        yield from _fixes(run)
        if run.failed:
            yield f"{run.failed} 份没有能按要求检查。"
    else:
        yield from _findings(run)
    for passed_over in run.passed_over[:_MOST_PASSED_OVER]:
        yield f"略过 {named(passed_over.path)}：{passed_over.reason}。"
    if len(run.passed_over) > _MOST_PASSED_OVER:
        yield f"另略过 {len(run.passed_over) - _MOST_PASSED_OVER} 个文件。"


def _findings(run: Run) -> Iterator[str]:
    """What was found, and by how many of the rules that ran."""
    total = run.findings
    parts = [f"{run.counts[severity]} 个{WORDS[severity]}" for severity in _GRAVEST_FIRST]
    said = f"发现 {total} 处（{'，'.join(parts)}）" if total else "没有发现问题"
    yield f"检查了 {run.reports} 份报告，运行了 {len(run.rules)} 条规则；{said}。"
    yield from _fixes(run)
    if run.unassessed or (run.reports > 1 and total):
        unable = f"，{run.unable} 次无法判断" if run.unable else ""
        yield f"规则共运行 {run.ran} 次：{run.passed} 次通过，{run.found} 次发现问题{unable}。"
    if run.failed:
        yield f"{run.failed} 份没有能按要求检查。"
    if run.not_assessable:
        yield f"{run.not_assessable} 份报告有规则无法判断："
        yield from _reasons(run)
    if run.accepted or run.in_baseline:
        kinds = [(run.accepted, "已接受"), (run.in_baseline, "在基线中")]
        yield f"另有问题没有计入：{'，'.join(f'{number} 处{words}' for number, words in kinds if number)}。"


def _fixes(run: Run) -> Iterator[str]:
    """What was mended, could not be, and could be."""
    if run.fixed:
        yield f"{'可修改' if run.diff else '修改了'} {run.fixed} 处（{run.fixed_reports} 份报告）。"
    if run.reports > 1 and not run.diff:
        yield from (f"  {named(path)}：{number} 处" for path, number in run.fixed_in)
        if run.fixed_reports > len(run.fixed_in):
            yield f"  另有 {run.fixed_reports - len(run.fixed_in)} 份报告"
    for refused in run.refused[:_MOST_REFUSED]:
        yield f"没有修改 {show(refused)}"
    if len(run.refused) > _MOST_REFUSED:
        yield f"另有 {len(run.refused) - _MOST_REFUSED} 处没有修改。"
    ways = [(run.fixable, "可用 --fix 自动修改"), (run.fixable_unsafe, "加 --unsafe-fixes 才修改，改后需人工核对")]
    parts = [f"{number} 处{way}" for number, way in ways if number]
    if parts:
        yield f"{'另有' if run.fix_only else '其中'} {'，'.join(parts)}。"


def _reasons(run: Run) -> Iterator[str]:
    """Why rules could not judge, the most frequent reason first; of a single report all that there is to say."""
    times: Counter[str] = Counter()
    rules: dict[str, list[str]] = {}
    for (rule, reason), number in sorted(run.unassessed.items()):
        times[reason] += number
        rules.setdefault(reason, []).append(rule)
    reasons = sorted(times, key=lambda reason: (-times[reason], reason))
    alone = run.reports == 1
    most = len(reasons) if alone else _MOST_REASONS
    for reason in reasons[:most]:
        first, *more = rules[reason]
        others = f" 等 {len(more) + 1} 条规则" if more else ""
        if alone:
            names = "、".join(rules[reason]) if len(rules[reason]) <= _MOST_RULES else f"{first}{others}"
            yield f"  {reason}（{names}）"
        else:
            yield f"  {times[reason]} 次 {reason}（{first}{others}）{_only(run, reason, rules[reason], times[reason])}"
    if len(reasons) > most:
        yield f"  另有 {len(reasons) - most} 种原因"


def _only(run: Run, reason: str, rules: list[str], times: int) -> str:
    """The report, where a reason is that of one only."""
    paths = {run.first_unassessed[rule, reason] for rule in rules}
    return f"：{named(paths.pop())}" if times == len(rules) and len(paths) == 1 else ""


def statistics(run: Run) -> Iterator[str]:
    """Findings by rule and by unit, the most first."""
    yield ""
    yield from _table("规则", run.by_rule)
    yield ""
    yield from _table("单位", run.by_unit)


def _table(what: str, counts: Mapping[tuple[str, Severity], int]) -> Iterator[str]:
    words = [WORDS[severity] for severity in _GRAVEST_FIRST]
    yield f"{'  '.join(['合计', *words])}  {what}"
    for tally in tallies(counts):
        numbers = [tally.total, *(tally.of(severity) for severity in _GRAVEST_FIRST)]
        yield f"{'  '.join(f'{number:4}' for number in numbers)}  {show(tally.name)}"


def _place(diagnostic: Diagnostic) -> str:
    return with_path(named(diagnostic.source.path), diagnostic)


def named(path: str) -> str:
    """A path as a terminal can show it: what would move its cursor, or turn round the line, as an escape."""
    if path.isprintable():
        return path
    return "".join(each.encode("unicode_escape").decode() if _moves(each) else each for each in path)


def _moves(character: str) -> bool:
    return unicodedata.category(character) == "Cc" or unicodedata.bidirectional(character) in _TURNS


def _note_place(diagnostic: Diagnostic, note: Note) -> str:
    """Where a note stands; in a document only where that is not the place of the finding."""
    if note.span is None:
        return ""
    if not diagnostic.source.has_lines:
        where = words(note.where)
        return f"（{where}）" if where and where != words(diagnostic.location()) else ""
    position = diagnostic.source.position(note.span.start)
    return f"（第 {position.line} 行第 {position.column} 字）"


def _frame(source: Source, text: str, span: Span, code: str, colour: bool) -> Iterator[str]:
    """The line of the text that is shown of a source, cut to the width of a screen around the stretch, with carets.

    Of a document it is a paragraph or a row, which has no number.
    """
    line = source.line_span(span.start)
    end = min(span.end, line.end)
    before = _tail(text[max(line.start, span.start - _WIDEST) : span.start], _WIDEST // 2)
    marked = _head(text[span.start : min(end, span.start + _WIDEST)], _WIDEST // 2)
    after_start = span.start + len(marked)
    after = _head(text[after_start : min(line.end, after_start + _WIDEST)], _WIDEST // 4)
    lead = "…" if span.start - len(before) > line.start else ""
    tail = "…" if after_start + len(after) < line.end else ""
    number = str(source.position(span.start).line) if source.has_lines else ""
    tab = _TAB if source.origin is None else _FIELDS
    shown = [show(part.replace("\t", tab)) for part in (lead + before, marked, after + tail)]
    gutter = " " * len(number)
    yield f" {number} | {''.join(shown)}"
    carets = "^" * max(1, width(shown[1]))
    yield f" {gutter} | {' ' * width(shown[0])}{paint(carets, code, colour)}"


def width(text: str) -> int:
    """The columns that a text takes in a terminal."""
    columns = 0
    for character in text:
        if unicodedata.combining(character):
            continue
        columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return columns


def _head(text: str, columns: int) -> str:
    """As much of the beginning of a text as fits into some columns."""
    used = 0
    for index, character in enumerate(text):
        used += width(show(character))
        if used > columns:
            return text[:index]
    return text


def _tail(text: str, columns: int) -> str:
    return _head(text[::-1], columns)[::-1]


def show(text: str) -> str:
    """A text as a terminal can show it: tabs as spaces, control characters as signs."""
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character == "\t":
        return _TAB
    return character if character.isprintable() or unicodedata.category(character) == "Zs" else "�"


def paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
