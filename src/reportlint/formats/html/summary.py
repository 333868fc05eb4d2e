"""What a run came to, for the top of the page: by severity, by rule, by unit; and the filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from reportlint.findings import Severity
from reportlint.formats.html.markup import attribute, escape
from reportlint.formats.text import WORDS
from reportlint.outcome import Run
from reportlint.rules import Rule

_SEVERITIES = sorted(Severity, reverse=True)
_SHOWN = 12
"""Rows of a table that are shown at once; the others can be opened."""
_BAR_WIDTH, _BAR_HEIGHT = 120, 10


def written(run: Run, rule: Callable[[str], Rule | None]) -> str:
    """The section that a script sets on top."""
    return "".join(
        [
            '<section id="summary" aria-labelledby="summary-head" tabindex="-1"><h2 id="summary-head">汇总</h2>',
            _figures(run),
            '<div class="tables">',
            _table("rules", "按规则", "规则", "rule", run.by_rule, lambda name: _basis(rule(name))),
            _table("units", "按单位", "单位", "unit", run.by_unit, lambda _: ""),
            "</div>",
            *_remarks(run),
            "</section>",
        ]
    )


def _figures(run: Run) -> str:
    figures = [("report", "份报告", run.reports)]
    figures += [(severity.label, f"个{WORDS[severity]}", run.counts[severity]) for severity in _SEVERITIES]
    if run.accepted:
        figures.append(("accepted", "处已接受", run.accepted))
    if run.in_baseline:
        figures.append(("baseline", "处基线已有", run.in_baseline))
    if run.failed:
        figures.append(("failed", "份没有能按要求检查", run.failed))
    items = "".join(
        f'<li class="{kind}"><span class="figure">{number}</span> <span class="badge">{words}</span></li>'
        for kind, words, number in figures
    )
    said = "" if run.findings else '<p class="clean">没有发现问题。</p>'
    return f'<ul class="figures">{items}</ul>{said}'


def _table(
    id: str, title: str, head: str, filter: str, counts: Counter[tuple[str, Severity]], more: Callable[[str], str]
) -> str:
    """A table of counts, the gravest first."""
    by_name: dict[str, Counter[Severity]] = {}
    for (name, severity), number in counts.items():
        by_name.setdefault(name, Counter())[severity] += number
    if not by_name:
        return ""
    names = sorted(by_name, key=lambda name: ([-by_name[name][severity] for severity in _SEVERITIES], name))
    most = max(count.total() for count in by_name.values())
    rows = [_row(name, filter, by_name[name], most, more(name)) for name in names]
    heads = "".join(f'<th scope="col">{WORDS[severity]}</th>' for severity in _SEVERITIES)
    start = f'<table class="counts" aria-labelledby="{id}"><thead><tr><th scope="col">{head}</th>{heads}<td></td></tr>'
    start += "</thead>"
    shown = f"{start}<tbody>{''.join(rows[:_SHOWN])}</tbody></table>"
    rest = rows[_SHOWN:]
    others = f"<details><summary>其余 {len(rest)} 行</summary>{start}<tbody>{''.join(rest)}</tbody></table></details>"
    return f'<section><h3 id="{id}">{title}</h3>{shown}{others if rest else ""}</section>'


def _row(name: str, filter: str, counts: Mapping[Severity, int], most: int, more: str) -> str:
    figures = "".join(f"<td>{counts[severity] or ''}</td>" for severity in _SEVERITIES)
    words = f'<span data-filter="{filter}" data-value="{attribute(name)}">{escape(name)}</span>'
    remark = f'<span class="basis">{escape(more)}</span>' if more else ""
    return f'<tr><th scope="row">{words}{remark}</th>{figures}<td>{_bar(counts, most)}</td></tr>'


def _bar(counts: Mapping[Severity, int], most: int) -> str:
    """The counts as lengths. Style attributes are forbidden in the page; those of SVG are not."""
    parts = []
    at = 0.0
    for severity in _SEVERITIES:
        width = counts[severity] * _BAR_WIDTH / most
        if width:
            parts.append(f'<rect class="{severity.label}" x="{at:.4g}" width="{width:.4g}" height="{_BAR_HEIGHT}"/>')
        at += width
    size = f'width="{_BAR_WIDTH}" height="{_BAR_HEIGHT}" viewBox="0 0 {_BAR_WIDTH} {_BAR_HEIGHT}"'
    return f'<svg aria-hidden="true" {size}>{"".join(parts)}</svg>'


def _remarks(run: Run) -> Iterator[str]:
    if run.unassessed:
        rows = sorted(run.unassessed.items(), key=lambda each: (-each[1], each[0]))
        items = (f"<code>{escape(rule)}</code>：{escape(reason)}（{number} 份）" for (rule, reason), number in rows)
        yield _folded(f"{run.not_assessable} 份报告有规则无法判断", items)
    if run.passed_over:
        items = (f"{escape(each.path)}：{escape(each.reason)}" for each in run.passed_over)
        yield _folded(f"略过 {len(run.passed_over)} 个文件", items)


def _folded(words: str, items: Iterable[str]) -> str:
    return f"<details><summary>{words}</summary><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul></details>"


def _basis(rule: Rule | None) -> str:
    return "" if rule is None else rule.basis
