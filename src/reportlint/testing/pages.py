"""The pages of rules: every rule has one, in one shape, and its examples say exactly what the page says they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from reportlint import config, toml
from reportlint.errors import ConfigError, ReadError, ReportlintError
from reportlint.linter import Linter, settings_for
from reportlint.rules import Rule
from reportlint.testing.draft import Draft
from reportlint.testing.reports import base_file

EXAMPLE, OPTIONS, SILENCE = "Example", "Options", "How to silence it"
HEADINGS = ("What it checks", "Why", EXAMPLE, OPTIONS, "When it is silent", SILENCE)

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"^(?:Base: `(?P<base>[^`]+)`|(?P<kind>Bad|Good):)", re.MULTILINE)
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff、，]+")


class PageError(ReportlintError):
    """A page that is not written as pages are."""


class Example(NamedTuple):
    """A change to a base report, and what the rule says of the report so changed."""

    name: str
    bad: bool
    base: str
    diff: str
    messages: list[str]


class PageCheck(NamedTuple):
    """What became of a page: how many examples ran, and what is wrong with it."""

    rule: str
    examples: int
    faults: list[str]


def sections_of(page: str) -> dict[str, str]:
    """The text under each heading of the second level; headings within fences are none."""
    bare = _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence.group()), page)
    found = list(re.finditer(r"^## (.+)$", bare, re.MULTILINE))
    ends = [*(match.start() for match in found), len(page)][1:]
    return {match.group(1): page[match.end() : end] for match, end in zip(found, ends, strict=True)}


def examples_of(page: str) -> Iterator[Example]:
    """The examples of a page: «Bad:» or «Good:», a diff, and the messages in a text block.

    An example without a diff is the base report as it stands, in whatever format.
    """
    text = sections_of(page).get(EXAMPLE, "")
    marks = [mark for mark in _MARK.finditer(text) if not _within_fence(text, mark.start())]
    if _FENCE.search(text[: marks[0].start()] if marks else text):
        raise PageError("第一个“Base:”之前有代码块")
    base: str | None = None
    counts = {"Bad": 0, "Good": 0}
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        fences = [(fence[1], fence[2]) for fence in _FENCE.finditer(text[mark.start() : end])]
        if mark["base"]:
            base = mark["base"]
            if fences:
                raise PageError("“Base:”之后的代码块不属于任何“Bad:”或“Good:”")
            continue
        counts[mark["kind"]] += 1
        name = f"{mark['kind']} {counts[mark['kind']]}"
        kinds = [kind for kind, _ in fences]
        bodies: dict[str, str] = dict(fences)
        if kinds not in (["diff", "text"], ["diff"], ["text"], []):
            raise PageError(f"例 {name} 的代码块为 {'、'.join(kinds)}，应为一个 diff、一个 text，或其中之一")
        if base is None:
            raise PageError(f"例 {name} 之前没有“Base:”")
        messages = bodies.get("text", "").splitlines()
        if (mark["kind"] == "Bad") != bool(messages):
            raise PageError(f"例 {name} 有 {len(messages)} 条消息：Bad 应有，Good 应没有")
        yield Example(name, mark["kind"] == "Bad", base, bodies.get("diff", ""), messages)


def changed(text: str, diff: str) -> str:
    """The text with the hunks of a diff applied: whole lines, each hunk at the one place where it fits."""
    lines = text.split("\n")
    for is_gap, group in groupby(diff.splitlines(), lambda line: line == "..."):
        if is_gap:
            continue
        hunk = list(group)
        strange = [line for line in hunk if not line.startswith(("-", "+"))]
        if strange:
            raise PageError(f"diff 的一行“{strange[0]}”不以“-”或“+”开头")
        old = [line[1:] for line in hunk if line.startswith("-")]
        new = [line[1:] for line in hunk if line.startswith("+")]
        places = [start for start in range(len(lines)) if lines[start : start + len(old)] == old]
        if not old or len(places) != 1:
            raise PageError(f"{old} 在基准报告里出现 {len(places)} 次，应恰好一次")
        lines[places[0] : places[0] + len(old)] = new
    return "\n".join(lines)


def page_faults(linter: Linter, rule: str) -> list[str]:
    """All that is wrong with the page of a rule, by its full id: its shape, its examples, its configuration."""
    return check_page(linter, rule).faults


def check_page(linter: Linter, rule: str) -> PageCheck:
    """Check the page of a rule and run its examples."""
    page = linter.packs.page(rule)
    if page is None:
        return PageCheck(rule, 0, [f"没有说明页 docs/{rule.partition('/')[2]}.md"])
    faults = shape_faults(page, linter.packs.rules[rule])
    try:
        examples = list(examples_of(page))
    except PageError as error:
        return PageCheck(rule, 0, [*faults, str(error)])
    if not any(example.bad for example in examples):
        faults.append("没有 Bad 例")
    if not any(not example.bad for example in examples):
        faults.append("没有 Good 例")
    faults += [fault for example in examples if (fault := example_fault(linter, rule, example)) is not None]
    return PageCheck(rule, len(examples), faults + configuration_faults(linter, rule, page))


def shape_faults(page: str, rule: Rule) -> list[str]:
    """What is wrong with the headings of a page."""
    faults = []
    lines = [*page.splitlines(), "", "", ""]
    bare = rule.name.partition("/")[2] or rule.name
    if lines[0] != f"# {bare}":
        faults.append(f"第一行应为“# {bare}”，现为“{lines[0]}”")
    if not _CHINESE_NAME.fullmatch(lines[2]):
        faults.append(f"第三行应为规则的中文名，现为“{lines[2]}”")
    wanted = [heading for heading in HEADINGS if heading != OPTIONS or rule.options]
    sections = sections_of(page)
    if list(sections) != wanted:
        faults.append(f"二级标题应依次为 {' / '.join(wanted)}，现为 {' / '.join(sections)}")
    faults += [f"“{heading}”下面没有内容" for heading, text in sections.items() if not text.strip()]
    return faults


def example_fault(linter: Linter, rule: str, example: Example) -> str | None:
    """What is wrong with an example, or None."""
    path = base_file(linter.packs, rule.partition("/")[0], example.base)
    if path is None:
        return f"例 {example.name}：没有基准报告 {example.base}"
    try:
        base = Draft.from_file(path, linter)
        draft = Draft(changed(base.text, example.diff), linter, path) if example.diff else base
    except (PageError, ReadError) as error:
        return f"例 {example.name}：{error}"
    said = [said.message for said in draft.lint(rule)]
    if said == example.messages:
        return None
    if rule not in draft.result.rules_run:
        return f"例 {example.name}：规则没有运行（配置没有选用，或不适用于格式 {draft.report.form.name}）"
    nothing = ["（没有）"]
    return "\n  ".join(
        [f"例 {example.name}：说明页写的是", *(example.messages or nothing), "规则说的是", *(said or nothing)]
    )


def configuration_faults(linter: Linter, rule: str, page: str) -> list[str]:
    """TOML blocks that cannot be used, set no option where they should, or do not silence the rule."""
    faults = []
    silenced = 0
    for heading, text in sections_of(page).items():
        for kind, body in _FENCE.findall(text):
            if kind != "toml":
                continue
            try:
                layer = config.layer(toml.parse(body.encode(), heading), heading, ".")
                settings = settings_for(linter.packs, [layer])
            except ConfigError as error:
                faults.append(f"“{heading}”的配置不能用：{error}")
                continue
            if heading == OPTIONS and not settings.options.get(rule):
                faults.append(f"“{OPTIONS}”的配置没有设定这条规则的选项")
            if heading == SILENCE:
                silenced += any(i.rules == (rule,) and i.paths and i.because for i in settings.ignores)
    if silenced != 1:
        faults.append(f"“{SILENCE}”应有一个 toml 代码块，以 path 和 because 关掉这条规则")
    return faults


def _within_fence(text: str, place: int) -> bool:
    return any(fence.start() < place < fence.end() for fence in _FENCE.finditer(text))
