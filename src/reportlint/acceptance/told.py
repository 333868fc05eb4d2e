"""What is said of entries that do not hold: findings of the tool's own, at the entry in its file."""

from __future__ import annotations

import os

from reportlint.acceptance.claims import IGNORE, Claim
from reportlint.diagnostic import TOOL, Diagnostic, fingerprint
from reportlint.findings import Note, Severity
from reportlint.paths import below
from reportlint.source import Source, Span

VOID, EXPIRED, UNUSED = "void-acceptance", "expired-acceptance", "unused-acceptance"
MANDATORY, MISSING, UNKNOWN = "mandatory-acceptance", "missing-report", "unknown-rule"
WORDS = {
    VOID: ("content", "已经失效，内容由“{then}”变为“{now}”"),
    EXPIRED: ("until", "到 {until} 为止，已经过期"),
    UNUSED: ("place", "不再需要，规则已不提出这一处"),
    MANDATORY: ("rule", "不起作用，规则是必须遵守的"),
    MISSING: ("report", "所指的报告不存在"),
    UNKNOWN: ("rule", "所指的规则不存在"),
}
"""By the name of the finding: the key at whose line it stands, and its words."""
_RENEW = "重新接受：reportlint accept {target} --because 理由 --renew；不再接受：删去这一条"
_LINE, _NO_LINE = "报告:行号", "报告 --rule 规则"
"""How a finding is named to `reportlint accept`: in a report that has lines, and in one that has none."""
_REMEDIES = {
    VOID: _RENEW,
    EXPIRED: _RENEW,
    MISSING: "报告改名的，report 写新的名字；报告没有了的，删去这一条",
}
"""What can be done about an entry in a file beside the reports; of the others it goes without saying."""
_UNCOVERED = "没有用到，没有报告符合 {paths}"


def entry_finding(name: str, claim: Claim, root: str, path: str, found: Diagnostic | None = None) -> Diagnostic:
    """A finding about an entry and a report; `found` is what the rule says of the place now."""
    key, words = WORDS[name]
    entry = claim.entry
    about = "，".join((below(root, path), entry.rule, entry.place))
    said = words.format(then=entry.content, now="" if found is None else found.content, until=entry.until)
    location = None if found is None or found.source.has_lines else found.location()
    where = f"（{location.words}）" if location is not None and location.words else ""
    target = _LINE if found is None or found.source.has_lines else _NO_LINE
    return _finding(name, claim, key, f"{_word(claim)}{said}：{about}{where}", about, root, target)


def ignore_finding(name: str, claim: Claim, root: str, paths: tuple[str, ...]) -> Diagnostic:
    """A finding about an `[[ignore]]` entry as a whole."""
    words = _UNCOVERED.format(paths="、".join(paths)) if name == UNUSED else WORDS[name][1]
    about = "，".join((claim.entry.rule, *paths))
    return _finding(name, claim, "", f"{_word(claim)}{words.format(until=claim.entry.until)}：{about}", about, root)


def _word(claim: Claim) -> str:
    return "这条忽略" if claim.kind == IGNORE else "这条接受"


def _finding(name: str, claim: Claim, key: str, message: str, about: str, root: str, target: str = _LINE) -> Diagnostic:
    source, span = _stands(claim, key)
    rule = f"{TOOL}/{name}"
    mark = fingerprint(rule, below(root, source.path), about, 0)
    remedy = _REMEDIES.get(name) if claim.file is not None else None
    notes = (Note(remedy.format(target=target)),) if remedy else ()
    return Diagnostic(source, span, rule, Severity.WARNING, message, TOOL, notes, mark, place=about)


def _stands(claim: Claim, key: str) -> tuple[Source, Span | None]:
    """The file that has the entry, and the stretch of one of its keys; of a configuration the line of the entry."""
    if claim.file is not None:
        return claim.file.source, claim.file.lines[claim.number].of(key)
    file, _, number = claim.origin.rpartition(":")
    try:
        with open(file, encoding="utf-8-sig", newline="") as stream:
            source = Source(stream.read(), below(os.getcwd(), file))
        start = sum(map(len, source.text.splitlines(keepends=True)[: int(number) - 1]))
    except (OSError, ValueError):
        # A preset, or the command line.
        return Source("", claim.origin), None
    return source, source.line_span(start)
