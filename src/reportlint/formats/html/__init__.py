"""A page for people who look rather than read: each report as its author would see it, the findings beside it.

The page needs nothing but itself. Reports are written as they come and the summary after them; a script sets it on
top, and where there is none a link leads to it. All that the script says stands in the page: style and script
have no characters but those of ASCII, so that the page can go to any stream.
"""

from __future__ import annotations

import base64
import hashlib

from reportlint import resources
from reportlint.diagnostic import BASELINE
from reportlint.findings import Severity
from reportlint.formats import Format
from reportlint.formats.html import cards, doubts, paper, summary
from reportlint.formats.html.cards import Card
from reportlint.formats.html.marks import Marks
from reportlint.formats.html.markup import ascii_only, attribute, escape
from reportlint.formats.text import WORDS
from reportlint.masking import Mask
from reportlint.outcome import Run
from reportlint.result import Result

_PACKAGE = "reportlint.formats.html"
_TITLE = "政府信息公开年度报告检查结果"


class Html(Format):
    """The page."""

    needs_report = True
    summarises = True

    def begin(self) -> str:
        style, script = _file("page.css"), _file("page.js")
        policy = f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'"
        return self._written(
            _file("head.html")
            .replace("{policy}", f"{policy}; base-uri 'none'; form-action 'none'")
            .replace("{title}", _TITLE)
            .replace("{style}", style)
        )

    def result(self, result: Result) -> str:
        return self._written(_article(result))

    def end(self, run: Run) -> str:
        return self._written(
            _file("foot.html")
            .replace("{summary}", summary.written(run, self.context.rule))
            .replace("{script}", _file("page.js"))
        )

    def _written(self, markup: str) -> str:
        return ascii_only(markup) if self.context.ascii_only else markup


def _file(name: str) -> str:
    return resources.read(_PACKAGE, name).decode("utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    """A text as a Content-Security-Policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def _article(result: Result) -> str:
    source = result.source
    key = f"{source.path}\0{source.text}".encode("utf-8", "surrogatepass")
    report = f"r{hashlib.sha256(key).hexdigest()[:12]}"
    mask = Mask(source.text, result.concealed)
    shown = mask.whole
    found = cards.cards(result, report)
    marked = [stretch for card in found for stretch in cards.stretches(result, card)]
    marks = Marks(shown, [*marked, *doubts.stretches(source, report, mask)])
    recognised = result.report if result.report is not None and result.report.recognised else None
    parts = list(paper.parts(recognised, source, marks))
    by_id = {card.id: card for card in found}

    def written(card: Card) -> str:
        text = shown if card.diagnostic.source is source else card.diagnostic.source.text
        return cards.written(card, text, marks.placed)

    beside = {identity for part in parts for identity in part.findings}
    body = "".join("".join(written(by_id[identity]) for identity in part.findings) + part.markup for part in parts)
    top = "".join(written(card) for card in found if card.id not in beside)
    unit = result.organisation or source.path
    open_ = " open" if found or not body else ""
    words = "报告全文" if body else "没有文字"
    return (
        f'<article id="{report}" aria-labelledby="{report}-h" data-unit="{attribute(unit)}"'
        f' class="{"found" if result.diagnostics else "clean"}">'
        f'<header><h2 id="{report}-h" tabindex="-1">{escape(_name(result, shown))}</h2>'
        f'<p class="path">{escape(source.path)}</p>{_counts(result)}</header>'
        f"<details{open_}><summary>{words}</summary>"
        f'<div class="paper" lang="zh-CN">{top}{body}</div></details>'
        f"{doubts.listed(source, report, mask, marks.placed)}{_unassessed(result)}</article>\n"
    )


def _name(result: Result, shown: str) -> str:
    """What a report is called: by its title, as that may be shown, in one line."""
    report = result.report
    if report is not None and report.title_span is not None:
        title = "".join(shown[report.title_span.start : report.title_span.end].split())
        if title:
            return title
    return result.organisation or result.source.path


def _counts(result: Result) -> str:
    items = []
    for severity in sorted(Severity, reverse=True):
        number = sum(diagnostic.severity is severity for diagnostic in result.diagnostics)
        if number:
            items.append(f'<li class="{severity.label}"><span class="badge">{number} 个{WORDS[severity]}</span></li>')
    in_baseline = sum(accepted.kind == BASELINE for accepted in result.accepted)
    if len(result.accepted) > in_baseline:
        items.append(
            f'<li class="accepted"><span class="badge">{len(result.accepted) - in_baseline} 处已接受</span></li>'
        )
    if in_baseline:
        items.append(f'<li class="baseline"><span class="badge">{in_baseline} 处基线已有</span></li>')
    if not result.diagnostics:
        items.insert(0, '<li class="clean">没有发现问题</li>')
    return f'<ul class="counts">{"".join(items)}</ul>'


def _unassessed(result: Result) -> str:
    if not result.not_assessable:
        return ""
    items = "".join(f"<li><code>{escape(rule)}</code>：{escape(why)}</li>" for rule, why in result.not_assessable)
    return (
        f'<details class="unassessed"><summary>{len(result.not_assessable)} 条规则无法判断</summary>'
        f"<ul>{items}</ul></details>"
    )
